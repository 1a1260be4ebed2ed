"""The inbox in; what of it is new, in the ledger out: with every file that could not be taken in, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coverage_census.commands.ingest import enter, reread
from coverage_census.commands.session import Session
from coverage_census.errors import Busy, Damaged
from coverage_census.files.disk import Drive
from coverage_census.inbox import files, left_out, turns
from coverage_census.inbox import look as looking
from coverage_census.inbox import memory as memories
from coverage_census.inbox.look import Left
from coverage_census.inbox.memory import Memory
from coverage_census.ingest import reading_hash
from coverage_census.ledger.intake import owed_work, seen, sheet_days
from coverage_census.ledger.intake.owed_work import OwedNote
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round
from coverage_census.results import IngestReceipt, SentBack
from coverage_census.settings import FILE

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead


@dataclass(frozen=True)
class Arrived:
    """`receipt` None: nothing had to be read. `hashes`: every file that may be read, by label; `paths` likewise.

    `again`: files of the ledger that settings make read otherwise, and that were read so now.
    """

    receipt: IngestReceipt | None
    accepted: tuple[str, ...]
    known: tuple[str, ...]
    left: tuple[Left, ...]
    hashes: Mapping[str, str]
    paths: Mapping[str, Path]
    head: tuple[int, str] | None
    settled: str
    again: tuple[str, ...] = ()
    notes: tuple[OwedNote, ...] = ()  # of commands that were cut off after their round

    @property
    def made(self) -> bool:
        """Whether there is a new round to tell of; what a run that was cut off has entered is told by this one."""
        came = self.receipt
        return came is not None and came.round is not None and bool(not came.unchanged or came.finished)

    @property
    def sent_back(self) -> tuple[SentBack, ...]:
        """The return workbooks of that round."""
        return self.receipt.sent_back if self.receipt is not None and self.made else ()


def take_in(session: Session, memory: Memory, drive: Drive, now: float) -> Arrived:
    """Look, leave alone what is known or not ready, read the rest, write a round where there is news."""
    looked = looking.look(session.settings.inbox, drive, now)
    incoming, hashes, found, edited = _named(session, looked, drive)
    _same_ledger(session, found.rounds, memory, drive)
    notes = owed_work.pending(session.settings, drive)
    owed = owed_work.entered(session.settings, notes, drive)
    head = seen.head_sha256(session.settings.ledger, drive)
    apart = _sorted(session, memory, hashes, found, head, owed)
    elsewhere = reread.again(session, found.rounds, set(hashes.values()))
    once_more = [] if apart.settled else files.apart([*incoming, *elsewhere.incoming])[len(incoming) :]
    again = found.again | {each.label for each in once_more}
    entered = _Entered([each for each in incoming if each.label in apart.known], found.rounds, again)
    turn = turns.of([*(each for each in incoming if each.label in apart.new), *once_more], memory.met)
    without_turn = _take_turns(session, turn, turns.Hours.from_now(), entered)
    receipt = entered.receipt
    left = [*looked.left, *without_turn, *(Left(label, "being_edited", True) for label in edited), *apart.left]
    left += [Left(FILE, reread.LOST, False, elsewhere.values)] if elsewhere.lost else []
    left = left_out.each_once([*left, *(left_out.left_by(receipt.files, receipt.problems, again) if receipt else ())])
    head = seen.head_sha256(session.settings.ledger, drive) if receipt is not None else head
    paths = {each.label: each.path for each in incoming}
    arrived = _arrived(receipt, left, hashes, paths, head, _settled_as(session, hashes, head), again)
    return replace(arrived, notes=notes)


class _Sorted(NamedTuple):
    """The files that may be read: those that the ledger knows, those that may be news, and what is said of the others.
    `settled`: inbox and ledger are as they were when nothing was new."""

    known: Mapping[str, FileReading]
    new: Collection[str]
    left: list[Left]
    settled: bool


def _sorted(
    session: Session,
    memory: Memory,
    hashes: Mapping[str, str],
    found: seen.Seen,
    head: tuple[int, str] | None,
    owed: Mapping[str, str],
) -> _Sorted:
    answers_for = memories.answers_for(session.settings)
    as_then = memory.answers_for == answers_for  # else what was not understood then may be now
    known = {
        label: file
        for label, (_, file) in found.files.items()
        if (as_then or not file.said_nothing) and hashes[label] not in owed
    }
    unknown = {label: each for label, each in hashes.items() if label not in known and label not in found.again}
    undone = seen.undone(unknown, found.rounds)
    met = {label for label in hashes if label in memory.met and label not in undone}
    others = met - known.keys()
    asleep = {each for each in others if left_out.said_today(each, hashes[each], memory, answers_for, session.today)}
    settled = not owed and memory.settled == _settled_as(session, hashes, head)
    old_way = seen.undone({label: hashes[label] for label in found.again}, found.rounds)  # so somebody wants it
    may_be_new = {label for label in hashes if label not in {*known, *asleep, *undone, *old_way}}
    left = [Left(label, left_out.UNDONE, False, {"round": number}) for label, number in undone.items()]
    left += [left_out.as_before(label, memory) for label in asleep]
    left += [each for label, file in known.items() if (each := left_out.holds_nothing(file, label))]
    return _Sorted(known, {label for label in may_be_new if not settled or label in met}, left, settled)


def _settled_as(session: Session, hashes: Mapping[str, str], head: tuple[int, str] | None) -> str:
    named = sheet_days.named(session.day_asked, hand=False)
    return memories.settled_as(session.settings, hashes, head, named.day if named else None)


def _named(
    session: Session, looked: looking.Looked, drive: Drive
) -> tuple[list[Incoming], dict[str, str], seen.Seen, set[str]]:
    """The files that may be read, their hashes, what the ledger knows of them; and those that somebody is changing.

    A workbook that is open in WPS but still is what was entered is known; anything else waits until it is closed.
    """
    there = {**looked.ready, **looked.open}
    incoming = files.within(session.settings.inbox, sorted(there), session.settings.county, session.now)
    hashes = {each.label: there[each.path] for each in incoming}
    as_now = reading_hash.as_now(session.settings.columns, incoming)
    named = sheet_days.named(session.day_asked, hand=False)
    found = seen.seen(session.settings.ledger, hashes, named, as_now=as_now, drive=drive)
    edited = {each.label for each in incoming if each.path in looked.open and each.label not in found.files}
    incoming = [each for each in incoming if each.label not in edited]
    return incoming, {each.label: hashes[each.label] for each in incoming}, found, edited


def _arrived(
    receipt: IngestReceipt | None,
    left: list[Left],
    hashes: Mapping[str, str],
    paths: Mapping[str, Path],
    head: tuple[int, str] | None,
    settled: str,
    again: Collection[str],
) -> Arrived:
    away = {each.label for each in left}
    entered = _accepted(receipt, away) if receipt is not None else ()
    accepted = tuple(label for label in entered if label not in again)
    rest = tuple(label for label in hashes if label not in away and label not in accepted)
    read_again = tuple(label for label in entered if label in again)
    return Arrived(receipt, accepted, rest, tuple(left), hashes, paths, head, settled, read_again)


def _same_ledger(session: Session, rounds: tuple[Round, ...], memory: Memory, drive: Drive) -> None:
    """An empty mount point looks like a new ledger, and a restored backup like an old one; this tells them apart."""
    if memory.head is None:
        return
    ledger = session.settings.ledger
    if not rounds:
        raise Busy("ledger_gone", folder=str(ledger), round=memory.head[0])
    if not seen.holds(ledger, rounds, memory.head, drive):
        raise Damaged("ledger_not_the_same", folder=str(ledger), round=memory.head[0])


@dataclass
class _Entered:
    """What a run has entered so far: the files that the ledger knows, its rounds, and the receipt; `again`: the files
    that it knows and that are only read otherwise."""

    known: list[Incoming]
    rounds: tuple[Round, ...]
    again: frozenset[str]
    receipt: IngestReceipt | None = None


def _take_turns(session: Session, turn: turns.Turns, until: turns.Hours, entered: _Entered) -> list[Left]:
    """The quick files into the ledger, then the slow ones; those for whom the time was too short out."""
    from coverage_census.ingest import read

    columns = session.settings.columns
    slow, without = turn.long, list[Incoming]()
    if turn.short:
        quick = read.within(turn.short, columns, until.short, short=turns.SHORT_SECONDS)
        without = list(quick.unread)
        slow = [*slow, *quick.slow]
        _enter(session, turn.short, quick.intake, entered)
    if not slow:
        return turns.left(without, ())
    last = read.within(slow, columns, until.all)
    _enter(session, slow, last.intake, entered)
    return turns.left(without, last.unread)


def _enter(session: Session, unread: Sequence[Incoming], intake: "FilesRead", entered: _Entered) -> None:
    """A file that holds the cells of an earlier one may be old news: only beside all the others can that be told.

    Of a return workbook (退回表) it need not be asked: the same answers, or none, are old news whenever they come.
    """
    if not intake.files:
        return
    read_now = {each.file for each in intake.files}
    incoming = [each for each in unread if each.label in read_now]
    news = (each for each in intake.files if not each.return_of and each.file not in entered.again)
    if entered.known and seen.came_in_before(news, entered.rounds):
        from coverage_census.ingest import read

        incoming = sorted((*incoming, *entered.known), key=lambda each: each.label)
        intake = read.read(incoming, session.settings.columns)
    receipt = enter.enter(session, incoming, intake, hand=False, again=entered.again)
    before = entered.receipt
    entered.receipt = receipt if before is None else before.with_later(receipt)
    entered.rounds = (*entered.rounds, *receipt.rounds)
    entered.known += [each for each in incoming if each not in entered.known]


def _accepted(receipt: IngestReceipt, away: set[str]) -> tuple[str, ...]:
    if receipt.round is None or (receipt.unchanged and not receipt.finished):
        return ()
    entered = {file.file for each in receipt.rounds for file in each.files if not file.refused} | {*receipt.finished}
    return tuple(file.file for file in receipt.files if file.file in entered and file.file not in away)
