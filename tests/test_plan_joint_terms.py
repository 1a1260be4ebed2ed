"""Every limit and every cost term of a joint branch by itself, on both sides of its boundary, and what it says."""

import pytest

from coverage_census.model.plans.joint import Certainty, Industry, Nearness
from coverage_census.places.nearness import Place, building, nearness
from coverage_census.places.neighbours import pair
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.limits import Bounds, Tally
from plan_case import LIMITS, POINTS


def tally(units: int = 3, proven: int = 3, possible: int | None = None, members: int = 3) -> Tally:
    return Tally(units, proven, proven if possible is None else possible, members)


@pytest.mark.parametrize(("units", "kept"), [(1, False), (2, True)])
def test_one_unit_is_no_joint_branch(units: int, kept: bool) -> None:
    assert limits.enough_units(tally(units=units), LIMITS) is kept


@pytest.mark.parametrize(("units", "kept"), [(5, True), (6, False)])
def test_a_joint_branch_has_at_most_five_units(units: int, kept: bool) -> None:
    assert limits.few_enough_units(tally(units=units), LIMITS) is kept


@pytest.mark.parametrize(("formal", "kept"), [(2, False), (3, True)])
def test_three_formal_members_together_are_enough(formal: int, kept: bool) -> None:
    assert limits.enough_formal(tally(proven=formal), LIMITS) is kept


@pytest.mark.parametrize(("members", "kept"), [(50, True), (51, False)])
def test_a_branch_has_at_most_fifty_members(members: int, kept: bool) -> None:
    assert limits.few_enough_members(tally(members=members), LIMITS) is kept


def test_unknown_members_may_make_it_enough_but_never_prove_it() -> None:
    unsure = tally(proven=2, possible=3)
    assert limits.holds(unsure, LIMITS)
    assert not limits.proven(unsure, LIMITS)
    assert limits.proven(tally(proven=3), LIMITS)


def test_every_broken_limit_says_its_figures() -> None:
    said = limits.broken(Tally(6, 2, 2, 51), LIMITS)
    assert [(each.code, each.values["number"], each.values["limit"]) for each in said] == [
        ("wrong.too_many_units", 6, 5), ("wrong.too_few_formal", 2, 3), ("wrong.too_many_members", 51, 50),
    ]  # fmt: skip
    assert limits.broken(tally(), LIMITS) == ()
    assert [each.code for each in limits.broken(tally(units=1), LIMITS)] == ["wrong.too_few_units"]


@pytest.mark.parametrize(
    ("keep", "wrong"),
    [(LIMITS, False), (Bounds(6, 5, 3, 50), True), (Bounds(2, 5, 51, 50), True), (Bounds(5, 5, 50, 50), False)],
)
def test_limits_that_contradict_each_other_are_found(keep: Bounds, wrong: bool) -> None:
    assert limits.contradict(keep) is wrong


HERE = Place("某县", "甲镇", "东村", "科技园", "甲镇文化路1号")


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (Place("某县", "甲镇", "西村", "科技园"), Nearness.ZONE),
        (Place("某县", "乙镇", None, "科技园"), Nearness.ZONE),
        (Place("某县", "甲镇", "西村", None, "甲镇文化路1号"), Nearness.ZONE),
        (Place("某县", "甲镇", "东村"), Nearness.VILLAGE),
        (Place("某县", "甲镇", "西村"), Nearness.TOWNSHIP),
        (Place("某县", "甲镇"), Nearness.TOWNSHIP),
        (Place("某县", "乙镇", "东村"), Nearness.NEIGHBOURS),
        (Place("某县", "丙镇"), Nearness.COUNTY),
        (Place("某县", None), Nearness.COUNTY),
        (Place("邻县", "甲镇", "东村", "科技园", "甲镇文化路1号"), None),
        (Place(None, "甲镇"), None),
    ],
)
def test_nearness_has_five_levels_and_never_crosses_counties(other: Place, level: Nearness | None) -> None:
    beside = frozenset({pair("某县", "乙镇", "甲镇")})
    assert nearness(HERE, other, beside) is level
    assert nearness(other, HERE, beside) is level


def test_townships_of_no_known_county_are_near_only_to_themselves() -> None:
    assert nearness(Place(None, "甲镇"), Place(None, "甲镇")) is Nearness.TOWNSHIP
    assert nearness(Place(None, "甲镇"), Place(None, "乙镇")) is None
    assert nearness(Place(None, None, zone="科技园"), Place(None, None, zone="科技园")) is None


def test_a_building_is_an_address_up_to_its_number() -> None:
    assert building("甲镇 文化路12号3楼") == building("甲镇文化路12号501室") == "甲镇文化路12号"
    assert building("甲镇政府旁") is None


def test_distance_costs_by_level() -> None:
    places = [
        Place("某县", "甲镇", zone="科技园"),
        Place("某县", "甲镇", "东村"),
        Place("某县", "甲镇"),
        Place("某县", "丙镇"),
    ]
    assert [costs.distance(each, HERE, POINTS) for each in places] == [0, 2, 6, 60]
    assert costs.distance(Place("邻县", "甲镇"), HERE, POINTS) is None


def test_how_far_a_plan_looks_is_the_policy_s() -> None:
    from dataclasses import replace

    near = replace(POINTS, farthest=Nearness.TOWNSHIP)
    assert costs.reach(Place("某县", "丙镇"), HERE, near) is None
    assert costs.reach(Place("某县", "丙镇"), HERE, POINTS) is Nearness.COUNTY


def trade(section: str, division: str | None = None) -> Industry:
    return Industry(section=section, division=division, certainty=Certainty.CODE)


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        (trade("C", "15"), trade("C", "15"), 0),
        (trade("C", "15"), trade("C", "17"), 1),
        (trade("C"), trade("C"), 1),
        (trade("C", "15"), None, 2),
        (trade("C", "15"), trade("F", "52"), 3),
    ],
)
def test_industry_costs_by_section_and_division(one: Industry, other: Industry | None, points: int) -> None:
    assert costs.industry(one, other, POINTS) == costs.industry(other, one, POINTS) == points


def test_every_branch_costs() -> None:
    assert (costs.branch(0, POINTS), costs.branch(3, POINTS)) == (0, 24)


def test_an_existing_branch_that_is_not_kept_costs() -> None:
    assert (costs.dissolved(0, POINTS), costs.dissolved(2, POINTS)) == (0, 60)


@pytest.mark.parametrize(("proven", "points"), [(2, 15), (3, 0)])
def test_a_branch_to_be_confirmed_costs(proven: int, points: int) -> None:
    assert costs.unproven(tally(proven=proven, possible=3), LIMITS, POINTS) == points
