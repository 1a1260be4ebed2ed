"""A workbook and the problems of a file in; the sheet 问题清单 and the hidden sheet behind it added to it."""

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Protocol

from coverage_census.ingest.grid import Cell, areas
from coverage_census.ingest.returned.hidden_sheet import (
    ACTION,
    COLUMNS,
    FORMAT,
    HIDDEN,
    IDS,
    LIST_HEAD,
    META,
    SIGN,
    value_hash,
)
from coverage_census.model.annotation import Annotation, ListedProblem
from coverage_census.model.reading import Level
from coverage_census.words.width import width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (6, 8, 16, 26, 42, 11, 11, 38, 11, 16, 24)
_TINTS = {Level.ERROR: "F8CBAD", Level.WARNING: "FFE699", Level.NOTE: "E7E6E6"}
_INK, _RULE, _HEAD, _ANSWER_HEAD, _ASKED = "1F3A5F", "A6A6A6", "D6E0EC", "FFE08A", "FFF9E7"
_LEVEL, _PLACE = 1, 2  # columns, from 0
_CENTRED = {0, 1, 5, 6, ACTION}
_LONGEST = 2_000


class StoredResults(Protocol):
    """What the formulas of the sender's workbook were saved with."""

    def at(self, sheet: str, cell: str) -> Cell: ...


def add(book: "Workbook", annotation: Annotation, stored: StoredResults | None) -> None:
    """`stored` is None where the sheets of the sender are not in the book, so that the list cannot link to them."""
    name = _list(book, annotation, whole=stored is not None)
    ids = _ids(book, annotation, name, stored)
    sheet = book.create_sheet(HIDDEN)
    for number, row in enumerate(ids, start=1):
        _append(sheet, number, row)
    sheet.sheet_state = "hidden"
    for each in book.worksheets:  # else what is typed goes into several sheets at once
        each.sheet_view.tabSelected = False
    book.active = 0


def plain(text: str) -> str:
    """Without what XML forbids, and no longer than a cell may be."""
    return "".join(mark for mark in text if mark.isprintable() or mark == "\n")[:_LONGEST]


def put(cell: Any, value: str | int | None) -> None:
    """A text stays a text: a name such as =1+1 is no formula."""
    if isinstance(value, str):
        cell.value = plain(value)
        cell.data_type = "s"
    else:
        cell.value = value


def quoted(sheet: str, cell: str) -> str:
    return "'" + sheet.replace("'", "''") + "'!" + cell


def _append(sheet: "Worksheet", number: int, row: Sequence[str | int | None]) -> None:
    for column, value in enumerate(row, start=1):
        if value is not None:
            put(sheet.cell(number, column), value)


def _ids(
    book: "Workbook", annotation: Annotation, name: str, stored: StoredResults | None
) -> list[Sequence[str | int | None]]:
    words = annotation.words
    meta: dict[str, str] = {
        "original": annotation.original,
        "sha256": annotation.sha256 or "",
        "round": annotation.round,
        "list": name,
        "opinion": words.opinion,
        "corrected": words.corrected,
        "confirmed": words.confirmed,
        "whole": "1" if stored else "0",
    }
    rows: list[Sequence[str | int | None]] = [(SIGN, FORMAT), *((key, meta[key]) for key in META), IDS]
    for line in annotation.lines:
        who = line.subject
        rows.append((
            line.number,
            str(line.level),
            line.sheet,
            line.cell,
            line.row,
            line.field,
            line.code,
            line.finding,
            *((who.name, who.uscc, who.county, who.township) if who else (None,) * 4),
            _hash(book, line, stored) if stored else None,
        ))  # fmt: skip
    return rows


def _hash(book: "Workbook", line: ListedProblem, stored: StoredResults) -> str | None:
    """What stands in the cell now: of a formula its result, which is all that is read later."""
    title = line.title or line.sheet
    if not line.sheet or not line.cell or title not in book.sheetnames:
        return None
    cell = book[title][line.cell]
    value = getattr(cell, "value", None)
    if cell.data_type == "f":
        return value_hash(stored.at(line.sheet, line.cell))
    known = value is None or isinstance(value, (int, float, bool)) or hasattr(value, "isoformat")
    return value_hash(value if known else str(value))


