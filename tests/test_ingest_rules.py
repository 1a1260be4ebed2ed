"""Rules between the fields of one organisation (domain.md, section 3.3, end), each with a case. All invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import pytest

from reading_case import understand


def test_the_names_of_a_joint_branch_are_counted() -> None:
    read = understand("""
    | 企业名称 | 组建方式 | 党组织名称 | 联合单位名称 |
    | 晨曦电子厂 | 联合 | 晨曦联合党支部 | 晨曦电子厂、新月纺织厂、绿源果业 |
    | 新月纺织厂 | 联合 | 晨曦联合党支部 | 晨曦电子厂，新月纺织厂等4家 |
    | 石桥厂 | 联合 | 石桥厂等4家企业联合党支部 | 3家 |
    | 白云厂 | 联合 | 石桥厂等4家企业联合党支部 | 石桥厂等 |
    | 金山厂 | 联合 | 金山联合党支部 | 无 |
    """)
    assert [each.joint_units for each in read.organisations] == [3, 4, 3, None, None]
    assert read.organisations[0].qualifiers["joint_units"] == "derived"
    assert read.columns["联合单位名称"] == "joint_units"
    assert read.serious == [("words_disagree", "C4")]
    (problem,) = (each for each in read.problems if each.level == "warning")
    assert (problem.values["stated"], problem.values["found"], problem.values["other"]) == (4, 3, "D4")


def test_a_number_of_joint_units_stands_as_written() -> None:
    read = understand("| 企业名称 | 党组织名称 | 联合单位数 |\n| 晨曦电子厂 | 晨曦等3家联合党支部 | 4 |")
    assert (read.one.joint_units, read.one.qualifiers.get("joint_units")) == (4, None)
    assert read.found == [("words_disagree", "B2")]


def test_rows_of_one_joint_branch_against_its_name_and_against_five() -> None:
    rows = "\n".join(f"| 第{n}电子厂 | 联合 | 晨曦联合党支部 |" for n in "一二三四五六")
    read = understand(f"| 企业名称 | 组建方式 | 党组织名称 |\n{rows}")
    assert read.found == [("joint_too_many", "C7")]
    said = understand(f"| 企业名称 | 组建方式 | 党组织名称 |\n{rows}".replace("晨曦联合", "晨曦等七家联合"))
    assert said.found == [("joint_rows_disagree", "C2")]


@pytest.mark.parametrize(
    ("heads", "cells", "found"),
    [
        (("正式党员", "预备党员", "党员总数"), (2, 1, 4), ("members_sum", "D2", "error")),
        (("党员总数", "从业人员", "备注"), (6, 5, None), ("members_exceed_employees", "B2", "error")),
        (("专职党员", "专职人员", "从业人员"), (4, 3, 9), ("fulltime_members_exceed_staff", "B2", "error")),
        (("组织关系在本单位", "组织关系不在本单位", "党员总数"), (3, 2, 4), ("relation_sum", "D2", "error")),
        (("组织关系在本单位", "组织关系不在本单位", "党员总数"), (1, 2, 4), None),
        (("是否建立党组织", "党组织名称", "从业人员"), ("否", "晨曦电子厂党支部", 5), ("no_but_org", "B2", "warning")),
        (("是否建立党组织", "组建方式", "从业人员"), ("是", None, 5), ("yes_without_form", "B2", "note")),
        (("是否建立党组织", "未建原因", "从业人员"), ("否", None, 5), ("no_without_reason", "B2", "note")),
        (("组建方式", "正式党员", "从业人员"), ("单独", 2, 5), ("standalone_below_three", "B2", "warning")),
        (("成立时间", "党组织成立时间", "从业人员"), ("2015-06", "2014-06", 5), ("founded_before_registered", "C2", "warning")),
        (("女职工", "从业人员", "党员"), (6, 5, 1), ("female_exceed_employees", "B2", "error")),
    ],
)  # fmt: skip
def test_rules_between_fields(
    heads: tuple[str, ...], cells: tuple[object, ...], found: tuple[str, str, str] | None
) -> None:
    read = understand([["企业名称", *heads], ["晨曦电子厂", *cells]])
    assert [(each.code, each.cell, each.level) for each in read.problems] == ([found] if found else [])
    for problem in read.problems:
        if problem.level == "error":
            assert problem.values["found"] in cells


def test_a_qualified_count_contradicts_nothing_that_it_may_agree_with() -> None:
    assert understand("| 企业名称 | 从业人员 | 党员 |\n| 晨曦电子厂 | 约10人 | 11 |").found == []
    assert understand("| 企业名称 | 从业人员 | 党员 |\n| 晨曦电子厂 | 不足3名 | 3 |").found == [
        ("members_exceed_employees", "C2")
    ]


def test_breakdowns_by_age_and_education_add_up_to_the_members() -> None:
    head = "| 社会组织名称 | 从业人员中党员总数 | 35岁及以下 | 36—50岁 | 51—60岁 | 60岁以上 | 高中及以下 | 本科及专科 | 硕士及以上 |"
    right = understand(head + "\n| 云溪镇茶叶协会 | 4 | 1 | 2 | 1 | 0 | 1 | 3 | 0 |")
    assert right.serious == []
    wrong = understand(head + "\n| 云溪镇茶叶协会 | 4 | 1 | 2 | 2 | 0 | 1 | 2 | 0 |")
    assert wrong.serious == [("breakdown_sum", "B2"), ("breakdown_sum", "B2")]
    blank = understand(head + "\n| 云溪镇茶叶协会 | 4 | 1 | 2 | | | 1 | 3 | |")
    assert blank.serious == []


def test_funds_add_up_from_their_sources() -> None:
    head = "| 社会组织名称 | 专职人员 | 本年度党组织活动经费 | 党费 | 上级党组织支持 | 业务经费 | 财政支持 | 其他形式 |"
    assert understand(head + "\n| 云溪镇茶叶协会 | 4 | 6000 | 1000 | 2000 | 3000 | 0 | 0 |").serious == []
    wrong = understand(head + "\n| 云溪镇茶叶协会 | 4 | 6500 | 1000 | 2000 | 3000 | 0 | 0 |")
    assert wrong.serious == [("breakdown_sum", "C2")]


def test_october_typed_as_a_number() -> None:
    read = understand([
        ["企业名称", "党组织成立时间", "从业人员"],
        ["晨曦电子厂", 2014.1, 5],
        ["新月厂", 2014.11, 6],
        ["白云厂", "2014.1", 6],
    ])
    assert [each.org_founded_on for each in read.organisations] == ["2014", "2014-11", "2014-01"]
    assert [(each.code, each.cell, each.level) for each in read.problems] == [("month_unsure", "B2", "note")]
