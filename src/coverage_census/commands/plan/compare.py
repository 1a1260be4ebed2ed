"""`plan compare`: two kept plans, or one and what would be planned now, in; how they differ out."""

from collections.abc import Mapping
from dataclasses import replace

from coverage_census.commands.plan import kept as plan_keeping
from coverage_census.commands.plan import kept_standing
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model.kept_plan import KeptPlan, Now, Plan, PlanComparison
from coverage_census.plan.kept.compared import as_they_stand, compare
from coverage_census.plan.kept.record import Found

NOW = "now"


def compared(session: Session, one: str, other: str) -> PlanComparison:
    """`now` is the plan of the same kind, areas and policy as the kept one beside it."""
    if one == other == NOW:
        raise WrongUsage("compare_now")
    sides: list[Found | None] = [None if each == NOW else plan_keeping.find(session, each) for each in (one, other)]
    kept = [each for each in sides if each is not None]
    if len({each[0].kind for each in kept}) > 1:
        kinds = [session.words(f"kept.kind.{each[0].kind}") for each in kept]
        raise WrongUsage("compare_kinds", one=one, other=other, kind=kinds[0], other_kind=kinds[1])
    made = [each[1].plan if each else fresh(session, kept[0][1]) for each in sides]
    called = [(name, each[0] if each else None) for name, each in zip((one, other), sides, strict=True)]
    found = compare((called[0], made[0]), (called[1], made[1]), kept[0][0].kind)
    return as_they_stand(found, *(_now(session, each) for each in sides))


def _now(session: Session, kept: Found | None) -> Mapping[int, Now]:
    """What became of each part of a kept plan."""
    return {} if kept is None else {each.number: each.now for each in kept_standing.of(session, kept).fates}


def fresh(session: Session, like: KeptPlan) -> Plan:
    """What would be planned now, as that plan was asked for."""
    plan = like.plan
    asked = session if session.policy else replace(session, policy=plan.policy.name)
    if like.kind == "joint":
        from coverage_census.commands.plan import joint

        return joint.joint(asked, like.areas)
    if like.kind == "mass":
        from coverage_census.commands.plan import mass

        return mass.mass(asked, like.areas)
    from coverage_census.commands.plan import liaison
    from coverage_census.model.liaison_plan import LiaisonPlan

    assert isinstance(plan, LiaisonPlan)
    return liaison.liaison(asked, like.areas, None, plan.optimal_for)
