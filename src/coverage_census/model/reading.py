"""How files, sheets and columns were understood, and the problems and answers found in them."""

from enum import StrEnum
from typing import Literal

from coverage_census.model.organisation import Source, at
from coverage_census.model.record import PartialDate, Record
from coverage_census.model.row import Facts

CountyFrom = Literal["folder", "settings"]
"""Who named the county of a sheet that names none: the folder that it lay in, or census.toml."""


MOVED = ("read_anew", "read_anew_sum", "read_anew_yes", "read_anew_county", "county_follows")
"""Codes of what is said of figures that changed settings moved."""


class Level(StrEnum):
    """How bad a problem is."""

    ERROR = "error"  # 必改
    WARNING = "warning"  # 提醒
    NOTE = "note"  # 说明


class Problem(Record):
    """问题: something in the data that a person should look at; its words come from the catalogue by `code`.

    `values` fill the catalogue's sentences and hold no personal data. `cell` is None where the whole sheet is meant.
    """

    code: str
    level: Level
    file: str
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    values: dict[str, str | int | float | None] = {}

    @property
    def place(self) -> str:
        """sheet!cell within its file, as far as it is known."""
        return at(self.sheet, self.cell)


class ColumnReading(Record):
    """How one headed column (or, in a card, one label) was understood; `heading` is its path joined by `>`."""

    column: str
    heading: str
    field: str | None = None
    dropped: Literal["personal"] | None = None
    skipped: bool = False  # known to hold nothing that a ledger keeps (序号, 经度 …)


class Understood(Record):
    """How much of a sheet was understood: the share of its headed columns, and of all cells that hold anything."""

    columns: float | None = None
    cells: float | None = None


class SheetReading(Record):
    """How one sheet was understood; rows are 1-based as the spreadsheet shows them, both ends included."""

    sheet: str
    kind: Literal["ledger", "crosstab", "card", "roster", "other"]
    header_rows: tuple[int, int] | None = None
    data_rows: int = 0
    columns: tuple[ColumnReading, ...] = ()
    unit: str | None = None  # 填报单位
    county: str | None = None
    county_from: CountyFrom | None = None  # where the sheet itself does not name its county
    township: str | None = None
    as_of: PartialDate | None = None  # 截止日期, as the sheet states it
    period: str | None = None  # 期, as an export states it: 2026Q3
    speaks_for: str | None = None  # the day for which it entered the ledger with this round, ISO; None: it did not
    aside: int = 0  # organisations that stayed outside: the ledger holds something newer of their scope
    split_rows: tuple[int, ...] = ()  # whose total of members says the parts: 3（含预备1名）, 2+1
    register_of: str | None = None  # another office's list (名册), by its code in `ingest.offices`: it is compared only
    understood: Understood = Understood()  # told when it is read, kept nowhere
    cards: tuple[tuple[int, int], ...] = ()  # of each organisation on cards: its first and last of `columns`

    def card_of(self, cell: str | None) -> int | None:
        """Which of the organisations a cell belongs to, by number; cards may stand side by side."""
        at = next((number for number, each in enumerate(self.columns) if each.column == cell), None)
        if at is None:
            return None
        return next((number for number, (first, last) in enumerate(self.cards) if first <= at <= last), None)


class Subject(Record):
    """Which organisation a human decision is about, as it was called then; the place tells apart equal names."""

    name: str
    uscc: str | None = None
    county: str | None = None
    township: str | None = None

    @classmethod
    def of(cls, row: Facts) -> "Subject":
        """The organisation of a row."""
        return cls(name=row["name"], uscc=row["uscc"], county=row["county"], township=row["township"])

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by from round to round: its code, else its name and place."""
        return (self.uscc,) if self.uscc else (self.name, self.county or "", self.township or "")


class Answer(Record):
    """答复: what a person wrote beside one problem of a return workbook (退回表).

    `sheet`, `cell` and `row` are where the problem lay, `at` is where the answer stands. `value` is what the words of
    a correction mean, or None where the corrected sheet itself came back and was read with the correction in it.

    Of a line of a comparison `whose` says with which register, `source` where its row stands, `value` what it says
    and `old` what the ledger said when it was asked.
    """

    does: Literal[
        "corrected", "confirmed", "same", "different", "register_holds", "ledger_holds", "listed", "out_of_scope"
    ]  # fmt: skip
    code: str
    finding: str
    at: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    field: str | None = None
    subject: Subject | None = None
    value: str | int | float | bool | None = None
    reason: str | None = None
    other: Subject | None = None  # of an answer on identity (同一单位, 不是)
    whose: str | None = None
    old: str | int | float | bool | None = None
    source: Source | None = None


class FileReading(Record):
    """How one file was understood. `refused` is the code of the problem that kept it out, `content_sha256` the hash
    of its canonical cell content (equal for a re-saved workbook); `return_of` names the file that a return workbook
    was made of, `return_sha256` is that file's hash, and `answers` are those that a person wrote into it (kept in the
    ledger as entries, not here)."""

    file: str
    format: str | None = None  # xlsx xls xlsb ods csv …; None where it was not recognised
    size: int = 0
    sha256: str | None = None
    content_sha256: str | None = None
    sheets: tuple[SheetReading, ...] = ()
    refused: str | None = None
    return_of: str | None = None
    return_sha256: str | None = None
    answers: tuple[Answer, ...] = ()
    read_with: str | None = None  # a hash of the settings by which it was read; None: an older census did not say

    @property
    def entering(self) -> tuple[SheetReading, ...]:
        """The sheets that enter, or entered, the ledger with the round that this reading belongs to."""
        return tuple(each for each in self.sheets if each.speaks_for is not None)

    @property
    def gave_nothing(self) -> bool:
        """Whether no sheet of it could hold organisations: a table of statistics, a roster, a page of instructions."""
        return not self.return_of and not any(sheet.kind in ("ledger", "card") for sheet in self.sheets)

    @property
    def only_registers(self) -> bool:
        """Whether every organisation in it stands on another office's register, which changes nothing in a ledger."""
        named = [sheet for sheet in self.sheets if sheet.data_rows]
        return bool(named) and all(sheet.register_of for sheet in named) and not (self.return_of or self.answers)

    @property
    def said_nothing(self) -> bool:
        """Whether no organisation and no answer was read of it, though it was read."""
        return not (self.return_of or self.answers or any(sheet.data_rows for sheet in self.sheets))
