"""Who is left, and all groups in; the reason for each, with its figures, out."""

from collections.abc import Sequence
from typing import Literal

from coverage_census.model.plans.joint import Group, Leftover, PlanSentence, Unit
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.hosts import Hosts
from coverage_census.plan.joint.limits import Bounds

Reason = Literal["none_near", "too_few_formal", "groups_full", "one_member", "limits"]


def leftovers(
    left: Sequence[Unit], groups: Sequence[Group], hosts: Hosts, keep: Bounds, cost: Points
) -> tuple[Leftover, ...]:
    """One record a unit, in their order."""
    by_county: dict[str, list[Unit]] = {}
    for unit in left:
        by_county.setdefault(unit.county or "", []).append(unit)
    heads: dict[str, list[Unit]] = {}
    for group in groups:
        heads.setdefault(group.county or "", []).append(group.units[0])
    found = []
    for unit in left:
        others = [each for each in by_county[unit.county or ""] if each is not unit and in_reach(unit, each, cost)]
        near = [each for each in heads.get(unit.county or "", ()) if in_reach(unit, each, cost)]
        reason, said = why(unit, others, len(near), keep)
        found.append(Leftover(unit=unit, reason=reason, said=said, host=hosts.nearest(unit, cost)))
    return tuple(found)


def in_reach(one: Unit, other: Unit, cost: Points) -> bool:
    """Whether the two could be in one branch, as far as the way goes."""
    return costs.reach(place(one), place(other), cost) is not None


def why(unit: Unit, others: Sequence[Unit], groups: int, keep: Bounds) -> tuple[Reason, PlanSentence]:
    """The reason code. Groups in reach with room would have taken it in: if there are any, they are full."""
    formal = unit.formal_high + sum(each.formal_high for each in others)
    values: dict[str, str | int] = {
        "others": len(others), "formal": formal, "limit": keep.formal_min, "groups": groups, "most": keep.units_max,
    }  # fmt: skip
    return (reason := _reason(unit, others, groups, keep)), PlanSentence(code=f"left.{reason}", values=values)


def _reason(unit: Unit, others: Sequence[Unit], groups: int, keep: Bounds) -> Reason:
    if limits.contradict(keep):
        return "limits"
    if groups:
        return "groups_full"
    if not others:
        return "none_near"
    return "one_member" if unit.members == 1 else "too_few_formal"
