"""The first rows of a grid in; which of them are the header, and the path of every column, out."""

import re
from dataclasses import dataclass
from itertools import pairwise

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.layout import heading_paths, row_names

DEPTH = 80  # a header further down than this is none
LEVELS = 4

_NUMBER_MARK = re.compile(
    r"^(?:[甲乙丙丁戊己庚辛]|[A-Z]{1,2}|[a-z]|\(?\d{1,3}\)?|[①-⑳]|[—\-/]|栏次|行次|序号|第?\d{1,3}[栏列]"
    r"|\(?\d{1,3}=[\d+\-*/]{1,60}\)?)$"
)
# How to fill in a column: （填全称）, 填是或否, 含预备党员.
_INSTRUCTION = re.compile(r"^\([^()]{1,40}\)$|^(?:请?填写?|请|如|例如|按|选填|必填|下拉|不?含|包括|指|以)[^。]{1,40}$")
_NUMBER = re.compile(r"^[(第]?(\d{1,3})")
_UNIT_MARK = re.compile(
    r"^\(?(?:名|人|个|家|户|万元|元|亿元|平方米|㎡|次|是/否|是、否|√|填√|打√|-|—|/|年月|年/月|年月日)\)?$"
)
# Who reports and until when: no heading of a column ends so, however many cells the answer takes (2026年 | 3月 | 31日).
_REPORTED = re.compile(r"(?:填报|填表|上报|报送|制表|截止|截至|报出)[\u4e00-\u9fff]{0,6}(?:\([^)]{1,6}\))?[:：]")
_LINE = re.compile(
    r"(?:单位|日期|时间|填报人|审核人|负责人|联系人|电话|制表|表号|机关|截止|截至|盖章)(?:\(.{0,40}?\))?[:：]|^附(?:件|表)\d*"
)


@dataclass(frozen=True)
class Header:
    """`first` and `last` row (0-based), where the data begin, and the path of each column (None: no heading)."""

    first: int
    last: int
    body: int
    paths: tuple[tuple[str, ...] | None, ...]
    units: tuple[str, ...]  # a row of units under the header, by column


