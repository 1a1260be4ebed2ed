"""One sheet of a blank form in; its tables and cards, with the field of each column and the rows that are free, out.

Headings, header rows, totals and samples are found by the reader's own code, so that what is filled in is read back.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coverage_census.ingest.cells import places
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.fill import ended
from coverage_census.ingest.fill.ended import Asks
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.headings import columns, vocabulary
from coverage_census.ingest.headings import meanings as headings
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.headings.meanings import Meaning
from coverage_census.ingest.layout import card_labels, cards, context, header, kinds, row_words
from coverage_census.ingest.layout.cards import CardForm
from coverage_census.ingest.layout.context import Context
from coverage_census.ingest.layout.header import Header
from coverage_census.ingest.layout.rows import Body, RowSection, Total
from coverage_census.ingest.records import founding_day, year_columns
from coverage_census.ingest.records.facts import Facts
from coverage_census.ingest.sheets import ledger
from coverage_census.ingest.sheets.sheet import lines_of
from coverage_census.model.filling import State
from coverage_census.model.incoming import Incoming

_RUNNING = frozenset(map(vocabulary.key, ("序号", "编号", "no.", "no", "号", "序")))
# What a form prints where the answer is to stand: a line to write on, a unit, 年 月 日, boxes to be ticked.
_PLACEHOLDER = re.compile(
    r"[\s_＿—–\-/]*(?:名|人|个|家|户|次|万元|元|平方米|㎡|年\s*月(?:\s*日)?)?[\s_＿]*"
    r"|\s*(?:[□☐○◯][^□☐○◯☑√■✓]{0,12})+|(?:[^□☐○◯☑√■✓]{1,12}[□☐○◯]\s*)+"
)


@dataclass
class Region:
    """Rows that belong together: those under one section, or all. 0-based rows of the sheet."""

    after: int  # below this row further ones go
    slots: list[int] = field(default_factory=list)
    says: Context = field(default_factory=Context)
    village: str | None = None
    is_open: bool = False  # nothing stands below


@dataclass
class TableToFill:
    """A ledger to be filled; `states` say why a column is not, by its index."""

    top: Header
    columns: list[Column]
    states: dict[int, State]
    name: int
    says: Context
    regions: list[Region]
    totals: list[Total]
    taken: list[int]  # rows with organisations already
    gone: Asks = "no"  # what it asks about those that are gone

    @property
    def running(self) -> int | None:
        """The column of running numbers (序号)."""
        return next((each.index for each in self.columns if vocabulary.key(each.path[-1]) in _RUNNING), None)


@dataclass
class CardToFill:
    """One card to be filled."""

    card: CardForm
    columns: list[Column]
    states: dict[int, State]
    taken: bool


@dataclass
class SheetLayout:
    """What one sheet of a form is; only a ledger has `tables`, only a card has `forms`."""

    grid: Grid
    kind: kinds.Sort
    tables: list[TableToFill] = field(default_factory=list)
    forms: list[CardToFill] = field(default_factory=list)
    says: Context = field(default_factory=Context)
    gone: Asks = "no"  # of a card
    near: list[str] = field(default_factory=list)  # headings that stand on a sheet that is no form


def of(grid: Grid, incoming: Incoming, office: Mapping[str, str]) -> SheetLayout:
    """Classified as the reader does; where only the values tell names from places, the names go there."""
    own = frozenset(vocabulary.key(part) for heading in office for part in heading.split(">"))
    top = header.find(grid, own) if grid.rows else None
    if top is None and grid.rows and not kinds.is_card(grid):
        return SheetLayout(grid, "other", near=_texts(grid))
    meanings = columns.meanings(top.paths, office) if top else {}
    name = _name(grid, top, meanings) if top else None
    sort = kinds.classify(grid, top, meanings, name) if grid.rows else "other"
    if sort == "ledger" and top is not None:
        # of tables beside each other the first: the other ones repeat it to save paper
        parts = {head.first: (part, head, lines) for part, head, lines in reversed([*ledger.tables(grid, top, own)])}
        found = [_table(part, head, office, lines, incoming) for part, head, lines in reversed([*parts.values()])]
        return SheetLayout(grid, sort, tables=[each for each in found if each is not None])
    if sort == "card":
        return _cards(grid, incoming, office)
    return SheetLayout(grid, sort, near=_texts(grid))


def is_placeholder(cell: Cell) -> bool:
    """Whether nothing stands in a cell but where and how to answer."""
    return cell is None or (isinstance(cell, str) and _PLACEHOLDER.fullmatch(cell) is not None)


def _texts(grid: Grid) -> list[str]:
    return [cell for row in grid.rows[:20] for cell in row if isinstance(cell, str) and len(cell) <= 20]


def _name(grid: Grid, top: Header, meanings: Mapping[int, Meaning]) -> int | None:
    found = columns.name_column(meanings, lambda index: ledger.sample(grid, top, index))
    if found is not None or kinds.is_crosstab(grid, top):
        return found
    read = sum(1 for meaning in meanings.values() if meaning.fields)
    doubtful = [index for index, meaning in meanings.items() if "name" in meaning.fields and not meaning.option]
    return doubtful[0] if doubtful and read >= 3 else None


def _table(
    grid: Grid, top: Header, office: Mapping[str, str], lines: list[list[str]], incoming: Incoming
) -> TableToFill | None:
    meanings = columns.meanings(top.paths, office)
    name = _name(grid, top, meanings)
    if name is None or kinds.is_roster(Grid(grid.name, grid.rows[top.first :]), top):
        return None
    body = ledger.body_of(grid, top, meanings, name)
    says = context.read(lines, body.notes, grid.name, incoming)
    read = columns.decide(top.paths, meanings, name, lambda index: [])
    read = founding_day.settled(Facts("", "", []), read, lambda index: [], lambda column: "")
    read = year_columns.settled(Facts("", "", []), read, says.as_of, lambda column: "")
    read = _unclaimed(ledger.with_units(read, top, says))
    taken = sorted(body.records + body.blank_names)
    table = TableToFill(top, read, _states(read), name, says, [], list(body.totals), taken, _asks(grid, lines, read))
    for column in _covered(grid, top, read):
        table.states[column] = "repeated"
    table.regions = _regions(grid, table, body)
    return table


def _asks(grid: Grid, lines: Iterable[Iterable[str]], read: Sequence[Column]) -> Asks:
    return ended.asks(read, [*("".join(line) for line in lines), grid.name])


def _unclaimed(read: Sequence[Column]) -> list[Column]:
    """类别 beside 单位类别: of what a heading may mean, the first that no other heading says for certain."""
    certain = {each.field for each in read if len(each.meaning.fields) == 1 and each.meaning.option is None}
    done = []
    for each in read:
        others = [name for name in each.meaning.fields if name not in certain and name != "name"]
        ambiguous = len(each.meaning.fields) > 1 and each.field in certain and others
        done.append(replace(each, field=others[0]) if ambiguous else each)
    return done


def _states(read: Sequence[Column]) -> dict[int, State]:
    found: dict[int, State] = {}
    for each in read:
        if each.dropped:
            found[each.index] = "personal"
        elif each.older:
            found[each.index] = "older"
        elif each.field is None:
            found[each.index] = "no_field" if each.meaning.ignored else "unrecognised"
        elif each.field == "joint_names" and "名" in each.path[-1]:
            found[each.index] = "no_field"
    return found


def _covered(grid: Grid, top: Header, read: Sequence[Column]) -> list[int]:
    """Columns under the same merged heading as the one before them: one answer, not two."""
    there = {each.index for each in read}
    return [
        column
        for first, left, last, right in grid.merges
        if top.first <= first <= top.last <= last
        for column in range(left + 1, right + 1)
        if column in there
    ]


def _regions(grid: Grid, table: TableToFill, body: Body) -> list[Region]:
    """The free rows; a section begins new ones, a sum ends them, anything else stands below the table."""
    sections = {each.row: each for each in body.sections}
    totals = {each.row: each for each in body.totals}
    running = table.running
    regions, now = [], Region(table.top.body - 1)
    for row in range(table.top.body, len(grid.rows)):
        cells = grid.rows[row]
        if row in sections:
            regions.append(now)
            now = _under(sections[row])
        elif (total := totals.get(row)) is not None:
            if not any(each.slots for each in (*regions, now)) and _stands_above(grid, row, running):
                now.after = row
                continue
            table.totals[table.totals.index(total)] = replace(total, end=None)
            regions.append(now)
            if total.grand:
                break
            now = Region(row, says=now.says)
        elif _is_sample(cells, table.name) or header.is_number_row(cells):
            now.after = row if not now.slots else now.after
        elif _is_free(cells, running):
            now.slots.append(row)
            now.after = row
        elif row not in table.taken:
            regions.append(now)
            break
    else:
        now.is_open = True
        regions.append(now)
    first = regions[0]
    kept = [each for each in regions if each.slots or each.is_open or each.says != Context() or each.village]
    return kept or [first]


def _stands_above(grid: Grid, row: int, running: int | None) -> bool:
    """合计 right below the headings, with the free rows under it."""
    below = grid.rows[row + 1 : row + 3]
    return len(below) == 2 and all(_is_free(cells, running) for cells in below)


def _under(section: RowSection) -> Region:
    kind, place = places.kind_of(section.text), section.place
    if place is not None and places.is_village(place):
        return Region(section.row, village=place)
    county, town = places.township_of(place) if place is not None else (None, None)
    return Region(section.row, says=Context(county=county, township=town, kind=kind))


def _is_sample(cells: Sequence[Cell], name: int) -> bool:
    return any(isinstance(cell, str) and row_words.SAMPLE.match(bare(cell)) for cell in cells[: name + 1])


def _is_free(cells: Sequence[Cell], running: int | None) -> bool:
    """Blank, or only numbered; a copied formula shows 0."""
    return all(
        (column == running and isinstance(cell, (int, float, str)) and bare(cell).isdecimal())
        or cell == 0
        or is_placeholder(cell)
        for column, cell in enumerate(cells)
    )


def _cards(grid: Grid, incoming: Incoming, office: Mapping[str, str]) -> SheetLayout:
    first = next(
        index
        for index, row in enumerate(grid.rows)
        if any(card_labels.is_label(cell) or card_labels.inline(cell) for cell in row)
    )
    lines = lines_of(grid, 0, first)
    found = SheetLayout(grid, "card", says=context.read(lines, [], grid.name, incoming))
    for card in cards.read(_marked(grid)):
        paths = tuple(card.paths)
        meanings = columns.meanings(paths, office)
        name = columns.name_column(meanings, lambda index: [])
        if name is None:
            continue
        decided = columns.decide(paths, meanings, name, lambda index: [])
        decided = founding_day.settled(Facts("", "", []), decided, lambda index: [], lambda column: "")
        read = _unclaimed(decided)
        found.forms.append(CardToFill(card, read, _states(read), not is_placeholder(card.values[name])))
        found.gone = _asks(grid, lines, read)
    return found


def _marked(grid: Grid) -> Grid:
    """A line in every blank beside a label: where nothing is filled in, the next label could pass for an answer."""
    wide = {(area[0], area[1]): area[3] - area[1] + 1 for area in grid.merges}
    rows = [list(row) for row in grid.rows]
    for number, row in enumerate(grid.rows):
        for column, cell in enumerate(row):
            place = column + wide.get((number, column), 1)
            if isinstance(cell, str) and place < len(row) and row[place] is None and headings.strength(cell) == 2:
                rows[number][place] = "＿"
    return replace(grid, rows=rows)


def nearest(path: tuple[str, ...]) -> str | None:
    """The field whose heading is written most like this one."""
    return headings.nearest(path)
