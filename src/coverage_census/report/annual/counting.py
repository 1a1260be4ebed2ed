"""Organisations with their facts in; an annual table out: every cell a number and the organisations behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.model.record import Facts
from coverage_census.report.annual.layout import BUILT, PARTITION, AnnualForm
from coverage_census.report.annual.placing import ENOUGH, PlacedInForm, ends, placed


@dataclass(frozen=True)
class CellShare:
    """What one organisation adds to a cell; None: it may belong there, or how much it adds is not known."""

    placed: PlacedInForm
    amount: int | None


@dataclass
class Cell:
    """One cell: `value` None where the ledger cannot know it; `unknown` organisations may have more to add."""

    value: int | None = None
    unknown: int = 0
    shares: list[CellShare] = field(default_factory=list)


Key = tuple[str, str]
Amount = Callable[[PlacedInForm], int | None]


@dataclass(frozen=True)
class AnnualTable:
    """One annual table; `unplaced` (待核) stand in no cell, `outside` counts the units of other kinds."""

    form: AnnualForm
    cells: Mapping[Key, Cell]
    unplaced: tuple[PlacedInForm, ...]

    def value(self, line: str, column: str) -> int | None:
        return self.cells[line, column].value

    def broken(self) -> "tuple[BrokenIdentity, ...]":
        """The identities that do not hold on the organisations that could be placed: their own figures contradict."""
        values = {key: cell.value for key, cell in self.cells.items()}
        return broken(self.form, values, frozenset(key for key, cell in self.cells.items() if cell.unknown))


@dataclass(frozen=True)
class Traced:
    """One cell of a table and what stands behind it."""

    table: AnnualTable
    line: str
    column: str
    cell: Cell


def count(form: AnnualForm, rows: Iterable[Facts], branch: Callable[[Facts], str | None]) -> AnnualTable:
    """`rows` are those of the policy's organisations that are of the form's kind; `branch` names a joint branch."""
    every = [placed(row) for row in rows]
    standing = [each for each in every if each.line is not None]
    cells = {(line.code, column): Cell() for line in form.lines for column in form.columns}
    for column in form.columns:
        if column in form.never:
            continue
        for line in form.lines:
            if line.counts != "never":
                cells[line.code, column] = _cell(line.code, _shares(line.code, column, standing), branch)
            if cells["units", column].value is None:
                break  # of nobody it is known whether he belongs here: then a 0 further down would mislead
    return AnnualTable(form, cells, tuple(each for each in every if each.line is None))


def _shares(line: str, column: str, standing: Sequence[PlacedInForm]) -> list[CellShare]:
    amount = _AMOUNTS.get(line) or _stands_in(line)
    found = []
    for each in standing:
        if column in each.columns:
            adds = amount(each)
        elif column in each.doubtful:
            adds = None if amount(each) != 0 else 0
        else:
            continue
        if adds != 0:
            found.append(CellShare(each, adds))
    return found


def _cell(line: str, shares: list[CellShare], branch: Callable[[Facts], str | None]) -> Cell:
    if line == "joint_branches":
        return _branches(shares, branch)
    known = [share.amount for share in shares if share.amount is not None]
    unknown = len(shares) - len(known)
    return Cell(sum(known) if known or not unknown else None, unknown, shares)


def _branches(shares: list[CellShare], branch: Callable[[Facts], str | None]) -> Cell:
    """Joint branches by name; a unit that does not name its branch may belong to one that is counted or to another."""
    sure = [share.placed for share in shares if share.amount is not None]
    names = {branch(each.row) for each in sure} - {None}
    unknown = len(shares) - len(sure) + sum(branch(each.row) is None for each in sure)
    return Cell(len(names) if names or not unknown else None, unknown, shares)


def _stands_in(line: str) -> Amount:
    return lambda each: int(each.line == line)


def _liaison(each: PlacedInForm) -> int | None:
    """Whether an instructor is in touch with it (党建工作指导员联系的)."""
    low, high = ends(each.row, "instructors")
    if low is not None and low >= 1:
        return 1
    return 0 if high == 0 else None


def _dispatched(each: PlacedInForm) -> int | None:
    return 0 if each.line in BUILT else _liaison(each)


def _three(each: PlacedInForm) -> int | None:
    """A joint branch's unit with three members or more (具有3名以上党员的); probationary ones are members."""
    if each.line != "joint":
        return 0
    if (each.row["members_low"] or 0) >= ENOUGH:
        return 1
    high = each.row["members_high"]
    return 0 if high is not None and high < ENOUGH else None


