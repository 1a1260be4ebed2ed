"""What all sheets of the workbook share: safe names, rows of headings, texts that stay texts, the printed page."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from coverage_census.report.figures import plain
from coverage_census.report.workbook.styles import Styles
from coverage_census.words.width import width

LONGEST = 31  # what Excel allows for the name of a sheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class Names:
    """Names of sheets that Excel takes: no two alike whatever their case, none empty, none too long."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def one(self, wanted: str) -> str:
        name = _NOT_IN_NAMES.sub("_", plain(wanted)).strip("' ")[:LONGEST] or "_"
        for number in range(2, 10_000):
            if name.casefold() not in self.taken and name.casefold() not in {"history", "历史记录"}:
                break
            ending = f"-{number}"
            name = name[: LONGEST - len(ending)] + ending
        self.taken.add(name.casefold())
        return name


def heads(sheet: Any, row: int, labels: Sequence[str], styles: Styles) -> None:
    """A row of headings as high as its longest one needs."""
    for column, label in enumerate(labels):
        text(sheet, row, column, label, styles.head)
    sheet.set_row(row, 32 if any(width(label) > 9 for label in labels) else 20)


def text(sheet: Any, row: int, column: int, value: str | None, style: Any) -> None:
    """A text and nothing else, whatever it begins with; unknown is a blank cell."""
    if value:
        sheet.write_string(row, column, plain(value).replace("\u00ad", ""), style)
    else:
        sheet.write_blank(row, column, None, style)


def fit(sheet: Any, column: int, values: Iterable[str], least: float = 6, most: float = 40) -> None:
    """A column as wide as its longest value; a Chinese character is two wide."""
    longest = max((width(value) for value in values), default=0)
    sheet.set_column(column, column, min(max(longest + 2, least), most))


def lines(value: str, wide: float) -> int:
    """How many lines a text takes in a column of that width."""
    return max(1, -(-width(value) // max(int(wide) - 1, 1)))


def page(sheet: Any, footer: str, *, landscape: bool, repeat: tuple[int, int] | None, area: tuple[int, int]) -> None:
    """A4, as wide as one sheet of paper, heads repeated, page numbers below. `area`: last row and column."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&C{footer}")
    if repeat is not None:
        sheet.repeat_rows(*repeat)
    sheet.print_area(0, 0, *area)
