"""Organisations that a person put into one group in; which limits that breaks, or the group with its points, out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coverage_census.model.plans.joint import Branch, Group, Unit
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint import groups as grouping
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.irregular_branches import SettledBranch
from coverage_census.plan.joint.limits import Bounds
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem
from coverage_census.plan.joint.townships import Member, at_home, first, key, seat, tally


class BrokenLimit(NamedTuple):
    """A limit that a group breaks, with what it has and what it may have."""

    code: str
    found: int | str
    limit: int | str


class Parts:
    """What organisations count as: units of a regular branch, of one that only moves as a whole, or free ones."""

    def __init__(self, settled: Sequence[SettledBranch], keep: Bounds, cost: Points) -> None:
        self.keep, self.cost = keep, cost
        self._kept = {key(unit): branch for each in settled for branch in each.kept for unit in branch.units}
        self._whole = {key(unit): member for each in settled for member in each.whole for unit in member.units}

    def covered_now(self, unit: Unit) -> bool:
        """Whether it is in a regular branch today, which nobody may be put out of."""
        whole = self._whole.get(key(unit))
        return key(unit) in self._kept or (whole is not None and not whole.irregular)

    def broken(self, units: Sequence[Unit]) -> Iterator[BrokenLimit]:
        """Every limit that a branch of these would break."""
        members, cluster, _ = self._cluster(units)
        weighs = limits.together(item.tally for item in cluster.items)
        told = limits.broken(weighs, self.keep)
        for said in told:
            yield BrokenLimit(said.code.removeprefix("wrong."), said.values["number"], said.values["limit"])
        counties = sorted({unit.county or "" for unit in units})
        if len(counties) > 1:
            yield BrokenLimit("counties", "、".join(counties), 1)
        elif not any(self._reaches(lead, cluster) for lead in range(len(cluster.items))):
            yield BrokenLimit(
                "too_far", "、".join(sorted({unit.township or "" for unit in units})), self.cost.farthest.value
            )
        inside = {key(unit) for unit in units}
        for member in members:
            absent = [unit.name for unit in member.units if key(unit) not in inside]
            if absent:
                yield BrokenLimit("whole", "、".join(absent), member.branch.name if member.branch else "")

    def _reaches(self, lead: int, cluster: Cluster) -> bool:
        at = cluster.items[lead].place
        return all(costs.reach(item.place, at, cluster.cost) for item in cluster.items)

    def group(self, units: Sequence[Unit]) -> Group:
        """The branch of these units, which breaks no limit."""
        members, cluster, goes_on = self._cluster(units)
        stage = 1 if len({unit.township for unit in units}) == 1 else 2
        made = grouping.group(range(len(members)), goes_on, cluster, members, stage)
        return made.model_copy(update={"county": made.units[0].county, "township": made.units[0].township})

    def dissolved(self, groups: Iterable[Group]) -> int:
        """Points for existing regular branches that no group keeps whole."""
        at = {key(unit): number for number, group in enumerate(groups) for unit in group.units}
        branches = {id(branch): branch for branch in self._kept.values()}.values()
        wholly = [len({at.get(key(unit), -1) for unit in branch.units}) == 1 for branch in branches]
        inside = [at.get(key(branch.units[0])) is not None for branch in branches]
        lost = sum(not (one and there) for one, there in zip(wholly, inside, strict=True))
        return costs.dissolved(lost, self.cost)

    def _cluster(self, units: Sequence[Unit]) -> tuple[list[Member], Cluster, int | None]:
        """Items, and which existing branch goes on: the largest of those that are here with all their units."""
        inside = {key(unit) for unit in units}
        branches = {id(branch): branch for unit in units if (branch := self._kept.get(key(unit))) is not None}
        there = [branch for branch in branches.values() if all(key(unit) in inside for unit in branch.units)]
        there.sort(key=lambda branch: (not branch.name, -len(branch.units), branch.key))
        members: list[Member] = []
        items: list[ClusterItem] = []
        for unit in units:
            member = self._member(unit)
            if member not in members:
                members.append(member)
                items.append(_item(member, there))
        return members, Cluster(tuple(items), self.keep, self.cost), 0 if there else None

    def _member(self, unit: Unit) -> Member:
        return self._whole.get(key(unit)) or Member((unit,), self._kept.get(key(unit)), tally=tally(unit))


def _item(member: Member, there: Sequence[Branch]) -> ClusterItem:
    lead = first(member.units)
    branch, where = member.branch, place(lead)
    if branch is not None:
        where = at_home(where, seat(branch.units))
    keep = there.index(branch) if branch is not None and branch in there else None
    return ClusterItem(member.tally, where, lead.gbt4754, member.tally.units, keep=keep)
