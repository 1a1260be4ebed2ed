"""Prices of items in; the possible branches that are worth more than they cost out, exactly.

Points are counted to the lead unit, so that for a given lead every further unit adds its own points, whoever else is
there. Limits look only at what units add up to (their type). So: for each lead and each type sort the units by what
they cost beyond their price; the best branch with so many units of each type takes the first ones. Everything is
whole numbers (prices are scaled), so that a proof is a proof.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.limits import Tally
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem, PossibleBranch

SCALE = 1 << 20
FAR = 1 << 55
"""More than any sum of points and prices; several of them still fit into 64 bits."""

Whole = np.ndarray[Any, np.dtype[np.int64]]


class Spot(NamedTuple):
    """Where a branch may be led from: a kind; of units pinned together one of them."""

    kind: int
    part: int


class Start(NamedTuple):
    """What a branch begins with: a lead unit alone, or an existing branch under one of its units."""

    lead: int  # number of the spot
    counts: tuple[tuple[int, int], ...]
    cost: int
    tally: Tally
    keep: int | None


@dataclass(frozen=True)
class Type:
    """Kinds whose units weigh alike against the limits; each copy of a kind stands for itself."""

    tally: Tally
    kinds: Whole  # of each copy
    copy: Whole  # 1 for the first copy of its kind


class Pricing:
    """The possible branches of one cluster, never written out."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.spots = _spots(cluster)
        self.way = _ways(cluster, self.spots)
        self.starts = tuple(self._starts())
        self.types = tuple(_types(cluster))
        room = cluster.limits.units_max - min((start.tally.units for start in self.starts), default=0)
        mixes = _mixes(self.types, room)
        self.mixes = np.array(mixes, dtype=np.int64).reshape(len(mixes), len(self.types))
        self.leads = np.array([start.lead for start in self.starts], dtype=np.int64)
        self.extra = self._extras()
        self.absent = tuple(self._absent(each) for each in self.types)

    def beside(self, spot: int, kind: int, many: int) -> int:
        """Scaled points of so many of a kind in a branch that is led from there; the lead unit costs nothing."""
        of, itself = self.cluster.kinds[kind], self.spots[spot].kind == kind
        others = many - (itself and not of.parts)
        return int(self.way[spot, kind]) * others if others else 0

    def led_by(self, kinds: Iterable[int], keep: int | None = None) -> list[int]:
        """The units of these kinds that may lead: of an existing branch that goes on only its own."""
        inside, of = set(kinds), self.cluster.kinds
        return [
            number
            for number, spot in enumerate(self.spots)
            if spot.kind in inside and (keep is None or of[spot.kind].leads[spot.part].keep == keep)
        ]

    def _starts(self) -> Iterator[Start]:
        cost, kinds = self.cluster.cost, self.cluster.kinds
        for number, spot in enumerate(self.spots):
            led = 0 if kinds[spot.kind].item.open else costs.branch(1, cost)
            inside = self.beside(number, spot.kind, 1)
            if inside < FAR and self.cluster.may_meet({spot.kind}):
                yield Start(number, ((spot.kind, 1),), led + inside // SCALE, kinds[spot.kind].item.tally, None)
        for keep, own in self.cluster.keeps.items():
            counts = tuple((kind, kinds[kind].many) for kind in own)
            tally = limits.together(kinds[kind].item.tally for kind, many in counts for _ in range(many))
            for number in self.led_by(own, keep):
                way = sum(self.beside(number, kind, many) for kind, many in counts)
                if way < FAR and self.cluster.may_meet(set(own)):
                    points = way // SCALE + costs.branch(1, cost) - costs.dissolved(1, cost)
                    yield Start(number, counts, points, tally, keep)

    def _extras(self) -> Whole:
        """For each start and mix: its fixed points, or FAR where a limit forbids it."""
        keep, cost = self.cluster.limits, self.cluster.cost
        found = np.full((len(self.starts), len(self.mixes)), FAR, dtype=np.int64)
        known: dict[tuple[Tally, int], int] = {}
        sums = [self._sum(mix) for mix in self.mixes]
        for row, start in enumerate(self.starts):
            for column, more in enumerate(sums):
                if (start.tally, column) not in known:
                    tally = start.tally.plus(more)
                    fits = limits.holds(tally, keep)
                    known[start.tally, column] = costs.unproven(tally, keep, cost) * SCALE if fits else FAR
                found[row, column] = known[start.tally, column]
            found[row] += start.cost * SCALE
        found[:, self._mixes_apart()] = FAR
        return found

    def _sum(self, mix: Whole) -> Tally:
        return limits.together(each.tally for each, many in zip(self.types, mix, strict=True) for _ in range(many))

    def _mixes_apart(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Mixes that would bring together what must not meet (such items are a type of their own)."""
        of = {int(each.kinds[0]): column for column, each in enumerate(self.types)}
        found = np.zeros(len(self.mixes), dtype=bool)
        for one, other in self.cluster.kinds_apart:
            if one in of and other in of:
                found |= (self.mixes[:, of[one]] > 0) & (self.mixes[:, of[other]] > 0)
        return found

    def _absent(self, each: Type) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which copies a start has used itself, may not reach, or must not meet."""
        many = np.array([kind.many for kind in self.cluster.kinds], dtype=np.int64)
        found = np.zeros((len(self.starts), len(each.kinds)), dtype=bool)
        for row, start in enumerate(self.starts):
            left = many.copy()
            for kind, used in start.counts:
                left[kind] -= used
            found[row] = each.copy > left[each.kinds]
        return found | (self.way[self.leads][:, each.kinds] >= FAR) | self._apart(each)

    def _apart(self, each: Type) -> np.ndarray[Any, np.dtype[np.bool_]]:
        found = np.zeros((len(self.starts), len(each.kinds)), dtype=bool)
        for one, other in self.cluster.kinds_apart:
            for row, start in enumerate(self.starts):
                inside = {kind for kind, _ in start.counts}
                found[row] |= ((each.kinds == other) & (one in inside)) | ((each.kinds == one) & (other in inside))
        return found

    def sorted_costs(self, prices: Whole) -> "Sorted":
        """For these prices: each start's units of each type, the cheapest first, and what the mixes cost at best."""
        base = np.array([sum(int(prices[k]) * n for k, n in start.counts) for start in self.starts], dtype=np.int64)
        beyond = self.way[self.leads] - prices[None, :]
        orders, values, best = [], [], self.extra - base[:, None]
        for column, (each, absent) in enumerate(zip(self.types, self.absent, strict=True)):
            costs_of = np.where(absent, FAR, beyond[:, each.kinds])
            order = np.argsort(costs_of, axis=1, kind="stable")
            value = np.take_along_axis(costs_of, order, axis=1)
            sums = np.zeros((len(self.starts), self.mixes[:, column].max(initial=0) + 1), dtype=np.int64)
            width = min(sums.shape[1] - 1, value.shape[1])
            sums[:, 1 : width + 1] = np.cumsum(np.minimum(value[:, :width], FAR), axis=1)
            sums[:, width + 1 :] = FAR
            best = best + np.minimum(sums, FAR)[:, self.mixes[:, column]]
            orders.append(order)
            values.append(value)
        return Sorted(orders, values, best)

    def best(self, prices: Whole, most: int) -> tuple[int, list[PossibleBranch]]:
        """The least that any branch costs beyond its price (scaled), and up to `most` that cost less than nothing."""
        if not self.starts or not len(self.mixes):
            return 0, []
        found = self.sorted_costs(prices)
        least = int(found.best.min())
        picks = found.best.argmin(axis=1)
        worth = found.best[np.arange(len(self.starts)), picks]
        rows = [int(row) for row in np.argsort(worth, kind="stable")[:most] if worth[row] < 0]
        return least, [self._column(row, self._cheapest(found, row, int(picks[row]))) for row in rows]

    def _cheapest(self, found: "Sorted", row: int, mix: int) -> list[int]:
        return [
            int(each.kinds[found.orders[column][row, place]])
            for column, each in enumerate(self.types)
            for place in range(int(self.mixes[mix, column]))
        ]

    def _column(self, row: int, more: list[int]) -> PossibleBranch:
        start = self.starts[row]
        kinds = [*(kind for kind, many in start.counts for _ in range(many)), *more]
        tally = limits.together(self.cluster.kinds[kind].item.tally for kind in kinds)
        way = sum(int(self.way[start.lead, kind]) for kind in more) // SCALE
        return self.column(row, kinds, start.cost + way + costs.unproven(tally, self.cluster.limits, self.cluster.cost))

    def column(self, row: int, kinds: list[int], points: int) -> PossibleBranch:
        """A branch that starts so, and all its kinds."""
        start = self.starts[row]
        lead, part = self.spots[start.lead]
        return PossibleBranch(tuple(sorted(Counter(kinds).items())), lead, points, start.keep, part)


@dataclass(frozen=True)
class Sorted:
    """What `Pricing.sorted_costs` found."""

    orders: list[Whole]
    values: list[Whole]
    best: Whole


def _spots(cluster: Cluster) -> tuple[Spot, ...]:
    """One a kind in their order, then the other units that are pinned together."""
    more = [Spot(number, part) for number, kind in enumerate(cluster.kinds) for part in range(1, len(kind.parts))]
    return (*(Spot(number, 0) for number in range(len(cluster.kinds))), *more)


def _ways(cluster: Cluster, spots: tuple[Spot, ...]) -> Whole:
    """Scaled points of one of a kind in a branch led from a spot; units pinned together come with all the others."""
    units = [Spot(number, part) for number, kind in enumerate(cluster.kinds) for part in range(len(kind.leads))]
    if not units:
        return np.zeros((0, 0), dtype=np.int64)
    each = _unit_ways([cluster.kinds[kind].leads[part] for kind, part in units], cluster)[
        [units.index(spot) for spot in spots]
    ]
    for row, spot in enumerate(spots):
        parts = cluster.kinds[spot.kind].parts
        if parts:
            each[row, units.index(spot)] = 0
            if any(part.open for at, part in enumerate(parts) if at != spot.part):
                each[row] = FAR  # a branch that exists leads, and meets no other
    firsts = [column for column, spot in enumerate(units) if spot.part == 0]
    found: Whole = np.minimum(np.add.reduceat(each, firsts, axis=1), FAR)
    return found


def _unit_ways(units: list[ClusterItem], cluster: Cluster) -> Whole:
    """Scaled points of one unit under another, by the one that leads and the one that is led."""
    spots, trades = list(dict.fromkeys(k.place for k in units)), list(dict.fromkeys(k.industry for k in units))
    far = [[costs.distance(place, lead, cluster.cost) for place in spots] for lead in spots]
    way = np.array([[FAR if each is None else each * SCALE for each in row] for row in far], dtype=np.int64)
    unlike = np.array([[costs.industry(a, b, cluster.cost) * SCALE for a in trades] for b in trades], dtype=np.int64)
    spot = np.array([spots.index(k.place) for k in units], dtype=np.int64)
    trade = np.array([trades.index(k.industry) for k in units], dtype=np.int64)
    many = np.array([k.tally.units for k in units], dtype=np.int64)
    each = way[spot[:, None], spot[None, :]]
    found: Whole = np.where(each >= FAR, FAR, (each + unlike[trade[:, None], trade[None, :]]) * many[None, :])
    return found


def _types(cluster: Cluster) -> Iterator[Type]:
    found: dict[tuple[Tally, int | None], list[tuple[int, int]]] = {}
    alone = {kind for pair in cluster.kinds_apart for kind in pair}
    for number, kind in enumerate(cluster.kinds):
        if not kind.item.open and cluster.may_meet({number}):
            copies = min(kind.many, cluster.limits.units_max)
            key = (_weighed(kind.item.tally, cluster), number if number in alone else None)
            found.setdefault(key, []).extend((number, copy) for copy in range(1, copies + 1))
    for (tally, _), members in found.items():
        kinds, copies_of = zip(*members, strict=True)
        yield Type(tally, np.array(kinds, dtype=np.int64), np.array(copies_of, dtype=np.int64))


def _weighed(tally: Tally, cluster: Cluster) -> Tally:
    """What of a tally a limit can ever ask for: formal members beyond the least number do not matter."""
    most = cluster.limits.formal_min
    members = tally.members if cluster.members_matter else 0
    return Tally(tally.units, min(tally.proven, most), min(tally.possible, most), members)


def _mixes(types: tuple[Type, ...], room: int) -> list[tuple[int, ...]]:
    """How many of each type may join, with `room` for so many units."""
    ranges = [range(min(len(each.kinds), room // max(each.tally.units, 1)) + 1) for each in types]
    if not ranges:
        return [()]
    found: list[tuple[int, ...]] = [()]
    for each, choices in zip(types, ranges, strict=True):
        size = len(found[0])
        found = [
            (*mix, more)
            for mix, more in product(found, choices)
            if sum(n * t.tally.units for n, t in zip(mix, types[:size], strict=True)) + more * each.tally.units <= room
        ]
    return found
