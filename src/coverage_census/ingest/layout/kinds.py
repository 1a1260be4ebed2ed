"""A grid with its header in; what sort of sheet it is out: ledger, card, crosstab, roster or other.

Each kind tries to explain the sheet; the one that accounts for most of its cells is right. A telephone or an identity
number speaks for none of them.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from coverage_census.ingest.cells import parsers, places
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.headings import meanings as headings
from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.headings.meanings import Meaning
from coverage_census.ingest.layout import cards, row_names, row_words
from coverage_census.ingest.layout.header import Header
from coverage_census.ingest.privacy import names, persons, redact
from coverage_census.model.organisation import about
from coverage_census.model.register import BODY

Sort = Literal["ledger", "crosstab", "card", "roster", "other"]
DEPTH = 60
_FACTS = 2  # columns, the name's among them, that make a table a ledger
_COUNTED = re.compile(r"(?:数|率|个数|家数)(?:\(.{0,80}\))?$")
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,4}")
_TOTALS = ("企业", "个体", "社会组织", "合计", "总计")


def classify(grid: Grid, header: Header | None, meanings: Mapping[int, Meaning], name: int | None) -> Sort:
    """A roster first (nothing of it may be read), then whichever kind explains most."""
    ledger = _of_ledger(grid, header, meanings, name)
    # below a ledger's header a list of persons is a table of its own (tables_below.py)
    upper = grid if header is None or name is None else Grid(grid.name, grid.rows[: header.last + 1])
    if is_roster(upper, header, grid):
        return "roster"
    card, crosstab = _of_card(grid), _of_crosstab(grid, header, name)
    if card and card >= max(ledger, crosstab):
        return "card"
    if ledger and ledger >= crosstab:
        return "ledger"
    return "crosstab" if crosstab or (not ledger and is_crosstab(grid, header)) else "other"


def _of_ledger(grid: Grid, header: Header | None, meanings: Mapping[int, Meaning], name: int | None) -> int:
    """Cells under known headings in rows that name an organisation, and the headings themselves."""
    read = [index for index, meaning in meanings.items() if meaning.known]
    if header is None or name is None or sum(map(_facts, meanings.values())) < _FACTS:
        return 0
    rows = [row for row in grid.rows[header.body :][:DEPTH] if row[name] is not None and not _is_around(row)]
    own = [row for row in rows if _is_organisation(row, name, meanings)]
    if len(own) * 3 < len(rows):
        return 0
    return len(read) + sum(1 for row in own for column in read if row[column] is not None)


def _facts(meaning: Meaning) -> int:
    """A column of bodies (基层工会名称) makes a list of its own: that they are there is the fact."""
    return _FACTS if meaning.fields == (BODY,) else 1 if meaning.fields else 0


def _is_around(row: list[Cell]) -> bool:
    """A total, a title alone in its row or a header that is printed again: none speaks for or against a ledger."""
    texts = [cell for cell in row if isinstance(cell, str)]
    if sum(1 for cell in row if cell is not None) == 1 or any(row_words.TOTAL.match(bare(text)) for text in texts):
        return True
    return len(texts) >= 2 and all(headings.strength(text) > 0 for text in texts)


def _is_organisation(row: list[Cell], name: int, meanings: Mapping[int, Meaning]) -> bool:
    """A name that is no number, no class of organisations with its figures, and no word of the form."""
    text = bare(row[name])
    if not isinstance(row[name], str) or text.isdecimal():
        return False
    if headings.strength(text) == 2 or row_words.TOTAL.match(text):
        return False
    return not (row_names.is_class(text) and _has_figures(row)) and not _counts_many(row, meanings)


def _has_figures(row: list[Cell]) -> bool:
    return sum(map(_is_number, row)) >= 2


def _counts_many(row: list[Cell], meanings: Mapping[int, Meaning]) -> bool:
    """Whether a yes or no is answered by a number: how many of them there are."""
    asked = [
        row[index]
        for index, meaning in meanings.items()
        if len(meaning.fields) == 1
        and meaning.fields[0] in about()
        and about()[meaning.fields[0]].holds == "flag"
        and not meaning.legend
    ]
    said = [bare(cell) for cell in asked if cell is not None]
    return bool(said) and all(text.isdecimal() and int(text) > 1 for text in said)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and bare(cell).isdecimal())


def _of_card(grid: Grid) -> int:
    """Labels and the values beside them, of the cards that name an organisation."""
    upper = Grid(grid.name, grid.rows[:DEPTH], tuple(area for area in grid.merges if area[2] < DEPTH))
    found = cards.told(upper) if cards.may_be(upper) else []
    if not found or not all(map(_is_answered, found[:3])):
        return 0
    explained = sum(len(card.used) + (card.told is not None) for card in found)
    return explained if explained * 2 >= _cells(upper) else 0


def _cells(grid: Grid) -> int:
    """Cells that say something; titles, lines of text and what is a person's are left out."""
    rows = [[cell for cell in row if cell is not None] for row in grid.rows]
    return sum(1 for row in rows if len(row) > 1 for cell in row if not redact.looks_personal([cell]))


