"""The directories of a ledger: sealed rounds out; one more round in, published by one rename or not at all.

ledger/FORMAT                          {"format": 6, "census": "0.1.0"}, see `formats`
ledger/anchors/000001                  the hash of the newest round, see `anchor`
ledger/rounds/round=000001/            organisations.parquet problems.parquet manifest.json SHA256SUMS
                                       entries.jsonl where people decided something
                                       past-2026-03-31.parquet where a sheet that came late revised that day
ledger/history                         a copy of the small files of all but the newest rounds, see `history`
ledger/tmp/000002-host-pid-nonce/      a round being written
ledger/.lock                           empty; a courtesy between writers
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from coverage_census.errors import Busy, Damaged
from coverage_census.files import disk, lock
from coverage_census.files.disk import Drive
from coverage_census.ledger.store import anchor, forks, formats, history, seal
from coverage_census.ledger.store.anchor import Anchor
from coverage_census.ledger.store.seal import Seal
from coverage_census.model.rounds import Round

ORGANISATIONS, PROBLEMS, MANIFEST = "organisations.parquet", "problems.parquet", "manifest.json"
ENTRIES = "entries.jsonl"
_ROUND = re.compile(r"round=([0-9]{6})")
_ATTEMPTS = 50
_REST = "rest-"  # what is being removed
_ORPHANED = 24 * 3600.0  # seconds after which a staging folder is nobody's work any more

Contents = Mapping[str, bytes]


class Added(NamedTuple):
    """A round that was published: what its writer says about it needs no further look at the drive."""

    number: int
    contents: Contents


class LedgerListing(NamedTuple):
    """What lies in a ledger, by names only: how many rounds, which of them is anchored, what else lies beside them."""

    last: int
    anchor: Anchor | None
    format: int  # in which it was last written, 0 before its first round
    strangers: tuple[str, ...]


def numbers(folder: Path, drive: Drive) -> range:
    """The numbers of all rounds: 1, 2, 3 … without a gap and up to the anchor, or the ledger is damaged."""
    return range(1, listed(folder, drive).last + 1)


def listed(folder: Path, drive: Drive) -> LedgerListing:
    """The rounds and their anchor, as far as names tell. Who writes meanwhile does it in the other order: first the
    round, then its anchor, FORMAT last."""
    number = formats.of(folder, drive)
    held = _anchor(folder, drive)
    names = _names(folder, drive)
    if number is None and any(map(_ROUND.fullmatch, names)):
        # Another writer may have begun the ledger between the looks: FORMAT is there before any round.
        number, held = formats.of(folder, drive), _anchor(folder, drive)
        if number is None:
            raise Damaged("ledger_damaged", where=formats.FILE)
    found = sorted(found for found in map(number_of, names) if found is not None)
    for expected, each in enumerate(found, start=1):
        if each != expected:
            raise Damaged("ledger_gap", missing=round_folder(folder, expected).name)
    strangers = tuple(name for name in names if not _ROUND.fullmatch(name))
    stands = LedgerListing(len(found), held, number or 0, strangers)
    _reaches(folder, stands, drive)
    return stands


def _names(folder: Path, drive: Drive) -> list[str]:
    try:
        return drive.names(folder / "rounds")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise disk.stopped(error, folder) from error


def _anchor(folder: Path, drive: Drive) -> Anchor | None:
    try:
        return anchor.read(folder, drive)
    except OSError as error:
        raise disk.stopped(error, folder) from error


def _reaches(folder: Path, stands: LedgerListing, drive: Drive) -> None:
    """The rounds reach to the anchor, and not further than the one round whose writer may have died before it."""
    held = stands.anchor
    if held is not None and held.number > stands.last:
        raise _gone(folder, held, stands, drive)
    if stands.format < formats.ANCHORED or (held.number if held else 0) >= stands.last - 1:
        return
    held = _anchor(folder, drive)  # of two that were written between the looks the first is anchored
    if held is None:
        raise Damaged("ledger_unanchored")
    if held.number < stands.last - 1:
        raise Damaged("ledger_behind", round=held.number, last=stands.last)


def _gone(folder: Path, held: Anchor, stands: LedgerListing, drive: Drive) -> Damaged:
    missing = round_folder(folder, held.number).name
    for each in forks.sealed(folder / "rounds", stands.strangers, drive):
        if each.sha256 == held.sha256:
            return Damaged("ledger_newest_renamed", missing=missing, stranger=each.name)
    return Damaged("ledger_newest_gone", missing=missing, round=held.number, last=stands.last)


def check(held: Anchor | None, number: int, sealed: Seal) -> None:
    """A round that is anchored has the hash that the anchor tells."""
    if held is not None and held.number == number and held.sha256 != sealed.sha256:
        raise Damaged("ledger_newest_changed", where=f"{sealed.folder.name}/{seal.SUMS}")


def number_of(name: str) -> int | None:
    """The number of the round whose folder is called so; None: it is no round's name."""
    match = _ROUND.fullmatch(name)
    return int(match[1]) if match else None


