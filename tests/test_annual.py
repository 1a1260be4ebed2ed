"""The annual tables: small sheets become tables 27 and 30; every identity, every organisation traced."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage_census.policy.decide.joint import branch
from coverage_census.report.annual.counting import broken, count
from coverage_census.report.annual.layout import ENTERPRISES, FORMS, PARTITION, SOCIAL_ORGANISATIONS, AnnualForm
from coverage_census.report.annual.placing import named_level
from kit import Census, Workbook, cells

SHEET = """
|单位名称|单位类别|企业类型|职工人数|党员总数|正式党员|是否建立党组织|组建方式|党组织类别|党组织名称|指导员数|
| 甲机械有限公司 | 非公有制企业 | 私营企业 | 120 | 30 | 28 | 是 | 单独组建 | 党委 | 甲公司党委 | 0 |
| 乙木业有限公司 | 非公有制企业 | 私营独资 | 60 | 5 | 4 | 是 | 单独组建 | | 中共乙公司支部委员会 | 1 |
| 丙茶业有限公司 | 非公有制企业 | | 20 | 3 | 2 | 是 | 联合组建 | 党支部 | 丙丁联合党支部 | 1 |
| 丁竹业有限公司 | 非公有制企业 | | 18 | 1 | 1 | 是 | 联合组建 | 党支部 | 丙丁联合党支部 | 1 |
| 戊建材有限公司 | 非公有制企业 | | 30 | 4 | 4 | 否 | | | | 0 |
| 己食品有限公司 | 非公有制企业 | | 9 | 2 | 2 | 是 | 挂靠 | | 村党总支 | 1 |
| 庚服饰有限公司 | 非公有制企业 | | 7 | 0 | 0 | 否 | | | | 1 |
| 辛物流有限公司 | 非公有制企业 | | 约50 | 5 | | 否 | | | | |
| 壬商贸有限公司 | 非公有制企业 | | 12 | 4 | 3 | 是 | 单独组建 | | | 0 |
| 癸玩具有限公司 | 非公有制企业 | | 40 | 2 | 1 | | | | | 0 |
| 子茶叶专业合作社 | 农民专业合作社 | | 5 | 0 | 0 | 否 | | | | 0 |
| 丑商会 | 社会组织 | 社会团体 | 6 | 1 | 1 | 否 | | | | 1 |
"""


def _traced(census: Census, cell: str) -> list[dict[str, Any]]:
    ran = census("report", "--annual", "--trace", cell, "--json")
    assert ran.code == 0, ran.err
    rows: list[dict[str, Any]] = json.loads(ran.out)
    return rows


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("27:R2C1", ["甲机械有限公司"]),
        ("27:R4C1", ["乙木业有限公司"]),  # its level stands in its name only
        ("27:R5C1", ["丁竹业有限公司", "丙茶业有限公司"]),
        ("27:R6A", ["丙茶业有限公司"]),  # 3 members, 2 of them formal
        ("27:R7A", ["丁竹业有限公司", "丙茶业有限公司"]),
        ("R8C1", ["戊建材有限公司"]),
        ("27:R9C1", ["己食品有限公司"]),  # 挂靠: by its members
        ("27:R10C1", ["庚服饰有限公司"]),
        ("27:R2C3", ["甲机械有限公司"]),
        ("27:R4B", ["乙木业有限公司"]),
        ("27:R4G", ["乙木业有限公司"]),
        ("30:R8A", []),
        ("30:R9B", ["丑商会"]),
        ("30:R11A", ["丑商会"]),
    ],
)
def test_each_cell_lists_its_organisations(cell: str, names: list[str], census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    assert sorted(row["name"] for row in _traced(census, cell) if row["amount"]) == names


def test_the_workbook_has_the_layout_and_the_figures(census: Census, workbook: Workbook) -> None:
    from openpyxl import load_workbook

    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    ran = census("report", "--annual")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "第27表：10家，归入7家，待核3家，空栏160个")
    book = load_workbook(ran.out.splitlines()[-1])
    assert book.sheetnames == ["27 非公企业", "30 社会组织", "待核名单", "填列说明"]
    totals = [row[3].value for row in book["27 非公企业"].iter_rows(min_row=5, max_row=22)]
    #              单位 指导 党委 总支 支部 联合 三名 支部数 应建 个别 没有 指导员 职工 党员 …
    assert totals == [7, 5, 1, 0, 1, 2, 1, 1, 1, 1, 1, 5, 264, 45, 218, 39, 16, 2]
    blank = [book["27 非公企业"].cell(5, column).value for column in (7, 8)]
    assert blank == [None, None], "what is about one person stays empty, never zero"
    listed = [row[2].value for row in book["待核名单"].iter_rows(min_row=2)]
    assert listed == ["壬商贸有限公司", "癸玩具有限公司", "辛物流有限公司"]


def test_the_reader_finds_the_identities_of_our_own_tables_intact(census: Census, workbook: Workbook) -> None:
    """The reader's checks of statistics tables were written without these tables, and know the same form."""
    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    path = census("report", "--annual").out.splitlines()[-1]
    found = json.loads(census("check", path, "--json").out)["files"][0]
    assert [sheet["kind"] for sheet in found["sheets"][:2]] == ["crosstab", "crosstab"]
    assert not [each for each in found["problems"] if each["level"] == "error"]


