"""All branches that could improve on a plan in; a better plan if they hold one, and what none of them undercuts, out.

Cuts raise the bound; what costs more beyond its price than a better plan may is struck out; few enough branches are
left for a last search in whole numbers.
"""

import numpy as np

from coverage_census.plan.joint.solver import cuts
from coverage_census.plan.joint.solver.cluster import PossibleBranch
from coverage_census.plan.joint.solver.master import Master, Relaxed, lower_bound
from coverage_census.plan.joint.solver.pool import Pool
from coverage_census.plan.joint.solver.pricing import SCALE, Pricing, Whole

ROUNDS = 30
AT_ONCE = 100
NODES = 3_000
QUICK = 300  # nodes of a search that only looks for a better plan
FEW = 1_000  # branches that one search in whole numbers takes in its stride
ROUNDED = 16  # what the rounding of prices may amount to
MOST = 2_500  # branches that it can look at

Taken = list[tuple[PossibleBranch, int]]


def narrowed(master: Master, pricing: Pricing, pool: Pool, best: Taken) -> tuple[Taken, int]:
    """A plan as good or better, and the points that no plan of these branches undercuts."""
    least = -(1 << 62)
    for _ in range(ROUNDS):
        relaxed, beyond, bound = _relaxed(master, pricing, pool)
        before, least = least, max(least, bound)
        if -(-least // SCALE) >= master.points(best):
            return best, master.points(best)
        if bound == least:
            pool = pool.only(beyond <= (master.points(best) - 1) * SCALE - bound)
        if len(pool) <= FEW or (len(pool) <= MOST and least - before < SCALE // 50):
            break
        more = _broken(master, relaxed)
        if not more:
            break
        master.cut(more)
    return _searched(master, pricing, pool, best, -(-least // SCALE))


def _broken(master: Master, relaxed: Relaxed) -> list[cuts.Cut]:
    """What the relaxed choice breaks."""
    many = np.array([kind.many for kind in master.cluster.kinds], dtype=np.int64)
    taken = np.flatnonzero(relaxed.amounts > 1e-7)
    most = master.cluster.limits.units_max
    return cuts.broken(master.inside()[taken], relaxed.amounts[taken], many, relaxed.left, most, AT_ONCE)


def _relaxed(master: Master, pricing: Pricing, pool: Pool) -> tuple[Relaxed, Whole, int]:
    """The relaxation over the whole pool, what each of it costs beyond its price, and the bound (both scaled)."""
    while True:
        relaxed = master.relax()
        beyond = pool.beyond(relaxed.prices)
        for cut, price in zip(master.cuts, relaxed.cut_prices, strict=True):
            if price:
                beyond = beyond - int(price) * cut.counts(pool.kinds)
        worth = np.argsort(beyond, kind="stable")[:AT_ONCE]
        least = int(beyond.min(initial=0))
        if least > -ROUNDED or not master.add(pool.only(worth[beyond[worth] < 0]).columns(pricing)):
            return relaxed, beyond, lower_bound(master, relaxed, least)


def _searched(master: Master, pricing: Pricing, pool: Pool, best: Taken, least: int) -> tuple[Taken, int]:
    """The search in whole numbers: over all that is left, or over as much of it as can be looked at."""
    relaxed, beyond, _ = _relaxed(master, pricing, pool)
    whole = len(pool) <= MOST
    part = pool if whole else pool.only(_cheapest(beyond))
    last = Master(master.cluster, master.left_out, master.penalty)
    last.add([*(column for column, _ in best), *part.columns(pricing), *([] if whole else master.columns)])
    last.cut([cut for cut, price in zip(master.cuts, relaxed.cut_prices, strict=True) if price])
    chosen = last.whole(best, nodes=NODES if whole else QUICK)
    if chosen is None:
        return best, master.points(best) if whole else least
    found = min(best, chosen.columns, key=master.points)
    return found, max(least, min(int(-(-(chosen.bound - 1e-6) // 1)), master.points(found))) if whole else least


def _cheapest(beyond: Whole) -> Whole:
    """So many that a search can look at; among equals, of which there may be thousands, some from everywhere."""
    scattered = np.arange(len(beyond), dtype=np.int64) * 2_654_435_761 % (1 << 32)
    found: Whole = np.sort(np.lexsort((scattered, beyond))[:MOST])
    return found
