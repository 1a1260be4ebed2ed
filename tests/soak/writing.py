"""What the soak scripts write: one invented organisation a file, a round a file, and the checks of what is left."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds
from coverage_census.ledger.store import rounds_folder, seal
from coverage_census.ledger.write import next_round
from coverage_census.ledger.write.commit import Commit
from coverage_census.model import tables
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def memory() -> str | None:
    """Where things lie in memory, on a system that has such a place: thousands of fsyncs would wait for the disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """An empty folder there, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


def put(ledger: Path, file: str, drive: Drive = DRIVE) -> Commit:
    """One organisation in one file, through the front door of the ledger."""
    each = Organisation(
        name=f"合成{file}食品", township="首阳镇", members_formal=3, source=Source(file=file, sheet="S", row=2)
    )
    reading = FileReading(file=file, sha256=hashlib.sha256(file.encode()).hexdigest())
    return next_round.write(
        ledger, tables.table([each]), [reading], [], name=None, as_of="2026-06-30", now=NOON, tool="soak", drive=drive
    )


def sound(ledger: Path, drive: Drive = DRIVE) -> tuple[Round, ...]:
    """All rounds, the chain and every file of every one of them checked; raises what a reader would meet."""
    every = rounds.all_rounds(ledger, drive)
    for each in every:
        sealed = seal.read(rounds_folder.round_folder(ledger, each.number), drive)
        for name in sealed.hashes:
            seal.content(sealed, name, drive)
    return every


def took_in(every: tuple[Round, ...]) -> dict[str, list[int]]:
    """By file: the rounds that it came in with; more than one would be a file counted twice."""
    found: dict[str, list[int]] = {}
    for each in every:
        for reading in each.files:
            found.setdefault(reading.file, []).append(each.number)
    return found


def acknowledge(log: Path, line: str) -> None:
    """One line at the end of `log`, in one call; what was not written whole was not acknowledged."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
    finally:
        os.close(handle)


def acknowledged(log: Path) -> list[str]:
    """The whole lines of `log`."""
    text = log.read_text(encoding="utf-8") if log.exists() else ""
    return text[: text.rfind("\n") + 1].splitlines()
