"""A grid of labels with values beside them in; one small table a card out: paths, values and their cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from coverage_census.ingest.cells import choices
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.grid import Cell, Grid, cell_name, place_of
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.layout import row_names, row_words
from coverage_census.ingest.layout.card_labels import inline, is_label
from coverage_census.ingest.privacy import names
from coverage_census.model.organisation import about

Path = tuple[str, ...]
NAME, BUILT = ("单位名称",), ("是否建立党组织",)
"""The labels under which stands what a card says without a label: in a line above it, in a title, on its tab."""
_LEAST = 2  # facts of an organisation that make labels without a name a card
_FILLED_BY = re.compile(r"\(([^()]{2,20}?)(?:的?(?:单位|企业|组织))?(?:填写|填报|填|适用|用表|使用)\)")


@dataclass
class CardForm:
    """One form: label by label its value and the cell where that stands (or would); `left` is its first column."""

    row: int
    left: int = 0
    paths: list[Path] = field(default_factory=list)
    values: list[Cell] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    told: "tuple[str, str] | None" = None  # the name in a line above it, and its cell
    used: set[tuple[int, int]] = field(default_factory=set)  # cells of the grid that it accounts for

    @property
    def named(self) -> bool:
        return any(_names(path) for path in self.paths)

    @property
    def facts(self) -> int:
        """How many of its labels ask for something of an organisation."""
        return sum(1 for path in self.paths if meanings.meaning(path).fields)

    def add(self, path: Path, value: Cell, cell: str) -> None:
        self.paths.append(path)
        self.values.append(value)
        self.cells.append(cell)


@dataclass(frozen=True)
class _Label:
    column: int
    path: Path
    value: str | None = None  # 企业名称：晨曦电子厂 in one cell


def read(grid: Grid) -> list[CardForm]:
    """Every card of the sheet with a label for its name."""
    return [card for card in _split(grid) if card.named]


def told(grid: Grid) -> list[CardForm]:
    """Every card of the sheet, each with its name: by its label, else a line above, the title, the sheet's name."""
    every = _split(grid)
    if len(every) == 1 and not every[0].named and (across := _headed_by_names(grid, every[0])):
        return across
    unnamed = [card for card in every if not card.named and card.facts >= _LEAST]
    alone = len(unnamed) == 1 and not any(card.named for card in every)
    for card in unnamed:
        name = card.told or (_around(grid, card) if alone else None)
        if name is not None:
            card.add(NAME, *name)
            _say_built(grid, card)
    found = [card for card in every if card.named and (card in unnamed or card.facts)]
    return (_across(grid, found[0]) or found) if len(found) == 1 else found


def _headed_by_names(grid: Grid, card: CardForm) -> list[CardForm]:
    """A ledger on its side whose names stand above its columns, with 项目 or nothing in the corner."""
    first = min((row for row, _ in card.used), default=0)
    corner = min((column for row, column in card.used if row == first), default=0)
    inside = int(bool(card.paths) and not meanings.meaning(card.paths[0]).fields)  # 项目 was taken for its first label
    for row in range(first - 1 + inside, -1, -1):
        cells = [cell for cell in grid.rows[row] if cell is not None]
        beside = [cell for cell in grid.rows[row][corner + 1 :] if cell is not None]
        if len(beside) < 2:
            continue
        named = all(isinstance(cell, str) and _may_name(cell) for cell in beside)
        certain = sum(isinstance(cell, str) and row_names.is_organisation(cell) for cell in beside)
        sure = certain * 2 >= len(beside) or (len(cells) > len(beside) and _asks_of_one(card))
        if not named or not sure or len(set(beside)) < len(beside):
            return []
        rest = slice(int(row == first), None)
        headed = CardForm(row, card.left, card.paths[rest], card.values[rest], card.cells[rest], used=set(card.used))
        headed.used |= {(row, corner), (row, corner + 1)}
        headed.add(NAME, grid.rows[row][corner + 1], cell_name(row, corner + 1))
        return _across(grid, headed)
    return []


