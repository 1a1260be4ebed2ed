"""`tasks`: every round of the ledger and what people said in; each gap as a task with owner, day and state out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from coverage_census.commands.basis import PLACES, Basis, basis, last_day, meant
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.owners import OWNING, TaskOwners
from coverage_census.commands.tasks.plans import Planned, keys, planned
from coverage_census.commands.tasks.rounds import Row, TaskPast, past
from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.rounds import Entry, EntryKind, Round
from coverage_census.model.task import Owner
from coverage_census.tasks import numbers
from coverage_census.tasks.branches import one_a_branch
from coverage_census.tasks.course import Course, GapFound, course
from coverage_census.tasks.items import Calendar, Item, Tasks

if TYPE_CHECKING:
    from coverage_census.places.areas import Area
    from coverage_census.policy.files.policy import Policy

Said = Mapping[str, Mapping[str, Sequence[tuple[int, Entry]]]]
"""What people said: code of the organisation → rule → entries with their rounds."""

_BRANCH = ("county", "org_form", "org_name", "operating_status")
"""The facts that say which joint branch an organisation is in."""

_KINDS = frozenset({EntryKind.DONE, EntryKind.VOID, EntryKind.OPENED, EntryKind.ASSIGNED})


def tasks(session: Session, areas: Sequence[str] = ()) -> Tasks:
    """The front door: the tasks of these areas (none: all), light enough to be counted."""
    return of(session, basis(session), areas)


def of(session: Session, found: Basis, areas: Sequence[str] = (), *, everything: bool = False) -> Tasks:
    """`everything`: with all facts of each organisation, as a list with reasons needs them."""
    from coverage_census.ledger.rounds import all_entries
    from coverage_census.policy.decide.joint import branch

    policy = found.policy
    before = past(session, found, None if everything else {*OWNING, *_BRANCH, "has_org", *_asked(policy)})
    every = all_entries(session.settings.ledger, found.round)
    judge = _Judge(before, found.policy, _said(every, before.went), planned(every))
    drafts = list[tuple[Row, list[tuple[str, Gap, Course]]]]()
    places = set[tuple[str | None, str | None]]()
    for row in before.told[-1].facts:
        places.add((row["county"], row["township"]))
        if courses := judge.of(row):
            drafts.append((row, courses))
    inside = meant([dict(zip(PLACES, each, strict=True)) for each in sorted(places, key=str)], areas)
    drafts = [(row, its) for row, its in one_a_branch(drafts, branch) if _within(row, inside)]
    who, first = TaskOwners(policy, places, session), before.told[-1].first
    due = Days(policy, {each.round.number: last_day(each.round.as_of) for each in before.told})
    made = tuple(
        Item(first[row["row"]], row["row"], rule, gap, each, whose, due.of(rule, row, each), row)
        for row, courses in drafts
        for usual in (who.of(row),)
        for rule, gap, each in courses
        for whose in (usual if each.owner is None else Owner(name=each.owner, by="assigned"),)
    )
    return Tasks(made, found.round, found.stamp, _calendar(session, found.round))


def _within(row: Row, areas: "Sequence[Area]") -> bool:
    return not areas or any(area.has(row["county"], row["township"]) for area in areas)


class _Judge:
    """The courses of each organisation's tasks: where nobody said anything, equal pasts have equal courses."""

    def __init__(self, before: TaskPast, policy: "Policy", said: Said, planned: Planned) -> None:
        self._past, self._rules, self._said, self._planned = before, tuple(policy.rules), said, planned
        self._known: dict[Any, list[tuple[str, Gap, Course]]] = {}

    def of(self, row: Row) -> list[tuple[str, Gap, Course]]:
        """Rule, class and course of every gap that the organisation in this row has or had."""
        way = self._past.way(row["row"])
        if way not in self._known:
            self._known[way] = [found for rule in self._rules if (found := self._course(rule, way, ())) is not None]
        plain = self._known[way]
        if not plain or not (self._said or self._planned):
            return plain
        code = self._past.code(row["row"])
        told = [self._said.get(code, {}), *self._plans(row)]
        if not any(told):
            return plain
        every = [self._course(rule, way, [one for each in told for one in each.get(rule, ())]) for rule in self._rules]
        return [each for each in every if each is not None]

    def _plans(self, row: Row) -> list[Mapping[str, Sequence[tuple[int, Entry]]]]:
        if not self._planned:
            return []
        known = keys(row["name"], row["uscc"], row["township"])
        return [self._planned[each] for each in known if each in self._planned]

    def _course(self, rule: str, way: Any, said: Sequence[tuple[int, Entry]]) -> tuple[str, Gap, Course] | None:
        at, known = self._rules.index(rule), self._past.known
        found, gap = [], Gap.UNCONFIRMED
        for told, each in zip(self._past.told, way, strict=True):
            if each is not None:
                verdict, its = known.all[each[0]][at]
                found.append(GapFound(told.round.number, told.round.created_at, verdict, each[1]))
                gap = its if verdict is Verdict.GAP and its is not None else gap
        if not any(each.verdict is Verdict.GAP for each in found):
            return None
        made = course(found, said)
        return None if made is None else (rule, gap, made)


