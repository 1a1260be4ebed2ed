"""An Excel 2003 XML workbook, which many business systems export as .xls, to sheets: cells, merges, what is hidden."""

import datetime
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from coverage_census.ingest.containers import csv, xml_head
from coverage_census.ingest.containers.skipped_by_reader import SkippedByReader
from coverage_census.ingest.grid import Area, Cell
from coverage_census.ingest.refusal import Refused

NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 1_048_576, 16_384, 20_000_000
PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")


class Tag(StrEnum):
    """Elements that are read while the file streams."""

    SHEET = NAMESPACE + "Worksheet"
    TABLE = NAMESPACE + "Table"
    COLUMN = NAMESPACE + "Column"
    ROW = NAMESPACE + "Row"


@dataclass
class Xml2003Sheet:
    """One sheet; rows as long as they are."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    hidden: bool = False
    left_out: SkippedByReader = field(default_factory=SkippedByReader)
    cells: int = 0


def read(data: bytes) -> list[Xml2003Sheet]:
    """All sheets, in order; spans and jumps are clamped to what a sheet can hold."""
    from lxml import etree

    if xml_head.declares(data):
        raise Refused("tampered")
    try:
        found = _pages(data) if xml_head.is_plain(data) else []
    except (etree.LxmlError, ValueError):
        found = []
    if not found:  # GB18030 that declares something else: then the text decides
        try:
            found = _pages(PROLOG.sub("", csv.decode(data)).encode())
        except (etree.LxmlError, ValueError) as error:
            raise Refused("damaged") from error
    if not found:
        raise Refused("damaged")
    return found


def _pages(data: bytes) -> list[Xml2003Sheet]:
    """Row by row, each forgotten once its cells are read: the tree of a whole file is ten times its size."""
    from lxml import etree

    options = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
    read = etree.iterparse(
        io.BytesIO(data), ("start", "end"), tag=[*Tag], remove_comments=True, remove_pis=True, **options
    )
    pages = list[Xml2003Sheet]()
    sheet = table = None
    at = 0  # the column after the last one of whom something is said
    for event, element in read:
        parent = element.getparent()
        match event, element.tag:
            case "start", Tag.SHEET if sheet is None and parent is not None and parent.getparent() is None:
                sheet, table, at = element, None, 0
                pages.append(Xml2003Sheet(_attribute(sheet, "Name") or f"Sheet{len(pages) + 1}"))
            case "start", Tag.TABLE if table is None and sheet is not None and parent is sheet:
                table = element
            case "end", Tag.COLUMN if table is not None and parent is table:
                at = _column(pages[-1], element, at)
            case "end", Tag.ROW if table is not None and parent is table:
                _row(pages[-1], element)
                element.clear()
                while element.getprevious() is not None:
                    del table[0]
            case "end", Tag.SHEET if element is sheet:
                pages[-1].hidden = any(
                    shown.text in ("SheetHidden", "SheetVeryHidden") for shown in sheet.iter("{*}Visible")
                )
                sheet.clear()
                sheet = table = None
    return pages


def _column(page: Xml2003Sheet, column: Any, at: int) -> int:
    at = _number(column, "Index", MAX_COLUMNS, at + 1) - 1
    last = min(at + _number(column, "Span", MAX_COLUMNS), MAX_COLUMNS - 1)
    if _attribute(column, "Hidden") == "1":
        page.left_out.hidden_columns.add((at, last))
    return last + 1


def _row(page: Xml2003Sheet, row: Any) -> None:
    at = max(_number(row, "Index", MAX_ROWS, len(page.rows) + 1) - 1, len(page.rows))
    page.rows.extend([] for _ in range(at - len(page.rows)))
    cells: list[Cell] = []
    column = 0
    for cell in _children(row, "Cell"):
        column = max(_number(cell, "Index", MAX_COLUMNS, column + 1) - 1, column)
        across, down = _number(cell, "MergeAcross", MAX_COLUMNS), _number(cell, "MergeDown", MAX_ROWS)
        cells += [None] * (column + 1 - len(cells))
        cells[column] = _content(cell)
        if cells[column] is None and _attribute(cell, "Formula"):
            page.left_out.formulas.add((at, column))
        if across or down:
            page.left_out.merges.append(_area(at, column, down, across))
        column += 1 + across
        _count(page, len(cells))
    page.rows.append(cells)
    span = _number(row, "Span", MAX_ROWS)
    if _attribute(row, "Hidden") == "1":
        page.left_out.hidden_rows.add((at, at + span))
    page.rows.extend([] for _ in range(min(span, MAX_ROWS - len(page.rows))))


def _area(row: int, column: int, down: int, across: int) -> Area:
    return row, column, min(row + down, MAX_ROWS - 1), min(column + across, MAX_COLUMNS - 1)


def _count(page: Xml2003Sheet, width: int) -> None:
    page.cells += 1
    if width > MAX_COLUMNS or page.cells > MAX_CELLS:
        raise Refused("too_many_cells", limit=MAX_CELLS)


def _content(cell: Any) -> Cell:
    held = next(_children(cell, "Data"), None)
    if held is None:
        return None
    written = "".join(held.itertext())
    match _attribute(held, "Type"):
        case "Number":
            return _figure(written)
        case "DateTime":
            return _moment(written)
        case "Boolean":
            return written.strip() == "1"
    return written or None


def _figure(written: str) -> Cell:
    try:
        value = float(written)
    except ValueError:
        return written or None
    return value if math.isfinite(value) else written


def _moment(written: str) -> Cell:
    """`2014-03-01T00:00:00.000`; a time of day stands on the last day of 1899."""
    try:
        moment = datetime.datetime.fromisoformat(written.strip())
    except ValueError:
        return written or None
    if moment.tzinfo is not None:
        return written
    if moment.date() == datetime.date(1899, 12, 31):
        return moment.time()
    return moment.date() if moment.time() == datetime.time() else moment


def _children(element: Any, name: str) -> Iterator[Any]:
    found: Iterator[Any] = element.iterchildren(NAMESPACE + name)
    return found


def _attribute(element: Any, name: str) -> str | None:
    found: str | None = element.get(NAMESPACE + name, element.get(name))
    return found


def _number(element: Any, name: str, most: int, otherwise: int = 0) -> int:
    written = _attribute(element, name) or ""
    return min(int(written[:9]), most) if written.isascii() and written.isdigit() else otherwise
