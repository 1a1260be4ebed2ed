"""A worksheet in; rows put into it below its ruled ones, with all that stands below moved down whole."""

from copy import copy
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.fill.references import Shift

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def insert(book: "Workbook", sheet: "Worksheet", first: int, last: int, count: int) -> None:
    """`count` rows below row `last` (1-based), ruled as the rows from `first` on are; without such (`first` beyond
    `last`) they are plain. The last ruled row stays the last one, with its own bottom line."""
    shift = Shift(sheet.title, last, count, min(first, last))
    _move_cells(sheet, shift)
    _formulas(book, shift)
    _merged(sheet, shift, ruled=first <= last)
    _heights(sheet, shift)
    _areas(sheet, shift)
    _names(book, sheet, shift)
    if first <= last:
        _ruled(sheet, first, last, count)


def styled_rows(sheet: "Worksheet", first: int, column: int) -> int:
    """How many rows from `first` on are ruled without a break, by the borders of the cell in `column`."""
    row = first
    while row <= sheet.max_row and is_ruled(sheet, row, column):
        row += 1
    return row - first


def is_ruled(sheet: "Worksheet", row: int, column: int) -> bool:
    cell = sheet._cells.get((row, column))  # to ask openpyxl for a cell makes it
    if cell is None or cell.border is None:
        return False
    sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    return any(side is not None and side.style for side in sides)


def plain(sheet: Any, rows: range, head: int, columns: list[int]) -> None:
    """Rows of a form that has none: the lines of the heading, without its fill and its bold."""
    from openpyxl.styles import Alignment, Font

    for column in columns:
        model = sheet.cell(head, column)
        border, font = copy(model.border), Font(model.font.name, model.font.sz)
        for row in rows:
            cell = sheet.cell(row, column)
            cell.border, cell.font = border, font
            cell.alignment = Alignment("center", "center", wrap_text=True)


def _ruled(sheet: Any, first: int, last: int, count: int) -> None:
    model = last - 1 if last > first else last
    styles = {column: copy(cell._style) for (row, column), cell in sheet._cells.items() if row == last}
    by_row = {column: cell for (row, column), cell in sheet._cells.items() if row == model}
    height = _height(sheet, last)
    merged = [area for area in sheet.merged_cells.ranges if area.min_row == area.max_row == last]
    usual = _height(sheet, model)
    for row in range(last, last + count):
        for column, cell in by_row.items():
            sheet.cell(row, column)._style = copy(cell._style)
        if usual is not None:
            sheet.row_dimensions[row].height = usual
    for column, style in styles.items():
        sheet.cell(last + count, column)._style = style
    if height is not None:
        sheet.row_dimensions[last + count].height = height
    for row in range(last + 1, last + count + 1):
        for area in merged:
            sheet.merge_cells(start_row=row, end_row=row, start_column=area.min_col, end_column=area.max_col)


def _height(sheet: "Worksheet", row: int) -> float | None:
    held = sheet.row_dimensions.get(row)
    return held.height if held is not None else None


def _move_cells(sheet: Any, shift: Shift) -> None:
    moved = sorted((place for place in sheet._cells if place[0] > shift.after), reverse=True)
    for row, column in moved:
        cell = sheet._cells.pop((row, column))
        cell.row = row + shift.count
        sheet._cells[cell.row, column] = cell
        if getattr(cell, "hyperlink", None) is not None:
            cell.hyperlink.ref = cell.coordinate


def _formulas(book: Any, shift: Shift) -> None:
    """Of every sheet: they may look at this one. An array formula knows its own area."""
    for sheet in book.worksheets:
        for cell in list(sheet._cells.values()):
            if getattr(cell, "data_type", None) != "f":
                continue
            if isinstance(cell.value, str):
                home = cell.row - shift.count if sheet.title == shift.sheet and cell.row > shift.after else cell.row
                cell.value = shift.formula(cell.value, sheet.title, home)
                cell.data_type = "f"
            elif sheet.title == shift.sheet and hasattr(cell.value, "ref"):
                cell.value.ref = shift.areas(cell.value.ref)
                if getattr(cell.value, "text", None):
                    cell.value.text = shift.formula(cell.value.text, sheet.title)


def _merged(sheet: "Worksheet", shift: Shift, ruled: bool) -> None:
    """Areas below move; one that reaches over the last ruled row and began above it grows. Where no row is ruled, an
    area that ends there is a heading, and stays."""
    for area in list(sheet.merged_cells.ranges):
        if area.min_row > shift.after:
            area.shift(row_shift=shift.count)
        elif area.max_row >= shift.after + (not ruled) and area.min_row < area.max_row:
            area.expand(down=shift.count)


def _heights(sheet: "Worksheet", shift: Shift) -> None:
    for row in sorted((row for row in sheet.row_dimensions if row > shift.after), reverse=True):
        held = sheet.row_dimensions.pop(row)
        held.index = row + shift.count
        sheet.row_dimensions[held.index] = held
    for brk in sheet.row_breaks.brk:
        brk.id = shift.row(brk.id)


def _areas(sheet: "Worksheet", shift: Shift) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.worksheet.cell_range import MultiCellRange

    for each in sheet.data_validations.dataValidation:
        each.sqref = MultiCellRange(shift.areas(str(each.sqref)))
        for name in ("formula1", "formula2"):
            if getattr(each, name) and not getattr(each, name).startswith('"'):
                setattr(each, name, shift.formula("=" + getattr(each, name), sheet.title)[1:])
    kept = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            rule.formula = [shift.formula("=" + formula, sheet.title)[1:] for formula in rule.formula or ()]
            kept.add(shift.areas(str(each.sqref)), rule)
    sheet.conditional_formatting = kept
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shift.areas(sheet.auto_filter.ref)
    for table in sheet.tables.values():
        table.ref = shift.areas(table.ref)
        if table.autoFilter is not None and table.autoFilter.ref:
            table.autoFilter.ref = shift.areas(table.autoFilter.ref)


def _names(book: "Workbook", sheet: "Worksheet", shift: Shift) -> None:
    """The area that is printed, and names that people gave to cells."""
    if sheet.print_area:
        areas = str(sheet.print_area).split(",")
        sheet.print_area = ",".join(shift.areas(each.rpartition("!")[2]) for each in areas)
    for names, home in ((book.defined_names, ""), *((each.defined_names, each.title) for each in book.worksheets)):
        for name in names.values():
            if name.attr_text and not name.attr_text.startswith("#"):
                name.attr_text = shift.formula("=" + name.attr_text, home)[1:]
