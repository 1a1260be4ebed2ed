"""One grid in; how it was understood, and the facts of its organisations with their problems, out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from coverage_census.ingest import (
    blocks,
    cards,
    checks,
    columns,
    context,
    crosstabs,
    header,
    headings,
    kinds,
    merged,
    reading,
    records,
    rows,
    settle,
    statistics,
    totals,
)
from coverage_census.ingest.columns import Column
from coverage_census.ingest.context import Context
from coverage_census.ingest.facts import Facts
from coverage_census.ingest.grid import Cell, Grid, cell_name, column_letters
from coverage_census.ingest.header import Header
from coverage_census.ingest.headings import Meaning
from coverage_census.ingest.incoming import Incoming
from coverage_census.ingest.rows import Body
from coverage_census.ingest.suggestions import report_columns
from coverage_census.model import ColumnReading, Level, Problem, SheetReading, about

_INSTRUCTIONS = re.compile(r"说明|须知|解释|示例|字典|选项|代码表")


@dataclass
class Sheet:
    """A sheet as read: its reading, and the facts of its tables (none where it was set aside)."""

    reading: SheetReading
    facts: list[Facts] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tables: list[tuple[Facts, Sequence[Column], Body, int]] = field(default_factory=list)
    grid: Grid | None = None

    def joined(self, other: "Sheet") -> "Sheet":
        """This and a further table of the same sheet; the header shown is the first one's."""
        more = {
            "columns": self.reading.columns + other.reading.columns,
            "data_rows": self.reading.data_rows + other.reading.data_rows,
        }
        reading = self.reading.model_copy(update=more)
        return Sheet(
            reading, self.facts + other.facts, self.problems + other.problems, self.tables + other.tables, self.grid
        )

    def check_totals(self, repeated: Mapping[int, set[int]]) -> None:
        """Totals against distinct organisations; `repeated` holds the duplicates of each of the facts."""
        for number, (facts, read, body, name) in enumerate(self.tables):
            if self.grid is not None:
                totals.check(facts, read, body, self.grid.rows, repeated.get(number, set()), name)


def read(grid: Grid, incoming: Incoming, office: Mapping[str, str]) -> Sheet:
    """Classify, then read what is a ledger or a card; set the rest aside with a sentence that helps."""
    own = frozenset(headings.key(part) for heading in office for part in heading.split(">"))
    top = header.find(grid, own) if grid.rows else None
    meanings = columns.meanings(top.paths, office) if top else {}
    name = columns.name_column(meanings, lambda index: _sample(grid, top, index)) if top else None
    sort = kinds.classify(grid, top, meanings, name) if grid.rows else "other"
    if sort == "ledger" and top is not None and name is not None:
        sheet = _ledgers(grid, top, office, own, incoming)
    elif sort == "card":
        sheet = _cards(grid, incoming, office)
    else:
        sheet = _set_aside(grid, top, sort, incoming)
    if grid.hidden and grid.rows:
        sheet.problems.append(Problem(code="hidden_sheet", level=Level.NOTE, file=incoming.label, sheet=grid.name))
    return sheet


def _sample(grid: Grid, top: Header | None, index: int) -> list[Cell]:
    return [row[index] for row in grid.rows[top.body : top.body + 400]] if top else []


def _ledgers(grid: Grid, top: Header, office: Mapping[str, str], own: frozenset[str], incoming: Incoming) -> Sheet:
    """Every table of the sheet, from its header to the next one's; what is no ledger further down is set aside."""
    heads: list[Header] = [top]
    for row in blocks.further(grid, top):
        following = header.find(grid, own, max(heads[-1].body, row - 3))
        if following is not None and following.first > heads[-1].last:
            heads.append(following)
    sheet: Sheet | None = None
    for number, head in enumerate(heads):
        end = heads[number + 1].first if number + 1 < len(heads) else len(grid.rows)
        while number + 1 < len(heads) and end > head.body and len(header.filled(grid.rows[end - 1])) <= 1:
            end -= 1  # the title of the next table
        lines = _lines(grid, heads[number - 1].body if number else 0, head.first)[-6:]
        part = Grid(grid.name, grid.rows[:end], tuple(area for area in grid.merges if area[0] < end), grid.hidden)
        read_ = _table(part, head, office, lines + (_lines(grid, 0, top.first) if number else []), incoming)
        sheet = read_ if sheet is None else sheet.joined(read_)
    assert sheet is not None
    sheet.grid = grid
    return sheet


