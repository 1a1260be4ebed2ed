"""Tables to Parquet bytes and back, with checksums on every page: a flipped bit is noticed, also by other readers."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from coverage_census.model import tables

Column: TypeAlias = Any
"""A column of a table or a mask over it, of pyarrow or numpy: neither has types."""

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_A_GROUP = 122_880  # DuckDB's own: it reads groups side by side
# Values that hardly repeat: a dictionary of them costs time and makes the file larger.
_EACH_ITS_OWN = frozenset(["name", "uscc", "org_name", "address", "source_row"])


def written(table: "pa.Table") -> bytes:
    """The bytes of a file: zstd, with a checksum on every page; the same table is the same bytes."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=3,
        write_page_checksum=True,
        row_group_size=_ROWS_A_GROUP,
        use_dictionary=[name for name in table.column_names if name not in _EACH_ITS_OWN],
    )
    return sink.getvalue()


def read(data: bytes, columns: Sequence[str] | None = None) -> "pa.Table":
    """The table in `data`, or some columns of it.

    A field that no organisation has is not read but made: a round has eighty columns and a usual sheet fills twenty.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True) as file:
        schema, empty = _complete(file.schema_arrow), _empty(file.metadata)
        empty |= {*schema.names} - {*file.schema_arrow.names}
        wanted = list(columns or schema.names)
        found = file.read(columns=[name for name in wanted if name not in empty])
    blank = {field.type: pa.nulls(found.num_rows, field.type) for field in schema if field.name in empty}
    arrays = [blank[schema.field(name).type] if name in empty else found[name] for name in wanted]
    return pa.table(arrays, schema=pa.schema([schema.field(name) for name in wanted]))


def _complete(schema: "pa.Schema") -> "pa.Schema":
    """With the fields that did not exist yet when the round was written, in the order of today."""
    today = tables.schema()
    if "confirmed_round" not in schema.names or not {*today.names} - {*schema.names}:
        return schema
    import pyarrow as pa

    own = [field for field in schema if field.name not in today.names]
    return pa.schema([*(schema.field(each.name) if each.name in schema.names else each for each in today), *own])


def _empty(metadata: Any) -> set[str]:
    """Flat columns of which every group of rows says that it holds nothing."""
    if not metadata.num_rows:
        return set()
    filled: set[str] = set()
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        for place in range(group.num_columns):
            column = group.column(place)
            counts = column.statistics
            if counts is None or not counts.has_null_count or counts.null_count < group.num_rows:
                filled.add(column.path_in_schema)
    every = {metadata.schema.column(place).path for place in range(metadata.num_columns)}
    return {path for path in every - filled if "." not in path}
