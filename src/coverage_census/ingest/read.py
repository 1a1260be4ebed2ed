"""Files that somebody sent in; what was read of each, all their organisations and all their problems out."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ingest import reading_hash, wire
from coverage_census.ingest.jail import parent
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import ColumnReading, FileReading, Problem, SheetReading

if TYPE_CHECKING:
    import pyarrow as pa

_NO_COLUMNS: Mapping[str, str] = {}
_FEW_ROWS = 1_000  # in a file
_JOINED = 256  # files whose rows are put together while others are read


@dataclass(frozen=True)
class FilesRead:
    """What came in: `table` has one row an organisation, of `tables.schema()`."""

    files: tuple[FileReading, ...]
    table: "pa.Table"
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Within:
    """What was read in the time there was: `slow` took longer than a file may, `unread` had no turn."""

    intake: FilesRead
    slow: tuple[Incoming, ...]
    unread: tuple[Incoming, ...]


def read(incoming: Sequence[Incoming], columns: Mapping[str, str] = _NO_COLUMNS) -> FilesRead:
    """Every file, parsed in a confined child; `columns` is the office's own map, heading → canonical field."""
    return _intake(zip(incoming, parent.run(incoming, columns), strict=True), columns)


def within(
    incoming: Sequence[Incoming], columns: Mapping[str, str], until: float, *, short: float | None = None
) -> Within:
    """The same in this order until `until` (of time.monotonic); the intake has the order of the labels, as when there
    is time for all. `short`: seconds of wall time of a turn, to which a file's size adds; whoever needs longer is
    `slow` instead of refused."""
    taken, slow = list[tuple[Incoming, parent.Read]](), list[Incoming]()
    outcomes = parent.run(incoming, columns, wall_seconds=short or parent.WALL_SECONDS)
    for each, outcome in zip(incoming, outcomes, strict=False):
        if short is not None and outcome[0].refused == "too_slow":
            slow.append(each)
        else:
            taken.append((each, outcome))
        if time.monotonic() > until:
            break
    unread = incoming[len(taken) + len(slow) :]
    taken.sort(key=lambda pair: pair[0].label)
    return Within(_intake(taken, columns), tuple(slow), tuple(unread))


def _intake(outcomes: Iterable[tuple[Incoming, parent.Read]], columns: Mapping[str, str]) -> FilesRead:
    files, problems = list[FileReading](), list[Problem]()
    joined, parts = list["pa.Table"](), list["pa.Table"]()
    forms: dict[tuple[ColumnReading, ...], tuple[ColumnReading, ...]] = {}
    for each, (reading, part, found) in outcomes:
        sheets = tuple(_of_form(sheet, forms) for sheet in reading.sheets)
        decided = reading_hash.settings(each.county, columns, reading)
        files.append(reading.model_copy(update={"read_with": decided, "sheets": sheets}))
        problems.extend(found)
        if part is not None and part.num_rows:
            parts.append(part)
        if len(parts) == _JOINED:
            joined.append(_together(parts))
            parts.clear()
    return FilesRead(tuple(files), _together([*joined, *parts]), tuple(problems))


def _of_form(sheet: SheetReading, forms: dict[tuple[ColumnReading, ...], tuple[ColumnReading, ...]]) -> SheetReading:
    """With the columns of the first sheet that had the same: thousands of files fill in one form."""
    columns = forms.setdefault(sheet.columns, sheet.columns)
    return sheet if columns is sheet.columns else sheet.model_copy(update={"columns": columns})


def _together(parts: "Sequence[pa.Table]") -> "pa.Table":
    """All columns of all files: as one piece where most have a few rows, since a piece costs as much as a file."""
    import pyarrow as pa  # after the child was started: both import at the same time

    from coverage_census.model import tables

    if not parts:  # an empty table made of lists would import pandas (0.3 s)
        return pa.Table.from_batches([], schema=tables.schema())
    table = pa.concat_tables(parts, promote_options="default")
    return wire.whole(table.combine_chunks() if table.num_rows < _FEW_ROWS * len(parts) else table)
