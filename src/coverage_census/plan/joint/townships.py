"""Candidates and existing branches in; one cluster a township out, and what each of its items stands for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from coverage_census.model.plans.joint import Branch, Unit
from coverage_census.places.nearness import Place
from coverage_census.plan.joint import limits
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.limits import Bounds, Tally
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem

Home = tuple[str, str]
"""County and township; empty texts where unknown."""

Key = tuple[str, str, str]
"""County, township, and code or name of an organisation."""


@dataclass(frozen=True)
class Pins:
    """What a person asks of a plan: who must be in one branch (必须同组), and who must not (不得同组)."""

    together: tuple[frozenset[Key], ...] = ()
    apart: tuple[tuple[Key, Key], ...] = ()

    def among(self, members: Sequence["Member"]) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, ...], ...]]:
        """The same as numbers of `members`, as far as it is about them: pairs apart, then those together."""
        if not self.together and not self.apart:
            return (), ()
        at = {key(unit): number for number, member in enumerate(members) for unit in member.units}
        pairs = {(at[one], at[other]) for one, other in self.apart if one in at and other in at}
        apart = tuple(sorted((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]))
        groups = [tuple(sorted({at[each] for each in keys if each in at})) for keys in self.together]
        return apart, tuple(sorted(each for each in groups if len(each) > 1))


NO_PINS = Pins()


@dataclass(frozen=True)
class Member:
    """What an item stands for: one unit, or a branch that moves as a whole (`branch`, with all its units)."""

    units: tuple[Unit, ...]
    branch: Branch | None = None
    irregular: bool = False
    tally: Tally = field(default=limits.NOTHING)


@dataclass(frozen=True)
class TownshipCluster:
    """A cluster, and what its items stand for."""

    home: Home
    cluster: Cluster
    members: tuple[Member, ...]


def tally(each: Unit) -> Tally:
    """What one unit weighs against the limits."""
    return Tally(1, each.formal_low, each.formal_high, each.members)


def townships(
    free: Sequence[Unit],
    kept: Sequence[Branch],
    whole: Sequence[Member],
    keep: Bounds,
    cost: Points,
    earlier: Mapping[Key, int] = MappingProxyType({}),
    pins: Pins = NO_PINS,
) -> tuple[TownshipCluster, ...]:
    """`kept` are regular branches of which every unit is known, `whole` those that only move as a whole; `earlier`
    tells of a free unit which group of an earlier plan it is in."""
    called = _called(free, [*(branch.units for branch in kept), *(member.units for member in whole)], pins)
    homes: dict[Home, tuple[list[Unit], list[Branch], list[Member]]] = {}
    for unit in free:
        homes.setdefault(called.get(key(unit), home(unit)), ([], [], []))[0].append(unit)
    for branch in kept:
        homes.setdefault(seat(branch.units), ([], [], []))[1].append(branch)
    for member in whole:
        homes.setdefault(seat(member.units), ([], [], []))[2].append(member)
    return tuple(_township(at, *homes[at], keep, cost, earlier, pins) for at in sorted(homes) if at[1])


def home(unit: Unit) -> Home:
    """Where a unit is."""
    return (unit.county or "", unit.township or "")


def seat(units: Iterable[Unit]) -> Home:
    """Where most of the units are; the first by name where it is a draw."""
    often = Counter(home(unit) for unit in units)
    return min(often, key=lambda at: (-often[at], at))


def _township(
    at: Home,
    free: list[Unit],
    kept: list[Branch],
    whole: list[Member],
    keep: Bounds,
    cost: Points,
    earlier: Mapping[Key, int],
    pins: Pins,
) -> TownshipCluster:
    members: list[Member] = []
    items: list[ClusterItem] = []
    for number, branch in enumerate(kept):
        for unit in branch.units:
            members.append(Member((unit,), branch, tally=tally(unit)))
            items.append(ClusterItem(tally(unit), at_home(place(unit), at), unit.gbt4754, must=True, keep=number))
    for member in whole:
        lead = first(member.units)
        members.append(member)
        items.append(
            ClusterItem(
                member.tally, at_home(place(lead), at), lead.gbt4754, member.tally.units, must=not member.irregular
            )
        )
    planned = {number: len(kept) + order for order, number in enumerate(_whole_groups(free, earlier, keep))}
    for unit in free:
        members.append(Member((unit,), tally=tally(unit)))
        before = planned.get(earlier.get(key(unit), -1))
        items.append(ClusterItem(tally(unit), place(unit), unit.gbt4754, keep=before))
    apart, together = pins.among(members)
    return TownshipCluster(at, Cluster(tuple(_shared(items)), keep, cost, apart, together), tuple(members))


def _called(free: Sequence[Unit], branches: Sequence[Sequence[Unit]], pins: Pins) -> dict[Key, Home]:
    """Units that must be together with some of another township are looked at there."""
    found: dict[Key, Home] = {}
    for keys in pins.together:
        units = [unit for unit in free if key(unit) in keys]
        seats = [seat(those) for those in branches if any(key(unit) in keys for unit in those)]
        at = seats[0] if seats else seat(units) if units else ("", "")
        found |= {key(unit): at for unit in units}
    return found


def _whole_groups(free: list[Unit], earlier: Mapping[Key, int], keep: Bounds) -> list[int]:
    """Groups of an earlier plan of which every unit is still free here, and which may still be formed."""
    here: dict[int, list[Unit]] = {}
    for unit in free:
        if key(unit) in earlier:
            here.setdefault(earlier[key(unit)], []).append(unit)
    often = Counter(earlier.values())
    return [
        number
        for number, units in sorted(here.items())
        if len(units) == often[number] and limits.holds(limits.together(map(tally, units)), keep)
    ]


def key(unit: Unit) -> Key:
    """What an organisation is known by from plan to plan: its code, else its name, and where it is."""
    return (unit.county or "", unit.township or "", unit.uscc or unit.name)


def at_home(where: Place, at: Home) -> Place:
    """A unit of a branch whose seat is elsewhere counts as being there: it belongs to that branch already."""
    if (where.county or "", where.township or "") == at:
        return where
    return Place(at[0] or None, at[1] or None, zone=where.zone)


def _shared(items: list[ClusterItem]) -> list[ClusterItem]:
    """Without the numbered addresses that only one of them has: nothing is the same there, and more are alike."""
    often = Counter(item.place.building for item in items)
    return [
        item if item.place.building is None or often[item.place.building] > 1 else
        replace(item, place=replace(item.place, building=None))
        for item in items
    ]  # fmt: skip


def first(units: Sequence[Unit]) -> Unit:
    """Who would lead if nothing else decided: most formal members, then most employees, then the order of names."""
    return min(units, key=lambda each: (-each.formal_low, -each.formal_high, -(each.employees or 0)))
