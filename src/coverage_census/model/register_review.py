"""核对表: the lines of comparisons that a workbook asks about, and what its hidden sheet remembers of them."""

from collections.abc import Mapping
from typing import NamedTuple

from coverage_census.model.register import Compared, ListedSide, RegisterClass

HIDDEN = "_census"
SIGN, FORMAT = "coverage-census registers", 1
DOES = ("same", "different", "register_holds", "ledger_holds", "listed", "out_of_scope")
"""同一单位, 不同, 以名册为准, 以台账为准, 漏报补录, 不属两新."""
META = ("title", *DOES)
SIDE = ("name", "uscc", "county", "township")
WHERE = ("file", "sheet", "cell")
IDS = (
    "line", "register", "fits", *(f"register_{each}" for each in (*SIDE, *WHERE, "kind")),
    *(f"ledger_{each}" for each in SIDE), "differs",
)  # fmt: skip
"""`fits`: the answers that fit the line; `differs`: JSON, a list of field, what the register and what the ledger says,
and the register's cell."""
HEAD = 3  # row of the lower headings, 0-based
NUMBER, CALLED, ANSWER, REASON = 0, (2, 5), 9, 10  # columns, 0-based; CALLED: who stands on either side
LINES = 5_000
"""Lines of one class in one workbook."""

ASKED = (
    RegisterClass.CODE_TWO_NAMES, RegisterClass.NAME_TWO_CODES, RegisterClass.DOUBTFUL,
    RegisterClass.GONE_BUT_LISTED, RegisterClass.KIND_DIFFERS, RegisterClass.COUNTS_DIFFER,
    RegisterClass.NOT_IN_LEDGER, RegisterClass.NOT_IN_REGISTER,
)  # fmt: skip
"""Classes with anything to answer, in the order of their sheets: first who is who, then what each says. That a register
repeats itself is its own matter."""

_PAIR = ("same", "different", "out_of_scope")
_VALUES = ("register_holds", "ledger_holds", "different")
FITS: Mapping[RegisterClass, tuple[str, ...]] = {
    RegisterClass.CODE_TWO_NAMES: _PAIR,
    RegisterClass.NAME_TWO_CODES: _PAIR,
    RegisterClass.DOUBTFUL: _PAIR,
    RegisterClass.GONE_BUT_LISTED: _VALUES,
    RegisterClass.KIND_DIFFERS: _VALUES,
    RegisterClass.COUNTS_DIFFER: _VALUES,
    RegisterClass.NOT_IN_LEDGER: ("listed", "out_of_scope"),
    RegisterClass.NOT_IN_REGISTER: ("register_holds", "ledger_holds"),
}
"""What can be said of a line of each class, as far as the line has both sides, or a value that could hold."""


class RegisterQuestion(NamedTuple):
    """One line as the workbook asks about it; `cells` are those of either side, `said` what divides or links them, all
    in the language of the workbook. `register` is its code, `label` what people call it."""

    number: int
    kind: RegisterClass
    register: str
    label: str
    fits: tuple[str, ...]
    theirs: ListedSide | None
    ours: ListedSide | None
    differs: tuple[Compared, ...]
    cells: tuple[tuple[str, ...], tuple[str, ...]]
    said: str


class RegisterTally(NamedTuple):
    """What the first sheet says of one class of one register: rows of either side in it, lines that are answered, and
    lines that are asked about here, of all that are open."""

    label: str
    kind: RegisterClass
    rows: tuple[int, int]
    answered: int
    listed: int
    open: int
