"""The list (问题清单) of a return workbook and what its hidden sheet remembers in; every answered problem out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coverage_census.ingest.cells.clean import as_text
from coverage_census.ingest.grid import Cell, Grid, cell_name, place_of
from coverage_census.ingest.returned.hidden_sheet import ACTION, IDS, LIST_HEAD, META, NEW, NUMBER, REASON
from coverage_census.model.reading import Subject


@dataclass(frozen=True)
class AskedProblem:
    """One problem as the hidden sheet remembers it, and what stands beside it in the list."""

    known: Mapping[str, Any]
    row: int  # in 问题清单, 0-based
    does: str
    new: Cell
    reason: str

    @property
    def subject(self) -> Subject | None:
        name = self.known["name"]
        if not name:
            return None
        uscc, county, township = (text(self.known[key]) or None for key in ("uscc", "county", "township"))
        return Subject(name=text(name), uscc=uscc, county=county, township=township)

    @property
    def home(self) -> int | None:
        """The row of the organisation when the list was made."""
        number = text(self.known["row"])
        return int(number) if re.fullmatch(r"[1-9]\d{0,6}", number) else None

    @property
    def place(self) -> tuple[int, int] | None:
        """Where the problem lay, 0-based."""
        return place_of(text(self.known["cell"]))

    def at(self, column: int) -> str:
        return cell_name(self.row, column)

    def now_in(self, grid: Grid) -> tuple[int, int] | None:
        """Where the cell is now: the row may have moved with its organisation; None where that is not certain."""
        if self.place is None:
            return None
        row, column = self.place
        if self.home is not None and self.subject is not None:
            home = self.home - 1
            rows = _rows_of(self.subject, grid)
            if rows and home not in rows:
                if len(rows) > 1:
                    return None
                row += rows[0] - home
        return (row, column) if 0 <= row < len(grid.rows) and column < len(grid.rows[row]) else None


def answered(hidden: Grid, asked: Grid) -> Iterator[AskedProblem]:
    """The rows of the list beside which somebody wrote something."""
    first = len(META) + 2
    known = {text(row[0]): dict(zip(IDS, (*row, *[None] * len(IDS)), strict=False)) for row in hidden.rows[first:]}
    for number, row in enumerate(asked.rows[LIST_HEAD:], start=LIST_HEAD):
        cells = (*row, *[None] * (REASON + 1))
        does, new, reason = text(cells[ACTION]), cells[NEW], text(cells[REASON])
        if text(cells[NUMBER]) in known and (does or text(new) or reason):
            yield AskedProblem(known[text(cells[NUMBER])], number, does, new, reason)


def text(value: Any) -> str:
    return as_text(value).strip()


def _rows_of(subject: Subject, grid: Grid) -> list[int]:
    names = {_squeezed(subject.name), _squeezed(subject.uscc or "")} - {""}
    return [number for number, row in enumerate(grid.rows) if names & {_squeezed(as_text(cell)) for cell in row}]


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)
