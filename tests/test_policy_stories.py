"""Small stories of a county office: sheets in, real commands, what they say of branches, days, ways and targets."""

import json
from typing import Any

import pytest

from kit import Census, Workbook

HEADINGS = "单位名称 单位类别 从业人员 党员总数 正式党员 预备党员 是否建立党组织 组建方式 党组织名称 成立时间"
HEAD = "| " + " | ".join(HEADINGS.split()) + " |"


def sheet(day: str, *rows: str, town: str = "柳河镇") -> str:
    return f"| {town}两新组织党建台账 | | | | | | | | | |\n| 截止日期：{day} | | | | | | | | | |\n{HEAD}\n" + "\n".join(
        rows
    )


def of(found: list[dict[str, Any]], name: str, rule: str) -> dict[str, Any]:
    (one,) = [each for each in found if each["name"] == name and each["rule"] == rule]
    return one


def listed(census: Census, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(census("gaps", "--list", "--json", *words).out)
    return found


JOINT = [f"| {name}厂 | 企业 | 20 | 1 | 1 | 0 | 是 | 联合组建 | {branch}联合支部 | |" for name, branch in
         (("甲", "东"), ("乙", "东"), ("丙", "西"), ("丁", "西"))]  # fmt: skip


def test_an_irregular_joint_branch_is_one_task_and_counted_in_branches(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet("2026年3月31日", *JOINT)))
    assert "不规范联合：4家，属2个联合党组织。" in census("gaps").out
    tasks = json.loads(census("tasks", "--list", "--json").out)
    irregular = [each for each in tasks if each["rule"] == "joint_regular"]
    assert sorted(each["what"] for each in irregular) == [
        "调整不规范联合党组织（东联合支部）", "调整不规范联合党组织（西联合支部）"
    ]  # fmt: skip


def test_what_a_person_said_of_one_unit_stays_the_branches_task(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet("2026年3月31日", *JOINT)))
    (first, _) = [
        each for each in json.loads(census("tasks", "--list", "--json").out) if each["rule"] == "joint_regular"
    ]
    census("tasks", "--assign", first["id"], "--owner", "县委组织部")
    more = "| 阿厂 | 企业 | 20 | 1 | 1 | 0 | 是 | 联合组建 | 东联合支部 | |"  # sorts before all others
    moved = [row.replace("东联合支部", "北联合支部") if row.startswith("| 乙厂") else row for row in JOINT]
    census("ingest", workbook("二.xlsx", sheet("2026年6月30日", more, *moved)))
    found = {each["id"]: each["owner"] for each in json.loads(census("tasks", "--list", "--json").out)}
    assert found[first["id"]] == "县委组织部"


def test_a_regular_one_closes_its_task(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet("2026年3月31日", *JOINT[:2])))
    grown = [row.replace("| 1 | 1 | 0 |", "| 2 | 2 | 0 |") for row in JOINT[:2]]
    census("ingest", workbook("二.xlsx", sheet("2026年6月30日", *grown)))
    states = [each["state"] for each in json.loads(census("tasks", "--list", "--json").out)
              if each["rule"] == "joint_regular"]  # fmt: skip
    assert states == ["done"] and "不规范联合：" not in census("gaps").out


@pytest.mark.parametrize(
    ("registered", "due"),
    [("2012年6月", None), ("2024年11月", None), ("2025年2月", "2025-12-31"), ("2026年2月", None), ("", None)],
)
def test_within_the_year_counts_from_the_sheet_that_first_showed_the_gap(
    census: Census, workbook: Workbook, registered: str, due: str | None
) -> None:
    row = f"| 甲皮革厂 | 企业 | 20 | 4 | 4 | 0 | 否 | | | {registered} |"
    census("ingest", workbook("一.xlsx", sheet("2025年6月30日", row)))
    census("ingest", workbook("二.xlsx", sheet("2026年3月31日", row.replace("| 20 |", "| 21 |"))))
    assert of(listed(census), "甲皮革厂", "formation")["facts"].get("due_on") == due
    (task,) = [each for each in json.loads(census("tasks", "--list", "--json").out) if each["rule"] == "formation"]
    assert task["due"] == due
    explained = json.loads(census("explain", "甲皮革厂", "--json").out)
    assert of(explained, "甲皮革厂", "formation")["facts"].get("due_on") == due


