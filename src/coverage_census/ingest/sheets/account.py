"""The cells of a sheet and what was understood of it in; how many were read, and those that nothing accounts for, out.

Every cell that is not blank is read, dropped, known and not kept (a title, a total, 序号), or reported: those that no
heading stands over, or that belong to no label of a card, are named in a problem of their own.
"""

from collections.abc import Collection, Iterable, Sequence

from coverage_census.ingest.cells.clean import NOTHING, bare
from coverage_census.ingest.grid import Cell, Grid, areas, cell_name
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.layout import row_words
from coverage_census.ingest.layout.cards import CardForm
from coverage_census.ingest.layout.header import Header
from coverage_census.ingest.layout.rows import Body
from coverage_census.ingest.privacy import redact
from coverage_census.model.reading import ColumnReading, Level, Problem, Understood

ROWS = 5_000
"""Rows that the shares are reckoned from; the rows of one table are alike."""
SHOWN = 10
Place = tuple[int, int]


def columns_share(columns: Sequence[ColumnReading]) -> float | None:
    """Of the headed columns (or labels), those that feed a field, or are known not to be kept."""
    known = sum(1 for each in columns if each.field or each.dropped or each.skipped)
    return round(known / len(columns), 3) if columns else None


def of_table(
    grid: Grid, top: Header, columns: Sequence[Column], body: Body, rows: Collection[int]
) -> tuple[Understood, list[Place]]:
    """Of a ledger whose organisations are in `rows`: the share of its cells, and those that are left over."""
    readings = {each.index: each for each in columns}
    understood = {index for index, each in readings.items() if each.field or each.dropped or each.meaning.ignored}
    mine, passed = {*rows, *body.repeated}, set(body.passed)
    total = read = 0
    for row, cells in enumerate(grid.rows[: top.body + ROWS]):
        said = [column for column, cell in enumerate(cells) if cell is not None]
        total += len(said)
        if row in mine:
            read += sum(1 for column in said if column in understood)
        elif top.first <= row <= top.last:
            read += sum(1 for column in said if column in understood or column not in readings)
        else:
            read += len(said) if row not in body.blank_names else 0
    left = [
        (row, column)
        for column in range(len(top.paths))
        if column not in readings
        for row in _filled(grid, top.body, column)
        if row in mine or row in passed
    ]
    left += [(row, column) for row in body.passed for column in _loose(grid.rows[row], readings)]
    share = round(read / total, 3) if total else None
    return Understood(columns=None, cells=share), sorted(set(left))


def _loose(cells: Sequence[Cell], readings: Collection[int]) -> Iterable[int]:
    """Words in a row that has no name; zeros, dashes and numbers of rows say nothing."""
    for column, cell in enumerate(cells):
        text = bare(cell) if isinstance(cell, str) and column in readings else ""
        if text.lower() not in NOTHING and not text.isdecimal():
            yield column


def _filled(grid: Grid, start: int, column: int) -> Iterable[int]:
    down = grid.below(start).column(column)
    if down.count(None) == len(down):
        return ()
    return (start + number for number, cell in enumerate(down) if cell is not None)


def of_cards(grid: Grid, cards: Sequence[CardForm], columns: Sequence[ColumnReading]) -> tuple[Understood, list[Place]]:
    """Of a sheet of cards: titles, lines and groups are known; what stands beside a value belongs to nothing."""
    used = {place for card in cards for place in card.used}
    rows = {row for row, _ in used}
    first = min(rows, default=0)
    total, left = 0, list[Place]()
    for row, cells in enumerate(grid.rows):
        said = [column for column, cell in enumerate(cells) if cell is not None]
        total += len(said)
        loose = [(row, column) for column in said if (row, column) not in used]
        if row < first or len(said) == 1 or (row not in rows and _is_around(cells)):
            continue
        left += [place for place in loose if not _is_group(grid, place, used) and not _is_serial(cells, place[1])]
    unread = {each.column for each in columns if not (each.field or each.dropped or each.skipped)}
    lost = len(left) + sum(2 for _ in unread)
    share = round(max(0, total - lost) / total, 3) if total else None
    return Understood(columns=columns_share(columns), cells=share), left


def _is_around(cells: Sequence[Cell]) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str)]
    return bool(texts) and row_words.is_note(texts[0])


def _is_group(grid: Grid, place: Place, used: Collection[Place]) -> bool:
    """党员情况 in front of labels of its own, or over several rows."""
    row, column = place
    after = next((at for at, cell in enumerate(grid.rows[row]) if at > column and cell is not None), None)
    before = any(cell is not None for cell in grid.rows[row][:column])
    return isinstance(grid.rows[row][column], str) and after is not None and (row, after) in used and not before


def _is_serial(cells: Sequence[Cell], column: int) -> bool:
    return bare(cells[column]).strip("().、").isdecimal() and all(cell is None for cell in cells[:column])


def report(left: Sequence[Place], file: str, grid: Grid) -> list[Problem]:
    """One note for all of them; each that is somebody's number is named by itself."""
    personal = [place for place in left if redact.looks_personal([grid.rows[place[0]][place[1]]])]
    others = [place for place in left if place not in set(personal)]
    found = [_note("cells_left", others, file, grid.name)] if others else []
    return found + [_note("personal_cells", [place], file, grid.name) for place in personal]


def _note(code: str, left: Sequence[Place], file: str, sheet: str) -> Problem:
    cells = "、".join(cell_name(*place) for place in left[:SHOWN]) + ("…" if len(left) > SHOWN else "")
    columns: dict[int, list[int]] = {}
    for row, column in left:
        columns.setdefault(column, []).append(row)
    places = " ".join(areas(rows, column) for column, rows in columns.items())
    values: dict[str, str | int | float | None] = {"count": len(left), "cells": cells, "places": places}
    return Problem(code=code, level=Level.NOTE, file=file, sheet=sheet, cell=cell_name(*left[0]), values=values)
