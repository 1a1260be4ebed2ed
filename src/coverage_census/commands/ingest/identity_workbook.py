"""A round in; the workbook in which a person decides which of its organisations are one (待认定) out."""

from coverage_census.commands.ingest import return_workbooks
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.ledger.identity.questions import questions
from coverage_census.model.identity import LINES
from coverage_census.model.rounds import Round
from coverage_census.results import ToDecide
from coverage_census.words.periods import called


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
