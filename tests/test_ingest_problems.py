"""Problems as a whole: one catalogue, figures in every figure problem, one mistake said once. All invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import json

from coverage_census.words import alike, catalogue
from coverage_census.words.catalogue import Words
from kit import Census, Workbook
from reading_case import understand


def _thirty_wrong() -> str:
    rows = "\n".join(f"| 第{n}电子厂 | {n} | {n + 1} |" for n in range(1, 31))
    return "| 企业名称 | 从业人员 | 党员 |\n" + rows


def test_one_mistake_all_down_a_column_is_shown_twenty_times_and_counted(census: Census, workbook: Workbook) -> None:
    workbook("云溪镇.xlsx", _thirty_wrong())
    assert [each.code for each in understand(_thirty_wrong()).problems] == ["members_exceed_employees"] * 30
    ran = census("check", "云溪镇.xlsx")
    lines = [line for line in ran.out.splitlines() if "[必改]" in line]
    assert len(lines) == 21
    assert "C22" in lines[-1]
    assert "还有 10 处" in lines[-1]
    assert ran.out.splitlines()[-1] == "必改 30 处，提醒 0 处，说明 0 条。"
    problems = json.loads(census("check", "云溪镇.xlsx", "--json").out)["files"][0]["problems"]
    assert [each["cell"] for each in problems] == [f"C{row}" for row in range(2, 32)]


def test_beyond_what_a_list_holds_they_are_counted() -> None:
    found = understand(_thirty_wrong()).problems
    capped = alike.cap(found, 4)
    assert [each.code for each in capped] == ["members_exceed_employees"] * 4 + ["more_alike"]
    assert (capped[-1].cell, capped[-1].level, capped[-1].field) == ("C6", "error", "members_total")
    assert capped[-1].values == {"count": 26, "first": "C2"}


def test_duplicates_are_all_named() -> None:
    rows = "\n".join(f"| 第{n % 25}电子厂 | 5 |" for n in range(50))
    assert [each.code for each in understand("| 企业名称 | 从业人员 |\n" + rows).problems] == ["duplicate"] * 25


def test_every_sentence_about_figures_has_both() -> None:
    entries = catalogue.entries("problem")
    figures = ("exceed", "sum", "mismatch", "crosstab_", "disagree", "section_count", "joint_too_many")
    for key, entry in entries.items():
        code, part = key.rsplit(".", 1)
        if (
            part == "message"
            and any(word in code for word in figures)
            and code not in ("columns_disagree", "suffix_mismatch", "county_assumed", "read_anew_sum")
        ):
            gaps = {
                word
                for word in ("found", "limit", "sum", "expected", "stated", "counted")
                if f"{{{word}}}" in entry["zh"]
            }
            assert len(gaps) >= 2, (code, gaps)


def test_by_file_then_by_row_with_the_counts_at_the_end(census: Census, workbook: Workbook) -> None:
    bad = "| 企业名称 | 从业人员 | 党员 | 正式党员 | 预备党员 |\n| 晨曦电子厂 | 5 | 4 | 2 | 1 |\n| 新月纺织厂 | 5 | 6 | 5 | 1 |"
    workbook("甲/石桥乡.xlsx", bad + "\n| 晨曦电子厂 | 5 | 3 | 2 | 1 |")
    workbook("甲/云溪镇.xlsx", "| 企业名称 | 从业人员 | 党员 |\n| 白云茶厂 | 5 | 1 |")
    ran = census("check", "甲")
    assert ran.code == 3
    lines = [line for line in ran.out.splitlines() if line.strip()]
    assert [line.split("!")[1].split(" ")[0] for line in lines if "[" in line] == ["C2", "C3", "A4"]
    assert lines[-1] == "必改 2 处，提醒 1 处，说明 0 条。"
    assert "正式党员 2 名、预备党员 1 名，合计 3 名，与党员总数 4 名不符" in ran.out


def test_clean_is_said(census: Census, workbook: Workbook) -> None:
    workbook("云溪镇.xlsx", "| 企业名称 | 从业人员 | 党员 |\n| 白云茶厂 | 5 | 1 |")
    ran = census("check", "云溪镇.xlsx")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "通过：没有必改和提醒的问题（说明 0 条）。")
    assert "表头在第 1 行，识别 3/3 列" in ran.out


def test_cards_are_read_and_statistics_set_aside(census: Census, workbook: Workbook) -> None:
    card = "| 企业名称 | 晨曦电子厂 |\n| 从业人员 | 12 |\n| 党员总数 | 3 |\n| 是否建立党组织 | 否 |\n| 未建党组织原因 | 党员流动大 |"
    workbook("卡.xlsx", card)
    assert census("check", "卡.xlsx").code == 0
    workbook(
        "表.xlsx",
        "| 企业类型 | 已建立党组织数 | 党员总数 |\n| 企业 | 33 | 210 |\n| 个体 | 3 | 12 |\n| 合计 | 36 | 220 |",
    )
    ran = census("check", "表.xlsx", "--json")
    assert ran.code == 3
    ((sheet,), problems) = (json.loads(ran.out)["files"][0][key] for key in ("sheets", "problems"))
    assert (sheet["kind"], sheet["header_rows"], sheet["data_rows"]) == ("crosstab", [1, 1], 0)
    assert [(each["cell"], each["level"]) for each in problems] == [(None, "note"), ("C4", "error")]
    assert problems[1]["message"] == "党员总数合计应为 222（企业＋个体），表中是 220" or "222" in problems[1]["message"]


def test_no_wording_of_a_library_reaches_a_person() -> None:
    for key, entry in catalogue.entries("problem").items():
        for word in ("pydantic", "validation", "None", "null", "NaN", "ValueError"):
            assert word not in entry["zh"] + entry["en"], key
    assert Words("zh")("problem.more_alike.fix")
