"""A round and a policy in; the cut-off of the period before, with its coverage under that policy, out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coverage_census.commands import decided
from coverage_census.commands.basis import PLACES, Basis, inside
from coverage_census.commands.decided import Pair
from coverage_census.commands.session import Session
from coverage_census.model.decision import AreaCoverage
from coverage_census.model.rounds import Round
from coverage_census.policy.figures import coverage
from coverage_census.policy.files.policy import Policy
from coverage_census.results import Diff


def before(session: Session, found: Basis) -> Round | None:
    """The round to compare with: the cut-off of the period before; None where there is none."""
    from coverage_census.ledger.periods import periods

    return periods.previous(session.rounds(), found.round)


def between(session: Session, earlier: Round | None, later: Round) -> Diff | None:
    """What changed."""
    from coverage_census.commands.diff import diff

    return None if earlier is None else diff.between(session, earlier, later, session.rounds())


@dataclass(frozen=True)
class RoundBefore:
    """An earlier round under the policy of a later one: what differs are then the facts, not the rules.

    Few organisations are decided one by one (`pairs`), many as a table (`frame`); of no earlier round there is neither.
    """

    policy: Policy
    pairs: Sequence[Pair] = ()
    frame: Any = None

    def by(self, group: coverage.Group, areas: Collection[str] = ()) -> Sequence[AreaCoverage]:
        """By township or county, of these areas (none: all); an area that was not there then has no line."""
        if self.frame is None:
            mine = (pair for pair in self.pairs if not areas or any(pair[0][place] in areas for place in PLACES))
            return coverage.of_records(mine, group, self.policy)
        return coverage.by(inside(self.frame, areas), group, self.policy)


def past(session: Session, found: Basis, earlier: Round | None) -> RoundBefore:
    """Decided once, however many areas are asked for."""
    from coverage_census.ledger import rounds as store
    from coverage_census.policy.decide import columns

    if earlier is None:
        return RoundBefore(found.policy)
    then = replace(found, round=earlier, table=store.relation(session.settings.ledger, earlier), engine="duckdb")
    if then.is_few:
        return RoundBefore(found.policy, decided.decided(then, (), False))
    carry = {*coverage.fields("county"), *coverage.fields("township")}
    return RoundBefore(found.policy, frame=columns.ends(then.table, found.policy, carry=carry, keep=True))
