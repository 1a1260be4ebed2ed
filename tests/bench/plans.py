"""Joint branches of a province of 379,300 organisations: time and memory of the plan, its distance from the bound, and
coverage beside the clerk's nearest first and spopt's max-p heuristic on the same townships."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from measure import census, cost, line

sys.path.insert(0, str(Path(__file__).parents[1]))

from coverage_census.model.plans.joint import Certainty, Industry
from coverage_census.places.nearness import Place
from coverage_census.plan.joint import limits
from coverage_census.plan.joint.limits import Tally
from coverage_census.plan.joint.solver import greedy
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem
from coverage_census.plan.joint.solver.pricing import Pricing
from coverage_census.plan.joint.solver.solve import solved
from plan_case import LIMITS, POINTS

ORGANISATIONS = 379_300
TRADES = "CCCCCAAAFFEHGLO"


def main() -> None:
    if "--heuristics" not in sys.argv:
        province()
    heuristics()


def province() -> None:
    """The whole command on a generated ledger: under 120 s on two cores, 3 GB, 0.5 % from the bound."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cost([census(), "sample", "--organisations", str(ORGANISATIONS), "--one-file", "--out", "sample"], folder, 1)
        cost([census(), "ingest", next((folder / "sample").rglob("*.xlsx"))], folder, 1, (0, 3))
        found = cost([census(), "plan", "joint", "--csv"], folder, 1)
        line("province: plan joint, wall", found.wall, 120, f"{found.wall:.0f} s wall, {found.cpu:.0f} s CPU")
        line("province: plan joint, largest process, GB", found.memory / 1024, 3, f"{found.memory:.0f} MB")
        shown = subprocess.run([census(), "plan", "joint", "--json"], cwd=folder, capture_output=True, check=True)
        proofs = [each for each in json.loads(shown.stdout)["proofs"] if each["stage"] == 1]
        points, bound = sum(each["cost"] for each in proofs), sum(each["bound"] for each in proofs)
        line("province: points beyond the bound, per cent", 100 * (points - bound) / bound, 0.5, f"{points} to {bound}")
        open_ones = sum(not each["optimal"] for each in proofs if each["candidates"] <= 120)
        line("province: townships of up to 120 not proved", open_ones, 0, f"{len(proofs)} townships")


def heuristics() -> None:
    """Never fewer covered than by hand or by max-p, on townships of several sizes."""
    for size in (20, 40, 60, 120):
        cluster = township(size, size)
        found = solved(cluster)
        ours, gap = cluster.weight - found.uncovered, 100 * (found.cost - found.bound) / found.cost
        line(f"{size} organisations: points beyond the bound, %", gap, 0.5, f"{found.cost} to {found.bound}")
        by_hand = sum(len(group) for group in _kept(greedy.grouped(cluster, Pricing(cluster)), cluster))
        line(f"{size} organisations: nearest first / ours", by_hand / ours, 1, f"{by_hand} to {ours} covered")
        other = max_p(cluster)
        if other is not None:
            line(f"{size} organisations: spopt max-p / ours", other / ours, 1, f"{other} to {ours} covered")


def township(size: int, seed: int) -> Cluster:
    """Invented: ten villages, the trades of a county, one or two formal members, sometimes none."""
    rng = Random(seed)
    items = []
    for _ in range(size):
        formal = rng.choice((0, 1, 1, 1, 1, 2, 2))
        trade = Industry(section=rng.choice(TRADES), certainty=Certainty.NAME)
        place = Place("某县", "甲镇", f"{rng.randrange(10)}村")
        items.append(ClusterItem(Tally(1, formal, formal, max(formal, 1)), place, trade))
    return Cluster(tuple(items), LIMITS, POINTS)


def _kept(groups: list[list[int]], cluster: Cluster) -> list[list[int]]:
    return [g for g in groups if limits.holds(limits.together(cluster.kinds[k].item.tally for k in g), cluster.limits)]


def max_p(cluster: Cluster) -> int | None:
    """What max-p covers with branches of two to five units; None where spopt is not installed."""
    try:
        import libpysal
        import pandas
        from spopt.region import MaxPHeuristic
    except ImportError:
        return None
    size = len(cluster.items)
    beside = {
        one: [
            other
            for other in range(size)
            if other != one and cluster.items[other].place.village == cluster.items[one].place.village
        ]
        for one in range(size)
    }
    for one in range(size):  # the villages in a ring, so that there are no islands
        beside[one].append((one + 1) % size)
        beside[(one + 1) % size].append(one)
    weights = libpysal.weights.W({one: sorted(set(others)) for one, others in beside.items()}, silence_warnings=True)
    table: Any = pandas.DataFrame({
        "village": [int((item.place.village or "0村")[:-1]) for item in cluster.items],
        "formal": [item.tally.proven for item in cluster.items],
    })
    model = MaxPHeuristic(table, weights, ["village"], "formal", LIMITS.formal_min, 2, max_iterations_construction=50)
    model.solve()
    regions: dict[int, list[int]] = {}
    for number, label in enumerate(model.labels_):
        regions.setdefault(int(label), []).append(number)
    tallies = [limits.together(cluster.items[n].tally for n in members) for members in regions.values()]
    return sum(each.units for each in tallies if limits.holds(each, LIMITS))


if __name__ == "__main__":
    main()
