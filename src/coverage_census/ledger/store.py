"""The directories of a ledger: sealed rounds out; one more round in, published by one rename or not at all.

ledger/FORMAT                          {"format": 4, "census": "0.1.0"}, see `formats`
ledger/rounds/round=000001/            organisations.parquet problems.parquet manifest.json SHA256SUMS
                                       entries.jsonl where people decided something
                                       past-2026-03-31.parquet where a sheet that came late revised that day
ledger/tmp/000002-host-pid-nonce/      a round being written
ledger/.lock                           empty; a courtesy between writers
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from coverage_census import files
from coverage_census.errors import Busy, Damaged
from coverage_census.files import Drive
from coverage_census.ledger import formats, lock, seal
from coverage_census.ledger.seal import Seal
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


def numbers(folder: Path, drive: Drive) -> range:
    """The numbers of all rounds: 1, 2, 3 … without a gap, or the ledger is damaged. Strangers' files are not seen."""
    try:
        names = drive.names(folder / "rounds")
    except FileNotFoundError:
        return range(1, 1)
    except OSError as error:
        raise files.stopped(error, folder) from error
    found = sorted(found for found in map(number_of, names) if found is not None)
    _format(folder, drive)
    for expected, number in enumerate(found, start=1):
        if number != expected:
            raise Damaged("ledger_gap", missing=round_folder(folder, expected).name)
    return range(1, len(found) + 1)


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
    last = len(numbers(folder, drive))
    return last, seal.read(round_folder(folder, last), drive) if last else None


def add(folder: Path, contents: Callable[[int, Seal | None, str], Contents | None], drive: Drive) -> Added | None:
    """Publish what `contents(number, head, nonce)` gives as the next round and return it.

    Where another writer was first, everything starts again from the new head; where `contents` then finds nothing
    left to write (None), nothing is written.
    """
    try:
        _prepare(folder, drive)
        with lock.courtesy(folder, drive):
            for _ in range(_ATTEMPTS):
                last, parent = head(folder, drive)
                if not last:
                    _keep_names(folder, drive)
                nonce = drive.nonce()
                written = contents(last + 1, parent, nonce)
                if written is None:
                    settle(folder, drive)
                    return None
                if _publish(folder, last + 1, nonce, written, drive):
                    return Added(last + 1, written)
    except OSError as error:
        raise files.stopped(error, folder) from error
    raise Busy("ledger_busy", file=str(folder))


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
        files.make_folder(path, drive)
    if _format(folder, drive) < formats.FORMAT:
        _number(folder, drive)
    _sweep(folder / "tmp", drive)


def _number(folder: Path, drive: Drive) -> None:
    """Today's format into FORMAT; where that fails (a full disk) nothing half-written stays behind."""
    staging = folder / "tmp" / f"{formats.FILE}-{drive.nonce()}"
    try:
        files.write_new(staging, formats.written(), drive)
        drive.replace(staging, folder / formats.FILE)
    except OSError:
        with suppress(OSError):
            drive.unlink(staging)
        raise
    drive.fsync_folder(folder)


def _keep_names(folder: Path, drive: Drive) -> None:
    """Before the first round: whoever began the ledger may have died before its own names were on the disk."""
    for path in (folder, folder.parent):
        drive.fsync_folder(path)


def _round_names(folder: Path, drive: Drive) -> list[str]:
    return [name for name in drive.names(folder / "rounds") if _ROUND.fullmatch(name)]


def _format(folder: Path, drive: Drive) -> int:
    """The format in which the ledger was last written, 0 before its first round."""
    found = formats.of(folder, drive)
    if found is None and _round_names(folder, drive):
        # Another writer may have begun the ledger between the two looks: FORMAT is there before any round.
        found = formats.of(folder, drive)
        if found is None:
            raise Damaged("ledger_damaged", where=formats.FILE)
    return found or 0


def _publish(folder: Path, number: int, nonce: str, written: Contents, drive: Drive) -> bool:
    """Whether round `number` is ours now; False: another writer was first."""
    final = round_folder(folder, number)
    with _staging(folder / "tmp" / f"{number:06d}-{drive.writer()}-{nonce}", drive) as staging:
        sealed = {**written, seal.SUMS: seal.sums(written)}
        for name, data in sealed.items():
            files.write_new(staging / name, data, drive)
        drive.fsync_folder(staging)
        for name, data in sealed.items():  # a mount that lies is found out here, before anything is published
            if drive.read(staging / name) != data:
                raise Busy("drive_lies", file=str(folder))
        try:
            files.publish(staging, final, drive)
        except OSError as error:
            if not _is_ours(final, nonce, drive):
                if isinstance(error, FileExistsError):
                    return False
                raise
        settle(folder, drive)
    return True


def _is_ours(final: Path, nonce: str, drive: Drive) -> bool:
    """Whether the rename worked although its answer was lost."""
    try:
        return bool(json.loads(drive.read(final / MANIFEST))["nonce"] == nonce)
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return False
    except OSError as error:
        raise Busy("ledger_unsure", file=str(final.parent.parent)) from error


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
