"""How tables lie on a sheet, and what looks like data without being any. All names are invented."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from reading_case import understand, understood


def test_two_tables_beside_each_other() -> None:
    read = understand("""
    | 云溪镇两新组织台账 | | | | | | | |
    | 序号 | 企业名称 | 从业人员 | 党员 | | 序号 | 企业名称 | 从业人员 | 党员 |
    | 1 | 晨曦电子厂 | 5 | 1 | | 4 | 石桥加工厂 | 7 | 2 |
    | 2 | 新月纺织厂 | 6 | 0 | | 5 | 绿源果业 | 8 | 3 |
    | 3 | 白云茶厂 | 6 | 0 | | | | | |
    | 合计 | | 17 | 1 | | 合计 | | 15 | 4 |
    """)
    assert (read.sheet.kind, read.sheet.data_rows, read.sheet.header_rows) == ("ledger", 5, (2, 2))
    assert {each.name: each.employees for each in read.organisations} == {
        "晨曦电子厂": 5, "新月纺织厂": 6, "白云茶厂": 6, "石桥加工厂": 7, "绿源果业": 8,
    }  # fmt: skip
    assert [each.column for each in read.sheet.columns if each.field == "name"] == ["B", "G"]
    assert read.found == [("total_mismatch", "I6")]


def test_rows_that_only_look_filled() -> None:
    read = understand("""
    | 序号 | 企业名称 | 从业人员 | 党员 | 备注 |
    | 1 | 晨曦电子厂 | 5 | 1 | |
    | 2 | | | | |
    | 3 | | — | / | |
    | 4 | | 0 | 0 | |
    | 5 | 新月纺织厂 | 6 | 0 | |
    | | | | | |
    | 6 | | 7 | | |
    """)
    assert (read.sheet.data_rows, read.found) == (2, [("missing_name", "B8")])


def test_row_numbers_stay_those_of_the_spreadsheet_with_blank_rows_and_filters() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    for row in (["企业名称", "从业人员", "党员"], [], ["晨曦电子厂", 5, 6], [], ["新月纺织厂", 6, 0]):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:C5"
    for column in range(1, 300):
        sheet.cell(row=900, column=column).fill = PatternFill("solid", fgColor="FFFF00")  # styled and empty
    buffer = io.BytesIO()
    made.save(buffer)
    read = understood(buffer.getvalue(), "台账.xlsx", {})
    assert [each.source.row for each in read.organisations if each.source] == [3, 5]
    assert read.found == [("members_exceed_employees", "C3")]
    assert len(read.sheet.columns) == 3


@pytest.mark.parametrize(
    "numbers",
    ["| 甲 | 乙 | 1 | 2 |", "| A | B | C | D |", "| (1) | (2) | (3) | (4) |", "| 1 | 2 | 3 | 4 |", "| ① | ② | ③ | ④ |"],
)
def test_a_row_of_column_numbers_is_neither_header_nor_data(numbers: str) -> None:
    read = understand(f"| 序号 | 企业名称 | 从业人员 | 党员 |\n{numbers}\n| 1 | 晨曦电子厂 | 5 | 1 |")
    assert (read.sheet.header_rows, read.sheet.data_rows, read.found) == ((1, 1), 1, [])


@pytest.mark.parametrize("mark", ["样例", "（样例）", "示例", "例：", "填报示例", "范例"])
def test_a_sample_row_is_no_organisation(mark: str) -> None:
    read = understand(
        f"| 序号 | 企业名称 | 从业人员 | 党员 |\n| {mark} | 某某公司 | 50 | 3 |\n| 1 | 晨曦电子厂 | 5 | 1 |"
    )
    assert [each.name for each in read.organisations] == ["晨曦电子厂"]


def test_a_heading_merged_over_two_columns_with_data_merged_likewise() -> None:
    read = understand(
        """
        | 企业名称 | · | 从业人员 | 党员 |
        | 晨曦电子厂 | · | 5 | 1 |
        | 新月纺织厂 | · | 6 | 0 |
        """,
        ["A1:B1", "A2:B2", "A3:B3"],
    )
    assert [each.name for each in read.organisations] == ["晨曦电子厂", "新月纺织厂"]
    assert read.found == []
    assert [(each.column, each.heading) for each in read.sheet.columns][:2] == [("A", "企业名称"), ("B", "企业名称")]


def test_two_columns_under_one_heading_are_never_silently_one() -> None:
    read = understand("| 企业名称 | 党员 | · | 职工 |\n| 晨曦电子厂 | 3 | 2 | 50 |", ["B1:C1"])
    assert (read.one.members_total, read.found) == (None, [("columns_disagree", "C2")])


def test_three_tables_below_each_other_keep_their_own_places() -> None:
    read = understand("""
    | 云溪镇 | | | |
    | 企业名称 | 从业人员 | 党员 | 是否建立党组织 |
    | 晨曦电子厂 | 5 | 1 | 否 |
    | 石桥乡 | | | |
    | 企业名称 | 从业人员 | 党员 | 是否建立党组织 |
    | 石桥加工厂 | 7 | 2 | 否 |
    """)
    assert [(each.name, each.township) for each in read.organisations] == [
        ("晨曦电子厂", "云溪镇"),
        ("石桥加工厂", "石桥乡"),
    ]


def test_sections_with_counts_in_words() -> None:
    read = understand("""
    | 序号 | 企业名称 | 从业人员 | 党员 |
    | 文峰镇（92家） | | | |
    | 1 | 晨曦电子厂 | 5 | 1 |
    | 石桥乡(共1家) | | | |
    | 2 | 石桥加工厂 | 7 | 2 |
    """)
    assert read.found == [("section_count", "A2")]
    assert [each.township for each in read.organisations] == ["文峰镇", "石桥乡"]
    (problem,) = read.problems
    assert (problem.level, problem.values["stated"], problem.values["counted"]) == ("warning", 92, 1)


def test_units_below_headings_numbers_below_units_and_groups_half_merged() -> None:
    read = understand(
        """
        | 附件2 | | | | | | |
        | 天等县“两新”组织党组织组建情况摸底表 | | | | | | |
        | 填报单位（盖章）：都康乡党委 | | | 填报时间：2020年6月 | | | |
        | 序号 | 单位 | 从业人员 | 党员情况 | · | 组建情况 | 群团组织 | |
        | · | · | （人） | 正式 | 预备 | · | 工会 | 团 |
        | | | 名 | 名 | 名 | | | |
        | 甲 | 乙 | 1 | 2 | 3 | 4 | 5 | 6 |
        | 1 | 晨曦电子厂 | 5 | 1 | 0 | 联合组建 | √ | × |
        | 甲 | 乙 | 1 | 2 | 3 | 4 | 5 | 6 |
        | 2 | 新月纺织厂 | 6 | 0 | 无 | 未组建 | | √ |
        | 合计 | 2 | 11 | 1 | 0 | 1 | 1 | 1 |
        """,
        ["A1:G1", "A2:G2", "A4:A5", "B4:B5", "D4:E4", "F4:F5"],
    )
    assert (read.sheet.header_rows, read.sheet.data_rows) == ((4, 5), 2)
    assert list(read.columns) == [
        "序号", "单位", "从业人员>（人）", "党员情况>正式", "党员情况>预备", "组建情况", "群团组织>工会", "群团组织>团",
    ]  # fmt: skip
    assert [(each.has_union, each.has_league) for each in read.organisations] == [(True, False), (None, True)]
    assert read.found == []


def test_below_this_nothing_is_no_organisation() -> None:
    read = understand("| 企业名称 | 从业人员 | 党员 |\n| 晨曦电子厂 | 5 | 1 |\n| 以下空白 | | |")
    assert [each.name for each in read.organisations] == ["晨曦电子厂"]


@pytest.mark.parametrize("town", ["| {} | | ", "| | {} | "])
def test_townships_above_their_rows_with_sums(town: str) -> None:
    read = understand(f"""
    | 序号 | 单位名称 | 从业人员 | 党员 |
    {town.format("文峰镇")}12 | 1 |
    | 1 | 晨曦电子厂 | 5 | 1 |
    | 2 | 新月纺织厂 | 6 | 0 |
    {town.format("石桥乡（1家）")}7 | 2 |
    | 3 | 石桥加工厂 | 7 | 2 |
    """)
    assert [each.township for each in read.organisations] == ["文峰镇", "文峰镇", "石桥乡"]
    assert read.found == [("total_mismatch", "C2")]


def test_a_clerks_table_with_ticked_forms_numbered_villages_and_sums_between() -> None:
    """As a township office makes it: nobody asks 是否建立, 未建 is a column beside the forms. All invented."""
    read = understand(
        """
        | 大别乡“两新”组织覆盖情况摸底表（合成样例） | · | · | · | · | · | · | · |
        | 填报单位（盖章）：大别乡党委 | · | · | · | · | · | · | 2026年3月25日 |
        | 单位名称 | 从业人员 | 党员数 | · | 党组织建立情况 | · | · | 备注 |
        | · | · | 正式 | 预备 | 单独建 | 联合建 | 未建 | · |
        | 甲 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
        | 一、石关村（2家） | · | · | · | · | · | · | · |
        | 石关竹器厂 | 36人 | 4 | 1 | √ | | | |
        | 石关茶叶社 | 十余人 | 1 | | | √ | | |
        | 二、老屋村（1家） | · | · | · | · | · | · | · |
        | 老屋沙石场 | 不详 | | | | | √ | 停产 |
        | 小计 | | 5 | 1 | 1 | 1 | 1 | |
        | 三、园区（1家） | · | · | · | · | · | · | · |
        | 大别电子厂 | 156 | 9 | 2 | | | | |
        | 合 计 | | 14 | 3 | 1 | 1 | 1 | |
        """,
        ["A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:G3", "H3:H4", "A6:H6", "A9:H9", "A12:H12"],
    )
    assert read.serious == [("remark_says_ended", "H10")]  # 停产, and no column says so
    told = [(each.name, each.village, each.has_org, each.org_form) for each in read.organisations]
    assert told == [
        ("石关竹器厂", "石关村", True, "standalone"),
        ("石关茶叶社", "石关村", True, "joint"),
        ("老屋沙石场", "老屋村", False, None),
        ("大别电子厂", None, None, None),
    ]
    assert [each.qualifiers.get("has_org") for each in read.organisations] == ["derived", "derived", None, None]
