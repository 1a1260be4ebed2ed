"""A remark 已注销 or 党支部已撤销 beside cells that say the opposite is asked about; what only looks so is not."""

from typing import Any

import pytest

from reading_case import understand

HEAD = ["单位名称", "从业人员", "是否建立党组织", "经营状态", "备注"]


def asked(
    remark: str, *, status: Any = None, built: Any = "否", head: list[str] | None = None
) -> list[tuple[str, Any]]:
    rows = [["柳河甲食品有限公司", 12, built, status, remark], ["柳河乙食品有限公司", 30, "否", "正常", "无"]]
    return [each for each in understand([head or HEAD, *rows]).serious if each[0].startswith("remark")]


ENDED, DISSOLVED = [("remark_says_ended", "E2")], [("remark_says_dissolved", "E2")]


@pytest.mark.parametrize(
    "remark",
    [
        "已注销",
        "该企业已于2025年3月注销",
        "已停业",
        "已搬迁",
        "企业已经搬迁至外省",
        "查无此户",
        "已被吊销营业",
        "注销",
        "原在工业园区，现已注销",
        "已撤销",
        "人去楼空",
        "已办理注销",
        "规模较小，已倒闭",
        "2024年已关停。",
        "公司已解散",
    ],
)
def test_what_says_that_it_is_no_more(remark: str) -> None:
    assert asked(remark) == ENDED
    assert asked(remark, status="正常") == ENDED
    assert asked(remark, status="注销") == []


@pytest.mark.parametrize(
    "remark",
    [
        "未注销",
        "拟注销",
        "正在办理注销",
        "申请注销",
        "原营业执照已注销换证",
        "原公司已注销，现更名为柳河丙公司",
        "分公司已注销",
        "尚未停业",
        "已停产，现已恢复生产",
        "税务登记已注销",
        "是否已注销：否",
        "工会已撤销",
        "已注销后重新注册",
        "无",
        "正常",
        "已搬迁至新厂房",
        "待注销",
        "如已注销请注明",
        "旧执照已吊销",
    ],
)
def test_what_only_looks_so(remark: str) -> None:
    assert asked(remark) == []


@pytest.mark.parametrize("remark", ["党组织已撤销", "党支部已于2024年撤销", "已撤销党支部", "2024年底支部解散"])
def test_a_branch_that_was_dissolved(remark: str) -> None:
    assert asked(remark, built="是", status="正常") == DISSOLVED
    assert asked(remark, built="否", status="正常") == []


@pytest.mark.parametrize("remark", ["党支部未撤销", "拟撤销党支部", "原党支部撤销后重新组建", "上级党委撤销处分"])
def test_a_branch_that_was_not(remark: str) -> None:
    assert asked(remark, built="是", status="正常") == []


def test_in_any_column_of_text_and_on_cards() -> None:
    head = [*HEAD[:-1], "情况说明（其他）"]
    assert asked("已注销", head=head) == ENDED
    named = understand([HEAD[:3], ["柳河甲食品有限公司（已注销）", 12, "否"], ["柳河乙食品有限公司", 30, "否"]])
    assert named.serious == [("remark_says_ended", "A2")]
    card = understand([
        ["两新组织党建情况表"],
        ["单位名称", "柳河甲食品有限公司", "从业人员", 12],
        ["单位地址", "柳河路1号", "正式党员", 3],
        ["党组织名称", "柳河甲党支部", "组建方式", "单独组建"],
        ["所属行业", "食品加工", "备注", "已注销"],
    ])
    assert card.serious == [("remark_says_ended", "D5")]


def test_nobody_is_named_in_the_question() -> None:
    found = understand([
        HEAD,
        ["柳河甲食品有限公司", 12, "否", None, "已由某某甲办理注销"],
        ["柳河乙厂", 30, "否", "正常", "无"],
    ])
    (problem,) = (each for each in found.problems if each.code == "remark_says_ended")
    assert problem.values["found"] == "已注销"
