"""A grid of labels with values beside them in; one small table a card out: paths, values and their cells."""

from dataclasses import dataclass, field

from coverage_census.ingest import headings
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.kinds import is_label


@dataclass
class Card:
    """One form: label by label its value and the cell where that stands (or would stand)."""

    row: int
    paths: list[tuple[str, ...]] = field(default_factory=list)
    values: list[Cell] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)


def read(grid: Grid) -> list[Card]:
    """Every card of the sheet; a second label for the name begins the next one."""
    cards: list[Card] = []
    for row, cells in enumerate(grid.rows):
        labels = [column for column, cell in enumerate(cells) if _is_heading(cells, column)]
        for number, column in enumerate(labels):
            meaning = headings.meaning((str(cells[column]),))
            if not cards or (meaning.fields[:1] == ("name",) and any(_names(path) for path in cards[-1].paths)):
                cards.append(Card(row))
            end = labels[number + 1] if number + 1 < len(labels) else len(cells)
            _add(cards[-1], grid, row, column, end)
    return [card for card in cards if any(_names(path) for path in card.paths)]


def _is_heading(cells: list[Cell], column: int) -> bool:
    """A label, not a value: a text in an answer's place is a heading only if it could be nothing else."""
    cell = cells[column]
    if not isinstance(cell, str):
        return False
    if is_label(cell):
        return True
    left = next((column - back for back in range(1, column + 1) if cells[column - back] is not None), None)
    answers = left is not None and (is_label(cells[left]) or headings.strength(str(cells[left])) == 2)
    return not answers and headings.strength(cell) == 2


def _names(path: tuple[str, ...]) -> bool:
    return headings.meaning(path).fields[:1] == ("name",)


def _add(card: Card, grid: Grid, row: int, column: int, end: int) -> None:
    cells = grid.rows[row]
    width = next((area[3] - area[1] + 1 for area in grid.merges if area[0] == row and area[1] == column), 1)
    place = next((c for c in range(column + 1, end) if cells[c] is not None), min(column + width, end))
    card.paths.append((headings.tidy(cells[column]),))
    card.values.append(cells[place] if place < end else None)
    card.cells.append(cell_name(row, place))
