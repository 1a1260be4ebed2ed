"""A sheet with the column 核验意见 of a return workbook in; the sender's own sheet out."""

from collections.abc import Sequence

from coverage_census.ingest.grid import Cell, Grid

_LOOKED_THROUGH = 60  # rows in which the heading may stand


def without(grid: Grid, heading: str) -> Grid:
    """The column 核验意见 is ours: it goes out again, with the merge of its heading."""
    found = next(
        (
            (row, column)
            for row, cells in enumerate(grid.rows[:_LOOKED_THROUGH])
            for column, cell in enumerate(cells)
            if cell == heading
        ),
        None,
    )
    if found is None:
        return grid
    top, column = found
    for row in grid.rows[top:]:
        row[column] = None
    width = max((_length(row) for row in grid.rows), default=0)
    rows = [row[:width] for row in grid.rows]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    merges = tuple(area for area in grid.merges if not (area[1] == area[3] == column and area[0] >= top))
    return Grid(grid.name, rows, merges, grid.hidden)


def _length(row: Sequence[Cell]) -> int:
    return next((end for end in range(len(row), 0, -1) if row[end - 1] is not None), 0)
