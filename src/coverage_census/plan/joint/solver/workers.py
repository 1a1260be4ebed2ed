"""Clusters in; their solutions in the same order out, worked out by several processes where there are many."""

import os
from collections.abc import Sequence

from coverage_census.plan.joint.solver.cluster import Cluster, Solution
from coverage_census.plan.joint.solver.solve import solved
from coverage_census.plan.quiet import quiet

ENOUGH = 60
"""So many townships repay the start of further processes."""
_AT_ONCE = 16


def every(clusters: Sequence[Cluster]) -> list[Solution]:
    """Each cluster by itself, in one thread: how many processes there are changes nothing but the time. Whatever the
    solver prints, here or there, goes nowhere."""
    hands = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with quiet():
        if len(clusters) < ENOUGH or hands < 2:
            return [solved(cluster) for cluster in clusters]
        return _abreast(clusters, min(hands, 8))


def _abreast(clusters: Sequence[Cluster], hands: int) -> list[Solution]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(hands, mp_context=get_context("spawn")) as pool:
        return list(pool.map(solved, clusters, chunksize=_AT_ONCE))
