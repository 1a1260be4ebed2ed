"""A whole plan from decided rows: groups, leftovers with reason and host, branches to adjust, and what is said."""

from datetime import date
from random import Random
from typing import Any

import pytest

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.plans.joint import JointPlan, Limits, Nearness, Unit
from coverage_census.places import neighbours
from coverage_census.places.neighbours import Neighbours
from coverage_census.plan.joint import joint
from coverage_census.plan.joint.candidates import FIELDS
from coverage_census.policy.files import rulebook
from coverage_census.policy.plans import joint as planning

NOBODY = Neighbours(frozenset(), ())


def row(name: str, formal: int | None = 1, township: str | None = "甲镇", **more: Any) -> dict[str, Any]:
    """One decided row; more than two formal members: due a branch of its own."""
    own = formal is not None and formal >= 3
    total = more.get("members_total", formal)
    found: dict[str, Any] = dict.fromkeys((*FIELDS, "joint_units_min", "joint_units_max"))
    found |= {
        "name": name, "county": "某县", "township": township, "excluded": False, "has_org": False,
        "formal_low": formal or 0, "formal_high": formal if formal is not None else total,
        "members_low": total, "members_high": total, "basis": "total" if formal is None else "formal",
        "advice": "standalone" if own else "joint_or_affiliated", "verdict_formation": "gap", "joint_branch": None,
        "source_file": "台账.xlsx", "source_sheet": "企业", "source_row": 5,
    }  # fmt: skip
    found |= {key: value for key, value in more.items() if key != "members_total"}
    return found


def inside(branch: str, name: str, formal: int = 1, **more: Any) -> dict[str, Any]:
    """A unit of an existing joint branch."""
    values = {"has_org": True, "org_form": "joint", "org_name": branch, "joint_branch": f"某县/{branch}"}
    return row(name, formal, **{**values, "verdict_formation": "met", **more})


def with_own(name: str, **more: Any) -> dict[str, Any]:
    """An organisation with a branch of its own."""
    return row(name, 5, **{"has_org": True, "org_form": "standalone", "verdict_formation": "met", **more})


def made(
    rows: list[dict[str, Any]],
    beside: Neighbours = NOBODY,
    earlier: tuple[tuple[Unit, ...], ...] = (),
    **limit: int,
) -> JointPlan:
    """The plan under `official`, with some of its limits changed."""
    policy = rulebook.load("official", date(2026, 6, 30))
    limits, weights = planning.limits(policy), planning.weights(policy)
    assert limits is not None and weights is not None
    changed = {name: getattr(limits, name).model_copy(update={"value": value}) for name, value in limit.items()}
    frame = joint.PlanFrame(
        round=1, policy=PolicyStamp(name="official", version="v", as_of="2026-06-30"),
        limits=Limits.model_validate(dict(limits) | changed), weights=weights, neighbours=beside, inputs={},
        earlier=earlier,
    )  # fmt: skip
    return joint.plan(rows, frame)


def groups(plan: JointPlan) -> list[list[str]]:
    return [[unit.name for unit in group.units] for group in plan.groups]


def reasons(plan: JointPlan) -> dict[str, str]:
    return {left.unit.name: left.reason for left in plan.leftovers}


def test_three_of_one_each_form_a_branch_led_by_the_largest() -> None:
    plan = made([row("甲一", employees=3), row("甲二", employees=30), row("甲三", employees=9)])
    assert groups(plan) == [["甲二", "甲一", "甲三"]]
    (group,) = plan.groups
    assert (group.formal, group.lead_rule, group.change) == (3, "most_employees", "new")
    assert group.levels == (Nearness.TOWNSHIP, Nearness.TOWNSHIP)
    assert [said.code for said in group.reasons] == ["reason.township", "reason.industry_unknown", "reason.formal"]
    assert sum(group.cost.values()) == plan.proofs[0].cost == plan.proofs[0].bound
    assert plan.proofs[0].optimal


def test_more_formal_members_lead() -> None:
    assert groups(made([row("甲一", 1, employees=90), row("甲二", 2, employees=3)])) == [["甲二", "甲一"]]


def test_the_unit_in_the_middle_leads() -> None:
    plan = made([
        row("甲一", 1, zone="科技园"),
        row("甲二", 1, zone="科技园", village="东村"),
        row("甲三", 1, village="东村"),
    ])
    assert groups(plan)[0][0] == "甲二"
    assert plan.groups[0].lead_rule == "nearest"
    assert set(plan.groups[0].levels) == {Nearness.ZONE, Nearness.VILLAGE}


def test_alone_in_its_county_nobody_is_near() -> None:
    plan = made([row("甲一", 2)])
    assert reasons(plan) == {"甲一": "none_near"}
    assert plan.proofs[0].optimal and plan.proofs[0].most == 0


