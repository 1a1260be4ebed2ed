"""Small clusters as the tests of plans write them, and every partition of one tried by brute force."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from random import Random

from coverage_census.model.plans.joint import Certainty, Industry, Nearness
from coverage_census.places.nearness import Place
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.limits import Bounds, Tally
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem

LIMITS = Bounds(2, 5, 3, 50)
POINTS = Points(
    distance={
        Nearness.ZONE: 0,
        Nearness.VILLAGE: 2,
        Nearness.TOWNSHIP: 6,
        Nearness.NEIGHBOURS: 20,
        Nearness.COUNTY: 60,
    },
    industry={"division": 0, "section": 1, "unknown": 2, "other": 3},
    dissolved=30,
    branch=8,
    unproven=15,
)


def item(formal: int, village: str | None = None, trade: str | None = None, **more: object) -> ClusterItem:
    """`item(2, "河东村", "C15")`: one organisation of 甲镇 with so many formal members."""
    kind = None if trade is None else Industry(section=trade[0], division=trade[1:] or None, certainty=Certainty.CODE)
    place = Place("某县", "甲镇", village)
    values: dict[str, object] = {"tally": Tally(1, formal, formal, formal), "place": place, "industry": kind, **more}
    return ClusterItem(**values)  # type: ignore[arg-type]


def random_cluster(seed: int, size: int) -> Cluster:
    """Up to `size` items of one township: villages, zones, trades, unknown counts, existing branches, tight limits."""
    rng = Random(seed)
    items: list[ClusterItem] = []
    wide = rng.random() < 0.2
    keep = 0
    while len(items) < size:
        if rng.random() < 0.12 and size - len(items) >= 2:
            units = [
                _random_item(rng, wide, keep=keep, must=True) for _ in range(rng.randint(2, min(5, size - len(items))))
            ]
            if limits.holds(limits.together(each.tally for each in units), LIMITS):
                items += units
                keep += 1
        elif rng.random() < 0.08:
            n = rng.randint(1, 4)
            whole = Tally(n, rng.randint(0, 4), 0, rng.randint(n, 20))
            whole = whole._replace(possible=whole.proven + rng.randint(0, 1))
            must = limits.holds(whole, LIMITS)
            items.append(_random_item(rng, wide, tally=whole, weight=n, must=must))
        else:
            items.append(_random_item(rng, wide))
    rng.shuffle(items)
    tight = Bounds(2, rng.choice((2, 3, 4, 5, 5, 5)), rng.choice((2, 3, 3, 3, 4)), rng.choice((50, 50, 20)))
    apart = (tuple(sorted(rng.sample(range(size), 2))),) if size > 3 and rng.random() < 0.15 else ()
    fits = all(limits.holds(limits.together(i.tally for i in items if i.keep == k), tight) for k in range(keep))
    fits = fits and all(limits.holds(i.tally, tight) for i in items if i.must and i.keep is None)
    fits = fits and not any(items[a].must and items[b].must for a, b in apart)
    return Cluster(tuple(items), tight if fits else LIMITS, POINTS, apart if fits else ())  # type: ignore[arg-type]


def _random_item(rng: Random, wide: bool, **more: object) -> ClusterItem:
    low = rng.choice((0, 1, 1, 1, 2, 2))
    high = low + (1 if rng.random() < 0.15 else 0)
    members = high + (rng.choice((0, 1, 14, 30)) if wide else rng.choice((0, 0, 1)))
    place = Place("某县", "甲镇", rng.choice((None, "东村", "西村")), rng.choice((None, None, None, "园区")))
    trade = rng.choice((None, "C15", "C17", "F52", "C"))
    kind = None if trade is None else Industry(section=trade[0], division=trade[1:] or None, certainty=Certainty.CODE)
    values: dict[str, object] = {"tally": Tally(1, low, high, members), "place": place, "industry": kind, **more}
    return ClusterItem(**values)  # type: ignore[arg-type]


def group_cost(group: Sequence[int], cluster: Cluster, keep: int | None) -> int | None:
    """The points of one branch, straight from the terms; None where it may not be formed."""
    items = [cluster.items[number] for number in group]
    tally = limits.together(each.tally for each in items)
    if not limits.holds(tally, cluster.limits) or any(a in group and b in group for a, b in cluster.apart):
        return None
    opened = [n for n in group if cluster.items[n].open]
    if len(opened) > 1:
        return None
    leads = [n for n in group if keep is None or cluster.items[n].keep == keep]
    found = []
    for lead in opened or leads:
        way = 0
        for number in group:
            if number != lead:
                far = costs.distance(cluster.items[number].place, cluster.items[lead].place, cluster.cost)
                if far is None:
                    break
                trade = costs.industry(cluster.items[number].industry, cluster.items[lead].industry, cluster.cost)
                way += (far + trade) * cluster.items[number].tally.units
        else:
            found.append(way)
    if not found:
        return None
    led = 0 if opened else costs.branch(1, cluster.cost)
    return min(found) + led + costs.unproven(tally, cluster.limits, cluster.cost)


def best_cost(group: Sequence[int], cluster: Cluster) -> int | None:
    """With an existing branch going on in it where that is cheaper; being kept saves its points."""
    options = [group_cost(group, cluster, None)]
    for keep in {cluster.items[n].keep for n in group} - {None}:
        if all(n in group for n, each in enumerate(cluster.items) if each.keep == keep):
            points = group_cost(group, cluster, keep)
            options.append(None if points is None else points - costs.dissolved(1, cluster.cost))
    known = [each for each in options if each is not None]
    return min(known) if known else None


def brute_force(cluster: Cluster) -> tuple[int, int] | None:
    """What the best of all partitions leaves out, and its points; every set of items is tried as the branch of its
    first item, so that every partition is looked at. None where nobody can keep all who are covered today and no pin
    excuses that."""
    size = len(cluster.items)
    branch: dict[int, int] = {}
    pins = [sum(1 << n for n in each) for each in cluster.pinned]
    for many in range(1, size + 1):
        for group in combinations(range(size), many):
            points = best_cost(group, cluster)
            mask = sum(1 << n for n in group)
            if points is not None and all(mask & pin in (0, pin) for pin in pins):
                branch[mask] = points
    best: dict[int, Score] = {0: (0, 0, 0)}
    for mask in range(1, 1 << size):
        first = mask & -mask
        number = first.bit_length() - 1
        rest = mask ^ first
        out = cluster.items[number]
        weight = 0 if out.open else out.weight
        options = [_plus(best[rest], (weight if out.must else 0, weight, 0))]
        for others in _within(rest):
            if first | others in branch:
                options.append(_plus(best[rest ^ others], (0, 0, branch[first | others])))
        best[mask] = min(options)
    stranded, out_of_it, points_of = best[(1 << size) - 1]
    if stranded and not cluster.together and not cluster.apart:
        return None
    keeps = len({each.keep for each in cluster.items} - {None})
    return out_of_it, points_of + keeps * cluster.cost.dissolved


def random_pins(seed: int, cluster: Cluster) -> Cluster:
    """One to three groups of two or three pinned together, overlapping at times; sometimes a pair apart beside them."""
    rng, size = Random(f"pins {seed}"), len(cluster.items)
    groups = tuple(tuple(rng.sample(range(size), rng.choice((2, 2, 3)))) for _ in range(rng.randint(1, 3)))
    one, other = sorted(rng.sample(range(size), 2))
    return replace(cluster, together=groups, apart=((one, other),) if rng.random() < 0.2 else ())


Score = tuple[int, int, int]
"""Weight of those covered today who are left out, weight of all who are, points."""


def _plus(one: Score, two: Score) -> Score:
    return one[0] + two[0], one[1] + two[1], one[2] + two[2]


def _within(mask: int) -> Iterator[int]:
    part = mask
    while True:
        yield part
        if not part:
            return
        part = (part - 1) & mask


def random_county(seed: int, size: int) -> Cluster:
    """Leftovers of several townships and branches with room; not everybody may reach everybody."""
    rng = Random(f"county {seed}")
    neighbours = frozenset({("某县", "乙镇", "甲镇")}) if rng.random() < 0.7 else frozenset[tuple[str, str, str]]()
    farthest = rng.choice((Nearness.NEIGHBOURS, Nearness.NEIGHBOURS, Nearness.COUNTY))
    items = []
    for _ in range(size):
        place = Place("某县", rng.choice(("甲镇", "乙镇", "丙镇")))
        formal = rng.choice((0, 1, 1, 2))
        if rng.random() < 0.35:
            units = rng.randint(2, 4)
            items.append(ClusterItem(Tally(units, 3, 3, units + 1), place, open=True))
        else:
            items.append(ClusterItem(Tally(1, formal, formal, formal), place))
    cost = replace(POINTS, farthest=farthest, neighbours=neighbours)
    return Cluster(tuple(items), LIMITS, cost)