def _asks_of_one(card: CardForm) -> bool:
    """Whether a label asks for a yes or no, or a name: of one organisation, no year and no class of them."""
    asked = {field for path in card.paths for field in meanings.meaning(path).fields[:1] if field in about()}
    return any(about()[field].holds == "flag" or field == "org_name" for field in asked)


def _may_name(text: str) -> bool:
    """A text above a column that may be an organisation's name: no heading, class, total or person."""
    plain = bare(text)
    return (
        2 <= len(plain) <= row_names.LONGEST
        and not any(letter.isdecimal() for letter in plain)
        and meanings.strength(text) == 0
        and not row_names.is_class(text)
        and row_words.TOTAL.match(plain) is None
        and not names.is_name(plain)
    )


def _across(grid: Grid, card: CardForm) -> list[CardForm]:
    """A ledger on its side: one column of labels, and in each column beside it an organisation."""
    places = [place_of(cell) for cell in card.cells]
    rows = [place[0] for place in places if place is not None]
    if len(rows) < len(card.paths) or not set(rows) <= {row for row, _ in card.used}:
        return []
    labels = {row: min(column for at, column in card.used if at == row) for row in rows}
    name = next((row for row, path in zip(rows, card.paths, strict=True) if _names(path)), None)
    if name is None or len(set(labels.values())) > 1 or len(set(rows)) < len(rows):
        return []
    after = labels[name] + 1
    columns = [column for column in range(after, len(grid.rows[name])) if isinstance(grid.rows[name][column], str)]
    held = [sum(1 for row in rows if grid.rows[row][column] is not None) for column in columns]
    if len(columns) < 2 or any(count * 2 < len(rows) for count in held):
        return []
    found = []
    for column in columns:
        one = CardForm(card.row, column)
        one.used |= {(row, at) for row in rows for at in (labels[row], column) if grid.rows[row][at] is not None}
        for row, path in zip(rows, card.paths, strict=True):
            one.add(path, grid.rows[row][column], cell_name(row, column))
        found.append(one)
    return found


def _around(grid: Grid, card: CardForm) -> tuple[str, str] | None:
    """The name in a title above the only card of a sheet, or on its tab."""
    first = min((row for row, _ in card.used), default=card.row)
    for row, column, text in _texts(grid, first):
        if name := row_names.in_title(text):
            return name, cell_name(row, column)
    tab = row_words.unnumbered(grid.name.strip())
    if row_names.is_organisation(tab) and not row_names.is_document(tab):
        return tab, cell_name(first, card.left)
    name = row_names.in_title(tab)
    return (name, cell_name(first, card.left)) if name else None


def _texts(grid: Grid, end: int) -> Iterator[tuple[int, int, str]]:
    for row in range(end):
        for column, cell in enumerate(grid.rows[row]):
            if isinstance(cell, str):
                yield row, column, cell


def _say_built(grid: Grid, card: CardForm) -> None:
    """党建情况登记表（已建立党组织的单位填写）: the title answers what no label asks."""
    if any(meanings.meaning(path).fields[:1] == ("has_org",) for path in card.paths):
        return
    for row, column, text in _texts(grid, card.row):
        match = _FILLED_BY.search(bare(text))
        said = (
            re.fullmatch(r"(已|未|尚未|没有)(?:建立?|成立|组建)(?:了?党的?组织|党支部)?", match[1]) if match else None
        )
        if said:
            card.add(BUILT, "是" if said[1] == "已" else "否", cell_name(row, column))
            return


