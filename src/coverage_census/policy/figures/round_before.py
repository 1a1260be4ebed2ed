"""An earlier round in; its coverage under the policy of a later one out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from coverage_census.model.decision import AreaCoverage
from coverage_census.policy.decided.areas import PLACES, inside
from coverage_census.policy.decided.pairs import Pair
from coverage_census.policy.figures import coverage
from coverage_census.policy.files.policy import Policy


@dataclass(frozen=True)
class RoundBefore:
    """An earlier round under the policy of a later one: what differs are then the facts, not the rules.

    Few organisations are decided one by one (`pairs`), many as a table (`frame`); of no earlier round there is neither.
    """

    policy: Policy
    pairs: Sequence[Pair] = ()
    frame: Any = None

    def by(self, group: coverage.Group, areas: Collection[str] = ()) -> Sequence[AreaCoverage]:
        """By township or county, of these areas (none: all); an area that was not there then has no line."""
        if self.frame is None:
            mine = (pair for pair in self.pairs if not areas or any(pair[0][place] in areas for place in PLACES))
            return coverage.of_records(mine, group, self.policy)
        return coverage.by(inside(self.frame, areas), group, self.policy)