def test_two_with_too_few_formal_members_say_so() -> None:
    plan = made([row("甲一", 1, members_total=2), row("甲二", 0, members_total=2)])
    assert reasons(plan) == {"甲一": "too_few_formal", "甲二": "too_few_formal"}
    assert plan.leftovers[0].said.values["formal"] == 1


def test_one_member_only_says_so() -> None:
    assert reasons(made([row("甲一", 1), row("甲二", 1)])) == {"甲一": "one_member", "甲二": "one_member"}


def test_where_all_groups_are_full_it_says_so() -> None:
    plan = made([row("甲一", 2), row("甲二", 1), *(row(f"甲零{n}", 0, members_total=1) for n in range(4))])
    assert list(reasons(plan).values()) == ["groups_full"]
    assert plan.proofs[0].optimal


def test_never_across_counties() -> None:
    plan = made([row("甲一", 2), row("乙一", 1, county="邻县"), row("乙二", 1, county="邻县")])
    assert set(reasons(plan)) == {"甲一", "乙一", "乙二"}
    assert reasons(plan)["甲一"] == "none_near"


def test_leftovers_join_the_neighbouring_township_first() -> None:
    rows = [
        row("乙一", 1, "乙镇"),
        *(row(f"甲{n}", 1) for n in range(3)), *(row(f"丙{n}", 1, "丙镇") for n in range(3)),
    ]  # fmt: skip
    townships = {name: {"某县"} for name in ("甲镇", "乙镇", "丙镇")}
    plan = made(rows, neighbours.parse("乙镇,丙镇\n", townships))
    joined = next(group for group in plan.groups if len(group.units) == 4)
    assert joined.township == "丙镇" and joined.stage == 2 and joined.levels[-1] is Nearness.NEIGHBOURS
    assert joined.reasons[0].code == "reason.neighbours"
    assert plan.leftovers == ()
    assert [proof.optimal for proof in plan.proofs if proof.stage == 2] == [True]


def test_leftovers_of_several_townships_form_a_branch_of_the_county() -> None:
    plan = made([row("甲一", 1), row("乙一", 1, "乙镇"), row("丙一", 1, "丙镇")])
    (group,) = plan.groups
    assert group.stage == 2 and group.reasons[0].code == "reason.county"


def test_an_existing_branch_with_room_takes_in_who_is_left() -> None:
    plan = made([inside("甲联合党支部", "甲一", 2), inside("甲联合党支部", "甲二"), row("甲三", 1)])
    (group,) = plan.groups
    assert (group.change, group.branch, len(group.units)) == ("extended", "甲联合党支部", 3)


def test_an_existing_branch_that_nobody_joins_stays() -> None:
    plan = made([inside("甲联合党支部", "甲一", 2), inside("甲联合党支部", "甲二")])
    assert [group.change for group in plan.groups] == ["kept"]
    assert [problem.code for problem in plan.problems] == ["no_candidates"]


def test_unknown_formal_members_make_a_group_to_be_confirmed() -> None:
    plan = made([row("甲一", None, members_total=2), row("甲二", 1)])
    (group,) = plan.groups
    assert (group.formal, group.formal_high, group.to_confirm) == (1, 3, ("甲一",))
    assert group.units[0].by_total or group.units[1].by_total
    assert group.reasons[2].code == "reason.confirm" and group.reasons[2].values["short"] == 2


@pytest.mark.parametrize(
    ("left", "there", "kind", "name"),
    [
        ({"zone": "科技园"}, [with_own("园中", zone="科技园"), with_own("镇上")], "organisation", "园中"),
        ({"zone": "科技园"}, [with_own("镇上")], "zone", "科技园"),
        ({"village": "东村"}, [with_own("镇上")], "village", "东村"),
        ({}, [with_own("镇上"), with_own("镇上二", industry="制造业")], "organisation", "镇上"),
        ({"industry": "制造业"}, [with_own("镇上"), with_own("镇上二", industry="制造业")], "organisation", "镇上二"),
        ({}, [with_own("茶业协会")], "association", "茶业协会"),
        ({}, [], "township", "甲镇"),
        ({}, [with_own("远方", township="乙镇")], "township", "甲镇"),
    ],
)
def test_who_is_left_gets_the_nearest_host(
    left: dict[str, Any], there: list[dict[str, Any]], kind: str, name: str
) -> None:
    (over,) = made([row("甲一", 1, **left), *there]).leftovers
    assert over.host is not None
    assert (over.host.kind, over.host.name) == (kind, name)


def test_a_branch_with_too_few_takes_somebody_in() -> None:
    plan = made([inside("甲联合党支部", "甲一"), inside("甲联合党支部", "甲二"), row("甲三", 1)])
    (adjusted,) = plan.adjustments
    assert [said.code for said in (*adjusted.wrong, *adjusted.steps)] == ["wrong.too_few_formal", "step.take_in"]
    assert adjusted.moved == 1 and adjusted.mends


