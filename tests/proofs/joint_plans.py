"""Random small clusters against every partition tried by force: 1,000 of up to nine organisations, 20 of twelve, and
300 across townships; and 650 whole plans of counties against what could be covered at most, counted apart.
`make proofs` runs it; the tests run a part."""

import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from county_case import county, covered, most_covered, most_within_reach, planned, uneven, within_reach
from coverage_census.model.plans.joint import Nearness
from coverage_census.plan.joint.solver.cluster import Cluster
from coverage_census.plan.joint.solver.solve import solved
from plan_case import brute_force, random_cluster, random_county
from test_plan_joint_plan import NOBODY


def wrong(clusters: list[Cluster]) -> list[int]:
    """Which of them the search gets wrong, or leaves unproved."""
    found = []
    for number, cluster in enumerate(clusters):
        solution = solved(cluster)
        if (solution.uncovered, solution.cost) != brute_force(cluster) or not solution.optimal:
            found.append(number)
    return found


def short(seeds: range) -> list[int]:
    """Counties in which a plan covers fewer than it could."""
    found = []
    for seed in seeds:
        rows = county(seed)
        if covered(planned(rows, NOBODY, Nearness.COUNTY)) != most_covered(rows):
            found.append(seed)
    return found


def short_uneven(seeds: range) -> list[int]:
    """The same of organisations with many members, or of which only the total is known."""
    found = []
    for seed in seeds:
        rows = uneven(seed)
        if covered(planned(rows, NOBODY, Nearness.COUNTY)) != most_within_reach(rows, NOBODY, Nearness.COUNTY):
            found.append(seed)
    return found


def short_within_reach(seeds: range) -> list[int]:
    """The same where only neighbouring townships reach each other."""
    found = []
    for seed in seeds:
        rows, beside = within_reach(seed)
        most = most_within_reach(rows, beside, Nearness.NEIGHBOURS)
        if covered(planned(rows, beside, Nearness.NEIGHBOURS)) != most:
            found.append(seed)
    return found


def main() -> int:
    """Nothing wrong: 0."""
    begun, bad = time.process_time(), 0
    for what, clusters in (
        ("1,000 of up to nine", [random_cluster(seed, Random(seed).randint(1, 9)) for seed in range(1000)]),
        ("20 of twelve", [random_cluster(seed, 12) for seed in range(20)]),
        ("300 across townships", [random_county(seed, Random(seed).randint(1, 8)) for seed in range(300)]),
    ):
        found = wrong(clusters)
        bad += len(found)
        print(f"{what}: {len(clusters) - len(found)} right, wrong: {found}", flush=True)  # noqa: T201
    for what, fewer in (
        ("300 counties", short(range(300))),
        ("200 of neighbours", short_within_reach(range(200))),
        ("150 uneven ones", short_uneven(range(150))),
    ):
        bad += len(fewer)
        print(f"{what}: fewer covered than could be in {fewer}", flush=True)  # noqa: T201
    print(f"{time.process_time() - begun:.0f} s CPU")  # noqa: T201
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
