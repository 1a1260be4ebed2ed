"""`gaps`: a round of the ledger in, coverage and gaps under a policy out."""

from collections.abc import Sequence

from coverage_census.commands.basis import basis
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.first_found import first_found
from coverage_census.policy.decide import explain as explaining
from coverage_census.policy.figures import coverage
from coverage_census.policy.figures import gaps as figures
from coverage_census.results import GapList, GapTable


def gaps(session: Session, areas: Sequence[str], by: str | None) -> GapTable:
    """Coverage by `by` (townships where nothing is asked), within these areas only."""
    found, by = basis(session), by or "township"
    lines, irregular = figures.lines(found, areas, by)
    return GapTable(by, tuple(lines), coverage.total(lines), found.round, found.stamp, irregular)


def gap_list(session: Session, areas: Sequence[str], by: str | None) -> GapList:
    """Every decision on every organisation within these areas."""
    found = basis(session)
    first = first_found(session, found)
    decisions = tuple(
        each
        for row in figures.organisations(found, areas, by)
        for each in explaining.decisions(row, found.policy, session.words, first=first(row))
    )
    return GapList(decisions, found.round, found.stamp)