def test_a_branch_with_too_few_merges_where_nobody_is_free() -> None:
    rows = [inside("甲联合党支部", "甲一"), inside("甲联合党支部", "甲二")]
    rows += [inside("乙联合党支部", "甲三", 2), inside("乙联合党支部", "甲四")]
    plan = made(rows)
    (adjusted,) = plan.adjustments
    assert adjusted.steps[0].code == "step.merge" and adjusted.steps[0].values["branch"] == "乙联合党支部"


def test_a_branch_with_too_few_and_nobody_near_is_dissolved_into_a_host() -> None:
    plan = made([inside("甲联合党支部", "甲一"), inside("甲联合党支部", "甲二"), with_own("镇上")])
    (adjusted,) = plan.adjustments
    assert adjusted.steps[0].code == "step.dissolve" and adjusted.steps[0].values["host"] == "镇上"


def test_a_branch_that_is_full_and_still_has_too_few_is_taken_apart() -> None:
    rows = [inside("甲联合党支部", f"甲{n}", 1 if n < 2 else 0, members_total=1) for n in range(5)]
    plan = made([*rows, row("甲五", 2)])
    (adjusted,) = plan.adjustments
    assert [said.code for said in (*adjusted.wrong, *adjusted.steps)] == ["wrong.too_few_formal", "step.take_apart"]
    assert len(plan.groups) == 1 and len(plan.groups[0].units) == 5 and len(plan.leftovers) == 1


def test_six_units_are_split_with_the_fewest_going() -> None:
    plan = made([inside("甲联合党支部", f"甲{n}", 2 if n < 2 else 1) for n in range(6)])
    (adjusted,) = plan.adjustments
    assert adjusted.steps[0].code == "step.split" and adjusted.moved == 2
    assert sorted(len(group.units) for group in plan.groups) == [2, 4]


def test_six_units_that_no_split_mends_give_one_away() -> None:
    plan = made([inside("甲联合党支部", f"甲{n}", 2 if n == 0 else 1 if n == 1 else 0) for n in range(6)])
    (adjusted,) = plan.adjustments
    assert adjusted.steps[0].code == "step.move_out" and adjusted.moved == 1
    assert len(plan.leftovers) == 1


def test_a_unit_due_its_own_branch_leaves() -> None:
    plan = made([
        inside("甲联合党支部", "甲大", 4),
        inside("甲联合党支部", "甲一", 2),
        inside("甲联合党支部", "甲二", 1),
    ])
    (adjusted,) = plan.adjustments
    assert [said.code for said in adjusted.steps] == ["step.stand_alone"]
    assert groups(plan) == [["甲一", "甲二"]]


def test_the_smallest_change_comes_first() -> None:
    rows = [inside("乙联合党支部", f"乙{n}", 2 if n < 2 else 1) for n in range(6)]
    rows += [inside("甲联合党支部", "甲一"), inside("甲联合党支部", "甲二"), row("甲三", 1)]
    assert [each.moved for each in made(rows).adjustments] == [1, 2]


def test_units_that_no_row_tells_of_are_confirmed_first() -> None:
    stated = {"joint_units": 7}
    plan = made([inside("甲联合党支部", "甲一", 2, **stated), inside("甲联合党支部", "甲二", 2, **stated)])
    (adjusted,) = plan.adjustments
    assert adjusted.steps[0].code == "step.confirm_units" and not adjusted.mends and adjusted.to_confirm


def test_a_regular_branch_with_absent_units_moves_as_a_whole() -> None:
    stated = {"joint_units": 3}
    plan = made([
        inside("甲联合党支部", "甲一", 2, **stated),
        inside("甲联合党支部", "甲二", 2, **stated),
        row("甲三", 1),
    ])
    (group,) = plan.groups
    assert (group.change, group.absent, group.size) == ("extended", 1, 4)


def test_who_has_no_township_is_said_with_his_cell_and_still_planned() -> None:
    plan = made([row("无镇", 1, None, source_row=9), row("甲一", 1), row("甲二", 1)])
    found = next(each for each in plan.problems if each.code == "no_township")
    assert (found.file, found.sheet, found.cell) == ("台账.xlsx", "企业", "9")
    assert len(plan.groups) == 1 and plan.groups[0].levels[-1] is Nearness.COUNTY


def test_a_township_without_place_names_is_said() -> None:
    plan = made([row(f"甲{n}") for n in range(3)])
    assert [(each.code, each.values["township"]) for each in plan.problems] == [("no_place_names", "甲镇")]
    assert made([row("甲一", village="东村"), row("甲二"), row("甲三")]).problems == ()


