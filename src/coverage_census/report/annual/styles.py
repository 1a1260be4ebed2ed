"""What all sheets of the annual workbook share: what they are about, and the cell formats, one name each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


@dataclass(frozen=True)
class Cover:
    """What the tables are about: area, cut-off date and policy as people write them, and what they leave out."""

    area: str
    as_of: str
    policy: str
    outside: tuple[tuple[str, int], ...]  # label of a kind → organisations
    excluded: int  # by the policy, beside those that are gone
    gone: Mapping[str | None, int]  # kind → organisations that are gone (注销、迁出)


class AnnualStyles:
    """The cell formats, one name each."""

    def __init__(self, book: "Workbook") -> None:
        font = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        grid = font | {"border": 1}
        self.title = book.add_format(font | {"font_name": "黑体", "font_size": 16, "align": "center"})
        self.line = book.add_format(font)
        self.right = book.add_format(font | {"align": "right"})
        self.head = book.add_format(grid | {"align": "center", "text_wrap": True, "bold": True})
        self.number = book.add_format(grid | {"align": "center", "font_size": 9, "font_color": "#595959"})
        self.stub = book.add_format(grid | {"text_wrap": True, "align": "left"})
        self.part = book.add_format(grid | {"text_wrap": True, "align": "left", "indent": 1})
        self.group = book.add_format(grid | {"text_wrap": True, "align": "center"})
        self.figure = book.add_format(grid | {"align": "right", "num_format": "#,##0"})
        self.open = book.add_format(
            grid | {"align": "right", "num_format": "#,##0", "italic": True, "bg_color": "#F2F2F2"}
        )
        self.empty = book.add_format(grid)
        self.prose = book.add_format(font | {"text_wrap": True, "valign": "top"})
        self.strong = book.add_format(font | {"bold": True, "font_size": 11})
        self.cell = book.add_format(grid | {"text_wrap": True})
