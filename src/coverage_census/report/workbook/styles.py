"""The cell formats of the ledger workbook, one name each."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

INK, RULE, SHADE = "#1F3A5F", "#A6A6A6", "#EAF0F6"


class WorkbookStyles:
    """Formats of one workbook; made once each."""

    def __init__(self, book: "Workbook") -> None:
        font = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        grid = font | {"border": 1, "border_color": RULE}
        count = {"align": "right", "num_format": "#,##0", "indent": 1}
        share = {"align": "right", "num_format": "0.0%", "indent": 1}
        total = {"bold": True, "top": 2, "bg_color": SHADE}
        self.title = book.add_format(font | {"font_name": "黑体", "font_size": 16})
        self.section = book.add_format(font | {"font_name": "黑体", "font_size": 12, "font_color": INK})
        self.meta = book.add_format(font | {"font_color": "#404040"})
        self.prose = book.add_format(font | {"font_size": 11, "text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            grid | {"bold": True, "align": "center", "text_wrap": True, "bg_color": SHADE, "font_color": INK}
        )
        self.text = book.add_format(grid | {"text_wrap": True, "num_format": "@"})
        self.plain = book.add_format(grid | {"num_format": "@"})  # one line: codes and names that are filtered by
        self.centre = book.add_format(grid | {"align": "center", "text_wrap": True})
        self.link = book.add_format(grid | {"font_color": "#0B5394", "underline": 1})
        self.count = book.add_format(grid | count)
        self.share = book.add_format(grid | share)
        self.total = book.add_format(grid | total)
        self.total_count = book.add_format(grid | count | total)
        self.total_share = book.add_format(grid | share | total)
        self.some = book.add_format({"bg_color": "#FCE4D6", "font_color": "#833C0B"})
        self.none = book.add_format({"font_color": "#A6A6A6"})
