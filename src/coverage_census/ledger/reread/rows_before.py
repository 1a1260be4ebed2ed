"""Rows of the ledger and the files that are read again in; the rows without what only their earlier reading said, out.

What a heading was taken for and is no more would stay for ever: no sheet asks for it, so no blank takes its place.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.intake import spoken
from coverage_census.ledger.reread.rows import Anew
from coverage_census.model.reading import FileReading, SheetReading

if TYPE_CHECKING:
    import pyarrow as pa

Sheet = tuple[str | None, str | None, int | None]
"""File, sheet, number of the round."""

_PLACE = ("source_file", "source_sheet", "confirmed_round")
_KEPT = frozenset({"uscc", "kind", "county", "township"})  # a sheet that leaves them out forgets them not


def without(table: "pa.Table", anew: Anew, files: Sequence[FileReading]) -> "pa.Table":
    """`files`: as they are read today. The county of their rows is open: settings may have named it."""
    gone = _gone(anew, files)
    rows = list(zip(*(table[name].to_pylist() for name in _PLACE), strict=True)) if gone else []
    found: dict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(rows):
        for name in gone.get(place, ()):
            found[name].append(row)
    for name, places in found.items():
        table = _blank(table, name, places)
    return _unqualified(table, found) if found else table


def _gone(anew: Anew, files: Sequence[FileReading]) -> Mapping[Sheet, frozenset[str]]:
    now = {(file.file, sheet.sheet): sheet for file in files for sheet in file.sheets}
    return {
        (file.file, sheet.sheet, each.number): _no_more(sheet, now.get((name, sheet.sheet)))
        for name, origin in anew.items()
        for each, file in origin.readings
        for sheet in file.sheets
    }


def _no_more(then: SheetReading, now: SheetReading | None) -> frozenset[str]:
    if now is None:
        return frozenset({"county"})
    named, today = ({column.field for column in each.columns} & _KEPT for each in (then, now))
    said = spoken.of_sheet(then) - spoken.of_sheet(now)
    return frozenset({"county", *said, *(each for each in named - today if each)})


def _blank(table: "pa.Table", name: str, rows: Sequence[int]) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    here = set(rows)
    out = pa.array([row in here for row in range(table.num_rows)])
    for column in columns_of(name):
        place = table.schema.get_field_index(column)
        each = table.schema.field(place)
        table = table.set_column(place, each, pc.if_else(out, pa.scalar(None, each.type), table[column]))
    return table


def _unqualified(table: "pa.Table", found: Mapping[str, Sequence[int]]) -> "pa.Table":
    """Without what was said of how these values are known."""
    import pyarrow as pa

    gone: dict[int, set[str]] = defaultdict(set)
    for name, rows in found.items():
        for row in rows:
            gone[row].add(name)
    pairs = [
        [pair for pair in each if pair[0] not in gone[row]] if each and row in gone else each
        for row, each in enumerate(table["qualifiers"].to_pylist())
    ]
    place = table.schema.get_field_index("qualifiers")
    field = table.schema.field(place)
    return table.set_column(place, field, pa.chunked_array([pa.array(pairs, field.type)]))
