"""Organisations and officers with places left in; who goes where at least cost (统筹选派), proved, out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coverage_census.plan.liaison import cheapest_flow
from coverage_census.plan.liaison.cost_table import CostTable
from coverage_census.plan.liaison.costs import Costs, Demand, Sent, balance_charges
from coverage_census.plan.liaison.preferences import NONE, Preference

Kind = tuple[Demand, Preference]
"""Organisations that no cost and no wish tells apart."""


@dataclass(frozen=True)
class Spread:
    """The officer (by number) of each organisation that got one, the cost of it all, and its bound. A wish that is not
    met costs what it is worth."""

    officer_of: Mapping[int, int]
    cost: int
    bound: int


def spread(
    demands: Mapping[int, Demand], preferences: Mapping[int, Preference], taken: Sequence[int], table: CostTable
) -> Spread:
    """As many organisations as there are places, the urgent ones first; among all such ways the cheapest.

    `taken` are the places of each officer of the table that are filled already.
    """
    alike: dict[Kind, list[int]] = defaultdict(list)
    for organisation in sorted(demands):
        alike[demands[organisation], preferences.get(organisation, NONE)].append(organisation)
    kinds = list(alike)
    rows = [_row(kind, table) for kind in kinds]
    charges = [_charges(by, table.costs, filled) for by, filled in zip(table.officers, taken, strict=True)]
    left = _unplaced(kinds, rows, table.costs.balance)
    found = cheapest_flow.cheapest(cheapest_flow.FlowProblem(rows, [len(alike[kind]) for kind in kinds], charges, left))
    placed: dict[int, int] = {}
    staying = 0  # what it costs that some stay without
    for kind, units, each in zip(kinds, found.units, left, strict=True):
        posts = [post for post, count in enumerate(units) for _ in range(count)]
        placed |= zip(alike[kind], posts, strict=False)
        staying += each * (len(alike[kind]) - len(posts))
    return Spread(placed, found.cost - staying, found.bound - staying)


def _row(kind: Kind, table: CostTable) -> list[int]:
    """The points at every officer, those for wishes that would not be met among them."""
    of, preference = kind
    row = [each if each >= cheapest_flow.NEVER else each + preference.most for each in table.row(of).tolist()]
    for officer, points in preference.wished:
        row[officer] -= points if row[officer] < cheapest_flow.NEVER else 0
    for officer in preference.ruled_out:
        row[officer] = cheapest_flow.NEVER
    return row


def _charges(by: Sent, costs: Costs, filled: int) -> list[int]:
    return balance_charges(by.officer.capacity, costs, min(filled, by.officer.capacity))


def _unplaced(kinds: Sequence[Kind], rows: Sequence[Sequence[int]], balance: int) -> list[int]:
    """To stay without costs more than any rearrangement that avoids it, and more the more urgent the need; of equally
    urgent ones, whoever was wished for goes first.

    Who can be placed together is a matroid: any weights in the right order serve the urgent ones first.
    """
    dearest = max((each for row in rows for each in row if each < cheapest_flow.NEVER), default=0) + balance
    wish = max((preference.most for _, preference in kinds), default=0)
    step = (dearest + wish + 1) * (len(rows[0]) + 2 if rows else 1)
    last = max((of.urgency for of, _ in kinds), default=0)
    return [step * (last - of.urgency + 1) + preference.most for of, preference in kinds]
