"""Sheets as cells in; an .xlsx file out."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from coverage_census.sample.sheets.grid import SampleGrid
from coverage_census.sample.units.unit import Day

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Written into every file, so that the same seed gives the same bytes as far as zip allows.
_MADE_AT = datetime(2020, 1, 1)


def write_xlsx(sink: BytesIO, grids: list[SampleGrid]) -> None:
    """One workbook with merges, borders on the table and dates as true dates."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(sink, options) as book:
        book.set_properties({"created": _MADE_AT, "comments": "合成样例"})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
            "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "body": book.add_format({"border": 1}),
            "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
        }
        for grid in grids:
            _sheet(book.add_worksheet(grid.name or "Sheet1"), grid, styles)


def _sheet(sheet: "Worksheet", grid: SampleGrid, styles: dict[str, Any]) -> None:
    for first_row, first_column, last_row, last_column in grid.merges:
        style = styles["title" if first_row < grid.titles else "head" if first_row <= grid.header[1] else "body"]
        sheet.merge_range(first_row, first_column, last_row, last_column, "", style)
    for at, row in enumerate(grid.rows):
        style = styles["title" if at < grid.titles else "head" if at <= grid.header[1] else "body"]
        for column, value in enumerate(row):
            _cell(sheet, at, column, value, style, styles["day"])


def _cell(sheet: "Worksheet", row: int, column: int, value: object, style: "Format", day: Any) -> None:
    if isinstance(value, Day):
        sheet.write_datetime(row, column, datetime.fromisoformat(value.iso), day)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
