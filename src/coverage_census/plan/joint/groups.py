"""A search's choice of items in; groups with lead unit, members and reasons out."""

from collections.abc import Sequence
from typing import NamedTuple

from coverage_census.model.plans.joint import Change, Group, Nearness, PlanSentence, Unit
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.limits import Bounds, Tally
from coverage_census.plan.joint.solver.cluster import Cluster
from coverage_census.plan.joint.townships import Member, first

_ORDER = tuple(Nearness)


class Led(NamedTuple):
    """Who leads, by which rule, and the points of the way to him."""

    lead: int
    rule: str
    distance: int
    industry: int


def led(numbers: Sequence[int], keep: int | None, cluster: Cluster, members: Sequence[Member]) -> Led:
    """牵头单位: nearest to all others; where several are, most formal members, then most employees, then by name."""
    items = cluster.items
    opened = [n for n in numbers if items[n].open]
    may = opened or [n for n in numbers if keep is None or items[n].keep == keep]
    ways = {lead: _ways(lead, numbers, cluster) for lead in may}
    known = {lead: way for lead, way in ways.items() if way is not None}
    least = min(sum(way) for way in known.values())
    nearest = sorted(lead for lead, way in known.items() if sum(way) == least)
    before = keep is not None and members[may[0]].branch is not None
    rule = "existing" if before or opened else "nearest" if len(nearest) < len(numbers) else "alike"
    lead = min(nearest, key=lambda n: (-members[n].tally.proven, -(first(members[n].units).employees or 0), n))
    if len(nearest) > 1 and rule != "existing":
        proven = {members[n].tally.proven for n in nearest}
        rule = "most_formal" if len(proven) > 1 else "most_employees"
    return Led(lead, rule, *known[lead])


def _ways(lead: int, numbers: Sequence[int], cluster: Cluster) -> tuple[int, int] | None:
    far = alike = 0
    for number in numbers:
        if number != lead:
            item = cluster.items[number]
            points = costs.distance(item.place, cluster.items[lead].place, cluster.cost)
            if points is None:
                return None
            far += points * item.tally.units
            alike += costs.industry(item.industry, cluster.items[lead].industry, cluster.cost) * item.tally.units
    return far, alike


def group(numbers: Sequence[int], keep: int | None, cluster: Cluster, members: Sequence[Member], stage: int) -> Group:
    """One branch of the plan; its number comes later."""
    found = led(numbers, keep, cluster, members)
    units = _units(numbers, found.lead, members)
    head = units[0]
    tally = limits.together(members[n].tally for n in numbers)
    change, branch = _change(numbers, keep, cluster, members)
    levels = [_level(unit, head, cluster) for unit in units[1:]]
    return Group(
        number=0, stage=1 if stage == 1 else 2, county=head.county, township=head.township, change=change,
        branch=branch[0] if branch else None, branch_key=branch[1] if branch else None, units=tuple(units),
        absent=tally.units - len(units), levels=tuple(levels), lead_rule=found.rule,
        formal=tally.proven, formal_high=tally.possible, members=tally.members,
        to_confirm=() if limits.proven(tally, cluster.limits) else tuple(u.name for u in units if not u.certain),
        reasons=reasons(units, levels, tally, cluster.limits, change, branch), cost=_cost(found, tally, cluster),
    )  # fmt: skip


def _units(numbers: Sequence[int], lead: int, members: Sequence[Member]) -> list[Unit]:
    """The lead unit first, then those of its own item, then the others."""
    head = first(members[lead].units)
    own = [unit for unit in members[lead].units if unit is not head]
    return [head, *own, *(unit for n in numbers if n != lead for unit in members[n].units)]


def _cost(found: Led, tally: Tally, cluster: Cluster) -> dict[str, int]:
    """The points of each term."""
    return {
        "distance": found.distance,
        "industry": found.industry,
        "branch": 0 if cluster.items[found.lead].open else costs.branch(1, cluster.cost),
        "unproven": costs.unproven(tally, cluster.limits, cluster.cost),
    }


