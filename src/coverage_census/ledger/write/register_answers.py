"""What people answered on lines of a comparison (核对表) in; what of it is news, and what comes too late or contradicts
what somebody said before, each at its cell, out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.store.subjects import Subjects
from coverage_census.model.reading import Level, Problem, Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.tables import Plain, told

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = frozenset({EntryKind.SAME, EntryKind.LISTED, EntryKind.OUT_OF_SCOPE})
"""What can be said of a row of a register: one of these."""
_VALUES = frozenset({EntryKind.CORRECTION, EntryKind.LEDGER_HOLDS})


@dataclass(frozen=True)
class JudgedLines:
    """`fresh` without what is in force already and what could not be taken; everything else is left as it is."""

    fresh: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


def judge(before: Sequence[Entry], fresh: Sequence[Entry], head: "pa.Table") -> JudgedLines:
    """The first answer holds. A value is taken only while the ledger still says what it said when it was asked."""
    if not any(each.whose for each in fresh):
        return JudgedLines(tuple(fresh))
    found = _Lines(Subjects(head), head)
    for each in before:
        found.hold(each)
    taken = [each for each in fresh if each.whose is None or found.takes(each)]
    return JudgedLines(tuple(taken), tuple(found.problems))


@dataclass
class _Lines:
    """Answers one by one; `said`: row of a register, or field of an organisation → what was said of it; `now`: values
    that those taken have changed."""

    subjects: Subjects
    head: "pa.Table"
    said: dict[object, list[Entry]] = field(default_factory=dict)
    now: dict[tuple[int, str], Plain] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def hold(self, entry: Entry) -> None:
        if (key := self._key(entry)) is not None:
            self.said.setdefault(key, []).append(entry)

    def takes(self, entry: Entry) -> bool:
        """Whether it is to be entered; says why, where it is not and nobody has said it before."""
        known = self.said.get(self._key(entry), ())
        if entry.kind is not EntryKind.CORRECTION and any(_repeats(entry, each) for each in known):
            return False
        if entry.kind in _VALUES and entry.field is not None:
            return self._takes_value(entry, known)
        against = (each for each in known if {entry.kind, each.kind} <= _ROWS and self._differ(entry, each))
        return self._unless(entry, next(against, None))

    def _takes_value(self, entry: Entry, known: Sequence[Entry]) -> bool:
        row, name = self._row(entry.subject), entry.field or ""
        if row is None:
            return True  # who is not in the ledger is told where answers are entered
        now = self.now.get((row, name), self._says(row, name))
        if entry.kind is EntryKind.CORRECTION and now == entry.new:
            return False  # it says so already
        if now == entry.old:
            kept = (each for each in known if each.kind is not entry.kind and each.new == entry.new)
            taken = self._unless(entry, next((each for each in kept if each.old in (entry.old, None)), None))
            if taken and entry.kind is EntryKind.CORRECTION:
                self.now[row, name] = entry.new
            return taken
        made = (each for each in reversed(known) if each.kind is EntryKind.CORRECTION and each.new == now)
        if (other := next(made, None)) is not None:
            return self._unless(entry, other)
        self._tell("register_answer_late", entry, held=_plain(now), stated=_plain(entry.old))
        return False

    def _says(self, row: int, name: str) -> Plain:
        """What the ledger holds, as a comparison words it."""
        value, *ends = (self.head[each][row].as_py() for each in columns_of(name))
        return told(value, *ends)

    def _unless(self, entry: Entry, other: Entry | None) -> bool:
        if other is not None:
            self._tell("register_answer_contradicts", entry, where=other.who, when=other.when[:10])
            return False
        self.hold(entry)
        return True

    def _differ(self, entry: Entry, other: Entry) -> bool:
        """Whether two answers on one row of a register say two things, such as 同一单位 with two organisations."""
        if entry.kind is not other.kind or entry.kind is not EntryKind.SAME:
            return entry.kind is not other.kind
        one, two = self._row(entry.subject), self._row(other.subject)
        return None not in (one, two) and one != two

    def _key(self, entry: Entry) -> object:
        if entry.kind in _VALUES:
            row = self._row(entry.subject)
            return ("value", entry.subject if row is None else row, entry.field or entry.whose)
        if entry.kind in (EntryKind.SAME, EntryKind.DIFFERENT):
            return _named(entry.other) if entry.whose is not None and entry.other is not None else None
        if entry.kind in (EntryKind.LISTED, EntryKind.OUT_OF_SCOPE) and entry.subject is not None:
            return _named(entry.subject)
        return None

    def _row(self, subject: Subject | None) -> int | None:
        return self.subjects.row(subject) if subject is not None else None

    def _tell(self, code: str, entry: Entry, **values: str | int | float | None) -> None:
        file, sheet, cell = (*entry.who.split("!"), None, None)[:3]
        name = entry.subject.name if entry.subject else None
        self.problems.append(
            Problem(
                code=code, level=Level.ERROR, file=file or "", sheet=sheet, cell=cell, field=entry.field,
                values={"name": name, **values},
            )
        )  # fmt: skip


def _named(subject: Subject) -> object:
    return ("row", subject.name, subject.uscc or subject.township)


def _repeats(entry: Entry, other: Entry) -> bool:
    """Whether somebody has said the very same."""
    same = ("kind", "subject", "other", "field", "old", "new")
    return all(getattr(entry, name) == getattr(other, name) for name in same)


def _plain(value: object) -> str | int | float | None:
    return int(value) if isinstance(value, bool) else value if isinstance(value, (str, int, float)) else None
