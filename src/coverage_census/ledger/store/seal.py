"""What closes a round: its files' hashes as `sha256sum` prints them, chained to the round before."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coverage_census.errors import Damaged
from coverage_census.files.disk import Drive, NotAFile, opened, stopped

SUMS = "SHA256SUMS"

# Strict: an edited list can neither name a file outside its round nor hide one.
_LINE = re.compile(r"([0-9a-f]{64})  ([a-z]+(?:-[0-9]{4}-[0-9]{2}-[0-9]{2})?\.(?:parquet|jsonl?))")


@dataclass(frozen=True)
class Seal:
    """The hashes of one round's files, and the hash of the list itself, which the next round names as its parent."""

    folder: Path
    hashes: Mapping[str, str]
    sha256: str


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def file_sha256(path: Path) -> str:
    """The hash of a file of any size, piece by piece; other threads run meanwhile."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums(files: Mapping[str, bytes]) -> bytes:
    """The text of SHA256SUMS, by file name; `sha256sum -c SHA256SUMS` understands it."""
    return _list({name: sha256(data) for name, data in files.items()})


def _list(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode("ascii")


def read(folder: Path, drive: Drive) -> Seal:
    """The seal of the round in `folder`, as far as it can be checked without reading the data."""
    data = _read(folder / SUMS, drive)
    hashes: dict[str, str] = {}
    for line in data.decode("ascii", errors="replace").splitlines():
        found = _LINE.fullmatch(line)
        if found is None or found[2] in hashes:
            raise damaged(folder, SUMS)
        hashes[found[2]] = found[1]
    if _list(hashes) != data:  # to the byte: another line ending would be another list
        raise damaged(folder, SUMS)
    return Seal(folder, hashes, sha256(data))


def content(seal: Seal, name: str, drive: Drive) -> bytes:
    """One file of a sealed round, if it is still what was written."""
    if name not in seal.hashes:
        raise damaged(seal.folder, name)
    data = _read(seal.folder / name, drive)
    if sha256(data) != seal.hashes[name]:
        raise damaged(seal.folder, name)
    return data


def damaged(folder: Path, name: str) -> Damaged:
    return Damaged("ledger_damaged", where=f"{folder.name}/{name}")


def _read(path: Path, drive: Drive) -> bytes:
    try:
        return drive.read(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError, NotAFile) as error:
        raise damaged(path.parent, path.name) from error
    except OSError as error:
        raise stopped(error, path) from error
