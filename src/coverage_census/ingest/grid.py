"""One sheet as plain cells: what every container is turned into, and what the reading of headings starts from."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

Cell = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
Area = tuple[int, int, int, int]
"""A merged area, 0-based, both ends included: first row, first column, last row, last column."""


MOST_AREAS = 2_000
_NARROW, _BLOCK = 64, 2_000  # columns, rows


class Down(list[Cell]):
    """The cells of one column, from the top."""

    @cached_property
    def distinct(self) -> dict[Cell, None]:
        """Each different cell, in the order in which they come; worked out once."""
        return dict.fromkeys(self)


class Across:
    """Some rows of a grid, by column: each column is made once, as long as no cell changes."""

    def __init__(self, rows: Sequence[list[Cell]]) -> None:
        self._rows = rows
        self._columns: dict[int, Down] = {}

    def column(self, index: int) -> Down:
        if index not in self._columns:
            if self._rows and len(self._rows[0]) <= _NARROW:
                self._columns = dict(enumerate(_turned(self._rows)))
            else:
                self._columns[index] = Down([row[index] for row in self._rows])
        return self._columns[index]


def _turned(rows: Sequence[list[Cell]]) -> list[Down]:
    """All columns, some rows at a time: so a province is walked through once."""
    columns = [Down() for _ in rows[0]]
    for start in range(0, len(rows), _BLOCK):
        parts = zip(*rows[start : start + _BLOCK], strict=True)
        for column, part in zip(columns, parts, strict=True):
            column.extend(part)
    return columns


@dataclass(frozen=True)
class Grid:
    """One sheet as a dense rectangle from A1: `rows[i][j]` is the cell in spreadsheet row i+1, column j+1.

    Blanks and empty text are None. Every row is equally long; rows and columns after the last filled cell are cut off
    (sheets with styled empties to XFD or 1,048,576 declared rows are common), merged areas with them.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    _below: dict[int, Across] = field(default_factory=dict, init=False, repr=False, compare=False)

    def below(self, start: int) -> Across:
        """The rows from `start` on, by column."""
        if start not in self._below:
            self._below[start] = Across(self.rows[start:])
        return self._below[start]

    def changed(self) -> None:
        """To be said by whoever changes a cell after columns were looked at."""
        self._below.clear()


def column_letters(column: int) -> str:
    """The letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell as the spreadsheet shows it, from 0-based numbers: (6, 4) → E7."""
    return f"{column_letters(column)}{row + 1}"


def areas(rows: Sequence[int], column: int, most: int = MOST_AREAS) -> str:
    """Cells of one column as a spreadsheet lists them: rows 1, 2, 3 and 7 of F are “F2:F4 F8”."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    said = (cell_name(a, column) + (f":{cell_name(b, column)}" if b > a else "") for a, b in runs[:most])
    return " ".join(said)


def place_of(cell: str) -> tuple[int, int] | None:
    """The other way round: E7 → (6, 4); None where it is no name of a cell."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,6})", cell)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
