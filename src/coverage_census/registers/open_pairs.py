"""The lines of a comparison in; what is to be asked of people (核对表), out: nothing answered, and no pair twice."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from coverage_census.model.register import ListedSide, RegisterClass, RegisterLine, RegisterPair
from coverage_census.model.register_review import ASKED, LINES
from coverage_census.model.rounds import EntryKind


def open_pairs(lines: Iterable[RegisterLine]) -> list[RegisterPair]:
    """What is to be asked: every line that nobody has answered, a doubtful one once a candidate, no pair twice."""
    lines = tuple(lines)
    out = {_key(each.register) for each in lines if each.answer is EntryKind.OUT_OF_SCOPE and each.register}
    seen: set[object] = set()
    found: list[RegisterPair] = []
    for line in lines:
        for pair in _pairs(line) if line.answer is None and line.kind in ASKED else ():
            key = tuple(map(_key, pair[1:]))
            if key not in seen and key[0] not in out:
                seen.add(key)
                found.append(pair)
    return found


def _pairs(line: RegisterLine) -> Iterator[RegisterPair]:
    if not line.candidates:
        yield line, line.register, line.ledger
    for each in line.candidates:
        yield (line, line.register, each) if line.register is not None else (line, each, line.ledger)


def _key(side: ListedSide | None) -> object:
    return (side.row, side.name) if side is not None else None


def first_of_each_class(pairs: Sequence[RegisterPair]) -> Iterator[RegisterPair]:
    """Of each class as many as one workbook asks about."""
    told: Counter[RegisterClass] = Counter()
    for each in pairs:
        told[each[0].kind] += 1
        if told[each[0].kind] <= LINES:
            yield each
