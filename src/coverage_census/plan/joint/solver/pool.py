"""Prices and a limit in; every possible branch that costs at most so much beyond its price out, as arrays.

For a lead unit and so many units of each type the cheapest branch takes the first ones of each sorted list; all others
within the limit are found from there by stepping on, a whole layer of choices at a time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from coverage_census.plan.joint.solver.cluster import PossibleBranch
from coverage_census.plan.joint.solver.pricing import FAR, SCALE, Pricing, Sorted, Whole

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Pool:
    """One branch a row: its kinds (-1 where it has fewer), its points (scaled), and what it starts with."""

    kinds: Whole
    points: Whole
    start: Whole

    def __len__(self) -> int:
        return len(self.points)

    def only(self, which: Mask | Whole) -> "Pool":
        """These rows."""
        return Pool(self.kinds[which], self.points[which], self.start[which])

    def beyond(self, prices: Whole) -> Whole:
        """What each costs beyond the prices of its kinds (scaled)."""
        found: Whole = self.points - np.append(prices, 0)[self.kinds].sum(axis=1)
        return found

    def columns(self, pricing: Pricing) -> list[PossibleBranch]:
        """Written out."""
        return [
            pricing.column(int(start), [int(kind) for kind in kinds if kind >= 0], int(points) // SCALE)
            for kinds, points, start in zip(self.kinds, self.points, self.start, strict=True)
        ]


def within(pricing: Pricing, prices: Whole, limit: int, most: int) -> Pool | None:
    """Every branch that costs at most `limit` (scaled) beyond its price; None where there are far more than `most`."""
    if not pricing.starts or not len(pricing.mixes):
        return _joined([], prices)
    found = pricing.sorted_costs(prices)
    parts: list[Pool] = []
    sum_of = 0
    for row, mix in np.argwhere(found.best <= limit):
        part = _filled(pricing, found, int(row), int(mix), limit)
        parts.append(part)
        sum_of += len(part)
        if sum_of > most:
            return None
    return _joined(parts, prices)


def nothing() -> Pool:
    """No branch."""
    none = np.zeros(0, dtype=np.int64)
    return Pool(np.zeros((0, 1), dtype=np.int64), none, none)


def _joined(parts: list[Pool], prices: Whole) -> Pool:
    """All of them; of those that cover the same the cheapest, under the first lead unit."""
    width = max((part.kinds.shape[1] for part in parts), default=1)
    wide = [np.pad(part.kinds, ((0, 0), (0, width - part.kinds.shape[1])), constant_values=-1) for part in parts]
    if not wide:
        return nothing()
    kinds = np.sort(np.concatenate(wide), axis=1)
    beyond, start = np.concatenate([p.points for p in parts]), np.concatenate([p.start for p in parts])
    points = beyond + np.append(prices, 0)[kinds].sum(axis=1)
    order = np.lexsort((start, points, *kinds.T))
    kinds, points, start = kinds[order], points[order], start[order]
    new = np.ones(len(kinds), dtype=bool)
    new[1:] = (kinds[1:] != kinds[:-1]).any(axis=1)
    return Pool(kinds[new], points[new], start[new])


def _filled(pricing: Pricing, found: Sorted, row: int, mix: int, limit: int) -> Pool:
    """Every way to fill the mix under this start; `points` are those beyond the prices for now."""
    start, best = pricing.starts[row], int(found.best[row, mix])
    fixed = [kind for kind, many in start.counts for _ in range(many)]
    kinds, over = np.array([fixed], dtype=np.int64), np.zeros(1, dtype=np.int64)
    for column, each in enumerate(pricing.types):
        many = int(pricing.mixes[mix, column])
        if many:
            order = found.orders[column][row]
            places, more = _picks(found.values[column][row], each.copy[order], many, limit - best)
            kinds, over = _crossed(kinds, over, each.kinds[order][places], more, limit - best)
    return Pool(kinds, over + best, np.full(len(kinds), row, dtype=np.int64))


def _picks(values: Whole, copies: Whole, many: int, slack: int) -> tuple[Whole, Whole]:
    """Ways to take `many` of the sorted values that cost at most `slack` more than the first ones, the cheapest first;
    a copy is only taken with those before it."""
    values = values[: np.searchsorted(values, FAR)]
    taken, spent = np.zeros((1, 0), dtype=np.int64), np.full(1, -int(values[:many].sum()), dtype=np.int64)
    last, sums = np.full(1, -1, dtype=np.int64), np.concatenate(([0], np.cumsum(values)))
    for left in range(many, 0, -1):
        ahead = sums[left:] - sums[:-left]  # the cheapest that is still to come from each place on
        ways = np.maximum(np.searchsorted(ahead, slack - spent, side="right") - (last + 1), 0)
        before, step = _repeated(ways)
        place = last[before] + 1 + step
        fits = (copies[place] == 1) | (place == last[before] + 1)
        before, place = before[fits], place[fits]
        taken, spent, last = np.column_stack((taken[before], place)), spent[before] + values[place], place
    order = np.argsort(spent, kind="stable")
    return taken[order], spent[order]


def _crossed(one: Whole, over: Whole, other: Whole, more: Whole, slack: int) -> tuple[Whole, Whole]:
    """Each of the one with each of the other that costs at most `slack` more altogether."""
    ways = np.searchsorted(more, slack - over, side="right")
    at, place = _repeated(ways)
    return np.column_stack((one[at], other[place])), over[at] + more[place]


def _repeated(ways: Whole) -> tuple[Whole, Whole]:
    """Each number so often, and the how-manieth time it is."""
    of = np.repeat(np.arange(len(ways)), ways)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(ways) - ways, ways)
