"""The rows below a header in; which are organisations and which are totals, sections, samples, notes, blanks out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coverage_census.ingest.cells import places
from coverage_census.ingest.cells.clean import NOTHING, as_text, bare
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.headings import meanings
from coverage_census.ingest.layout import row_names, row_words, sheet_day
from coverage_census.ingest.layout.header import is_number_row
from coverage_census.model import days

_WHOLE = re.compile("^[全本][镇乡县区市街村]")
_PLACE = re.compile("镇|乡|街道|区|村|社区")


@dataclass(frozen=True)
class Total:
    """合计, 小计: a row that adds up the rows from `start` before it, or those up to `end` below it (`above`).

    `grand` may cover the whole table; `place` is the township that the row names.
    """

    row: int
    start: int
    grand: bool
    place: str | None = None
    end: int | None = None
    bare: bool = False  # 文峰镇 with figures, and no word that says total


@dataclass(frozen=True)
class RowSection:
    """文峰镇（92家）: says something of the rows below it, up to the next one."""

    row: int
    column: int
    text: str
    place: str | None
    stated: int | None


@dataclass
class Body:
    """Rows of one table by what they are; indices are 0-based rows of the grid."""

    records: list[int] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)  # 其中：企业, 占比, 平均 beside the totals
    sections: list[RowSection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blank_names: list[int] = field(default_factory=list)  # rows with data and without a name
    passed: list[int] = field(default_factory=list)  # rows with something in them that say nothing of an organisation
    repeated: list[int] = field(default_factory=list)  # rows of a merged name below its first


def sort(
    grid: Grid,
    start: int,
    name: int,
    lead: Sequence[int],
    mapped: Sequence[int],
    heads: frozenset[str] = frozenset(),
    worded: Sequence[int] = (),
) -> Body:
    """Every row from `start`; totals and notes announce themselves in the `lead` columns; `heads` are the headings.

    A row without a name is missed if it says something in a `mapped` column, or in words in a `worded` one, which no
    field is known for: the names may stand there.
    """
    body = Body()
    plain = frozenset(map(bare, heads))
    special = _special(grid, start, name, lead, heads)
    mark = start
    rows, count = grid.rows, len(grid.rows)
    width = len(rows[0]) if rows else 0
    for row in range(start, count):
        if row not in special:
            if rows[row][name] is None:
                _nameless(rows[row], row, width, mapped, worded, body)
            else:
                body.records.append(row)
            continue
        mark = _sort_special(grid, row, name, lead, mark, mapped, worded, body, plain)
    _take_sum(grid, body, name, mapped)
    _turn_totals(body, count)
    return body


def _take_sum(grid: Grid, body: Body, name: int, mapped: Sequence[int]) -> None:
    """The first or last row, if no organisation is called so, may be what all others add up to: 全部 | 45 | 7."""
    for row in {body.records[-1], body.records[0]} if len(body.records) > 2 else ():
        if row_names.is_organisation(str(grid.rows[row][name])) or not _adds_up(grid, body.records, row, mapped):
            continue
        body.records.remove(row)
        body.totals.append(Total(row, body.records[0], True))
        body.totals.sort(key=lambda total: total.row)
        return


def _adds_up(grid: Grid, records: Sequence[int], row: int, mapped: Sequence[int]) -> bool:
    stated = {column: cell for column in mapped if _is_figure(cell := grid.rows[row][column]) and cell}
    sums = dict.fromkeys(stated, 0.0)
    for other in records if len(stated) >= 2 else ():
        for column in sums:
            cell = grid.rows[other][column]
            sums[column] += cell if other != row and isinstance(cell, (int, float)) else 0  # text: no sum
    return len(stated) >= 2 and all(stated[column] == found for column, found in sums.items())


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _turn_totals(body: Body, count: int) -> None:
    """Totals with nothing before the first one stand above their rows: they cover what is below and name its place."""
    if not body.totals or (body.records and body.records[0] < body.totals[0].row):
        body.sections += [
            RowSection(each.row, 0, each.place or "", each.place, None) for each in body.totals if each.bare
        ]
        body.sections.sort(key=lambda section: section.row)
        body.totals = [each for each in body.totals if not each.bare]
        return
    turned = []
    for number, total in enumerate(body.totals):
        later = (each.row for each in body.totals[number + 1 :])
        end = count if total.grand and total.place is None else next(later, count)
        turned.append(replace(total, start=total.row, end=end))
        if total.place is not None:
            body.sections.append(RowSection(total.row, 0, total.place, total.place, None))
    body.totals = turned
    body.sections.sort(key=lambda section: section.row)


def _special(grid: Grid, start: int, name: int, lead: Sequence[int], heads: frozenset[str]) -> set[int]:
    """Rows that could be something other than an organisation: few cells, or a telling word up front."""
    found: set[int] = set()
    for column in {*lead, name}:
        texts = grid.below(start).column(column)
        place = column == name or column < 2
        # A column of 379,300 codes, each beginning with a digit, is not worth a second look.
        words = [
            text
            for text in texts.distinct
            if isinstance(text, str) and not (len(text) == 18 and text.isascii() and text.isalnum())
        ]
        telling = {text for text in row_words.suspects(words) if row_words.telling(text, place)}
        telling.update(heads & texts.distinct.keys())
        if telling:
            found.update(start + index for index, text in enumerate(texts) if text in telling)
    width = len(grid.rows[0]) if grid.rows else 0
    found.update(index for index in range(start, len(grid.rows)) if width - grid.rows[index].count(None) <= 2)
    return found


def _sort_special(
    grid: Grid,
    row: int,
    name: int,
    lead: Sequence[int],
    mark: int,
    mapped: Sequence[int],
    worded: Sequence[int],
    body: Body,
    heads: frozenset[str],
) -> int:
    cells = grid.rows[row]
    columns = [column for column, cell in enumerate(cells) if cell is not None]
    if not columns:
        return mark
    texts = [(column, bare(cells[column])) for column in columns if isinstance(cells[column], str)]
    front = [(column, text) for column, text in texts if column in lead or column == name or column == columns[0]]
    if any(row_words.SAMPLE.match(text) for _, text in front):
        return mark
    total = next((text for _, text in front if row_words.TOTAL.match(text) and len(text) <= 20), None)
    if total is not None:
        grand = bool(row_words.GRAND.search(total)) and not _PLACE.search(_WHOLE.sub("", total))
        place = next((text for _, text in front if places.is_township(text)), None)
        nothing = body.records and body.records[-1] < mark  # 社会组织小计 right below 汇总
        if nothing and not grand and place is None:
            body.parts.append(row)
        else:
            body.totals.append(Total(row, mark, grand, place))
        return row + 1
    reckons = any(row_words.SUMMARY.match(text) or _is_part(text) for _, text in front)
    if reckons and not (_has_code(cells) or row_names.is_organisation(str(cells[name]))):
        body.parts.append(row)
        return row + 1
    first = texts[0][1] if texts and texts[0][0] == columns[0] else ""
    if (
        row_words.NOTE.match(first)
        or row_words.SIGNATURE.match(first)
        or (cells[name] is None and any(row_words.SIGNATURE.match(t) for _, t in texts))
    ):
        body.notes.extend(as_text(cells[column]) for column in columns)
        return mark
    if len(columns) == 1 and _is_day(cells[columns[0]]):
        body.notes.append(as_text(cells[columns[0]]))
        return mark
    if is_number_row(cells) or _is_header_again(texts, name) or _repeats(texts, heads):
        return mark
    if (place := _place_with_figures(cells, texts, name)) is not None:
        body.totals.append(Total(row, mark, False, place, bare=True))
        return row + 1
    if section := _section(grid, row, columns, texts, name, lead):
        body.sections.append(section)
        return row + 1
    if len(columns) == 1 and re.search("[。；;：:，,]", first):  # a sentence
        body.notes.append(first)
        return mark
    if cells[name] is None:
        _nameless(cells, row, len(cells), mapped, worded, body)
        return mark
    body.records.append(row)
    return mark


def _is_part(text: str) -> bool:
    """其中：规上企业, 其中社会组织: a class of those above."""
    match = re.fullmatch(r"\(?其中[:：、]?(.{1,30}?)\)?", text)
    return match is not None and (":" in text or row_names.is_class(match[1]))


def _is_day(cell: Cell) -> bool:
    """2026年3月31日 or 数据截至2026年3月31日 below the table."""
    text = as_text(cell)
    return (len(text) > 6 and days.written(text[:10].rstrip()) is not None) or bool(sheet_day.stated_cells([[cell]]))


def _place_with_figures(cells: list[Cell], texts: list[tuple[int, str]], name: int) -> str | None:
    """文峰镇 | | 120 | 8: a township with the sums of its rows."""
    words = [(column, text) for column, text in texts if not text.isdecimal() and text.lower() not in NOTHING]
    figures = sum(1 for cell in cells if isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.isdecimal()))
    if len(words) != 1 or figures < 2 or words[0][0] > name:
        return None
    match = row_words.SECTION.match(words[0][1])
    return match[1] if match and places.is_township(match[1]) else None


def _nameless(
    cells: list[Cell], row: int, width: int, mapped: Sequence[int], worded: Sequence[int], body: Body
) -> None:
    """A row without a name: blank (or only numbered), or an organisation that nobody can tell."""
    said = width - cells.count(None)
    if said and (
        any(_says(cells[column]) for column in mapped)
        or (said > 1 and any(isinstance(cells[column], str) and _says(cells[column]) for column in worded))
    ):
        body.blank_names.append(row)
    elif said:
        body.passed.append(row)


def _says(cell: Cell) -> bool:
    """Whether a cell of a row without a name says anything: dashes and zeros of copied formulas do not."""
    return cell is not None and cell != 0 and bare(cell).lower() not in NOTHING and bare(cell) != "0"


def _is_header_again(texts: list[tuple[int, str]], name: int) -> bool:
    """The header printed again at the top of the next page; a row of offices (厂长, 业主) has a name of its own."""
    if any(column == name and meanings.strength(text) < 2 for column, text in texts):
        return False
    known = sum(1 for _, text in texts if meanings.strength(text) == 2)
    return len(texts) >= 3 and known >= 3 and known * 2 > len(texts)


def _repeats(texts: list[tuple[int, str]], heads: frozenset[str]) -> bool:
    """Whether most of what stands in a row are the headings themselves."""
    again = sum(1 for _, text in texts if text in heads)
    return again >= 2 and again * 2 > len(texts)


def _section(
    grid: Grid, row: int, columns: list[int], texts: list[tuple[int, str]], name: int, lead: Sequence[int]
) -> RowSection | None:
    """一、文峰镇（92家）, 文峰镇, 二、社会组织: one text alone, or a township where a name should stand."""
    front = [(column, text) for column, text in texts if column in lead or column == name or column == columns[0]]
    if not front:
        return None
    column, text = front[-1] if len(front) == 2 and row_words.NUMBERED.fullmatch(front[0][1] + "、") else front[0]
    match = row_words.SECTION.match(text)
    if match is None or len(text) > 30:
        return None
    stated = next((int(group) for group in match.groups()[1:] if group), None)
    is_place = places.is_township(match[1])
    alone = len(columns) <= 1 + (column != columns[0])
    numbered = row_words.NUMBERED.match(text) is not None and stated is None  # 一、社区: a kind of organisation
    is_place = is_place or (alone and places.is_village(match[1]) and not numbered)
    in_name = grid.rows[row][name] is not None
    if is_place and (
        alone
        or (
            in_name
            and bare(grid.rows[row][name]) == text
            and len(columns) - alone >= 1
            and not _has_code(grid.rows[row])
        )
    ):
        return RowSection(row, column, text, match[1], stated)
    if (
        alone
        and (row_words.NUMBERED.match(text) or stated is not None)
        and (places.kind_of(match[1]) or stated is not None or not in_name)
    ):
        return RowSection(row, column, text, None, stated)
    return None


def _has_code(cells: list[Cell]) -> bool:
    return any(isinstance(cell, str) and len(cell) == 18 for cell in cells)
