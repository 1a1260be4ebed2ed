"""Statistics tables: never organisations, and every figure that contradicts the others at its cell. All invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

from typing import Any

import pytest

from kit import Census, Workbook
from reading_case import Understood, understand

SHEET_27 = """
| 非公有经济控制的企业法人单位建立党的基层组织情况 | · | · | · | · | · | · | · | · | · | · | · | · | · | · |
| 填报单位：岳西县委组织部 | | | | | | | | | | | | | 单位：个、名 | |
| 项目 | · | 合 计 | · | · | · | · | 内资 | · | · | · | 港澳台 | · | 外商 | · |
| · | · | 总数 | 从业人员50人以上企业 | 从业人员100人以上企业 | 法定代表人是党员的 | 兼任企业党组织书记的 | 私 有经 济控 制 | 私营独资 | 港澳台商投资 | 外商投资 | 港澳台商经济控制 | 港澳台商独资 | 外商经济控制 | 外商独资 |
| 甲 | 乙 | A | B | C | D | E | F | G | H | I | J | K | L | M |
| 单位数 | · | 100 | 30 | 12 | 20 | 6 | 80 | 40 | 2 | 1 | 12 | 8 | 8 | 5 |
| 党建工作指导员联系的 | · | 40 | 3 | 1 | 4 | 0 | 32 | 10 | 1 | 0 | 5 | 4 | 3 | 1 |
| 已单独建立党组织 | 建立党委的 | 1 | 1 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| · | 建立总支部的 | 3 | 2 | 1 | 1 | 1 | 3 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |
| · | 建立支部的 | 26 | 20 | 8 | 8 | 4 | 20 | 9 | 1 | 1 | 4 | 3 | 2 | 1 |
| 已建立联合党支部的 | · | 20 | 3 | 1 | 5 | 0 | 16 | 8 | 0 | 0 | 2 | 1 | 2 | 1 |
| · | 具有3名以上党员的 | 2 | 1 | 0 | 1 | 0 | 2 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |
| 联合党支部数 | · | 6 | 1 | 1 | 2 | 0 | 4 | 2 | 0 | 0 | 1 | 1 | 1 | 1 |
| 未建立党组织 | 应建尚未建立党组织的 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| · | 仅有个别党员的 | 30 | 3 | 1 | 5 | 0 | 25 | 12 | 1 | 0 | 3 | 2 | 2 | 2 |
| · | 没有党员的 | 20 | 1 | 0 | 0 | 0 | 15 | 10 | 0 | 0 | 3 | 2 | 2 | 1 |
| 补充情况 | 党建工作指导员 | 25 | 2 | 1 | 3 | 0 | 20 | 8 | 1 | 0 | 3 | 2 | 2 | 1 |
| · | 在岗职工 | 9000 | 5000 | 3000 | 1800 | 900 | 7000 | 3000 | 300 | 100 | 1200 | 800 | 800 | 500 |
| · | 党员 | 400 | 300 | 200 | 150 | 60 | 330 | 120 | 8 | 5 | 40 | 30 | 30 | 20 |
| · | 已建立党组织的企业在岗职工 | 6000 | 4000 | 2500 | 1200 | 800 | 4800 | 2000 | 200 | 80 | 700 | 500 | 500 | 300 |
| · | 党员 | 350 | 280 | 190 | 140 | 60 | 290 | 100 | 6 | 5 | 34 | 25 | 26 | 18 |
| · | 未建立党组织，已派出党建指导员的企业在岗职工 | 1000 | 200 | 50 | 100 | 0 | 800 | 300 | 50 | 0 | 120 | 100 | 80 | 60 |
| · | 党员 | 20 | 3 | 1 | 4 | 0 | 16 | 6 | 1 | 0 | 2 | 2 | 2 | 1 |
| 补充资料：本表A1栏中包括国有控股企业 2 个。 | | | | | | | | | | | | | | |
| 负责人（签名）： | | | | 填表人（签名）： | | | | | | | | | | |
"""
MERGES_27 = ["A1:O1", "A3:B4", "C3:G3", "H3:K3", "L3:M3", "N3:O3", "A6:B6", "A8:A10", "A14:A16", "A17:A23"]


def changed(table: str, row: str, column: int, figure: object) -> str:
    """The table with one figure of the row that holds `row` replaced; columns are counted from 0."""
    lines = table.strip().splitlines()
    at = next(number for number, line in enumerate(lines) if f"| {row} |" in line)
    cells = lines[at].strip().strip("|").split("|")
    cells[column] = f" {figure} "
    return "\n".join([*lines[:at], "|" + "|".join(cells) + "|", *lines[at + 1 :]])


def wrong(read: Understood) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Code, cell and values of all errors."""
    return [(each.code, each.cell, each.values) for each in read.problems if each.level == "error"]


