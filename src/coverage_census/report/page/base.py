"""The section 底数: how the base list comes about from other offices' registers, step by step, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coverage_census.report.figures import Share
from coverage_census.words.catalogue import Words

SHOWN = 20
"""Removed rows that the page names of one reason; `census reconcile` has them all."""


@dataclass(frozen=True)
class BaseRow:
    """One row that was removed: as its register calls it, and the cell that says why."""

    name: str
    township: str
    evidence: str


@dataclass(frozen=True)
class BaseRemoval:
    """Rows that a step removes for one reason; `rows` are the first of them."""

    reason: str
    count: int
    rows: tuple[BaseRow, ...]


@dataclass(frozen=True)
class BaseLine:
    """One step of the waterfall: what is left after it, and whom it removed."""

    step: str
    left: int
    removed: tuple[BaseRemoval, ...]


@dataclass(frozen=True)
class RegisterUsed:
    """A register behind the figures; `older`: the ledger stands at a later day."""

    label: str
    as_of: str
    rows: int
    older: bool
    classes: tuple[tuple[str, int, int], ...]  # label, rows of the register, organisations of the ledger


@dataclass(frozen=True)
class BaseSection:
    """`coverage` is 摸排覆盖率: in the ledger of those that are 三有; none where no register lists everybody."""

    lines: tuple[BaseLine, ...]
    coverage: Share | None
    unscreened: int
    registers: tuple[RegisterUsed, ...]


Removed = Mapping[str, Sequence[BaseRow]]
"""Reason → everybody whom it removed, in the order of the registers."""


def lines(counts: Mapping[str, int], removed: Mapping[str, Removed], words: Words) -> tuple[BaseLine, ...]:
    """Each step with what is left; `removed` by step."""
    return tuple(
        BaseLine(
            words(f"reconcile.base.{step}"),
            left,
            tuple(
                BaseRemoval(words(f"reconcile.reason.{reason}"), len(rows), tuple(rows[:SHOWN]))
                for reason, rows in removed.get(step, {}).items()
                if rows
            ),
        )
        for step, left in counts.items()
    )
