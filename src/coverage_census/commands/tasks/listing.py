"""Tasks in; those that were asked for, each with its reason and its article, out."""

from collections.abc import Sequence
from dataclasses import replace

from coverage_census.commands.basis import basis
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.tasks import of
from coverage_census.model.task import UNFINISHED, Task
from coverage_census.policy.decided.basis import Basis
from coverage_census.tasks import listing
from coverage_census.tasks.items import Tasks
from coverage_census.tasks.listing import TaskQuery, chosen

MOST = 20_000  # unfinished tasks of a report: more, and `census tasks AREA --xlsx` serves people better


def for_workbook(session: Session, found: Basis, areas: Sequence[str]) -> list[Task] | None:
    """The 销号台账 of a report: what is unfinished, and what was done lately; None where that is too much."""
    asked = TaskQuery(finished=False)
    every = chosen(of(session, found, areas, everything=found.is_few), asked, tuple(found.policy.rules), session.words)
    if len(every.items) > MOST:
        return None
    if not found.is_few:
        every = chosen(of(session, found, areas, everything=True), asked, tuple(found.policy.rules), session.words)
    return sorted(listed(session, found, every), key=lambda each: each.state not in UNFINISHED)


def table_of(session: Session, areas: Sequence[str], asked: TaskQuery) -> Tasks:
    """The tasks of these areas that were asked for, for the table by owner."""
    found = basis(session)
    return chosen(of(session, found, areas), asked, tuple(found.policy.rules), session.words)


def list_of(session: Session, areas: Sequence[str], asked: TaskQuery, *, by_due: bool) -> list[Task]:
    """The same one by one, what is finished only where its state was asked for."""
    found = basis(session)
    every = of(session, found, areas, everything=True)
    few = chosen(every, replace(asked, finished=False), tuple(found.policy.rules), session.words)
    return listed(session, found, few, by_due=by_due)


def listed(session: Session, basis: Basis, found: Tasks, *, by_due: bool = False) -> list[Task]:
    """By township and name, or by day: what is due first comes first, what has no day last."""
    from coverage_census.policy.decide import explain

    words = session.words
    return listing.listed(found, lambda facts: explain.decisions(facts, basis.policy, words), words, by_due=by_due)