def test_the_annual_table_is_no_ledger_and_its_headings_are_told() -> None:
    read = understand({"27": SHEET_27}, MERGES_27)
    assert (read.sheet.kind, read.sheet.header_rows, read.sheet.data_rows) == ("crosstab", (3, 4), 0)
    assert read.organisations == []
    assert [(each.column, each.heading) for each in read.sheet.columns][:4] == [
        ("A", "项目"), ("B", "项目"), ("C", "合计>总数"), ("D", "合计>从业人员50人以上企业"),
    ]  # fmt: skip
    assert len(read.sheet.columns) == 15
    assert {each.field for each in read.sheet.columns} == {None}
    assert (read.sheet.county, read.sheet.unit) == ("岳西县", "岳西县委组织部")
    assert read.found == [("crosstab", None)]


@pytest.mark.parametrize(
    ("row", "column", "figure", "cell", "expected", "found"),
    [
        ("单位数", 3, 31, "D6", "30", "31"),  # 30 = 1+2+20+3+0+3+1
        ("单位数", 14, 4, "O6", "5", "4"),
        ("没有党员的", 5, 3, "F6", "23", "20"),
        ("建立支部的", 3, 21, "D6", "31", "30"),
        ("没有党员的", 2, "", None, "", ""),  # unknown is not zero
        ("党建工作指导员", 2, 26, "C17", "25", "26"),  # 总数 = 私有 + 港澳台 + 外商
    ],
)
def test_what_must_add_up(row: str, column: int, figure: object, cell: str | None, expected: str, found: str) -> None:
    read = understand({"27": changed(SHEET_27, row, column, figure)}, MERGES_27)
    if cell is None:
        assert wrong(read) == []
        return
    ((code, place, values),) = wrong(read)
    assert (code, place, values["expected"], values["found"]) == ("crosstab_sum", cell, expected, found)


@pytest.mark.parametrize(
    ("row", "column", "figure", "cell", "limit"),
    [
        ("具有3名以上党员的", 3, 4, "D12", "3"),
        ("联合党支部数", 5, 6, "F13", "5"),
        ("党建工作指导员联系的", 4, 13, "E7", "12"),
        ("在岗职工", 14, 15, "O19", "15"),
        ("从业人员100人以上企业", 4, "从业人员100人以上企业", None, ""),
    ],
)
def test_what_must_not_exceed(row: str, column: int, figure: object, cell: str | None, limit: str) -> None:
    read = understand({"27": changed(SHEET_27, row, column, figure)}, MERGES_27)
    found = [(code, place, values["limit"]) for code, place, values in wrong(read)]
    assert found[:1] == ([("crosstab_within", cell, limit)] if cell else [])


