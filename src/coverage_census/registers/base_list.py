"""Registers compared with the ledger in; how the base list (底数) comes about from them, step by step, out.

原始行 → 去重 → 实体运营 → 三有 → 在账: each step names whom it removes, why, and in which cell that stands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coverage_census.model.choices import OperatingStatus, is_gone
from coverage_census.model.register import ListedSide, RegisterClass
from coverage_census.registers.comparison import Comparison
from coverage_census.registers.side import Side

LISTS = ("market", "civil")
"""Registers that list every organisation of their kinds: nobody is missing for being on no other (工会, 税务)."""


class BaseStep(StrEnum):
    """What is left after each step, in their order."""

    RAW = "raw"  # 名册原始行数
    DISTINCT = "distinct"  # 去重、去外县
    OPERATING = "operating"  # 实体运营
    THREE_HAVES = "three_haves"  # 三有（有场所、有人员、有业务）
    IN_LEDGER = "in_ledger"  # 已在台账


class BaseReason(StrEnum):
    """Why a row of a register is no part of what the next step counts."""

    REPEATED = "repeated"  # 名册自身重复
    OTHER_COUNTY = "other_county"  # 外县
    GONE = "gone"  # 注销、吊销、迁出
    SHELL = "shell"  # 空壳、停业
    NO_STAFF = "no_staff"  # 从业人员为0
    NOT_OURS = "not_ours"  # 人工认定不属两新
    DOUBTFUL = "doubtful"  # 疑似，未定
    NOT_IN_LEDGER = "not_in_ledger"  # 漏报


_STEP_OF = {
    BaseReason.REPEATED: BaseStep.DISTINCT,
    BaseReason.OTHER_COUNTY: BaseStep.DISTINCT,
    BaseReason.GONE: BaseStep.OPERATING,
    BaseReason.SHELL: BaseStep.OPERATING,
    BaseReason.NO_STAFF: BaseStep.THREE_HAVES,
    BaseReason.NOT_OURS: BaseStep.THREE_HAVES,
    BaseReason.DOUBTFUL: BaseStep.IN_LEDGER,
    BaseReason.NOT_IN_LEDGER: BaseStep.IN_LEDGER,
}
_IDLE = frozenset({OperatingStatus.SHELL.value, OperatingStatus.SUSPENDED.value})
_UNSURE = frozenset({RegisterClass.DOUBTFUL, RegisterClass.CODE_TWO_NAMES, RegisterClass.NAME_TWO_CODES})


@dataclass(frozen=True)
class Removal:
    """A row of a register that goes no further; `evidence` is the cell that says why."""

    register: str
    reason: BaseReason
    side: ListedSide
    evidence: str

    @property
    def step(self) -> BaseStep:
        """The step that removes it."""
        return _STEP_OF[self.reason]


@dataclass(frozen=True)
class BaseList:
    """底数: rows left after each step, whom each step removed, and of how many nobody knows whether they are 三有."""

    registers: tuple[str, ...]
    counts: Mapping[BaseStep, int]
    removed: tuple[Removal, ...]
    unscreened: int  # headcount unknown: taken as 三有 until somebody looks

    def reasons(self) -> Mapping[BaseReason, int]:
        """How many rows each reason removed, every reason named."""
        return {each: sum(1 for one in self.removed if one.reason is each) for each in BaseReason}

    @property
    def doubtful(self) -> int:
        """Rows of which it is open whether the ledger has them: they are no part of a rate's numerator."""
        return self.reasons()[BaseReason.DOUBTFUL]


@dataclass(frozen=True)
class _Row:
    """A row of a register with what the comparison says of it."""

    register: str
    side: Side
    row: int
    kind: RegisterClass | None  # None: outside the comparison (another county)
    ledger: int | None  # the organisation of the ledger that it is
    again: bool = False  # another register has named it before

    @property
    def linked(self) -> bool:
        return self.ledger is not None


def base_list(compared: Sequence[tuple[Comparison, Side]], not_ours: Collection[tuple[str, int]] = ()) -> BaseList:
    """From the registers that list everybody; `not_ours`: (register, row) that people said are no 两新."""
    rows = _first_of_each([each for comparison, side in compared for each in _rows(comparison, side)])
    removed = [each for row in rows for each in _removal(row, not_ours)]
    left, counts = len(rows), dict[BaseStep, int]()
    for step in BaseStep:
        left -= sum(1 for each in removed if each.step is step)
        counts[step] = left
    gone = {(each.register, each.side.row) for each in removed}
    open_ = sum(
        1 for each in rows if (each.register, each.row) not in gone and each.side.column("employees")[each.row] is None
    )
    return BaseList(tuple(comparison.register for comparison, _ in compared), counts, tuple(removed), open_)


def _rows(comparison: Comparison, side: Side) -> Iterator[_Row]:
    linked = {
        line.register.row: line.ledger.row
        for line in comparison.lines
        if line.register is not None and line.ledger is not None
    }
    kinds = comparison.register_rows
    for row in range(side.size):
        yield _Row(comparison.register, side, row, kinds.get(row), linked.get(row))


def _first_of_each(rows: Sequence[_Row]) -> list[_Row]:
    """Who stands on two registers is counted on the first: by the organisation of the ledger, its code, or its name."""
    seen: dict[object, str] = {}
    found = []
    for each in rows:
        name, code = (each.side.text(each.row, field) for field in ("name", "uscc"))
        keys = [key for key in (each.ledger, code, ("called", name)) if key is not None]
        before = {seen[key] for key in keys if key in seen} - {each.register}
        found.append(replace(each, again=bool(before)))
        for key in keys:
            seen.setdefault(key, each.register)
    return found


def _removal(each: _Row, not_ours: Collection[tuple[str, int]]) -> Iterable[Removal]:
    """The first reason that holds, in the order of the steps."""
    found = next(_reasons(each, not_ours), None)
    if found is None:
        return ()
    reason, field = found
    return (Removal(each.register, reason, each.side.listed(each.row), each.side.cells(each.row, field)),)


def _reasons(each: _Row, not_ours: Collection[tuple[str, int]]) -> Iterator[tuple[BaseReason, str]]:
    status = each.side.text(each.row, "operating_status")
    if each.kind is None:
        yield BaseReason.OTHER_COUNTY, "county"
    if each.kind is RegisterClass.REPEATED or each.again:
        yield BaseReason.REPEATED, "name"
    if is_gone(status):
        yield BaseReason.GONE, "operating_status"
    if status in _IDLE:
        yield BaseReason.SHELL, "operating_status"
    if each.side.column("employees")[each.row] == 0:
        yield BaseReason.NO_STAFF, "employees"
    if (each.register, each.row) in not_ours:
        yield BaseReason.NOT_OURS, "name"
    if not each.linked:
        yield (BaseReason.DOUBTFUL if each.kind in _UNSURE else BaseReason.NOT_IN_LEDGER), "name"
