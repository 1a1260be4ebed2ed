"""A round in; the workbook in which a person decides which of its organisations are one (待认定) out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.commands.ingest import return_workbooks
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.model.identity import LINES, IdentityQuestion
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Round
from coverage_census.results import ToDecide
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label, value_text
from coverage_census.words.periods import called

if TYPE_CHECKING:
    from coverage_census.ledger.identity.candidates import Candidate, PairSide

_COMPARED = ("uscc", "township", "kind", "address")


def ask(session: Session, made: Round, since: float | None = None) -> ToDecide | None:
    """The workbook with every pair that is open after round `made`; None where none is. One that was written
    `since` then is of the command that is being finished."""
    from coverage_census.ledger.identity import candidates
    from coverage_census.returns import pairs

    ledger, words = session.settings.ledger, session.words
    found = candidates.find(ledger, made, session.rounds())
    if not found:
        return None
    label = called(made, words)
    path = session.settings.returns / pairs.name(label, words)
    if return_workbooks.written_since(path, since):
        return ToDecide(len(found), path)
    number = 2
    while path.exists():  # somebody may be writing answers into it
        path = path.with_name(pairs.name(f"{label}_{number}", words))
        number += 1
    data = pairs.workbook(questions(found[:LINES], words), len(found), label, words)
    try:
        disk.replace(path, data)
    except CensusError:  # the round is written; only the questions are missing, and that is said
        return ToDecide(len(found), None)
    return ToDecide(len(found), path)


def questions(found: "Sequence[Candidate]", words: Words) -> tuple[IdentityQuestion, ...]:
    """Each pair in the words of the workbook."""
    return tuple(
        IdentityQuestion(
            number=number,
            one=_subject(each.one),
            other=_subject(each.other),
            sides=(_cells(each.one, words), _cells(each.other, words)),
            why=words(f"identity.why.{each.why}", likeness=round(each.likeness)),
            differs=_differs(each, words),
            else_=words("identity.unanswered.two"),
        )
        for number, each in enumerate(found, start=1)
    )


def _subject(side: "PairSide") -> Subject:
    return Subject(name=side.name, uscc=side.uscc, county=side.county, township=side.township)


def _cells(side: "PairSide", words: Words) -> tuple[str, ...]:
    place = {"file": side.file or "", "sheet": side.sheet or "", "row": side.row or "", "round": side.confirmed_round}
    kind = value_text("kind", side.kind, words) if side.kind else ""
    where = words("identity.where.row", **place)
    lines = (side.name, side.uscc), (side.township, kind), (side.address, where)
    return tuple("\n".join(filter(None, pair)) for pair in lines)


def _differs(each: "Candidate", words: Words) -> str:
    said = []
    for name in _COMPARED:
        values = getattr(each.one, name), getattr(each.other, name)
        label = field_label(name, words)
        if None in values and values[0] != values[1]:
            said.append(words("identity.differs.missing", label=label))
        elif values[0] != values[1]:
            said.append(words("identity.differs.item", label=label))
    said += [words("identity.differs.silent", name=side.name) for side in (each.one, each.other) if side.silent]
    return words("identity.differs.between").join(said) or words("identity.differs.nothing")
