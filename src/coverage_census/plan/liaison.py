"""Organisations that need a liaison officer, a bank of officers and their wishes in; the plan of who goes where out.

First what is signed or appointed stays. Then two-way selection among those who stated wishes. Then everybody else is
sent at least cost. Organisations and officers are put in order before anything is chosen, so that the order in which
they came in decides nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from coverage_census.model.liaison_plan import Assignment, Choice, Fit, Needing, Post, Reach, Unplaced
from coverage_census.model.officers import Officer, Step
from coverage_census.model.reading import Subject
from coverage_census.places.neighbours import Pair
from coverage_census.plan import matching, two_way
from coverage_census.plan.choosing import Costs, Demand, demand, fit, reach, sent
from coverage_census.plan.cost_table import CostTable
from coverage_census.plan.flow import NEVER
from coverage_census.plan.spread import spread

Side = Literal["organisations", "officers"]


@dataclass(frozen=True)
class Before:
    """Who was sent to an organisation so far, and how far that has come."""

    officer: str
    step: Step

    @property
    def stays(self) -> bool:
        """What is signed or appointed is not taken apart by a plan."""
        return self.step in (Step.SIGNED, Step.APPOINTED)


@dataclass(frozen=True)
class Question:
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
    blocking_pairs: int
    cost: int
    bound: int


def plan(question: Question) -> Planned:
    """Numbers below are places in `needing` and `officers`, which are sorted."""
    return _Planning(question).planned()


class _Planning:
    def __init__(self, question: Question) -> None:
        self._asked = question
        self._sent = [sent(each, question.townships, question.counties) for each in question.officers]
        self._number = {each.code: number for number, each in enumerate(question.officers)}
        self._demands = [self._demand(number, each) for number, each in enumerate(question.needing)]
        self._taken = [0] * len(self._sent)
        self._table = CostTable(self._sent, question.costs, question.neighbours)
        self._open: dict[Demand, tuple[bool, bool, int | None]] = {}

    def _demand(self, number: int, each: Needing) -> Demand:
        before = self._asked.before.get(number)
        # Of equally urgent needs the one that is certain goes first.
        urgency = 2 * self._asked.order.index(each.need) + (0 if each.has_none else 1)
        return demand(each, urgency, each.need in self._asked.full_time, before.officer if before else None)

    def _cost(self, organisation: int, officer: int) -> int | None:
        return self._table.cost(self._demands[organisation], officer)

    def planned(self) -> Planned:
        kept = self._kept()
        chosen, blocking, lists = self._by_wishes(kept)
        silent = {
            number: each
            for number, each in enumerate(self._demands)
            if number not in kept and number not in chosen and number not in lists.stated_by_organisations
        }
        free = [number for number in range(len(self._sent)) if number not in lists.stated_by_officers]
        found = spread(silent, free, [self._taken[number] for number in free], self._table)
        spread_out = found.officer_of
        for officer in spread_out.values():
            self._taken[officer] += 1
        assignments = [
            *(self._assignment(each, officer, Choice.KEPT, lists) for each, officer in kept.items()),
            *(self._assignment(each, officer, Choice.TWO_WAY, lists) for each, officer in chosen.items()),
            *(self._assignment(each, officer, Choice.SPREAD, lists) for each, officer in spread_out.items()),
        ]
        done = {*kept, *chosen, *spread_out}
        unplaced = [self._unplaced(number, lists) for number in range(len(self._demands)) if number not in done]
        return Planned(
            assignments=(*sorted(assignments, key=_place), *self._staying()),
            unplaced=tuple(unplaced),
            posts=tuple(self._post(number, unplaced, lists) for number in range(len(self._sent))),
            two_way=len(chosen), blocking_pairs=blocking, cost=found.cost, bound=found.bound,
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
        lists = two_way.lists(self._demands, len(self._sent), by_organisations, by_officers, self._cost)
        left = [max(0, each.capacity - self._taken[n]) for n, each in enumerate(self._asked.officers)]
        for_organisations = self._asked.side == "organisations"
        solve = matching.seeker_optimal if for_organisations else matching.post_optimal
        found = solve(lists.organisations, lists.officers, left)
        blocking = len(matching.blocking(lists.organisations, lists.officers, left, found))
        chosen = {number: officer for number, officer in enumerate(found) if officer is not None}
        for officer in chosen.values():
            self._taken[officer] += 1
        return chosen, blocking, _Stated(by_organisations, by_officers, lists)

    def _assignment(self, number: int, officer: int, choice: Choice, lists: "_Stated") -> Assignment:
        each, of, by = self._asked.needing[number], self._demands[number], self._sent[officer]
        before = self._asked.before.get(number)
        same = before is not None and before.officer == by.officer.code
        return Assignment(
            subject=each.subject, need=each.need, has_none=each.has_none, officer=by.officer.code, choice=choice,
            reach=reach(of, by, self._asked.neighbours) or Reach.COUNTY, fit=fit(of, by),
            cost=self._cost(number, officer) or 0,
            wish_of_organisation=lists.stated_by_organisations.get(number, {}).get(officer),
            wish_of_officer=lists.stated_by_officers.get(officer, {}).get(number),
            before=None if before is None or same else before.officer,
            step=before.step if before is not None and same and before.step is not Step.ENDED else Step.NEEDED,
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

    def _unplaced(self, number: int, lists: "_Stated") -> Unplaced:
        each = self._asked.needing[number]
        able, with_place, best = self._open_to(number)
        return Unplaced(
            subject=each.subject, need=each.need, has_none=each.has_none,
            reason=self._why_not(number, able, with_place, lists),
            could_ask=None if best is None else self._asked.officers[best].code,
        )  # fmt: skip

    def _open_to(self, number: int) -> tuple[bool, bool, int | None]:
        """Whether anybody may be sent to it, whether one of them has a place, and the best of these; alike
        organisations are looked at once."""
        kind = self._demands[number]
        if kind not in self._open:
            row = self._table.row(kind).tolist() if self._sent else []
            able = [officer for officer, found in enumerate(row) if found < NEVER]
            with_place = [officer for officer in able if self._has_place(officer)]
            best = min(with_place, key=lambda officer: (row[officer], officer), default=None)
            self._open[kind] = bool(able), bool(with_place), best
        return self._open[kind]

    def _why_not(self, number: int, able: bool, with_place: bool, lists: "_Stated") -> str:
        if not self._sent:
            return "no_officers"
        if not able:
            return "none_in_county"
        if number in lists.stated_by_organisations:
            mutual = lists.found.organisations[number] if lists.found else []
            return "wishes_full" if mutual else "wishes_not_returned"
        return "others_by_wish_only" if with_place else "places_full"

    def _post(self, number: int, unplaced: Sequence[Unplaced], lists: "_Stated") -> Post:
        each, load = self._asked.officers[number], self._taken[number]
        reason = None
        if load < each.capacity:
            here = any((one.subject.county or "") in self._sent[number].counties for one in unplaced)
            if number in lists.stated_by_officers:
                reason = "wishes_elsewhere"
            else:
                reason = "not_wished" if here else "nobody_left"
        return Post(
            code=each.code, post=each.post, full_time=each.full_time, townships=each.townships,
            capacity=each.capacity, load=load, reason=reason,
        )  # fmt: skip


@dataclass(frozen=True)
class _Stated:
    """Who stated what, as numbers, and the lists that the selection worked on."""

    stated_by_organisations: Mapping[int, two_way.Ranks]
    stated_by_officers: Mapping[int, two_way.Ranks]
    found: two_way.Lists | None = None


def _place(each: Assignment) -> tuple[str, str, str, str]:
    return each.subject.county or "", each.subject.township or "", each.subject.name, each.subject.uscc or ""


def needs(needing: Sequence[Needing]) -> dict[str, int]:
    """How many need an officer, by need."""
    return dict(Counter(each.need for each in needing))
