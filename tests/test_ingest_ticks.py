"""是否建立党组织 over 单独组建, 联合组建, 挂靠, 未建立: what is ticked says how, and whether there is one."""

from typing import Any

import pytest

from reading_case import Understood, understand

BUILT = [(True, "standalone"), (True, "joint"), (True, "affiliated"), (False, None), (None, None)]


def ticked(
    group: str, options: list[str], tick: Any = "√", empty: Any = None, above: str | None = None, merged: bool = True
) -> Understood:
    """One organisation for each option, ticked under it, and one without a tick; `above` is a third row of headings."""
    width = len(options)
    blank: list[Any] = [None] * (width - 1)
    head: list[list[Any]] = [["序号", "企业名称", "职工人数", "正式党员", group, *blank], [None] * 4 + options]
    if above:
        head = [["序号", "企业名称", "职工人数", "正式党员", above, *blank], [None] * 4 + [group, *blank], head[1]]
    rows = [
        [row + 1, f"柳河{'甲乙丙丁戊'[row]}有限公司", 10, 3, *(tick if row == each else empty for each in range(width))]
        for row in range(width + 1)
    ]
    last = "ABCDEFGHI"[3 + width]
    merges = [f"{letter}2:{letter}{1 + len(head)}" for letter in "ABCD"] + [f"E2:{last}2"]
    merges += [f"E3:{last}3"] if above else []
    return understand([["柳河镇非公企业党建摸底表"], *head, *rows], merges if merged else ())


def said(found: Understood) -> list[tuple[bool | None, str | None]]:
    return [(each.has_org, each.org_form) for each in found.organisations]


@pytest.mark.parametrize(
    ("group", "options"),
    [
        ("是否建立党组织（√）", ["单独组建", "联合组建", "挂靠", "未建立"]),
        ("组建方式", ["单独", "联合", "挂靠", "未建"]),
        ("党组织组建情况（√）", ["单独组建", "联合组建", "挂靠组建", "未组建"]),
        ("党组织建立情况（在相应栏打√）", ["单独建立", "联合建立", "挂靠建立", "尚未建立"]),
        ("党建情况", ["单独组建", "联合组建", "挂靠", "未建党组织"]),
        ("组建形式（打√）", ["单独组建", "联合组建", "挂靠", "拟建"]),
        ("党组织设置方式", ["单独", "联合", "挂靠", "筹建中"]),
        ("是否成立党组织", ["单独成立", "联合成立", "挂靠", "已撤销"]),
    ],
)
def test_the_option_that_is_ticked(group: str, options: list[str]) -> None:
    assert said(ticked(group, options)) == BUILT
    assert ticked(group, options).serious == []


@pytest.mark.parametrize(("tick", "empty"), [("☑", "□"), (1, 0), ("是", "否"), ("是", None), ("✓", "×"), ("■", "□")])
def test_every_way_to_tick(tick: Any, empty: Any) -> None:
    wanted = [*BUILT[:4], (None, None)]
    assert said(ticked("是否建立党组织", ["单独组建", "联合组建", "挂靠", "未建立"], tick, empty)) == wanted


def test_three_rows_of_headings_and_none_merged() -> None:
    options = ["单独组建", "联合组建", "挂靠", "未建立"]
    assert said(ticked("是否建立党组织", options, above="党建工作情况")) == BUILT
    assert said(ticked("是否建立党组织", options, merged=False)) == BUILT


def test_columns_of_options_without_a_group() -> None:
    found = understand(
        """
        | 企业名称 | 从业人员 | 单独组建 | 联合组建 |
        | 柳河甲厂 | 5 | √ | |
        | 柳河乙厂 | 5 | | √ |
        | 柳河丙厂 | 5 | | |
        """
    )
    assert said(found) == [(True, "standalone"), (True, "joint"), (None, None)]


def test_built_and_not_both_ticked_is_doubtful() -> None:
    found = understand(
        """
        | 企业名称 | 从业人员 | 是否建立党组织 | · |
        | · | · | 单独组建 | 未建立 |
        | 柳河甲厂 | 5 | √ | √ |
        """,
        ["A1:A2", "B1:B2", "C1:D1"],
    )
    assert [code for code, _ in found.serious] == ["no_but_org"]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("☑单独组建 □联合组建 □挂靠 □未建立", (True, "standalone")),
        ("□单独组建 ☑联合组建 □挂靠 □未建立", (True, "joint")),
        ("□单独组建□联合组建□挂靠☑未建立", (False, None)),
        ("单独组建□ 联合组建□ 挂靠☑ 未建□", (True, "affiliated")),
        ("单独（ ） 联合（√） 挂靠（ ）", (True, "joint")),
        ("□单独组建 □联合组建 □挂靠 □未建立", (None, None)),
        ("□是 ☑否", (False, None)),
        ("是☑ 否□", (True, None)),
        ("已撤销", (False, None)),
        ("筹建中", (False, None)),
        ("拟建", (False, None)),
        ("未建立", (False, None)),
    ],
)
def test_options_in_one_cell(cell: str, wanted: tuple[bool | None, str | None]) -> None:
    found = understand([["企业名称", "从业人员", "是否建立党组织"], ["柳河甲厂", 5, cell], ["柳河乙厂", 5, "是"]])
    assert said(found)[0] == wanted


def test_boxes_under_the_form_of_it() -> None:
    found = understand([
        ["企业名称", "从业人员", "组建方式"],
        ["柳河甲厂", 5, "□单独组建 ☑联合组建"],
        ["柳河乙厂", 5, "☑单独组建 □联合组建"],
    ])
    assert said(found) == [(True, "joint"), (True, "standalone")]


def test_mass_organisations_ticked() -> None:
    found = understand(
        """
        | 企业名称 | 从业人员 | 群团组织建设情况（√） | · | · | · |
        | · | · | 工会 | 共青团 | 妇联 | 未建 |
        | 柳河甲厂 | 5 | √ | | √ | |
        | 柳河乙厂 | 5 | | | | √ |
        """,
        ["A1:A2", "B1:B2", "C1:F1"],
    )
    held = [(each.has_union, each.has_league, each.has_women_org) for each in found.organisations]
    assert held == [(True, None, True), (False, False, False)]
