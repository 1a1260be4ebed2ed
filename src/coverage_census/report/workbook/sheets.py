"""What all sheets of the workbook share: safe names, rows of headings, texts that stay texts, the printed page."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coverage_census.report.figures import plain
from coverage_census.report.workbook.styles import WorkbookStyles
from coverage_census.words.width import fold, width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 31  # what Excel allows for the name of a sheet
MOST_CHARACTERS = 32_767  # … in a cell
HIGHEST = 409  # … points for a row
LINE = 14  # points that a line of type takes
LONG_ENOUGH = 4_000  # characters that fill the highest row
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class SheetNames:
    """Names of sheets that Excel takes: no two alike whatever their case, none empty, none too long."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def one(self, wanted: str) -> str:
        """A name that Excel takes for a sheet: at most 31 characters, none of []:*?/\\, not taken yet."""
        name = _NOT_IN_NAMES.sub("_", plain(wanted)).strip("' ")[:LONGEST] or "_"
        for number in range(2, 10_000):
            if name.casefold() not in self.taken and name.casefold() not in {"history", "历史记录"}:
                break
            ending = f"-{number}"
            name = name[: LONGEST - len(ending)] + ending
        self.taken.add(name.casefold())
        return name


def heads(
    sheet: "Worksheet", row: int, labels: Sequence[str], styles: WorkbookStyles, widths: Sequence[float] | None = None
) -> None:
    """A row of headings, as high as the one needs that takes the most lines in its column."""
    for column, label in enumerate(labels):
        text(sheet, row, column, label, styles.head)
    if widths is None:
        sheet.set_row(row, 32 if any(width(label) > 9 for label in labels) else 20)
    else:
        high(sheet, row, zip(labels, widths, strict=False), least=20)


def columns(sheet: "Worksheet", labels: Sequence[str], widths: Sequence[float]) -> list[float]:
    """Columns of these widths, wider where a word of the heading would be broken; the widths that they got."""
    found = [
        max(wide, *(_word(word) + 3 for word in label.split())) for label, wide in zip(labels, widths, strict=True)
    ]
    for column, wide in enumerate(found):
        sheet.set_column(column, column, wide)
    return found


def _word(word: str) -> int:
    """Between any two Chinese characters a line may break."""
    return width(word) if word.isascii() else min(width(word), 6)


def high(sheet: "Worksheet", row: int, said: Iterable[tuple[str | None, float]], least: float = 18) -> None:
    """A row as high as its texts need in columns of these widths."""
    most = max((lines(value, wide) for value, wide in said if value), default=1)
    sheet.set_row(row, min(max(LINE * most + 6, least), HIGHEST))


def text(sheet: "Worksheet", row: int, column: int, value: str | None, style: "Format") -> None:
    """A text and nothing else, whatever it begins with; unknown is a blank cell."""
    if value:
        sheet.write_string(row, column, fitting(value), style)
    else:
        sheet.write_blank(row, column, None, style)


def fitting(value: str) -> str:
    """What a cell takes of a text: nothing hidden, and no more than Excel allows."""
    found = plain(value).replace("\u00ad", "")
    return found if len(found) <= MOST_CHARACTERS else found[: MOST_CHARACTERS - 1] + "…"


def fit(sheet: "Worksheet", column: int, values: Iterable[str], least: float = 6, most: float = 40) -> None:
    """A column as wide as its longest value; a Chinese character is two wide."""
    longest = max((width(value) for value in values), default=0)
    sheet.set_column(column, column, min(max(longest + 2, least), most))


def lines(value: str, wide: float) -> int:
    """How many lines a text takes in a column of that width; a tenth is left for fonts that run wider."""
    room = max(int(wide * 0.9) - 1, 1)
    return sum(max(1, -(-width(line) // room)) for line in fold(value[:LONG_ENOUGH], room))


def page(
    sheet: "Worksheet", footer: str, *, landscape: bool, repeat: tuple[int, int] | None, area: tuple[int, int]
) -> None:
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