def test_the_ways_that_fit_are_offered(census: Census, workbook: Workbook) -> None:
    rows = [
        "| 甲厂 | 企业 | 20 | 1 | 1 | 0 | 否 | | | |",
        "| 乙厂 | 企业 | 20 | 0 | 0 | 0 | 否 | | | |",
        "| 丙茶叶协会 | 社会组织 | 20 | 2 | 1 | 1 | 否 | | | |",
        "| 丁厂 | 企业 | 20 | 5 | 5 | 0 | 否 | | | |",
    ]
    census("ingest", workbook("一.xlsx", sheet("2026年3月31日", *rows)))
    by_s2b = listed(census, "--policy", "s2b")
    assert [each["mode"] for each in of(by_s2b, "甲厂", "formation")["modes"]] == ["joint", "affiliated"]
    assert [each["form"] for each in of(by_s2b, "乙厂", "formation")["modes"]] == [None]
    by_s2c = listed(census, "--policy", "s2c")
    ways = [each["mode"] for each in of(by_s2c, "丙茶叶协会", "formation")["modes"]]
    assert {"joint", "affiliated", "industry"} <= set(ways) and "usual_joint" not in ways
    assert [each["mode"] for each in of(by_s2c, "丁厂", "formation")["modes"]] == ["usual_standalone"]
    assert of(listed(census), "丁厂", "formation")["modes"][0]["form"] == "standalone"
    assert "挂靠组建" in census("explain", "甲厂", "--policy", "s2b").out


def test_the_distance_to_a_target_is_said(census: Census, workbook: Workbook) -> None:
    rows = [
        "| 甲厂 | 企业 | 20 | 1 | 1 | 0 | 否 | | | |",
        "| 乙厂 | 企业 | 20 | 4 | 4 | 0 | 是 | 单独组建 | 乙支部 | |",
    ]
    census("ingest", workbook("一.xlsx", sheet("2026年3月31日", *rows)))
    (rate,) = json.loads(census("indicators", "with_members_rate", "--policy", "s2b", "--json").out)
    assert (rate["target_percent"], rate["target_missing"]) == (100, 1)
    assert "还差 1 家" in census("indicators", "--policy", "s2b").out
    assert json.loads(census("indicators", "with_members_rate", "--json").out)[0]["target_percent"] is None


@pytest.mark.parametrize(
    ("name", "told", "said"),
    [
        ("小厂", "8", ("从业人员8名，不足10名", "乌海")),
        ("养蜂协会", "20", ("从业人员20名，不足30名", "新兴领域")),
        ("大协会", "30", None),
        ("中厂", "10", None),
    ],
)
def test_three_haves_names_the_fact_and_its_text(
    census: Census, workbook: Workbook, name: str, told: str, said: tuple[str, str] | None
) -> None:
    kind = "社会组织" if "协会" in name else "企业"
    census(
        "ingest", workbook("一.xlsx", sheet("2026年3月31日", f"| {name} | {kind} | {told} | 4 | 4 | 0 | 否 | | | |"))
    )
    each = of(listed(census, "--policy", "three_haves"), name, "formation")
    if said is None:
        assert each["verdict"] == "gap"
    else:
        reason, document = said
        assert each["verdict"] == "exempt" and reason in each["reason"] and document in each["citation"]["document"]


def test_what_was_in_force_is_cited_and_what_was_not_is_said(census: Census, workbook: Workbook) -> None:
    rows = ["| 甲厂 | 企业 | 20 | 1 | 1 | 0 | 否 | | | |", "| 乙厂 | 企业 | 20 | 4 | 4 | 0 | 否 | | | |"]
    census("ingest", workbook("一.xlsx", sheet("2008年3月31日", *rows)))
    early = listed(census, "--as-of", "2008-03-31")
    assert of(early, "乙厂", "formation")["citation"]["article"] == "第三十条"
    joint = of(early, "甲厂", "formation")
    assert (joint["verdict"], joint["gap"]) == ("exempt", None) and "没有规定" in joint["reason"]
    later = listed(census, "--as-of", "2013-03-31")
    assert "中办发〔2012〕11号" in of(later, "甲厂", "formation")["citation"]["document"]
    assert of(later, "甲厂", "formation")["gap"] == "members_uncovered"
    assert "联合党组织规范" in census("explain", "甲厂", "--as-of", "2013-03-31").out
    assert "第五条" in of(listed(census, "--as-of", "2020-03-31"), "甲厂", "formation")["citation"]["article"]
