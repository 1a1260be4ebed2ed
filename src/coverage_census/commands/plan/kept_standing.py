"""`plan list` and `plan show`: kept plans and a round in, which parts came true, broke or are open out."""

from typing import TYPE_CHECKING, Any

from coverage_census.commands.basis import basis
from coverage_census.commands.plan import inputs
from coverage_census.commands.plan import kept as plan_keeping
from coverage_census.commands.session import Session
from coverage_census.model.joint_plan import JointPlan
from coverage_census.model.kept_plan import Fate, KeptPlan, PlanKind, PlanStanding
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Round
from coverage_census.plan.joint.candidates import FIELDS
from coverage_census.plan.kept.joint import Now, fates, leftovers
from coverage_census.plan.kept.record import Found
from coverage_census.policy.decided import for_plans
from coverage_census.policy.decided.basis import Basis
from coverage_census.words.periods import spoken

if TYPE_CHECKING:
    from coverage_census.plan.kept.liaison_and_mass import Served


def standing(session: Session, wanted: str | None) -> tuple[PlanStanding, KeptPlan]:
    """One kept plan (else the newest) against the round that was asked for, else the latest."""
    found = plan_keeping.find(session, wanted)
    return of(session, found), found[1]


def every(session: Session) -> list[PlanStanding]:
    """All kept plans, each under its own policy, the oldest first."""
    return [of(session, each) for each in plan_keeping.all_kept(session)]


def of(session: Session, found: Found) -> PlanStanding:
    """A kept plan against the round that was asked for, under its own policy."""
    label, kept = found
    now = basis(_as_kept(session, kept))
    parts, left = _fates(session, kept, now)
    return PlanStanding(
        label=label, round=now.round.number, period=spoken(now.round), as_of=now.round.as_of,
        changed=_changed(session, kept, now), fates=parts, leftovers=left,
    )  # fmt: skip


def newest(session: Session, which: Round, kind: PlanKind) -> tuple[PlanStanding, KeptPlan] | None:
    """The newest kept plan of a kind and how it stands; None: there is none."""
    found = plan_keeping.latest(session, which, kind)
    return None if found is None else (of(session, found), found[1])


def _as_kept(session: Session, kept: KeptPlan) -> Session:
    """The same policy as the plan was made by, unless another one is asked for."""
    from dataclasses import replace

    return session if session.policy else replace(session, policy=kept.plan.policy.name)


def _changed(session: Session, kept: KeptPlan, now: Basis) -> tuple[str, ...]:
    """Inputs that are no longer what they were; the workbook of officers is not looked for."""
    then = {name: each for name, each in kept.inputs.items() if name != "instructors"}
    there = inputs.hashes(session, now.round, now.policy.version, beside=kept.kind != "mass")
    return tuple(name for name in sorted(then | there) if there.get(name) != then.get(name))


def _fates(session: Session, kept: KeptPlan, now: Basis) -> tuple[tuple[Fate, ...], tuple[Fate, ...]]:
    """Of the parts of a plan, and of those that it has no part for."""
    plan = kept.plan
    if isinstance(plan, JointPlan):
        units = [unit for group in plan.groups for unit in group.units]
        units += [each.unit for each in plan.leftovers]
        looked = Now(
            for_plans.those(now, {unit.name for unit in units}, {unit.uscc for unit in units if unit.uscc}, FIELDS)
        )
        return fates(plan, looked), leftovers(plan, looked)
    from coverage_census.plan.kept import liaison_and_mass as kept_others

    there = Now(for_plans.organisations(now, ()))

    def find(each: Subject) -> Any:
        return there.find(each.name, each.uscc, each.county, each.township)

    if isinstance(plan, LiaisonPlan):
        return kept_others.liaison(plan, find, _served(session, now)), ()
    return kept_others.mass(plan, find), ()


def _served(session: Session, now: Basis) -> "Any":
    from coverage_census.commands.plan.liaison import before
    from coverage_census.plan.kept.liaison_and_mass import Served
    from coverage_census.policy.plans import liaison_and_mass

    held = before(session, now.round)

    def served(row: Any) -> "Served":
        asked = liaison_and_mass.asked(row, now.policy)
        so_far = held.get(Subject.of(row).key)
        return Served(
            so_far.officer if so_far else None, so_far.step if so_far else None,
            asked.need is not None, asked.served is True,
        )  # fmt: skip

    return served
