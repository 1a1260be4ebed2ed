"""`plan mass`: a round of the ledger in, in which form unions, League and women's organisations could be formed out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.commands.basis import basis
from coverage_census.commands.plan import inputs
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.mass_plan import MASS_KINDS, MassKind, MassLeft, MassPlan, MassProposal
from coverage_census.model.reading import Subject
from coverage_census.model.record import Facts
from coverage_census.policy.decided import for_mass
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.for_plans import organisations
from coverage_census.words.periods import spoken

if TYPE_CHECKING:
    from coverage_census.plan.mass import MassLimits, MassShape, MassUnit


def mass(session: Session, areas: Sequence[str]) -> MassPlan:
    """The plan for these areas; a joint Party branch is followed as far as its units lie in them."""
    from coverage_census.plan import mass as planning

    inputs.check_sizes(session)
    found = basis(session)
    if not found.policy.mass:
        raise CensusError("policy_without_plan", policy=found.policy.name, part="mass")
    limits, chosen = _limits(found), organisations(found, areas)
    proposals: list[MassProposal] = []
    left: list[MassLeft] = []
    tallies = []
    for kind in MASS_KINDS:
        units = [each for row in chosen if (each := _unit(kind, row, found)) is not None]
        last = max((each.group or 0 for each in proposals), default=0)
        made, over = planning.plan(kind, units, _forms(kind, found), limits, last)
        proposals += made
        over += for_mass.uncounted(kind, chosen, found.policy)
        left += over
        tallies.append(for_mass.tally(kind, chosen, found.policy, len(made), len(over)))
    return MassPlan(
        round=found.round.number, period=spoken(found.round), as_of=found.round.as_of, policy=found.stamp,
        units_min=limits.least, units_max=limits.most, tallies=tuple(tallies),
        proposals=tuple(proposals), left=tuple(left),
    )  # fmt: skip


def _limits(found: Basis) -> "MassLimits":
    """By the policy's parameters for joint branches, which mass organisations follow."""
    from coverage_census.plan.mass import MassLimits

    least, most = (found.policy.parameters.get(f"joint_units_{end}") for end in ("min", "max"))
    return MassLimits(least.value if least else 2, most.value if most else 5)


def _forms(kind: MassKind, found: Basis) -> "list[MassShape]":
    from coverage_census.plan.mass import MassShape

    numbers = found.policy.parameters
    return [
        MassShape(
            each.form, each.with_, each.count, numbers[each.together].value if each.together else None,
            each.citation.citation(),
        )
        for each in found.policy.mass
        if each.kind == kind
    ]  # fmt: skip


def _unit(kind: MassKind, row: Facts, found: Basis) -> "MassUnit | None":
    """None where it is not known whether it has one, or the policy leaves it out."""
    from coverage_census.places.industry import classified
    from coverage_census.plan.lacking_conditions import lacking
    from coverage_census.plan.mass import MassUnit
    from coverage_census.policy.decide.joint import branch
    from coverage_census.policy.plans import liaison_and_mass

    has = row[for_mass.FLAG[kind]]
    if has is None or row["excluded"]:
        return None
    industry = classified(row["industry"], row["industry_code"])
    return MassUnit(
        subject=Subject.of(row), has=has, due=for_mass.due(kind, row, found.policy),
        counts=for_mass.counts(kind, row, found.policy),
        forms=liaison_and_mass.forms(row, found.policy, kind).sure, village=row["village"], zone=row["zone"],
        section=industry.section if industry else None, branch=(joint := branch(row)),
        lacking=lacking(kind, (row["not_built_reason"], row["remarks"]), joint=joint is not None),
    )  # fmt: skip
