"""Liaison officers: 3,222 organisations x 200 officers, with wishes and without; two-way selection by `matching`."""

import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from measure import line

sys.path.insert(0, str(Path(__file__).parents[1]))

ORGANISATIONS, OFFICERS, TOWNS = 3_222, 200, 60
INDUSTRIES = (
    "食品制造业", "道路运输业", "餐饮业", "房屋建筑业", "软件和信息技术服务业", "畜牧业", "零售业", "房地产业", "教育",
    "纺织业", "专用设备制造业", "卫生", "农业", "金属制品业", "造纸和纸制品业",
)  # fmt: skip


def main() -> None:
    _plans()
    _selections()


def _plans() -> None:
    """The whole plan from needs and officers on: costs, wishes, flow, reasons."""
    import numpy as np  # noqa: F401 (imports are counted in startup.py)

    from coverage_census.plan.liaison import liaison

    for wishes in (False, True):
        asked = _question(random.Random(2026), wishes=wishes)
        seconds = min(_cpu(lambda asked=asked: liaison.plan(asked)) for _ in range(3))  # type: ignore[misc]
        made = liaison.plan(asked)
        assert made.cost == made.bound and made.blocking_pairs == 0
        what = f"{ORGANISATIONS} x {OFFICERS} {'with' if wishes else 'without'} wishes"
        by = f"{made.two_way} two-way, {len(made.unplaced)} left, proved least"
        line(what, seconds, 1.0, f"{seconds:.2f} s CPU; {by}")


def _selections() -> None:
    """Our share of the time of `matching`'s solving alone (its checks and copies are not counted). Much larger
    instances it cannot copy: they end in a RecursionError."""
    from coverage_census.plan.liaison import stable_matching
    from liaison_case import selection

    warnings.simplefilter("ignore")
    dice = random.Random(7)
    for seekers, posts in ((300, 20), (600, 40)):
        instance = selection(dice, seekers, posts, 2 * seekers // posts, wishes=15)
        for solve, optimal in (
            (stable_matching.seeker_optimal, "resident"),
            (stable_matching.post_optimal, "hospital"),
        ):
            ours = min(_cpu(lambda solve=solve, given=instance: solve(*given)) for _ in range(5))  # type: ignore[misc]
            theirs, same = _theirs(instance, optimal)
            assert same == {n: post for n, post in enumerate(solve(*instance)) if post is not None}
            figures = f"{ours * 1000:.1f} ms, matching {theirs * 1000:.0f} ms: {theirs / ours:.0f} times"
            line(f"{seekers} x {posts}, best for {optimal}s / matching", ours / theirs, 0.2, figures)


def _theirs(
    instance: "tuple[list[list[int]], list[list[int]], list[int]]", optimal: str
) -> tuple[float, dict[int, int]]:
    from matching.games import HospitalResident

    asking, asked, room = instance
    game = HospitalResident.create_from_dictionaries(
        dict(enumerate(asking)), dict(enumerate(asked)), dict(enumerate(room))
    )
    start = time.process_time()
    solved = game.solve(optimal=optimal)
    spent = time.process_time() - start
    return spent, {int(each.name): int(post.name) for post, those in solved.items() for each in those}


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _question(dice: random.Random, *, wishes: bool):  # type: ignore[no-untyped-def]
    from coverage_census.model.plans.liaison import Needing
    from coverage_census.model.plans.officers import Officer
    from coverage_census.model.reading import Subject
    from coverage_census.plan.liaison.costs import Costs
    from coverage_census.plan.liaison.liaison import LiaisonQuestion
    from coverage_census.plan.liaison.two_way import Wishes

    towns = [f"第{n}镇" for n in range(TOWNS)]
    needs = [
        Needing(
            subject=Subject(name=f"单位{n:04}", county="甲县", township=dice.choice(towns)),
            industry=dice.choice(INDUSTRIES), need=dice.choice(["large", "few", "none"]), has_none=dice.random() < 0.8,
        )
        for n in range(ORGANISATIONS)
    ]  # fmt: skip
    officers = [
        Officer(
            code=f"ZD-{n:03}", capacity=dice.randint(8, 24), expertise=tuple(dice.sample(INDUSTRIES, 2)),
            townships=tuple(_some(dice, towns)), full_time=dice.random() < 0.5,
        )
        for n in range(OFFICERS)
    ]  # fmt: skip
    stated = Wishes({}, {}, {})
    if wishes:
        stated = Wishes(
            {n: dice.sample(range(OFFICERS), 3) for n in range(0, ORGANISATIONS, 2)},
            {n: [dice.choice(INDUSTRIES)] for n in range(1, ORGANISATIONS, 5)},
            {n: [dice.randrange(ORGANISATIONS), *_some(dice, towns)] for n in range(0, OFFICERS, 2)},
        )
    return LiaisonQuestion(
        needing=needs, officers=officers, wishes=stated, before={}, townships={name: {"甲县"} for name in towns},
        counties={"甲县"}, neighbours=set(), order=["large", "few", "none"], full_time={"large"},
        costs=Costs(anywhere=20, neighbour=40, county=100, industry=30, part_time=20, change=150, balance=60),
    )  # fmt: skip


def _some(dice: random.Random, towns: Sequence[str]) -> list[str]:
    return dice.sample(list(towns), dice.randint(0, 3))


if __name__ == "__main__":
    main()
