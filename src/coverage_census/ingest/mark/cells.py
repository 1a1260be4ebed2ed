"""A workbook of the sender's and its problems in; marks at the cells and the column 核验意见 put into it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.mark.problem_list import plain, put
from coverage_census.ingest.returned.hidden_sheet import AUTHOR, HIDDEN, SIGN
from coverage_census.model.annotation import Annotation, ListedProblem
from coverage_census.model.reading import Level

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_OURS = 'LEN("census")>0'  # always true; by it a later return finds its own conditional formats
_AREAS = 200  # in one conditional format
_TINTS = {Level.ERROR: ("F8CBAD", "C00000"), Level.WARNING: ("FFE699", "BF8F00")}
_COMMENTS = 3_000
_CELLS = 100_000  # that one problem is marked at
_DIVIDER = "\n———— census ————\n"
_SIZE = (300, 110)
_OPINION_WIDTH = 60


def mark(book: "Workbook", annotation: Annotation, ours: Mapping[str, Any]) -> None:
    """Every sheet that has problems; `ours` are headings of the column 核验意见 from an earlier return, by sheet."""
    of_sheet: dict[str, list[ListedProblem]] = defaultdict(list)
    for line in annotation.lines:
        if (title := line.title or line.sheet or "") in book.sheetnames:
            of_sheet[title].append(line)
    left = _COMMENTS
    for name, lines in of_sheet.items():
        sheet = book[name]
        of_cell: dict[str, list[ListedProblem]] = defaultdict(list)
        areas = _Areas(sheet)
        for line in lines:
            for cell in areas.of(line):
                of_cell[cell].append(line)
        if name in annotation.headers:
            _opinions(sheet, annotation, of_cell, ours.get(name))
        _tint(sheet, areas, of_cell)
        for cell, found in list(of_cell.items())[:left]:
            _comment(sheet[cell], found, annotation)
        left = max(left - len(of_cell), 0)


def clear(book: "Workbook") -> dict[str, Any]:
    """Whatever an earlier return put in is taken out; only the headings of its column stay, and are given back."""
    from openpyxl.cell.cell import MergedCell

    if HIDDEN not in book.sheetnames or book[HIDDEN]["A1"].value != SIGN:
        return {}
    ours: dict[str, Any] = {}
    meta = {str(row[0].value): row[1].value for row in book[HIDDEN].iter_rows(min_row=1, max_row=9, max_col=2)}
    for name in (str(meta.get("list")), HIDDEN):
        if name in book.sheetnames:
            book.remove(book[name])
    for sheet in book.worksheets:
        _without_tints(sheet)
        for cell in sheet._cells.values():
            if getattr(cell, "comment", None) is not None:
                _without_ours(cell)
        if (head := _opinion(sheet, str(meta.get("opinion")))) is not None:
            ours[sheet.title] = head
            for cell in sheet._cells.values():
                if cell.column == head.column and cell.row > head.row and not isinstance(cell, MergedCell):
                    cell.value = None
    return ours


def with_free_heading(annotation: Annotation, book: "Workbook", ours: Mapping[str, Any]) -> Annotation:
    """Where the sender has a column 核验意见 too, ours is called otherwise: theirs is data."""
    heading = annotation.words.opinion
    while any(_opinion(sheet, heading) not in (None, ours.get(sheet.title)) for sheet in book.worksheets):
        heading += "*"
    return annotation.model_copy(update={"words": annotation.words.model_copy(update={"opinion": heading})})


def _opinion(sheet: Any, heading: str) -> Any:
    """The heading's cell. Only cells that there are: to ask openpyxl for another makes it."""
    return next((cell for cell in sheet._cells.values() if cell.row <= 60 and cell.value == heading), None)


class _Areas:
    """The merged areas of a sheet, by any of their cells."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._areas = {area.coord.split(":")[0]: area.coord for area in sheet.merged_cells.ranges}
        self._anchors: dict[tuple[int, int], str] = {}
        for area in sheet.merged_cells.ranges:
            if area.size["rows"] * area.size["columns"] <= 20_000:
                self._anchors.update(dict.fromkeys(area.cells, area.coord.split(":")[0]))

    def of(self, line: ListedProblem) -> list[str]:
        """The cells that a problem is about, each once; of a merged area the first."""
        from openpyxl.utils.cell import get_column_letter, range_boundaries

        found = [line.cell] if line.cell else []
        for area in line.also.split():
            ends: tuple[int, int, int, int] = range_boundaries(area)  # type: ignore[assignment]
            left, top, right, bottom = ends
            found += [f"{get_column_letter(c)}{r}" for r in range(top, bottom + 1) for c in range(left, right + 1)]
        return list(dict.fromkeys(map(self.anchor, found[:_CELLS])))

    def anchor(self, cell: str) -> str:
        from openpyxl.utils.cell import coordinate_to_tuple

        place: tuple[int, int] = coordinate_to_tuple(cell)
        return self._anchors.get(place, cell)

    def whole(self, anchor: str) -> str:
        return str(self._areas.get(anchor, anchor))


def _tint(sheet: "Worksheet", areas: _Areas, of_cell: dict[str, list[ListedProblem]]) -> None:
    """Fill and border by level, errors first: also for those who cannot tell the colours apart."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Border, PatternFill, Side
    from openpyxl.styles.differential import DifferentialStyle

    by_level: dict[Level, list[str]] = defaultdict(list)
    for cell, lines in of_cell.items():
        by_level[_worst(lines)].append(areas.whole(cell))
    for level, (fill, ink) in _TINTS.items():
        edge = Side("thin", color=ink)
        style = DifferentialStyle(
            fill=PatternFill(bgColor=fill), border=Border(left=edge, right=edge, top=edge, bottom=edge)
        )
        for start in range(0, len(by_level[level]), _AREAS):
            rule = Rule(type="expression", dxf=style, formula=[_OURS])
            sheet.conditional_formatting.add(" ".join(by_level[level][start : start + _AREAS]), rule)


