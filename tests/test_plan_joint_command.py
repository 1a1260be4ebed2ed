"""`census plan joint` as it is typed: tables for people, one document for programs, and what is wrong is said."""

import json
from pathlib import Path

from kit import Census, Workbook

PLACE = "| 县（市、区） | 乡镇（街道） | 单位名称 | 村（社区） | 所属行业 "
PARTY = "| 是否建立党组织 | 组建方式 | 党组织名称 | 党员总数 | 正式党员 |"
SHEET = f"""
{PLACE}{PARTY}
| 某县 | 甲镇 | 甲一茶业有限公司 | 东村 | 制造业 | 否 | | | 1 | 1 |
| 某县 | 甲镇 | 甲二茶业有限公司 | 东村 | 制造业 | 否 | | | 2 | 2 |
| 某县 | 甲镇 | 甲三超市 | 西村 | 零售业 | 否 | | | 1 | 1 |
| 某县 | 甲镇 | 甲四宾馆 | 西村 | 住宿业 | 是 | 联合 | 甲镇联合党支部 | 2 | 2 |
| 某县 | 甲镇 | 甲五饭店 | 西村 | 餐饮业 | 是 | 联合 | 甲镇联合党支部 | 1 | 1 |
| 某县 | 乙镇 | 乙一砖厂 | 北村 | 制造业 | 否 | | | 1 | 1 |
"""


def test_the_plan_for_people_for_programs_and_for_spreadsheets(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    census("ingest", workbook("台账.xlsx", SHEET))
    (tmp_path / "neighbours.csv").write_text("甲镇,乙镇\n甲镇,丙真\n", encoding="utf-8")
    shown = census("plan", "joint")
    assert shown.code == 0 and shown.err == ""
    for words in (
        "甲一茶业有限公司",
        "甲镇联合党支部（原2家）",
        "最优",
        "甲二茶业有限公司（牵头）",
        "第五条",
        "相邻乡镇20",
        "丙真",
        "未写入台账",
    ):
        assert words in shown.out
    found = json.loads(census("plan", "joint", "--json").out)
    assert {"format", "groups", "leftovers", "adjustments", "unconfirmed", "proofs", "problems", "inputs"} <= set(found)
    assert [proof["optimal"] for proof in found["proofs"]] == [True] * len(found["proofs"])
    assert sum(len(group["units"]) for group in found["groups"]) == 6
    assert set(found["inputs"]) == {"organisations", "neighbours.csv", "policy"}
    assert [problem["code"] for problem in found["problems"]] == ["neighbours_unknown"]
    lines = census("plan", "joint", "--csv").out.splitlines()
    assert len(lines) == 7 and "甲一茶业有限公司" in "".join(lines)
    english = census("plan", "joint", "甲镇", "--lang", "en").out
    assert "optimal" in english and "乙一砖厂" not in english
    assert census("plan", "joint", "甲真").code == 2


def test_nobody_to_group_is_no_error(census: Census, workbook: Workbook) -> None:
    census(
        "ingest",
        workbook(
            "台账.xlsx",
            "| 乡镇（街道） | 单位名称 | 是否建立党组织 | 党员总数 | 正式党员 |\n| 甲镇 | 甲一厂 | 否 | 0 | 0 |",
        ),
    )
    shown = census("plan", "joint")
    assert shown.code == 0 and "没有需要联合组建的单位" in shown.out
    assert json.loads(census("plan", "joint", "--json").out)["groups"] == []
