"""What organisations and officers wish for in; the lists that two-way selection (双向选择) works on out.

Whoever states wishes is only given what he wished for. Whoever states none accepts everybody who wished for him, in the
stated order: the more urgent need, the lower cost, then the order of the list. Where neither side wished for the other
there is no pair: that is left to `spread`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from coverage_census.places.industry import classified
from coverage_census.plan.choosing import Demand, Sent

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
    """Acceptable partners of each side, the best first; only pairs that both accept."""

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


def lists(
    demands: Sequence[Demand],
    officers: int,
    organisations: Mapping[int, Ranks],
    chosen: Mapping[int, Ranks],
    cost: Cost,
) -> Lists:
    """Both sides' lists: those with wishes as stated, the others everybody who wished for them."""
    of_organisations = [list(organisations.get(number, ())) for number in range(len(demands))]
    of_officers = [list(chosen.get(number, ())) for number in range(officers)]
    for officer, those in chosen.items():
        for each in those:
            if each not in organisations:
                of_organisations[each].append(officer)
    for each, wanted in organisations.items():
        for officer in wanted:
            if officer not in chosen:
                of_officers[officer].append(each)
    for number in {each for those in chosen.values() for each in those} - organisations.keys():
        of_organisations[number].sort(key=partial(_ease_of_officer, number, cost))
    for number in {each for wanted in organisations.values() for each in wanted} - chosen.keys():
        of_officers[number].sort(key=partial(_ease_of_organisation, number, demands, cost))
    accepted = [set(each) for each in of_officers]
    accepting = [set(each) for each in of_organisations]
    return Lists(
        [
            [officer for officer in found if number in accepted[officer]]
            for number, found in enumerate(of_organisations)
        ],
        [[each for each in found if number in accepting[each]] for number, found in enumerate(of_officers)],
    )


def _ease_of_officer(organisation: int, cost: Cost, officer: int) -> tuple[int, int]:
    return cost(organisation, officer) or 0, officer


def _ease_of_organisation(officer: int, demands: Sequence[Demand], cost: Cost, each: int) -> tuple[int, int, int]:
    return demands[each].urgency, cost(each, officer) or 0, each
