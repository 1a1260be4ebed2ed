"""Columns of qualifiers (约, 不足 …): which rows have any, what changed, and what stays. Most maps are empty."""

from collections.abc import Mapping
from typing import Any


def with_kept(new: Any, old: Any, kept: Mapping[str, Any]) -> Any:
    """`new` with the old qualifier of each value that is kept; `kept` is field → which rows keep it."""
    import pyarrow as pa

    rows = _rows(old) if kept else []
    if not rows:
        return new
    values = new.to_pylist()
    for row in rows:
        pairs = [pair for pair in old[row].as_py() if pair[0] in kept and kept[pair[0]][row].as_py()]
        values[row] = sorted({**dict(values[row] or ()), **dict(pairs)}.items())
    return pa.chunked_array([pa.array(values, new.type)])


def differ(one: Any, other: Any) -> Any:
    """For every row, whether its qualifiers differ."""
    import numpy as np
    import pyarrow as pa

    found = np.zeros(len(one), dtype=bool)
    for row in {*_rows(one), *_rows(other)}:
        found[row] = sorted(one[row].as_py() or ()) != sorted(other[row].as_py() or ())
    return pa.array(found)


def _rows(column: Any) -> list[int]:
    """The rows with a qualifier, found by their offsets: no map need be built to see that it is empty."""
    import numpy as np

    found: list[int] = []
    start = 0
    for chunk in column.chunks:
        found += (np.flatnonzero(np.diff(chunk.offsets.to_numpy())) + start).tolist()
        start += len(chunk)
    return found
