"""The small files of all but the newest rounds in one, so that a reader of two thousand rounds opens few files.

ledger/history    a line of JSON (how many rounds, the hash of the rest), then the rest, compressed: for each round the
                  hash of its SHA256SUMS, its manifest and its decisions

It is a copy of what stands in the rounds, made again by a writer every few rounds, and never needed: where it is not
there, or does not lead up to the rounds that are, every round is read itself. `verify` always does.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.files.disk import Drive
from coverage_census.ledger.store import seal

FILE = "history"
DIRECT, LAZY = 4, 10  # so many of the newest rounds are always read themselves; more than so many never need be
_MANIFEST, _ENTRIES = "manifest.json", "entries.jsonl"
_LARGEST = 1 << 30  # bytes; a real one of two thousand rounds has some megabytes
_FORMAT = 1


class HistoryRound(NamedTuple):
    """One round: the hash of its SHA256SUMS, its manifest, and the decisions that came with it."""

    sha256: str
    manifest: str
    entries: str | None


def read(folder: Path, drive: Drive) -> tuple[HistoryRound, ...]:
    """The first rounds of the ledger, as they were copied; none where that cannot be used."""
    try:
        head, _, rest = drive.read(folder / FILE).partition(b"\n")
        told = json.loads(head)
        if told["format"] != _FORMAT or told["sha256"] != hashlib.sha256(rest).hexdigest():
            return ()
        text = zlib.decompressobj().decompress(rest, _LARGEST)
        found = tuple(HistoryRound(*json.loads(line)) for line in text.split(b"\n") if line)
        return found if len(found) == told["rounds"] and _chained(found) else ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError, zlib.error):
        return ()


def extend(rounds: Path, last: int, drive: Drive) -> None:
    """After round `last` was written: the copy made to reach near it, where it has fallen behind."""
    if last <= LAZY:
        return
    folder = rounds.parent
    with suppress(OSError, CensusError, ValueError, KeyError):
        kept = read(folder, drive)
        if last - len(kept) <= LAZY:
            return
        if kept and seal.read(_round(rounds, len(kept)), drive).sha256 != kept[-1].sha256:
            kept = ()
        news = [_of(_round(rounds, number), drive) for number in range(len(kept) + 1, last - DIRECT + 1)]
        _write(folder, (*kept, *news), drive)


def _write(folder: Path, kept: Sequence[HistoryRound], drive: Drive) -> None:
    text = "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in kept)
    rest = zlib.compress(text.encode("utf-8"), 6)
    head = json.dumps({"format": _FORMAT, "rounds": len(kept), "sha256": hashlib.sha256(rest).hexdigest()}).encode()
    disk.put(folder / FILE, head + b"\n" + rest, folder / "tmp" / f"{FILE}-{drive.nonce()}", drive)


def _of(folder: Path, drive: Drive) -> HistoryRound:
    sealed = seal.read(folder, drive)
    manifest = seal.content(sealed, _MANIFEST, drive).decode("utf-8")
    decided = seal.content(sealed, _ENTRIES, drive).decode("utf-8") if _ENTRIES in sealed.hashes else None
    return HistoryRound(sealed.sha256, manifest, decided)


def _chained(kept: Sequence[HistoryRound]) -> bool:
    """Whether every round in it names the one before."""
    parents = [json.loads(each.manifest)["parent"] for each in kept]
    return parents == [None, *(each.sha256 for each in kept[:-1])]


def _round(rounds: Path, number: int) -> Path:
    return rounds / f"round={number:06d}"
