"""A sheet's plan and its organisations in; the sheet as cells, and what each of its rows tells, out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from coverage_census.sample.sheets import cells
from coverage_census.sample.sheets.grid import Row, SampleGrid
from coverage_census.sample.sheets.layouts import SampleColumn, SampleLayout, layout
from coverage_census.sample.sheets.plan import SheetPlan
from coverage_census.sample.sheets.style import CellTells
from coverage_census.sample.units.unit import Cell, SampleUnit

# The row by which an office shows how its form is to be filled in; it is no organisation.
_EXAMPLE: dict[str, Cell] = {
    "seq": "样例",
    "name": "××县××有限公司",
    "employees": 25,
    "members_total": 4,
    "members_formal": 3,
}
_SUMMED = {"number", "ming", "ren", "wide", "digits"}
_YES = {"是否", "有无", "已建", "已建立", "√×"}


@dataclass(frozen=True)
class Shown:
    """One organisation's row: 1-based number, what it tells, whether the organisation stood on this sheet before."""

    unit: SampleUnit
    plan: SheetPlan
    row: int
    told: dict[str, CellTells]
    repeated: bool = False


@dataclass
class Composed:
    """A finished sheet; `wrong_total` is the cell (row, column letter number, both 1-based) of a total that is off."""

    grid: SampleGrid
    shown: list[Shown] = field(default_factory=list)
    wrong_total: tuple[int, int] | None = None
    wrong_section: int | None = None  # the row of a section that states one organisation too many


def compose(
    plan: SheetPlan, units: Sequence[SampleUnit], again: Sequence[SampleUnit], slip: bool, rng: Random
) -> Composed:
    """`again` are units of the sheet that it lists a second time; with `slip` its totals row and its first section
    row disagree with what stands there."""
    form = layout(plan.layout)
    sheet = Composed(SampleGrid(plan.name, width=len(form.columns)))
    _open(plan, form, sheet.grid)
    body = _Body(plan, form, sheet, rng, slip)
    body.rows(_ordered(plan, form, units, rng), again)
    if plan.gap:
        sheet.grid.add([])
    if plan.totals:
        sheet.wrong_total = body.total(plan.totals, list(units), slip)
    _close(plan, sheet.grid)
    return sheet


def _ordered(plan: SheetPlan, form: SampleLayout, units: Sequence[SampleUnit], rng: Random) -> list[SampleUnit]:
    mixed = list(units)
    rng.shuffle(mixed)
    by = plan.section or ("township" if any(column.style == "merged" for column in form.columns) else "")
    return sorted(mixed, key=lambda unit: str(unit.get(by))) if by else mixed


