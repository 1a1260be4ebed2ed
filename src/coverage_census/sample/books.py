"""Sheets with their organisations in; the files of a sample and the truth about them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.sample import truth
from coverage_census.sample.sheets.grid import SampleGrid
from coverage_census.sample.sheets.layouts import layout
from coverage_census.sample.sheets.pages import page
from coverage_census.sample.sheets.plan import SheetPlan
from coverage_census.sample.sheets.sheet import Composed, Shown, compose
from coverage_census.sample.sheets.write import file_name, write
from coverage_census.sample.units import dirt as soiling
from coverage_census.sample.units.dirt import Dirt
from coverage_census.sample.units.unit import Cell, Day, SampleUnit

Placed = Mapping[SheetPlan, list[SampleUnit]]
_CASES = {"wrong_check_digit", "old_number", "destroyed_code", "wrong_sum"}
_PERSONAL = {"person", "phone", "politics", "member"}


@dataclass
class Built:
    """Files written, organisations as the truth has them, and what a reader should report."""

    files: list[Path] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)  # files whose own format could not be written here
    organisations: list[dict[str, Any]] = field(default_factory=list)
    reported: list[dict[str, Any]] = field(default_factory=list)

    def add(self, more: "Built") -> None:
        """Takes over what another part of the sample brought."""
        self.files += more.files
        self.replaced += more.replaced
        self.organisations += more.organisations
        self.reported += more.reported


@dataclass(frozen=True)
class Extra:
    """What the sheets have besides their organisations: rows given twice, totals that are off."""

    again: Mapping[SheetPlan, Sequence[SampleUnit]] = field(default_factory=dict)
    slips: frozenset[SheetPlan] = frozenset()


def build(out: Path, plans: Sequence[SheetPlan], placed: Placed, extra: Extra, rng: Random) -> Built:
    """Composes and writes every book; sheets of one file follow each other in `plans`."""
    built = Built()
    shown: list[Shown] = []
    for file, sheets in groupby(plans, key=lambda plan: plan.file):
        name = file_name(file)
        if name != file:
            built.replaced.append(name)
        grids = []
        for plan in sheets:
            as_written = replace(plan, file=name)
            if not plan.layout:
                grids.append(page(plan))
                built.reported += _roster(as_written)
                continue
            sheet = compose(as_written, placed[plan], extra.again.get(plan, ()), plan in extra.slips, rng)
            grids.append(_in_script(sheet.grid, plan))
            built.reported += _report(sheet, as_written)
            shown += sheet.shown
        built.files.append(write(out, name, grids))
    built.organisations = truth.organisations(shown)
    built.reported += _reported_twice(built.organisations)
    return built


def draw_extra(placed: Placed, dirt: Dirt, rng: Random) -> Extra:
    """Which rows are given twice and which totals are off."""
    again: dict[SheetPlan, list[SampleUnit]] = {}
    plain = [
        (plan, unit)
        for plan, units in placed.items()
        for unit in units
        if not plan.section and unit.get("uscc") and not unit.cases
    ]
    for plan, unit in soiling.some(rng, plain, dirt.repeated_rows):
        again.setdefault(plan, []).append(unit)
    summed = [plan for plan in placed if plan.totals]
    slips = soiling.some(rng, summed, dirt.wrong_totals)
    slips += soiling.some(rng, [plan for plan in placed if plan.section], dirt.wrong_section_counts)
    return Extra(again, frozenset(slips))


def _report(sheet: Composed, plan: SheetPlan) -> list[dict[str, object]]:
    """Personal columns, rows given twice, codes with a slip, totals that are off: each at its place."""
    place = {"file": plan.file, "sheet": plan.name or None}
    found: list[dict[str, Any]] = []
    for at, column in enumerate(layout(plan.layout).columns):
        if column.style in _PERSONAL:
            found.append({"what": "personal_column", **place, "column": letter(at), "heading": column.heading})
    for row in sheet.shown:
        if row.repeated:
            found.append({"what": "repeated_row", **place, "row": row.row, "name": row.unit.name})
        kinds = [case for case in row.unit.cases if case in _CASES]
        found += [{"what": kind, **place, "row": row.row, "name": row.unit.name} for kind in kinds]
    if sheet.wrong_section:
        found.append({"what": "wrong_section_count", **place, "row": sheet.wrong_section})
    if sheet.wrong_total:
        row_number, column_number = sheet.wrong_total
        found.append({"what": "wrong_total", **place, "row": row_number, "column": letter(column_number - 1)})
    return found


def _reported_twice(organisations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Organisations that a second file names: for the ledger to find, since no single sheet is at fault."""
    return [
        {"what": "reported_twice", **again["source"], "name": row["name"], "other": row["source"]}
        for row in organisations
        for again in row["again"]
        if again["source"]["file"] != row["source"]["file"]
    ]


def _roster(plan: SheetPlan) -> list[dict[str, object]]:
    return [{"what": "roster", "file": plan.file, "sheet": plan.name}] if plan.roster else []


def letter(at: int) -> str:
    """The spreadsheet's name of the `at`-th column (0-based)."""
    return (chr(ord("A") + at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _in_script(grid: SampleGrid, plan: SheetPlan) -> SampleGrid:
    """The same sheet in traditional script where its layout asks for it."""
    if not layout(plan.layout).traditional:
        return grid

    def convert(cell: Cell | Day) -> Cell | Day:
        # The old form 嶽 is in the dictionary, but nobody writes the county so.
        return _traditional().convert(cell).replace("嶽", "岳") if isinstance(cell, str) else cell

    return replace(grid, rows=[[convert(cell) for cell in row] for row in grid.rows])


@cache
def _traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")
