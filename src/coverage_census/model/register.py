"""Registers (名册): what another office sent of the organisations that it lists, and what the ledger says to it."""

from enum import StrEnum
from typing import NamedTuple

from coverage_census.model.reading import FileReading
from coverage_census.model.record import Record
from coverage_census.model.rounds import EntryKind

MASS = {"union": "has_union", "league": "has_league", "women": "has_women_org"}
"""Registers of mass organisations (群团): to stand on one says that there is one."""

COUNTS = ("employees", "union_members", "league_members")
"""What a register counts of an organisation, and the ledger too."""

HEADCOUNT_ONLY = frozenset({"tax", "social_security"})
"""Of these registers nothing is kept but code, name and headcount."""

COLUMNS = (
    "name", "uscc", "code", "county", "township", "kind", "operating_status", "registered_on", *COUNTS, "joint_units",
    *MASS.values(),
)  # fmt: skip
"""The fields of an organisation that a register's row may hold; `covers` and where it stands come beside them."""

BODY = "body"
"""组织全称: the union, league or women's body itself; its name stands for the organisation's where no other does."""
COVERS = "covers"
"""覆盖单位: the names of the organisations that a joint or area union covers, joined by BETWEEN."""
BETWEEN = "、"


class RegisterEntry(Record):
    """名册: one delivery of a register, kept as it came and never edited; days and times ISO."""

    whose: str  # market, civil … or the office's own name of it
    as_of: str  # the day for which it speaks
    stated: bool  # whether a sheet or a person named that day; else it is the day on which it came
    received_at: str
    tool: str
    rows: int
    files: tuple[FileReading, ...]
    number: int = 1  # of the deliveries of this register, in the order in which they came


class RegisterClass(StrEnum):
    """What the comparison says of a row; every row of either side is in one of them."""

    REPEATED = "repeated"  # 名册自身重复
    CODE_TWO_NAMES = "code_two_names"  # 一码两名
    NAME_TWO_CODES = "name_two_codes"  # 一名两码
    GONE_BUT_LISTED = "gone_but_listed"  # 已注销仍在册: one of the two says that it is gone
    KIND_DIFFERS = "kind_differs"  # 类别不符
    COUNTS_DIFFER = "counts_differ"  # 数不一致
    AGREES = "agrees"  # 一致
    DOUBTFUL = "doubtful"  # 疑似
    NOT_IN_LEDGER = "not_in_ledger"  # 名册有台账无（漏报）
    NOT_IN_REGISTER = "not_in_register"  # 台账有名册无


class Compared(NamedTuple):
    """One value of which register and ledger say different things."""

    field: str
    register: str | int | float | bool | None
    ledger: str | int | float | bool | None
    register_cell: str | None
    ledger_cell: str | None


class ListedSide(NamedTuple):
    """One side of a line: an organisation as its row calls it, and where that row stands."""

    row: int  # its place in the table of its side
    name: str
    uscc: str | None
    county: str | None
    township: str | None
    place: str  # file!sheet!cell
    kind: str | None = None


class RegisterLine(NamedTuple):
    """One line of a comparison: a row of the register, one of the ledger, or both as one.

    `step` is how the two were linked and `on` the two values that it was done on; `candidates`: of a doubtful row.
    `answer` is what a person said of it, as long as both sides say what they said then; None: it is to be asked.
    """

    kind: RegisterClass
    register: ListedSide | None
    ledger: ListedSide | None
    step: str | None = None
    on: tuple[str, str] | None = None
    differs: tuple[Compared, ...] = ()
    candidates: tuple[ListedSide, ...] = ()
    score: float | None = None
    answer: EntryKind | None = None


RegisterPair = tuple[RegisterLine, ListedSide | None, ListedSide | None]
"""A line with the row of the register and the organisation that it asks about: a doubtful one has one a candidate."""
