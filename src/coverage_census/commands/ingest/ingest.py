"""`check` and `ingest`: files in; how they were understood, and a round of the ledger out."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.ingest import (
    county_question,
    cut_off,
    identity_workbook,
    owed_work,
    reading_settings,
    register_answers,
    reread,
    return_workbooks,
)
from coverage_census.commands.ingest import registers as registering
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, ExitCode
from coverage_census.files import file_hash
from coverage_census.inbox import files as gathering
from coverage_census.inbox.files import gather
from coverage_census.ingest.headings import remember as remembering
from coverage_census.ledger.intake import changed_headings
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import MOVED, FileReading, Level
from coverage_census.results import Checked, IngestReceipt

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead
    from coverage_census.ledger.intake.seen import Seen

OLDER = frozenset({"older_sheet", "future_sheet"})
"""What a file is set aside with of which the ledger holds something newer, or that is of a day still to come."""


def check(session: Session, paths: Sequence[Path], *, remember: bool = False) -> Checked:
    """Read and validate only; `remember` keeps the guesses for unknown headings in census.toml."""
    from coverage_census.ingest import read

    if remember:
        remembering.need_workspace(session.settings)
    intake = read.read(gather(paths, session.settings.county, session.now), session.settings.columns)
    problems = return_workbooks.unanswered(session, intake)
    with contextlib.suppress(CensusError):  # a sheet can be checked whatever the ledger is like
        problems += changed_headings.changes(session.settings.ledger, intake.files)
    problems += county_question.asked(session.settings.ledger, intake)
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
    from coverage_census.ledger.intake import seen

    as_now = reading_settings.of(session.settings, incoming)
    named = cut_off.named(session, hand=True)
    return seen.seen(session.settings.ledger, hashes, named, older=session.older, as_now=as_now)


def _nothing_new(
    session: Session, incoming: Sequence[Incoming], hashes: Mapping[str, str | None], found: "Seen"
) -> IngestReceipt | None:
    """The receipt where the ledger holds every one of these files: then no sheet need be read.

    What was not understood then may be now.
    """
    from coverage_census.ledger import rounds

    ledger = session.settings.ledger
    owed = owed_work.entered(session, owed_work.pending(session))
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
        for one in rounds.problems(ledger, round_)
        if (number, one.file) in called and one.code not in MOVED  # what moved then moves no more
    )
    code = ExitCode.SET_ASIDE if kept_out(readings) else ExitCode.DONE
    return IngestReceipt(readings, problems, session.find(None), True, None, code=code, owed=tuple(owed.values()))


def enter(
    session: Session,
    incoming: Sequence[Incoming],
    intake: "FilesRead",
    *,
    returns: bool = True,
    hand: bool = True,
    again: frozenset[str] = frozenset(),
) -> IngestReceipt:
    """What was read of the files, into the ledger; `hand`: they were handed in just now; `again`: those that are in the
    ledger and are only read otherwise now."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.write import next_round
    from coverage_census.returns import answers

    intake = register_answers.standing(session, intake)
    came = [each for each in intake.files if each.file not in again]
    code = ExitCode.SET_ASIDE if kept_out(came) else ExitCode.DONE
    decided = answers.entries(intake.files, intake.table, session.now)
    if (found := registering.set_aside(session.settings.ledger, intake)) is not None:
        return IngestReceipt(intake.files, (*intake.problems, *found), None, True, None, code=code)
    if intake.table.num_rows == 0 and not (decided and session.settings.ledger.exists()):
        # Where no workspace is, a file that says nothing leaves nothing behind.
        returns = returns and (session.settings.made_by_init or session.settings.ledger.exists())
        sent = (
            return_workbooks.send_back(session, incoming, intake.files, intake.table, intake.problems, None)
            if returns
            else ()
        )
        return IngestReceipt(intake.files, intake.problems, None, True, None, code=code, sent_back=sent)
    ahead = cut_off.ahead(session, intake.problems)
    if (early := cut_off.nothing_but_early(session, intake, ahead)) is not None:
        return early
    changed = changed_headings.changes(session.settings.ledger, intake.files)
    begun = None if session.settings.ledger.exists() else session.settings.ledger
    default = cut_off.default(session, came, hand=hand)
    adopted = rounds.to_adopt(session.settings.ledger)
    notes = owed_work.pending(session)
    owed = owed_work.entered(session, notes)
    noted = owed_work.begin(session, intake.files) if returns else None
    commit = next_round.write(
        session.settings.ledger,
        intake.table,
        answers.without_answers(intake.files),
        intake.problems,
        name=_period(came, session),
        as_of=default.day,
        now=session.now,
        tool=__version__,
        answers=decided,
        named=default.named,
        older=session.older,
        again=again,
        ahead=ahead,
    )
    commit = replace(commit, round=session.numbered(commit.round.number))
    by_name = {each.file: each for each in commit.files}
    readings = tuple(_as_entered(each, by_name) for each in intake.files)
    found = (*intake.problems, *changed, *commit.problems)
    aside = {each.file for each in readings if each.refused in OLDER}
    problems = tuple(
        each for each in found if each not in commit.silenced and (each.file not in aside or each.code in OLDER)
    )
    code = ExitCode.SET_ASIDE if commit.aside else code
    finished = {each.sha256: each.file for each in readings if each.sha256 in owed}
    known = {file for file, _ in commit.already_in} - set(finished.values())
    follows = returns and (not commit.unchanged or bool(finished))
    since = min((each.since for each in notes if finished.keys() & each.files.keys()), default=None)
    sent = ()
    if follows:
        sent = return_workbooks.send_back(
            session, incoming, readings, intake.table, problems, commit.round, known, since=since
        )
    asked = identity_workbook.ask(session, commit.round, since) if follows else None
    missing = any(each.path is None for each in (*sent, *([asked] if asked else ())))
    refused = {each.file for each in sent if each.owed}
    if noted is not None and hand and not refused:
        owed_work.done((noted, *notes), {each.sha256 for each in intake.files if each.sha256})
    left = (noted.path,) if noted is not None and noted.path is not None and not hand else ()
    return IngestReceipt(
        readings,
        problems,
        commit.round,
        commit.unchanged,
        begun,
        vars(commit.receipt),
        code=ExitCode.NOT_REPLACED if missing else code,
        entries=commit.entries,
        sent_back=sent,
        to_decide=asked,
        rounds=commit.rounds,
        days=cut_off.told(session, [each for each in readings if each.file not in again], default),
        adopted=adopted,
        notes=left,
        finished=tuple(finished.values()) if follows else (),
        owed=tuple(name for sha, name in owed.items() if sha not in finished),
    )


