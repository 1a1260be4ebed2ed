"""What a workbook hides and its grids in; a note on each sheet whose hidden rows or columns hold something out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from coverage_census.ingest.containers.skipped_by_reader import SkippedByReader, Span
from coverage_census.ingest.grid import Grid, column_letters
from coverage_census.model.reading import Level

SHOWN = 10  # ranges named in one note

Note = tuple[str, Level, str | None, dict[str, str | int | float | None]]


def notes(grids: Sequence[Grid], left_out: Mapping[str, SkippedByReader]) -> Iterator[Note]:
    """Hidden rows and columns are read like any others; a clerk who does not see them should know."""
    for grid in grids:
        found = left_out.get(grid.name)
        if found is None or not (found.hidden_rows or found.hidden_columns):
            continue
        rows = [row for row in _within(found.hidden_rows, len(grid.rows)) if _filled(grid.rows[row])]
        if rows:
            yield (
                "hidden_rows",
                Level.NOTE,
                grid.name,
                {"count": len(rows), "rows": _ranges(rows, lambda row: str(row + 1))},
            )
        width = len(grid.rows[0]) if grid.rows else 0
        columns = [
            each for each in _within(found.hidden_columns, width) if any(row[each] is not None for row in grid.rows)
        ]
        if columns:
            yield (
                "hidden_columns",
                Level.NOTE,
                grid.name,
                {"count": len(columns), "columns": _ranges(columns, column_letters)},
            )


def _within(spans: Iterable[Span], size: int) -> list[int]:
    """Each place once, however many ranges hold it."""
    found: list[int] = []
    for first, last in sorted(spans):
        found.extend(range(max(first, found[-1] + 1 if found else 0), min(last + 1, size)))
    return found


def _filled(row: Sequence[object]) -> bool:
    return any(cell is not None for cell in row)


def _ranges(places: Sequence[int], name: Callable[[int], str]) -> str:
    """3, 4, 5, 9 as “3-5、9”."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    said = [name(first) if first == last else f"{name(first)}-{name(last)}" for first, last in runs[:SHOWN]]
    return "、".join(said) + ("…" if len(runs) > SHOWN else "")
