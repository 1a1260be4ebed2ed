"""`plan joint`: a round of the ledger in, joint branches that close gaps out."""

from collections.abc import Sequence

from coverage_census.commands.basis import basis
from coverage_census.commands.plan import inputs
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.joint_plan import JointPlan, Unit
from coverage_census.model.record import Row
from coverage_census.places import neighbours
from coverage_census.plan.joint import joint as planning
from coverage_census.plan.joint.candidates import FIELDS
from coverage_census.plan.organisations import townships
from coverage_census.policy.decided import for_plans
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.plans import joint as policies
from coverage_census.words.periods import spoken


def joint(session: Session, areas: Sequence[str]) -> JointPlan:
    """The plan of the round and policy that were asked for, within these areas only."""
    return planning.plan(*asked(session, areas))


def asked(session: Session, areas: Sequence[str]) -> tuple[list[Row], planning.PlanFrame]:
    """The rows that such a plan looks at, and what it is made under."""
    inputs.check_sizes(session)
    found = basis(session)
    limits, weights = policies.limits(found.policy), policies.weights(found.policy)
    if limits is None or weights is None:
        raise CensusError("policy_without_plan", policy=found.policy.name)
    wanted = for_plans.joint(found, areas, FIELDS)
    beside = neighbours.read(inputs.neighbours(session), townships(wanted))
    based_on, earlier = _earlier(session, found)
    return wanted, planning.PlanFrame(
        round=found.round.number,
        period=spoken(found.round),
        policy=found.stamp,
        limits=limits,
        weights=weights,
        neighbours=beside,
        inputs=inputs.hashes(session, found.round, found.policy.version),
        earlier=earlier,
        based_on=based_on,
    )


def _earlier(session: Session, found: Basis) -> tuple[int | None, tuple[tuple[Unit, ...], ...]]:
    """The newest kept plan, and its groups that no existing branch goes on in: they stay together where they can."""
    from coverage_census.commands.plan.kept import latest

    kept = latest(session, found.round, "joint")
    if kept is None or kept[1].joint is None:
        return None, ()
    return kept[0].number, tuple(group.units for group in kept[1].joint.groups if group.branch_key is None)
