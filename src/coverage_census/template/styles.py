"""The cell formats of the form, one name each."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_GRID = {"border": 1, "border_color": "#A6A6A6"}
_INK = "#1F3A5F"


class TemplateStyles:
    """Formats of one workbook; made once each."""

    def __init__(self, book: "Workbook") -> None:
        self.title = book.add_format(_FONT | {"font_name": "黑体", "font_size": 18, "align": "center"})
        self.line = book.add_format(_FONT | {"align": "left"})
        self.group = book.add_format(
            _FONT | _GRID | {"bold": True, "align": "center", "bg_color": "#D6E0EC", "font_color": _INK}
        )
        self.head = book.add_format(
            _FONT | _GRID | {"font_size": 10, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#EAF0F6"}
        )
        self.must = book.add_format(
            _FONT | _GRID | {"font_size": 10, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#FBE7C6"}
        )
        self.sample = book.add_format(
            _FONT
            | _GRID
            | {
                "font_size": 10,
                "italic": True,
                "align": "center",
                "text_wrap": True,
                "font_color": "#7F7F7F",
                "bg_color": "#F7F7F7",
            }
        )
        # Text, so that 18 digits stay a code and 2019-06 does not become a day.
        self.text = book.add_format(_FONT | _GRID | {"font_size": 10, "num_format": "@", "text_wrap": True})
        self.centre = book.add_format(_FONT | _GRID | {"font_size": 10, "num_format": "@", "align": "center"})
        self.count = book.add_format(_FONT | _GRID | {"font_size": 10, "num_format": "0", "align": "center"})
        self.number = book.add_format(_FONT | _GRID | {"font_size": 10, "num_format": "0.##", "align": "center"})
        self.wrong = book.add_format({"bg_color": "#F8CBAD", "font_color": "#9C0006"})
        self.prose = book.add_format(_FONT | {"text_wrap": True, "valign": "top"})
        self.cell = book.add_format(_FONT | _GRID | {"text_wrap": True, "valign": "vcenter", "font_size": 10})
