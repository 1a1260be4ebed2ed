"""What a sheet is to look like, as the TOML files of the samples say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SheetPlan:
    """One sheet of a workbook: a ledger with `share` organisations, or a roster, or a page of text."""

    file: str
    name: str
    county: str
    townships: tuple[str, ...] = ()
    layout: str = ""
    share: int = 0
    kinds: tuple[str, ...] = ()  # the only kinds it lists; () any but social organisations
    zoned: bool = False  # a sheet of a development zone
    title: tuple[str, ...] = ()
    line: str = ""  # the line of 填报单位 and 截止日期, its cells parted by |||
    section: str = ""  # the field that section rows give to the rows below them
    subtotals: bool = False
    totals: str = ""  # the word of the totals row
    number_row: str = ""  # jiayi or arabic
    sign: bool = False  # a row of signatures
    blank_top: int = 0  # blank rows above everything
    example: bool = False  # a 样例 row below the header
    gap: bool = False  # a blank row above the totals
    notes: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    roster: int = 0  # a roster of so many placeholders

    @property
    def names_county(self) -> bool:
        """Whether title or unit line say which county it is."""
        said = "".join(self.words(sentence) for sentence in (*self.title, self.line))
        return self.county in said.replace("縣", "县")

    def words(self, sentence: str) -> str:
        """The sentence with county and township filled in."""
        return sentence.format(county=self.county, township=self.townships[0] if len(self.townships) == 1 else "")


def sheet_plans(tables: list[Mapping[str, Any]], county: str) -> list[SheetPlan]:
    """The sheets of the `[[books]]` of a sample file, in order."""
    plans = []
    for book in tables:
        for sheet in book["sheets"]:
            told: dict[str, Any] = {"townships": book.get("townships", ()), **sheet}
            told = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
            plans.append(SheetPlan(file=book["file"], county=county, **told))
    return plans
