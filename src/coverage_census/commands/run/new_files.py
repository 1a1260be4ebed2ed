"""The inbox in; what of it is new, in the ledger out: with every file that could not be taken in, and why."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.ingest import cut_off, enter, reread
from coverage_census.commands.session import Session
from coverage_census.errors import Busy, Damaged, ExitCode
from coverage_census.files.disk import Drive
from coverage_census.inbox import files, turns
from coverage_census.inbox import look as looking
from coverage_census.inbox.look import Left
from coverage_census.inbox.memory import Memory
from coverage_census.ingest import reading_hash
from coverage_census.ledger.intake import owed_work, seen, sheet_days
from coverage_census.ledger.intake.owed_work import OwedNote
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level
from coverage_census.model.rounds import Round
from coverage_census.results import IngestReceipt
from coverage_census.settings import FILE

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead

# These pass by themselves, or when somebody saves and closes.
_PASSING = {"half_copied", "empty_file", "changed_while_reading", "unreadable", "no_such_file", "reader_crashed"}
_PASSING |= {turns.NO_TURN, turns.SLOW}
_UNDONE = "undone"
_NO_LEDGER = ("roster", "crosstab")


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


def take_in(session: Session, memory: Memory, drive: Drive, now: float) -> Arrived:
    """Look, leave alone what is known or not ready, read the rest, write a round where there is news."""
    ledger = session.settings.ledger
    looked = looking.look(session.settings.inbox, drive, now)
    incoming, hashes, found, edited = _named(session, looked, drive)
    _same_ledger(session, found.rounds, memory, drive)
    notes = owed_work.pending(session.settings, drive)
    owed = owed_work.entered(session.settings, notes, drive)
    head = seen.head_sha256(ledger, drive)
    as_then = memory.answers_for == answers_for(session)  # else what was not understood then may be now
    known = {
        label: file
        for label, (_, file) in found.files.items()
        if (as_then or not file.said_nothing) and hashes[label] not in owed
    }
    unknown = {label: each for label, each in hashes.items() if label not in known and label not in found.again}
    undone = seen.undone(unknown, found.rounds)
    met = {label for label in hashes if label in memory.met and label not in undone}
    asleep = {label for label in met if label not in known and _said_today(label, hashes[label], session, memory)}
    settled = not owed and memory.settled == settled_as(session, hashes, head)
    old_way = seen.undone({label: hashes[label] for label in found.again}, found.rounds)  # so somebody wants it
    may_be_new = {label for label in hashes if label not in {*known, *asleep, *undone, *old_way}}
    new = {label for label in may_be_new if not settled or label in met}
    unread = [each for each in incoming if each.label in new]
    elsewhere = reread.again(session, found.rounds, set(hashes.values()))
    once_more = [] if settled else files.apart([*incoming, *elsewhere.incoming])[len(incoming) :]
    again = found.again | {each.label for each in once_more}
    entered = _Entered([each for each in incoming if each.label in known], found.rounds, again)
    turn = turns.of([*unread, *once_more], memory.met)
    without_turn = _take_turns(session, turn, turns.Hours.from_now(), entered)
    receipt = entered.receipt
    left = [*looked.left, *without_turn, *(Left(label, "being_edited", True) for label in edited)]
    left += [Left(label, _UNDONE, False, {"round": number}) for label, number in undone.items()]
    left += [_as_before(label, memory) for label in asleep]
    left += [each for label, file in known.items() if (each := _holds_nothing(file, label))]
    left += [Left(FILE, reread.LOST, False, elsewhere.values)] if elsewhere.lost else []
    left = _each_once([*left, *(_left_by(receipt, again) if receipt is not None else ())])
    head = seen.head_sha256(ledger, drive) if receipt is not None else head
    paths = {each.label: each.path for each in incoming}
    arrived = _arrived(receipt, left, hashes, paths, head, settled_as(session, hashes, head), again)
    return replace(arrived, notes=notes)


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
    named = sheet_days.named(cut_off.asked(session), hand=False)
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


def _each_once(left: Sequence[Left]) -> list[Left]:
    """Each file once: what was found last counts."""
    return sorted({each.label: each for each in left}.values(), key=lambda each: each.label)


def answers_for(session: Session) -> str:
    """Program and settings on which the reading of a file depends."""
    columns = json.dumps([session.settings.county, dict(session.settings.columns)], sort_keys=True)
    return f"{__version__} {hashlib.sha256(columns.encode()).hexdigest()[:16]}"


def settled_as(session: Session, hashes: Mapping[str, str], head: tuple[int, str] | None) -> str:
    """The whole of an inbox and a ledger in one hash: where it is the same as last time, nothing can be new."""
    named = sheet_days.named(cut_off.asked(session), hand=False)
    whole = json.dumps([sorted(hashes.items()), head, answers_for(session), *([named.day] if named else [])])
    return hashlib.sha256(whole.encode()).hexdigest()


def _same_ledger(session: Session, rounds: tuple[Round, ...], memory: Memory, drive: Drive) -> None:
    """An empty mount point looks like a new ledger, and a restored backup like an old one; this tells them apart."""
    if memory.head is None:
        return
    ledger = session.settings.ledger
    if not rounds:
        raise Busy("ledger_gone", folder=str(ledger), round=memory.head[0])
    if not seen.holds(ledger, rounds, memory.head, drive):
        raise Damaged("ledger_not_the_same", folder=str(ledger), round=memory.head[0])


def _said_today(label: str, sha256: str, session: Session, memory: Memory) -> bool:
    """Refused today already as the very same bytes: the same program gives the same answer."""
    met = memory.met[label]
    same = memory.answers_for == answers_for(session) and met.sha256 == sha256 and met.code not in {*_PASSING, _UNDONE}
    return same and met.told == session.now.astimezone().date().isoformat()


def _as_before(label: str, memory: Memory) -> Left:
    met = memory.met[label]
    return Left(label, met.code, False, met.values)


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
    entered.receipt = receipt if before is None else _together(before, receipt)
    entered.rounds = (*entered.rounds, *receipt.rounds)
    entered.known += [each for each in incoming if each not in entered.known]


def _together(first: IngestReceipt, second: IngestReceipt) -> IngestReceipt:
    """One receipt of the two that a run may have."""
    newer = first if second.unchanged or second.round is None else second
    counts = {name: first.counts.get(name, 0) + second.counts.get(name, 0) for name in {*first.counts, *second.counts}}
    again = {each.file for each in second.files}  # read once more beside those that came later
    kept = tuple(each for each in first.files if each.file not in again)
    return replace(
        second,
        files=(*kept, *second.files),
        problems=(*(each for each in first.problems if each.file not in again), *second.problems),
        round=newer.round,
        unchanged=first.unchanged and second.unchanged,
        ledger_begun=first.ledger_begun or second.ledger_begun,
        counts=counts,
        code=max(first.code, second.code, key=(ExitCode.DONE, ExitCode.SET_ASIDE, ExitCode.NOT_REPLACED).index),
        entries=(*first.entries, *second.entries),
        sent_back=(*first.sent_back, *second.sent_back),
        to_decide=second.to_decide or first.to_decide,
        rounds=(*first.rounds, *second.rounds),
        days=(*first.days, *second.days),
        finished=(*first.finished, *second.finished),
        owed=tuple(each for each in first.owed if each in second.owed),
        notes=(*first.notes, *second.notes),
        adopted=first.adopted or second.adopted,
    )


def _accepted(receipt: IngestReceipt, away: set[str]) -> tuple[str, ...]:
    if receipt.round is None or (receipt.unchanged and not receipt.finished):
        return ()
    entered = {file.file for each in receipt.rounds for file in each.files if not file.refused} | {*receipt.finished}
    return tuple(file.file for file in receipt.files if file.file in entered and file.file not in away)


def _left_by(receipt: IngestReceipt, again: Collection[str]) -> list[Left]:
    left = []
    errors = (each for each in receipt.problems if each.level is Level.ERROR)
    whys = {(each.file, each.code): each for each in reversed(tuple(errors))}  # the first of each
    for file in receipt.files:
        if file.file in again:
            continue
        if file.refused:
            why = whys.get((file.file, file.refused))
            left.append(Left(file.file, file.refused, file.refused in _PASSING, dict(why.values) if why else {}))
        elif nothing := _holds_nothing(file, file.file):
            left.append(nothing)
    return left


def _holds_nothing(file: FileReading, label: str) -> Left | None:
    """A workbook of which no organisation was read: a list of persons, a table of sums, or a form still empty."""
    if file.only_registers:
        return Left(label, "other_register", False)
    if not file.said_nothing:
        return None
    kinds = {sheet.kind for sheet in file.sheets}
    code = next((kind for kind in _NO_LEDGER if kind in kinds), "no_organisation")
    return Left(label, code, False)
