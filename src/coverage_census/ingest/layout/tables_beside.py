"""A header that repeats itself to the right in; one header and grid for each of the tables beside each other, out."""

from dataclasses import replace

from coverage_census.ingest.grid import Grid
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.layout.header import Header


def split(grid: Grid, top: Header) -> list[tuple[Grid, Header]]:
    """The tables from left to right; the cells of the others are blank in each."""
    starts = _starts(top)
    if len(starts) < 2:
        return [(grid, top)]
    width = len(top.paths)
    found = []
    for first, end in zip([0, *starts[1:]], [*starts[1:], width], strict=True):
        inside = range(first, end)
        rows = [[cell if column in inside else None for column, cell in enumerate(row)] for row in grid.rows]
        paths = tuple(path if column in inside else None for column, path in enumerate(top.paths))
        merges = tuple(area for area in grid.merges if area[1] in inside)
        found.append((Grid(grid.name, rows, merges, grid.hidden), replace(top, paths=paths)))
    return found


def _starts(top: Header) -> list[int]:
    """Where the first heading stands again, each time with a name and most of the others after it."""
    paths = [tuple(vocabulary.key(part) for part in path) if path else None for path in top.paths]
    first = next((column for column, path in enumerate(paths) if path), None)
    if first is None:
        return []
    starts = [column for column, path in enumerate(paths) if path == paths[first]]
    parts = [paths[a:b] for a, b in zip(starts, [*starts[1:], len(paths)], strict=True)]
    named = all(any(path and meanings.meaning(path).fields[:1] == ("name",) for path in part) for part in parts)
    held = {path for path in parts[0] if path}
    same = all(len(held & set(part)) * 2 > len(held) and len(held) >= 2 for part in parts)
    return starts if named and same else []