def find(grid: Grid, own: frozenset[str] = frozenset(), start: int = 0) -> Header | None:
    """The best header at or below row `start`: by known headings (and the office's `own`), by what stands around it."""
    best, scores = 0, list[int]()
    for row in grid.rows[start : start + DEPTH]:
        scores.append(_score(row, own, best))
        best = max(best, scores[-1])
    if best < 4:
        return None
    # of several tables the first; of several header rows any
    seed = start + next(index for index, score in enumerate(scores) if score >= max(4, best // 2))
    first, last = _upwards(grid, seed, start), _downwards(grid, seed)
    body, units = _below(grid, last)
    return Header(first, last, body, heading_paths.paths(grid, first, last), units)


def above(grid: Grid, body: int) -> Header | None:
    """The header right above the row in which the figures of a table begin."""
    last = body - 1
    while last >= 0 and (
        not filled(grid.rows[last]) or is_number_row(grid.rows[last]) or _is_unit_row(grid.rows[last])
    ):
        last -= 1
    if last < 0 or len(filled(grid.rows[last])) < 2 or is_line(grid.rows[last]):
        return None
    first = _upwards(grid, last, 0)
    return Header(first, last, body, heading_paths.paths(grid, first, last), ())


def is_line(row: list[Cell]) -> bool:
    """填报单位：…, 附件1: a line of particulars; one heading of many may end like one (成立时间：)."""
    texts = [bare(cell) for cell in row if isinstance(cell, str)]
    return any(map(_REPORTED.match, texts)) or sum(1 for text in texts if _LINE.search(text)) * 3 > len(texts)


def leaf_row(grid: Grid, top: Header, column: int) -> int:
    """The row in which the last part of a heading is written."""
    return next((row for row in range(top.last, top.first - 1, -1) if grid.rows[row][column] is not None), top.last)


def filled(row: list[Cell]) -> list[int]:
    """Columns of a row that hold something."""
    return [column for column, cell in enumerate(row) if cell is not None]


def is_number_row(row: list[Cell]) -> bool:
    """甲 乙 1 2 3 …, A B C …, (1) (2) …: names of columns, no data."""
    texts = [bare(row[column]) for column in filled(row)]
    if len(texts) < 2 or not all(_NUMBER_MARK.match(text) for text in texts):
        return False
    digits = [int(match[1]) for text in texts if (match := _NUMBER.match(text))]
    letters = [text for text in texts if text.isalpha()]
    rising = all(b == a + 1 for a, b in pairwise(digits))
    return rising and (len(digits) >= 2 or len(letters) >= 2) and (not digits or digits[0] <= 3)


def _is_unit_row(row: list[Cell]) -> bool:
    texts = [bare(row[column]) for column in filled(row)]
    return (
        len(texts) >= 2
        and all(_UNIT_MARK.match(text) for text in texts)
        and any(re.search("[名人个家元]", text) for text in texts)
    )


def _score(row: list[Cell], own: frozenset[str], best: int) -> int:
    """How much a row looks like a header: known headings count double, numbers and dates against it; 0 where it cannot
    come to more than `best`, as a row of data after its header: then its cells need not be understood."""
    cells = [row[column] for column in filled(row)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < 2:
        return 0
    numbers = sum(1 for cell in cells if not isinstance(cell, str) or bare(cell).isdecimal())
    score = 2 * len(texts) - 3 * numbers
    if score <= best or is_number_row(row) or is_line(row):
        return 0
    hits = 0
    for text in texts:
        strength = 2 if own and vocabulary.key(text) in own else meanings.strength(text)
        hits += strength == 2
        score -= 2 - strength
        if score <= best:
            return 0
    return 0 if hits < 2 else score


def _upwards(grid: Grid, seed: int, start: int) -> int:
    first = seed
    while first > start and seed - first < LEVELS - 1 and _is_group_row(grid, first - 1, first):
        first -= 1
    return first


def _is_group_row(grid: Grid, row: int, below: int) -> bool:
    """Whether `row` holds groups over the headings of `below`: not a title, not a line of particulars."""
    cells = grid.rows[row]
    columns = filled(cells)
    texts = [str(cells[column]) for column in columns]
    if not columns or not all(isinstance(cells[column], str) for column in columns) or is_number_row(cells):
        return False
    if is_line(cells) or any(len(text) > 45 for text in texts):
        return False
    spans = heading_paths.spans(grid, row)
    reaching = any(area[2] >= below and area[0] == row for area in spans.values())
    if len(columns) == 1 and not reaching:
        area = spans.get(columns[0])
        inner = columns[0] > 0 and (area is None or area[3] - area[1] + 1 < len(filled(grid.rows[below])))
        return inner and meanings.strength(texts[0]) > 0
    groups = any(area[3] > area[1] for area in spans.values())
    return reaching or groups or any(meanings.strength(text) for text in texts)


def _downwards(grid: Grid, seed: int) -> int:
    last = seed
    while last + 1 < len(grid.rows) and last - seed < LEVELS - 1 and _is_leaf_row(grid, last + 1):
        last += 1
    return last


def _is_leaf_row(grid: Grid, row: int) -> bool:
    """Whether `row` continues the header: texts only, each under a merged group or, without merges, under a gap."""
    cells = grid.rows[row]
    columns = filled(cells)
    if not columns or is_number_row(cells) or _is_unit_row(cells):
        return False
    if not all(isinstance(cells[column], str) and len(bare(cells[column])) <= 40 for column in columns):
        return False
    if any(area[0] < row <= area[2] for area in grid.merges):
        return True  # a heading merged downwards reaches to here
    above = heading_paths.spans(grid, row - 1)
    if above:
        loose = [column for column in columns if column not in above or above[column][3] == above[column][1]]
        return len(loose) < len(columns) and all(_continues(grid, row, column) for column in loose)
    known = [meanings.strength(str(cells[column])) for column in columns]
    options = sum(1 for column in columns if _is_option(grid, row, column))
    if not known or sum(1 for s in known if s) + options < max(1, (len(columns) + 1) // 2):
        return False
    header = grid.rows[row - 1]
    name = next((column for column in filled(header) if _is_name(header[column])), None)
    return (name is None or cells[name] is None) and all(
        header[column] is None
        or _opens_group(grid, row, column)
        or _is_repeated(header, column)
        or _continues(grid, row, column)
        for column in columns
    )


def _continues(grid: Grid, row: int, column: int) -> bool:
    """A unit below its heading, or a heading under a group that nobody merged."""
    text = str(grid.rows[row][column])
    if _UNIT_MARK.match(bare(text)):
        return True
    above = grid.rows[row - 1][column]
    if isinstance(above, str) and len(bare(text)) <= 4 and meanings.strength(above + text) == 2:
        return True  # 备 | 注: one heading in two cells
    gap = above is None or _opens_group(grid, row, column)
    return gap and (meanings.strength(text) > 0 or _is_option(grid, row, column))


def _opens_group(grid: Grid, row: int, column: int) -> bool:
    """Whether the heading above has a gap on its right that this row fills: a group without merged cells."""
    above, cells = grid.rows[row - 1], grid.rows[row]
    return column + 1 < len(above) and above[column + 1] is None and cells[column + 1] is not None


def _is_repeated(header: list[Cell], column: int) -> bool:
    """职工 | 职工: a group written over each of its headings, as a web page or a program exports it."""
    beside = header[max(column - 1, 0) : column] + header[column + 1 : column + 2]
    return isinstance(header[column], str) and header[column] in beside


def _is_option(grid: Grid, row: int, column: int) -> bool:
    parent = next((str(grid.rows[row - 1][c]) for c in range(column, -1, -1) if grid.rows[row - 1][c] is not None), "")
    return meanings.meaning((parent, str(grid.rows[row][column]))).option is not None


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and "name" in meanings.meaning((cell,)).fields


def _below(grid: Grid, last: int) -> tuple[int, tuple[str, ...]]:
    """Where the data begin: rows of column numbers and units are skipped, the units kept."""
    body, units = last + 1, tuple[str, ...]()
    while body < len(grid.rows) and body <= last + 3:
        row = grid.rows[body]
        if _is_unit_row(row):
            units = tuple(bare(cell) for cell in row)
        elif not _is_instructions(row) and (not is_number_row(row) or _looks_like_data(grid, body, last)):
            break
        body += 1
    return body, units


def _is_instructions(row: list[Cell]) -> bool:
    """How to fill in each column, numbers of columns and units between."""
    texts = [bare(row[column]) for column in filled(row)]
    told = [text for text in texts if _INSTRUCTION.match(text)]
    if any(row_names.is_organisation(text) for text in told):
        return False  # 如意茶庄 | 含章路3号
    return len(told) >= 2 and all(text in told or _UNIT_MARK.match(text) or _NUMBER_MARK.match(text) for text in texts)


def _looks_like_data(grid: Grid, row: int, last: int) -> bool:
    """A row `1 2 3` is data if a name stands in it."""
    header = grid.rows[last]
    name = next((column for column in filled(header) if _is_name(header[column])), None)
    cell = grid.rows[row][name] if name is not None else None
    return isinstance(cell, str) and not _NUMBER_MARK.match(bare(cell))
