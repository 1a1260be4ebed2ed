"""Organisations that need a liaison officer, a bank of officers and their wishes in; the plan of who goes where out.

First what is signed or appointed stays. Then two-way selection among those who chose each other. Then everybody else is
sent at least cost: what one side alone wished for is preferred, and nobody is left over while an officer who has not
ruled it out has a place. Organisations and officers are put in order before anything is chosen, so that the order in
which they came in decides nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from coverage_census.model.plans.liaison import Assignment, Choice, Fit, Needing, Post, Reach, Unplaced
from coverage_census.model.plans.officers import AssignmentStep, Officer
from coverage_census.model.reading import Subject
from coverage_census.places.neighbours import Pair
from coverage_census.plan.liaison import stable_matching, two_way
from coverage_census.plan.liaison.assignment import spread
from coverage_census.plan.liaison.cheapest_flow import NEVER
from coverage_census.plan.liaison.cost_table import CostTable
from coverage_census.plan.liaison.costs import Costs, Demand, demand, fit, reach, sent
from coverage_census.plan.liaison.preferences import preferences

Side = Literal["organisations", "officers"]


@dataclass(frozen=True)
class Before:
    """Who was sent to an organisation so far, and how far that has come."""

    officer: str
    step: AssignmentStep

    @property
    def stays(self) -> bool:
        """What is signed or appointed is not taken apart by a plan."""
        return self.step in (AssignmentStep.SIGNED, AssignmentStep.APPOINTED)


@dataclass(frozen=True)
class LiaisonQuestion:
    """Everything a plan is made of. `wishes` go by the numbers of `needing` and `officers`; `before` by that of
    `needing`, and `others` are the places taken by organisations that need nobody (any more)."""

    needing: Sequence[Needing]
    officers: Sequence[Officer]
    wishes: two_way.Wishes
    before: Mapping[int, Before]
    townships: Mapping[str, Set[str]]  # township → its counties
    counties: Set[str]
    neighbours: Set[Pair]
    order: Sequence[str]  # needs, the most urgent first
    full_time: Set[str]  # needs that ask for a full-time officer
    costs: Costs
    side: Side = "organisations"
    others: Sequence[tuple[Subject, Before]] = ()


@dataclass(frozen=True)
class Planned:
    """The parts of a `LiaisonPlan` that are worked out here."""

    assignments: tuple[Assignment, ...]
    unplaced: tuple[Unplaced, ...]
    posts: tuple[Post, ...]
    two_way: int
    one_way: int
    blocking_pairs: int
    cost: int
    bound: int


def plan(question: LiaisonQuestion) -> Planned:
    """Numbers below are places in `needing` and `officers`, which are sorted."""
    return _LiaisonPlanning(question).planned()


class _LiaisonPlanning:
    def __init__(self, question: LiaisonQuestion) -> None:
        self._asked = question
        self._sent = [sent(each, question.townships, question.counties) for each in question.officers]
        self._number = {each.code: number for number, each in enumerate(question.officers)}
        self._demands = [self._demand(number, each) for number, each in enumerate(question.needing)]
        self._taken = [0] * len(self._sent)
        self._table = CostTable(self._sent, question.costs, question.neighbours)
        self._open: dict[Demand, tuple[bool, int | None]] = {}

    def _demand(self, number: int, each: Needing) -> Demand:
        before = self._asked.before.get(number)
        # Of equally urgent needs the one that is certain goes first.
        urgency = 2 * self._asked.order.index(each.need) + (0 if each.has_none else 1)
        return demand(each, urgency, each.need in self._asked.full_time, before.officer if before else None)

    def _cost(self, organisation: int, officer: int) -> int | None:
        return self._table.cost(self._demands[organisation], officer)

    def planned(self) -> Planned:
        """Who goes where: those who chose each other, then the others at least cost; who is left, and why."""
        kept = self._kept()
        chosen, blocking, lists = self._by_wishes(kept)
        left = {n: each for n, each in enumerate(self._demands) if n not in kept and n not in chosen}
        by_one_side = preferences(
            left, lists.stated_by_organisations, lists.stated_by_officers, self._sent, self._asked.costs.wish
        )
        found = spread(left, by_one_side, self._taken, self._table)
        for officer in found.officer_of.values():
            self._taken[officer] += 1
        ways = {each: lists.choice(each, officer) for each, officer in found.officer_of.items()}
        assignments = [
            *(self._assignment(each, officer, Choice.KEPT, lists) for each, officer in kept.items()),
            *(self._assignment(each, officer, Choice.TWO_WAY, lists) for each, officer in chosen.items()),
            *(self._assignment(each, officer, ways[each], lists) for each, officer in found.officer_of.items()),
        ]
        done = {*kept, *chosen, *found.officer_of}
        unplaced = [self._unplaced(number) for number in range(len(self._demands)) if number not in done]
        return Planned(
            assignments=(*sorted(assignments, key=_place), *self._staying()),
            unplaced=tuple(unplaced),
            posts=tuple(self._post(number, unplaced) for number in range(len(self._sent))),
            two_way=len(chosen), one_way=sum(each is Choice.ONE_WAY for each in ways.values()),
            blocking_pairs=blocking, cost=found.cost, bound=found.bound,
        )  # fmt: skip

    def _kept(self) -> dict[int, int]:
        """What is signed or appointed, as far as the officer is still there and has the places."""
        for _, before in self._asked.others:
            if before.stays and before.officer in self._number:
                self._taken[self._number[before.officer]] += 1
        kept = {}
        for number, before in sorted(self._asked.before.items()):
            officer = self._number.get(before.officer)
            if before.stays and officer is not None and self._has_place(officer):
                kept[number] = officer
                self._taken[officer] += 1
        return kept

    def _has_place(self, officer: int) -> bool:
        return self._taken[officer] < self._asked.officers[officer].capacity

    def _by_wishes(self, kept: Mapping[int, int]) -> tuple[dict[int, int], int, "_Stated"]:
        wishes = self._asked.wishes
        if not (wishes.officers_of or wishes.expertise_of or wishes.wished_by):
            return {}, 0, _Stated({}, {})
        by_organisations, by_officers = two_way.stated(self._demands, self._sent, wishes, self._cost)
        for number in kept:
            by_organisations.pop(number, None)
        by_officers = {
            officer: {each: rank for each, rank in ranks.items() if each not in kept}
            for officer, ranks in by_officers.items()
        }
        lists = two_way.lists(len(self._demands), len(self._sent), by_organisations, by_officers)
        left = [max(0, each.capacity - self._taken[n]) for n, each in enumerate(self._asked.officers)]
        for_organisations = self._asked.side == "organisations"
        solve = stable_matching.seeker_optimal if for_organisations else stable_matching.post_optimal
        found = solve(lists.organisations, lists.officers, left)
        blocking = len(stable_matching.blocking(lists.organisations, lists.officers, left, found))
        chosen = {number: officer for number, officer in enumerate(found) if officer is not None}
        for officer in chosen.values():
            self._taken[officer] += 1
        return chosen, blocking, _Stated(by_organisations, by_officers)

    def _assignment(self, number: int, officer: int, choice: Choice, lists: "_Stated") -> Assignment:
        each, of, by = self._asked.needing[number], self._demands[number], self._sent[officer]
        before = self._asked.before.get(number)
        same = before is not None and before.officer == by.officer.code
        goes_on = before is not None and same and before.step is not AssignmentStep.ENDED
        return Assignment(
            subject=each.subject, need=each.need, has_none=each.has_none, officer=by.officer.code, choice=choice,
            reach=reach(of, by, self._asked.neighbours) or Reach.COUNTY, fit=fit(of, by),
            cost=self._cost(number, officer) or 0,
            wish_of_organisation=lists.stated_by_organisations.get(number, {}).get(officer),
            wish_of_officer=lists.stated_by_officers.get(officer, {}).get(number),
            before=None if before is None or same else before.officer,
            step=before.step if goes_on and before is not None else AssignmentStep.NEEDED,
        )  # fmt: skip

    def _staying(self) -> list[Assignment]:
        """Organisations that need nobody any more, with the officers who stay with them."""
        return [
            Assignment(
                subject=subject, need=None, has_none=False, officer=before.officer, choice=Choice.KEPT,
                reach=self._reach_of(subject, before.officer), fit=Fit.UNKNOWN, cost=0,
                wish_of_organisation=None, wish_of_officer=None, before=None, step=before.step,
            )
            for subject, before in self._asked.others
            if before.stays and before.officer in self._number
        ]  # fmt: skip

    def _reach_of(self, subject: Subject, code: str) -> Reach:
        of = Demand(subject.county, subject.township, None, None, 0, full_time=False, current=None)
        return reach(of, self._sent[self._number[code]], self._asked.neighbours) or Reach.COUNTY

    def _unplaced(self, number: int) -> Unplaced:
        each = self._asked.needing[number]
        able, best = self._open_to(number)
        return Unplaced(
            subject=each.subject, need=each.need, has_none=each.has_none, reason=self._why_not(able, best),
            could_ask=None if best is None else self._asked.officers[best].code,
        )  # fmt: skip

    def _open_to(self, number: int) -> tuple[bool, int | None]:
        """Whether anybody may be sent to it, and the best of those who have a place (all of them have ruled it out);
        alike organisations are looked at once."""
        kind = self._demands[number]
        if kind not in self._open:
            row = self._table.row(kind).tolist() if self._sent else []
            able = [officer for officer, found in enumerate(row) if found < NEVER]
            with_place = [officer for officer in able if self._has_place(officer)]
            best = min(with_place, key=lambda officer: (row[officer], officer), default=None)
            self._open[kind] = bool(able), best
        return self._open[kind]

    def _why_not(self, able: bool, best: int | None) -> str:
        if not self._sent:
            return "no_officers"
        if not able:
            return "none_in_county"
        return "places_full" if best is None else "ruled_out"

    def _post(self, number: int, unplaced: Sequence[Unplaced]) -> Post:
        each, load = self._asked.officers[number], self._taken[number]
        reason = None
        if load < each.capacity:
            here = any((one.subject.county or "") in self._sent[number].counties for one in unplaced)
            reason = "chosen_only" if here and not each.willing else "nobody_left"
        return Post(
            code=each.code, post=each.post, full_time=each.full_time, townships=each.townships,
            capacity=each.capacity, load=load, willing=each.willing, reason=reason,
        )  # fmt: skip


@dataclass(frozen=True)
class _Stated:
    """Who stated what, as numbers."""

    stated_by_organisations: Mapping[int, two_way.Ranks]
    stated_by_officers: Mapping[int, two_way.Ranks]

    def choice(self, organisation: int, officer: int) -> Choice:
        """How somebody came who was sent: as one of the two sides had wished, or not."""
        wished = officer in self.stated_by_organisations.get(organisation, {})
        wished = wished or organisation in self.stated_by_officers.get(officer, {})
        return Choice.ONE_WAY if wished else Choice.SPREAD


def _place(each: Assignment) -> tuple[str, str, str, str]:
    return each.subject.county or "", each.subject.township or "", each.subject.name, each.subject.uscc or ""


def needs(needing: Sequence[Needing]) -> dict[str, int]:
    """How many need an officer, by need."""
    return dict(Counter(each.need for each in needing))