def _is_answered(card: cards.CardForm) -> bool:
    """Whether the values are no labels themselves, as they are where a header was taken for a row of a card."""
    pairs = zip(card.paths, card.values, strict=True)
    labels = sum(
        headings.strength(value) == 2 for path, value in pairs if isinstance(value, str) and not _chosen(path, value)
    )
    return labels * 5 <= len(card.values) and card.facts >= _FACTS


def _chosen(path: cards.Path, value: str) -> bool:
    """Whether a value is one of those of which its label lets one be chosen: 组建方式 | 单独组建."""
    fields = [name for name in headings.meaning(path).fields if name in headings.OPTION_FIELDS and name in about()]
    return any(isinstance(parsers.parser(name)(value), StrEnum) for name in fields)


def is_card(grid: Grid) -> bool:
    """Labels with their values beside them, row after row."""
    return _of_card(grid) > 0


def _of_crosstab(grid: Grid, header: Header | None, name: int | None) -> int:
    """Rows that stand for many organisations each, with their figures."""
    body = header.body if header is not None else 0
    groups = said = explained = 0
    for row in grid.rows[body:][:DEPTH]:
        column = next((index for index, cell in enumerate(row) if isinstance(cell, str) and not _is_number(cell)), None)
        numbers = sum(1 for cell in row if cell is not None and (_is_number(cell) or _is_share(cell)))
        if column is None or not numbers:
            continue
        said += 1
        text = bare(row[column])
        total = row_words.TOTAL.match(text) is not None
        if total or row_words.SUMMARY.match(text) or _is_group(row, column, name):
            groups += not total
            explained += numbers + 1
    if groups < 2 or groups * 3 < said * 2 - 2:
        return 0
    return explained + (len([path for path in header.paths if path]) if header is not None else 0)


def _is_group(row: list[Cell], column: int, name: int | None) -> bool:
    """A class of organisations in front, and none of them by name behind it (河口镇 | 白石渡造船厂 | 12)."""
    if not row_names.is_class(bare(row[column])):
        return False
    if name is not None and name > column and isinstance(row[name], str) and not row_names.is_class(bare(row[name])):
        return False
    return not any(isinstance(cell, str) and row_names.is_organisation(cell) for cell in row[column + 1 :])


def _is_share(cell: Cell) -> bool:
    return isinstance(cell, str) and re.fullmatch(r"\d{1,4}(?:\.\d{1,6})?%", bare(cell)) is not None


