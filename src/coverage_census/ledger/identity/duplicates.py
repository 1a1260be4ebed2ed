"""One organisation named several times in one intake: the first row holds, later ones fill its blanks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.model.organisation import about, fields_of
from coverage_census.model.record import Row
from coverage_census.model.tables import HIGH, LOW

if TYPE_CHECKING:
    import pyarrow as pa


def merged(table: "pa.Table", holders: Sequence[int]) -> tuple["pa.Table", dict[int, tuple[str, ...]]]:
    """The rows that hold, completed; and for each row that does not, the fields in which it contradicts its holder."""
    import pyarrow as pa

    if all(holder == row for row, holder in enumerate(holders)):
        return table, {}
    later = [row for row, holder in enumerate(holders) if holder != row]
    filled: dict[int, Row] = {}
    contradicted: dict[int, tuple[str, ...]] = {}
    for row, values in zip(later, table.take(later).to_pylist(), strict=True):
        holder = holders[row]
        if holder not in filled:
            filled[holder] = table.slice(holder, 1).to_pylist()[0]
        contradicted[row] = fill(filled[holder], values)
    # The completed rows come after the others, then every row takes its old place.
    new = pa.Table.from_pylist(list(filled.values()), schema=table.schema)
    at = {row: table.num_rows + place for place, row in enumerate(filled)}
    order = [at.get(row, row) for row, holder in enumerate(holders) if holder == row]
    return pa.concat_tables([table, new]).take(order), contradicted


def fill(first: Row, later: Row) -> tuple[str, ...]:
    """Fill the blanks of `first` from `later`; the fields in which both speak and differ are returned.

    Fields are filled group by group (人员, 党员, 党组织 …): two sheets that disagree on a group are not mixed in it.
    """
    both = (name for name in about() if _states(first, name) and _states(later, name))
    contradicted = tuple(name for name in both if name not in _TEXT and not _agree(first, later, name))
    closed = {about()[name].group for name in contradicted}
    qualifiers = dict(first["qualifiers"] or {})
    for name, note in about().items():
        if note.group not in closed and not _states(first, name) and _states(later, name):
            for column in columns_of(name):
                first[column] = later[column]
            if name in dict(later["qualifiers"] or {}):
                qualifiers[name] = dict(later["qualifiers"])[name]
    first["qualifiers"] = sorted(qualifiers.items())
    return contradicted


def columns_of(name: str) -> tuple[str, ...]:
    """The columns in which a field lies: a count brings its bounds."""
    return (name, name + LOW, name + HIGH) if about()[name].holds == "count" else (name,)


# Free text is written differently by everybody; it never keeps two sheets apart.
_TEXT = frozenset(fields_of("text")) - {"uscc"}


def _states(row: Row, name: str) -> bool:
    return any(row[column] is not None for column in columns_of(name))


def _agree(one: Row, other: Row, name: str) -> bool:
    if about()[name].holds == "date":  # 2018-06 and 2018-06-13 are one day, told with more or less care
        return bool(one[name].startswith(other[name]) or other[name].startswith(one[name]))
    return all(one[column] == other[column] for column in columns_of(name))
