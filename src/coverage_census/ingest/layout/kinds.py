"""A grid with its header in; what sort of sheet it is out: ledger, card, crosstab, roster or other."""

import re
from collections.abc import Mapping
from typing import Literal

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.headings import meanings as headings
from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.headings.meanings import Meaning
from coverage_census.ingest.layout import context
from coverage_census.ingest.layout.header import Header
from coverage_census.ingest.privacy import names, persons, redact

Sort = Literal["ledger", "crosstab", "card", "roster", "other"]
DEPTH = 60


def classify(grid: Grid, header: Header | None, meanings: Mapping[int, Meaning], name: int | None) -> Sort:
    """Rosters first (nothing of them may be read), then cards, ledgers, statistics tables."""
    # below a ledger's header a list of persons is a table of its own (blocks.py)
    upper = grid if header is None or name is None else Grid(grid.name, grid.rows[: header.last + 1])
    if is_roster(upper, header):
        return "roster"
    if is_card(grid):
        return "card"
    read = sum(1 for meaning in meanings.values() if meaning.fields)
    if header is not None and name is not None and read >= 2 and not _names_are_places(grid, header, name):
        return "ledger"
    return "crosstab" if is_crosstab(grid, header) else "other"


def _names_are_places(grid: Grid, header: Header, name: int) -> bool:
    """Townships with figures where names should stand: a roll-up."""
    rows = [row for row in grid.rows[header.body :][:DEPTH] if row[name] is not None]
    places = sum(1 for row in rows if context.is_township(str(row[name])) and sum(map(_is_number, row)) >= 2)
    totals = sum(1 for row in rows if bare(row[name]) in ("合计", "总计", "小计", "累计"))
    return places >= 2 and (places + totals) * 10 >= len(rows) * 9


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and bare(cell).isdecimal())


def is_roster(grid: Grid, header: Header | None) -> bool:
    """姓名 with 身份证号, 入党时间, 出生 …; or a column of ID numbers that nobody calls a code."""
    known = vocabulary.load()
    titled = bool(known.roster_title.search(grid.name))
    for row in grid.rows[:DEPTH]:
        cells = [vocabulary.key(cell) for cell in row if isinstance(cell, str) and len(cell) < 30]
        marks = sum(1 for cell in cells if known.roster_mark.search(cell))
        titled = titled or (len(cells) <= 2 and any(known.roster_title.search(cell) for cell in cells))
        if any(cell in known.roster_names for cell in cells) and (marks or titled) and not _under_group(header):
            return True
    return header is None and any(redact.looks_personal(column) for column in _columns(grid))


def _under_group(header: Header | None) -> bool:
    """The 姓名 of a ledger stands under 法定代表人 or 书记: a column to drop, no roster."""
    if header is None:
        return False
    known = vocabulary.load()
    named = [path for path in header.paths if path and vocabulary.key(path[-1]) in known.roster_names]
    return bool(named) and all(persons.opens(tuple(vocabulary.key(part) for part in path[:-1])) for path in named)


def _columns(grid: Grid) -> list[list[Cell]]:
    return [list(column) for column in zip(*grid.rows[:DEPTH], strict=True)]


def is_label(cell: Cell) -> bool:
    """A heading that cannot be a value."""
    if not isinstance(cell, str) or len(cell) > 40:
        return False
    word = vocabulary.key(cell)
    known = vocabulary.load()
    if word in known.ambiguous or word in known.crosstab:
        return False
    sure = any(form in known.words or form in known.lumped or form in known.ignored for form in vocabulary.forms(word))
    return (sure and len(word) > 2) or (len(word) <= 14 and persons.labels(word) and not names.named(word))


def inline(cell: Cell) -> tuple[str, str] | None:
    """企业名称：晨曦电子厂 in one cell, as label and value."""
    match = (
        re.fullmatch(r"(?<!\s)\s*+([^:：]{2,20}?)\s*+[:：]\s*+(\S(?:.*\S)?)\s*", cell)
        if isinstance(cell, str)
        else None
    )
    if match is None or is_label(match[2]) or not (is_label(match[1]) or headings.strength(match[1]) == 2):
        return None
    return match[1], match[2]


def is_card(grid: Grid) -> bool:
    """Labels with their values beside them, row after row; where a value is blank no label stands in its place."""
    labelled = answered = spoken = 0
    named = False
    for row in grid.rows[:DEPTH]:
        said = [column for column, cell in enumerate(row) if cell is not None]
        if not said:
            continue
        spoken += 1
        labels = [column for column in said if is_label(row[column])]
        lines = [parts for column in said if (parts := inline(row[column])) is not None]
        labelled += bool(labels or lines)
        values = [column for column in labels if column - 1 in labels]  # 政治面貌 | 中共党员
        answered += bool(labels or lines) and len(values) * 2 <= len(labels) - (len(labels) > 2)
        named = named or any(_is_name(row[column]) and column + 1 not in labels for column in labels)
        named = named or any(_is_name(parts[0]) for parts in lines)
    return named and labelled >= 4 and answered >= 4 and labelled * 2 >= spoken and answered * 10 >= labelled * 8


def _is_name(cell: Cell) -> bool:
    return isinstance(cell, str) and headings.meaning((cell,)).fields[:1] == ("name",)


def is_crosstab(grid: Grid, header: Header | None) -> bool:
    """Statistics: labels of the annual tables, a row for each township or kind, stations of office buildings."""
    known = vocabulary.load()
    hits, numbers, texts = set(), 0, 0
    for row in grid.rows[:DEPTH]:
        for cell in row:
            if isinstance(cell, str):
                word = vocabulary.key(cell) if len(cell) < 40 else ""
                texts += not bare(cell).isdecimal()
                numbers += bare(cell).isdecimal()
                if (
                    word in known.crosstab
                    or known.station.search(word)
                    or re.search(r"(?:数|率|个数|家数)(?:\(.{0,80}\))?$", word)
                ):
                    hits.add(word)
            elif cell is not None:
                numbers += 1
    places = header is not None and _rows_are_groups(grid, header)
    return len(hits) >= 3 or (len(hits) >= 1 and places and numbers > 0)


def _rows_are_groups(grid: Grid, header: Header) -> bool:
    firsts = [next((cell for cell in row if isinstance(cell, str)), "") for row in grid.rows[header.body :][:DEPTH]]
    said = [text for text in firsts if text]
    groups = sum(
        1 for text in said if context.is_township(text) or bare(text) in ("企业", "个体", "社会组织", "合计", "总计")
    )
    return bool(said) and groups * 2 > len(said)
