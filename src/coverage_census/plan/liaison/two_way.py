"""What organisations and officers wish for in; the lists that two-way selection (双向选择) works on out.

Only who chose each other is on these lists; what one side alone wishes (单方意向) is a preference: see `preferences`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from coverage_census.places.industry import classified
from coverage_census.plan.liaison.costs import Demand, Sent

Cost = Callable[[int, int], int | None]
"""What an organisation and an officer cost, by their numbers."""


Ranks = dict[int, int]
"""Partner → which of the stated wishes he comes by, the best first; one wish may stand for several."""


@dataclass(frozen=True)
class Wishes:
    """Wishes by number: organisation → officers (the best first) or expertise; officer → organisations and places."""

    officers_of: Mapping[int, Sequence[int]]
    expertise_of: Mapping[int, Sequence[str]]
    wished_by: Mapping[int, Sequence[int | str]]


@dataclass(frozen=True)
class Lists:
    """Who chose each other: the partners of each side, the best first."""

    organisations: list[list[int]]
    officers: list[list[int]]


def stated(
    demands: Sequence[Demand], officers: Sequence[Sent], wishes: Wishes, cost: Cost
) -> tuple[dict[int, Ranks], dict[int, Ranks]]:
    """The wishes as full lists: wanted expertise becomes the officers who have it, a township its organisations.

    What `cost` knows no cost for is not possible at all; what ties, goes by cost, then by number.
    """
    organisations: dict[int, Ranks] = {}
    for each in sorted({*wishes.officers_of, *wishes.expertise_of}):
        groups = [[officer] for officer in wishes.officers_of.get(each, ()) if cost(each, officer) is not None]
        groups += [_experts(each, text, officers, cost) for text in wishes.expertise_of.get(each, ())]
        organisations[each] = _ranked(groups)
    places: dict[str, list[int]] = defaultdict(list)
    for number, demand in enumerate(demands):
        for place in {demand.township, demand.county} - {None, ""}:
            places[str(place)].append(number)
    chosen = {
        officer: _ranked([_meant(wish, officer, places, demands, cost) for wish in wanted])
        for officer, wanted in wishes.wished_by.items()
    }
    return organisations, chosen


def _ranked(groups: Sequence[Sequence[int]]) -> Ranks:
    found: Ranks = {}
    for rank, group in enumerate(groups, start=1):
        for each in group:
            found.setdefault(each, rank)
    return found


def _experts(organisation: int, wanted: str, officers: Sequence[Sent], cost: Cost) -> list[int]:
    """Officers with this expertise."""
    asked = classified(wanted)
    those = [
        number
        for number, each in enumerate(officers)
        if cost(organisation, number) is not None
        and (wanted in each.officer.expertise or (asked is not None and asked.section in each.sections))
    ]
    return sorted(those, key=partial(_ease_of_officer, organisation, cost))


def _meant(
    wish: int | str,
    officer: int,
    places: Mapping[str, Sequence[int]],
    demands: Sequence[Demand],
    cost: Cost,
) -> list[int]:
    """The organisations that one wish of an officer stands for."""
    if isinstance(wish, int):
        return [wish] if cost(wish, officer) is not None else []
    those = [each for each in places.get(wish, ()) if cost(each, officer) is not None]
    return sorted(those, key=partial(_ease_of_organisation, officer, demands, cost))


def lists(demands: int, officers: int, organisations: Mapping[int, Ranks], chosen: Mapping[int, Ranks]) -> Lists:
    """Of so many on either side, those who chose each other, in the order of their wishes."""
    return Lists(_returned(organisations, chosen, demands), _returned(chosen, organisations, officers))


def _returned(wishes: Mapping[int, Ranks], others: Mapping[int, Ranks], many: int) -> list[list[int]]:
    return [[other for other in wishes.get(each, ()) if each in others.get(other, ())] for each in range(many)]


def _ease_of_officer(organisation: int, cost: Cost, officer: int) -> tuple[int, int]:
    return cost(organisation, officer) or 0, officer


def _ease_of_organisation(officer: int, demands: Sequence[Demand], cost: Cost, each: int) -> tuple[int, int, int]:
    return demands[each].urgency, cost(each, officer) or 0, each
