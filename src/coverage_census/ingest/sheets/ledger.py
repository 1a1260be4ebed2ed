"""A sheet that is a ledger in; every table of it as facts, from its header to the next one's, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coverage_census.ingest.cells import places
from coverage_census.ingest.checks import breakdowns, contradictions, ended
from coverage_census.ingest.grid import Across, Cell, Down, Grid, cell_name
from coverage_census.ingest.headings import columns
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.headings.meanings import Meaning
from coverage_census.ingest.layout import context, header, kinds, rows, tables_below, tables_beside
from coverage_census.ingest.layout.context import Context
from coverage_census.ingest.layout.header import Header
from coverage_census.ingest.layout.rows import Body
from coverage_census.ingest.records import collect, column_values, founding_day, settle, year_columns
from coverage_census.ingest.records.facts import Facts
from coverage_census.ingest.records.unknown_headings import Place, report_columns
from coverage_census.ingest.sheets import account, merged
from coverage_census.ingest.sheets.set_aside import set_aside
from coverage_census.ingest.sheets.sheet import Sheet, day_told, lines_of, reading_of
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import fields_of
from coverage_census.model.reading import Level, Problem, SheetReading

_NUMBERS = frozenset(["甲", "A", "栏次", "行次"])  # how a row of column numbers begins


def read(grid: Grid, top: Header, office: Mapping[str, str], own: frozenset[str], incoming: Incoming) -> Sheet:
    """Every table of the sheet, from its header to the next one's; what is no ledger further down is set aside."""
    sheet: Sheet | None = None
    for part, head, lines in tables(grid, top, own):
        read_ = _table(part, head, office, lines, incoming)
        sheet = read_ if sheet is None else sheet.joined(read_)
    assert sheet is not None
    sheet.grid = grid
    return sheet


def tables(grid: Grid, top: Header, own: frozenset[str]) -> Iterator[tuple[Grid, Header, list[list[str]]]]:
    """Each table below or beside the others, cut out of the sheet, with its header and the lines above it."""
    heads: list[Header] = [top]
    for row in tables_below.further(grid, top):
        following = header.find(grid, own, max(heads[-1].body, row - 3))
        if following is not None and following.first > heads[-1].last:
            heads.append(following)
    for number, head in enumerate(heads):
        end = heads[number + 1].first if number + 1 < len(heads) else len(grid.rows)
        while number + 1 < len(heads) and end > head.body and len(header.filled(grid.rows[end - 1])) <= 1:
            end -= 1  # the title of the next table
        lines = lines_of(grid, heads[number - 1].body if number else 0, head.first)[-6:]
        merges = tuple(area for area in grid.merges if area[0] < end)
        part = grid if end == len(grid.rows) else Grid(grid.name, grid.rows[:end], merges, grid.hidden)
        lines += lines_of(grid, 0, top.first) if number else []
        for one, its_head in tables_beside.split(part, head):
            yield one, its_head, lines


def _table(grid: Grid, top: Header, office: Mapping[str, str], lines: list[list[str]], incoming: Incoming) -> Sheet:
    """One table, if it is a ledger."""
    meanings = columns.meanings(top.paths, office)
    name = columns.name_column(meanings, lambda index: sample(grid, top, index))
    below = Grid(grid.name, grid.rows[top.first :])
    if name is None or kinds.is_roster(below, top):
        return set_aside(below, None, "roster" if kinds.is_roster(below, top) else "other", incoming)
    return _ledger(grid, top, meanings, name, lines, incoming)


def _ledger(
    grid: Grid, top: Header, meanings: Mapping[int, Meaning], name: int, lines: list[list[str]], incoming: Incoming
) -> Sheet:
    areas = merged.fill_down(grid, top.body)
    body = body_of(grid, top, meanings, name)
    merged.join_names(grid, body, areas.get(name, ()))
    found = context.read(lines, body.notes, grid.name, incoming)
    facts = Facts(incoming.label, grid.name, body.records)
    cells = Cells(grid, body.records, top.body)
    place: Place = lambda column: cell_name(header.leaf_row(grid, top, column.index), column.index)  # noqa: E731
    read_columns = with_units(columns.decide(top.paths, meanings, name, cells.sample), top, found)
    read_columns = founding_day.settled(facts, read_columns, cells.sample, place)
    read_columns = year_columns.settled(facts, read_columns, found.as_of, place)
    put_names(facts, read_columns, name, cells, body)
    spans = merged.shared_rows(facts, areas)
    collect.collect(facts, read_columns, cells.of, lambda index: spans.get(index, frozenset()))
    _places_above(facts, read_columns, cells)
    heading = next(column.path[-1] for column in read_columns if column.index == name)
    settle.settle(facts, found, heading, _by_section(facts, body, found))

    def check() -> None:
        contradictions.check(facts, found)
        breakdowns.check(facts, read_columns, cells.of)
        ended.check(facts, read_columns, cells.of)
        report_columns(facts, read_columns, place, cells.sample)

    sheet_reading = reading_of(grid, "ledger", found, read_columns, (top.first + 1, top.last + 1), len(facts.rows))
    split = tuple(row + 1 for row in facts.split_rows())
    sheet_reading = sheet_reading.model_copy(update={"split_rows": split}) if split else sheet_reading
    told = [_compared_only(sheet_reading, incoming)] if sheet_reading.register_of else []
    if not facts.rows and body.blank_names:
        where = cell_name(header.leaf_row(grid, top, name), name)
        values: dict[str, str | int | float | None] = {"count": len(body.blank_names), "heading": heading}
        told.append(
            Problem(
                code="no_names",
                level=Level.ERROR,
                file=incoming.label,
                sheet=grid.name,
                cell=where,
                field="name",
                values=values,
            )
        )
    told += day_told(grid, found, incoming)
    how_much, left = account.of_table(grid, top, read_columns, body, frozenset(facts.rows))
    how_much = how_much.model_copy(update={"columns": account.columns_share(sheet_reading.columns)})
    sheet_reading = sheet_reading.model_copy(update={"understood": how_much})
    told += account.report(left, incoming.label, grid)
    return Sheet(sheet_reading, [facts], told, [(facts, read_columns, body, name)], grid, [check])


