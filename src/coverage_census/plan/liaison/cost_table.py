"""Officers, points and neighbours in; the costs of a kind of organisation at every officer at once out.

The terms are those of `choosing`, each worked out once for all that share it: a place, an industry, a need.
"""

from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING

from coverage_census.places.neighbours import Pair
from coverage_census.plan.liaison.cheapest_flow import NEVER
from coverage_census.plan.liaison.costs import (
    Costs,
    Demand,
    Sent,
    change_cost,
    distance_cost,
    fit,
    industry_cost,
    part_time_cost,
    reach,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Row = npt.NDArray[np.int64]


class CostTable:
    """`row(demand)[n]` is what officer n costs, NEVER where he may not be sent."""

    def __init__(self, officers: Sequence[Sent], costs: Costs, neighbours: Set[Pair]) -> None:
        self.officers, self.costs, self._neighbours = officers, costs, neighbours
        self._rows: dict[Demand, Row] = {}
        self._parts: dict[tuple[object, ...], Row] = {}

    def cost(self, of: Demand, officer: int) -> int | None:
        """One pair; None: never."""
        found = int(self.row(of)[officer])
        return None if found >= NEVER else found

    def row(self, of: Demand) -> "Row":
        if of not in self._rows:
            import numpy as np

            whole = self._distances(of) + self._industries(of) + self._rest(of)
            self._rows[of] = np.minimum(whole, NEVER)
        return self._rows[of]

    def _distances(self, of: Demand) -> "Row":
        def points(by: Sent) -> int:
            found = reach(of, by, self._neighbours)
            return NEVER if found is None else distance_cost(found, self.costs)

        return self._part(("place", of.county, of.township), points)

    def _industries(self, of: Demand) -> "Row":
        return self._part(("industry", of.section, of.division), lambda by: industry_cost(fit(of, by), self.costs))

    def _rest(self, of: Demand) -> "Row":
        def points(by: Sent) -> int:
            return part_time_cost(of, by, self.costs) + change_cost(of, by, self.costs)

        return self._part(("rest", of.full_time, of.current), points)

    def _part(self, key: tuple[object, ...], points: Callable[[Sent], int]) -> "Row":
        """Worked out when first asked for."""
        if key not in self._parts:
            import numpy as np

            self._parts[key] = np.array([points(by) for by in self.officers], dtype=np.int64)
        return self._parts[key]