def _split(grid: Grid) -> list[CardForm]:
    """The cards below or beside each other: a first label, a name again, or a line with a name begins the next one."""
    cards: list[CardForm] = []
    open_: list[CardForm] = []  # from left to right
    columns = _label_columns(grid)
    lines: dict[int, tuple[str, str]] = {}  # by column, the names in the line above
    for row in range(len(grid.rows)):
        labels = _labels(grid, row, columns)
        if not labels:
            lines = _lines(grid, row) or lines
            continue
        begun = _begun(lines, labels)
        for number, label in enumerate(labels):
            card = next((each for each in reversed(open_) if each.left <= label.column), None)
            beside = any(_names(other.path) for other in labels[:number])
            line = begun.get(number)
            if (
                card is None
                or (line is not None and not (card.named and len(begun) == 1))
                or (_names(label.path) and (beside or card.named))
                or (label.path == card.paths[0] and (card.named or card.facts >= _LEAST))
            ):
                apart = beside or _is_beside(open_, label) or (line is not None and number > 0)
                card = CardForm(row, label.column if open_ and apart else 0)
                card.told = line
                open_ = [each for each in open_ if each.left < card.left] + [card]
                cards.append(card)
            end = labels[number + 1].column if number + 1 < len(labels) else len(grid.rows[row])
            _add(card, grid, row, label, end)
        lines = {}
    return cards


def _lines(grid: Grid, row: int) -> dict[int, tuple[str, str]]:
    """The names of organisations that stand alone in a row above their cards, by column."""
    cells = {column: cell for column, cell in enumerate(grid.rows[row]) if cell is not None}
    if not all(isinstance(cell, str) and row_names.is_organisation(cell) for cell in cells.values()):
        return {}
    return {column: (row_words.unnumbered(str(cell).strip()), cell_name(row, column)) for column, cell in cells.items()}


def _begun(lines: dict[int, tuple[str, str]], labels: list[_Label]) -> dict[int, tuple[str, str]]:
    """Which labels are the first ones below a name; a name over all of them belongs to the first."""
    found: dict[int, tuple[str, str]] = {}
    for column, line in sorted(lines.items()):
        under = [number for number, label in enumerate(labels) if label.column >= column]
        number = under[0] if under and len(lines) > 1 else 0
        found.setdefault(number, line)
    return found


def _label_columns(grid: Grid) -> frozenset[int]:
    """Columns in which labels stand that can be nothing else, one below the other; a header has one in each."""
    found: dict[int, int] = {}
    for row in grid.rows:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and is_label(cell):
                found[column] = found.get(column, 0) + 1
    return frozenset(column for column, count in found.items() if count > 1)


def may_be(grid: Grid) -> bool:
    """Whether labels stand below each other, or in the cells of their values: most sheets are passed over by this."""
    if _label_columns(grid):
        return True
    return sum(1 for row in grid.rows for cell in row if isinstance(cell, str) and inline(cell) is not None) > 1


def _is_beside(open_: list[CardForm], label: _Label) -> bool:
    """Whether a label stands where one of several cards beside each other began."""
    return any(each.left and each.left <= label.column for each in open_)


def _labels(grid: Grid, row: int, columns: frozenset[int]) -> list[_Label]:
    """The labels of a row; 党员情况 in front of 总数 belongs to its path."""
    cells, group, found = grid.rows[row], "", list[_Label]()
    for column, cell in enumerate(cells):
        if (text := _group(grid, row, column)) is not None:
            group = text
            continue
        if not isinstance(cell, str):
            continue
        parts = inline(cell)
        if parts is not None and _is_free(column, found):
            found.append(_Label(column, (vocabulary.tidy(parts[0]),), parts[1]))
        elif _is_heading(grid, row, column, found, columns):
            found.append(_Label(column, _path(group, cell)))
        elif group and _is_free(column, found) and _is_under(group, cell):
            found.append(_Label(column, (group, vocabulary.tidy(cell))))
    return found


def _path(group: str, cell: str) -> Path:
    """With its group, unless that would make something else of the label."""
    alone, under = (vocabulary.tidy(cell),), (group, vocabulary.tidy(cell))
    same = (
        bool(group)
        and meanings.meaning(under).known
        and meanings.meaning(under).fields == meanings.meaning(alone).fields
    )
    return under if same else alone