def _compared_only(reading_: SheetReading, incoming: Incoming) -> Problem:
    values: dict[str, str | int | float | None] = {"office": reading_.register_of}
    code, sheet = "other_register", reading_.sheet
    return Problem(code=code, level=Level.NOTE, file=incoming.label, sheet=sheet, values=values)


def body_of(grid: Grid, top: Header, meanings: Mapping[int, Meaning], name: int) -> Body:
    """The rows sorted, with what the headings alone already say of the columns."""
    first = columns.decide(top.paths, meanings, name, lambda index: sample(grid, top, index))
    places = [column.index for column in first if column.field in ("township", "county", "village")]
    lead = sorted({*range(min(name + 1, 6)), *places, *range(min(3, len(grid.rows[0])))})
    weak = ("name", "township", "county", "kind", "subtype", "village", None)
    telling = [column.index for column in first if column.field not in weak]
    unknown = [column.index for column in first if column.field is None and not column.meaning.known]
    return rows.sort(grid, top.body, name, lead, telling, _heads(grid, top), unknown)


class Cells:
    """The cells of the records by column."""

    def __init__(self, grid: Grid, chosen: Sequence[int], body: int = 0) -> None:
        """`chosen` are rows from `body` on."""
        every = list(chosen) == list(range(body, len(grid.rows)))
        self.rows = grid.rows[body:] if every else [grid.rows[row] for row in chosen]
        self._across = grid.below(body) if every else Across(self.rows)

    def of(self, index: int) -> Down:
        return self._across.column(index)

    def keep(self, rows_: Sequence[int]) -> None:
        self.rows = [self.rows[row] for row in rows_]
        self._across = Across(self.rows)

    def sample(self, index: int) -> list[Cell]:
        return [row[index] for row in self.rows[:2000]]


def _heads(grid: Grid, top: Header) -> frozenset[str]:
    """The texts of the header itself, which some sheets print again on every page."""
    own = (cell for row in grid.rows[top.first : top.last + 1] for cell in row)
    return _NUMBERS | frozenset(cell for cell in own if isinstance(cell, str) and len(cell) > 1)


def put_names(facts: Facts, read_columns: Sequence[Column], name: int, cells: Cells, body: Body) -> None:
    """The names; rows whose name says nothing are no organisations."""
    column = next(each for each in read_columns if each.index == name)
    found = column_values.texts(facts, column, cells.of(name), "name")
    if None in found:
        keep = [row for row, value in enumerate(found) if value is not None]
        body.blank_names.extend(facts.rows[row] for row, value in enumerate(found) if value is None)
        facts.rows = [facts.rows[row] for row in keep]
        cells.keep(keep)
        found = [found[row] for row in keep]
    facts.put("name", found, name)
    for row in body.blank_names:
        facts.report("missing_name", Level.ERROR, cell_name(row, name), "name", row=row + 1)


def _places_above(facts: Facts, read_columns: Sequence[Column], cells: Cells) -> None:
    """江苏 or 南宁市 where a township is asked for: it is none, and that is said."""
    towns = facts.values.get("township", ())
    for column in read_columns if None in towns else ():
        down = cells.of(column.index) if column.field == "township" else ()
        open_ = [row for row, cell in enumerate(down) if isinstance(cell, str) and towns[row] is None]
        found = [row for row in open_ if places.is_above(str(down[row]))]
        if found:
            values = {"count": len(found), "found": str(down[found[0]]), "heading": column.heading}
            facts.report("place_above", Level.WARNING, facts.at(column.index, found[0]), "township", **values)


def with_units(read_columns: list[Column], top: Header, found: Context) -> list[Column]:
    """A unit from the row of units, else from 单位：万元 in a line above, where the heading has none."""
    done = []
    for column in read_columns:
        unit = top.units[column.index] if top.units else ""
        measure = found.measure if column.field in fields_of("number") else ""
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
            kind, place = places.kind_of(section.text), section.place
            if place is None:
                now = replace(now, kind=kind or now.kind)
                village, zone = (village, zone) if kind else (None, None)  # 三、园区 after 二、老屋村
            elif places.is_village(place):
                village = place
            elif places.is_zone(place) and found.township is not None:
                village, zone = None, place
            else:
                county, town = places.township_of(place)
                now, village, zone = Context(county=county, township=town, kind=kind), None, None
        said.append(now)
        villages.append(village)
        zones.append(zone)
    for field_, values in (("village", villages), ("zone", zones)):
        if any(values):
            facts.put(field_, [a or b for a, b in zip(facts.of(field_), values, strict=True)])
    return said


def sample(grid: Grid, top: Header | None, index: int) -> list[Cell]:
    return [row[index] for row in grid.rows[top.body : top.body + 400]] if top else []
