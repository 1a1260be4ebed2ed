"""Files that were read in; the one question on the county of sheets that name none, out."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files.disk import DRIVE
from coverage_census.ledger.intake import counties
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store import manifest
from coverage_census.model.reading import FileReading, Problem

if TYPE_CHECKING:
    import pyarrow as pa


def asked(ledger: Path, table: "pa.Table", files: Sequence[FileReading]) -> tuple[Problem, ...]:
    """As `ingest` would ask it: beside what the ledger knows, where there is one that can be read."""
    past = Past(ledger, (), DRIVE)
    with contextlib.suppress(CensusError):  # a sheet can be checked whatever the ledger is like
        past = Past(ledger, tuple(manifest.chain(ledger, DRIVE)), DRIVE)
    before = [counties.as_stated(past.head)] if past.rounds else []
    placing = counties.judge([*before, table], files, past.rounds)
    return counties.asked(counties.filled(table, placing), placing)
