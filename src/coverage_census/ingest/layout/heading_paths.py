"""The rows of a header in; the path of every column (党员情况 > 正式), through merged and unmerged groups, out."""

import datetime

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Area, Cell, Grid
from coverage_census.ingest.headings import vocabulary


def spans(grid: Grid, row: int) -> dict[int, Area]:
    """Merged areas that cover `row`, by each column they cover."""
    found = {}
    for area in grid.merges:
        if area[0] <= row <= area[2]:
            found.update(dict.fromkeys(range(area[1], area[3] + 1), area))
    return found


def paths(grid: Grid, first: int, last: int) -> tuple[tuple[str, ...] | None, ...]:
    width = len(grid.rows[0])
    levels = [_level(grid, row, last) for row in range(first, last + 1)]
    return tuple(_path([level[column] for level in levels]) for column in range(width))


def _level(grid: Grid, row: int, last: int) -> list[tuple[str, int] | None]:
    """The text over each column at one level, with the row it was written in (a merged heading is one text)."""
    cells, areas = grid.rows[row], spans(grid, row)
    found: list[tuple[str, int] | None] = []
    for column, cell in enumerate(cells):
        if column in areas:
            area = areas[column]
            top = grid.rows[area[0]][area[1]] if area[0] < len(grid.rows) else None
            found.append((str(top), area[0]) if top is not None else None)
        elif cell is not None:
            found.append((_heading(cell), row))
        else:
            found.append(_inherited(grid, row, column, last, found, areas))
    return found


def _inherited(
    grid: Grid, row: int, column: int, last: int, found: list[tuple[str, int] | None], spans: dict[int, Area]
) -> tuple[str, int] | None:
    """A group without merged cells: its text stands over the first column only."""
    if row == last or column == 0 or column - 1 in spans:
        return None
    under = [grid.rows[below][column] for below in range(row + 1, last + 1)]
    left = [grid.rows[below][column - 1] for below in range(row + 1, last + 1)]
    return (
        found[column - 1]
        if any(cell is not None for cell in under) and any(cell is not None for cell in left)
        else None
    )


def _path(parts: list[tuple[str, int] | None]) -> tuple[str, ...] | None:
    path: list[str] = []
    seen: set[tuple[str, int]] = set()
    for part in parts:
        if part is not None and part not in seen:
            seen.add(part)
            path.append(vocabulary.tidy(part[0]))
    return tuple(text for text in path if text) or None


def _heading(cell: Cell) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return bare(cell) if not isinstance(cell, str) else cell
