"""An HTML page, which many old systems export as .xls, to one sheet: its tables one below another, spans as merges."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from coverage_census.ingest.containers import csv
from coverage_census.ingest.grid import Area, Cell
from coverage_census.ingest.refusal import Refused

# Three hundred bytes can ask for a million columns; no form is wider than this.
MAX_SPAN, MAX_COLUMNS, MAX_CELLS = 1000, 16_384, 20_000_000
BREAK = "\u2028"  # LINE SEPARATOR: stands for <br> until the blanks have been run together


@dataclass
class HtmlRows:
    """The rows so far; `taken` are the cells that a span from above or from the left covers."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)  # column → rows that a cell above still covers
    covered: int = 0


def read(data: bytes) -> HtmlRows:
    """All tables of the page; rows as long as they are."""
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(csv.decode(data), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused("damaged") from error
    etree.strip_elements(root, "script", "style", with_tail=False)
    _mark_breaks(root)
    page = HtmlRows()
    for table in root.iter("table"):
        if next(table.iterancestors("table"), None) is None:
            for rows in _tables(table):
                _add(page, rows)
    if not page.rows:
        raise Refused("not_a_spreadsheet", what="HTML")
    return page


def _tables(table: Any) -> Iterator[list[Any]]:
    """The rows of a table; of one that only lays out a page, those of the tables in it and its own lines between."""
    waiting = [table]
    while waiting:
        rows = _own_rows(each := waiting.pop())
        inner = [held for held in each.iter("table") if next(held.iterancestors("table"), None) is each]
        if sum(len(list(held.iter("td", "th"))) for held in inner) <= sum(len(_cells(row)) for row in rows):
            yield rows
            continue
        lines = [row for row in rows if next(row.iter("table"), None) is None]
        if lines and not waiting:
            yield lines
        waiting += reversed(inner)


def _own_rows(table: Any) -> list[Any]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _cells(row: Any) -> list[Any]:
    return list(row.iterchildren("td", "th"))


def _add(page: HtmlRows, rows: list[object]) -> None:
    page.hanging = {}
    for number, row in enumerate(rows):
        _add_row(page, row, len(rows) - number)


def _add_row(page: HtmlRows, row: Any, rows_left: int) -> None:
    number = len(page.rows)
    cells: list[Cell] = []
    fresh: dict[int, int] = {}
    for cell in row.iterchildren("td", "th"):
        column = len(cells)
        while page.hanging.get(column):
            column += 1
        width = _span(cell, "colspan", MAX_SPAN)
        height = _span(cell, "rowspan", rows_left)
        cells += [None] * (column + width - len(cells))
        cells[column] = _content(cell)
        _count(page, len(cells), width * height)
        fresh |= dict.fromkeys(range(column, column + width), height) if height > 1 else {}
        if width > 1 or height > 1:
            page.merges.append((number, column, number + height - 1, column + width - 1))
    page.rows.append(cells)
    page.hanging = {column: left - 1 for column, left in page.hanging.items() if left > 1} | {
        column: height - 1 for column, height in fresh.items()
    }


def _count(page: HtmlRows, width: int, covered: int) -> None:
    page.covered += covered
    if width > MAX_COLUMNS or page.covered > MAX_CELLS:
        raise Refused("too_many_cells", limit=MAX_CELLS)


def _span(cell: Any, name: str, most: int) -> int:
    written = (cell.get(name) or "").strip()
    return max(1, min(int(written[:9]), most)) if written.isascii() and written.isdigit() else 1


def _content(cell: Any) -> Cell:
    """The text as a browser shows it: blanks run together, line breaks only where the page asks for them."""
    lines = "".join(cell.itertext()).split(BREAK)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line) or None


def _mark_breaks(root: Any) -> None:
    for element in root.iter("br"):
        element.tail = BREAK + (element.tail or "")
    for element in root.iter("p", "div"):
        element.text = BREAK + (element.text or "")
