"""Which rounds took in the same bytes or the same cells: looked up, because an inbox may hold twenty thousand files."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from coverage_census.ledger.store.force import in_force
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round

Pair = tuple[Round, FileReading]


def same(one: FileReading, other: FileReading) -> bool:
    """The same bytes, or the same cells."""
    return bool(_hashes(one) & _hashes(other))


def copies(files: Sequence[FileReading]) -> dict[str, str]:
    """File → the file before it that it is a copy of (首阳镇(1).xlsx beside 首阳镇.xlsx)."""
    found, first = dict[str, str](), dict[tuple[str, str], tuple[int, str]]()
    for place, each in enumerate(each for each in files if each.refused is None):
        before = min((first[hashed] for hashed in _hashes(each) if hashed in first), default=None)
        for hashed in _hashes(each):
            first.setdefault(hashed, (place, each.file))
        if before is not None and before[1] != each.file and before[1] not in found:
            found[each.file] = before[1]
    return found


@dataclass(frozen=True)
class TakenIn:
    """The files of all rounds in force that were not refused, by what stands for their bytes and for their cells."""

    pairs: Sequence[Pair]
    by_hash: Mapping[tuple[str, str], Sequence[int]]

    @classmethod
    def by(cls, rounds: Sequence[Round]) -> Self:
        pairs = [(each, file) for each in in_force(rounds) for file in each.files if file.refused is None]
        by_hash = defaultdict[tuple[str, str], list[int]](list)
        for place, (_, file) in enumerate(pairs):
            for hashed in _hashes(file):
                by_hash[hashed].append(place)
        return cls(pairs, by_hash)

    def like(self, file: FileReading) -> list[Pair]:
        """Those with the same bytes or cells, the oldest first."""
        places = {place for hashed in _hashes(file) for place in self.by_hash.get(hashed, ())}
        return [self.pairs[place] for place in sorted(places)]

    def of_bytes(self, sha256: str | None) -> list[Pair]:
        """Those with the same bytes, the oldest first."""
        return [self.pairs[place] for place in self.by_hash.get((_BYTES, sha256 or ""), ())]

    def holds_cells(self, content_sha256: str | None) -> bool:
        """Whether any has the same cells, in whatever bytes."""
        return (_CELLS, content_sha256 or "") in self.by_hash


_BYTES, _CELLS = "bytes", "cells"


def _hashes(file: FileReading) -> set[tuple[str, str]]:
    hashes = ((_BYTES, file.sha256), (_CELLS, file.content_sha256))
    return {(kind, value) for kind, value in hashes if value is not None}
