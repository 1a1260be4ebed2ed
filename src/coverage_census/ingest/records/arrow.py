"""The facts of all sheets of a file in; one Arrow table of `tables.schema()` out."""

from collections.abc import Sequence
from typing import Any

import numpy
import pyarrow as pa

from coverage_census.ingest.records.facts import Facts
from coverage_census.model import tables
from coverage_census.model.choices import CHOICES, Qualifier
from coverage_census.model.organisation import about, fields_of
from coverage_census.model.register import COVERS

_NO_TEXT = pa.array([], pa.string())


def table(sheets: Sequence[Facts]) -> pa.Table:
    """One row an organisation, in the order of sheets and rows."""
    parts = [_table(facts) for facts in sheets if facts.rows]
    return pa.concat_tables(parts, promote_options="default") if parts else tables.schema().empty_table()


def _table(facts: Facts) -> pa.Table:
    size = len(facts.rows)
    types = tables.column_types()
    columns: dict[str, Any] = {}
    for name in about():
        if name in facts.values:
            columns[name] = pa.array(_words(name, facts.values[name]), types[name])
    for name in fields_of("count"):
        if bounds := facts.bounds.get(name):
            columns[name + tables.LOW] = _sparse(size, {row: low for row, (low, _) in bounds.items()})
            columns[name + tables.HIGH] = _sparse(size, {row: high for row, (_, high) in bounds.items()})
    columns["qualifiers"] = _qualifiers(facts, types["qualifiers"])
    columns["source_file"] = _constant(facts.file, size)
    columns["source_sheet"] = _constant(facts.sheet, size)
    columns["source_row"] = pa.array([row + 1 for row in facts.rows], pa.int64())
    if COVERS in facts.values:
        columns[COVERS] = pa.array(facts.values[COVERS], pa.string())
    return tables.whole(size, columns)


def _words(name: str, column: list[Any]) -> list[Any]:
    """Enumerations as their words: Arrow takes plain strings twenty times faster."""
    if name not in CHOICES:
        return column
    words = {id(word): word.value for word in CHOICES[name]} | {id(None): None}
    return [words[id(word)] for word in column]


def _constant(text: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), size)


def _sparse(size: int, known: dict[int, int | None]) -> pa.Array:
    column: list[int | None] = [None] * size
    for row, value in known.items():
        column[row] = value
    return pa.array(column, pa.int64())


def _qualifiers(facts: Facts, kind: pa.DataType) -> pa.Array:
    """The map column: empty for nearly every row, so only the rows that have one are gone through."""
    by_row: dict[int, list[tuple[str, str]]] = {}
    for name in sorted(facts.qualifiers):
        for row, qualifier in facts.qualifiers[name].items():
            if facts.values[name][row] is not None:
                by_row.setdefault(row, []).append((name, Qualifier(qualifier).value))
    if not by_row:
        return pa.MapArray.from_arrays(pa.array([0] * (len(facts.rows) + 1), pa.int32()), _NO_TEXT, _NO_TEXT, kind)
    ordered = sorted(by_row)
    each = [pair for row in ordered for pair in by_row[row]]
    held = numpy.zeros(len(facts.rows) + 1, numpy.int32)
    held[numpy.array(ordered) + 1] = [len(by_row[row]) for row in ordered]
    return pa.MapArray.from_arrays(
        pa.array(held.cumsum(dtype=numpy.int32)),
        pa.array([name for name, _ in each], pa.string()),
        pa.array([word for _, word in each], pa.string()),
        kind,
    )
