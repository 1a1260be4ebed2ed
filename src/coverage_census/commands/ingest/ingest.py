"""`check` and `ingest`: files in; how they were understood, and a round of the ledger out."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.ingest import reread, return_workbooks
from coverage_census.commands.ingest.enter import enter
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, ExitCode
from coverage_census.files import file_hash
from coverage_census.inbox import files as gathering
from coverage_census.inbox.files import gather
from coverage_census.inbox.kept_out import kept_out, set_aside
from coverage_census.ledger.intake import changed_headings, county_question, owed_work, sheet_days
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import MOVED, Level
from coverage_census.results import Checked, IngestReceipt

if TYPE_CHECKING:
    from coverage_census.ledger.intake.seen import Seen


def check(session: Session, paths: Sequence[Path], *, remember: bool = False) -> Checked:
    """Read and validate only; `remember` keeps the guesses for unknown headings in census.toml."""
    from coverage_census.ingest import read
    from coverage_census.ingest.headings import remember as remembering

    if remember:
        remembering.need_workspace(session.settings)
    intake = read.read(gather(paths, session.settings.county, session.now), session.settings.columns)
    problems = return_workbooks.unanswered(session, intake)
    with contextlib.suppress(CensusError):  # a sheet can be checked whatever the ledger is like
        problems += changed_headings.changes(session.settings.ledger, intake.files)
    problems += county_question.asked(session.settings.ledger, intake.table, intake.files)
    wrong = any(each.level is Level.ERROR for each in problems)
    code = ExitCode.SET_ASIDE if wrong or set_aside(intake.files) else ExitCode.DONE
    kept = remembering.remember(session.settings, problems) if remember else None
    return Checked(intake.files, problems, code, kept)


def ingest(session: Session, paths: Sequence[Path], *, returns: bool = True) -> IngestReceipt:
    """Files → one intake → one round, and a return workbook for each with problems; the same files change nothing.

    Beside them what the ledger holds and settings make read otherwise since is read again.
    """
    from coverage_census.ingest import read

    incoming = gather(paths, session.settings.county, session.now)
    there = session.settings.ledger.exists()
    hashes = {each.label: file_hash.sha256(each.path) for each in incoming} if there else {}
    found = _held(session, incoming, hashes) if there else None
    again = reread.again(session, found.rounds, set(hashes.values())) if found else reread.NOTHING
    if found is not None and not again.incoming and (nothing := _nothing_new(session, incoming, hashes, found)):
        return replace(nothing, problems=(*nothing.problems, *again.told))
    every = gathering.apart([*incoming, *again.incoming])
    labels = frozenset(each.label for each in every[len(incoming) :]) | (found.again if found else frozenset())
    intake = read.read(every, session.settings.columns)
    receipt = enter(session, every, intake, returns=returns, again=labels)
    return replace(receipt, problems=(*receipt.problems, *again.told))


def _held(session: Session, incoming: Sequence[Incoming], hashes: Mapping[str, str | None]) -> "Seen":
    """What the ledger knows of these files, byte for byte."""
    from coverage_census.ingest import reading_hash
    from coverage_census.ledger.intake import seen

    as_now = reading_hash.as_now(session.settings.columns, incoming)
    named = sheet_days.named(session.day_asked, hand=True)
    return seen.seen(session.settings.ledger, hashes, named, older=session.older, as_now=as_now)


def _nothing_new(
    session: Session, incoming: Sequence[Incoming], hashes: Mapping[str, str | None], found: "Seen"
) -> IngestReceipt | None:
    """The receipt where the ledger holds every one of these files: then no sheet need be read.

    What was not understood then may be now.
    """
    from coverage_census.ledger import rounds

    owed = owed_work.entered(session.settings, owed_work.pending(session.settings))
    if owed.keys() & set(hashes.values()):  # their return workbooks are to be made: they are read once more
        return None
    if len(found.files) < len(incoming) or any(file.said_nothing for _, file in found.files.values()):
        return None
    readings = tuple(found.files[each.label][1].model_copy(update={"file": each.label}) for each in incoming)
    called = {(round_.number, file.file): label for label, (round_, file) in found.files.items()}
    numbers = {round_.number: round_ for round_, _ in found.files.values()}
    problems = tuple(
        one.model_copy(update={"file": called[number, one.file]})
        for number, round_ in sorted(numbers.items())
        for one in rounds.problems(session.settings.ledger, round_)
        if (number, one.file) in called and one.code not in MOVED  # what moved then moves no more
    )
    code = ExitCode.SET_ASIDE if kept_out(readings) else ExitCode.DONE
    return IngestReceipt(readings, problems, session.find(None), True, None, code=code, owed=tuple(owed.values()))