Existing = tuple[str, str] | None
"""Name and key of the branch that goes on."""


def _level(unit: Unit, head: Unit, cluster: Cluster) -> Nearness:
    return costs.reach(place(unit), place(head), cluster.cost) or Nearness.COUNTY


def _change(
    numbers: Sequence[int], keep: int | None, cluster: Cluster, members: Sequence[Member]
) -> tuple[Change, Existing]:
    whole = [members[n] for n in numbers if cluster.items[n].keep is None and members[n].branch is not None]
    if keep is not None:
        own = [n for n in numbers if cluster.items[n].keep == keep]
        branch = members[own[0]].branch
        if branch is None:  # a group of an earlier plan
            return "new", None
        if not branch.name:  # the part that leaves an existing branch which is too large
            return "regrouped", None
        return ("kept" if len(own) == len(numbers) else "extended"), (branch.name, branch.key)
    if whole:
        best = min(whole, key=lambda each: (each.irregular, -each.tally.units))
        assert best.branch is not None
        return ("kept" if len(numbers) == 1 else "extended"), (best.branch.name, best.branch.key)
    moved = any(unit.branch_key is not None for n in numbers for unit in members[n].units)
    return ("regrouped" if moved else "new"), None


def reasons(
    units: Sequence[Unit], levels: Sequence[Nearness], tally: Tally, keep: Bounds, change: Change, branch: Existing
) -> tuple[PlanSentence, ...]:
    """Why these: place, business, members, and what becomes of an existing branch."""
    found = [_place(units, levels), _business(units), _members(units, tally, keep)]
    if change != "new":
        before = branch[0] if branch else "、".join(dict.fromkeys(unit.branch for unit in units if unit.branch))
        found.append(PlanSentence(code=f"reason.{change}", values={"branch": before}))
    return tuple(found)


def _place(units: Sequence[Unit], levels: Sequence[Nearness]) -> PlanSentence:
    far = max(levels, key=_ORDER.index, default=Nearness.ZONE)
    lead = units[0]
    if far is Nearness.ZONE:
        return PlanSentence(code="reason.zone", values={"zone": lead.zone or lead.address or ""})
    if far is Nearness.VILLAGE:
        return PlanSentence(code="reason.village", values={"village": lead.village or ""})
    if far is Nearness.TOWNSHIP:
        return PlanSentence(code="reason.township", values={"township": lead.township or ""})
    where = "、".join(dict.fromkeys(unit.township or "" for unit in units))
    return PlanSentence(code=f"reason.{far.value}", values={"townships": where})


def _business(units: Sequence[Unit]) -> PlanSentence:
    known = [unit.gbt4754 for unit in units]
    if any(each is None for each in known):
        return PlanSentence(code="reason.industry_unknown", values={"number": sum(each is None for each in known)})
    sections = {each.section for each in known if each is not None}
    divisions = {each.division for each in known if each is not None}
    if len(sections) > 1:
        return PlanSentence(code="reason.mixed", values={"number": len(sections)})
    guessed = any(each is not None and each.certainty == "keyword" for each in known)
    if len(divisions) == 1 and None not in divisions:
        return PlanSentence(code="reason.division", values={"code": divisions.pop() or "", "guessed": int(guessed)})
    return PlanSentence(code="reason.section", values={"code": sections.pop(), "guessed": int(guessed)})


def _members(units: Sequence[Unit], tally: Tally, keep: Bounds) -> PlanSentence:
    if limits.proven(tally, keep):
        return PlanSentence(code="reason.formal", values={"number": tally.proven, "limit": keep.formal_min})
    names = "、".join(unit.name for unit in units if not unit.certain)
    short = keep.formal_min - tally.proven
    return PlanSentence(
        code="reason.confirm", values={"number": tally.proven, "limit": keep.formal_min, "short": short, "names": names}
    )
