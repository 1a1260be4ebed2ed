"""`reconcile --xlsx`: registers compared in; the workbook in which people say what holds (核对表), written, out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.model.days import last_of
from coverage_census.model.register import RegisterPair
from coverage_census.model.register_review import ASKED, RegisterTally
from coverage_census.registers import kinds
from coverage_census.registers.open_pairs import first_of_each_class, open_pairs
from coverage_census.results import RegisterCompared, ReviewSent
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called


def send(session: Session, found: Sequence[RegisterCompared], out: Path | None) -> ReviewSent:
    """Where it was written, never over another one, in which somebody may have answered; nowhere if nothing is open."""
    from coverage_census.returns import register_questions, register_review

    words = session.words
    labels = {each.register: kinds.label(session.settings, each.register, words) for each in found}
    opened = {each.register: open_pairs(each.comparison.lines) for each in found}
    asked = [(each.register, pair) for each in found for pair in first_of_each_class(opened[each.register])]
    if not asked:
        return ReviewSent(None, 0)
    path = out or _free(session, labels, found)
    if path.exists():
        raise CensusError("review_exists", file=str(path))
    numbers = count(1)
    ordered = sorted(asked, key=lambda each: ASKED.index(each[1][0].kind))
    questions = [
        register_questions.question(next(numbers), register, labels[register], pair, words)
        for register, pair in ordered
    ]
    tallies = [line for each in found for line in _tallies(each, labels[each.register], opened[each.register])]
    notes = [_note(each, labels[each.register], words) for each in found]
    disk.replace(path, register_review.workbook(questions, tallies, notes, words))
    return ReviewSent(path, len(questions))


def _tallies(each: RegisterCompared, label: str, opened: Sequence[RegisterPair]) -> Iterator[RegisterTally]:
    asked = Counter(line.kind for line, _, _ in opened)
    listed = Counter(line.kind for line, _, _ in first_of_each_class(opened))
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
