"""Plans: units that the policy leaves out, full-width duty codes, the text for each kind, nothing to keep."""

import json

import pytest

from coverage_census.model.plans.officers import duty_code
from kit import Census, Workbook

HEAD = """| 柳河镇两新组织党建台账 | | | | | | | | |
| 截止日期：2026年6月30日 | | | | | | | | |
| 单位名称 | 单位类别 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织名称 | 指导员 |
"""


def sheet(*rows: str) -> str:
    return HEAD + "\n".join(rows)


def test_a_unit_that_is_left_out_is_still_one_of_its_branch(census: Census, workbook: Workbook) -> None:
    """三有: 乙厂 has too few people to count by itself; the branch of six units is irregular all the same."""
    rows = [
        f"| {name}厂 | 企业 | {40 if name != '乙' else 5} | 1 | 1 | 是 | 联合组建 | 东联合支部 | 1 |"
        for name in "甲乙丙丁戊己"
    ]
    census("ingest", workbook("一.xlsx", sheet(*rows)))
    listed = json.loads(census("gaps", "--list", "--json", "--policy", "three_haves").out)
    assert {each["name"] for each in listed if each["gap"] == "irregular_joint"} == {
        f"{name}厂" for name in "甲丙丁戊己"
    }
    for policy in ("default", "three_haves"):
        plan = json.loads(census("plan", "joint", "--json", "--policy", policy).out)
        assert [(each["branch"], each["size"]) for each in plan["adjustments"]] == [("东联合支部", 6)], policy


def test_a_branch_of_nobody_who_counts_is_left_alone(census: Census, workbook: Workbook) -> None:
    rows = [f"| {name}厂 | 企业 | 5 | 1 | 1 | 是 | 联合组建 | 东联合支部 | 1 |" for name in "甲乙丙丁戊己"]
    census("ingest", workbook("一.xlsx", sheet(*rows)))
    assert json.loads(census("plan", "joint", "--json", "--policy", "three_haves").out)["adjustments"] == []


@pytest.mark.parametrize("written", ["Z-1", "Z-１", "Ｚ－１", " Z－1", "Z–1", "Z — 1"])
def test_one_duty_code_however_it_is_written(written: str) -> None:
    assert duty_code(written) == "Z-1"


def test_each_kind_is_told_its_own_text(census: Census, workbook: Workbook) -> None:
    kinds = (("甲厂", "企业", 0), ("乙协会", "社会组织", 0), ("丙厂", "企业", 2), ("丁协会", "社会组织", 2))
    rows = [f"| {name} | {kind} | 20 | {count} | {count} | 否 | | | 0 |" for name, kind, count in kinds]
    census("ingest", workbook("一.xlsx", sheet(*rows)))
    cited = json.loads(census("plan", "liaison", "--json").out)["citations"]
    assert "2012" in cited["no_members"]["document"] and "S2c" in cited["no_members/social_org"]["document"]
    assert "2012" in cited["not_covered"]["document"] and "51号" in cited["not_covered/social_org"]["document"]
    assert "（社会组织）" in census("plan", "liaison").out


def test_of_social_organisations_alone_no_text_on_enterprises_is_cited(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet("| 乙协会 | 社会组织 | 20 | 0 | 0 | 否 | | | 0 |")))
    assert "S2c" in json.loads(census("plan", "liaison", "--json").out)["citations"]["no_members"]["document"]


def test_a_plan_that_sends_nobody_is_not_kept(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet("| 甲厂 | 企业 | 20 | 0 | 0 | 否 | | | 0 |")))
    ran = census("plan", "liaison", "--keep")
    assert (ran.code, ran.out) == (2, "") and "没有指导员库" in ran.err and "Traceback" not in ran.err
    assert census("plan", "list").code != 0 or "liaison" not in census("plan", "list", "--json").out
    assert census("plan", "liaison").code == 0
