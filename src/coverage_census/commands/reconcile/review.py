"""`reconcile --xlsx`: registers compared in; the workbook in which people say what holds (核对表), written, out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.model.days import last_of
from coverage_census.model.register import COUNTS, Compared, ListedSide, RegisterClass, RegisterLine
from coverage_census.model.register_review import ASKED, FITS, LINES, RegisterQuestion, RegisterTally
from coverage_census.model.rounds import EntryKind
from coverage_census.registers import kinds
from coverage_census.results import RegisterCompared, ReviewSent
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called
from coverage_census.words.registers import difference

Pair = tuple[RegisterLine, ListedSide | None, ListedSide | None]
"""A line with the row of the register and the organisation that it asks about: a doubtful one has one a candidate."""


def send(session: Session, found: Sequence[RegisterCompared], out: Path | None) -> ReviewSent:
    """Where it was written, never over another one, in which somebody may have answered; nowhere if nothing is open."""
    from coverage_census.returns import register_review

    words = session.words
    labels = {each.register: kinds.label(session.settings, each.register, words) for each in found}
    opened = {each.register: open_pairs(each.comparison.lines) for each in found}
    asked = [(each.register, pair) for each in found for pair in _first(opened[each.register])]
    if not asked:
        return ReviewSent(None, 0)
    path = out or _free(session, labels, found)
    if path.exists():
        raise CensusError("review_exists", file=str(path))
    numbers = count(1)
    ordered = sorted(asked, key=lambda each: ASKED.index(each[1][0].kind))
    questions = [_question(next(numbers), register, labels[register], pair, words) for register, pair in ordered]
    tallies = [line for each in found for line in _tallies(each, labels[each.register], opened[each.register])]
    notes = [_note(each, labels[each.register], words) for each in found]
    disk.replace(path, register_review.workbook(questions, tallies, notes, words))
    return ReviewSent(path, len(questions))


def open_pairs(lines: Iterable[RegisterLine]) -> list[Pair]:
    """What is to be asked: every line that nobody has answered, a doubtful one once a candidate, no pair twice."""
    lines = tuple(lines)
    out = {_key(each.register) for each in lines if each.answer is EntryKind.OUT_OF_SCOPE and each.register}
    seen: set[object] = set()
    found: list[Pair] = []
    for line in lines:
        for pair in _pairs(line) if line.answer is None and line.kind in ASKED else ():
            key = tuple(map(_key, pair[1:]))
            if key not in seen and key[0] not in out:
                seen.add(key)
                found.append(pair)
    return found


def _pairs(line: RegisterLine) -> Iterator[Pair]:
    if not line.candidates:
        yield line, line.register, line.ledger
    for each in line.candidates:
        yield (line, line.register, each) if line.register is not None else (line, each, line.ledger)


def _key(side: ListedSide | None) -> object:
    return (side.row, side.name) if side is not None else None


def _first(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Of each class as many as one workbook asks about."""
    told: Counter[RegisterClass] = Counter()
    for each in pairs:
        told[each[0].kind] += 1
        if told[each[0].kind] <= LINES:
            yield each


def _question(number: int, register: str, label: str, pair: Pair, words: Words) -> RegisterQuestion:
    line, theirs, ours = pair
    cells = _cells(theirs), _cells(ours)
    fits = tuple(_fits(line, theirs, ours))
    return RegisterQuestion(
        number, line.kind, register, label, fits, theirs, ours, line.differs, cells, _said(line, words)
    )


def _fits(line: RegisterLine, theirs: ListedSide | None, ours: ListedSide | None) -> Iterator[str]:
    """The answers of its class, without those for which the line lacks a side or the register a value."""
    valued = any(_exact(each) for each in line.differs)
    lacking = {"register_holds": not valued, "same": ours is None, "different": None in (theirs, ours)}
    return (each for each in FITS[line.kind] if not lacking.get(each, False))


def _exact(each: Compared) -> bool:
    """Whether the ledger could take the register's value: 30-50 is none."""
    return each.register is not None and not (each.field in COUNTS and isinstance(each.register, str))


def _cells(side: ListedSide | None) -> tuple[str, ...]:
    if side is None:
        return "", "", ""
    return "\n".join(filter(None, (side.name, side.uscc))), side.township or "", side.place.replace("!", "\n", 1)


def _said(line: RegisterLine, words: Words) -> str:
    """What differs, and by what the two were linked, or may be one."""
    said = [difference(each, words) for each in line.differs]
    if line.step:
        step = words(f"reconcile.step.{line.step}")
        said.append(step if line.candidates else words("register_review.linked", step=step))
    if not said:
        said.append(words(f"register_review.alone.{line.kind}"))
    return "\n".join(said)


def _tallies(each: RegisterCompared, label: str, opened: Sequence[Pair]) -> Iterator[RegisterTally]:
    asked = Counter(line.kind for line, _, _ in opened)
    listed = Counter(line.kind for line, _, _ in _first(opened))
    answered = Counter(line.kind for line in each.comparison.lines if line.answer is not None)
    for kind, rows in each.comparison.counts().items():
        if any(rows):
            yield RegisterTally(label, kind, rows, answered[kind], listed[kind], asked[kind])


def _note(each: RegisterCompared, label: str, words: Words) -> str:
    given = {"register": label, "day": each.as_of, "round": called(each.round, words)}
    older = words("reconcile.older", day=each.as_of, ledger=last_of(each.round.as_of)) if each.older else ""
    return words("register_review.against", **given) + older


def _free(session: Session, labels: Mapping[str, str], found: Sequence[RegisterCompared]) -> Path:
    from coverage_census.returns import register_review

    words = session.words
    label = called(found[0].round, words)
    if len(found) == 1:
        label = f"{labels[found[0].register]}_{label}"
    path, number = session.settings.returns / register_review.name(label, words), 2
    while path.exists():
        path = session.settings.returns / register_review.name(f"{label}_{number}", words)
        number += 1
    return path
