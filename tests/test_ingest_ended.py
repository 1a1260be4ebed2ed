"""A remark 已注销 or 党支部已撤销 beside cells that say the opposite is asked about; what only looks so is not."""

from typing import Any

import pytest

from coverage_census.ingest.checks import ended
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


# Written before the reader was changed; 35 of the 104 were not looked at meanwhile.
SAYS_SO = """
被吊销营业执照 营业执照被吊销 营业执照已吊销 已被撤销登记 已被民政局撤销登记 被市场监管局吊销
吊销 吊销未注销 已吊销未注销 被依法吊销营业执照 2025年被吊销执照 登记证书被收缴，已撤销
已撤销登记 被撤销登记 撤销登记 执照吊销 已被列入吊销名单并吊销 工商已注销
于2025年5月办理注销手续 已办结注销手续 注销手续已办结 已办完注销 2025年3月20日注销 2026-03-15注销
2026.3已注销 2026年3月注销登记 简易注销已完成 已简易注销 企业注销了 该社会组织已被取缔
已被依法取缔 已终止活动，办理了注销登记 已宣告破产 已破产清算 已关门停业 早已停产
常年停业 长期停业 已不存在 单位已不在了 已迁往外县 已迁出我县
整体搬迁到邻县 厂子已关 已倒闭多年 已注销（原联系人未退还资料） 执照已注销 民办非企业登记已注销
营业执照已被吊销，人员遣散 登记证书已注销
"""
SAYS_NOT = """
未注销 拟注销 正在办理注销 正在办理注销手续 注销手续办理中 注销办理中
注销中 注销公示期 正在简易注销公示 已申请注销 已提交注销申请 准备注销
计划年底注销 尚未吊销 未被吊销 未被撤销登记 没有注销 并未注销
暂未注销 不予注销 建议注销 拟吊销 拟撤销登记 可能注销
将于明年注销 列入吊销公告名单，已整改 吊销后已恢复 安全生产许可证被吊销 驾驶证被吊销 资质证书已注销
食品经营许可证已注销 商标已注销 对公账户已注销 税务已注销 老板名下另一公司已注销 法人名下其他企业被吊销
分支机构已注销 旧执照已注销，已换发新照 撤销行政处罚 已撤销经营异常名录 已撤销异常 停业整顿
停业装修 季节性停产 已复工 已注销后又重新登记 吊销决定已撤销 被吊销营业执照的决定已撤回
注销登记未完成 未办理注销 未完成注销 等待注销 办理注销中 是否注销：否
党员组织关系已迁出 法人代表已迁往外地 负责人户口已迁出
"""


def test_forms_of_remarks() -> None:
    assert [each for each in SAYS_SO.split() if ended.said(each)[0] is None] == []
    assert [each for each in SAYS_NOT.split() if ended.said(each)[0] is not None] == []


def test_what_is_quoted_names_the_end_alone() -> None:
    found = understand([
        HEAD,
        ["柳河甲食品有限公司", 12, "否", "正常", "张三称该公司已不存在"],
        ["柳河乙", 3, "否", "正常", ""],
    ])
    assert [each.values["found"] for each in found.problems if each.code == "remark_says_ended"] in ([], ["已不存在"])
    found = understand([
        HEAD,
        ["柳河甲食品有限公司", 12, "否", "正常", "被李四举报后吊销营业执照"],
        ["柳河乙", 3, "否", "正常", ""],
    ])
    assert [each.values["found"] for each in found.problems if each.code == "remark_says_ended"] == ["吊销"]


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
