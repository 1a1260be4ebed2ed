"""`plan joint` across townships: no county covers fewer than it could as a whole."""

import io
import re
from collections import Counter
from csv import DictReader
from typing import Any

import pytest

from county_case import county, covered, most_covered, most_within_reach, planned, uneven, within_reach
from coverage_census.console.plan import joint as console
from coverage_census.model.plans.joint import JointPlan, Nearness
from coverage_census.places.neighbours import Neighbours, pair
from coverage_census.words.catalogue import Words
from kit import often
from test_plan_joint_plan import NOBODY, groups, inside, made, reasons, row

FELL_SHORT = (9, 12, 17, 41, 77, 78, 92, 134, 137, 155, 209, 232, 245, 246, 279)
"""Of 300 counties, those in which townships and then their leftovers covered 23 of 2,764 fewer than could be."""
FELL_SHORT_WITHIN_REACH = (4, 9, 18, 24, 93, 118)


def _town(name: str, *formal: int, **more: Any) -> list[dict[str, Any]]:
    return [row(f"{name}{number}", many, name, **more) for number, many in enumerate(formal)]


def _sizes(plan: JointPlan) -> list[int]:
    return sorted(group.size for group in plan.groups)


def test_a_full_group_is_opened_for_two_next_door() -> None:
    plan = made([*_town("甲镇", 1, 1, 1, 1, 1), *_town("乙镇", 1, 1)])
    assert _sizes(plan) == [3, 4] and not plan.leftovers
    (proof,) = plan.proofs
    assert (proof.stage, proof.county, proof.township, proof.covered, proof.most) == (3, "某县", None, 7, 7)
    assert proof.optimal


def test_townships_of_which_nothing_is_needed_are_left_as_they_are() -> None:
    far, beside = _town("丙乡", 1, 1, 1, 1, 1), Neighbours(frozenset({pair("某县", "甲镇", "乙镇")}), ())
    plan = made([*_town("甲镇", 1, 1, 1, 1, 1), *_town("乙镇", 1, 1), *far], beside)
    assert [each["name"] for each in far] in [sorted(each) for each in groups(plan)]
    assert [(proof.stage, proof.township) for proof in plan.proofs] == [(1, "丙乡"), (3, None)]


def test_where_the_county_covers_no_more_nothing_is_opened() -> None:
    plan = made([*_town("甲镇", 1, 1, 1), *_town("乙镇", 0)], units_max=3)
    assert {proof.stage for proof in plan.proofs} == {1, 2} and reasons(plan) == {"乙镇0": "groups_full"}


def test_whoever_is_in_a_branch_today_stays_in_one() -> None:
    """The branch of five gives one away, so that seven of seven are covered."""
    branch = [inside("甲镇联合党支部", f"支{number}", 1) for number in range(5)]
    plan = made([*branch, *_town("乙镇", 1, 1)])
    assert _sizes(plan) == [3, 4] and not plan.leftovers and covered(plan) == 2


def test_townships_side_by_side_need_no_named_county() -> None:
    """甲镇 and 乙镇 lie side by side; nothing shows that 丙乡 is of their county."""
    firms = [*_town("甲镇", 2, county=None), *_town("乙镇", 1, 1, county=None), *_town("丙乡", 1, county=None)]
    plan = made(firms, Neighbours(frozenset({pair(None, "甲镇", "乙镇")}), ()))
    assert _sizes(plan) == [3]
    assert reasons(plan) == {"丙乡0": "none_near"}
    full = [*_town("甲镇", 1, 1, 1, 1, 1, county=None), *_town("乙镇", 1, 1, county=None)]
    plan = made(full, Neighbours(frozenset({pair(None, "甲镇", "乙镇")}), ()))
    assert _sizes(plan) == [3, 4] and [(proof.stage, proof.county) for proof in plan.proofs] == [(3, None)]


def test_other_counties_are_left_alone() -> None:
    other = [row(f"邻{number}", 1, "甲镇", county="邻县") for number in range(2)]
    plan = made([*_town("甲镇", 1, 1, 1, 1, 1), *other])
    assert reasons(plan) == {"邻0": "one_member", "邻1": "one_member"} and _sizes(plan) == [5]


@pytest.mark.parametrize("seed", [*FELL_SHORT, *range(300, 300 + often(12))])
def test_no_county_covers_fewer_than_it_could(seed: int) -> None:
    rows = county(seed)
    plan = made(rows)
    assert covered(plan) == most_covered(rows)
    names = [unit.name for group in plan.groups for unit in group.units]
    assert len(names) == len(set(names)) and {*names, *(each.unit.name for each in plan.leftovers)} == {
        each["name"] for each in rows
    }
    assert all(proof.covered == proof.most for proof in plan.proofs)


@pytest.mark.parametrize("seed", [*FELL_SHORT_WITHIN_REACH, *range(300, 300 + often(12))])
def test_nor_where_only_neighbours_reach_each_other(seed: int) -> None:
    rows, beside = within_reach(seed)
    plan = planned(rows, beside, Nearness.NEIGHBOURS)
    assert covered(plan) == most_within_reach(rows, beside, Nearness.NEIGHBOURS)


@pytest.mark.parametrize("seed", range(often(10)))
def test_nor_where_members_and_what_is_known_of_them_differ(seed: int) -> None:
    rows = uneven(seed)
    assert covered(made(rows)) == most_within_reach(rows, NOBODY, Nearness.COUNTY)


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = county(FELL_SHORT[0])
    assert made(rows, NOBODY).groups == made(rows[::-1], NOBODY).groups


LINE = re.compile(r"^(\S+?)：(?:需联合组建或挂靠的)?(\d+)家，编入(?:联合党支部)?(\d+)家，未编入(\d+)家", re.MULTILINE)


@pytest.mark.parametrize("seed", [9, 12, 92, 155, *range(400, 400 + often(6))])
def test_one_figure_above_below_and_for_programs(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    """What the title says is the sum of the townships' lines, and what the ledger's rows and the CSV come to."""
    large = [inside("甲镇大联合党支部", f"大{number}", 0, members_total=1) for number in range(7)]  # irregular
    rows = [*county(seed), *(large if seed % 2 else [])]
    plan, words = made(rows), Words("zh")
    console.joint(plan, words, as_json=False, as_csv=False)
    said = {place: tuple(map(int, figures)) for place, *figures in LINE.findall(capsys.readouterr().out)}
    title = said.pop("联合组建方案")
    assert title == tuple(sum(each) for each in zip(*said.values(), strict=True))
    waiting = Counter(each["township"] for each in rows if each["joint_branch"] is None)
    assert {place: asked for place, (asked, *_) in said.items() if asked} == waiting
    document = console.document(plan, words)
    assert tuple(document[name] for name in ("asked", "joined", "left")) == title
    below = {each["township"]: (each["asked"], each["joined"], each["left"]) for each in document["townships"]}
    assert below == {place: each for place, each in said.items() if each[0]}
    console.joint(plan, words, as_json=False, as_csv=True)
    table = list(DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    fresh = {each["name"] for each in rows if each["joint_branch"] is None}
    assert sum(each["name"] in fresh and each["group"] != "" for each in table) == title[1]
