"""Random counties of a few townships for the tests of `plan joint`, and what no plan covers more than, counted apart.

In one county everybody may be in a branch with anybody, so that only limits count: how many have so many formal
members. The count knows nothing of townships, points or searches.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from random import Random
from typing import Any

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.plans.joint import JointPlan, Nearness
from coverage_census.places.nearness import Place
from coverage_census.places.neighbours import Neighbours, pair
from coverage_census.plan.joint import costs, joint, limits
from coverage_census.plan.joint.limits import Tally
from coverage_census.plan.joint.solver.cluster import Cluster, ClusterItem
from coverage_census.policy.files import rulebook
from coverage_census.policy.plans import joint as planning
from plan_case import brute_force
from test_plan_joint_plan import inside, row

TOWNS = ("甲镇", "乙镇", "丙乡", "丁街道")
FORMAL = (0, 1, 2)


def county(seed: int, most: int = 6) -> list[dict[str, Any]]:
    """Two to four townships with up to `most` organisations each that have members and no branch, and at times a
    regular joint branch."""
    dice, rows = Random(f"county {seed}"), []
    for town in TOWNS[: dice.randint(2, 4)]:
        rows += [_one(dice, town, number) for number in range(dice.randint(0, most))]
        if dice.random() < 0.3:
            many = dice.randint(3, 5)
            name = f"{town}联合党支部"
            rows += [inside(name, f"{town}支{number}", 1, township=town) for number in range(many)]
    return rows


def _one(dice: Random, town: str, number: int) -> dict[str, Any]:
    formal = dice.choice((0, 1, 1, 1, 2, 2))
    return row(
        f"{town}{number}", formal, town, members_total=formal + (formal == 0), village=dice.choice((None, "东村"))
    )


def within_reach(seed: int) -> tuple[list[dict[str, Any]], Neighbours]:
    """Up to nine organisations of three townships, of which only some lie side by side."""
    dice = Random(f"reach {seed}")
    rows = [_one(dice, dice.choice(TOWNS[:3]), number) for number in range(dice.randint(4, 9))]
    beside = [pair("某县", one, other) for one, other in (("甲镇", "乙镇"), ("乙镇", "丙乡")) if dice.random() < 0.8]
    return rows, Neighbours(frozenset(beside), ())


def uneven(seed: int) -> list[dict[str, Any]]:
    """Up to nine organisations of three townships, some with many members, of some only the total known."""
    dice, rows = Random(f"uneven {seed}"), []
    for number in range(dice.randint(4, 9)):
        town, formal = dice.choice(TOWNS[:3]), dice.choice((0, 1, 1, 2, 2))
        members = max(1, formal + dice.choice((0, 0, 1, 12, 24)))
        known = {} if dice.random() < 0.8 else {"formal_low": 0, "formal_high": min(2, members)}
        rows.append(row(f"{town}{number}", formal, town, members_total=members, **known))
    return rows


def planned(rows: list[dict[str, Any]], beside: Neighbours, farthest: Nearness) -> JointPlan:
    """The plan under `official`, looking no farther than this."""
    policy = rulebook.load("official", date(2026, 6, 30))
    bounds, weights = planning.limits(policy), planning.weights(policy)
    assert bounds is not None and weights is not None
    return joint.plan(
        rows,
        joint.PlanFrame(
            round=1, policy=PolicyStamp(name="official", version="v", as_of="2026-06-30"), limits=bounds,
            weights=weights.model_copy(update={"farthest": farthest}), neighbours=beside, inputs={},
        ),
    )  # fmt: skip


def most_within_reach(rows: list[dict[str, Any]], beside: Neighbours, farthest: Nearness) -> int:
    """The same by trying every way to divide the whole county."""
    policy = rulebook.load("official", date(2026, 6, 30))
    bounds, weights = planning.limits(policy), planning.weights(policy)
    assert bounds is not None and weights is not None
    points = costs.points(weights.model_copy(update={"farthest": farthest}), beside.pairs)
    items = [
        ClusterItem(Tally(1, each["formal_low"], each["formal_high"], each["members_high"]),
             Place("某县", each["township"], each["village"]))
        for each in rows
    ]  # fmt: skip
    found = brute_force(Cluster(tuple(items), limits.bounds(bounds), points))
    assert found is not None
    return len(rows) - found[0]


def covered(plan: JointPlan) -> int:
    """Of those that have no branch today."""
    return sum(unit.branch_key is None for group in plan.groups for unit in group.units)


def most_covered(rows: list[dict[str, Any]]) -> int:
    """Of those that have no branch; whoever is in one today stays in one."""
    waiting = Counter(each["formal_low"] for each in rows if each["joint_branch"] is None)
    covered = Counter(each["formal_low"] for each in rows if each["joint_branch"] is not None)
    least = _left([waiting[formal] for formal in FORMAL], [covered[formal] for formal in FORMAL])
    return sum(waiting.values()) - least


def _left(waiting: list[int], covered: list[int]) -> int:
    never = 10**6
    branches = [each for each in product(range(6), repeat=6) if 2 <= sum(each) <= 5 and _formal(each) >= 3]

    @cache
    def least(state: tuple[int, ...]) -> int:
        """Whoever comes first in the state is left out, if he may be, or is in some branch with others."""
        if not any(state):
            return 0
        first = next(at for at, many in enumerate(state) if many)
        out = 1 + least(_without(state, first)) if first < 3 else never
        return min([out, *(least(rest) for rest in _rests(state, first))])

    def _rests(state: tuple[int, ...], first: int) -> Iterator[tuple[int, ...]]:
        for branch in branches:
            if branch[first] and all(a >= b for a, b in zip(state, branch, strict=True)):
                yield tuple(a - b for a, b in zip(state, branch, strict=True))

    return least((*waiting, *covered))


def _formal(branch: tuple[int, ...]) -> int:
    return sum(many * FORMAL[at % 3] for at, many in enumerate(branch))


def _without(state: tuple[int, ...], at: int) -> tuple[int, ...]:
    return (*state[:at], state[at] - 1, *state[at + 1 :])