class Days:
    """Until when, by the policy; what a person set goes first. `days` are those of the sheets of each round: a gap is
    known from the day of its sheet, not from the day on which somebody entered it."""

    def __init__(self, policy: "Policy", days: Mapping[int, date]) -> None:
        from coverage_census.policy.decide import deadlines

        self._policy, self._due_on, self._days = policy, deadlines.due_on, days
        self._asked = {rule: sorted(deadlines.asked(rule, policy)) for rule in policy.rules}
        self._known: dict[tuple[Any, ...], date | None] = {}

    def of(self, rule: str, facts: Row, made: Course) -> date | None:
        """The day (local) until which the task is to be done; None where the rule sets no term."""
        if made.due is not None:
            return date.fromisoformat(made.due)
        asked = self._asked[rule]
        if not asked:
            return None
        first = self.first(made)
        key = (rule, first, *(facts.get(name) for name in asked))
        if key not in self._known:
            self._known[key] = self._due_on(rule, facts, self._policy, first)
        return self._known[key]

    def first(self, made: Course) -> date:
        """The day from which this gap has been there without a break."""
        opened = made.opened_last
        known = self._days.get(opened.round) if opened.who is None else None
        return known or date.fromisoformat(opened.when[:10])


def _asked(policy: "Policy") -> set[str]:
    """The facts that days and owners are worked out from, beside those that every organisation is carried with."""
    from coverage_census.policy.decide import deadlines

    days = {fact for rule in policy.rules for fact in deadlines.asked(rule, policy)}
    lines = {leaf.fact for line in policy.owners if line.when for leaf in line.when.leaves() if leaf.fact}
    return days | lines


def _said(every: Sequence[tuple[int, Entry]], went: Mapping[str, str]) -> Said:
    """What was said of an organisation that is another one now is said of that one."""
    found: dict[str, dict[str, list[tuple[int, Entry]]]] = {}
    for number, entry in every:
        named = numbers.parts(entry.task or "") if entry.kind in _KINDS else None
        if named is not None:
            rule, code = named
            for _ in went:
                code = went.get(code, code)
            found.setdefault(code, {}).setdefault(rule, []).append((number, entry))
    return found


def _calendar(session: Session, which: Round) -> Calendar:
    from coverage_census.ledger.periods import periods
    from coverage_census.ledger.store.force import in_force

    every = session.rounds()
    before = periods.previous(every, which)
    first = next((each.number for each in in_force(every) if periods.is_report(each)), which.number)
    since = before.number if before is not None else first
    today = session.as_of or session.now.astimezone().date()
    return Calendar(today, session.settings.tasks.due_soon, since)