def is_roster(grid: Grid, header: Header | None, whole: Grid | None = None) -> bool:
    """姓名 with 身份证号, 入党时间, 出生 …, with persons below, one a row; or a column of ID numbers, no header."""
    known = vocabulary.load()
    whole = whole or grid
    titled = bool(known.roster_title.search(grid.name))
    for number, row in enumerate(grid.rows[:DEPTH]):
        cells = [vocabulary.key(cell) if isinstance(cell, str) and len(cell) < 30 else "" for cell in row]
        said = [cell for cell in cells if cell]
        marks = sum(1 for cell in said if known.roster_mark.search(cell))
        titled = titled or (len(said) <= 2 and any(known.roster_title.search(cell) for cell in said))
        column = next((index for index, cell in enumerate(cells) if cell in known.roster_names), None)
        if column is None or not (marks or titled) or _under_group(header):
            continue
        if _persons_below(whole, number, column) and not _counts_organisations(whole, number, cells):
            return True
    return header is None and _persons_in_rows(grid)


def _persons_below(grid: Grid, head: int, column: int) -> bool:
    """Whether names stand below a heading, one a row; in a form something else follows."""
    below = [row[column] for row in grid.rows[head + 1 :][:DEPTH]]
    said = [cell for cell in below if cell is not None]
    people = [cell for cell in said if isinstance(cell, str) and _may_be_person(cell)]
    return not said or (bool(people) and len(people) * 2 >= len(said))


def _may_be_person(cell: str) -> bool:
    text = bare(cell)
    return names.is_person(text) or (_SHORT.fullmatch(text) is not None and headings.strength(cell) == 0)


def _counts_organisations(grid: Grid, head: int, cells: list[str]) -> bool:
    """Whether the table asks for figures of organisations, each of them once: a ledger that also names somebody."""
    known = [headings.meaning((cell,)).fields if cell else () for cell in cells]
    counted = [
        index
        for index, fields in enumerate(known)
        if len(fields) == 1 and fields[0] in about() and about()[fields[0]].holds in ("count", "flag", "number")
    ]
    name = next((index for index, fields in enumerate(known) if fields[:1] == ("name",)), None)
    if name is None or not counted:
        return False
    held = [bare(row[name]) for row in grid.rows[head + 1 :][:DEPTH] if row[name] is not None]
    figures = any(row[index] is not None for row in grid.rows[head + 1 :][:DEPTH] for index in counted)
    return len(set(held)) == len(held) and figures


def _persons_in_rows(grid: Grid) -> bool:
    """Several rows, each with a person's number in the same column."""
    for column in range(len(grid.rows[0]) if grid.rows else 0):
        cells = [row[column] for row in grid.rows[:DEPTH]]
        said = [cell for cell in cells if cell is not None]
        personal = sum(1 for cell in said if redact.looks_personal([cell]))
        if personal >= 2 and personal * 2 >= len(said):
            return True
    return False


def _under_group(header: Header | None) -> bool:
    """The 姓名 of a ledger stands under 法定代表人 or 书记: a column to drop, no roster."""
    if header is None:
        return False
    known = vocabulary.load()
    named = [path for path in header.paths if path and vocabulary.key(path[-1]) in known.roster_names]
    return bool(named) and all(persons.opens(tuple(vocabulary.key(part) for part in path[:-1])) for path in named)


def is_crosstab(grid: Grid, header: Header | None) -> bool:
    """Statistics: labels of the annual tables, a row for each township or kind, stations of office buildings."""
    known = vocabulary.load()
    hits, numbers = set(), 0
    for row in grid.rows[:DEPTH]:
        for cell in row:
            if isinstance(cell, str):
                word = vocabulary.key(cell) if len(cell) < 40 else ""
                numbers += bare(cell).isdecimal()
                if word in known.crosstab or known.station.search(word) or _COUNTED.search(word):
                    hits.add(word)
            elif cell is not None:
                numbers += 1
    places = header is not None and _rows_are_groups(grid, header)
    return len(hits) >= 3 or (len(hits) >= 1 and places and numbers > 0)


def _rows_are_groups(grid: Grid, header: Header) -> bool:
    firsts = [next((cell for cell in row if isinstance(cell, str)), "") for row in grid.rows[header.body :][:DEPTH]]
    said = [text for text in firsts if text]
    groups = sum(1 for text in said if places.is_township(text) or bare(text) in _TOTALS)
    return bool(said) and groups * 2 > len(said)
