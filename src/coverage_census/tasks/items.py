"""Tasks one by one in; how those of each owner stand out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coverage_census.model.decision import Gap, PolicyStamp
from coverage_census.model.record import Facts
from coverage_census.model.rounds import Round
from coverage_census.model.task import UNFINISHED, Owner, TaskState, TaskTally
from coverage_census.tasks.course import Course
from coverage_census.tasks.numbers import First, code, task_id
from coverage_census.words.catalogue import Words


@dataclass(frozen=True, slots=True)
class Item:
    """One task, as light as a province needs it; `facts` are shared by the tasks of one organisation."""

    first: First
    row: int
    rule: str
    gap: Gap
    course: Course
    owner: Owner
    due: date | None
    facts: Facts

    @property
    def id(self) -> str:
        """Worked out when asked for: a table of a province's tasks needs none."""
        return task_id(self.rule, code(self.first))

    @property
    def state(self) -> TaskState:
        return self.course.state

    @property
    def unfinished(self) -> bool:
        return self.course.state in UNFINISHED

    @property
    def running(self) -> bool:
        """Whether its day counts: not while somebody says that it is done."""
        return self.course.state in UNFINISHED and self.course.state is not TaskState.TO_VERIFY


@dataclass(frozen=True)
class Calendar:
    """The day that counts, how many days make 快到期, and the cut-off of the period before."""

    today: date
    soon: int
    since: int

    def overdue(self, item: Item) -> bool:
        return item.due is not None and item.due < self.today and item.running

    def due_soon(self, item: Item) -> bool:
        return item.due is not None and 0 <= (item.due - self.today).days <= self.soon and item.running

    def done_lately(self, item: Item) -> bool:
        return (item.course.done or 0) > self.since


@dataclass(frozen=True)
class Tasks:
    """All tasks there ever were in some areas, done and void ones too, or those of them that were asked for."""

    items: tuple[Item, ...]
    round: Round
    stamp: PolicyStamp
    calendar: Calendar

    @property
    def total(self) -> TaskTally:
        return tally(None, self.items, self.calendar)

    @property
    def by_owner(self) -> list[TaskTally]:
        return tallies(self.items, self.calendar)

    @property
    def overdue(self) -> tuple[Item, ...]:
        return tuple(each for each in self.items if self.calendar.overdue(each))

    @property
    def due_soon(self) -> tuple[Item, ...]:
        return tuple(each for each in self.items if self.calendar.due_soon(each))


def what(rule: str, gap: Gap, words: Words, branch: str | None = None) -> str:
    """What is to be done: of a mass organisation by its kind, of a joint branch by its name, else by the class."""
    if gap is Gap.IRREGULAR_JOINT and branch:
        return words("tasks.do_branch", branch=branch)
    own = f"tasks.do.rule.{rule}"
    return words(own if words.has(own) else f"tasks.do.{gap.value}")


def tallies(items: Iterable[Item], calendar: Calendar) -> list[TaskTally]:
    """One line an owner: who has most overdue first, then most unfinished, then by name; the catch-all last."""
    by_owner: dict[str, list[Item]] = {}
    for each in items:
        by_owner.setdefault(each.owner.name, []).append(each)
    lines = [tally(those[0].owner, those, calendar) for those in by_owner.values()]
    return sorted(lines, key=_place)


def _place(line: TaskTally) -> tuple[bool, int, int, bytes]:
    last = line.owner_by == "catch_all"
    return last, -line.overdue, -line.open, (line.owner or "").encode("gb18030")


def tally(owner: Owner | None, items: Sequence[Item], calendar: Calendar) -> TaskTally:
    """The tasks of one owner (None: of everybody) in numbers, by state and by what is overdue."""
    states = Counter(each.state for each in items)
    return TaskTally(
        owner=owner.name if owner else None,
        owner_by=owner.by if owner and len({each.owner.by for each in items}) == 1 else None,
        organisations=len({each.row for each in items if each.unfinished}),
        open=sum(states[each] for each in UNFINISHED),
        planned=states[TaskState.PLANNED],
        in_progress=states[TaskState.IN_PROGRESS],
        overdue=sum(map(calendar.overdue, items)),
        due_soon=sum(map(calendar.due_soon, items)),
        to_verify=states[TaskState.TO_VERIFY],
        done=states[TaskState.DONE],
        done_lately=sum(map(calendar.done_lately, items)),
        void=states[TaskState.VOID],
    )