def round_folder(folder: Path, number: int) -> Path:
    return folder / "rounds" / f"round={number:06d}"


def state_file(which: Round) -> str:
    """The file in which the organisations of a round lie, or those of the past state that it stands for."""
    return ORGANISATIONS if which.at is None else past_file(which.at)


def past_file(day: str) -> str:
    """The file of how things were on a past day, as the round that holds it has revised it."""
    return f"past-{day}.parquet"


def head(folder: Path, drive: Drive) -> tuple[int, Seal | None]:
    """The number and seal of the newest round; 0 and None in an empty ledger."""
    stands = listed(folder, drive)
    return stands.last, _seal(folder, stands, drive) if stands.last else None


def _seal(folder: Path, stands: LedgerListing, drive: Drive) -> Seal:
    sealed = seal.read(round_folder(folder, stands.last), drive)
    check(stands.anchor, stands.last, sealed)
    return sealed


def add(folder: Path, contents: Callable[[int, Seal | None, str], Contents | None], drive: Drive) -> Added | None:
    """Publish what `contents(number, head, nonce)` gives as the next round and return it.

    Where another writer was first, everything starts again from the new head; where `contents` then finds nothing
    left to write (None), nothing is written. Nobody writes on a newest round that is not what was entered.
    """
    try:
        listed(folder, drive)  # before anything is made in it
        _prepare(folder, drive)
        with lock.courtesy(folder, drive):
            for _ in range(_ATTEMPTS):
                stands = listed(folder, drive)
                parent = _ready(folder, stands, drive)
                if not stands.last:
                    _keep_names(folder, drive)
                nonce = drive.nonce()
                written = contents(stands.last + 1, parent, nonce)
                if written is None:
                    settle(folder, drive)
                    return None
                if (sealed := _publish(folder, stands.last + 1, nonce, written, drive)) is not None:
                    _place(folder, Anchor(stands.last + 1, sealed), drive)
                    history.extend(folder / "rounds", stands.last + 1, drive)
                    return Added(stands.last + 1, written)
    except OSError as error:
        raise disk.stopped(error, folder) from error
    raise Busy("ledger_busy", file=str(folder))


def sound(folder: Path, drive: Drive) -> None:
    """Whoever is told that all is in the ledger already may rely on it: the newest round is whole and the right one."""
    stands = listed(folder, drive)
    if stands.last:
        _whole(folder, stands, drive)
    _no_forks(folder, stands, drive)
    _as_remembered(folder, stands, drive)


def _ready(folder: Path, stands: LedgerListing, drive: Drive) -> Seal | None:
    """The seal of the newest round, every file of it checked; what a writer before us left to be done, done."""
    sealed = _whole(folder, stands, drive) if stands.last else None
    _no_forks(folder, stands, drive)
    _as_remembered(folder, stands, drive)
    if sealed is not None and (stands.anchor is None or stands.anchor.number < stands.last):
        adopted = stands.format < formats.ANCHORED
        _chained(folder, 1 if adopted else stands.last, stands.last, drive)
        settle(folder, drive)
        _place(folder, Anchor(stands.last, sealed.sha256), drive)
    if stands.format < formats.FORMAT:
        _number(folder, drive)
    return sealed


def _whole(folder: Path, stands: LedgerListing, drive: Drive) -> Seal:
    sealed = _seal(folder, stands, drive)
    for name in sorted({*sealed.hashes, ORGANISATIONS, PROBLEMS, MANIFEST}):
        seal.content(sealed, name, drive)
    return sealed


