"""The grids of a workbook in; if it is a return workbook (退回表), the sender's own sheets and the answers out of it.

A correction is written into the cell it is about before the sheet is read, so that it passes the same checks as what
stands on a sheet. It may be another cell than before: rows move when people insert and sort.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from coverage_census.ingest.cells.clean import as_text
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.returned import opinions, values
from coverage_census.ingest.returned.hidden_sheet import ACTION, FORMAT, HIDDEN, META, NEW, SIGN, value_hash
from coverage_census.ingest.returned.problem_list import AskedProblem, answered, text
from coverage_census.model.reading import Answer, Level, Problem


@dataclass
class Returned:
    """A workbook without what the return added. `original` None: it is an ordinary workbook."""

    grids: Sequence[Grid]
    original: str | None = None
    own_sheets: frozenset[str] = frozenset()
    answers: list[Answer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    written: bytes = b""
    sha256: str | None = None  # of the file that it was made of


def take_apart(grids: Sequence[Grid], file: str) -> Returned:
    """`grids` themselves where the workbook is no return."""
    hidden = next((grid for grid in grids if grid.name == HIDDEN and grid.rows and grid.rows[0][0] == SIGN), None)
    if hidden is None:
        return Returned(grids)
    meta = dict.fromkeys(META, "") | {text(row[0]): text(_at(row, 1)) for row in hidden.rows[1 : len(META) + 1]}
    own = frozenset((HIDDEN, meta["list"]))
    data = [opinions.without(grid, meta["opinion"]) for grid in grids if grid.name not in own]
    returned = Returned([] if meta["whole"] == "0" else data, meta["original"], own, sha256=meta["sha256"] or None)
    if text(_at(hidden.rows[0], 1)) != str(FORMAT):
        returned.problems.append(
            Problem(code="return_newer", level=Level.ERROR, file=file, sheet=meta["list"], cell=None)
        )
        return returned
    asked = next((grid for grid in grids if grid.name == meta["list"]), None)
    for each in answered(hidden, asked) if asked else ():
        _Reading(returned, meta, file).take(each)
    said = [
        (each.known["line"], each.does, as_text(each.new), each.reason) for each in answered(hidden, asked or hidden)
    ]
    returned.written = repr(said).encode() if said else b""
    return returned


class _Reading:
    """The answers of one workbook, one by one: into its sheets, into the list of answers, or reported."""

    def __init__(self, returned: Returned, meta: Mapping[str, str], file: str) -> None:
        self.returned, self.meta, self.file = returned, meta, file

    def take(self, asked: AskedProblem) -> None:
        if asked.does in (self.meta["confirmed"], "属实"):
            self._confirm(asked)
        elif asked.does in (self.meta["corrected"], "改正") or (not asked.does and text(asked.new)):
            self._correct(asked)
        else:
            self._report("answer_unclear", asked, ACTION)

    def _confirm(self, asked: AskedProblem) -> None:
        if asked.known["level"] == Level.ERROR:
            self._report("answer_not_enough", asked, ACTION)
        else:
            self._keep("confirmed", asked, asked.home, asked.known["cell"], None)

    def _correct(self, asked: AskedProblem) -> None:
        if self.meta["whole"] == "0":
            self._correct_list(asked)
            return
        grid = next((each for each in self.returned.grids if each.name == asked.known["sheet"]), None)
        place = asked.now_in(grid) if grid is not None else None
        if not asked.known["cell"]:
            self._report("answer_without_cell", asked, NEW)
        elif grid is None or place is None:
            self._report("answer_moved", asked, NEW)
        else:
            self._write(asked, grid, *place)

    def _write(self, asked: AskedProblem, grid: Grid, row: int, column: int) -> None:
        """`改正为` into its cell, unless somebody wrote something else into that cell itself."""
        stands, hash_ = grid.rows[row][column], asked.known["hash"]
        edited = hash_ is not None and value_hash(stands) != hash_
        if not text(asked.new):
            if not edited:
                self._report("answer_without_value", asked, NEW)
            return
        if edited and as_text(stands).strip() != text(asked.new):
            self._report("answer_conflicts", asked, NEW)
            return
        if not values.may_stand(text(asked.known["field"]), asked.new):
            self._report("answer_unreadable", asked, NEW)
            return
        grid.rows[row][column] = _typed(asked.new)
        shift = row - asked.place[0] if asked.place else 0
        whose = asked.home + shift if asked.home is not None else None
        typed = grid.rows[row][column]
        value = typed if whose is None and isinstance(typed, (int, float)) else None
        self._keep("corrected", asked, whose, cell_name(row, column), value)

    def _correct_list(self, asked: AskedProblem) -> None:
        """There is no sheet to write it into: what it means is read here, for the ledger to enter."""
        name = asked.known["field"]
        if asked.subject is None or not name:
            self._report("answer_without_cell", asked, NEW)
        elif not text(asked.new):
            self._report("answer_without_value", asked, NEW)
        else:
            value = values.read(str(name), asked.new)
            if value is None:
                self._report("answer_unreadable", asked, NEW)
            else:
                self._keep("corrected", asked, asked.home, asked.known["cell"], value)

    def _keep(
        self, does: Literal["corrected", "confirmed"], asked: AskedProblem, row: int | None, cell: Any, value: Any
    ) -> None:
        known = asked.known
        hidden = redact.redact(asked.reason)
        self.returned.answers.append(
            Answer(
                does=does,
                code=text(known["code"]),
                finding=text(known["finding"]),
                at=f"{self.meta['list']}!{asked.at(ACTION)}",
                sheet=text(known["sheet"]) or None,
                cell=text(cell) or None,
                row=row,
                field=text(known["field"]) or None,
                subject=asked.subject,
                value=value,
                reason=(hidden.text if hidden else asked.reason) or None,
            )
        )

    def _report(self, code: str, asked: AskedProblem, column: int) -> None:
        self.returned.problems.append(
            Problem(
                code=code,
                level=Level.ERROR,
                file=self.file,
                sheet=self.meta["list"],
                cell=asked.at(column),
                values={"line": text(asked.known["line"]), "place": text(asked.known["cell"])},
            )
        )


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _typed(value: Cell) -> Cell:
    words = text(value)
    return int(words) if re.fullmatch(r"0|[1-9]\d{0,8}", words) else words if isinstance(value, str) else value