def _list(book: "Workbook", annotation: Annotation, *, whole: bool) -> str:
    """The sheet that people see; its name, which is another one where the sender has a sheet of that name."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    words = annotation.words
    sheet = book.create_sheet(words.list_name, 0)
    put(sheet["A1"], words.title)
    sheet["A1"].font = Font("黑体", 16, color=_INK)
    sheet.row_dimensions[1].height = 30
    for row, text in enumerate(words.guidance, start=2):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font("宋体", 11)
        sheet.cell(row, 1).alignment = Alignment(vertical="center")
    for column, heading in enumerate(words.headings, start=1):
        cell = sheet.cell(LIST_HEAD, column)
        put(cell, heading)
        fill = PatternFill("solid", _ANSWER_HEAD if column > ACTION else _HEAD)  # what is theirs to fill in stands out
        cell.font, cell.fill, cell.border = Font("宋体", 11, bold=True), fill, _border()
        cell.alignment = Alignment("center", "center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    sheet.row_dimensions[LIST_HEAD].height = 24
    looks: dict[tuple[int, Level, bool], Any] = {}
    for offset, line in enumerate(annotation.lines, start=1):
        _line(sheet, LIST_HEAD + offset, line, looks, whole=whole)
    last = LIST_HEAD + max(len(annotation.lines), 1)
    sheet.auto_filter.ref = f"A{LIST_HEAD}:{get_column_letter(COLUMNS)}{last}"
    sheet.freeze_panes = sheet.cell(LIST_HEAD + 1, 1)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.5)
    sheet.print_title_rows = f"{LIST_HEAD}:{LIST_HEAD}"
    _choices(sheet, annotation)
    return str(sheet.title)


def _line(sheet: Any, row: int, line: ListedProblem, looks: dict[tuple[int, Level, bool], Any], *, whole: bool) -> None:
    """`looks`: how cells of a column look, by level and whether they lead somewhere; openpyxl takes a millisecond to
    work that out, so it does so once for each."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    leads = whole and bool(line.sheet)
    said = (line.number, line.level_label, line.place, line.organisation, line.problem, line.found, line.expected)
    for column, value in enumerate((*said, line.fix, None, None, None)):
        cell = sheet.cell(row, column + 1)
        put(cell, value)
        if leads and column == _PLACE:
            target = quoted(line.title or line.sheet or "", line.cell or "A1")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
        look = (column, line.level, leads)
        if look not in looks:
            _dress(cell, column, line.level, leads=leads)
            looks[look] = cell._style
        cell._style = copy(looks[look])
    texts = {column: str(value) for column, value in enumerate((*said, line.fix)) if value is not None}
    lines = max(-(-width(text) // (_WIDTHS[column] - 1)) for column, text in texts.items())
    sheet.row_dimensions[row].height = max(20, 14 * lines + 6)  # not every program fits the height by itself


def _dress(cell: Any, column: int, level: Level, *, leads: bool) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    link = leads and column == _PLACE
    cell.font = Font("宋体", 10, underline="single", color="0563C1") if link else Font("宋体", 10)
    cell.border = _border()
    cell.alignment = Alignment("center" if column in _CENTRED else "left", "center", wrap_text=True)
    if column >= ACTION:
        cell.fill, cell.number_format = PatternFill("solid", _ASKED), "@"
    if column == _LEVEL:
        cell.fill = PatternFill("solid", _TINTS[level])


def _choices(sheet: "Worksheet", annotation: Annotation) -> None:
    """改正 or 属实; figures that contradict each other cannot both be true, so an error offers only 改正."""
    from openpyxl.worksheet.cell_range import MultiCellRange
    from openpyxl.worksheet.datavalidation import DataValidation

    words, column = annotation.words, ACTION + 1
    must = DataValidation("list", formula1=f'"{words.corrected}"', allow_blank=True)
    may = DataValidation("list", formula1=f'"{words.corrected},{words.confirmed}"', allow_blank=True)
    rows: dict[bool, list[int]] = {}
    for row, line in enumerate(annotation.lines, start=LIST_HEAD):
        rows.setdefault(line.level is Level.ERROR, []).append(row)
    for validation, at in ((must, rows.get(True)), (may, rows.get(False))):
        if at:
            # Cell by cell openpyxl looks each time whether it has it already.
            validation.sqref = MultiCellRange(areas(at, column - 1, most=len(at)))
            sheet.add_data_validation(validation)


def _border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side("thin", color=_RULE)
    return Border(left=side, right=side, top=side, bottom=side)