def _period(files: Iterable[FileReading], session: Session) -> str | None:
    """What the round is named: the period that was asked for, else the one that an export states of all it holds, else,
    where no sheet states a day, census.toml's."""
    from coverage_census.ledger.periods import periods

    if session.round is not None:
        return periods.key_of(session.round, session.today)
    files = tuple(files)
    entering = [sheet for file in files if not file.refused for sheet in file.sheets if sheet.data_rows]
    exported = {sheet.period for sheet in entering}
    if len(exported) == 1 and session.as_of is None and (named := exported.pop()) is not None:
        return periods.key_of(named, session.today)
    current = session.settings.periods.current
    states_a_day = session.as_of is not None or any(sheet.as_of for file in files for sheet in file.sheets)
    return current.key if current is not None and not states_a_day else None


def _as_entered(file: FileReading, entered: Mapping[str, FileReading]) -> FileReading:
    """A reading with what became of it, and with the answers that its manifest does not keep."""
    found = entered.get(file.file, file)
    return found.model_copy(update={"answers": file.answers}) if file.answers else found


def set_aside(files: Iterable[FileReading]) -> bool:
    """Whether a file or a sheet was left out; sheets of instructions and of statistics are no loss to a ledger."""
    return any(file.refused or any(sheet.kind == "roster" for sheet in file.sheets) for file in files)


def kept_out(files: Sequence[FileReading]) -> bool:
    """Of an ingest: also whether a file gave nothing to enter, such as a sound table of statistics alone, or was only
    compared, as another office's register."""
    registers = any(sheet.register_of for file in files for sheet in file.sheets)
    return registers or set_aside(files) or any(file.gave_nothing for file in files)
