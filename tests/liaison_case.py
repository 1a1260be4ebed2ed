"""What the tests of liaison plans share: small questions, and random instances of two-way selection."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.model.plans.liaison import Needing
from coverage_census.model.plans.officers import Officer
from coverage_census.model.reading import Subject
from coverage_census.plan.liaison.costs import Costs
from coverage_census.plan.liaison.liaison import LiaisonQuestion
from coverage_census.plan.liaison.two_way import Wishes

COSTS = Costs(anywhere=20, neighbour=40, county=100, industry=30, part_time=20, change=150, balance=60)
TOWNS = ("东镇", "西镇", "南乡", "北乡")


def needing(name: str, township: str | None = "东镇", need: str = "no_members", **more: Any) -> Needing:
    subject = Subject(name=name, county=more.pop("county", "甲县"), township=township)
    return Needing(subject=subject, need=need, has_none=more.pop("has_none", True), **more)


def officer(code: str, capacity: int = 1, *townships: str, **more: Any) -> Officer:
    return Officer(code=code, capacity=capacity, townships=townships, **more)


def question(needs: Sequence[Needing], officers: Sequence[Officer], **more: Any) -> LiaisonQuestion:
    """Needs large, few, none in this order of urgency."""
    given: dict[str, Any] = {
        "needing": needs, "officers": officers, "wishes": Wishes({}, {}, {}), "before": {},
        "townships": {name: {"甲县"} for name in TOWNS}, "counties": {"甲县"}, "neighbours": set(),
        "order": ["large_unbuilt", "not_covered", "no_members"], "full_time": {"large_unbuilt"}, "costs": COSTS,
    }  # fmt: skip
    return LiaisonQuestion(**(given | more))


Instance = tuple[list[list[int]], list[list[int]], list[int]]


def selection(dice: random.Random, seekers: int, posts: int, most: int, wishes: int | None = None) -> Instance:
    """Strict lists of both sides, each naming exactly who named it, and capacities of 1 to `most`."""
    longest = posts if wishes is None else min(wishes, posts)
    asking = [
        dice.sample(range(posts), dice.randint(0 if wishes is None else longest, longest)) for _ in range(seekers)
    ]
    asked: list[list[int]] = [[] for _ in range(posts)]
    for seeker, wanted in enumerate(asking):
        for post in wanted:
            asked[post].append(seeker)
    for each in asked:
        dice.shuffle(each)
    return asking, asked, [dice.randint(1, most) for _ in range(posts)]


def by_matching(instance: Instance, optimal: str) -> Mapping[int, int]:
    """The same by the `matching` package: seeker → post."""
    from matching.games import HospitalResident

    asking, asked, capacities = instance
    residents = {number: wishes for number, wishes in enumerate(asking) if wishes}
    hospitals = {number: wishes for number, wishes in enumerate(asked) if wishes}
    if not residents:
        return {}
    room = {number: capacities[number] for number in hospitals}
    game = HospitalResident.create_from_dictionaries(residents, hospitals, room)
    solved = game.solve(optimal=optimal)
    return {int(resident.name): int(hospital.name) for hospital, those in solved.items() for resident in those}