def _open(plan: SheetPlan, form: SampleLayout, grid: SampleGrid) -> None:
    """Title, the line of 填报单位, header, and the row of numbers under it."""
    for _ in range(plan.blank_top):
        grid.add([])
    for title in plan.title:
        grid.across(plan.words(title))
    grid.titles = plan.blank_top + len(plan.title)
    if plan.line:
        parts = [plan.words(part) for part in plan.line.split("|||")]
        row: Row = [None] * grid.width
        row[0] = parts[0]
        if len(parts) > 1:
            row[grid.width * 2 // 3] = parts[1]
        grid.add(row)
    grid.head([column.path for column in form.columns])
    if plan.number_row:
        words = [*"甲乙"] if plan.number_row == "jiayi" else []
        grid.add([*words, *range(1, grid.width - len(words) + 1)])
    if plan.example:
        grid.add([_EXAMPLE.get(column.style, _EXAMPLE.get(column.field or "")) for column in form.columns])


def _close(plan: SheetPlan, grid: SampleGrid) -> None:
    for note in plan.notes:
        grid.across(plan.words(note))
    if plan.sign:
        row: Row = [None] * grid.width
        row[0], row[grid.width // 3], row[grid.width * 2 // 3] = "填报人：", "审核人：", "（公章）"
        grid.add(row)


@dataclass
class _Body:
    plan: SheetPlan
    form: SampleLayout
    sheet: Composed
    rng: Random
    slip: bool
    number: int = 0

    def rows(self, units: list[SampleUnit], again: Sequence[SampleUnit]) -> None:
        """The lines of the units, section by section where the form has sections; `again` are listed a second time."""
        by = self.plan.section
        if not by:
            self._block([*units, *again], len(units))
            return
        for section, members in groupby(units, key=lambda unit: unit.get(by)):
            block = list(members)
            wrong = self.slip and self.sheet.wrong_section is None
            at = self.sheet.grid.across(f"{section}（{len(block) + wrong}家）")
            if wrong:
                self.sheet.wrong_section = at + 1
            self._block(block, len(block))
            if self.plan.subtotals:
                self.total("小计", block, slip=False)
        if again:
            raise ValueError("a sheet with sections lists nobody twice")

    def _block(self, units: list[SampleUnit], distinct: int) -> None:
        first = len(self.sheet.grid.rows)
        for at, unit in enumerate(units):
            self._row(unit, repeated=at >= distinct)
        for at, column in enumerate(self.form.columns):
            if column.style in {"merged", "ditto"}:
                self._thin_out(first, at, column.style)

    def _row(self, unit: SampleUnit, repeated: bool) -> None:
        self.number += 1
        told = self._context(unit)
        row: Row = []
        for column in self.form.columns:
            cell, fields = cells.write(unit, column, self.rng)
            row.append(self._own(column, cell))
            told |= fields
        at = self.sheet.grid.add(row)
        self.sheet.shown.append(Shown(unit, self.plan, at + 1, told, repeated))

    def _own(self, column: SampleColumn, cell: Any) -> Any:
        """What the sheet itself puts into a cell: the running number, the reporting unit."""
        if column.style == "seq":
            return self.number
        return f"{self.plan.townships[0]}党委" if column.style == "reporter" else cell

    def _context(self, unit: SampleUnit) -> dict[str, CellTells]:
        """What title, unit line and section rows say about every row."""
        told = {"county": CellTells(self.plan.county)} if self.plan.names_county else {}
        if len(self.plan.townships) == 1:
            told["township"] = CellTells(self.plan.townships[0])
        if self.plan.section:
            told[self.plan.section] = CellTells(unit.get(self.plan.section))
        return told

    def _thin_out(self, first: int, at: int, style: str) -> None:
        """Equal values below each other: merged into one cell, or written 同上."""
        rows = self.sheet.grid.rows
        start = first
        for here in range(first + 1, len(rows) + 1):
            if here < len(rows) and rows[here][at] == rows[start][at] and rows[start][at] is not None:
                continue
            if style == "merged" and here - start > 1:
                self.sheet.grid.merges.append((start, at, here - 1, at))
            for below in range(start + 1, here):
                rows[below][at] = None if style == "merged" else "同上"
            start = here

    def total(self, word: str, units: list[SampleUnit], slip: bool) -> tuple[int, int] | None:
        """A totals row: sums of counts, the number of yeses; `slip` adds one to its first sum."""
        row: Row = [None] * len(self.form.columns)
        wrong = None
        for at, column in enumerate(self.form.columns):
            row[at] = _sum(column, units)
            if slip and wrong is None and column.style in _SUMMED and isinstance(row[at], int):
                row[at] = int(str(row[at])) + 1
                wrong = at
        row[0] = word
        added = self.sheet.grid.add(row)
        return None if wrong is None else (added + 1, wrong + 1)


def _sum(column: SampleColumn, units: list[SampleUnit]) -> int | None:
    if column.field is None or any(column.field in unit.inexact for unit in units):
        return None
    values: list[Any] = [unit.get(column.field) for unit in units]
    if column.style in _SUMMED:
        return sum(int(value) for value in values if value is not None)
    return sum(value is True for value in values) if column.style in _YES and column.field != "instructors" else None
