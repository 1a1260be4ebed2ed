"""What people said of identity (同一单位, 不是同一单位) in; for rows of a table, which are one and which are not, out.

An answer is about organisations as they were called then: it holds for every row of that core name whose code and
place contradict nothing, in this round and in all later ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coverage_census.ledger.identity.keys import Keys, Text, fits
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.names.core_name import Cores
from coverage_census.names.town_word import without_town_word

IDENTITY = frozenset({EntryKind.SAME, EntryKind.DIFFERENT})


class _Known(NamedTuple):
    """A subject by what identity is decided by."""

    uscc: Text
    core: str
    region: Text
    county: Text
    township: Text
    listed: bool = False  # a row of another office's register


@dataclass(frozen=True)
class Answered:
    """The answers in force: groups of one organisation, and pairs of two."""

    group: Mapping[_Known, int] = field(default_factory=dict)
    apart: frozenset[tuple[_Known, _Known]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.group or self.apart)

    def of(self, rows: Keys, *, listed: bool = False) -> "SaidOfRows":
        """The same for the rows of one table; `listed`: of a register."""
        by_core: dict[str, list[_Known]] = {}
        for known in self._subjects():
            if known.listed is listed:
                by_core.setdefault(known.core, []).append(known)
        found = {
            row: _meant(by_core[core], rows, row, listed=listed)
            for row, core in enumerate(rows.core)
            if core in by_core
        }
        return SaidOfRows(self, {row: meant for row, meant in found.items() if meant})

    def _subjects(self) -> Iterable[_Known]:
        return dict.fromkeys((*self.group, *(each for pair in self.apart for each in pair)))


@dataclass(frozen=True)
class SaidOfRows:
    """For the rows of one table that an answer speaks of: which subjects of answers they are."""

    answers: Answered
    subjects: Mapping[int, tuple[_Known, ...]]

    def groups(self) -> Iterator[tuple[int, int]]:
        """Each row that is said to be one with another, and the number of its group."""
        for row, meant in self.subjects.items():
            numbers = {self.answers.group[each] for each in meant if each in self.answers.group}
            if len(numbers) == 1:
                yield row, numbers.pop()

    def apart(self, row: int, others: "SaidOfRows", other: int) -> bool:
        """Whether somebody said that the two rows are two organisations."""
        if not self.answers.apart:
            return False
        mine, theirs = self.subjects.get(row, ()), others.subjects.get(other, ())
        if set(mine) & set(theirs):
            return False
        return any((one, two) in self.answers.apart for one in mine for two in theirs)


NOBODY = Answered()


@dataclass(frozen=True)
class JudgedAnswers:
    """New answers beside those in force: what holds now, and what contradicts (with what it contradicts)."""

    holding: Answered
    fresh: tuple[Entry, ...]
    contradictions: tuple[tuple[Entry, Entry], ...] = ()


def judge(before: Iterable[Entry], fresh: Sequence[Entry], cores: Cores, *, registers: bool = False) -> JudgedAnswers:
    """The first answer holds: one that contradicts it is not taken before somebody has undone the other.

    `registers`: whether answers about rows of registers take part in what holds. They make no two organisations of the
    ledger one, and no sheet is matched by them.
    """
    found = _Sorting(cores)
    for each in before:
        found.take(each)
    taken, wrong = [], []
    for each in fresh:
        if each.kind not in IDENTITY:
            taken.append(each)
        elif other := found.take(each):
            wrong.append((each, other))
        elif each not in taken:
            taken.append(each)
    return JudgedAnswers(found.answered(registers=registers), tuple(taken), tuple(wrong))


class _Sorting:
    """Answers one by one; groups grow together, and no pair inside a group may be said to be two."""

    def __init__(self, cores: Cores) -> None:
        self._cores = cores
        self._said: list[tuple[Entry, _Known, _Known]] = []
        self._parent: dict[_Known, _Known] = {}

    def take(self, entry: Entry) -> Entry | None:
        """None where the answer fits those before it, else the one that it contradicts."""
        if entry.kind not in IDENTITY or entry.subject is None or entry.other is None:
            return None
        one = self._known(entry.subject)
        two = self._known(entry.other)._replace(listed=entry.whose is not None)
        ends = {_root(self._parent, one), _root(self._parent, two)}
        if other := self._against(entry.kind, ends):
            return other
        if entry.kind is EntryKind.SAME:
            _join(self._parent, one, two)
        self._said.append((entry, one, two))
        return None

    def _against(self, kind: EntryKind, ends: set[_Known]) -> Entry | None:
        """The answer by which the two are one where they shall be two, or two where they shall be one."""
        for each, *pair in self._said:
            if each.kind is not kind and {_root(self._parent, known) for known in pair} == ends:
                return each
        return None

    def answered(self, *, registers: bool) -> Answered:
        said = [each for each in self._said if registers or each[0].whose is None]
        same = [(one, two) for entry, one, two in said if entry.kind is EntryKind.SAME]
        parent: dict[_Known, _Known] = {}
        for one, two in same:
            _join(parent, one, two)
        members = dict.fromkeys(each for pair in same for each in pair)
        numbers = {root: number for number, root in enumerate(dict.fromkeys(_root(parent, each) for each in members))}
        pairs = [(one, two) for entry, one, two in said if entry.kind is EntryKind.DIFFERENT]
        return Answered(
            {each: numbers[_root(parent, each)] for each in members},
            frozenset((*pairs, *((two, one) for one, two in pairs))),
        )

    def _known(self, subject: Subject) -> _Known:
        cores, regions = self._cores.of([subject.name], [subject.county])
        return _Known(subject.uscc, cores[0], regions[0], subject.county, without_town_word(subject.township))


def _join(parent: dict[_Known, _Known], one: _Known, two: _Known) -> None:
    parent[_root(parent, two)] = _root(parent, one)


def _root(parent: Mapping[_Known, _Known], known: _Known) -> _Known:
    while known in parent and parent[known] != known:
        known = parent[known]
    return known


def _meant(subjects: Sequence[_Known], rows: Keys, row: int, *, listed: bool) -> tuple[_Known, ...]:
    """Those of equal core name that nothing known tells apart from the row; where several are, the likest."""
    own = _Known(rows.uscc[row], rows.core[row], rows.region[row], rows.county[row], rows.township[row], listed)
    may_be = [known for known in subjects if all(map(fits, known[:5], own[:5]))]
    likeness = {known: sum(one == other for one, other in zip(known, own, strict=True)) for known in may_be}
    best = max(likeness.values(), default=0)
    return tuple(known for known, alike in likeness.items() if alike == best)
