"""Tables of any engine in and plain rows out: the one place that knows how DuckDB, pyarrow, pandas and Spark differ."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from coverage_census.model.organisation import about, fields_of
from coverage_census.model.record import Holds, Row
from coverage_census.policy.language.facts import HIGH, INTERVALS, LOW

if TYPE_CHECKING:
    import narwhals as nw

Frame: TypeAlias = "nw.LazyFrame[Any]"
"""A Narwhals frame; an eager one (pyarrow, pandas) knows every operation that is used here as well."""

Native: TypeAlias = Any
"""A table of whatever engine was asked for: a DuckDB relation, a pyarrow table, a frame of pandas or Spark."""

# pandas reads a column of counts with a blank as floats, and one of flags as objects; these types keep null apart.
_PANDAS: dict[Holds, str] = {"count": "Int64", "star": "Int64", "flag": "boolean", "number": "Float64"}
_PLAIN: dict[Holds, Any] = {"count": 0, "star": 0, "flag": False, "number": 0.0}


def prepared(table: Native, carry: Collection[str] | None = None) -> Frame:
    """A native table (or a Narwhals frame) with its canonical columns, nulls of the right type where it has none.

    With `carry`, with these columns only; names that are no fields of the ledger are left out if they are not there.
    """
    import narwhals as nw

    frame: Any = nw.from_native(table)
    types = _types()
    wanted = carried(types, carry)
    there = set(frame.columns)
    absent = [_nulls(types[name]).alias(name) for name in wanted if name not in there]
    others = [name for name in frame.columns if name not in types and (carry is None or name in carry)]
    frame = frame.select(*(name for name in wanted if name in there), *others, *absent)
    if frame.implementation.is_pandas():
        frame = nw.from_native(frame.to_native().astype({name: _PANDAS.get(types[name], "string") for name in wanted}))
    found: Frame = frame
    return found


def carried(names: Iterable[str], carry: Collection[str] | None) -> list[str]:
    """Those of `names` that are asked for: with its bounds goes each count, and every derived fact stays."""
    fields = set(_types())
    return [name for name in names if carry is None or name not in fields or _field(name) in carry]


def _field(name: str) -> str:
    return name.removesuffix(LOW).removesuffix(HIGH)


def inputs(facts: Collection[str], with_joint: bool) -> set[str]:
    """The canonical fields that `facts` are worked out from."""
    fields = {"operating_status", "confirmed_round", *(("org_form", "org_name", "county") if with_joint else ())}
    for fact in (*facts, "formal_duty", "members"):
        fields.update(INTERVALS.get(fact, (fact,)))
    return fields


def kept(frame: Frame) -> Frame:
    """The frame worked out once, where several questions will be asked of it."""
    import narwhals as nw

    lazy: Any = frame
    if lazy.implementation.is_duckdb():
        found: Frame = nw.from_native(lazy.to_native().materialize())
        return found
    return frame


def beside(frame: Frame, other: Frame, on: str) -> Frame:
    """A left join; a table in memory keeps the order of its rows, and may have columns that Arrow cannot join."""
    import narwhals as nw

    eager: Any = frame
    if isinstance(eager, nw.LazyFrame):
        return frame.join(other, on=on, how="left")
    joined = eager.select(on).with_row_index("row_of").join(other, on=on, how="left").sort("row_of")
    found: Frame = eager.with_columns(*(joined[name] for name in other.columns if name != on))
    return found


def rows(frame: Frame) -> list[Row]:
    """All rows as plain values, None where unknown; DuckDB fetches by itself, without pyarrow."""
    import narwhals as nw

    eager: Any = frame
    if eager.implementation.is_duckdb():
        names = eager.columns
        return [dict(zip(names, row, strict=True)) for row in eager.to_native().fetchall()]
    if isinstance(eager, nw.LazyFrame):
        eager = eager.collect()
    return [{name: _plain(value) for name, value in row.items()} for row in eager.rows(named=True)]


def plain_rows(table: Native) -> list[Row]:
    """All rows of a DuckDB relation as plain values."""
    names = table.columns
    return [dict(zip(names, row, strict=True)) for row in table.fetchall()]


def _types() -> dict[str, Holds]:
    fields: dict[str, Holds] = {name: note.holds for name, note in about().items()}
    for name in fields_of("count"):
        fields[name + LOW] = fields[name + HIGH] = "count"
    return fields | {"confirmed_round": "count"}


def _nulls(holds: Holds) -> "nw.Expr":
    import narwhals as nw

    return nw.when(nw.lit(False)).then(nw.lit(_PLAIN.get(holds, "")))


def _plain(value: Any) -> Any:
    """NaN and pandas.NA are unequal to themselves, or will not say."""
    try:
        return value if bool(value == value) else None
    except TypeError:
        return None
