"""A cluster in; how much of it must stay uncovered at least, and branches that leave out no more than that.

Whether a branch may be formed depends only on what its units weigh against the limits, so items that weigh alike are
one number each: a few hundred patterns, solved exactly in whole numbers.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.limits import NOTHING, Tally
from coverage_census.plan.joint.solver.cluster import Cluster, PossibleBranch
from coverage_census.plan.joint.solver.pricing import FAR, SCALE, Pricing

NODES = 200_000
MANY_SORTS = 16


class Sort(NamedTuple):
    """Kinds that coverage cannot tell apart."""

    tally: Tally
    weight: int
    must: bool
    open: bool
    kinds: tuple[int, ...]
    many: int


def everything_meets(cluster: Cluster, pricing: Pricing) -> bool:
    """Whether distance and pairs kept apart forbid nothing, so that only limits count."""
    return not cluster.apart and not (pricing.way >= FAR).any()


def countable(cluster: Cluster) -> bool:
    """Whether there are few enough sorts of items to write out every pattern of a branch."""
    return len(_sorts(cluster)) <= MANY_SORTS


def least_uncovered(cluster: Cluster) -> tuple[int, int, list[list[int]]]:
    """What is left out at least (proved), what the branches found leave out, and these branches as kinds."""
    import highspy

    from coverage_census.plan.joint.solver.master import solver

    sorts = _sorts(cluster)
    patterns = list(_patterns(sorts, cluster))
    model = solver(highspy, mip_rel_gap=0.0, mip_max_nodes=NODES)
    for sort in sorts:
        model.addVar(0.0, 0.0 if sort.must else float(sort.many))
    for _ in patterns:
        model.addVar(0.0, float(cluster.weight))
    for number, sort in enumerate(sorts):
        model.changeColCost(number, float(sort.weight))
        inside = [(len(sorts) + at, pattern[number]) for at, pattern in enumerate(patterns) if pattern[number]]
        index = np.array([number, *(at for at, _ in inside)], dtype=np.int32)
        weights = np.array([1.0, *(float(n) for _, n in inside)], dtype=np.float64)
        model.addRow(float(sort.many), float(sort.many), len(index), index, weights)
    columns = np.arange(len(sorts) + len(patterns), dtype=np.int32)
    model.changeColsIntegrality(len(columns), columns, np.array([highspy.HighsVarType.kInteger] * len(columns)))
    model.run()
    amounts = np.rint(np.array(model.getSolution().col_value)).astype(int)
    left = sum(sort.weight * int(n) for sort, n in zip(sorts, amounts, strict=False))
    bound = int(np.ceil(model.getInfo().mip_dual_bound - 1e-6))
    return min(bound, left), left, _branches(sorts, patterns, amounts[len(sorts) :], cluster)


def _sorts(cluster: Cluster) -> list[Sort]:
    found: dict[tuple[Tally, int, bool, bool], list[int]] = {}
    for number, kind in enumerate(cluster.kinds):
        item = kind.item
        members = item.tally.members if cluster.members_matter else 0
        tally = Tally(item.tally.units, 0, min(item.tally.possible, cluster.limits.formal_min), members)
        found.setdefault((tally, kind.weight, item.must, item.open), []).append(number)
    return [
        Sort(tally, weight, must, opened, tuple(kinds), sum(cluster.kinds[kind].many for kind in kinds))
        for (tally, weight, must, opened), kinds in found.items()
    ]


def _patterns(sorts: list[Sort], cluster: Cluster) -> Iterator[tuple[int, ...]]:
    """How many of each sort a branch can hold together."""

    def fill(at: int, tally: Tally, counts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if at == len(sorts):
            opened = sum(n for n, sort in zip(counts, sorts, strict=True) if sort.open)
            if any(counts) and opened <= 1 and limits.holds(tally, cluster.limits):
                yield counts
            return
        sum_of, many = tally, 0
        while many <= sorts[at].many and limits.few_enough_units(sum_of, cluster.limits):
            yield from fill(at + 1, sum_of, (*counts, many))
            sum_of, many = sum_of.plus(sorts[at].tally), many + 1

    return fill(0, NOTHING, ())


def _branches(sorts: list[Sort], patterns: list[tuple[int, ...]], times: Any, cluster: Cluster) -> list[list[int]]:
    left = [[k for k in sort.kinds for _ in range(cluster.kinds[k].many)] for sort in sorts]
    found = []
    for pattern, often in zip(patterns, times, strict=True):
        for _ in range(int(often)):
            found.append([left[sort].pop(0) for sort, many in enumerate(pattern) for _ in range(many)])
    return found


def column(kinds: list[int], cluster: Cluster, pricing: Pricing) -> PossibleBranch | None:
    """A branch of these kinds under the lead unit that costs least; None where no unit reaches all others."""
    many = Counter(kinds)
    if not cluster.may_meet(many.keys()):
        return None
    tally = limits.together(cluster.kinds[kind].item.tally for kind in kinds)
    led_by: list[tuple[int, int, int | None]] = []
    for keep, leads in _leads(many, cluster, pricing):
        for spot in leads:
            way = sum(pricing.beside(spot, kind, n) for kind, n in many.items())
            saved = 0 if keep is None else costs.dissolved(1, cluster.cost)
            if way < FAR:
                led_by.append((way // SCALE - saved, spot, keep))
    if not led_by:
        return None
    points, spot, kept = min(led_by, key=lambda each: each[:2])
    lead, part = pricing.spots[spot]
    points += 0 if cluster.kinds[lead].item.open else costs.branch(1, cluster.cost)
    points += costs.unproven(tally, cluster.limits, cluster.cost)
    return PossibleBranch(tuple(sorted(many.items())), lead, points, kept, part)


def _leads(many: Mapping[int, int], cluster: Cluster, pricing: Pricing) -> Iterator[tuple[int | None, Sequence[int]]]:
    """Who may lead: a branch that exists leads itself, and one that goes on is led by one of its units."""
    opened = [kind for kind in many if cluster.kinds[kind].item.open]
    for keep, inside in cluster.keeps.items():
        if all(many.get(kind) == cluster.kinds[kind].many for kind in inside):
            yield keep, pricing.led_by(inside, keep)
    yield None, pricing.led_by(opened or sorted(many))
