"""Problems to the bytes of a small Parquet file, and back; `values` as JSON, because every code has its own."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from coverage_census.ledger import parquet, query
from coverage_census.model.reading import Problem

COLUMNS = ("code", "level", "file", "sheet", "cell", "field", "values")


def written(problems: Iterable[Problem]) -> bytes:
    import pyarrow as pa

    rows = [each.model_dump(mode="json") for each in problems]
    for row in rows:
        row["values"] = json.dumps(row["values"], ensure_ascii=False)
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return parquet.written(pa.Table.from_pylist(rows, schema=schema))


def read(path: Path) -> tuple[Problem, ...]:
    rows = query.relation(path).project(", ".join(f'"{name}"' for name in COLUMNS)).fetchall()
    return tuple(_problem(dict(zip(COLUMNS, row, strict=True))) for row in rows)


def _problem(row: dict[str, Any]) -> Problem:
    return Problem.model_validate({**row, "values": json.loads(row["values"] or "{}")})
