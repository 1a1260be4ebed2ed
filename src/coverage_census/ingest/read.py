"""Files that somebody sent in; what was read of each, all their organisations and all their problems out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ingest import jail, understood
from coverage_census.ingest.incoming import Incoming
from coverage_census.model.reading import FileReading, Problem

if TYPE_CHECKING:
    import pyarrow as pa

_NO_COLUMNS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Intake:
    """What came in: `table` has one row an organisation, of `tables.schema()`."""

    files: tuple[FileReading, ...]
    table: "pa.Table"
    problems: tuple[Problem, ...]


def read(incoming: Sequence[Incoming], columns: Mapping[str, str] = _NO_COLUMNS) -> Intake:
    """Every file, parsed in a confined child; `columns` is the office's own map, heading → canonical field."""
    files, parts, problems = [], [], list[Problem]()
    for each, (reading, part, found) in zip(incoming, jail.run(incoming, columns), strict=True):
        decided = understood.settings(each.county, columns, reading)
        files.append(reading.model_copy(update={"read_with": decided}))
        problems.extend(found)
        if part is not None and part.num_rows:
            parts.append(part)
    import pyarrow as pa  # after the child was started: both import at the same time

    from coverage_census import tables

    # An empty table made of lists would import pandas (0.3 s).
    table = pa.concat_tables(parts) if parts else pa.Table.from_batches([], schema=tables.schema())
    return Intake(tuple(files), table, tuple(problems))
