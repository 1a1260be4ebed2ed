"""A comparison and what people answered on its lines (核对表) in; every line with the answer that still holds out.

An answer holds as long as both sides say what they said when it was given.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from coverage_census.model.reading import Subject
from coverage_census.model.register import ListedSide, RegisterClass, RegisterLine
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.registers.comparison import Comparison
from coverage_census.registers.matching.sides import Step

_OPEN = frozenset({
    RegisterClass.CODE_TWO_NAMES, RegisterClass.NAME_TWO_CODES, RegisterClass.DOUBTFUL, RegisterClass.NOT_IN_LEDGER,
})  # fmt: skip
_ROWS = frozenset({EntryKind.LISTED, EntryKind.OUT_OF_SCOPE})
_VALUES = frozenset({EntryKind.LEDGER_HOLDS, EntryKind.CORRECTION})


def marked(made: Comparison, entries: Iterable[Entry]) -> Comparison:
    """`entries`: the human decisions in force, of whatever kind."""
    said = _SaidOfLines(made.register, entries)
    if not said:
        return made
    lines = (line._replace(answer=said.of(line)) for line in made.lines)
    return replace(made, lines=tuple(lines))


class _SaidOfLines:
    """Answers by the row of a register, and by the organisation of the ledger, that they are about."""

    def __init__(self, register: str, entries: Iterable[Entry]) -> None:
        self._register = register
        self._rows, self._values, self._same = _Subjects(), _Subjects(), False
        for each in entries:
            self._same |= each.kind is EntryKind.SAME
            if each.kind in _ROWS:
                self._rows.put(each)
            elif each.kind in _VALUES and each.whose is not None:
                self._values.put(each)

    def __bool__(self) -> bool:
        return bool(self._rows or self._values or self._same)

    def of(self, line: RegisterLine) -> EntryKind | None:
        """What settles a line; None: it is to be asked."""
        if line.kind in _OPEN:
            out = line.register is not None and self._is_out(line.register)
            out = out or (line.register is None and bool(line.candidates) and all(map(self._is_out, line.candidates)))
            return EntryKind.OUT_OF_SCOPE if out else None
        if line.kind is RegisterClass.REPEATED or line.ledger is None:
            return None
        said = list(self._values.of(line.ledger))
        if line.kind is RegisterClass.AGREES:
            return self._agreed(line, said)
        kept = [each for each in said if each.kind is EntryKind.LEDGER_HOLDS]
        if line.differs:
            known = {(each.field, each.old, each.new) for each in kept}
            held = all((each.field, each.ledger, each.register) in known for each in line.differs)
        else:
            held = any(each.field is None and each.whose == self._register for each in kept)
        return EntryKind.LEDGER_HOLDS if held else None

    def _is_out(self, row: ListedSide) -> bool:
        return any(each.kind is EntryKind.OUT_OF_SCOPE for each in self._rows.of(row, named=True))

    def _agreed(self, line: RegisterLine, said: Sequence[Entry]) -> EntryKind | None:
        """By what a person did about it the two agree, if anybody did anything."""
        if line.register is not None and any(
            each.kind is EntryKind.LISTED for each in self._rows.of(line.register, named=True)
        ):
            return EntryKind.LISTED
        if any(each.kind is EntryKind.CORRECTION and each.whose == self._register for each in said):
            return EntryKind.CORRECTION
        return EntryKind.SAME if line.step == Step.PERSON else None


class _Subjects:
    """Answers to be found by code, else by name."""

    def __init__(self) -> None:
        self._by_code: dict[str, list[Entry]] = defaultdict(list)
        self._by_name: dict[str, list[Entry]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def put(self, entry: Entry) -> None:
        if entry.subject is not None:
            self._by_name[entry.subject.name].append(entry)
            if entry.subject.uscc:
                self._by_code[entry.subject.uscc].append(entry)

    def of(self, side: ListedSide, *, named: bool = False) -> Iterator[Entry]:
        """Those about it, as it is called now or was then; `named`: only while it is called so."""
        by_code = () if named else self._by_code.get(side.uscc or "", ())
        found: Mapping[int, Entry] = {
            id(each): each
            for each in (*by_code, *self._by_name.get(side.name, ()))
            if each.subject is not None and _one(each.subject, side)
        }
        yield from found.values()


def _one(subject: Subject, side: ListedSide) -> bool:
    """One code; or one name, and neither code nor place tells the two apart."""
    if subject.uscc and side.uscc:
        return subject.uscc == side.uscc
    places = ((subject.county, side.county), (subject.township, side.township))
    return subject.name == side.name and all(one is None or two is None or one == two for one, two in places)
