"""Organisations without wishes and officers with places in; who goes where at least cost (统筹选派), proved, out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coverage_census.plan import flow
from coverage_census.plan.choosing import Costs, Demand, Sent, balance_charges
from coverage_census.plan.cost_table import CostTable


@dataclass(frozen=True)
class Spread:
    """The officer (by number) of each organisation that got one, the cost of it all, and its bound."""

    officer_of: Mapping[int, int]
    cost: int
    bound: int


def spread(demands: Mapping[int, Demand], officers: Sequence[int], taken: Sequence[int], table: CostTable) -> Spread:
    """As many organisations as there are places, the urgent ones first; among all such ways the cheapest.

    `officers` are those of the table that may be sent, `taken` the places of each that are filled already.
    """
    alike: dict[Demand, list[int]] = defaultdict(list)
    for organisation in sorted(demands):
        alike[demands[organisation]].append(organisation)
    kinds, free = list(alike), list(officers)
    rows = [table.row(kind)[free].tolist() for kind in kinds]
    charges = [_charges(table.officers[each], table.costs, filled) for each, filled in zip(free, taken, strict=True)]
    left = _unplaced(kinds, rows, table.costs.balance)
    found = flow.cheapest(flow.Problem(rows, [len(alike[kind]) for kind in kinds], charges, left))
    placed: dict[int, int] = {}
    staying = 0  # what it costs that some stay without
    for kind, units, each in zip(kinds, found.units, left, strict=True):
        posts = [free[post] for post, count in enumerate(units) for _ in range(count)]
        placed |= zip(alike[kind], posts, strict=False)
        staying += each * (len(alike[kind]) - len(posts))
    return Spread(placed, found.cost - staying, found.bound - staying)


def _charges(by: Sent, costs: Costs, filled: int) -> list[int]:
    return balance_charges(by.officer.capacity, costs, min(filled, by.officer.capacity))


def _unplaced(kinds: Sequence[Demand], rows: Sequence[Sequence[int]], balance: int) -> list[int]:
    """To stay without costs more than any rearrangement that avoids it, and more the more urgent the need.

    Who can be placed together is a matroid: any weights in the right order serve the urgent ones first.
    """
    dearest = max((each for row in rows for each in row if each < flow.NEVER), default=0) + balance
    step = (dearest + 1) * (len(rows[0]) + 2 if rows else 1)
    last = max((kind.urgency for kind in kinds), default=0)
    return [step * (last - kind.urgency + 1) for kind in kinds]
