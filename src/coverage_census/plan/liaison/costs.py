"""An organisation and an officer in; what sending the one to the other costs out, one named function a cost term."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from coverage_census.model.plans.liaison import Fit, Needing, Reach
from coverage_census.model.plans.officers import Officer
from coverage_census.places.industry import classified
from coverage_census.places.neighbours import Pair, pair


@dataclass(frozen=True)
class Costs:
    """Points of the policy."""

    anywhere: int
    neighbour: int
    county: int
    industry: int
    part_time: int
    change: int
    balance: int
    wish: int = 200


@dataclass(frozen=True)
class Demand:
    """An organisation as the choice sees it; alike ones are equal."""

    county: str | None
    township: str | None
    section: str | None
    division: str | None
    urgency: int  # 0 goes first
    full_time: bool  # the need asks for a full-time officer
    current: str | None  # the officer it has


@dataclass(frozen=True)
class Sent:
    """An officer as the choice sees him."""

    officer: Officer
    served: frozenset[tuple[str, str]]  # county, township
    whole: frozenset[str]  # counties that he serves as a whole
    divisions: frozenset[str]
    sections: frozenset[str]

    @property
    def counties(self) -> frozenset[str]:
        return self.whole | {county for county, _ in self.served}


def demand(each: Needing, urgency: int, full_time: bool, current: str | None) -> Demand:
    """What matters of an organisation; its industry by code or words, where they say anything."""
    found = classified(each.industry, each.industry_code)
    county, township = each.subject.county or "", each.subject.township
    section, division = (found.section, found.division) if found else (None, None)
    return Demand(county, township, section, division, urgency, full_time, current)


def sent(officer: Officer, townships: Mapping[str, Set[str]], counties: Iterable[str]) -> Sent:
    """Where an officer may go: never beyond the counties of his townships; anywhere where he names none."""
    every = frozenset(counties)
    whole = frozenset(each for each in officer.townships if each in every) if officer.townships else every
    served = frozenset((county, each) for each in officer.townships for county in townships.get(each, ()))
    found = [industry for text in officer.expertise if (industry := classified(text)) is not None]
    divisions = frozenset(each.division for each in found if each.division)
    return Sent(officer, served, whole, divisions, frozenset(each.section for each in found))


def reach(of: Demand, by: Sent, neighbours: Set[Pair]) -> Reach | None:
    """How far it is; None: in another county, and never to be sent."""
    county = of.county or ""
    if of.township is not None and (county, of.township) in by.served:
        return Reach.SERVED
    if county in by.whole:
        return Reach.ANYWHERE
    if county not in by.counties:
        return None
    if of.township is not None and any(
        pair(county, of.township, township) in neighbours for where, township in by.served if where == county
    ):
        return Reach.NEIGHBOUR
    return Reach.COUNTY


def fit(of: Demand, by: Sent) -> Fit:
    """How well he knows the industry."""
    if of.section is None or not by.sections:
        return Fit.UNKNOWN
    if of.division is not None and of.division in by.divisions:
        return Fit.DIVISION
    return Fit.SECTION if of.section in by.sections else Fit.OTHER


def distance_cost(found: Reach, costs: Costs) -> int:
    """The townships he serves cost nothing."""
    return {Reach.SERVED: 0, Reach.ANYWHERE: costs.anywhere, Reach.NEIGHBOUR: costs.neighbour,
            Reach.COUNTY: costs.county}[found]  # fmt: skip


def industry_cost(found: Fit, costs: Costs) -> int:
    """The same division costs nothing, the same section half; what is not known cannot speak for him."""
    return {Fit.DIVISION: 0, Fit.SECTION: costs.industry // 2}.get(found, costs.industry)


def part_time_cost(of: Demand, by: Sent, costs: Costs) -> int:
    """A part-time officer where the need asks for a full-time one."""
    return costs.part_time if of.full_time and by.officer.full_time is False else 0


def change_cost(of: Demand, by: Sent, costs: Costs) -> int:
    """Another officer than the one it has."""
    return costs.change if of.current is not None and of.current != by.officer.code else 0


def balance_charges(capacity: int, costs: Costs, taken: int = 0) -> list[int]:
    """What each further place of an officer costs: little at first, `balance` as he is full, so that loads are even."""
    return [costs.balance * (2 * number - 1) // (2 * capacity) for number in range(taken + 1, capacity + 1)]


def cost(of: Demand, by: Sent, costs: Costs, neighbours: Set[Pair]) -> int | None:
    """All terms but the balance together; None: never."""
    found = reach(of, by, neighbours)
    if found is None:
        return None
    terms = (industry_cost(fit(of, by), costs), part_time_cost(of, by, costs), change_cost(of, by, costs))
    return distance_cost(found, costs) + sum(terms)