def test_limits_that_contradict_are_said_and_hosts_are_given_all_the_same() -> None:
    plan = made([row(f"甲{n}") for n in range(3)], units_min=6)
    assert plan.problems[0].code == "limits_contradict"
    assert set(reasons(plan).values()) == {"limits"}
    assert all(left.host is not None for left in plan.leftovers)


def test_whether_they_are_covered_is_unknown_they_are_listed_not_grouped() -> None:
    plan = made([row("甲一", 2, has_org=None, verdict_formation="unknown"), row("甲二", 1)])
    assert [unit.name for unit in plan.unconfirmed] == ["甲一"]
    assert groups(plan) == []


def test_who_is_in_a_branch_without_a_name_is_left_alone_and_said() -> None:
    plan = made([
        row("甲一", 1, has_org=True, org_form="joint", verdict_formation="met"),
        row("甲二", 2),
        row("甲三", 1),
    ])
    assert "branch_without_name" in {each.code for each in plan.problems}
    assert all("甲一" not in names for names in groups(plan))


def town() -> list[dict[str, Any]]:
    rng = Random(5)
    rows = [
        row(f"企业{n:02}", rng.choice((0, 1, 1, 2)), rng.choice(("甲镇", "乙镇")), members_total=2,
            village=rng.choice((None, "东村", "西村")), industry=rng.choice((None, "制造业", "茶叶种植", "超市")))
        for n in range(18)
    ]  # fmt: skip
    return rows + [inside("甲联合党支部", f"支部{n}", 1) for n in range(3)] + [with_own("镇上")]


def test_the_order_of_the_rows_changes_nothing_at_all() -> None:
    rows, expected = town(), made(town())
    for seed in range(5):
        Random(seed).shuffle(rows)
        assert made(rows) == expected


def test_a_plan_is_kept_and_read_again_as_it_was() -> None:
    plan = made(town())
    assert JointPlan.from_json(plan.to_json()) == plan


def test_nobody_stands_in_two_places() -> None:
    plan = made(town())
    names = [unit.name for group in plan.groups for unit in group.units] + [left.unit.name for left in plan.leftovers]
    assert len(names) == len(set(names)) == 21


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("乡镇,相邻乡镇\n甲镇,乙镇\n", []),
        ("甲镇,乙真\n", ["neighbours_unknown"]),
        ("甲镇\n", ["neighbours_shape"]),
        ("甲镇,\n", ["neighbours_shape"]),
        ("甲镇,乙镇,丙镇\n", ["neighbours_shape"]),
        ("甲镇,甲镇\n", ["neighbours_itself"]),
        ("甲镇,丁镇\n", ["neighbours_two_counties"]),
        ("甲镇,乙镇\n甲镇,乙镇\n", ["neighbours_twice"]),
        ("甲镇,乙镇\n乙镇,甲镇\n甲镇,丙镇\n", ["neighbours_one_sided"]),
        ("", []),
    ],
)
def test_what_is_wrong_with_neighbours_is_said_line_by_line(text: str, codes: list[str]) -> None:
    townships = {"甲镇": {"某县"}, "乙镇": {"某县"}, "丙镇": {"某县"}, "丁镇": {"邻县"}}
    found = neighbours.parse(text, townships)
    assert [each.code for each in found.problems] == codes
    assert all(each.cell for each in found.problems)


def test_neighbours_count_both_ways_and_in_their_own_county() -> None:
    found = neighbours.parse("乙镇,甲镇\n", {"甲镇": {"某县", "邻县"}, "乙镇": {"某县"}})
    assert found.pairs == {neighbours.pair("某县", "甲镇", "乙镇")}


def test_a_file_of_neighbours_from_excel_in_chinese_windows_is_read(tmp_path: Any) -> None:
    (tmp_path / "neighbours.csv").write_bytes("甲镇,乙镇\r\n".encode("gb18030"))
    assert len(neighbours.read(tmp_path / "neighbours.csv", {"甲镇": {"某县"}, "乙镇": {"某县"}}).pairs) == 1
    assert neighbours.read(tmp_path / "absent.csv", {}) == NOBODY


def test_groups_of_an_earlier_plan_stay_together() -> None:
    """Two groups cost the same either way; whoever was told so already is not told otherwise the next time."""
    rows = [row(f"甲{n}", formal) for n, formal in enumerate((2, 2, 1, 1))]
    first = made(rows, units_max=2)
    swapped = tuple(
        (one.units[0], other.units[1]) for one, other in zip(first.groups, reversed(first.groups), strict=True)
    )
    after = made(rows, earlier=swapped, units_max=2)
    assert {frozenset(names) for names in groups(after)} == {frozenset(u.name for u in units) for units in swapped}
    assert {frozenset(names) for names in groups(after)} != {frozenset(names) for names in groups(first)}