def _table(grid: Grid, top: Header, office: Mapping[str, str], lines: list[list[str]], incoming: Incoming) -> Sheet:
    """One table, if it is a ledger."""
    meanings = columns.meanings(top.paths, office)
    name = columns.name_column(meanings, lambda index: _sample(grid, top, index))
    below = Grid(grid.name, grid.rows[top.first :])
    if name is None or kinds.is_roster(below, top):
        return _set_aside(below, None, "roster" if kinds.is_roster(below, top) else "other", incoming)
    return _ledger(grid, top, meanings, name, lines, incoming)


def _ledger(
    grid: Grid, top: Header, meanings: Mapping[int, Meaning], name: int, lines: list[list[str]], incoming: Incoming
) -> Sheet:
    areas = merged.fill_down(grid, top.body)
    body = _body(grid, top, meanings, name)
    merged.join_names(grid, body, areas.get(name, ()))
    found = context.read(lines, body.notes, grid.name, incoming)
    facts = Facts(incoming.label, grid.name, body.records)
    cells = _Cells(grid, body.records)
    read_columns = _with_units(columns.decide(top.paths, meanings, name, cells.sample), top, found)
    _names(facts, read_columns, name, cells, body)
    spans = merged.shared_rows(facts, areas)
    records.collect(facts, read_columns, cells.of, lambda index: spans.get(index, frozenset()))
    heading = next(column.path[-1] for column in read_columns if column.index == name)
    settle.settle(facts, found, heading, _by_section(facts, body, found))
    checks.check(facts, found)
    report_columns(
        facts,
        read_columns,
        lambda column: cell_name(header.leaf_row(grid, top, column.index), column.index),
        cells.sample,
    )
    sheet_reading = _reading(grid, "ledger", found, read_columns, (top.first + 1, top.last + 1), len(facts.rows))
    return Sheet(sheet_reading, [facts], [], [(facts, read_columns, body, name)], grid)


def _body(grid: Grid, top: Header, meanings: Mapping[int, Meaning], name: int) -> Body:
    """The rows sorted, with what the headings alone already say of the columns."""
    first = columns.decide(top.paths, meanings, name, lambda index: _sample(grid, top, index))
    places = [column.index for column in first if column.field in ("township", "county", "village")]
    lead = sorted({*range(min(name + 1, 6)), *places, *range(min(3, len(grid.rows[0])))})
    weak = ("name", "township", "county", "kind", "subtype", "village", None)
    telling = [column.index for column in first if column.field not in weak]
    return rows.sort(grid, top.body, name, lead, telling, _heads(grid, top))


class _Cells:
    """The cells of the records by column."""

    def __init__(self, grid: Grid, chosen: Sequence[int]) -> None:
        self.rows = [grid.rows[row] for row in chosen]

    def of(self, index: int) -> list[Cell]:
        return [row[index] for row in self.rows]

    def sample(self, index: int) -> list[Cell]:
        return [row[index] for row in self.rows[:2000]]


def _heads(grid: Grid, top: Header) -> frozenset[str]:
    """The texts of the header itself, which some sheets print again on every page."""
    return frozenset(
        cell for row in grid.rows[top.first : top.last + 1] for cell in row if isinstance(cell, str) and len(cell) > 1
    )


def _names(facts: Facts, read_columns: Sequence[Column], name: int, cells: _Cells, body: Body) -> None:
    """The names; rows whose name says nothing are no organisations."""
    column = next(each for each in read_columns if each.index == name)
    found = reading.texts(facts, column, cells.of(name), "name")
    if None in found:
        keep = [row for row, value in enumerate(found) if value is not None]
        body.blank_names.extend(facts.rows[row] for row, value in enumerate(found) if value is None)
        facts.rows = [facts.rows[row] for row in keep]
        cells.rows = [cells.rows[row] for row in keep]
        found = [found[row] for row in keep]
    facts.put("name", found, name)
    for row in body.blank_names:
        facts.report("missing_name", Level.ERROR, cell_name(row, name), "name", row=row + 1)


def _with_units(read_columns: list[Column], top: Header, found: Context) -> list[Column]:
    """A unit from the row of units, else from 单位：万元 in a line above, where the heading has none."""
    done = []
    for column in read_columns:
        unit = top.units[column.index] if top.units else ""
        measure = found.measure if column.field in ("revenue_10k", "funds_yuan") else ""
        if "元" not in column.meaning.hint and "元" in unit + measure:
            column = replace(column, meaning=replace(column.meaning, hint=unit or measure))
        done.append(column)
    return done


