"""A worksheet with a blank ledger and its organisations in; the rows filled, sums and what stands below moved, out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.cells.choices import TICKS
from coverage_census.ingest.fill import rows as fill_rows
from coverage_census.ingest.fill.cells import FormWorksheet
from coverage_census.ingest.fill.layout import Region, TableToFill, is_placeholder
from coverage_census.ingest.fill.who_goes_where import TableShare
from coverage_census.ingest.fill.words import Writer
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.layout.rows import Total
from coverage_census.model.organisation import Organisation, about

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass
class ColumnTally:
    """What became of one column."""

    filled: int = 0
    unknown: int = 0
    unfit: int = 0
    differing: int = 0


@dataclass
class FilledPlace:
    """One organisation in a form: where its row (or card) begins, 1-based, and the columns that are filled there."""

    sheet: str
    row: int
    organisation: Organisation
    tallies: Mapping[int, ColumnTally]
    said: dict[int, str] = field(default_factory=dict)  # column index → field


@dataclass
class Done:
    """A table that was filled."""

    table: TableToFill
    tallies: dict[int, ColumnTally]
    placed: list[FilledPlace] = field(default_factory=list)
    added: int = 0
    formulas: int = 0


def fill(book: "Workbook", sheet: "Worksheet", share: TableShare, allowed: Mapping[int, Sequence[str]]) -> Done:
    """Rows first, from the lowest part up, so that what lies above stays where it is; then the cells."""
    table = share.table
    done = Done(table, {each.index: ColumnTally() for each in table.columns})
    rows, totals = _make_room(book, sheet, share, done)
    page = FormWorksheet(sheet)
    writers = _writers(table, sheet, rows, allowed)
    number = 0
    for part, places in zip(share.parts, rows, strict=True):
        for each, row in zip(part, places, strict=False):
            number += 1
            if table.running is not None:
                page.write(row, table.running + 1, number)
            done.placed.append(_write(page, row, each, writers, done))
    _sums(page, table, totals, rows, share, done)
    done.formulas = page.formulas
    return done


def _write(page: FormWorksheet, row: int, each: Organisation, writers: Mapping[int, Writer], done: Done) -> FilledPlace:
    """One organisation; of several columns that are ticked, one says it or none does."""
    placed = FilledPlace(page.sheet.title, row, each, done.tallies)
    silent: dict[str, list[int]] = {}
    for index, writer in writers.items():
        tally, value = done.tallies[index], writer.of(each)
        if page.write(row, index + 1, value):
            tally.filled += 1
            placed.said[index] = writer.field
        elif writer.label is not None:
            silent.setdefault(writer.field, []).append(index)
        elif writer.said(each) is None:
            tally.unknown += 1
        else:
            tally.unfit += 1
    for name, indices in silent.items():
        options = [index for index, writer in writers.items() if writer.field == name and writer.label is not None]
        if indices == options:
            missing = "unknown" if writers[options[0]].said(each) is None else "unfit"
            tally = done.tallies[options[0]]
            setattr(tally, missing, getattr(tally, missing) + 1)
    return placed


def _writers(
    table: TableToFill, sheet: Any, rows: Sequence[Sequence[int]], allowed: Mapping[int, Sequence[str]]
) -> dict[int, Writer]:
    first = next((places[0] for places in rows if places), None)
    found = {}
    for each in table.columns:
        if each.index in table.states or each.field is None:
            continue
        cell = None if first is None else sheet.cell(first, each.index + 1)  # of a merged one but the first: no date
        dated = first is not None and bool(getattr(cell, "is_date", False) or _is_dated(sheet, first, each))
        found[each.index] = Writer(each, allowed.get(each.index, ()), siblings(table.columns, each), dated)
    return found


def siblings(columns: Sequence[Column], one: Column) -> list[str]:
    """The labels that are ticked for the same field."""
    if one.label is None:
        return []
    return [each.path[-1] for each in columns if each.label is not None and each.field == one.field]


def _is_dated(sheet: "Worksheet", row: int, column: Column) -> bool:
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(sheet.cell(row, column.index + 1).number_format))


def _make_room(
    book: "Workbook", sheet: "Worksheet", share: TableShare, done: Done
) -> tuple[list[list[int]], list[tuple[Total, int]]]:
    """Rows for every organisation; the rows of each region, and of each sum, all 1-based."""
    table = share.table
    rows = [_ruled(sheet, region, table) for region in table.regions]
    totals = [(each, each.row + 1) for each in table.totals]
    for number in range(len(rows) - 1, -1, -1):
        more = len(share.parts[number]) - len(rows[number])
        if more <= 0:
            continue
        below = rows[number][-1] if rows[number] else table.regions[number].after + 1
        first = rows[number][0] if rows[number] else below + 1
        fill_rows.insert(book, sheet, first, below, more)
        done.added += more
        made = range(below + 1, below + more + 1)
        if not rows[number]:
            heads = [index + 1 for index, path in enumerate(table.top.paths) if path]
            fill_rows.plain(sheet, made, table.top.last + 1, heads)
        for other in range(number + 1, len(rows)):
            rows[other] = [row + more for row in rows[other]]
        rows[number] += made
        totals = [(each, row + more if row > below else row) for each, row in totals]
    return rows, totals


def _ruled(sheet: "Worksheet", region: Region, table: TableToFill) -> list[int]:
    """The rows that wait for organisations: those with lines, if any has; else all but one that keeps a distance."""
    column = table.name + 1
    rows = [row + 1 for row in region.slots if type(sheet.cell(row + 1, column)).__name__ != "MergedCell"]
    lined = [row for row in rows if fill_rows.is_ruled(sheet, row, column)]
    if region.is_open:
        begin = rows[-1] + 1 if rows else region.after + 2
        return [*rows, *range(begin, begin + fill_rows.styled_rows(sheet, begin, column))]
    if lined:
        return lined
    followed = any(total.row == region.slots[-1] + 1 for total in table.totals) if region.slots else True
    return rows if followed or len(rows) < 2 else rows[:-1]


def _sums(
    page: FormWorksheet,
    table: TableToFill,
    totals: Sequence[tuple[Total, int]],
    rows: Sequence[Sequence[int]],
    share: TableShare,
    done: Done,
) -> None:
    """A sum stands where the form has none of its own: under counts and amounts, and how many ticks there are."""
    for total, row in totals:
        spans = [(part, places) for part, places in zip(share.parts, rows, strict=True) if places]
        if not total.grand:
            before = [each for each in spans if (each[1][-1] < row) == (total.end is None)]
            spans = before[-1:] if total.end is None else before[:1]
        inside = {place for part, places in spans for _, place in zip(part, places, strict=False)}
        for column in table.columns:
            if column.index in table.states or column.field not in about():
                continue
            cell = page.anchor(row, column.index + 1)
            if cell is None or not (cell.data_type == "f" or is_placeholder(cell.value) or cell.value == 0):
                continue
            if cell.data_type == "f" and not _in_words(page, column, inside):
                continue  # the form's own sum
            if (value := _sum(page, column, inside, done)) is not None:
                page.write(row, column.index + 1, value)


def _in_words(page: FormWorksheet, column: Column, inside: set[int]) -> bool:
    """约50, 不足3: a formula would pass them over."""
    holds = about()[column.field or ""].holds
    cells = (page.sheet.cell(row, column.index + 1).value for row in inside)
    return holds in ("count", "number") and column.label is None and any(isinstance(cell, str) for cell in cells)


def _sum(page: FormWorksheet, column: Column, inside: set[int], done: Done) -> float | None:
    """Of what is known; None where nothing is."""
    if column.label is not None:
        cells = (page.sheet.cell(row, column.index + 1).value for row in inside)
        return sum(1 for value in cells if value in TICKS or value == "是") or None
    holds = about()[column.field or ""].holds
    if holds not in ("count", "number"):
        return None
    values = []
    for each in done.placed:
        if each.row in inside and column.index in each.said:
            cell = page.sheet.cell(each.row, column.index + 1).value
            known = getattr(each.organisation, column.field or "")
            values.append(cell if isinstance(cell, (int, float)) else known if holds == "count" else None)
    said = [value for value in values if value is not None]
    return round(sum(said), 6) if said else None