def _persons(name: str) -> Amount:
    def adds(each: PlacedInForm) -> int | None:
        value: int | None = each.row[name]
        return value

    return adds


def _members(each: PlacedInForm) -> int | None:
    low, high = each.row["members_low"], each.row["members_high"]
    total: int | None = low if low == high else each.row["members_total"]
    return total


def _among(which: Amount, amount: Amount) -> Amount:
    """`amount` of those that are of some group; not known where the group is not, unless there is nothing to add."""

    def adds(each: PlacedInForm) -> int | None:
        inside = which(each)
        if inside == 0:
            return 0
        return amount(each) if inside or amount(each) == 0 else None

    return adds


def _built(each: PlacedInForm) -> int | None:
    return int(each.line in BUILT)


_employees = _persons("employees")

_AMOUNTS: Mapping[str, Amount] = {
    "units": lambda each: 1,
    "liaison": _liaison,
    "joint_three": _three,
    "joint_branches": _stands_in("joint"),
    "dispatched": _dispatched,
    "instructors": _persons("instructors"),
    "employees": _employees,
    "members": _members,
    "built_employees": _among(_built, _employees),
    "built_members": _among(_built, _members),
    "liaison_employees": _among(_dispatched, _employees),
    "liaison_members": _among(_dispatched, _members),
    "not_transferred": _persons("members_relation_out"),
}


@dataclass(frozen=True)
class BrokenIdentity:
    """An identity (表内关系) that does not hold in one column: both sides with their figures."""

    left: str
    sign: str  # "=" or "≤"
    right: tuple[str, ...]
    column: str
    found: int
    expected: int


_WITHIN = (
    ("liaison", "units"),
    ("joint_three", "joint"),
    ("joint_branches", "joint"),
    ("members", "employees"),
    ("built_employees", "employees"),
    ("built_members", "built_employees"),
    ("built_members", "members"),
    ("liaison_employees", "employees"),
    ("liaison_members", "liaison_employees"),
    ("liaison_members", "members"),
    ("not_transferred", "members"),
)
_COLUMNS_WITHIN = (
    ("over_50", "total"),
    ("over_100", "over_50"),
    ("private_owned", "private"),
    ("hmt_owned", "hmt"),
    ("foreign_owned", "foreign"),
)


def broken(
    form: AnnualForm, values: Mapping[Key, int | None], open_: frozenset[Key] = frozenset()
) -> tuple[BrokenIdentity, ...]:
    """The identities of a form that these figures break. A cell that is empty breaks none, and nothing is above one
    that may still grow (`open_`: cells with unknown shares)."""
    closed = {key: None if key in open_ else value for key, value in values.items()}
    found: list[BrokenIdentity] = []
    codes = {line.code for line in form.lines}
    for column in form.columns:
        parts = [values[line, column] for line in PARTITION]
        whole = values["units", column]
        if whole is not None and None not in parts and whole != sum(each or 0 for each in parts):
            found.append(BrokenIdentity("units", "=", PARTITION, column, whole, sum(each or 0 for each in parts)))
        for part, of in (pair for pair in _WITHIN if codes.issuperset(pair)):
            found += _above(values[part, column], closed[of, column], part, of, column)
    for part, of in (pair for pair in _COLUMNS_WITHIN if set(pair) <= set(form.columns)):
        for line in form.lines:
            if line.code != "joint_branches":
                found += _above(values[line.code, part], closed[line.code, of], part, of, line.code)
    return tuple(found)


def _above(part: int | None, whole: int | None, left: str, right: str, where: str) -> list[BrokenIdentity]:
    if part is None or whole is None or part <= whole:
        return []
    return [BrokenIdentity(left, "≤", (right,), where, part, whole)]
