"""A cluster in; the best branches that can be formed out of it out, with a proof of how good they are.

Coverage goes first: the least that must stay out is worked out exactly, then held. The relaxation over all possible
branches gives a bound, its columns a first plan in whole numbers. Whatever could improve on that plan costs less than
the difference beyond its price: all such branches are added, and one last search over them is exact.
"""

from collections import Counter
from dataclasses import replace

from coverage_census.plan.joint import limits
from coverage_census.plan.joint.solver import coverage, greedy
from coverage_census.plan.joint.solver.cluster import Cluster, PossibleBranch, Solution, handed_out
from coverage_census.plan.joint.solver.master import Master, Relaxed, lower_bound
from coverage_census.plan.joint.solver.narrow import QUICK, narrowed
from coverage_census.plan.joint.solver.pool import Pool, nothing, within
from coverage_census.plan.joint.solver.pricing import FAR, SCALE, Pricing

ROUNDS = 400
TRIES = 12
MANY = 800_000  # branches looked at, before those that are the same are told apart
PARTS = (0.25, 1.0, 1.0, 1.0)  # of what a better plan may cost beyond the bound
AT_ONCE = 40

Taken = list[tuple[PossibleBranch, int]]


def solved(cluster: Cluster) -> Solution:
    """The best branches; nothing where no branch could keep the limits."""
    if not cluster.items or limits.contradict(cluster.limits):
        return Solution((), 0, 0, _open_weight(cluster), _open_weight(cluster))
    pricing = Pricing(cluster)
    by_hand = _columns(greedy.grouped(cluster, pricing), cluster, pricing)
    if (cluster.together or cluster.apart) and _strands(by_hand, cluster):
        return _as_many_kept(cluster)
    master, start, least = _master(cluster, pricing, by_hand)
    master.add([column for column, _ in start])
    relaxed, bound, rounds = _relaxed(master, pricing)
    best = min((taken for taken in (start, by_hand) if master.left_of(taken) <= master.left_out), key=master.points)
    best, bound = _whole(master, pricing, relaxed, bound, best)
    return _solution(cluster, master, best, bound, least, rounds)


def _strands(taken: Taken, cluster: Cluster) -> bool:
    """Whether somebody who is covered today would no longer be."""
    inside = Counter[int]()
    for column, _ in taken:
        inside.update(dict(column.counts))
    return any(kind.item.must and inside[number] < kind.many for number, kind in enumerate(cluster.kinds))


def _as_many_kept(cluster: Cluster) -> Solution:
    """Pins may leave no way to keep everybody who is covered today: then these weigh more than all others together."""
    heavy = cluster.weight + 1
    items = tuple(
        replace(item, must=False, weight=item.weight * (heavy + 1)) if item.must else item for item in cluster.items
    )
    found = solved(replace(cluster, items=items))
    proved = found.least_uncovered if found.least_uncovered // heavy == found.uncovered // heavy else 0
    return replace(found, uncovered=found.uncovered % heavy, least_uncovered=proved % heavy)


def _master(cluster: Cluster, pricing: Pricing, by_hand: Taken) -> tuple[Master, Taken, int | None]:
    """The master problem, a choice to begin with, and what stays out at least where that is known beforehand."""
    out = Master(cluster, 0).left_of(by_hand)
    if out == 0:
        return Master(cluster, 0), by_hand, 0
    if coverage.everything_meets(cluster, pricing):
        least, found, branches = coverage.least_uncovered(cluster)
        return Master(cluster, found), by_hand if found == out else _columns(branches, cluster, pricing), least
    return Master(cluster, cluster.weight, _penalty(cluster, pricing)), by_hand, None


def _penalty(cluster: Cluster, pricing: Pricing) -> int:
    """More than any two plans of one cluster can differ by in points."""
    reachable = pricing.way[pricing.way < FAR]
    cost = cluster.cost
    dearest = 2 * int(reachable.max(initial=0)) // SCALE + cost.branch + cost.unproven + cost.dissolved
    return 1 + len(cluster.items) * (dearest + 1)


def _columns(groups: list[list[int]], cluster: Cluster, pricing: Pricing) -> Taken:
    found = [coverage.column(group, cluster, pricing) for group in groups]
    return [(column, 1) for column in found if column is not None]


def _relaxed(master: Master, pricing: Pricing) -> tuple[Relaxed, int, int]:
    """The relaxation with all branches that matter, and the points (scaled) that nothing undercuts."""
    bound, found, rounds = -(1 << 62), master.relax(), 0
    while rounds < ROUNDS:
        least, columns = pricing.best(found.prices, AT_ONCE)
        bound = max(bound, lower_bound(master, found, least))
        if least >= 0 or not master.add(columns) or -(-bound // SCALE) > found.value - 1e-6:
            break
        found, rounds = master.relax(), rounds + 1
    return found, bound, rounds


def _whole(master: Master, pricing: Pricing, relaxed: Relaxed, bound: int, best: Taken) -> tuple[Taken, int]:
    """A plan in whole numbers and its bound: first from what is there, then from all that could improve on it."""
    least, own = -(-bound // SCALE), _reduced_bound(master, pricing, relaxed)
    if master.points(best) > least:
        best = _better(master, best)
    for part in PARTS:
        before = master.points(best), least
        if before[0] <= least:
            break
        limit, pool = _pool(pricing, relaxed, int(((before[0] - 1) * SCALE - own) * part))
        best, proved = narrowed(master, pricing, pool, best)
        beyond = -(-(own + limit + 1) // SCALE)  # whoever takes a branch from outside the pool pays more than the limit
        least = max(least, min(proved, beyond))
        if part == 1.0 and (master.points(best), least) == before:
            break
    return best, min(least, master.points(best))


def _pool(pricing: Pricing, relaxed: Relaxed, limit: int) -> tuple[int, Pool]:
    """All branches within the limit; within a lower one where these would be too many."""
    for _ in range(TRIES):
        pool = within(pricing, relaxed.prices, limit, MANY)
        if pool is not None:
            return limit, pool
        limit = limit * 3 // 5
    return -1, nothing()


def _reduced_bound(master: Master, pricing: Pricing, relaxed: Relaxed) -> int:
    """The bound that belongs to these very prices."""
    least, _ = pricing.best(relaxed.prices, 0)
    return lower_bound(master, relaxed, least)


def _better(master: Master, best: Taken) -> Taken:
    chosen = master.whole(best, nodes=QUICK)
    return best if chosen is None else min(best, chosen.columns, key=master.points)


def _solution(cluster: Cluster, master: Master, best: Taken, bound: int, least: int | None, rounds: int) -> Solution:
    out = master.left_of(best)
    dissolved = len(cluster.keeps) * cluster.cost.dissolved
    cost = master.points(best) - master.penalty * out
    if least is None:  # one figure holds both: a bound above one less left out proves that so much must be
        least = -(-max(bound + dissolved - (master.penalty - 1), 0) // master.penalty)
    below = bound - master.penalty * out + dissolved if least == out else 0
    groups = tuple(handed_out([each for each in best if _real(each[0], cluster)], cluster))
    return Solution(groups, cost + dissolved, max(below, 0), out, least, rounds)


def _real(column: PossibleBranch, cluster: Cluster) -> bool:
    """Whether it is more than an existing branch by itself in a search for who may join it."""
    kind = cluster.kinds[column.lead]
    return len(column.counts) > 1 or not kind.item.open or bool(kind.parts)


def _open_weight(cluster: Cluster) -> int:
    return sum(item.weight for item in cluster.items if not item.open)