SHEET_30 = """
| 社会组织法人单位建立党的基层组织情况 | | | | | | | |
| 项目 | 总数 | 社会团体 | 基金会 | 民办非企业单位 | 律师事务所 | 会计师事务所 | 税务师事务所 |
| 甲 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
| 单位数 | 60 | 30 | 1 | 20 | 5 | 3 | 1 |
| 已单独建立党组织 | | | | | | | |
| 党委 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| 总支部 | 1 | 0 | 0 | 1 | 0 | 0 | 0 |
| 支部 | 19 | 8 | 0 | 6 | 4 | 1 | 0 |
| 已建立联合党支部的 | 10 | 7 | 0 | 2 | 0 | 1 | 0 |
| 其中：具有3名以上党员的 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |
| 联合党支部数 | 4 | 3 | 0 | 1 | 0 | 0 | 0 |
| 未建立党组织 | | | | | | | |
| 应建尚未建立党组织的 | 2 | 1 | 0 | 1 | 0 | 0 | 0 |
| 其中：建立党小组的 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |
| 仅有个别党员的 | 18 | 9 | 0 | 7 | 1 | 1 | 0 |
| 没有党员的 | 10 | 5 | 1 | 3 | 0 | 0 | 1 |
| 吸收未转入组织关系的党员建立党组织情况 | | | | | | | |
| 党委 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| 总支部 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
| 支部 | 3 | 2 | 0 | 1 | 0 | 0 | 0 |
"""


def test_social_organisations_add_up_down_and_across() -> None:
    read = understand({"30": SHEET_30})
    assert (read.sheet.kind, read.sheet.header_rows) == ("crosstab", (2, 2))
    assert wrong(read) == []
    across = understand({"30": changed(SHEET_30, "其中：具有3名以上党员的", 1, 2)})
    assert [(code, place, values["expected"], values["found"]) for code, place, values in wrong(across)] == [
        ("crosstab_sum", "B10", "1", "2"),
    ]
    # one joint branch may have units of two kinds: branches do not add up
    assert wrong(understand({"30": changed(SHEET_30, "联合党支部数", 1, 5)})) == []
    down = understand({"30": changed(SHEET_30, "单位数", 2, 31)})
    assert [(code, place) for code, place, _ in wrong(down)] == [("crosstab_sum", "C4")]
    inside = understand({"30": changed(SHEET_30, "其中：建立党小组的", 4, 2)})
    assert ("crosstab_within", "E14") in [(code, place) for code, place, _ in wrong(inside)]


F7 = """
| 企业类型 | 已建立党组织 | · | · | · | · | 党组织覆盖率 | 党员人数 |
| · | 党委 | 党总支 | 党支部 | 合计 | 同比 | · | · |
| 企业 | 1 | 2 | 30 | 33 | 5 | 40 | 210 |
| 个体 | 0 | 0 | 3 | 3 | 1 | 6 | 12 |
| 合计 | 1 | 2 | 33 | 36 | 6 | 30 | 222 |
"""


def test_a_total_under_a_heading_is_the_sum_of_its_neighbours_and_of_its_column() -> None:
    merges = ["A1:A2", "B1:F1", "G1:G2", "H1:H2"]
    assert wrong(understand(F7, merges)) == []
    assert [
        (code, place, values["expected"])
        for code, place, values in wrong(understand(F7.replace("33 | 5", "34 | 5"), merges))
    ] == [("crosstab_sum", "E3", "33")]
    below = understand(F7.replace("222", "221"), merges)
    assert [(code, place, values["expected"], values["found"]) for code, place, values in wrong(below)] == [
        ("crosstab_sum", "H5", "222", "221")
    ]
    assert below.sheet.header_rows == (1, 2)
    assert [each.heading for each in below.sheet.columns][1] == "已建立党组织>党委"


F8 = """
| 2014年××街道商务楼宇工作站情况汇总表 | | | | | | | | | | | |
| 商务站名称 | 所属街道 | 覆盖楼栋 | 专职人员 | 党员人数 | 兼职人员 | 党建指导员 | 2014年经费 | 市级拨付 | 区县拨付 | 街道拨付 | 其他途径 |
| 东方大厦工作站 | 梧桐街道 | 2 | 3 | 2 | 4 | 1 | 10 | 2 | 3 | 4 | 1 |
| 西城大厦工作站 | 梧桐街道 | 1 | 2 | 1 | 2 | 1 | 5 | 1 | 1 | 2 | 1 |
| 累计 | | 3 | 5 | 3 | 6 | 2 | 15 | 3 | 4 | 6 | 2 |
"""


