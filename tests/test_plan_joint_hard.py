"""Large townships: every branch that matters is found, cuts cut off nothing that exists, and the proof is reached."""

from itertools import product
from random import Random

import numpy as np
import pytest

from coverage_census.model.plans.joint import Certainty, Industry
from coverage_census.places.nearness import Place
from coverage_census.plan.joint.limits import Tally
from coverage_census.plan.joint.solver import cuts, narrow, solve
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem
from coverage_census.plan.joint.solver.pool import within
from coverage_census.plan.joint.solver.pricing import SCALE, Pricing
from coverage_census.plan.joint.solver.solve import solved
from plan_case import LIMITS, POINTS, best_cost, brute_force, random_cluster, random_pins


def township(size: int, villages: int, seed: int) -> Cluster:
    """Invented: so many villages, nine trades, nobody to two formal members, some numbers unknown."""
    rng = Random(f"{size} {villages} {seed}")
    items = []
    for _ in range(size):
        formal = rng.choice((0, 1, 1, 1, 1, 2, 2))
        trade = Industry(section=rng.choice("CCCCCAAAFFEHGLO"), certainty=Certainty.NAME)
        place = Place("某县", "甲镇", f"{rng.randrange(villages)}村")
        items.append(ClusterItem(Tally(1, formal, formal + (rng.random() < 0.15), max(formal, 1)), place, trade))
    return Cluster(tuple(items), LIMITS, POINTS)


@pytest.mark.parametrize(("size", "villages"), [(30, 1), (40, 10), (60, 10)])
def test_hard_townships_are_proved(size: int, villages: int) -> None:
    assert solved(township(size, villages, 1)).optimal


def test_the_same_plan_whenever_it_is_made() -> None:
    cluster = township(50, 8, 2)
    assert solved(cluster) == solved(cluster)


@pytest.mark.parametrize("seed", range(25))
def test_every_branch_within_the_limit_is_in_the_pool(seed: int) -> None:
    """As many as trying all combinations of kinds finds, with the least points of each."""
    cluster, rng = random_cluster(seed, 7), Random(seed)
    pricing = Pricing(cluster)
    prices = np.array([rng.randrange(25) * SCALE for _ in cluster.kinds], dtype=np.int64)
    limit = rng.randrange(20) * SCALE
    pool = within(pricing, prices, limit, 1_000_000)
    assert pool is not None
    found = {column.counts: column.cost for column in pool.columns(pricing)}
    expected = {}
    for counts in product(*(range(kind.many + 1) for kind in cluster.kinds)):
        inside = [n for kind, many in zip(cluster.kinds, counts, strict=True) for n in kind.numbers[:many]]
        points = best_cost(inside, cluster) if inside else None
        worth = sum(int(price) * many for price, many in zip(prices, counts, strict=True))
        if points is not None and points * SCALE - worth <= limit:
            expected[tuple((kind, many) for kind, many in enumerate(counts) if many)] = points
    assert found == expected


@pytest.mark.parametrize("by", [2, 3, 5])
@pytest.mark.parametrize("up", [False, True])
def test_no_cut_forbids_a_choice_in_whole_numbers(by: int, up: bool) -> None:
    rng = Random(f"{by} {up}")
    for _ in range(200):
        many = [rng.randint(1, 3) for _ in range(7)]
        all_of = [kind for kind, n in enumerate(many) for _ in range(n)]
        rng.shuffle(all_of)
        out = [all_of.pop() for _ in range(rng.randint(0, 3))]
        branches = []
        while all_of:
            branches.append([all_of.pop() for _ in range(min(rng.randint(1, 5), len(all_of)))])
        kinds = tuple(sorted(rng.sample(range(7), rng.randint(1, 6))))
        total = sum(many[kind] for kind in kinds)
        cut = cuts.Cut(kinds, by, up, -(-total // by) if up else total // by)
        rows = np.array([branch + [-1] * (5 - len(branch)) for branch in branches], dtype=np.int64).reshape(-1, 5)
        sums = int(cut.counts(rows).sum())
        stay = sum(kind in kinds for kind in out)
        assert sums + stay >= cut.bound if up else sums <= cut.bound


def test_three_halves_of_a_pair_are_cut_off() -> None:
    """Of three units each in two half branches: at most one branch can have two of them."""
    inside = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=np.int64)
    found = cuts.broken(inside, np.full(3, 0.5), np.ones(3, dtype=np.int64), np.zeros(3), 5, 10)
    assert cuts.Cut((0, 1, 2), 2, False, 1) in found


@pytest.mark.parametrize("seed", range(60))
def test_cuts_and_a_narrow_last_search_never_claim_too_much(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With next to nothing to look at in whole numbers, cuts and prices do the work: the bound holds all the same."""
    monkeypatch.setattr(narrow, "FEW", 0)
    monkeypatch.setattr(narrow, "MOST", 3)
    monkeypatch.setattr(solve, "_better", lambda master, best: best)
    cluster = random_cluster(seed, 9)
    cluster = random_pins(seed, cluster) if seed % 2 else cluster
    found, expected = solved(cluster), brute_force(cluster)
    assert expected is not None
    assert found.uncovered >= expected[0] >= found.least_uncovered
    if found.uncovered == expected[0]:
        assert found.bound <= expected[1] <= found.cost
