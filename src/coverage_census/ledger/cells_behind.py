"""The sources of a round and one organisation of it in; the cell behind each of its fields out."""

from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.model.record import Facts


def places(row: Facts, sources: Sequence[Any]) -> dict[str, str]:
    """Field → file!sheet!cell, from the column map of the sheet that last named the organisation."""
    for source in sources:
        if (source.file.file, source.round) != (row["source_file"], row["confirmed_round"]):
            continue
        for sheet in source.file.sheets:
            if sheet.sheet == row["source_sheet"]:
                where = f"{source.file.file}!{sheet.sheet}!"
                found = {
                    column.field: where
                    + (column.column if column.column[-1:].isdigit() else f"{column.column}{row['source_row']}")
                    for column in sheet.columns
                    if column.field
                }
                return found | _split(row, found)
    return {}


def _split(row: Facts, places: Mapping[str, str]) -> dict[str, str]:
    """A total that says its parts (2+1, 3（含预备1名）), or is given beside the probationary ones, is the cell behind
    the parts that have no cell of their own."""
    total = places.get("members_total")
    if total is None:
        return {}
    told = [field for field in ("members_formal", "members_probationary") if _told(row, field) and field not in places]
    if not _told(row, "members_formal") and _told(row, "members_total") and _told(row, "members_probationary"):
        told.append("members_formal")
    return dict.fromkeys(told, total)


def _told(row: Facts, field: str) -> bool:
    return any(row.get(field + end) is not None for end in ("", "_min", "_max"))
