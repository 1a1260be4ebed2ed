"""The two solvers of `plan liaison`: two-way selection is stable, the cheapest flow is the cheapest."""

import itertools
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from coverage_census.plan.liaison import cheapest_flow, stable_matching
from liaison_case import by_matching, selection

BOTH = (stable_matching.seeker_optimal, stable_matching.post_optimal)


def test_no_pair_of_1000_random_selections_would_rather_have_each_other() -> None:
    dice = random.Random(20261121)
    for _ in range(1000):
        asking, asked, room = selection(dice, dice.randint(1, 15), dice.randint(1, 6), 4)
        for solve in BOTH:
            found = solve(asking, asked, room)
            assert stable_matching.blocking(asking, asked, room, found) == []
            loads = Counter(post for post in found if post is not None)
            assert all(load <= room[post] for post, load in loads.items())
            assert all(post is None or post in asking[seeker] for seeker, post in enumerate(found))


def test_a_blocking_pair_is_seen() -> None:
    asking, asked = [[0, 1], [0, 1]], [[0, 1], [0, 1]]
    assert stable_matching.blocking(asking, asked, [1, 1], [1, 0]) == [(0, 0)]
    assert stable_matching.blocking(asking, asked, [1, 1], [0, None]) == [(1, 1)]
    assert stable_matching.blocking(asking, asked, [1, 0], [0, None]) == []  # a post without places wants nobody


def test_the_same_posts_stay_unfilled_whoever_is_favoured() -> None:
    """The rural hospitals theorem, for strict lists."""
    dice = random.Random(7)
    for _ in range(1000):
        asking, asked, room = selection(dice, dice.randint(1, 15), dice.randint(1, 6), 4)
        first, second = (solve(asking, asked, room) for solve in BOTH)
        assert Counter(first) == Counter(second)
        assert {s for s, post in enumerate(first) if post is None} == {
            s for s, post in enumerate(second) if post is None
        }
        for post in range(len(asked)):  # who does not fill his places has the very same partners
            one, other = ({s for s, held in enumerate(found) if held == post} for found in (first, second))
            assert len(one) == room[post] or one == other


def test_each_side_does_best_in_its_own_matching() -> None:
    dice = random.Random(11)
    for _ in range(300):
        asking, asked, room = selection(dice, dice.randint(1, 10), dice.randint(1, 5), 3)
        mine, theirs = (solve(asking, asked, room) for solve in BOTH)
        for seeker, (one, other) in enumerate(zip(mine, theirs, strict=True)):
            assert one is None or other is None or asking[seeker].index(one) <= asking[seeker].index(other)


@pytest.mark.parametrize(
    ("solve", "optimal"), [(stable_matching.seeker_optimal, "resident"), (stable_matching.post_optimal, "hospital")]
)
def test_the_matching_package_finds_the_same(solve: Callable[..., list[int | None]], optimal: str) -> None:
    dice = random.Random(3)
    for _ in range(150):
        instance = selection(dice, dice.randint(1, 14), dice.randint(1, 6), 4)
        found = {seeker: post for seeker, post in enumerate(solve(*instance)) if post is not None}
        assert found == by_matching(instance, optimal)


def _brute(problem: cheapest_flow.FlowProblem) -> int:
    units = [demand for demand, supply in enumerate(problem.supplies) for _ in range(supply)]
    best = None
    for way in itertools.product(range(-1, len(problem.charges)), repeat=len(units)):
        load, total = Counter[int](), 0
        for demand, post in zip(units, way, strict=True):
            if post < 0:
                total += problem.unplaced[demand]
            elif load[post] < len(problem.charges[post]):
                total += problem.costs[demand][post] + problem.charges[post][load[post]]
                load[post] += 1
            else:
                total += cheapest_flow.NEVER
        best = total if best is None else min(best, total)
    assert best is not None
    return best


def _problem(dice: random.Random) -> cheapest_flow.FlowProblem:
    demands, posts = dice.randint(1, 4), dice.randint(0, 3)
    costs = [[dice.choice([cheapest_flow.NEVER, *range(9)]) for _ in range(posts)] for _ in range(demands)]
    charges = [
        [10 * (2 * k - 1) // room for k in range(1, room + 1)] for room in (dice.randint(0, 3) for _ in range(posts))
    ]
    supplies = [dice.randint(0, 2) for _ in range(demands)]
    return cheapest_flow.FlowProblem(costs, supplies, charges, [dice.choice([5, 20, 50, 1000]) for _ in range(demands)])


def test_no_way_is_cheaper_than_the_flow() -> None:
    dice = random.Random(3)
    for _ in range(400):
        problem = _problem(dice)
        found = cheapest_flow.cheapest(problem)
        assert found.cost == _brute(problem)
        assert found.is_proved


def test_the_bound_holds_whatever_the_prices_are() -> None:
    dice = random.Random(5)
    for _ in range(200):
        problem = _problem(dice)
        prices = [dice.randint(-20, 200) for _ in problem.charges]
        assert cheapest_flow.bound(problem, prices) <= cheapest_flow.cheapest(problem).cost


def test_a_linear_program_finds_the_same_cost() -> None:
    """The network matrix is integral: HiGHS needs no whole numbers to find them."""
    import highspy

    dice = random.Random(9)
    for _ in range(25):
        demands, posts = 12, 6
        costs = [[dice.randint(0, 40) for _ in range(posts)] for _ in range(demands)]
        charges = [[dice.randint(0, 5) + 7 * k for k in range(dice.randint(1, 6))] for _ in range(posts)]
        problem = cheapest_flow.FlowProblem(
            costs, [dice.randint(1, 4) for _ in range(demands)], charges, [500] * demands
        )
        program: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        program.silent()
        sent = [[program.addVariable(lb=0, obj=cost) for cost in row] for row in costs]
        stay = [program.addVariable(lb=0, obj=500) for _ in range(demands)]
        filled = [[program.addVariable(lb=0, ub=1, obj=charge) for charge in row] for row in charges]
        for row, left, supply in zip(sent, stay, problem.supplies, strict=True):
            program.addConstr(sum(row, left) == supply)
        for post in range(posts):
            program.addConstr(sum(row[post] for row in sent) - sum(filled[post]) == 0)
        program.run()
        assert cheapest_flow.cheapest(problem).cost == pytest.approx(program.getInfo().objective_function_value)


def test_nobody_to_send_and_nobody_in_need() -> None:
    assert cheapest_flow.cheapest(cheapest_flow.FlowProblem([[]], [3], [], [7])).cost == 21
    assert cheapest_flow.cheapest(cheapest_flow.FlowProblem([], [], [[1, 2]], [])).cost == 0
    assert stable_matching.seeker_optimal([], [], []) == []
    assert stable_matching.post_optimal([[0]], [[0]], [0]) == [None]