def _group(grid: Grid, row: int, column: int) -> str | None:
    """党员情况: stands over several rows, or in front of labels of its own."""
    top = next((area[0] for area in grid.merges if area[1] == column and area[0] <= row <= area[2]), row)
    cell = grid.rows[top][column] if top < len(grid.rows) else None
    if not isinstance(cell, str) or not re.search(r"(?:情况|信息|概况|状况|人员|党员|党组织|职工)$", bare(cell)):
        return None
    beside = next((other for other in grid.rows[row][column + 1 :] if other is not None), None)
    short = (
        isinstance(beside, str)
        and len(bare(beside)) <= 4
        and _is_under(cell, beside)
        and meanings.meaning((cell, beside)).option is None
    )
    answered = isinstance(beside, str) and _answers(grid, row, column, cell, beside)
    heads = beside is None or (
        isinstance(beside, str) and (is_label(beside) or _is_under(cell, beside)) and not answered
    )
    return vocabulary.tidy(cell) if short or (top == row and heads and not is_label(cell)) or top < row else None


def _answers(grid: Grid, row: int, column: int, cell: str, beside: str) -> bool:
    """Whether what stands beside 党组织 or 生产状况 chooses an option of it (有, 正常生产) and is not ticked."""
    if meanings.meaning((cell, beside)).option is None:
        return False
    after = [other for other in grid.rows[row][column + 1 :] if other is not None and other != beside]
    return not after or (isinstance(after[0], str) and bare(after[0]) not in choices.TICKS | choices.CROSSES)


def _is_under(group: str, cell: str) -> bool:
    """Whether a text is a heading under its group: 姓名 under 对接人员 is one, the name that stands there is none."""
    found = meanings.meaning((group, vocabulary.tidy(cell)))
    return found.known and not (found.personal and meanings.strength(cell) == 0 and not meanings.meaning((cell,)).known)


def _is_free(column: int, found: list[_Label]) -> bool:
    """Whether no label waits for its value here."""
    return not found or found[-1].value is not None or column > found[-1].column + 1


def _is_heading(grid: Grid, row: int, column: int, found: list[_Label], columns: frozenset[int]) -> bool:
    """A label, not a value: a text in an answer's place is a heading only if it could be nothing else, or if that
    place was passed over and labels stand in its column."""
    cells = grid.rows[row]
    cell = cells[column]
    if not isinstance(cell, str) or (found and found[-1].column == column - 1 and found[-1].value is None):
        return False  # 政治面貌 | 中共党员
    if is_label(cell):
        return True
    left = next((column - back for back in range(1, column + 1) if cells[column - back] is not None), None)
    answers = left is not None and bool(found) and found[-1].column == left and found[-1].value is None
    if answers and left is not None and column in columns and column > left + _width(grid, row, left):
        return _could_be(cell)  # 责任单位 | | 工会 | 有
    return not answers and (meanings.strength(cell) == 2 or (column in columns and _could_be(cell)))


def _could_be(cell: str) -> bool:
    return meanings.strength(cell) > 0 or meanings.meaning((cell,)).known


def _width(grid: Grid, row: int, column: int) -> int:
    return next((area[3] - area[1] + 1 for area in grid.merges if area[0] == row and area[1] == column), 1)


def _names(path: Path) -> bool:
    return meanings.meaning(path).fields[:1] == ("name",)


def _add(card: CardForm, grid: Grid, row: int, label: _Label, end: int) -> None:
    cells = grid.rows[row]
    column = label.column
    card.used.add((row, column))
    if label.value is not None:
        card.add(label.path, label.value, cell_name(row, column))
        return
    width = _width(grid, row, column)
    place = next((c for c in range(column + 1, end) if cells[c] is not None), min(column + width, end))
    card.add(label.path, cells[place] if place < end else None, cell_name(row, place))
    if place < end:
        card.used.add((row, place))