def _chained(folder: Path, first: int, last: int, drive: Drive) -> None:
    """Each of these rounds names the hash of the one before it."""
    hash_of = hashes(folder, last, drive)
    for number in range(first, last + 1):
        sealed = seal.read(round_folder(folder, number), drive)
        try:
            parent = json.loads(seal.content(sealed, MANIFEST, drive))["parent"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise seal.damaged(sealed.folder, MANIFEST) from error
        if parent != hash_of(number - 1):
            raise Damaged("ledger_chain", where=sealed.folder.name)


def _no_forks(folder: Path, stands: LedgerListing, drive: Drive) -> None:
    """No round lies beside the ledger under another name: its number would be given away, or it would be forgotten."""
    for each in forks.sealed(folder / "rounds", stands.strangers, drive):
        if forks.continues(each, hashes(folder, stands.last, drive)):
            if each.number == stands.last + 1:
                missing = round_folder(folder, each.number).name
                raise Damaged("ledger_newest_renamed", missing=missing, stranger=each.name)
            raise Damaged("ledger_fork", stranger=each.name, parent=each.number - 1)


def hashes(folder: Path, last: int, drive: Drive) -> Callable[[int], str | None]:
    """By the number of a round its hash; None where it is not there, or has none."""

    def hash_of(number: int) -> str | None:
        try:
            return seal.read(round_folder(folder, number), drive).sha256 if 1 <= number <= last else None
        except Damaged:
            return None

    return hash_of


def _as_remembered(folder: Path, stands: LedgerListing, drive: Drive) -> None:
    """The ledger still holds the round that was the newest when its anchor was copied to where `run` remembers it."""
    held = anchor.copied(folder, drive)
    if held is None:
        return
    if not stands.last:
        raise Busy("ledger_gone", folder=str(folder), round=held.number)
    if hashes(folder, stands.last, drive)(held.number) != held.sha256:
        raise Damaged("ledger_not_the_same", folder=str(folder), round=held.number)


def _place(folder: Path, placed: Anchor, drive: Drive) -> None:
    """Nobody is told of a round before it is anchored; whoever runs the same command anew finishes it."""
    try:
        anchor.place(folder, placed, drive)
    except OSError as error:
        raise Busy("ledger_unsure", file=str(folder)) from error


def settle(folder: Path, drive: Drive) -> None:
    """The names of all rounds are on the disk when this returns: before that nobody may say that a round is there.

    Its writer may have died between the rename and this. A failure is never tried again (the second answer could be
    wrong): whoever runs the same command anew finds out.
    """
    try:
        drive.fsync_folder(folder / "rounds")
    except OSError as error:
        raise Busy("ledger_unsure", file=str(folder)) from error


def _prepare(folder: Path, drive: Drive) -> None:
    for path in (folder / "rounds", folder / "tmp"):
        disk.make_folder(path, drive)
    _sweep(folder / "tmp", drive)


def _number(folder: Path, drive: Drive) -> None:
    """Today's format into FORMAT; where that fails (a full disk) nothing half-written stays behind."""
    staging = folder / "tmp" / f"{formats.FILE}-{drive.nonce()}"
    disk.put(folder / formats.FILE, formats.written(), staging, drive)


def _keep_names(folder: Path, drive: Drive) -> None:
    """Before the first round: whoever began the ledger may have died before its own names were on the disk."""
    for path in (folder, folder.parent):
        drive.fsync_folder(path)


def _publish(folder: Path, number: int, nonce: str, written: Contents, drive: Drive) -> str | None:
    """The hash of round `number`, which is ours now; None: another writer was first."""
    final = round_folder(folder, number)
    with _staging(folder / "tmp" / f"{number:06d}-{drive.writer()}-{nonce}", drive) as staging:
        sealed = {**written, seal.SUMS: seal.sums(written)}
        for name, data in sealed.items():
            disk.write_new(staging / name, data, drive)
        drive.fsync_folder(staging)
        for name, data in sealed.items():  # a mount that lies is found out here, before anything is published
            if drive.read(staging / name) != data:
                raise Busy("drive_lies", file=str(folder))
        try:
            disk.publish(staging, final, drive)
        except OSError as error:
            if not _is_ours(final, nonce, drive):
                if isinstance(error, FileExistsError):
                    return None
                raise
        settle(folder, drive)
    return seal.sha256(sealed[seal.SUMS])


def _is_ours(final: Path, nonce: str, drive: Drive) -> bool:
    """Whether the rename worked although its answer was lost."""
    try:
        return bool(json.loads(drive.read(final / MANIFEST))["nonce"] == nonce)
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return False
    except OSError as error:
        raise Busy("ledger_unsure", file=str(final.parent.parent)) from error


def publish_sealed(folder: Path, final: Path, written: Contents, drive: Drive) -> bool:
    """A sealed folder beside the rounds (a register), its name on the disk when this returns; False: it was there."""
    with _staging(folder / "tmp" / f"{final.name}-{drive.writer()}-{drive.nonce()}", drive) as staging:
        for name, content in (*written.items(), (seal.SUMS, seal.sums(written))):
            disk.write_new(staging / name, content, drive)
        drive.fsync_folder(staging)
        try:
            disk.publish(staging, final, drive)
        except FileExistsError:
            return False
        drive.fsync_folder(final.parent)
    return True


@contextmanager
def _staging(path: Path, drive: Drive) -> Iterator[Path]:
    drive.mkdir(path)
    try:
        yield path
    finally:
        if drive.exists(path):  # it is gone where it was published
            _discard(path, drive)


def _sweep(tmp: Path, drive: Drive) -> None:
    """Remove what crashed writers left behind a day ago."""
    for name in drive.names(tmp):
        path = tmp / name
        try:
            if drive.age(path) > _ORPHANED:
                _discard(path, drive)
        except OSError:
            continue


def _discard(path: Path, drive: Drive) -> None:
    """Staging that is not needed.

    It gets another name first: its writer may wake up after days and publish it meanwhile, or a client may not know
    yet that a publish worked. A rename asks the server; only what it still found there is emptied.
    """
    rest = path.with_name(f"{_REST}{path.name}")
    try:
        drive.rename(path, rest)
        for name in drive.names(rest):
            drive.unlink(rest / name)
        drive.rmdir(rest)
    except NotADirectoryError:
        drive.unlink(rest)
    except OSError:
        return
