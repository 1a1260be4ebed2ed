"""An HTML page, which many old systems export as .xls, to one sheet: its tables one below another, spans as merges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from coverage_census.ingest.containers import csv
from coverage_census.ingest.grid import Area, Cell
from coverage_census.ingest.refusal import Refused

# Three hundred bytes can ask for a million columns; no form is wider than this.
MAX_SPAN, MAX_COLUMNS, MAX_CELLS = 1000, 16_384, 20_000_000
DEEPEST = 80  # cells within cells: what stands in the innermost stands in each of them
SILENT, BREAKS = ("script", "style"), ("br", "p", "div")
BREAK = "\u2028"  # LINE SEPARATOR: stands for <br> until the blanks have been run together


@dataclass
class HtmlRows:
    """The rows so far; `taken` are the cells that a span from above or from the left covers."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)  # column → rows that a cell above still covers
    covered: int = 0


@dataclass(slots=True)
class HtmlCell:
    """A cell that is open, spans others or holds cells of tables in it; of any other the text alone is kept."""

    width: str | None = None
    height: str | None = None
    parts: list["str | HtmlCell"] = field(default_factory=list)
    holds_cells: bool = False


@dataclass(slots=True)
class HtmlRow:
    """A row of a table; whether a table stands in it."""

    cells: list[str | HtmlCell | None] = field(default_factory=list)
    holds_table: bool = False


@dataclass(slots=True)
class HtmlTable:
    """Its own rows, the tables right within it, and how many cells stand in it at any depth."""

    rows: list[HtmlRow] = field(default_factory=list)
    inner: list["HtmlTable"] = field(default_factory=list)
    cells: int = 0


def read(data: bytes) -> HtmlRows:
    """All tables of the page; rows as long as they are."""
    from lxml import etree

    parser = etree.HTMLParser(target=_Page(), no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tables: list[HtmlTable] = etree.fromstring(csv.decode(data), parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused("damaged") from error
    page = HtmlRows()
    for table in tables:
        for rows in _tables(table):
            _add(page, rows)
    if not page.rows:
        raise Refused("not_a_spreadsheet", what="HTML")
    return page


class _Page:
    """What the parser tells of a page, element by element: its tables, without the tree (ten times their size)."""

    def __init__(self) -> None:
        self.found: list[HtmlTable] = []
        self._open: list[HtmlTable | HtmlRow | HtmlCell | None] = []  # one an element; None: any other
        self._tables: list[HtmlTable] = []
        self._rows: list[HtmlRow] = []
        self._cells: list[HtmlCell] = []
        self._silent = 0  # in how many scripts or styles

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        made: HtmlTable | HtmlRow | HtmlCell | None = None
        if tag in ("td", "th"):
            made = self._cell(attributes)
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append(made := HtmlRow())
            self._rows.append(made)
        elif tag == "table":
            made = self._table()
        elif tag in SILENT:
            self._silent += 1
        elif tag in BREAKS:
            self.data(BREAK)
        self._open.append(made)

    def end(self, tag: str) -> None:
        closed = self._open.pop()
        if tag in SILENT:
            self._silent -= 1
        elif isinstance(closed, HtmlTable):
            self._tables.pop()
            if self._tables:
                self._tables[-1].cells += closed.cells
        elif isinstance(closed, HtmlRow):
            self._rows.pop()
            if self._rows:
                self._rows[-1].holds_table |= closed.holds_table
        elif isinstance(closed, HtmlCell):
            self._close(self._cells.pop(), self._open[-1])

    def data(self, text: str) -> None:
        if self._cells and not self._silent:
            self._cells[-1].parts.append(text)

    def close(self) -> list[HtmlTable]:
        return self.found

    def _table(self) -> HtmlTable:
        made = HtmlTable()
        (self._tables[-1].inner if self._tables else self.found).append(made)
        self._tables.append(made)
        if self._rows:
            self._rows[-1].holds_table = True
        return made

    def _cell(self, attributes: Mapping[str, str]) -> HtmlCell | None:
        """None where no row is right above, or too many cells are open: its text is that of the cell around it."""
        if self._tables:
            self._tables[-1].cells += 1
        row = self._open[-1] if self._open else None
        if not isinstance(row, HtmlRow) or len(self._cells) >= DEEPEST:
            return None
        made = HtmlCell(attributes.get("colspan"), attributes.get("rowspan"))
        if self._cells:
            self._cells[-1].parts.append(made)
            self._cells[-1].holds_cells = True
        row.cells.append(made)
        self._cells.append(made)
        return made

    def _close(self, cell: HtmlCell, row: HtmlTable | HtmlRow | HtmlCell | None) -> None:
        """Of nearly every cell a text is left, in its row and in the cell around it."""
        if cell.holds_cells:
            return
        if self._cells:
            self._cells[-1].parts[-1] = "".join(_texts(cell))
        if isinstance(row, HtmlRow) and not (cell.width or cell.height):
            row.cells[-1] = _content(cell)


def _tables(table: HtmlTable) -> Iterator[list[HtmlRow]]:
    """The rows of a table; of one that only lays out a page, those of the tables in it and its own lines between."""
    waiting = [table]
    while waiting:
        each = waiting.pop()
        if sum(held.cells for held in each.inner) <= sum(len(row.cells) for row in each.rows):
            yield each.rows
            continue
        lines = [row for row in each.rows if not row.holds_table]
        if lines and not waiting:
            yield lines
        waiting += reversed(each.inner)


def _add(page: HtmlRows, rows: list[HtmlRow]) -> None:
    page.hanging = {}
    for number, row in enumerate(rows):
        _add_row(page, row, len(rows) - number)


def _add_row(page: HtmlRows, row: HtmlRow, rows_left: int) -> None:
    number = len(page.rows)
    cells: list[Cell] = []
    fresh: dict[int, int] = {}
    for cell in row.cells:
        column = len(cells)
        while page.hanging.get(column):
            column += 1
        width, height = 1, 1
        if isinstance(cell, HtmlCell):
            width, height, cell = _span(cell.width, MAX_SPAN), _span(cell.height, rows_left), _content(cell)
        cells += [None] * (column + width - len(cells))
        cells[column] = cell
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


def _span(said: str | None, most: int) -> int:
    written = (said or "").strip()
    return max(1, min(int(written[:9]), most)) if written.isascii() and written.isdigit() else 1


def _content(cell: HtmlCell) -> str | None:
    """The text as a browser shows it: blanks run together, line breaks only where the page asks for them."""
    lines = "".join(_texts(cell)).split(BREAK)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line) or None


def _texts(cell: HtmlCell) -> Iterator[str]:
    """What stands in it and in the cells within it, in order, however deep they are nested."""
    waiting = [iter(cell.parts)]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
        elif isinstance(part, str):
            yield part
        else:
            waiting.append(iter(part.parts))
