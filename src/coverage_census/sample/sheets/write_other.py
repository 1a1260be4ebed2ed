"""Sheets as cells in; .xls and .et (BIFF8), .ods, .csv and .tsv files out."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from coverage_census.sample.sheets.grid import SampleGrid
from coverage_census.sample.units.unit import Cell, Day


def write_biff(sink: BytesIO, grids: list[SampleGrid]) -> None:
    """The format of Excel 97, which WPS also writes as .et."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for grid in grids:
        sheet = book.add_sheet(grid.name or "Sheet1", cell_overwrite_ok=True)
        for first_row, first_column, last_row, last_column in grid.merges:
            sheet.merge(first_row, last_row, first_column, last_column)
        for at, row in enumerate(grid.rows):
            for column, value in enumerate(row):
                if isinstance(value, Day):
                    sheet.write(at, column, datetime.fromisoformat(value.iso), day)
                elif value is not None:
                    sheet.write(at, column, value)
    book.save(sink)


def write_ods(sink: BytesIO, grids: list[SampleGrid]) -> None:
    """OpenDocument, as LibreOffice saves it."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table

    document = OpenDocumentSpreadsheet()
    for grid in grids:
        table = Table(name=grid.name or "Sheet1")
        _ods_rows(table, grid)
        document.spreadsheet.addElement(table)
    document.write(sink)


def _ods_rows(table: Any, grid: SampleGrid) -> None:
    from odf.table import CoveredTableCell, TableCell, TableRow
    from odf.text import P

    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in grid.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    for at, row in enumerate(grid.rows):
        line = TableRow()
        for column in range(grid.width):
            value = row[column] if column < len(row) else None
            if (at, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            rows, columns = spans.get((at, column), (1, 1))
            told = _ods_value(value) | {"numberrowsspanned": rows, "numbercolumnsspanned": columns}
            cell = TableCell(**told)
            if value is not None:
                cell.addElement(P(text=_plain(value)))
            line.addElement(cell)
        table.addElement(line)


def _ods_value(value: Cell | Day) -> dict[str, object]:
    if value is None:
        return {}
    if isinstance(value, Day):
        return {"valuetype": "date", "datevalue": value.iso}
    if isinstance(value, str):
        return {"valuetype": "string"}
    return {"valuetype": "float", "value": value}


def text(grid: SampleGrid, encoding: str, delimiter: str) -> bytes:
    """One sheet as csv or tsv in that encoding; Python's own encoding names, so utf-8-sig and utf-16 have a BOM."""
    written = StringIO()
    rows = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    rows.writerows([["" if value is None else _plain(value) for value in row] for row in grid.rows])
    return written.getvalue().encode(encoding)


def _plain(value: Cell | Day) -> str:
    if isinstance(value, Day):
        day = date.fromisoformat(value.iso)
        return f"{day.year}/{day.month}/{day.day}"
    return f"{value:g}" if isinstance(value, float) else str(value)
