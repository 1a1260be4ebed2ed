"""Headings with the fields that they ought to feed in; how many the reader gets right, misses and mistakes, out."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coverage_census.ingest.headings import meanings

COLLECTED = Path(__file__).with_name("cases") / "headings_of_fields.txt"


@dataclass(frozen=True)
class Asked:
    """A path and the fields that are right for it; none: no field of the organisation."""

    path: tuple[str, ...]
    fields: frozenset[str]
    personal: bool = False
    optional: bool = False  # no field is right as well

    @property
    def aside(self) -> bool:
        return zlib.crc32(" > ".join(self.path).encode()) % 2 == 0

    def __str__(self) -> str:
        return f"{' > '.join(self.path)} = {' '.join(sorted(self.fields)) or '-'}"


@dataclass
class Score:
    """Recall over the headings that mean a field, precision over the fields that were told."""

    meant: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.meant if self.meant else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.told if self.told else 1.0

    def __str__(self) -> str:
        return (
            f"recall {self.recall:7.2%} ({self.found} of {self.meant})  "
            f"precision {self.precision:7.2%} ({self.right} of {self.told})"
        )


def collected(file: Path = COLLECTED) -> Iterator[Asked]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if " = " in line and not line.startswith("#"):
            path, _, said = line.partition(" = ")
            words = set(said.split())
            fields = frozenset(words - {"-", "personal"})
            yield Asked(tuple(path.split(" > ")), fields, "personal" in words, bool(fields) and "-" in words)


def score(every: Iterable[Asked]) -> Score:
    total = Score()
    for asked in every:
        told = meanings.meaning(asked.path)
        got = frozenset() if told.personal or told.ignored else frozenset(told.fields) - {"org_ended"}  # feeds no field
        hit = bool(got & asked.fields)
        if asked.personal and not told.personal:
            total.wrong.append(f"{asked}: not taken for personal")
        if asked.fields and not asked.optional:
            total.meant += 1
            total.found += hit
        if got:
            total.told += 1
            total.right += hit
        if (got and not hit) or (asked.fields and not asked.optional and not hit):
            total.wrong.append(f"{asked}: got {' '.join(sorted(got)) or ('personal' if told.personal else 'none')}")
    return total
