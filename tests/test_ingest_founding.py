"""成立时间: the organisation's own or its branch's, by the columns beside it, the answers and the order of headings."""

from collections.abc import Mapping
from typing import Any

import pytest

from reading_case import Understood, understand

FIRST = {
    "单位名称": "柳河甲食品有限公司",
    "从业人员": 12,
    "党员总数": 4,
    "是否建立党组织": "是",
    "党组织名称": "柳河甲食品党支部",
    "组建方式": "单独组建",
    "所属行业": "食品",
    "统一社会信用代码": None,
}
SECOND = {"单位名称": "柳河乙服饰有限公司", "从业人员": 30, "党员总数": 0, "是否建立党组织": "否"}


def read(heads: str, *times: tuple[str, str], columns: Mapping[str, str] | None = None) -> Understood:
    """A ledger with these headings; `times` are what the two firms answer under the headings FIRST and SECOND miss."""
    names, one, two = heads.split(), list[Any](), list[Any]()
    waiting = list(times)
    for name in names:
        given = waiting.pop(0) if name not in FIRST else (FIRST[name], SECOND.get(name))
        one.append(given[0])
        two.append(given[1])
    return understand([["柳河镇两新组织台账"], names, one, two], columns=columns)


def days(found: Understood) -> tuple[str | None, str | None]:
    first = found.organisations[0]
    return first.registered_on, first.org_founded_on


@pytest.mark.parametrize(
    ("heads", "own"),
    [
        ("单位名称 从业人员 党员总数 是否建立党组织 组建方式 党组织名称 成立时间", False),
        ("单位名称 从业人员 是否建立党组织 成立日期 党组织名称 组建方式", False),
        ("单位名称 从业人员 党员总数 成立时间 党组织名称", False),
        ("单位名称 从业人员 是否建立党组织 党组织名称 设立时间 党员总数", False),
        ("单位名称 成立时间 从业人员 是否建立党组织 党组织名称", True),
        ("单位名称 统一社会信用代码 成立日期 所属行业 是否建立党组织", True),
        ("单位名称 所属行业 成立时间 党员总数 是否建立党组织 党组织名称", True),
    ],
)
def test_the_columns_beside_it_say_whose_it_is(heads: str, own: bool) -> None:
    wanted = ("2019-05", None) if own else (None, "2019-05")
    assert days(read(heads, ("2019-05", "2012-03" if own else ""))) == wanted


def test_where_they_differ_the_answers_decide_and_it_is_said() -> None:
    heads = "单位名称 统一社会信用代码 成立时间 党组织名称 是否建立党组织"
    branch, own = read(heads, ("2019-05", "")), read(heads, ("2019-05", "2012-03"))
    assert days(branch) == (None, "2019-05")
    assert days(own) == ("2019-05", None)
    assert ("founding_of_branch", "C2") in branch.found and ("founding_of_own", "C2") in own.found


def test_days_beside_those_without_a_branch_are_their_own() -> None:
    heads = "单位名称 是否建立党组织 组建方式 党组织名称 成立时间"
    assert days(read(heads, ("2009-05", "2012-03"))) == ("2009-05", None)


@pytest.mark.parametrize("second", ["成立时间", "组建时间", "成立日期"])
def test_both_are_there(second: str) -> None:
    heads = f"单位名称 成立时间 从业人员 是否建立党组织 党组织名称 {second}"
    assert days(read(heads, ("2012-03-01", "2015-06-01"), ("2019-05", ""))) == ("2012-03-01", "2019-05")


def test_of_two_beside_each_other_the_earlier_is_the_organisations() -> None:
    heads = "单位名称 成立时间 成立日期 从业人员"
    assert days(read(heads, ("2012-03", "2015-06"), ("2019-05", ""))) == ("2012-03", "2019-05")
    assert days(read(heads, ("2019-05", ""), ("2012-03", "2015-06"))) == ("2012-03", "2019-05")


def test_beside_a_registration_day_it_is_the_branchs() -> None:
    assert days(read("单位名称 注册时间 从业人员 成立时间", ("2012-03", ""), ("2019-05", ""))) == ("2012-03", "2019-05")


def test_a_group_or_the_office_itself_decides_alone() -> None:
    heads = "单位名称 从业人员 是否建立党组织 党组织名称 成立时间"
    own = read(heads, ("2019-05", ""), columns={"成立时间": "registered_on"})
    assert days(own) == ("2019-05", None)
    grouped = understand(
        """
        | 单位名称 | 党组织情况 | · | 企业基本情况 | · |
        | · | 名称 | 组建方式 | 成立时间 | 地址 |
        | 柳河甲食品有限公司 | 柳河甲党支部 | 单独组建 | 2012-03 | 柳河路 |
        """,
        ["A1:A2", "B1:C1", "D1:E1"],
    )
    assert days(grouped) == ("2012-03", None)


def test_on_a_card() -> None:
    card = understand([
        ["两新组织党建情况表"],
        ["单位名称", "柳河甲食品有限公司", "成立时间", "2012-03"],
        ["单位地址", "柳河路1号", "从业人员", 12],
        ["党组织名称", "柳河甲党支部", "成立时间", "2019-05"],
        ["组建方式", "单独组建", "正式党员", 3],
        ["经营状态", "正常", "所属行业", "食品加工"],
    ])
    assert card.sheet.kind == "card"
    assert days(card) == ("2012-03", "2019-05")
