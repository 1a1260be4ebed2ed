"""What each round found of one gap, and what people said of it, in; how the task stands, and its history, out.

Facts are stored, conclusions are recomputed: nothing here remembers anything. The whole law is the table `MOVES`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from coverage_census.model.decision import Verdict
from coverage_census.model.record import Row
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.task import TaskEvent, TaskState, What


class TaskStanding(Enum):
    """Where a task is; a person's tick and a round's are told apart: the one is to be confirmed by the other."""

    NONE = "none"  # no gap so far
    OPEN = "open"
    CLOSED = "closed"  # a round found it met
    TICKED = "ticked"  # a person marked it done
    DOUBTED = "doubted"  # so marked, and a later sheet still shows the gap
    CONFIRMED = "confirmed"  # so marked, and a later sheet shows it met
    VOIDED = "voided"  # a person took it off
    LAPSED = "lapsed"  # a round no longer asks it


class GapFound(NamedTuple):
    """What one round says of the gap. `fresh`: a sheet of that round named the organisation."""

    round: int
    when: str
    verdict: Verdict
    fresh: bool


class Signal(Enum):
    """What moves a task. A round's word counts as new when a sheet named the organisation, or when it changed."""

    GAP = "gap"
    MET = "met"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"
    DONE = "done"
    VOID = "void"
    OPENED = "opened"


_S, _B = TaskStanding, Signal
_BY_PERSON: tuple[tuple[Signal, TaskStanding, What], ...] = (
    (_B.DONE, _S.TICKED, "done"),
    (_B.VOID, _S.VOIDED, "void"),
    (_B.OPENED, _S.OPEN, "opened_again"),
)
MOVES: dict[tuple[TaskStanding, Signal], tuple[TaskStanding, What]] = {
    **{(each, signal): (to, what) for each in TaskStanding if each is not _S.NONE for signal, to, what in _BY_PERSON},
    (_S.CLOSED, _B.DONE): (_S.CONFIRMED, "done"),  # a round has shown it before anybody said so
    (_S.CONFIRMED, _B.DONE): (_S.CONFIRMED, "done"),
    (_S.NONE, _B.GAP): (_S.OPEN, "opened"),
    (_S.OPEN, _B.MET): (_S.CLOSED, "closed"),
    (_S.OPEN, _B.EXEMPT): (_S.LAPSED, "lapsed"),
    (_S.CLOSED, _B.GAP): (_S.OPEN, "reopened"),
    (_S.LAPSED, _B.GAP): (_S.OPEN, "reopened"),
    (_S.LAPSED, _B.MET): (_S.CLOSED, "closed"),
    (_S.CONFIRMED, _B.GAP): (_S.OPEN, "reopened"),
    (_S.TICKED, _B.MET): (_S.CONFIRMED, "confirmed"),
    (_S.TICKED, _B.GAP): (_S.DOUBTED, "doubted"),
    (_S.TICKED, _B.UNKNOWN): (_S.DOUBTED, "doubted"),
    (_S.DOUBTED, _B.MET): (_S.CONFIRMED, "confirmed"),
    (_S.DOUBTED, _B.EXEMPT): (_S.LAPSED, "lapsed"),
}
"""Every move there is; a signal that has none here leaves the task where it is (a void one stays void whatever a round
says, until a person opens it)."""

_SHOWN = {
    _S.OPEN: TaskState.OPEN, _S.CLOSED: TaskState.DONE, _S.TICKED: TaskState.DONE, _S.CONFIRMED: TaskState.DONE,
    _S.DOUBTED: TaskState.TO_VERIFY, _S.VOIDED: TaskState.VOID, _S.LAPSED: TaskState.VOID,
}  # fmt: skip
_SAID = {EntryKind.DONE: _B.DONE, EntryKind.VOID: _B.VOID, EntryKind.OPENED: _B.OPENED}
STEPS = (TaskState.OPEN, TaskState.IN_PROGRESS)