def _without_tints(sheet: "Worksheet") -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    kept = ConditionalFormattingList()
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            if rule.formula != [_OURS]:
                kept.add(str(each.sqref), rule)
    sheet.conditional_formatting = kept


def _comment(cell: Any, lines: Sequence[ListedProblem], annotation: Annotation) -> None:
    """The sender's own comment stays, ours below it."""
    from openpyxl.comments import Comment

    ours = "\n".join(f"【{line.level_label}】{line.problem}\n{annotation.words.how}{line.fix}" for line in lines)
    before = cell.comment.text + _DIVIDER if cell.comment is not None else ""
    author = cell.comment.author if cell.comment is not None else AUTHOR
    comment = Comment(plain(before + ours), author or AUTHOR)
    comment.width, comment.height = _SIZE[0], _SIZE[1] * min(len(lines), 3)
    cell.comment = comment


def _without_ours(cell: Any) -> None:
    from openpyxl.comments import Comment

    own, divider, _ = cell.comment.text.partition(_DIVIDER)
    if divider:
        cell.comment = Comment(own, cell.comment.author)
    elif cell.comment.text.startswith("【") and cell.comment.author == AUTHOR:
        cell.comment = None


def _opinions(sheet: Any, annotation: Annotation, of_cell: dict[str, list[ListedProblem]], ours: Any) -> None:
    """One more column right of the data: what is wrong in each row, to be filtered by."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils.cell import coordinate_to_tuple

    words, last = annotation.words, annotation.headers[sheet.title][1]
    column = ours.column if ours is not None else _last_column(sheet) + 1
    rows: dict[int, list[str]] = defaultdict(list)
    for cell, lines in of_cell.items():
        row = coordinate_to_tuple(cell)[0]
        if row > last:
            rows[row] += [f"{cell} {line.level_label}{words.colon}{line.problem}" for line in lines]
    if ours is not None:
        put(ours, annotation.words.opinion)
    else:
        _head(sheet, annotation, column)
    for row, texts in rows.items():
        cell = sheet.cell(row, column)
        put(cell, words.between.join(texts))
        cell.alignment, cell.font = Alignment("left", "center", indent=1), Font("宋体", 10, color="C00000")
    _filter(sheet, last, column)


def _head(sheet: Any, annotation: Annotation, column: int) -> None:
    """The heading looks like the one beside it."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    first, last = annotation.headers[sheet.title]
    for row in range(first, last + 1):
        sheet.cell(row, column)._style = copy(sheet.cell(row, max(column - 1, 1))._style)
    put(sheet.cell(first, column), annotation.words.opinion)
    sheet.cell(first, column).alignment = Alignment("center", "center", wrap_text=True)
    if last > first:
        sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
    sheet.column_dimensions[get_column_letter(column)].width = _OPINION_WIDTH


def _last_column(sheet: "Worksheet") -> int:
    """The last column in which anything stands; styled empties may reach to XFD."""
    filled = (cell.column for cell in sheet._cells.values() if cell.value is not None)
    covered = (area.max_col for area in sheet.merged_cells.ranges)
    return max(max(filled, default=1), max(covered, default=1))


def _filter(sheet: "Worksheet", header: int, column: int) -> None:
    """The sender's own filter is widened; a table brings one of its own."""
    from openpyxl.utils import get_column_letter

    if sheet.tables:
        return
    letter = get_column_letter(column)
    if sheet.auto_filter.ref:
        start, _, end = sheet.auto_filter.ref.partition(":")
        bottom = "".join(mark for mark in end if mark.isdigit()) or str(sheet.max_row)
        sheet.auto_filter.ref = f"{start}:{letter}{bottom}"
    else:
        sheet.auto_filter.ref = f"A{header}:{letter}{max(sheet.max_row, header + 1)}"


def _worst(lines: Sequence[ListedProblem]) -> Level:
    return Level.ERROR if any(line.level is Level.ERROR for line in lines) else Level.WARNING
