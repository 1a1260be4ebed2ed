"""What one search looks at: the items of a township (or the leftovers of a county), alike ones counted together."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coverage_census.model.plans.joint import Industry
from coverage_census.places.nearness import Place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.limits import Bounds, Tally, together


@dataclass(frozen=True, slots=True)
class ClusterItem:
    """One organisation, or an existing branch that only moves as a whole.

    `weight` is what covering it counts; `must`: it is covered today and stays so; `keep`: which existing regular
    branch (a number of the cluster) it is in now. An `open` item is a branch that exists anyway and has room: others
    join it, it joins nobody, and it costs nothing by itself.
    """

    tally: Tally
    place: Place
    industry: Industry | None = None
    weight: int = 1
    must: bool = False
    keep: int | None = None
    open: bool = False


@dataclass(frozen=True)
class Cluster:
    """Items in a fixed order, what a branch must keep and what it costs.

    `apart` are pairs of items that must not meet. `together` are items (by number, two or more each) that share one
    branch or stay out together; groups that share an item are one. A pin that no branch could keep leaves its items
    out: `pins.checked` tells of these beforehand. Where pins leave no way to keep everybody who is covered today
    (`must`), as many of them as possible are.
    """

    items: tuple[ClusterItem, ...]
    limits: Bounds
    cost: Points
    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def kinds(self) -> tuple["Alike", ...]:
        """Items that no limit and no cost tells apart, as one; in the order of their first item."""
        found: dict[Any, list[int]] = {}
        kept_apart = {number for each in self.apart for number in each}
        pinned = {number: numbers for numbers in self.pinned for number in numbers}
        for number, item in enumerate(self.items):
            members = item.tally.members if self.members_matter else 0
            look = (*item.tally[:3], members, item.place, item.industry, item.weight, item.must, item.keep, item.open)
            alone = number if number in kept_apart else None
            found.setdefault(pinned.get(number, (*look, alone)), []).append(number)
        return tuple(_alike(numbers, self.items, numbers[0] in pinned) for numbers in found.values())

    @cached_property
    def pinned(self) -> tuple[tuple[int, ...], ...]:
        """`together`, with groups that share an item as one."""
        found: list[set[int]] = []
        for each in self.together:
            touched = [one for one in found if one & set(each)]
            found = [one for one in found if one not in touched] + [set(each).union(*touched)]
        return tuple(sorted(tuple(sorted(each)) for each in found if len(each) > 1))

    @cached_property
    def kinds_apart(self) -> tuple[tuple[int, int], ...]:
        """The kinds that must not meet (an item that is kept apart is a kind of its own)."""
        of = {number: kind for kind, alike in enumerate(self.kinds) for number in alike.numbers}
        return tuple((of[one], of[other]) for one, other in self.apart)

    def may_meet(self, kinds: Set[int]) -> bool:
        """Whether no two of these kinds are to be kept apart."""
        return not any(one in kinds and other in kinds for one, other in self.kinds_apart)

    @cached_property
    def members_matter(self) -> bool:
        """Whether any branch could have too many members at all."""
        most = sorted((item.tally.members for item in self.items), reverse=True)[: self.limits.units_max]
        return sum(most) > self.limits.members_max

    @cached_property
    def keeps(self) -> dict[int, tuple[int, ...]]:
        """The existing regular branches → the kinds of their units."""
        found: dict[int, list[int]] = {}
        for number, kind in enumerate(self.kinds):
            for keep in sorted({part.keep for part in kind.leads if part.keep is not None}):
                found.setdefault(keep, []).append(number)
        return {keep: tuple(found[keep]) for keep in sorted(found)}

    @cached_property
    def weight(self) -> int:
        """What covering everything would count."""
        return sum(item.weight for item in self.items)


@dataclass(frozen=True, slots=True)
class Alike:
    """Interchangeable items; or items pinned together (`parts`), of which there is one: `item` is their sum."""

    item: ClusterItem
    numbers: tuple[int, ...]
    parts: tuple[ClusterItem, ...] = ()

    @property
    def many(self) -> int:
        """How many there are."""
        return 1 if self.parts else len(self.numbers)

    @property
    def leads(self) -> tuple[ClusterItem, ...]:
        """The units of one of them, each of which could lead."""
        return self.parts or (self.item,)

    @property
    def weight(self) -> int:
        """What covering one of them counts."""
        return sum(0 if each.open else each.weight for each in self.leads)


def _alike(numbers: list[int], items: tuple[ClusterItem, ...], pinned: bool) -> Alike:
    """One kind; the place and the business of pinned ones are those of their parts."""
    lead, parts = items[numbers[0]], tuple(items[number] for number in numbers)
    if not pinned:
        return Alike(lead, tuple(numbers))
    tally = together(each.tally for each in parts)
    weight, must, opened = sum(p.weight for p in parts), any(p.must for p in parts), any(p.open for p in parts)
    return Alike(ClusterItem(tally, lead.place, lead.industry, weight, must, open=opened), tuple(numbers), parts)


@dataclass(frozen=True, slots=True)
class PossibleBranch:
    """One possible branch: how many of each kind, who leads, which existing branch goes on in it, and its points."""

    counts: tuple[tuple[int, int], ...]  # (kind, how many), by kind; the lead unit is one of them
    lead: int
    cost: int
    keep: int | None = None
    part: int = 0  # which of the units pinned together leads


@dataclass(frozen=True)
class Solution:
    """Branches as item numbers (the lead first), with the points of each, and how good that is.

    `uncovered` is what the items left out weigh; no solution leaves out less than `least_uncovered`, and none that
    leaves out as little costs less than `bound`.
    """

    groups: tuple[tuple[tuple[int, ...], int | None], ...]  # (items, the existing branch that goes on)
    cost: int
    bound: int
    uncovered: int
    least_uncovered: int
    rounds: int = field(default=0, compare=False)

    @property
    def optimal(self) -> bool:
        """Proved that nothing is better."""
        return self.uncovered == self.least_uncovered and self.cost == self.bound


def handed_out(
    columns: list[tuple[PossibleBranch, int]], cluster: Cluster
) -> Iterator[tuple[tuple[int, ...], int | None]]:
    """Columns taken so many times each, as items: alike ones go out in their order, the lead unit's first."""
    left = [[kind.numbers] if kind.parts else [(number,) for number in kind.numbers] for kind in cluster.kinds]
    for column, times in sorted(columns, key=lambda each: (each[0].lead, each[0].counts)):
        for _ in range(times):
            with_lead = left[column.lead].pop(0)
            taken = [left[kind].pop(0) for kind, many in column.counts for _ in range(many - (kind == column.lead))]
            lead = with_lead[column.part]
            others = {number for numbers in (with_lead, *taken) for number in numbers} - {lead}
            yield (lead, *sorted(others)), column.keep
