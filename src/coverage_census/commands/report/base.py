"""Kept registers and a round in; the section 底数 of its report out, or nothing where no register is kept."""

from collections import defaultdict
from collections.abc import Mapping

from coverage_census.commands.reconcile import base_list, reconcile
from coverage_census.commands.session import Session
from coverage_census.registers import kinds
from coverage_census.report.figures import Share
from coverage_census.report.page import base as section
from coverage_census.report.page.base import BaseRow, BaseSection, RegisterUsed
from coverage_census.results import RegisterCompared


def of(session: Session) -> BaseSection | None:
    """The waterfall from the registers that list everybody, and how each register compares."""
    from coverage_census.ledger.registers import kept

    if not kept.entries(session.settings.ledger):
        return None
    words, found = session.words, base_list.base_list(session)
    compared = reconcile.reconcile(session, None)
    used = tuple(_used(each, session) for each in compared)
    if found is None:
        return BaseSection((), None, 0, used)
    from coverage_census.registers.base_list import BaseStep

    base, _ = found
    removed: dict[str, dict[str, list[BaseRow]]] = defaultdict(lambda: defaultdict(list))
    for each in base.removed:
        row = BaseRow(each.side.name, each.side.township or words("report.not_stated"), each.evidence)
        removed[str(each.step)][str(each.reason)].append(row)
    counts: Mapping[str, int] = {str(step): left for step, left in base.counts.items()}
    share = Share(base.counts[BaseStep.IN_LEDGER], base.counts[BaseStep.THREE_HAVES])
    return BaseSection(section.lines(counts, removed, words), share, base.unscreened, used)


def _used(each: RegisterCompared, session: Session) -> RegisterUsed:
    words = session.words
    classes = tuple(
        (words(f"reconcile.class.{kind}"), *pair) for kind, pair in each.comparison.counts().items() if any(pair)
    )
    label = kinds.label(session.settings, each.register, words)
    return RegisterUsed(label, each.as_of, sum(entry.rows for entry in each.entries), each.older, classes)
