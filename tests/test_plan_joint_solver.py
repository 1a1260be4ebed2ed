"""The search for joint branches: equal to trying every partition, proved, and the same whatever the order."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.plan.joint import limits
from coverage_census.plan.joint.limits import Bounds, Tally
from coverage_census.plan.joint.solver import pins
from coverage_census.plan.joint.solver.cluster import Cluster, Solution
from coverage_census.plan.joint.solver.solve import solved
from kit import often
from plan_case import LIMITS, POINTS, best_cost, brute_force, item, random_cluster, random_county, random_pins


def check(cluster: Cluster) -> Solution:
    """As good as the best of all partitions, and its figures are those of its groups."""
    found = solved(cluster)
    assert (found.uncovered, found.cost) == brute_force(cluster)
    assert found.optimal
    agrees(found, cluster)
    return found


def agrees(found: Solution, cluster: Cluster, pinned: bool = False) -> None:
    """No item twice, every group within the limits, the points those of the terms."""
    inside = [number for numbers, _ in found.groups for number in numbers]
    assert len(inside) == len(set(inside))
    points = [best_cost(numbers, cluster) for numbers, _ in found.groups]
    keeps = len({each.keep for each in cluster.items} - {None})
    assert sum(each for each in points if each is not None) + keeps * cluster.cost.dissolved == found.cost
    assert None not in points
    left = [each for number, each in enumerate(cluster.items) if number not in inside and not each.open]
    assert sum(each.weight for each in left) == found.uncovered
    assert pinned or not any(each.must for each in left)


@pytest.mark.parametrize("seed", range(60))
def test_equal_to_every_partition_of_up_to_nine(seed: int) -> None:
    check(random_cluster(seed, Random(seed).randint(1, 9)))


@pytest.mark.parametrize("seed", range(40))
def test_equal_to_every_partition_across_townships(seed: int) -> None:
    check(random_county(seed, Random(seed).randint(1, 8)))


def test_equal_to_every_partition_of_twelve() -> None:
    check(random_cluster(7, 12))


@pytest.mark.parametrize(
    ("formal", "covered"),
    [
        ((1, 1), 0),
        ((1, 1, 1), 3),
        ((2, 1), 2),
        ((2,), 0),
        ((1, 0, 1), 0),
        ((2, 1, 0, 0, 0), 5),
        ((2, 1, 0, 0, 0, 0), 5),
    ],
)
def test_the_boundaries_of_three_members_and_five_units(formal: tuple[int, ...], covered: int) -> None:
    found = check(Cluster(tuple(item(each) for each in formal), LIMITS, POINTS))
    assert len(formal) - found.uncovered == covered
    assert found.uncovered == found.least_uncovered


def test_six_of_one_each_are_two_branches() -> None:
    found = check(Cluster(tuple(item(1) for _ in range(6)), LIMITS, POINTS))
    assert sorted(len(numbers) for numbers, _ in found.groups) == [3, 3]


def test_more_covered_goes_before_any_points() -> None:
    """Six units in one village with an existing branch of five: it is broken up to take in the sixth."""
    members = [item(2, "东村", keep=0, must=True) for _ in range(5)]
    found = check(Cluster((*members, item(0, "西村")), LIMITS, POINTS))
    assert found.uncovered == 0
    assert len(found.groups) == 2


def test_an_existing_branch_is_kept_where_that_covers_as_many() -> None:
    members = [
        item(1, "东村", keep=0, must=True),
        item(1, "西村", keep=0, must=True),
        item(1, "东村", keep=0, must=True),
    ]
    found = check(Cluster((*members, *(item(1, "东村") for _ in range(3))), LIMITS, POINTS))
    assert any(keep == 0 and {0, 1, 2} <= set(numbers) for numbers, keep in found.groups)


def test_who_is_covered_today_stays_covered() -> None:
    members = [item(2, keep=0, must=True), item(1, keep=0, must=True)]
    found = check(Cluster((*members, item(0)), Bounds(2, 2, 3, 50), POINTS))
    assert found.uncovered == 1
    assert found.groups == (((0, 1), 0),)


def test_near_and_alike_ones_come_together() -> None:
    there = [item(2, "东村", "C15"), item(1, "西村", "F52"), item(1, "东村", "C15"), item(2, "西村", "F52")]
    found = check(Cluster(tuple(there), LIMITS, POINTS))
    assert {frozenset(numbers) for numbers, _ in found.groups} == {frozenset({0, 2}), frozenset({1, 3})}


def test_a_branch_that_needs_no_confirming_is_preferred() -> None:
    unsure = item(0, tally=Tally(1, 0, 2, 2))
    found = check(Cluster((unsure, item(2), item(1), item(0, tally=Tally(1, 0, 1, 1))), LIMITS, POINTS))
    assert found.uncovered == 0
    assert len(found.groups) == 1


def test_two_that_must_not_meet_do_not() -> None:
    there = tuple(item(n) for n in (2, 1, 2, 1))
    found = check(Cluster(there, LIMITS, POINTS, apart=((0, 1),)))
    assert not any({0, 1} <= set(numbers) for numbers, _ in found.groups)


@pytest.mark.parametrize("seed", range(60))
def test_equal_to_every_partition_with_pins(seed: int) -> None:
    cluster = random_cluster(seed, Random(seed).randint(4, 9))
    pinned_ones_meet(random_pins(seed, cluster))


@pytest.mark.parametrize("seed", range(30))
def test_equal_to_every_partition_with_pins_across_townships(seed: int) -> None:
    pinned_ones_meet(random_pins(seed, random_county(seed, Random(seed).randint(4, 8))))


def pinned_ones_meet(cluster: Cluster) -> None:
    found = solved(cluster)
    assert (found.uncovered, found.cost) == brute_force(cluster)
    assert found.optimal
    agrees(found, cluster, pinned=True)
    for numbers, _ in found.groups:
        assert all(set(pin) <= set(numbers) or not set(pin) & set(numbers) for pin in cluster.together)


def test_pinned_ones_share_a_branch_although_others_are_nearer() -> None:
    there = [item(2, "东村"), item(1, "东村"), item(2, "西村"), item(1, "西村")]
    found = check(Cluster(tuple(there), Bounds(2, 2, 3, 50), POINTS, together=((0, 3),)))
    assert {frozenset(numbers) for numbers, _ in found.groups} == {frozenset({0, 3}), frozenset({1, 2})}


def test_pins_that_share_a_unit_are_one() -> None:
    there = tuple(item(1) for _ in range(6))
    found = check(Cluster(there, LIMITS, POINTS, together=((0, 1), (4, 5), (1, 4))))
    assert any({0, 1, 4, 5} <= set(numbers) for numbers, _ in found.groups)


def test_a_pin_that_no_branch_can_keep_leaves_its_units_out() -> None:
    there = tuple(item(1) for _ in range(9))
    found = check(Cluster(there, LIMITS, POINTS, together=((0, 1, 2, 3, 4, 5),)))
    assert [set(numbers) for numbers, _ in found.groups] == [{6, 7, 8}]


def test_a_pin_into_a_full_branch_strands_as_few_as_possible_of_those_covered_today() -> None:
    members = [item(2, keep=0, must=True), item(1, keep=0, must=True)]
    found = solved(Cluster((*members, item(1)), Bounds(2, 2, 3, 50), POINTS, together=((0, 2),)))
    assert (found.uncovered, found.least_uncovered) == (1, 1)
    assert [set(numbers) for numbers, _ in found.groups] == [{0, 2}]


def test_pins_that_nothing_can_keep_are_told_and_the_rest_stays() -> None:
    far = item(1)
    far = replace(far, place=replace(far.place, county="乙县"))
    there = (*(item(1) for _ in range(9)), item(2, open=True), item(2, open=True), far)
    big = replace(there[8], tally=Tally(1, 3, 3, 50))
    wanted = ((0, 1, 2, 3, 4, 5), (6, 7), (9, 10), (11, 12), (8, 13))
    items = (*there, item(1), big)
    kept, wrong = pins.checked(Cluster(items, LIMITS, POINTS, apart=((6, 7),), together=wanted))
    assert {each.numbers: [said.code for said in each.why] for each in wrong} == {
        (0, 1, 2, 3, 4, 5): ["wrong.too_many_units"],
        (6, 7): ["wrong.kept_apart"],
        (9, 10): ["wrong.two_branches"],
        (11, 12): ["wrong.too_far"],
        (8, 13): ["wrong.too_many_members"],
    }
    assert kept.together == ()
    fine, none = pins.checked(Cluster(items, LIMITS, POINTS, together=((0, 1),)))
    assert fine.together == ((0, 1),) and none == ()


def test_members_beyond_fifty_are_split() -> None:
    there = tuple(item(2, tally=Tally(1, 2, 2, 20)) for _ in range(4))
    found = check(Cluster(there, LIMITS, POINTS))
    assert sorted(len(numbers) for numbers, _ in found.groups) == [2, 2]


def test_limits_that_nobody_can_keep_leave_everyone_out() -> None:
    found = solved(Cluster(tuple(item(2) for _ in range(4)), Bounds(6, 5, 3, 50), POINTS))
    assert found.groups == ()
    assert found.uncovered == 4


def test_nobody_is_no_trouble() -> None:
    assert solved(Cluster((), LIMITS, POINTS)).optimal


def test_where_the_search_is_cut_short_the_bound_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A last search that may look at no further branch leaves what is there, and says how far from the best."""
    from coverage_census.plan.joint.solver import solve

    gaps = 0
    for seed in range(30):
        cluster = random_cluster(seed, 9)
        expected = brute_force(cluster)
        assert expected is not None
        with monkeypatch.context() as patched:
            patched.setattr(solve, "MANY", 0)
            patched.setattr(solve, "_better", lambda master, best: best)
            found = solved(cluster)
        agrees(found, cluster)
        assert found.uncovered >= expected[0] >= found.least_uncovered
        if found.uncovered == expected[0]:
            assert found.bound <= expected[1] <= found.cost
        gaps += not found.optimal
    assert gaps


