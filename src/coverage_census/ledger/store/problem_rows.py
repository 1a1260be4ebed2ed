"""Problems to the bytes of a small Parquet file, and back; `values` as JSON, because every code has its own."""

import json
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.ledger.store import parquet, query
from coverage_census.model.reading import Problem
from coverage_census.model.record import Json

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("code", "level", "file", "sheet", "cell", "field", "values")


def written(problems: Iterable[Problem]) -> bytes:
    import pyarrow as pa

    rows = [each.model_dump(mode="json") for each in problems]
    for row in rows:
        row["values"] = json.dumps(row["values"], ensure_ascii=False)
    columns = [_column([row[name] for row in rows]) for name in COLUMNS]
    return parquet.written(pa.Table.from_arrays(columns, names=list(COLUMNS)))


def _column(texts: Sequence[str | None]) -> "pa.ChunkedArray":
    """Made of bytes: of a list pyarrow would ask whether it is one of pandas, and load it (0.3 s)."""
    import pyarrow as pa

    encoded = [text.encode() if text is not None else b"" for text in texts]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    known = int("".join("0" if text is None else "1" for text in reversed(texts)) or "0", 2)
    valid = known.to_bytes(len(texts) // 8 + 1, "little")
    held = (pa.py_buffer(valid), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))
    return pa.chunked_array([pa.Array.from_buffers(pa.string(), len(texts), held)])


def read(path: Path) -> tuple[Problem, ...]:
    rows = query.relation(path).project(", ".join(f'"{name}"' for name in COLUMNS)).fetchall()
    return tuple(_problem(dict(zip(COLUMNS, row, strict=True))) for row in rows)


def _problem(row: Json) -> Problem:
    return Problem.model_validate({**row, "values": json.loads(row["values"] or "{}")})
