"""Annual tables in, or one cell of them; what was filled in and left open, or who stands behind the cell, printed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.console import out
from coverage_census.report.annual import texts
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from coverage_census.report.annual.counting import AnnualTable, CellShare, Traced

_KEYS = ("table", "cell", "line", "column", "name", "uscc", "county", "township", "amount", "reason", "source")


def summary(tables: "Sequence[AnnualTable]", gone: int, words: Words) -> None:
    """A line a table, each identity that the organisations' own figures break, and how many are in none of them because
    they are gone."""
    for table in tables:
        placed = table.value("units", "total") or 0
        pending, empty = len(table.unplaced), sum(cell.value is None for cell in table.cells.values())
        numbers = {"units": placed + pending, "placed": placed, "pending": pending, "empty": empty}
        out.line(words("annual.console.summary", number=table.form.number, **numbers))
        for each in table.broken():
            out.line(texts.broken(each, table.form, words))
    if gone:
        out.line(words("gone.line", count=gone))


def trace(found: "Traced", words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Every organisation behind one cell, with what it adds and why it stands there."""
    rows = [_row(found, share, words) for share in found.cell.shares]
    if as_json:
        return out.as_json([dict(zip(_KEYS, row, strict=True)) for row in rows])
    if as_csv:
        return out.as_csv(_KEYS, rows)
    form, cell = found.table.form, found.cell
    value = words("annual.console.trace_empty") if cell.value is None else f"{cell.value:,}"
    name = texts.cell_name(form, found.line, found.column)
    labels = {"line": texts.line(form, found.line, words), "column": texts.column(found.column, words)}
    out.line(words("annual.console.trace", number=form.number, cell=name, value=value, **labels))
    if cell.value is None:
        out.line(texts.empty(found.table, found.line, found.column, words))
    elif cell.unknown:
        out.line(words("annual.console.trace_unknown", count=cell.unknown))
    if not rows:
        if cell.value is not None:
            out.line(words("annual.console.trace_nobody"))
        return None
    heads = ("township", "name", "amount", "reason", "source")
    shown = [
        [row[7], row[4], words("annual.console.open") if row[8] is None else row[8], row[9], row[10]] for row in rows
    ]
    out.table([words(f"annual.head.{head}") for head in heads], shown, right=(2,), wrap=(1, 3, 4))
    return None


def _row(found: "Traced", share: "CellShare", words: Words) -> list[object]:
    row, form = share.placed.row, found.table.form
    facts = [row["name"], row["uscc"], row["county"], row["township"]]
    cell = texts.cell_name(form, found.line, found.column)
    reason, source = texts.why(share.placed, words), texts.source(share.placed)
    return [form.number, cell, found.line, found.column, *facts, share.amount, reason, source]
