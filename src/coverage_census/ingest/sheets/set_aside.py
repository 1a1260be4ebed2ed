"""A sheet that is no ledger in; what it is, with what to do, out. Of a roster nothing but its headings is told."""

import re

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.headings.meanings import Meaning, meaning
from coverage_census.ingest.layout import context, kinds, sheet_day, statistics
from coverage_census.ingest.layout.context import Context
from coverage_census.ingest.layout.header import Header
from coverage_census.ingest.sheets import crosstab
from coverage_census.ingest.sheets.sheet import Sheet, day_told, lines_of, reading_of
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import Level, Problem, Understood

_TOP = 10  # rows among which a list has its heading
_INSTRUCTIONS = re.compile(r"说明|须知|解释|示例|字典|选项|代码表")


def set_aside(grid: Grid, top: Header | None, sort: kinds.Sort, incoming: Incoming) -> Sheet:
    """What is no ledger: named, with what to do; of a roster nothing but its headings is told."""
    figures = statistics.read(grid) if sort == "crosstab" else None
    top = figures.head if figures is not None else top
    found = _around(grid, top, incoming) if sort == "crosstab" else Context()
    headed = [] if top is None or sort not in ("roster", "crosstab") else _headed(top, sort)
    reading_ = reading_of(grid, sort, found, headed, (top.first + 1, top.last + 1) if top and headed else None, 0)
    if sort == "crosstab" and figures is not None:
        reading_ = reading_.model_copy(update={"understood": _of_figures(grid, figures)})
    sheet = Sheet(reading_, problems=day_told(grid, found, incoming))
    codes = {
        "roster": ("roster", Level.ERROR),
        "crosstab": ("crosstab", Level.NOTE),
        "other": ("other_sheet", Level.NOTE),
    }
    named = _names_alone(grid) if sort == "other" else None
    if named is not None:
        told = Problem(code="names_only", level=Level.ERROR, file=incoming.label, sheet=grid.name, cell=named)
        sheet.problems.append(told)
    elif grid.rows and not (sort == "other" and _INSTRUCTIONS.search(grid.name)):
        code, level = codes[sort]
        sheet.problems.append(Problem(code=code, level=level, file=incoming.label, sheet=grid.name))
    if figures is not None:
        sheet.problems.extend(crosstab.check(figures, grid, incoming.label))
    return sheet


def _names_alone(grid: Grid) -> str | None:
    """The cell that heads a mere list of names: nothing but numbers of rows stands beside these."""
    for number, row in enumerate(grid.rows[:_TOP]):
        headings = [(index, cell) for index, cell in enumerate(row) if isinstance(cell, str)]
        column = next((index for index, text in headings if meaning((text,)).fields == ("name",)), None)
        if column is None:
            continue
        below = grid.rows[number + 1 :]
        names = [each[column] for each in below if isinstance(each[column], str)]
        beside = [cell for each in below for index, cell in enumerate(each) if index != column and cell is not None]
        listed = len(headings) <= 2 and len(names) > 1 and all(_is_number_of_row(cell) for cell in beside)
        return cell_name(number, column) if listed else None
    return None


def _is_number_of_row(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or bare(cell).isdecimal()


def _of_figures(grid: Grid, figures: statistics.Statistics) -> Understood:
    """Headings that have figures below them; figures, labels and what stands above them."""
    headed = [path for path in figures.head.paths if path]
    stub = min((line.index for line in figures.columns), default=0)
    total = sum(1 for row in grid.rows for cell in row if cell is not None)
    labels = sum(1 for line in figures.rows for cell in grid.rows[line.index][:stub] if cell is not None)
    above = sum(1 for row in grid.rows[: figures.head.body] for cell in row if cell is not None)
    named = sum(1 for index in range(stub) if figures.head.paths[index])
    columns = round((len(figures.columns) + named) / len(headed), 3) if headed else None
    cells = round((len(figures.figures) + labels + above) / total, 3) if total else None
    return Understood(columns=columns, cells=cells)


def _around(grid: Grid, top: Header | None, incoming: Incoming) -> Context:
    first = top.first if top else 0
    return context.read(lines_of(grid, 0, first), sheet_day.stated_cells(grid.rows[first:]), grid.name, incoming)


def _headed(top: Header, sort: kinds.Sort) -> list[Column]:
    """Headings without fields; those of a roster all count as personal."""
    return [Column(index, path, Meaning(), dropped=sort == "roster") for index, path in enumerate(top.paths) if path]