def test_stations_of_office_buildings() -> None:
    assert wrong(understand(F8)) == []
    bad = F8.replace("| 2 | 3 | 2 | 4 |", "| 2 | 3 | 4 | 4 |").replace("| 5 | 1 | 1 | 2 |", "| 6 | 1 | 1 | 2 |")
    assert [(code, place) for code, place, _ in wrong(understand(bad))] == [
        ("crosstab_within", "E3"), ("crosstab_sum", "H4"), ("crosstab_total", "E5"),
    ]  # fmt: skip


BY_TOWN = """
| 岳西县非公企业党组织情况统计表 | | | | | | | | |
| 乡镇 | 单位数 | 建立党委的 | 建立总支部的 | 建立支部的 | 已建立联合党支部的 | 应建尚未建立党组织的 | 仅有个别党员的 | 没有党员的 |
| 文峰镇（92家） | 92 | 1 | 1 | 20 | 10 | 0 | 30 | 30 |
| 石桥乡（8家） | 8 | 0 | 0 | 1 | 2 | 0 | 3 | 2 |
| 合计 | 100 | 1 | 1 | 21 | 12 | 0 | 33 | 32 |
"""


def test_a_row_for_each_township() -> None:
    assert understand(BY_TOWN).found == [("crosstab", None)]
    bad = understand(BY_TOWN.replace("| 92 | 1", "| 93 | 1").replace("| 21 |", "| 22 |"))
    assert [(code, place) for code, place, _ in wrong(bad)] == [("crosstab_sum", "B3"), ("crosstab_total", "E5")]
    words = understand(BY_TOWN.replace("（92家）", "（90家）"))
    assert [(each.code, each.cell, each.level, each.values["stated"], each.values["found"]) for each in words.problems[1:]] == [
        ("words_disagree", "A3", "warning", 90, "92"),
    ]  # fmt: skip


def test_a_roll_up_with_townships_where_names_should_stand() -> None:
    read = understand("""
    | 单位名称 | 企业总数 | 从业人员 | 党员人数 | 已建 | 未建 | 覆盖率 |
    | 文峰镇 | 92 | 1200 | 80 | 60 | 32 | 65.2% |
    | 石桥乡 | 8 | 90 | 7 | 5 | 4 | 62.5% |
    | 白帽镇 | 10 | 100 | 9 | 5 | 5 | 50% |
    | 合计 | 110 | 1390 | 96 | 70 | 41 | 63.6% |
    """)
    assert (read.sheet.kind, read.organisations) == ("crosstab", [])
    assert [(code, place, values["expected"]) for code, place, values in wrong(read)] == [("crosstab_sum", "B3", "9")]


def test_a_formula_without_value_in_a_statistics_table() -> None:
    read = understand(BY_TOWN.replace("| 20 |", "| #REF! |"))
    assert [(code, place) for code, place, _ in wrong(read)] == [("formula_error", "E3")]


COUNTY = """
| 岳西县两新组织党组织覆盖情况统计表 | | | | | | | |
| 填报单位：县委组织部 | | | | | | 单位：个 | |
| 序号 | 乡镇 | 非公企业 | · | · | 社会组织 | · | · |
| · | · | 总数 | 已建 | 未建 | 总数 | 已建 | 未建 |
| 1 | 天堂镇 | 50 | 30 | 20 | 10 | 6 | 4 |
| 2 | 店前镇 | 20 | 10 | 11 | 5 | 5 | 0 |
| 3 | 来榜镇 | 30 | 10 | 20 | 6 | 1 | 5 |
| 合计 | | 100 | 50 | 51 | 22 | 12 | 9 |
| 注：截至6月底。 | | | | | | | |
"""


