"""What townships could not place, and groups with room in; groups across townships out, by county (second stage)."""

from collections.abc import Sequence
from dataclasses import dataclass

from coverage_census.model.plans.joint import Group, PlanProof, PlanSentence
from coverage_census.plan.joint import groups as grouping
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.limits import Bounds, Tally
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem, Solution
from coverage_census.plan.joint.solver.workers import every
from coverage_census.plan.joint.townships import NO_PINS, Member, Pins, first


@dataclass(frozen=True)
class Second:
    """All groups after the second stage, who is still left, and how good each county's search was."""

    groups: tuple[Group, ...]
    left: tuple[Member, ...]
    proofs: tuple[PlanProof, ...]


def second(found: Sequence[Group], left: Sequence[Member], keep: Bounds, cost: Points, pins: Pins = NO_PINS) -> Second:
    """The leftovers of each county among themselves and with its groups."""
    counties = searched(left, cost)
    clusters = [_cluster(county, found, left, keep, cost, pins) for county in counties]
    solutions = every([cluster for cluster, _, _ in clusters])
    groups, proofs = list(found), []
    still = [member for member in left if _county(member) not in counties]
    for county, (cluster, members, opened), solution in zip(counties, clusters, solutions, strict=True):
        for numbers, kept in solution.groups:
            made = grouping.group(numbers, kept, cluster, members, 2)
            grown = next((opened[n] for n in numbers if n in opened), None)
            if grown is None:
                groups.append(made)
            else:
                groups[grown] = _grown(groups[grown], made)
        inside = {n for numbers, _ in solution.groups for n in numbers}
        still += [each for n, each in enumerate(members) if n not in opened and n not in inside]
        proofs.append(_proof(county, cluster, solution))
    return Second(tuple(groups), tuple(still), tuple(proofs))


def searched(left: Sequence[Member], cost: Points) -> list[str]:
    """The counties of those left over. Where no county is named nothing shows that two townships are of one, unless
    somebody said that they lie side by side."""
    found = {_county(member) for member in left}
    return sorted(found if any(not county for county, _, _ in cost.neighbours) else found - {""})


def _proof(county: str, cluster: Cluster, solution: Solution) -> PlanProof:
    all_of = sum(item.weight for item in cluster.items if not item.open)
    return PlanProof(
        stage=2, county=county or None, township=None, candidates=all_of, covered=all_of - solution.uncovered,
        most=all_of - solution.least_uncovered, cost=solution.cost, bound=solution.bound,
    )  # fmt: skip


def _county(member: Member) -> str:
    return first(member.units).county or ""


def _cluster(
    county: str, found: Sequence[Group], left: Sequence[Member], keep: Bounds, cost: Points, pins: Pins
) -> tuple[Cluster, list[Member], dict[int, int]]:
    """Items, what they stand for, and which of them are which group that exists already."""
    items: list[ClusterItem] = []
    members: list[Member] = []
    opened: dict[int, int] = {}
    for number, group in enumerate(found):
        tally = Tally(group.size, group.formal, group.formal_high, group.members)
        if (group.county or "") == county and tally.units < keep.units_max and tally.members < keep.members_max:
            opened[len(items)] = number
            lead = group.units[0]
            items.append(ClusterItem(tally, place(lead), lead.gbt4754, open=True))
            members.append(Member(group.units, tally=tally))
    for member in left:
        if _county(member) == county:
            lead = first(member.units)
            items.append(ClusterItem(member.tally, place(lead), lead.gbt4754, member.tally.units))
            members.append(member)
    return Cluster(tuple(items), keep, cost, *pins.among(members)), members, opened


def _grown(before: Group, made: Group) -> Group:
    """The group of the first stage with those who join it now: its lead unit stays."""
    known = {id(unit) for unit in before.units}
    more = [unit for unit in made.units if id(unit) not in known]
    at = {id(unit): level for unit, level in zip(made.units[1:], made.levels, strict=True)}
    units = (*before.units, *more)
    change = "extended" if before.change == "kept" else before.change
    tail = [said for said in before.reasons[3:] if said.code != "reason.kept"]
    if before.change == "kept":
        tail = [PlanSentence(code="reason.extended", values={"branch": before.branch or ""})]
    return before.model_copy(
        update={
            "stage": 2, "change": change, "units": units, "levels": (*before.levels, *(at[id(unit)] for unit in more)),
            "formal": made.formal, "formal_high": made.formal_high, "members": made.members,
            "to_confirm": made.to_confirm, "reasons": (*made.reasons[:3], *tail),
            "cost": {**before.cost, **{
                term: before.cost[term] + made.cost[term] for term in ("distance", "industry")
            }, "unproven": made.cost["unproven"]},
        }
    )  # fmt: skip
