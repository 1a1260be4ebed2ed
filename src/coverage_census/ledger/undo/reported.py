"""A round's rows and the corrections that stood in it in; the rows as their sheets reported them, out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coverage_census.ledger.write.corrections import changed
from coverage_census.model.reading import Problem
from coverage_census.model.record import Row
from coverage_census.model.rounds import Entry

if TYPE_CHECKING:
    import pyarrow as pa


def as_reported(table: "pa.Table", problems: Iterable[Problem], decided: Sequence[Entry]) -> "pa.Table":
    """What a sheet said where one of the corrections `decided` had stood against it; the round's notes tell."""
    held = {(each.field, each.new) for each in decided}
    if not held:
        return table
    stood = [each for each in problems if each.code == "correction_stands" and (each.field, each.values["new"]) in held]
    names = table["name"].to_pylist() if stood else []
    files = table["source_file"].to_pylist() if stood else []
    changes: dict[int, Row] = {}
    for each in stood:
        for row, name in enumerate(names):
            if name == each.values["name"] and files[row] == each.file:
                changes.setdefault(row, {})[each.field or ""] = each.values["found"]
    return changed(table, changes)
