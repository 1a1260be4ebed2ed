"""A grid that is a statistics table in; what its rows and columns are called, and the figures where they cross, out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coverage_census.ingest.cells import counts
from coverage_census.ingest.cells.clean import ERRORS, UNREADABLE, Mark, bare
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.layout import header, row_words
from coverage_census.ingest.layout.header import Header

_COUNTER = frozenset(["序号", "编号", "行次", "栏次", "代码", "no.", "no", "号", "序", "甲", "乙"])
_RATIO = re.compile(r"率$|率\(|比例|占比|比重|同比|环比|增幅|增长|%|平均|人均|面积|位次|排名")


@dataclass(frozen=True)
class StatisticsLine:
    """A row or a column of figures: where it stands (0-based), where its label stands, and what it is called."""

    index: int
    path: tuple[str, ...]
    label: tuple[int, int]

    @property
    def leaf(self) -> str:
        return self.path[-1]

    @property
    def ratio(self) -> bool:
        return bool(_RATIO.search(self.leaf))


@dataclass
class Statistics:
    """`figures[row, column]` is a number as it stands there; what is blank is not in it."""

    head: Header
    rows: list[StatisticsLine] = field(default_factory=list)
    columns: list[StatisticsLine] = field(default_factory=list)
    figures: dict[tuple[int, int], float] = field(default_factory=dict)
    unread: list[tuple[int, int, str]] = field(default_factory=list)  # cells that hold no figure where one belongs

    def at(self, row: StatisticsLine, column: StatisticsLine) -> float | None:
        return self.figures.get((row.index, column.index))


def read(grid: Grid) -> Statistics | None:
    """None where no row holds a label and figures under headings."""
    body = next((row for row in range(len(grid.rows)) if _is_figures(grid, row)), None)
    head = header.above(grid, body) if body else None
    if body is None or head is None:
        return None
    found = Statistics(head)
    stub = _stub(grid, head, body)
    lines = [row for row in range(body, len(grid.rows)) if _counts(grid, row, stub)]
    _columns(found, grid, stub, lines)
    _rows(found, grid, stub, lines)
    return found if found.rows and found.columns else None


def figure(cell: Cell) -> float | Mark | None:
    """An exact number; nothing where a cell says nothing; UNREADABLE for all else."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell) if cell == cell else None
    text = bare(cell)
    if re.fullmatch(r"-?\d[\d,]*+(?:\.\d*+)?%", text):
        return float(text[:-1].replace(",", "")) / 100
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    read_ = counts.parse(cell)
    if isinstance(read_, counts.Count):
        return float(read_.value) if read_.qualifier is None else UNREADABLE
    return read_


def _is_figures(grid: Grid, row: int) -> bool:
    """A text in front and numbers after it."""
    cells = grid.rows[row]
    if header.is_number_row(cells) or header.is_line(cells):
        return False
    said = header.filled(cells)
    texts = [
        column for column in said if isinstance(cells[column], str) and not isinstance(figure(cells[column]), float)
    ]
    numbers = [column for column in said if isinstance(figure(cells[column]), float)]
    return bool(texts) and any(column > texts[0] for column in numbers)


def _stub(grid: Grid, head: Header, body: int) -> int:
    """How many columns in front hold labels and running numbers."""
    width = len(head.paths)
    for column in range(width):
        cells = [row[column] for row in grid.rows[body:] if row[column] is not None]
        numbers = [cell for cell in cells if isinstance(figure(cell), float)]
        path = head.paths[column]
        named = path is not None and vocabulary.key(path[-1]) not in _COUNTER
        if numbers and len(numbers) * 2 > len(cells) and (named or not _running(numbers)):
            return column
    return width


def _running(numbers: Sequence[Cell]) -> bool:
    """1 2 3 …, or 0 1 2 …: numbers of the rows."""
    found = [figure(each) for each in numbers]
    return len(numbers) > 1 and found[0] in (0, 1) and found == [found[0] + step for step in range(len(numbers))]


def _counts(grid: Grid, row: int, stub: int) -> bool:
    """Whether a row belongs to the table: no note, no signature, no page's header again."""
    cells = grid.rows[row]
    first = next((cell for cell in cells if cell is not None), None)
    if first is None or header.is_number_row(cells):
        return False
    return not (isinstance(first, str) and row_words.is_note(first)) and any(
        cell is not None and (column >= stub or isinstance(cell, str)) for column, cell in enumerate(cells)
    )


def _columns(found: Statistics, grid: Grid, stub: int, lines: list[int]) -> None:
    for column in range(stub, len(found.head.paths)):
        path = found.head.paths[column]
        cells = [grid.rows[row][column] for row in lines if grid.rows[row][column] is not None]
        numbers = sum(1 for cell in cells if isinstance(figure(cell), float))
        if path and numbers * 2 > len(cells):
            plain = tuple(label(part) for part in path)
            found.columns.append(StatisticsLine(column, plain, (header.leaf_row(grid, found.head, column), column)))


def _rows(found: Statistics, grid: Grid, stub: int, lines: list[int]) -> None:
    """Labels in front of the figures; a group stands once, over several rows, or on a row of its own."""
    groups: list[str] = [""] * stub
    section = ""
    for row in lines:
        cells = grid.rows[row]
        texts = ["" if cell is None or isinstance(figure(cell), float) else label(cell) for cell in cells[:stub]]
        last = max((column for column in range(stub) if texts[column]), default=None)
        if last is None:
            continue
        for column in range(last + 1):
            if texts[column]:
                groups[column:] = [texts[column]] + [""] * (stub - column - 1)
        values = {line.index: figure(cells[line.index]) for line in found.columns if cells[line.index] is not None}
        if not values:
            section = texts[last]
            continue
        path = tuple(part for part in (section, *groups[: last + 1]) if part)
        found.rows.append(StatisticsLine(row, path, (row, last)))
        _values(found, row, values, cells)


def _values(found: Statistics, row: int, values: dict[int, float | Mark | None], cells: Sequence[Cell]) -> None:
    for column, value in values.items():
        if isinstance(value, float):
            found.figures[row, column] = value
        elif value is UNREADABLE or ERRORS.match(bare(cells[column])):
            found.unread.append((row, column, bare(cells[column])))


def label(cell: Cell) -> str:
    """A label without blanks, numbering and 其中."""
    text = bare(cell).strip("*:：、")
    text = re.sub(
        r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?[.、)．]|\((?:\d{1,2}|[一二三四五六七八九十]+)\)|[①-⑳])",
        "",
        text,
    )
    return re.sub(r"^\(?其中[:：、]?\)?", "", text) or text