@settings(max_examples=often(12), deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_the_items_changes_neither_coverage_nor_points(seed: int, shuffle: Random) -> None:
    cluster = random_cluster(seed, 8)
    if cluster.apart:
        return
    items = list(cluster.items)
    shuffle.shuffle(items)
    one, other = solved(cluster), solved(Cluster(tuple(items), cluster.limits, cluster.cost))
    assert (one.uncovered, one.cost, one.bound) == (other.uncovered, other.cost, other.bound)


def test_a_cluster_solved_twice_gives_the_same_groups() -> None:
    cluster = random_cluster(3, 9)
    assert solved(cluster) == solved(cluster)


def test_never_fewer_covered_than_the_clerk_s_nearest_first() -> None:
    from coverage_census.plan.joint.solver import greedy
    from coverage_census.plan.joint.solver.pricing import Pricing

    for seed in range(40):
        cluster = random_cluster(seed, 14)
        by_hand = greedy.grouped(cluster, Pricing(cluster))
        taken = sum(cluster.kinds[kind].item.weight for group in by_hand for kind in group)
        assert all(
            limits.holds(limits.together(cluster.kinds[k].item.tally for k in group), cluster.limits)
            for group in by_hand
        )
        assert cluster.weight - solved(cluster).uncovered >= taken


def test_an_open_branch_leads_and_meets_no_other() -> None:
    there = (
        item(3, tally=Tally(3, 3, 3, 3), open=True),
        item(3, tally=Tally(3, 3, 3, 3), open=True),
        item(1),
        item(1),
        item(1),
    )
    found = check(Cluster(there, LIMITS, POINTS))
    assert found.uncovered == 0
    for numbers, _ in found.groups:
        assert sum(there[n].open for n in numbers) <= 1