@dataclass(frozen=True)
class Course:
    """How a task stands. `owner` and `due` are what a person set, None where nobody did."""

    standing: TaskStanding = TaskStanding.NONE
    step: TaskState = TaskState.OPEN
    owner: str | None = None
    due: str | None = None
    evidence: str | None = None
    verdict: Verdict | None = None
    events: tuple[TaskEvent, ...] = ()

    @property
    def state(self) -> TaskState:
        return self.step if self.standing is TaskStanding.OPEN else _SHOWN[self.standing]

    @property
    def confirmed(self) -> bool | None:
        known = {TaskStanding.TICKED: False, TaskStanding.DOUBTED: False, TaskStanding.CONFIRMED: True}
        return known.get(self.standing)

    @property
    def opened(self) -> int:
        return self.events[0].round

    @property
    def opened_last(self) -> TaskEvent:
        """What last opened it: days are counted from there."""
        return next(each for each in reversed(self.events) if each.what in OPENING)

    @property
    def done(self) -> int | None:
        """The round that ticked it off, while it is."""
        if self.state is not TaskState.DONE:
            return None
        return next(each.round for each in reversed(self.events) if each.what in {"closed", "done"})

    @property
    def reopened(self) -> int:
        return sum(each.what == "reopened" for each in self.events)


OPENING = frozenset({"opened", "reopened", "opened_again"})


def course(found: Sequence[GapFound], said: Sequence[tuple[int, Entry]]) -> Course | None:
    """None where no round ever found the gap. In what order the two come in does not matter; of one round the sheets
    come first, since people speak of what they have seen, and of what people said in one round the last word counts."""
    steps: list[tuple[int, int, GapFound | Entry]] = [(each.round, 0, each) for each in found]
    steps += [(number, 1, entry) for number, entry in said]
    now = Course()
    for number, _, step in sorted(steps, key=lambda each: each[:2]):
        now = _by_round(now, step) if isinstance(step, GapFound) else _by_person(now, number, step)
    return None if now.standing is TaskStanding.NONE else now


def _by_round(now: Course, found: GapFound) -> Course:
    after, signal = replace(now, verdict=found.verdict), Signal(found.verdict.value)
    new = found.fresh or found.verdict is not now.verdict  # else carried forward: it says nothing new
    if not new or (now.standing, signal) not in MOVES:
        return after
    standing, what = MOVES[now.standing, signal]
    event = TaskEvent(round=found.round, when=found.when, who=None, what=what)
    return _moved(after, standing, event)


def _by_person(now: Course, number: int, entry: Entry) -> Course:
    if now.standing is TaskStanding.NONE:
        return now
    given: Row = {"round": number, "when": entry.when, "who": entry.who, "reason": entry.reason}
    if entry.kind is EntryKind.ASSIGNED:
        return _assigned(now, entry, given)
    if entry.kind is EntryKind.PLAN:
        if now.state is not TaskState.OPEN:
            return now
        event = TaskEvent(**{**given, "what": "planned", "value": entry.new})
        return replace(now, step=TaskState.PLANNED, events=(*now.events, event))
    standing, what = MOVES[now.standing, _SAID[entry.kind]]
    event = TaskEvent(**given, what=what)
    return replace(_moved(now, standing, event), evidence=entry.reason if what == "done" else now.evidence)


def _assigned(now: Course, entry: Entry, given: Row) -> Course:
    value = None if entry.new is None else str(entry.new)
    event = TaskEvent.model_validate({**given, "what": entry.field, "value": value})
    after = replace(now, events=(*now.events, event))
    if entry.field == "step":
        return replace(after, step=TaskState(value or TaskState.OPEN))
    return replace(after, owner=value) if entry.field == "owner" else replace(after, due=value)


def _moved(now: Course, standing: TaskStanding, event: TaskEvent) -> Course:
    """A task that is opened again begins anew, without the step and the evidence of before; owner and day stay."""
    after = replace(now, standing=standing, events=(*now.events, event))
    return replace(after, step=TaskState.OPEN, evidence=None) if event.what in OPENING else after
