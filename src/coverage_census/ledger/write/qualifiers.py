"""Columns of qualifiers (约, 不足 …): which rows have any, what changed, and what stays. Most maps are empty."""

from collections.abc import Collection

from coverage_census.ledger.store.parquet import Column
from coverage_census.model.record import Facts


def with_kept(new: Column, old: Column, kept: Facts, late: Collection[int] = ()) -> Column:
    """`new` with the old qualifier of each value that is kept; `kept` is field → which rows keep it.

    `late`: rows of which values are kept although the sheet states them too.
    """
    import pyarrow as pa

    rows = sorted({*_rows(old), *late}) if kept else []
    if not rows:
        return new
    values = new.to_pylist()
    for row in rows:
        keeps = {name for name, column in kept.items() if column[row].as_py()}
        own = [pair for pair in values[row] or () if pair[0] not in keeps]
        theirs = [pair for pair in old[row].as_py() or () if pair[0] in keeps]
        values[row] = sorted({**dict(own), **dict(theirs)}.items())
    return pa.chunked_array([pa.array(values, new.type)])


def differ(one: Column, other: Column) -> Column:
    """For every row, whether its qualifiers differ."""
    import numpy as np
    import pyarrow as pa

    found = np.zeros(len(one), dtype=bool)
    for row in {*_rows(one), *_rows(other)}:
        found[row] = sorted(one[row].as_py() or ()) != sorted(other[row].as_py() or ())
    return pa.array(found)


def _rows(column: Column) -> list[int]:
    """The rows with a qualifier, found by their offsets: no map need be built to see that it is empty."""
    import numpy as np

    found: list[int] = []
    start = 0
    for chunk in column.chunks:
        found += (np.flatnonzero(np.diff(chunk.offsets.to_numpy())) + start).tolist()
        start += len(chunk)
    return found
