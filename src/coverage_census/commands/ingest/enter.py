"""Files that were read in; a round of the ledger and what follows it (return workbooks, questions) out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.ingest import follow, register_answers, return_workbooks
from coverage_census.commands.session import Session
from coverage_census.errors import ExitCode
from coverage_census.inbox.kept_out import OLDER, kept_out
from coverage_census.ledger.intake import changed_headings, registers, sheet_days
from coverage_census.ledger.intake.intake import Intake
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry
from coverage_census.results import IngestReceipt, SentBack

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead
    from coverage_census.ledger.periods.cut_off import Ahead, Default
    from coverage_census.ledger.write.commit import Commit


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
    from coverage_census.returns import answers

    ledger, day = session.settings.ledger, session.day_asked
    intake = register_answers.standing(session, intake)
    came = [each for each in intake.files if each.file not in again]
    code = ExitCode.SET_ASIDE if kept_out(came) else ExitCode.DONE
    decided = answers.entries(intake.files, intake.table, session.now)
    ahead = sheet_days.ahead(day, intake.problems)
    if (nothing := _nothing_to_enter(session, incoming, intake, decided, ahead, code, returns=returns)) is not None:
        return nothing
    changed = changed_headings.changes(ledger, intake.files)
    begun, adopted = None if ledger.exists() else ledger, rounds.to_adopt(ledger)
    default = sheet_days.default(day, ledger, came, hand=hand)
    debts = follow.debts(session, intake.files, returns=returns)
    commit = _written(session, intake, decided, came, default, ahead, again)
    by_name = {each.file: each for each in commit.files}
    readings = tuple(_as_entered(each, by_name) for each in intake.files)
    problems = _told(commit, readings, (*intake.problems, *changed, *commit.problems))
    followed = follow.follow(session, incoming, intake.table, readings, problems, commit, debts, returns=returns)
    return IngestReceipt(
        readings,
        problems,
        commit.round,
        commit.unchanged,
        begun,
        vars(commit.receipt),
        code=ExitCode.NOT_REPLACED if followed.missing else ExitCode.SET_ASIDE if commit.aside else code,
        entries=commit.entries,
        sent_back=followed.sent,
        to_decide=followed.asked,
        rounds=commit.rounds,
        days=sheet_days.told(day, [each for each in readings if each.file not in again], default),
        adopted=adopted,
        notes=follow.settle(session, debts, followed, intake.files, hand=hand),
        finished=followed.finished,
        owed=debts.left(readings),
    )


def _nothing_to_enter(
    session: Session,
    incoming: Sequence[Incoming],
    intake: "FilesRead",
    decided: Sequence[Entry],
    ahead: "Ahead",
    code: ExitCode,
    *,
    returns: bool,
) -> IngestReceipt | None:
    """The receipt where no round can come of these files: another office's register alone, no row and no answer, or
    nothing but days still to come; else None."""
    ledger, rows = session.settings.ledger, Intake(intake.table, intake.files, ahead=ahead)
    if (strangers := registers.alone(ledger, rows)) is not None:
        return IngestReceipt(intake.files, (*intake.problems, *strangers), None, True, None, code=code)
    if intake.table.num_rows == 0 and not (decided and ledger.exists()):
        sent: tuple[SentBack, ...] = ()
        # Where no workspace is, a file that says nothing leaves nothing behind.
        if returns and (session.settings.made_by_init or ledger.exists()):
            sent = return_workbooks.send_back(session, incoming, intake.files, intake.table, intake.problems, None)
        return IngestReceipt(intake.files, intake.problems, None, True, None, code=code, sent_back=sent)
    if (early := sheet_days.nothing_but_early(session.day_asked, ledger, rows)) is not None:
        files, told = early
        return IngestReceipt(files, (*intake.problems, *told), None, True, None, code=ExitCode.SET_ASIDE)
    return None


def _written(
    session: Session,
    intake: "FilesRead",
    decided: Sequence[Entry],
    came: Sequence[FileReading],
    default: "Default",
    ahead: "Ahead",
    again: frozenset[str],
) -> "Commit":
    """The round, with its number and period as the ledger has them."""
    from coverage_census.ledger.write import next_round
    from coverage_census.returns import answers

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
    return replace(commit, round=session.numbered(commit.round.number))


def _told(commit: "Commit", readings: Iterable[FileReading], found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Without what answers settle, and, of files that were set aside as older, with nothing but that."""
    aside = {each.file for each in readings if each.refused in OLDER}
    return tuple(
        each for each in found if each not in commit.silenced and (each.file not in aside or each.code in OLDER)
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
