"""A round under a policy in; its coverage and gaps, grouped as somebody asks, out."""

from collections.abc import Sequence

from coverage_census.model.decision import AreaCoverage
from coverage_census.model.record import Row
from coverage_census.policy.decide.frames import rows
from coverage_census.policy.decided.areas import PLACES, among, within
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import branches, coverage

GROUPS: dict[str, coverage.Group] = {
    "county": "county",
    "township": "township",
    "kind": "kind",
    "industry": "industry",
    "zone": "zone",
    "scale": "above_scale",
}


def lines(found: Basis, areas: Sequence[str], by: str) -> tuple[list[AreaCoverage], int]:
    """Coverage by one of `GROUPS`, within these areas only; and how many irregular joint branches there are."""
    if found.is_few:
        return _few(found, areas, by)
    frame = found.decided(carry={*coverage.fields(GROUPS[by]), *_area_columns(by), *branches.FIELDS})
    frame = within(frame, areas, _area_columns(by))
    return coverage.by(frame, GROUPS[by], found.policy), branches.of_frame(frame, found.policy)


def organisations(found: Basis, areas: Sequence[str], by: str | None) -> Sequence[Row]:
    """Every organisation within these areas, with its facts."""
    columns = _area_columns(by)
    return among(found.completed(), areas, columns) if found.is_few else rows(within(found.facts(), areas, columns))


def _few(found: Basis, areas: Sequence[str], by: str) -> tuple[list[AreaCoverage], int]:
    """Record by record: joint branches are looked at as a whole, whatever area is asked for."""
    from coverage_census.policy.decide import records

    wanted = among(found.completed(), areas, _area_columns(by))
    ended = [(facts, records.ends(facts, found.policy)) for facts in wanted]
    return coverage.of_records(ended, GROUPS[by], found.policy), branches.of_records(ended)


def _area_columns(by: str | None) -> tuple[str, ...]:
    """Where the name of an area may stand: in the grouping's own column, or it is a county or township."""
    own = GROUPS[by] if by else "township"
    return (own, *(place for place in PLACES if place != own)) if own not in {"kind", "above_scale"} else PLACES
