"""Columns of a round in; the rows that may have a double there, before any name is looked at, out.

A province has 379,300 organisations, of which nearly all are told apart by their codes: their names need no folding.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.store.parquet import Column

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("uscc", "county", "township", "kind", "confirmed_round")
_PLACE = ["county", "township", "kind", "confirmed_round"]


def rows(table: "pa.Table", spoken: Mapping[tuple[Any, Any], Sequence[int]]) -> Column:
    """Places of rows in their order, as numpy has them. `spoken`: (township, kind) → the rounds that spoke for it.

    Two of different codes are two. So a double is a row of the same code; or, if one of the two has no code, a row of
    the same township; or of the same county, where one of them is no longer reported (未再上报).
    """
    import numpy as np
    import pyarrow.compute as pc

    bare = pc.is_null(table["uscc"]).to_numpy()
    county, town = _numbers(table["county"]), _numbers(table["township"])
    silent = _silent(table, spoken)
    nowhere = pc.is_null(table["township"]).to_numpy()
    found = _twice(table["uscc"])
    for some, others, together in (
        (bare, ~bare, county * (town.max(initial=0) + 1) + town),
        (bare & nowhere, ~bare, county),  # whose township is unknown may be of any
        (bare, ~bare & nowhere, county),
        (bare & silent, ~bare & ~silent, county),
        (bare & ~silent, ~bare & silent, county),
    ):
        found |= others & np.isin(together, together[some])
    return np.flatnonzero(found | bare)


def _twice(codes: Column) -> Column:
    """Rows whose code stands in another row too."""
    import pyarrow as pa
    import pyarrow.compute as pc

    counts = pc.value_counts(codes.drop_null())
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    return pc.is_in(codes, value_set=several.cast(pa.string())).to_numpy().copy()


def _numbers(column: Column) -> Column:
    """A number for each value, blank being one of them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.fill_null(pc.dictionary_encode(column.combine_chunks()).indices, -1)
    return found.cast(pa.int64()).to_numpy() + 1


def _silent(table: "pa.Table", spoken: Mapping[tuple[object, object], Sequence[int]]) -> Column:
    """未再上报: a later round spoke for its kind in its township and did not name it."""
    import numpy as np

    town, kind, confirmed = (_numbers(table[name]) for name in _PLACE[1:])
    places = (town * (kind.max(initial=0) + 1) + kind) * (confirmed.max(initial=0) + 1) + confirmed
    _, first, of = np.unique(places, return_index=True, return_inverse=True)
    said = [
        each["confirmed_round"] != 0  # 漏报补录: no sheet has ever named it
        and any(number > (each["confirmed_round"] or 0) for number in spoken.get((each["township"], each["kind"]), ()))
        for each in table.select(_PLACE).take(first).to_pylist()
    ]
    return np.array(said, bool)[of]
