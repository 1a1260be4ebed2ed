"""Kept registers and a round in; the base list (底数) and its rate (摸排覆盖率) out; nothing without such registers."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.model.decision import Indicator
from coverage_census.results import RegisterCompared

if TYPE_CHECKING:
    from coverage_census.registers.base_list import BaseList

CODE = "base_coverage"


def base_list(session: Session) -> "tuple[BaseList, tuple[RegisterCompared, ...]] | None":
    """The waterfall of the round that is asked for, and the registers that it comes from."""
    compared = of_lists(session)
    if not compared:
        return None
    from coverage_census.registers import base_list as waterfall

    return waterfall.base_list([(each.comparison, each.side) for each in compared], set(_not_ours(compared))), compared


def of_lists(session: Session) -> tuple[RegisterCompared, ...]:
    """The registers in force that list every organisation of their kinds, compared with the round."""
    from coverage_census.ledger.registers import kept
    from coverage_census.registers.base_list import LISTS

    ledger = session.settings.ledger
    own = {name for name, each in session.settings.registers.items() if each.like in LISTS}
    there = {each.entry.whose for each in kept.entries(ledger)} & {*LISTS, *own}
    if not there:
        return ()
    from coverage_census.commands.reconcile import reconcile

    return tuple(each for whose in sorted(there) for each in reconcile.reconcile(session, whose))


def _not_ours(compared: Collection[RegisterCompared]) -> Iterator[tuple[str, int]]:
    """The rows of which people said that they are no 两新."""
    for each in compared:
        for line in each.comparison.lines:
            if line.register is not None and line.answer == "out_of_scope":
                yield each.register, line.register.row


def rate(session: Session) -> tuple[Indicator, ...]:
    """摸排覆盖率 n/N: rows of the base list that the ledger has; none where no register lists everybody."""
    found = base_list(replace(session, as_of=None))
    if found is None:
        return ()
    from coverage_census.registers.base_list import BaseStep

    base, compared = found
    above, below = base.counts[BaseStep.IN_LEDGER], base.counts[BaseStep.THREE_HAVES]
    words = session.words
    made = Indicator(
        code=CODE,
        label=words(f"indicator.{CODE}.label"),
        numerator=above,
        denominator=below,
        denominator_label=words(f"indicator.{CODE}.denominator"),
        rate=above / below if below else None,
        counted="organisations",
        as_of=min(each.as_of for each in compared),
        definition=words(f"indicator.{CODE}.definition"),
        source=words(f"indicator.{CODE}.source"),
        by_total_basis=0,
        unknown=base.doubtful,
        known=below - base.doubtful,
    )
    return (made,)
