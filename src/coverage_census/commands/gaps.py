"""`gaps`: a round of the ledger in, coverage and gaps under a policy out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.commands.basis import PLACES, Basis, among, basis, within
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.first_found import first_found
from coverage_census.model.decision import AreaCoverage, Decision
from coverage_census.policy.decide import explain as explaining
from coverage_census.policy.decide.frames import rows
from coverage_census.policy.figures import branches, coverage
from coverage_census.results import GapList, GapTable

GROUPS: dict[str, coverage.Group] = {
    "county": "county",
    "township": "township",
    "kind": "kind",
    "industry": "industry",
    "zone": "zone",
    "scale": "above_scale",
}


def gaps(session: Session, areas: Sequence[str], by: str | None) -> GapTable:
    """Coverage by `by` (townships where nothing is asked), within these areas only."""
    found = basis(session)
    by = by or "township"
    lines, irregular = _few(found, areas, by) if found.is_few else _many(found, areas, by)
    return GapTable(by, tuple(lines), coverage.total(lines), found.round, found.stamp, irregular)


def _many(found: Basis, areas: Sequence[str], by: str) -> tuple[list[AreaCoverage], int]:
    frame = found.decided(carry={*coverage.fields(GROUPS[by]), *_area_columns(by), *branches.FIELDS})
    frame = within(frame, areas, _area_columns(by))
    return coverage.by(frame, GROUPS[by], found.policy), branches.of_frame(frame, found.policy)


def _few(found: Basis, areas: Sequence[str], by: str) -> tuple[list[AreaCoverage], int]:
    """Record by record: joint branches are looked at as a whole, whatever area is asked for."""
    from coverage_census.policy.decide import records

    wanted = among(found.completed(), areas, _area_columns(by))
    ended = [(facts, records.ends(facts, found.policy)) for facts in wanted]
    return coverage.of_records(ended, GROUPS[by], found.policy), branches.of_records(ended)


def gap_list(session: Session, areas: Sequence[str], by: str | None) -> GapList:
    """Every decision on every organisation within these areas."""
    found = basis(session)
    columns = _area_columns(by)
    few = among(found.completed(), areas, columns) if found.is_few else None
    wanted = rows(within(found.facts(), areas, columns)) if few is None else few
    return GapList(every_decision(wanted, found, session), found.round, found.stamp)


def every_decision(facts: Sequence[dict[str, Any]], found: Basis, session: Session) -> tuple[Decision, ...]:
    """All rules applied to these rows."""
    first = first_found(session, found)
    return tuple(
        each for row in facts for each in explaining.decisions(row, found.policy, session.words, first=first(row))
    )


def _area_columns(by: str | None) -> tuple[str, ...]:
    """Where the name of an area may stand: in the grouping's own column, or it is a county or township."""
    own = GROUPS[by] if by else "township"
    return (own, *(place for place in PLACES if place != own)) if own not in {"kind", "above_scale"} else PLACES
