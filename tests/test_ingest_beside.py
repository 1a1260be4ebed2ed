"""What only the neighbours of a cell tell: levels counted beside each other, a legend, 其中, a looser count."""

from typing import Any

import pytest

from reading_case import understand

NAMES = ["青禾米业有限公司", "白石渡造船厂", "河口纸业有限公司", "河口商会"]


@pytest.mark.parametrize(
    ("group", "heads"),
    [
        ("党组织数（个）", ["党委", "总支", "支部"]),
        (None, ["党委数", "党总支数", "党支部数"]),
        ("建立党组织", ["党支部", "党总支", "党委"]),
    ],
)
def test_one_kind_of_party_organisation_is_enough(group: str | None, heads: list[str]) -> None:
    counts = [(1, 0, 3), (0, 1, 0), (0, 0, 2), (0, 0, 0)]
    at = [0 if "委" in head else 1 if "总" in head else 2 for head in heads]
    rows = [[name, *(said[each] for each in at), 5] for name, said in zip(NAMES, counts, strict=True)]
    top = (
        [["单位名称", group, None, None, "党员数"], [None, *heads, None]] if group else [["单位名称", *heads, "党员数"]]
    )
    read = understand([*top, *rows], ["B1:D1"] if group else [])
    assert [(each.has_org, each.org_level) for each in read.organisations] == [
        (True, "committee"),
        (True, "general_branch"),
        (True, "branch"),
        (False, None),
    ]


def test_names_of_a_hierarchy_are_no_counts() -> None:
    read = understand([["单位名称", "党委", "党总支", "党员数"], [NAMES[0], "河口镇党委", "下湾村总支", 5]])
    assert [each.org_level for each in read.organisations] == [None]


@pytest.mark.parametrize(
    ("heading", "code", "field", "value"),
    [
        ("组建形式（A单独 B联合 C挂靠）", "B", "org_form", "joint"),
        ("组建方式①单独②联合③其他", "②", "org_form", "joint"),
        ("是否规上（1是 2否）", 2, "above_scale", False),
        ("是否建党组织（0否，1是）", 1, "has_org", True),
        ("组建形式（A.单独、B.联合）", "单独", "org_form", "standalone"),
    ],
)
def test_a_heading_explains_its_codes(heading: str, code: Any, field: str, value: Any) -> None:
    read = understand([["单位名称", "职工人数", heading], [NAMES[0], 20, code]])
    assert [getattr(each, field) for each in read.organisations] == [value]


def test_among_which_takes_its_subject_from_the_column_before() -> None:
    head = [["单位名称", "职工总数", "其中", None, "党员总数", "其中"], [None, None, "女", "兼职", None, "预备"]]
    read = understand([*head, [NAMES[0], 60, 20, 5, 6, 1]], ["C1:D1"])
    found = read.organisations[0]
    assert (found.employees, found.female_employees, found.employees_parttime) == (60, 20, 5)
    assert (found.members_total, found.members_probationary) == (6, 1)


def test_members_on_the_move_are_no_rival_of_the_relation() -> None:
    read = understand([["单位名称", "党员总数", "组织关系不在本单位党员", "流动党员"], [NAMES[0], 9, 4, 2]])
    assert read.organisations[0].members_relation_out == 4
    assert read.found == []


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([["企业", 12, 80], ["社会组织", 5, 9], ["其中：民办学校", 2, 4], ["总计", 17, 89]], True),
        (
            [["企业", 10, 80], ["其中：规上企业", 3, 50], ["规下企业", 7, 30], ["社会组织", 5, 9], ["合计", 15, 89]],
            True,
        ),
        ([["企业", 12, 80], ["社会组织", 5, 9], ["其中：民办学校", 2, 4], ["总计", 19, 89]], False),
    ],
)
def test_a_row_of_which_is_counted_once(rows: list[list[Any]], right: bool) -> None:
    read = understand([["单位类别", "总数", "党员数"], *rows])
    assert all(code == "crosstab" for code, _ in read.found) is right


def test_a_card_answers_in_the_words_of_headings() -> None:
    read = understand([["企业名称", NAMES[0]], ["职工总数", 55], ["党组织设置", "党支部"], ["组建方式", "单独组建"]])
    assert [(each.name, each.org_form, each.org_level) for each in read.organisations] == [
        (NAMES[0], "standalone", "branch")
    ]


def test_the_units_of_a_joint_branch_one_a_row_are_its_organisations() -> None:
    head = ["联合党支部名称", "覆盖单位", "单位职工数", "单位党员数"]
    read = understand([head, ["河口联合党支部", NAMES[0], 12, 1], ["河口联合党支部", NAMES[1], 5, 2]])
    assert [(each.name, each.members_total) for each in read.organisations] == [(NAMES[0], 1), (NAMES[1], 2)]
    listed = understand([head, ["河口联合党支部", "、".join(NAMES[:2]), 17, 3]])
    assert listed.organisations == []


def test_heads_below_a_body_are_the_heads_of_that_body() -> None:
    head = [
        ["单位名称", "工会组织情况", None, "团组织情况", None, "党组织情况", None, "上级党组织"],
        [None, "成立时间", "人数", "成立时间", "人数", "成立时间", "人数", "人数"],
    ]
    read = understand([*head, [NAMES[0], "2010年", 20, "2012年", 6, "2015年3月", 4, 300]], ["B1:C1", "D1:E1", "F1:G1"])
    found = read.organisations[0]
    assert (found.union_members, found.league_members, found.members_total, found.employees) == (20, 6, 4, None)


@pytest.mark.parametrize(("said", "built"), [("未建", False), ("未覆盖", False), ("联合", True), ("未联合", None)])
def test_a_form_that_denies_says_that_there_is_none(said: str, built: bool | None) -> None:
    rows = [[NAMES[0], "单独", 5], [NAMES[1], said, 1]]
    read = understand([["单位名称", "组建方式", "党员数"], *rows])
    assert [each.has_org for each in read.organisations] == [True, built]
