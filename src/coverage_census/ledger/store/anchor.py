"""The anchor: which round is the newest and what closes it, kept outside the rounds.

ledger/anchors/000042           one line as `sha256sum` writes it; `sha256sum -c anchors/000042` in the ledger checks it
WORKSPACE/.census/anchor        the same line once more where `run` keeps its memory, if there is such a place

Every other round is named by the one after it; the newest is named here. An anchor is placed once a round is on the
disk and before anybody is told of it, and round n + 1 is published only after the anchor of n was placed: so the anchor
is that of the newest round or, where a writer died in between, of the one before. Each round has a file of its own: a
writer that was held up for hours places an old one beside the new one, and takes nothing back.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coverage_census.errors import Damaged
from coverage_census.files import disk
from coverage_census.files.disk import Drive

FOLDER = "anchors"
COPY = "anchor"
_NAME = re.compile(r"[0-9]{6}")
_LINE = re.compile(rb"([0-9a-f]{64})  rounds/round=([0-9]{6})/SHA256SUMS\n")
_TRIES = 5  # whoever lists anchors may be overtaken by one who removes old ones
_KEPT = 2


class Anchor(NamedTuple):
    """A round and the hash of its SHA256SUMS."""

    number: int
    sha256: str

    @property
    def line(self) -> bytes:
        return f"{self.sha256}  rounds/round={self.number:06d}/SHA256SUMS\n".encode("ascii")


def read(folder: Path, drive: Drive) -> Anchor | None:
    """The newest anchor of the ledger in `folder`; None: it has none."""
    for attempt in range(_TRIES):
        names = _names(folder, drive)
        if not names:
            return None
        try:
            data = drive.read(folder / FOLDER / names[-1])
        except FileNotFoundError:
            if attempt == _TRIES - 1:
                raise
            continue
        except (IsADirectoryError, disk.NotAFile) as error:
            raise _damaged(names[-1]) from error
        found = _parsed(data)
        if found is None or found.number != int(names[-1]):
            raise _damaged(names[-1])
        return found
    return None


def place(folder: Path, anchor: Anchor, drive: Drive) -> None:
    """The anchor on the disk when this returns; those before the last but one are removed, and the copy follows."""
    where = folder / FOLDER
    disk.make_folder(where, drive)
    staging = folder / "tmp" / f"{FOLDER}-{drive.nonce()}"
    disk.put(where / f"{anchor.number:06d}", anchor.line, staging, drive)
    for name in _names(folder, drive)[:-_KEPT]:
        with suppress(OSError):
            drive.unlink(where / name)
    with suppress(OSError):
        _copy(folder, anchor, drive)


def copied(folder: Path, drive: Drive) -> Anchor | None:
    """The anchor as `run` remembers it; what cannot be read there is no proof of anything."""
    try:
        return _parsed(drive.read(folder.parent / disk.MEMORY / COPY))
    except OSError:
        return None


def _copy(folder: Path, anchor: Anchor, drive: Drive) -> None:
    memory = folder.parent / disk.MEMORY
    if not drive.exists(memory):
        return
    held = copied(folder, drive)
    if held is None or held.number <= anchor.number:
        disk.put(memory / COPY, anchor.line, memory / f".census-{drive.nonce()}.tmp", drive)


def _names(folder: Path, drive: Drive) -> list[str]:
    try:
        return [name for name in drive.names(folder / FOLDER) if _NAME.fullmatch(name)]
    except FileNotFoundError:
        return []


def _parsed(data: bytes) -> Anchor | None:
    found = _LINE.fullmatch(data)
    return Anchor(int(found[2]), found[1].decode("ascii")) if found else None


def _damaged(name: str) -> Damaged:
    return Damaged("ledger_anchor", where=f"{FOLDER}/{name}")
