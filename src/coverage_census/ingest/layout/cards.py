"""A grid of labels with values beside them in; one small table a card out: paths, values and their cells."""

import re
from dataclasses import dataclass, field

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.layout.kinds import inline, is_label

Path = tuple[str, ...]


@dataclass
class Card:
    """One form: label by label its value and the cell where that stands (or would); `left` is its first column."""

    row: int
    left: int = 0
    paths: list[Path] = field(default_factory=list)
    values: list[Cell] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    @property
    def named(self) -> bool:
        return any(_names(path) for path in self.paths)


@dataclass(frozen=True)
class _Label:
    column: int
    path: Path
    value: str | None = None  # 企业名称：晨曦电子厂 in one cell


def read(grid: Grid) -> list[Card]:
    """Every card of the sheet, below or beside each other; its first label or its name again begins the next one."""
    cards: list[Card] = []
    open_: list[Card] = []  # from left to right
    for row in range(len(grid.rows)):
        labels = _labels(grid, row)
        for number, label in enumerate(labels):
            card = next((each for each in reversed(open_) if each.left <= label.column), None)
            beside = any(_names(other.path) for other in labels[:number])
            if (
                card is None
                or (_names(label.path) and (beside or card.named))
                or (card.named and label.path == card.paths[0])
            ):
                card = Card(row, label.column if open_ and (beside or _is_beside(open_, label)) else 0)
                open_ = [each for each in open_ if each.left < card.left] + [card]
                cards.append(card)
            end = labels[number + 1].column if number + 1 < len(labels) else len(grid.rows[row])
            _add(card, grid, row, label, end)
    return [card for card in cards if card.named]


def _is_beside(open_: list[Card], label: _Label) -> bool:
    """Whether a label stands where one of several cards beside each other began."""
    return any(each.left and each.left <= label.column for each in open_)


def _labels(grid: Grid, row: int) -> list[_Label]:
    """The labels of a row; 党员情况 in front of 总数 belongs to its path."""
    cells, group, found = grid.rows[row], "", list[_Label]()
    for column, cell in enumerate(cells):
        if (text := _group(grid, row, column)) is not None:
            group = text
            continue
        if not isinstance(cell, str):
            continue
        parts = inline(cell)
        if parts is not None and _is_free(column, found):
            found.append(_Label(column, (vocabulary.tidy(parts[0]),), parts[1]))
        elif _is_heading(cells, column, found):
            found.append(_Label(column, _path(group, cell)))
        elif group and _is_free(column, found) and _is_under(group, cell):
            found.append(_Label(column, (group, vocabulary.tidy(cell))))
    return found


def _path(group: str, cell: str) -> Path:
    """With its group, unless that would make something else of the label."""
    alone, under = (vocabulary.tidy(cell),), (group, vocabulary.tidy(cell))
    same = (
        bool(group)
        and meanings.meaning(under).known
        and meanings.meaning(under).fields == meanings.meaning(alone).fields
    )
    return under if same else alone


def _group(grid: Grid, row: int, column: int) -> str | None:
    """党员情况: stands over several rows, or in front of labels of its own."""
    top = next((area[0] for area in grid.merges if area[1] == column and area[0] <= row <= area[2]), row)
    cell = grid.rows[top][column] if top < len(grid.rows) else None
    if not isinstance(cell, str) or not re.search(r"(?:情况|信息|概况|状况|人员|党员|党组织|职工)$", bare(cell)):
        return None
    beside = next((other for other in grid.rows[row][column + 1 :] if other is not None), None)
    short = (
        isinstance(beside, str)
        and len(bare(beside)) <= 4
        and _is_under(cell, beside)
        and meanings.meaning((cell, beside)).option is None
    )
    return vocabulary.tidy(cell) if short or (top == row and not is_label(cell)) or top < row else None


def _is_under(group: str, cell: str) -> bool:
    """Whether a text is a heading under its group: 姓名 under 对接人员 is one, the name that stands there is none."""
    found = meanings.meaning((group, vocabulary.tidy(cell)))
    return found.known and not (found.personal and meanings.strength(cell) == 0 and not meanings.meaning((cell,)).known)


def _is_free(column: int, found: list[_Label]) -> bool:
    """Whether no label waits for its value here."""
    return not found or found[-1].value is not None or column > found[-1].column + 1


def _is_heading(cells: list[Cell], column: int, found: list[_Label]) -> bool:
    """A label, not a value: a text in an answer's place is a heading only if it could be nothing else."""
    cell = cells[column]
    if not isinstance(cell, str) or (found and found[-1].column == column - 1 and found[-1].value is None):
        return False  # 政治面貌 | 中共党员
    if is_label(cell):
        return True
    left = next((column - back for back in range(1, column + 1) if cells[column - back] is not None), None)
    answers = left is not None and bool(found) and found[-1].column == left and found[-1].value is None
    return not answers and meanings.strength(cell) == 2


def _names(path: Path) -> bool:
    return meanings.meaning(path).fields[:1] == ("name",)


def _add(card: Card, grid: Grid, row: int, label: _Label, end: int) -> None:
    cells = grid.rows[row]
    column = label.column
    width = next((area[3] - area[1] + 1 for area in grid.merges if area[0] == row and area[1] == column), 1)
    place = next((c for c in range(column + 1, end) if cells[c] is not None), min(column + width, end))
    card.paths.append(label.path)
    if label.value is not None:
        card.values.append(label.value)
        card.cells.append(cell_name(row, column))
    else:
        card.values.append(cells[place] if place < end else None)
        card.cells.append(cell_name(row, place))
