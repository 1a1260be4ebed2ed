"""Organisations as an Arrow table: the schema that ingest writes and the ledger keeps, to and from records."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from coverage_census.model.organisation import Organisation, Source, about, fields_of
from coverage_census.model.register import COVERS
from coverage_census.model.row import Facts, Row

if TYPE_CHECKING:
    import pyarrow as pa

# A qualified count (约50人, 30-50) stands for an interval: two more columns, null where the count is exact or unknown,
# so that every engine can compare it without looking into a map.
LOW, HIGH = "_min", "_max"

Plain = str | int | float | bool | None


def told(value: Plain, low: object = None, high: object = None) -> Plain:
    """A value as one word: a qualified count by its interval (30-50, ≥120)."""
    if low is None and high is None:
        return value
    return f"≥{low}" if high is None else f"{low or 0}-{high}"


PROVENANCE = ("source_file", "source_sheet", "source_row")


_TEXT, _WHOLE = ("string", "VARCHAR"), ("int64", "BIGINT")
_TYPES = {"text": _TEXT, "choice": _TEXT, "date": _TEXT, "count": _WHOLE, "star": _WHOLE}
_TYPES |= {"flag": ("bool", "BOOLEAN"), "number": ("float64", "DOUBLE")}
"""What a field holds, as a column of Arrow and of DuckDB."""


def _columns(engine: int) -> dict[str, str]:
    """Every field, then the ends of every count, with its type in Arrow (0) or DuckDB (1)."""
    own = {name: _TYPES[note.holds][engine] for name, note in about().items()}
    return own | {name + end: _WHOLE[engine] for name in fields_of("count") for end in (LOW, HIGH)}


@cache
def sql_types() -> Mapping[str, str]:
    """Every field, and the ends of every count, with the type of its column in DuckDB."""
    return _columns(1)


@cache
def schema() -> "pa.Schema":
    """Columns of an organisation table: canonical fields, bounds, qualifiers, provenance, confirmed_round."""
    import pyarrow as pa  # here: explaining one row of a ledger needs no Arrow

    text, whole = pa.string(), pa.int64()
    columns = [pa.field(name, pa.type_for_alias(alias)) for name, alias in _columns(0).items()]
    columns.append(pa.field("qualifiers", pa.map_(text, text)))
    columns += [pa.field("source_file", text), pa.field("source_sheet", text), pa.field("source_row", whole)]
    return pa.schema([*columns, pa.field("confirmed_round", whole)])


def covers() -> "pa.Field":
    """Of a register alone, after all others: the names of the organisations that a row covers (`register.COVERS`)."""
    import pyarrow as pa

    return pa.field(COVERS, pa.string())


@cache
def column_types() -> "Mapping[str, pa.DataType]":
    """The columns of `schema()` in their order, each with its type: asked anew, Arrow makes them anew each time."""
    return {field.name: field.type for field in schema()}


def whole(size: int, known: "Mapping[str, pa.Array | pa.ChunkedArray]") -> "pa.Table":
    """All columns of `schema()`: those that are known, nulls in the others; then what only a register has, if known."""
    import pyarrow as pa

    blank: dict[object, pa.Array] = {}
    arrays = []
    for name, kind in column_types().items():
        if name not in known and kind not in blank:
            blank[kind] = pa.nulls(size, kind)
        arrays.append(known[name] if name in known else blank[kind])
    if COVERS in known:
        return pa.Table.from_arrays([*arrays, known[COVERS]], schema=schema().append(covers()))
    return pa.Table.from_arrays(arrays, schema=schema())


def table(organisations: Iterable[Organisation]) -> "pa.Table":
    """Records to a table of `schema()`."""
    import pyarrow as pa

    return pa.Table.from_pylist([to_row(each) for each in organisations], schema=schema())


def records(rows: "pa.Table") -> Iterator[Organisation]:
    """The rows of a table of `schema()` as validated records."""
    return (from_row(row) for row in rows.to_pylist())


def to_row(each: Organisation) -> Row:
    """One record as a row: plain values, enumerations as their words."""
    row: Row = {name: getattr(each, name) for name in about()}
    for name, (low, high) in each.bounds.items():
        row[name + LOW], row[name + HIGH] = low, high
    row["qualifiers"] = sorted(each.qualifiers.items())
    source = each.source or Source(file="")
    row |= {"source_file": source.file or None, "source_sheet": source.sheet, "source_row": source.row}
    row["confirmed_round"] = each.confirmed_round
    return row


def from_row(row: Facts) -> Organisation:
    """One row (as `to_row` makes it, or as DuckDB gives it) as a validated record."""
    values: Row = {name: row.get(name) for name in about()}
    values["bounds"] = {
        name: (row[name + LOW], row.get(name + HIGH)) for name in fields_of("count") if row.get(name + LOW) is not None
    }
    values["qualifiers"] = dict(row.get("qualifiers") or {})
    values["confirmed_round"] = row.get("confirmed_round")
    if row.get("source_file"):
        values["source"] = Source(file=row["source_file"], sheet=row.get("source_sheet"), row=row.get("source_row"))
    return Organisation(**values)
