"""The grids of a workbook in; if it is a return workbook (退回表), the sender's own sheets and the answers out of it.

A correction is written into the cell it is about before the sheet is read, so that it passes the same checks as what
stands on a sheet. It may be another cell than before: rows move when people insert and sort.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from coverage_census.ingest import answer_values, privacy
from coverage_census.ingest.cleaning import as_text
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.return_sheet import (
    ACTION,
    FORMAT,
    HIDDEN,
    IDS,
    LIST_HEAD,
    META,
    NEW,
    NUMBER,
    REASON,
    SIGN,
    value_hash,
)
from coverage_census.model.reading import Answer, Level, Problem, Subject

_LOOKED_THROUGH = 60  # rows in which the heading 核验意见 may stand


@dataclass
class Returned:
    """A workbook without what the return added. `original` None: it is an ordinary workbook."""

    grids: Sequence[Grid]
    original: str | None = None
    own_sheets: frozenset[str] = frozenset()
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    written: bytes = b""


@dataclass(frozen=True)
class _Asked:
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
        uscc, county, township = (_text(self.known[key]) or None for key in ("uscc", "county", "township"))
        return Subject(name=_text(name), uscc=uscc, county=county, township=township)

    @property
    def home(self) -> int | None:
        """The row of the organisation when the list was made."""
        number = _text(self.known["row"])
        return int(number) if re.fullmatch(r"[1-9]\d{0,6}", number) else None

    def at(self, column: int) -> str:
        return cell_name(self.row, column)


def take_apart(grids: Sequence[Grid], file: str) -> Returned:
    """`grids` themselves where the workbook is no return."""
    hidden = next((grid for grid in grids if grid.name == HIDDEN and grid.rows and grid.rows[0][0] == SIGN), None)
    if hidden is None:
        return Returned(grids)
    meta = dict.fromkeys(META, "") | {_text(row[0]): _text(_at(row, 1)) for row in hidden.rows[1 : len(META) + 1]}
    own = frozenset((HIDDEN, meta["list"]))
    data = [_without_opinions(grid, meta["opinion"]) for grid in grids if grid.name not in own]
    returned = Returned([] if meta["whole"] == "0" else data, meta["original"], own)
    if _text(_at(hidden.rows[0], 1)) != str(FORMAT):
        returned.problems.append(
            Problem(code="return_newer", level=Level.ERROR, file=file, sheet=meta["list"], cell=None)
        )
        return returned
    asked = next((grid for grid in grids if grid.name == meta["list"]), None)
    for each in _asked(hidden, asked) if asked else ():
        _Reading(returned, meta, file).take(each)
    said = [(each.known["line"], each.does, as_text(each.new), each.reason) for each in _asked(hidden, asked or hidden)]
    returned.written = repr(said).encode() if said else b""
    return returned


def _asked(hidden: Grid, asked: Grid) -> Iterator[_Asked]:
    """The rows of the list beside which somebody wrote something."""
    first = len(META) + 2
    known = {_text(row[0]): dict(zip(IDS, (*row, *[None] * len(IDS)), strict=False)) for row in hidden.rows[first:]}
    for number, row in enumerate(asked.rows[LIST_HEAD:], start=LIST_HEAD):
        cells = (*row, *[None] * (REASON + 1))
        does, new, reason = _text(cells[ACTION]), cells[NEW], _text(cells[REASON])
        if _text(cells[NUMBER]) in known and (does or _text(new) or reason):
            yield _Asked(known[_text(cells[NUMBER])], number, does, new, reason)


class _Reading:
    """The answers of one workbook, one by one: into its sheets, into the list of answers, or reported."""

    def __init__(self, returned: Returned, meta: Mapping[str, str], file: str) -> None:
        self.returned, self.meta, self.file = returned, meta, file

    def take(self, asked: _Asked) -> None:
        if asked.does in (self.meta["confirmed"], "属实"):
            self._confirm(asked)
        elif asked.does in (self.meta["corrected"], "改正") or (not asked.does and _text(asked.new)):
            self._correct(asked)
        else:
            self._report("answer_unclear", asked, ACTION)

    def _confirm(self, asked: _Asked) -> None:
        if asked.known["level"] == Level.ERROR:
            self._report("answer_not_enough", asked, ACTION)
        else:
            self._keep("confirmed", asked, asked.home, asked.known["cell"], None)

    def _correct(self, asked: _Asked) -> None:
        if self.meta["whole"] == "0":
            self._correct_list(asked)
            return
        place = self._place(asked)
        if not asked.known["cell"]:
            self._report("answer_without_cell", asked, NEW)
        elif place is None:
            self._report("answer_moved", asked, NEW)
        else:
            self._write(asked, *place)

    def _write(self, asked: _Asked, grid: Grid, row: int, column: int) -> None:
        """`改正为` into its cell, unless somebody wrote something else into that cell itself."""
        stands, hash_ = grid.rows[row][column], asked.known["hash"]
        edited = hash_ is not None and value_hash(stands) != hash_
        if not _text(asked.new):
            if not edited:
                self._report("answer_without_value", asked, NEW)
            return
        if edited and as_text(stands).strip() != _text(asked.new):
            self._report("answer_conflicts", asked, NEW)
            return
        grid.rows[row][column] = _typed(asked.new)
        shift = row + 1 - _row_of(asked.known["cell"])
        whose = asked.home + shift if asked.home is not None else None
        typed = grid.rows[row][column]
        value = typed if whose is None and isinstance(typed, (int, float)) else None
        self._keep("corrected", asked, whose, cell_name(row, column), value)

    def _correct_list(self, asked: _Asked) -> None:
        """There is no sheet to write it into: what it means is read here, for the ledger to enter."""
        name = asked.known["field"]
        if asked.subject is None or not name:
            self._report("answer_without_cell", asked, NEW)
        elif not _text(asked.new):
            self._report("answer_without_value", asked, NEW)
        else:
            value = answer_values.read(str(name), asked.new)
            if value is None:
                self._report("answer_unreadable", asked, NEW)
            else:
                self._keep("corrected", asked, asked.home, asked.known["cell"], value)

    def _place(self, asked: _Asked) -> tuple[Grid, int, int] | None:
        """Where the cell is now: the row may have moved with its organisation."""
        grid = next((each for each in self.returned.grids if each.name == asked.known["sheet"]), None)
        cell = _text(asked.known["cell"])
        if grid is None or not re.fullmatch(r"[A-Z]{1,3}\d{1,7}", cell):
            return None
        row, column = _row_of(cell) - 1, _column_of(cell)
        if asked.home is not None and (subject := asked.subject) is not None:
            home = asked.home - 1
            names = {_squeezed(subject.name), _squeezed(subject.uscc or "")} - {""}
            rows = [number for number, each in enumerate(grid.rows) if names & {_squeezed(as_text(c)) for c in each}]
            if rows and home not in rows:
                if len(rows) > 1:
                    return None
                row += rows[0] - home
        if not 0 <= row < len(grid.rows) or column >= len(grid.rows[row]):
            return None
        return grid, row, column

    def _keep(
        self, does: Literal["corrected", "confirmed"], asked: _Asked, row: int | None, cell: Any, value: Any
    ) -> None:
        known = asked.known
        hidden = privacy.redact(asked.reason)
        self.returned.answers.append(
            Answer(
                does=does,
                code=_text(known["code"]),
                finding=_text(known["finding"]),
                at=f"{self.meta['list']}!{asked.at(ACTION)}",
                sheet=_text(known["sheet"]) or None,
                cell=_text(cell) or None,
                row=row,
                field=_text(known["field"]) or None,
                subject=asked.subject,
                value=value,
                reason=(hidden.text if hidden else asked.reason) or None,
            )
        )

    def _report(self, code: str, asked: _Asked, column: int) -> None:
        self.returned.problems.append(
            Problem(
                code=code,
                level=Level.ERROR,
                file=self.file,
                sheet=self.meta["list"],
                cell=asked.at(column),
                values={"line": _text(asked.known["line"]), "place": _text(asked.known["cell"])},
            )
        )


def _without_opinions(grid: Grid, heading: str) -> Grid:
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


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _text(value: Any) -> str:
    return as_text(value).strip()


def _typed(value: Cell) -> Cell:
    text = _text(value)
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,8}", text) else text if isinstance(value, str) else value


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _row_of(cell: Any) -> int:
    return int(re.sub(r"\D", "", _text(cell)))


def _column_of(cell: str) -> int:
    number = 0
    for letter in cell.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