def _by_section(facts: Facts, body: Body, found: Context) -> list[Context] | None:
    """What each row's section says: township, village or zone, kind; None where there are no sections."""
    if not body.sections:
        return None
    waiting, now = list(body.sections), Context()
    said, villages, zones = list[Context](), list[str | None](), list[str | None]()
    village, zone = None, None
    for row in facts.rows:
        while waiting and waiting[0].row < row:
            section = waiting.pop(0)
            kind, place = context.kind_of(section.text), section.place
            if place is None:
                now = replace(now, kind=kind or now.kind)
            elif context.is_village(place):
                village = place
            elif context.is_zone(place) and found.township is not None:
                village, zone = None, place
            else:
                county, town = context.township_of(place)
                now, village, zone = Context(county=county, township=town, kind=kind), None, None
        said.append(now)
        villages.append(village)
        zones.append(zone)
    for field_, values in (("village", villages), ("zone", zones)):
        if any(values):
            facts.put(field_, [a or b for a, b in zip(facts.of(field_), values, strict=True)])
    return said


def _lines(grid: Grid, first: int, last: int) -> list[list[str]]:
    """The texts of the rows above a table."""
    return [[str(cell) for cell in row if cell is not None] for row in grid.rows[first:last]]


def _reading(
    grid: Grid,
    kind: kinds.Sort,
    found: Context,
    read_columns: Sequence[Column],
    rows_: tuple[int, int] | None,
    count: int,
) -> SheetReading:
    return SheetReading(
        sheet=grid.name,
        kind=kind,
        header_rows=rows_,
        data_rows=count,
        unit=found.unit,
        county=found.county,
        township=found.township,
        as_of=found.as_of,
        columns=tuple(_column_reading(column, column_letters(column.index)) for column in read_columns),
    )


def _column_reading(column: Column, place: str) -> ColumnReading:
    known = column.field if column.field in about() else _FEEDS.get(column.field or "")
    return ColumnReading(
        column=place,
        heading=column.heading,
        field=known,
        dropped="personal" if column.dropped else None,
        skipped=column.meaning.ignored and not column.dropped,
    )


_FEEDS = {"coverage": "has_org", "mass_orgs": "has_union"}


def _cards(grid: Grid, incoming: Incoming, office: Mapping[str, str]) -> Sheet:
    first = next(index for index, row in enumerate(grid.rows) if any(map(kinds.is_label, row)))
    found = context.read(_lines(grid, 0, first), [], grid.name, incoming)
    every: list[ColumnReading] = []
    sheet = Sheet(_reading(grid, "card", found, (), None, 0))
    for card in cards.read(grid):
        paths = tuple(card.paths)
        meanings = columns.meanings(paths, office)
        name = columns.name_column(meanings, lambda index, card=card: [card.values[index]])  # type: ignore[misc]
        if name is None:
            continue
        facts = Facts(incoming.label, grid.name, [card.row], cells=dict(enumerate(card.cells)))
        cells = _Cells(Grid(grid.name, [card.values]), [0])
        read_columns = columns.decide(paths, meanings, name, cells.sample)
        every.extend(_column_reading(column, card.cells[column.index]) for column in read_columns)
        _names(facts, read_columns, name, cells, Body())
        records.collect(facts, read_columns, cells.of, lambda index: frozenset())
        settle.settle(facts, found, paths[name][-1], None)
        checks.check(facts, found)
        report_columns(facts, read_columns, lambda column, card=card: card.cells[column.index], cells.sample)  # type: ignore[misc]
        sheet.facts.append(facts)
    sheet.reading = sheet.reading.model_copy(
        update={"columns": tuple(every), "data_rows": sum(len(f.rows) for f in sheet.facts)}
    )
    return sheet


def _set_aside(grid: Grid, top: Header | None, sort: kinds.Sort, incoming: Incoming) -> Sheet:
    """What is no ledger: named, with what to do; of a roster nothing but its headings is told."""
    figures = statistics.read(grid) if sort == "crosstab" else None
    top = figures.head if figures is not None else top
    found = (
        context.read(_lines(grid, 0, top.first if top else 0), [], grid.name, incoming)
        if sort == "crosstab"
        else Context()
    )
    headed = [] if top is None or sort not in ("roster", "crosstab") else _headed(top, sort)
    reading_ = _reading(grid, sort, found, headed, (top.first + 1, top.last + 1) if top and headed else None, 0)
    sheet = Sheet(reading_)
    codes = {
        "roster": ("roster", Level.ERROR),
        "crosstab": ("crosstab", Level.WARNING),
        "other": ("other_sheet", Level.NOTE),
    }
    if grid.rows and not (sort == "other" and _INSTRUCTIONS.search(grid.name)):
        code, level = codes[sort]
        sheet.problems.append(Problem(code=code, level=level, file=incoming.label, sheet=grid.name))
    if figures is not None:
        sheet.problems.extend(crosstabs.check(figures, grid, incoming.label))
    return sheet


def _headed(top: Header, sort: kinds.Sort) -> list[Column]:
    """Headings without fields; those of a roster all count as personal."""
    return [Column(index, path, Meaning(), dropped=sort == "roster") for index, path in enumerate(top.paths) if path]
