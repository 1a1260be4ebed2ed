"""What follows a round: return workbooks (退回表), the questions on identity, and what a command cut off owes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.ingest import identity_workbook, return_workbooks
from coverage_census.commands.session import Session
from coverage_census.ledger.intake import owed_work
from coverage_census.ledger.intake.owed_work import OwedNote
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Problem
from coverage_census.results import SentBack, ToDecide

if TYPE_CHECKING:
    import pyarrow as pa

    from coverage_census.ledger.write.commit import Commit


@dataclass(frozen=True)
class Debts:
    """What commands that were cut off still owe: their notes, and the files (hash → name) that came into the ledger;
    `own`: the note of this command, None where nothing is to follow."""

    notes: Sequence[OwedNote]
    owed: Mapping[str, str]
    own: OwedNote | None

    def finished(self, readings: Iterable[FileReading]) -> dict[str, str]:
        """Those of the files that are among these."""
        return {each.sha256: each.file for each in readings if each.sha256 and each.sha256 in self.owed}

    def left(self, readings: Iterable[FileReading]) -> tuple[str, ...]:
        """The names of those that are not."""
        done = self.finished(readings)
        return tuple(name for sha, name in self.owed.items() if sha not in done)


@dataclass(frozen=True)
class Followed:
    """What was made after a round; `finished`: the files of an earlier command of which this finished it."""

    sent: tuple[SentBack, ...] = ()
    asked: ToDecide | None = None
    finished: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether a workbook could not be written."""
        return any(each.path is None for each in (*self.sent, *([self.asked] if self.asked else ())))


def debts(session: Session, readings: Iterable[FileReading], *, returns: bool) -> Debts:
    """Looked at before the round is written; a note of its own files is laid down, should this command be cut off."""
    notes = owed_work.pending(session.settings)
    owed = owed_work.entered(session.settings, notes)
    noted = owed_work.begin(session.settings, readings) if returns else None
    return Debts(notes, owed, noted)


def follow(
    session: Session,
    incoming: Sequence[Incoming],
    table: "pa.Table",
    readings: Sequence[FileReading],
    problems: Sequence[Problem],
    commit: "Commit",
    debts: Debts,
    *,
    returns: bool,
) -> Followed:
    """A return workbook for each file with problems, and the workbook of questions; of a round that was there already
    only what an earlier command owes."""
    finished = debts.finished(readings)
    if not returns or (commit.unchanged and not finished):
        return Followed()
    known = {file for file, _ in commit.already_in} - set(finished.values())
    since = min((each.since for each in debts.notes if finished.keys() & each.files.keys()), default=None)
    sent = return_workbooks.send_back(session, incoming, readings, table, problems, commit.round, known, since=since)
    asked = identity_workbook.ask(session, commit.round, since)
    return Followed(sent, asked, tuple(finished.values()))


def settle(
    session: Session, debts: Debts, followed: Followed, readings: Iterable[FileReading], *, hand: bool
) -> tuple[Path, ...]:
    """The notes go when all is done; of an unattended run, which has a digest still to write, its own note stays and is
    given back."""
    if debts.own is None:
        return ()
    if not hand:
        return (debts.own.path,) if debts.own.path is not None else ()
    if not any(each.owed for each in followed.sent):
        owed_work.done((debts.own, *debts.notes), {each.sha256 for each in readings if each.sha256})
    return ()
