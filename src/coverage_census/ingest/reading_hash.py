"""What decides how a file is read in; one hash of it out, kept with its reading: another hash, and it is read anew.

Of the office's own headings only those count that the file can hold: a line under [columns] for one township's form
makes nobody read the other nineteen again. The county of census.toml counts where a sheet names none itself.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping

from coverage_census.ingest.headings import vocabulary
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading

_READING = 4  # raised where the reader itself learns to read old files otherwise


def settings(county: str | None, columns: Mapping[str, str], reading: FileReading) -> str:
    """`county`: of whoever names none (folder, census.toml); `reading`: how the file was understood, now or then."""
    return _hash(county if _names_none(reading) else None, columns, reading)


def fitting(county: str | None, columns: Mapping[str, str], reading: FileReading) -> frozenset[str]:
    """Every hash with which it would be read as it is today; once the county was always part of it."""
    return frozenset({settings(county, columns, reading), _hash(county, columns, reading)})


def _hash(county: str | None, columns: Mapping[str, str], reading: FileReading) -> str:
    own = sorted((heading, field) for heading, field in columns.items() if _concerns(heading, reading))
    decides = json.dumps([_READING, county, own], ensure_ascii=False)
    return hashlib.sha256(decides.encode()).hexdigest()[:16]


def _names_none(reading: FileReading) -> bool:
    """Whether a sheet of it says of no county that it is of."""
    sheets = [sheet for sheet in reading.sheets if sheet.kind in ("ledger", "card")]
    return not sheets or any(sheet.county is None or sheet.county_from for sheet in sheets)


def _concerns(heading: str, reading: FileReading) -> bool:
    """Of a sheet that was no ledger no heading is known: any may make it one."""
    word = vocabulary.key(heading.split(">")[-1])
    if any(sheet.kind not in ("ledger", "card") for sheet in reading.sheets):
        return True
    headings = (vocabulary.key(column.heading) for sheet in reading.sheets for column in sheet.columns)
    return any(word in each for each in headings)


def as_now(columns: Mapping[str, str], incoming: Iterable[Incoming]) -> Callable[[str, FileReading], bool]:
    """(label, how the file was understood) → whether it would be read so today."""
    counties = {each.label: each.county for each in incoming}

    def same(label: str, reading: FileReading) -> bool:
        return reading.read_with is None or reading.read_with in fitting(counties[label], columns, reading)

    return same
