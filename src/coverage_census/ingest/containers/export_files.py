"""The bytes of a JSON or Parquet file in; the rows of the sheet that `census export` would have written, out.

Programs hand exports on in these forms; people never do, so whatever else such a file holds is refused by name.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from coverage_census.files import csv_text
from coverage_census.ingest.containers import csv
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.refusal import Refused

MARKS = frozenset(["name", "confirmed_round", "source_file", "source_sheet", "source_row"])
"""No township has these columns."""


def from_json(data: bytes) -> list[list[Cell]] | None:
    """Of an array of objects, or of one object a line; None where it is no JSON."""
    said = csv.decode(data)
    found = _array(said) if said.lstrip()[:1] == "[" else _lines(said)
    if found is None:
        found = _document(said)
    return None if found is None else _rows(found, "JSON")


def from_parquet(data: bytes) -> list[list[Cell]]:
    """A parquet file that `export` wrote, as rows with its header first; raises Refused for any other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(pa.BufferReader(data)) as file:
            names = file.schema_arrow.names
            if not set(names) >= MARKS:
                raise Refused("no_export", what="Parquet")
            _small(file.metadata.num_rows, len(names))
            found = file.read(use_threads=False).to_pylist()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused("damaged") from error
    return _rows(found, "Parquet")


def _array(said: str) -> list[Any] | None:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _lines(said: str) -> list[Any] | None:
    try:
        return [json.loads(line) for line in said.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _document(said: str) -> list[Any] | None:
    """One object over many lines: JSON, and no export."""
    try:
        return [json.loads(said)]
    except (ValueError, RecursionError):
        return None


def _rows(found: Iterable[Any], what: str) -> list[list[Cell]]:
    each = [one for one in found if isinstance(one, Mapping)]
    names = list(dict.fromkeys(name for one in each for name in one))
    if not set(names) >= MARKS:
        raise Refused("no_export", what=what)
    _small(len(each), len(names))
    return [list(names), *([_cell(one.get(name)) for name in names] for one in each)]


def _small(rows: int, columns: int) -> None:
    if columns > csv.MAX_COLUMNS or rows * columns > csv.MAX_CELLS:
        raise Refused("too_many_cells", limit=csv.MAX_CELLS)


def _cell(value: Any) -> Cell:
    """As the CSV of an export has it: a text that would run in a spreadsheet with a ' in front, a map as JSON."""
    if isinstance(value, list):
        value = dict(value) if all(isinstance(pair, tuple) and len(pair) == 2 for pair in value) else value
    if isinstance(value, (Mapping, list)):
        return json.dumps(value, ensure_ascii=False) if value else None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return csv_text.cell(str(value)) or None
