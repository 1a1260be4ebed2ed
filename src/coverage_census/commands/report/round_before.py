"""A round and a policy in; the cut-off of the period before, with its coverage under that policy, out."""

from dataclasses import replace

from coverage_census.commands.session import Session
from coverage_census.model.rounds import Round
from coverage_census.policy.decided import pairs as decided
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import coverage
from coverage_census.policy.figures.round_before import RoundBefore
from coverage_census.results import Diff


def before(session: Session, found: Basis) -> Round | None:
    """The round to compare with: the cut-off of the period before; None where there is none."""
    from coverage_census.ledger.periods import periods

    return periods.previous(session.rounds(), found.round)


def between(session: Session, earlier: Round | None, later: Round) -> Diff | None:
    """What changed."""
    from coverage_census.commands.diff import diff

    return None if earlier is None else diff.between(session, earlier, later, session.rounds())


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
