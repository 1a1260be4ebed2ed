"""Lines and rows in; one printable worksheet on A4 out, in which no text can be run as a formula."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.words.catalogue import Words
from coverage_census.words.width import fold, visible, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

_FONT = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
_GRID = {"border": 1, "border_color": "#7F7F7F"}
_LINE = 15.0  # points
_A4 = 9


class ReminderStyles:
    """Formats of one workbook, made once each."""

    def __init__(self, book: "Workbook") -> None:
        self.title = book.add_format(_FONT | {"font_name": "黑体", "font_size": 18, "align": "center"})
        self.line = book.add_format(_FONT | {"align": "left", "text_wrap": True, "valign": "top"})
        self.group = book.add_format(_FONT | {"font_name": "黑体", "font_size": 12, "align": "left"})
        self.head = book.add_format(
            _FONT | _GRID | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#EAF0F6"}
        )
        self.text = book.add_format(_FONT | _GRID | {"text_wrap": True, "num_format": "@"})
        self.figure = book.add_format(_FONT | _GRID | {"align": "center", "num_format": "0"})
        self.marked = book.add_format(_FONT | _GRID | {"text_wrap": True, "num_format": "@", "bg_color": "#FBE7C6"})
        self.marked_figure = book.add_format(
            _FONT | _GRID | {"align": "center", "num_format": "0", "bg_color": "#FBE7C6"}
        )


class ReminderSheet:
    """A worksheet written from the top; `widths` are those of its columns, in characters."""

    def __init__(self, area: Any, styles: ReminderStyles, widths: Sequence[float], words: Words) -> None:
        self._area, self._styles, self._widths, self._words = area, styles, widths, words
        self._row = 0
        self._header: int | None = None
        for column, wide in enumerate(widths):
            area.set_column(column, column, wide)

    def title(self, text: str) -> None:
        self._across(text, self._styles.title, 30)

    def group(self, text: str) -> None:
        self._across(text, self._styles.group, 24)

    def line(self, text: str) -> None:
        """Prose across all columns; a merged cell does not find its height by itself."""
        self._across(text, self._styles.line, _LINE * self._lines(text, sum(self._widths)))

    def wide(self, text: str) -> None:
        """A sentence across all columns, framed."""
        self._across(text, self._styles.text, _LINE * self._lines(text, sum(self._widths)) + 3)

    def header(self, heads: Sequence[str]) -> None:
        """The heading row, repeated on every page."""
        tall = max(self._lines(head, wide) for head, wide in zip(heads, self._widths, strict=True))
        self._area.set_row(self._row, _LINE * tall + 6)
        for column, head in enumerate(heads):
            self._area.write_string(self._row, column, head, self._styles.head)
        self._area.repeat_rows(self._row)
        self._header = self._row
        self._row += 1

    def row(self, cells: Sequence[Any], *, marked: bool) -> None:
        """Figures in the middle, texts wrapped; `marked`: somebody has not reported."""
        texts = self._styles.marked if marked else self._styles.text
        figures = self._styles.marked_figure if marked else self._styles.figure
        tall = max(self._lines(str(cell), wide) for cell, wide in zip(cells, self._widths, strict=True))
        self._area.set_row(self._row, min(_LINE * tall + 3, 409))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self._area.write_number(self._row, column, cell, figures)
            else:
                self._area.write_string(self._row, column, visible(cell), texts)
        self._row += 1

    def finish(self) -> None:
        """A4 across, all columns on one page, pages numbered."""
        self._area.set_paper(_A4)
        self._area.set_landscape()
        self._area.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self._area.fit_to_pages(1, 0)
        self._area.center_horizontally()
        self._area.set_footer("&C" + self._words("missing.sheet.page"))
        self._area.print_area(0, 0, max(self._row - 1, 0), len(self._widths) - 1)
        if self._header is not None:
            self._area.freeze_panes(self._header + 1, 2)

    def _across(self, text: str, style: "Format", height: float) -> None:
        self._area.set_row(self._row, min(height, 409))
        self._area.merge_range(self._row, 0, self._row, len(self._widths) - 1, "", style)
        self._area.write_string(self._row, 0, visible(text), style)
        self._row += 1

    @staticmethod
    def _lines(text: str, wide: float) -> int:
        """Lines that a text takes in a column; a little is kept free, since fonts differ."""
        columns = max(4, math.floor(wide * 0.95))
        parts = visible(text).split("\n")
        return sum(max(len(fold(part, columns)), math.ceil(width(part) / columns), 1) for part in parts)
