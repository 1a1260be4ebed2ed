"""The merged cells below a header in; their values filled down, and which organisations share one, out."""

from collections.abc import Mapping, Sequence

from coverage_census.ingest.grid import Grid
from coverage_census.ingest.layout.rows import Body
from coverage_census.ingest.records.facts import Facts


def fill_down(grid: Grid, body: int) -> dict[int, list[tuple[int, int]]]:
    """Vertically merged data cells filled down, in place; the spans by column."""
    spans: dict[int, list[tuple[int, int]]] = {}
    height, width = len(grid.rows), len(grid.rows[0]) if grid.rows else 0
    for first, left, last, right in grid.merges:
        bottom = min(last, height - 1)
        if first < body or first >= bottom or left >= width:
            continue
        for column in range(left, min(right, width - 1) + 1):
            value = grid.rows[first][column]
            spans.setdefault(column, []).append((first, bottom))
            if value is not None:
                for row in range(first + 1, bottom + 1):
                    if grid.rows[row][column] is None:
                        grid.rows[row][column] = value
    if spans:
        grid.changed()
    return spans


def join_names(grid: Grid, body: Body, spans: Sequence[tuple[int, int]]) -> None:
    """A name merged over several rows is one organisation; its first row takes what the others add."""
    below = {row: first for first, last in spans for row in range(first + 1, last + 1)}
    if not below:
        return
    for row in [row for row in body.records if row in below]:
        top = grid.rows[below[row]]
        for column, value in enumerate(grid.rows[row]):
            if top[column] is None:
                top[column] = value
    grid.changed()
    body.repeated.extend(row for row in body.records if row in below)
    body.records = [row for row in body.records if row not in below]


def shared_rows(facts: Facts, spans: Mapping[int, list[tuple[int, int]]]) -> dict[int, frozenset[int]]:
    """Which of the organisations share a merged cell, by column."""
    if not spans:
        return {}
    place = {row: index for index, row in enumerate(facts.rows)}
    found: dict[int, frozenset[int]] = {}
    for column, areas in spans.items():
        shared = [[place[row] for row in range(first, last + 1) if row in place] for first, last in areas]
        found[column] = frozenset(index for group in shared if len(group) > 1 for index in group)
    return found