def test_a_planted_inconsistency_is_found(census: Census, workbook: Workbook) -> None:
    from openpyxl import load_workbook

    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    path = census("report", "--annual").out.splitlines()[-1]
    book = load_workbook(path)
    book["27 非公企业"]["D14"] = 3  # 仅有个别党员的
    book.save(path)
    found = json.loads(census("check", path, "--json").out)["files"][0]["problems"]
    assert ("D5", "crosstab_sum") in {(each["cell"], each["code"]) for each in found}


def test_members_above_staff_are_said(census: Census, workbook: Workbook) -> None:
    sheet = SHEET.replace("| 60 | 5 | 4 |", "| 60 | 500 | 4 |")
    census("ingest", workbook("文峰镇.xlsx", sheet), "--no-returns")
    ran = census("report", "--annual")
    assert "第27表 总数：党员（540）应不大于在岗职工（264）" in ran.out


def test_english_and_an_area(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    ran = census("report", "文峰镇", "--annual", "--lang", "en")
    assert ran.out.startswith("Table 27: 10 organisations, 7 placed, 3 to confirm")
    assert ran.out.splitlines()[-1].endswith("annual-文峰镇.xlsx")


@pytest.mark.parametrize(("cell", "code"), [("R99C1", 2), ("27:R1C14", 2), ("30:R1H", 2), ("x", 2), ("28:R1C1", 2)])
def test_a_cell_that_is_none_is_refused(cell: str, code: int, census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    ran = census("report", "--trace", cell)
    assert (ran.code, ran.out) == (code, "")
    assert cell in ran.err


def test_a_name_that_looks_like_a_formula_stays_text(census: Census, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    sheet = cells(SHEET.replace("辛物流有限公司", "+cmd|辛物流有限公司"))
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in sheet)
    (tmp_path / "文峰镇.csv").write_text(text, encoding="utf-8-sig")
    census("ingest", "文峰镇.csv", "--no-returns")
    book = load_workbook(census("report", "--annual").out.splitlines()[-1])
    named = [cell for row in book["待核名单"].iter_rows() for cell in row if "+cmd" in str(cell.value)]
    assert [cell.data_type for cell in named] == ["s"]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("中共甲公司委员会", "committee"),
        ("甲公司党委", "committee"),
        ("甲公司党总支", "general_branch"),
        ("中共甲公司总支部委员会", "general_branch"),
        ("甲公司党支部（2019年）", "branch"),
        ("中共甲公司支部委员会", "branch"),
        ("甲乙联合党支部", None),
        ("甲公司", None),
        (None, None),
    ],
)
def test_what_a_name_tells_of_the_level(name: str | None, level: str | None) -> None:
    assert named_level(name) == level


COUNTS = st.none() | st.integers(0, 6)
ROWS = st.fixed_dictionaries({
    "name": st.sampled_from(["甲有限公司", "乙律师事务所", "丙"]),
    "kind": st.sampled_from(["enterprise", "social_org"]),
    "subtype": st.sampled_from([None, "私营企业", "私营独资", "外商独资", "基金会", "非公企业"]),
    "has_org": st.sampled_from([None, True, False]),
    "org_form": st.sampled_from([None, "standalone", "joint", "affiliated", "hosted", "area", "industry", "temporary"]),
    "org_level": st.sampled_from([None, "branch", "general_branch", "committee"]),
    "org_name": st.sampled_from([None, "甲党支部", "甲乙联合党支部", "党总支"]),
    "employees": st.none() | st.integers(0, 130),
    "instructors": COUNTS,
    "members_total": COUNTS,
    "members_relation_out": COUNTS,
    "formal_duty_low": st.integers(0, 5),
    "formal_duty_high": COUNTS,
    "members_low": st.integers(0, 6),
    "members_high": COUNTS,
    "county": st.none(),
})  # fmt: skip


@given(st.lists(ROWS, max_size=12))
def test_the_partition_is_the_whole_and_nobody_stands_twice(rows: list[Mapping[str, Any]]) -> None:
    for form in FORMS:
        mine = [row for row in rows if row["kind"] == form.kind.value]
        table = count(form, mine, branch)
        units = table.value("units", "total") or 0
        assert units + len(table.unplaced) == len(mine)
        assert units == sum(table.value(line, "total") or 0 for line in PARTITION)
        assert not [each for each in table.broken() if each.sign == "="]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.number))
def test_every_identity_is_found_when_it_breaks(form: AnnualForm) -> None:
    whole = {(line.code, column): 0 for line in form.lines for column in form.columns}
    assert broken(form, whole) == ()
    for line in PARTITION:
        said = broken(form, {**whole, (line, form.columns[0]): 1})
        assert [each.sign for each in said if each.left == "units"] == ["="]
    inside = ("joint_three", "joint_branches") + (("liaison", "built_members") if form is ENTERPRISES else ("members",))
    for line in inside:
        assert line in {each.left for each in broken(form, {**whole, (line, form.columns[0]): 1})}


def test_a_cell_that_may_still_grow_breaks_nothing() -> None:
    whole: dict[tuple[str, str], int | None] = {
        (line.code, column): 0 for line in SOCIAL_ORGANISATIONS.lines for column in SOCIAL_ORGANISATIONS.columns
    }
    whole["members", "total"] = 5
    open_ = frozenset({("employees", "total")})
    assert broken(SOCIAL_ORGANISATIONS, whole, open_) == ()