def test_groups_that_repeat_each_other_add_up_each_by_itself() -> None:
    read = understand(COUNTY, ["A1:H1", "A3:A4", "B3:B4", "C3:E3", "F3:H3"])
    assert (read.sheet.header_rows, read.sheet.columns[4].heading) == ((3, 4), "非公企业>未建")
    assert [(code, place, values["expected"], values["found"]) for code, place, values in wrong(read)] == [
        ("crosstab_sum", "C6", "21", "20"), ("crosstab_sum", "F8", "21", "22"),
    ]  # fmt: skip


def test_two_columns_of_label_and_figure() -> None:
    read = understand("""
    | 项目 | 数量 |
    | 单位数 | 100 |
    | 建立党委的 | 1 |
    | 建立总支部的 | 2 |
    | 建立支部的 | 30 |
    | 已建立联合党支部的 | 20 |
    | 应建尚未建立党组织的 | 2 |
    | 仅有个别党员的 | 30 |
    | 没有党员的 | 20 |
    """)
    assert [(code, place, values["expected"], values["found"]) for code, place, values in wrong(read)] == [
        ("crosstab_sum", "B2", "105", "100"),
    ]


def test_a_dashboard_of_counties() -> None:
    read = understand("""
    | 县区 | 纳入全省非公党建信息管理平台企业数(户) | 非公企业党员数 | 单独组建党组织 | 已成立联合党组织 | 党建工作指导员（联络员） | 规上企业 | 园区就业人数 |
    | 岳西县 | 120 | 300 | 20 | 15 | 60 | 12 | 3000 |
    | 潜山市 | 220 | 500 | 30 | 25 | 90 | 22 | 6000 |
    | 合计 | 340 | 800 | 50 | 41 | 150 | 34 | 9000 |
    """)
    assert (read.sheet.kind, read.organisations) == ("crosstab", [])
    assert [(code, place) for code, place, _ in wrong(read)] == [("crosstab_total", "E4")]


def test_a_table_by_people_gives_no_name_away() -> None:
    read = understand(
        """
        | 党建指导员联系企业情况统计表 | | | |
        | 片区 | 指导员 | 企业数 | 党员总数 | 党组织数 |
        | 东片 | 某某甲 | 5 | 3 | 1 |
        | · | 某某乙 | 6 | 3 | 1 |
        | · | 小计 | 12 | 6 | 2 |
        """,
        ["A3:A5"],
    )
    assert "某某" not in str(read)
    assert read.organisations == []


SOUND = """
| 非公企业党建情况统计表（合成样例） | | |
| 项目 | 总数 | 私有经济控制 | 外商经济控制 |
| 单位数 | 30 | 24 | 6 |
| 已单独建立党组织 | 6 | 5 | 1 |
| 已建立联合党支部的 | 8 | 7 | 1 |
| 未建立党组织 | 16 | 12 | 4 |
"""


def test_a_sound_table_of_statistics_is_no_mistake_but_nothing_to_enter(census: Census, workbook: Workbook) -> None:
    workbook("汇总.xlsx", SOUND)
    checked = census("check", "汇总.xlsx")
    assert (checked.code, checked.out.splitlines()[-1]) == (0, "通过：没有必改和提醒的问题（说明 1 条）。")
    ran = census("ingest", "汇总.xlsx")
    assert ran.code == 3
    assert "未入账：汇总.xlsx：这是统计汇总表（一行不是一家单位），未作为台账读入。请上报逐家列出的台账" in ran.out
    assert census("ingest", "汇总.xlsx", "--dry-run").code == 3


def test_beside_a_ledger_it_is_no_loss(census: Census, workbook: Workbook) -> None:
    workbook("云溪镇.xlsx", {"台账": "| 企业名称 | 从业人员 | 党员 |\n| 白云茶厂 | 5 | 1 |", "汇总": SOUND})
    assert census("ingest", "云溪镇.xlsx").code == 0


def test_a_wrong_one_is_no_pass(census: Census, workbook: Workbook) -> None:
    workbook("汇总.xlsx", SOUND.replace("| 30 |", "| 31 |"))
    assert census("check", "汇总.xlsx").code == 3
