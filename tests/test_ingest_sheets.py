"""What stands around and between the organisations of a sheet, and what is wrong with them. All invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import json

import pytest

from coverage_census.ingest.cells import codes
from reading_case import said, understand


def good_code(middle: str, kind: str = "91") -> str:
    """A code with both check digits right, for an organisation that does not exist."""
    stem = f"{kind}330100{middle}"
    return next(
        stem + a + b for a in "0123456789X" for b in "0123456789ABCDEFGHJKLMNPQRTUWXY" if codes.valid(stem + a + b)
    )


def test_title_unit_date_sections_totals_notes_and_signatures() -> None:
    read = understand(
        """
        | 附件1 | | | | | |
        | 岳西县两新组织党建工作台账（截至2020年6月30日） | | | | | |
        | 填报单位：（盖章） | | | | 单位：家、名 | |
        | 序号 | 单位名称 | 从业人员 | 党员情况 | · | 是否建立党组织 |
        | · | · | · | 总数 | 正式 | · |
        | （样例） | 某某有限公司 | 10 | 3 | 3 | 是 |
        | 一、云溪镇（2家） | | | | | |
        | 1 | 晨曦电子厂 | 5 | 1 | 1 | 否 |
        | 2 | 新月纺织厂 | 60 | 4 | 3 | 是 |
        | | 小计 | 65 | 5 | 4 | 1 |
        | | | | | | |
        | 二、石桥乡（3家） | | | | | |
        | 3 | 石桥加工厂 | 7 | 0 | 0 | 否 |
        | 4 | 石桥茶叶专业合作社 | 9 | 2 | 2 | 否 |
        | | 小 计 | 16 | 2 | 2 | 0 |
        | 合计 | | 81 | 8 | 6 | 1 |
        | 注：此表一式两份，于每季度末上报。 | | | | | |
        | 填表人：某某甲 | | 审核人：某某乙 | | 联系电话：00000000 | |
        """,
        ["A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:F5"],
    )
    assert (read.sheet.header_rows, read.sheet.data_rows) == ((4, 5), 4)
    assert (read.sheet.county, read.sheet.township, read.sheet.as_of) == ("岳西县", None, "2020-06-30")
    assert [(each.name, each.township) for each in read.organisations] == [
        ("晨曦电子厂", "云溪镇"), ("新月纺织厂", "云溪镇"), ("石桥加工厂", "石桥乡"), ("石桥茶叶专业合作社", "石桥乡"),
    ]  # fmt: skip
    assert [each.source.row for each in read.organisations if each.source] == [8, 9, 13, 14]
    assert read.serious == [("section_count", "A12"), ("total_mismatch", "D16")]
    assert "某某" not in str(read.problems) + str(read.file)


def test_the_nearest_place_wins() -> None:
    rows = "| 企业名称 | 所属乡镇 | 从业人员 |\n| 晨曦电子厂 | 石桥乡党委 | 5 |\n| 新月纺织厂 | | 6 |"
    read = understand({"白帽镇": "| 岳西县云溪镇企业台账 | | |\n" + rows}, file="头陀镇/表.xlsx")
    assert [each.township for each in read.organisations] == ["石桥乡", "云溪镇"]
    by_sheet = understand({"白帽镇": rows}, file="头陀镇/表.xlsx")
    assert [each.township for each in by_sheet.organisations] == ["石桥乡", "白帽镇"]
    by_file = understand({"Sheet1": rows}, file="岳西县/头陀镇.xlsx")
    assert [(each.county, each.township) for each in by_file.organisations] == [
        ("岳西县", "石桥乡"),
        ("岳西县", "头陀镇"),
    ]


def test_kind_from_code_then_heading_then_title() -> None:
    read = understand(
        f"""
        | 云溪镇非公企业台账 | | |
        | 单位名称 | 统一社会信用代码 | 从业人员 |
        | 晨曦电子厂 | {good_code("MA27XWYH")} | 5 |
        | 云溪茶社 | {good_code("MA27XWYJ", "92")} | 5 |
        | 石桥加工厂 | | 7 |
        """
    )
    assert [each.kind for each in read.organisations] == ["enterprise", "sole_trader", "enterprise"]
    assert understand("| 社会组织名称 | 从业人员 |\n| 云溪镇茶叶协会 | 3 |").one.kind == "social_org"
    assert understand("| 云溪镇两新组织台账 | |\n| 单位名称 | 从业人员 |\n| 晨曦电子厂 | 3 |").one.kind is None


def test_merged_cells_are_filled_down_but_shared_numbers_belong_to_nobody() -> None:
    read = understand(
        """
        | 乡镇 | 企业名称 | 党员总数 | 党组织名称 | 组建方式 |
        | 云溪镇 | 晨曦电子厂 | 5 | 晨曦新月联合党支部 | 联合 |
        | · | 新月纺织厂 | · | · | · |
        | · | 石桥加工厂 | 1 | | |
        """,
        ["A2:A4", "C2:C3", "D2:D3", "E2:E3"],
    )
    assert [each.township for each in read.organisations] == ["云溪镇"] * 3
    assert [each.org_name for each in read.organisations] == ["晨曦新月联合党支部", "晨曦新月联合党支部", None]
    assert [each.members_total for each in read.organisations] == [None, None, 1]
    assert read.serious == [("merged_count", "C2")]


def test_same_as_above() -> None:
    read = understand(
        "| 企业名称 | 所属乡镇 | 行业 |\n| 晨曦电子厂 | 云溪镇 | 制造业 |\n| 新月纺织厂 | 同上 | 〃 |\n| 石桥加工厂 | 同上 | |"
    )
    assert [(each.township, each.industry) for each in read.organisations] == [
        ("云溪镇", "制造业"),
        ("云溪镇", "制造业"),
        ("云溪镇", None),
    ]


def test_a_roster_is_refused_whole() -> None:
    read = understand({
        "台账": "| 企业名称 | 从业人员 | 党员 |\n| 晨曦电子厂 | 5 | 1 |",
        "Sheet2": "| 云溪镇党员花名册 | | | |\n| 序号 | 姓 名 | 身份证号码 | 入党时间 |\n| 1 | 某某甲 | 110101190001011237 | 2001.7 |",
        "Sheet3": "| 单位名称 | 姓名 | 出生年月 | 入党日期 |\n| 晨曦电子厂 | 某某乙 | 1970.1 | 2001.7 |",
        "填表说明": "| 一、请如实填写。 |\n| 二、没有的可填“无”。 |",
        "Sheet5": "| 天气 | 晴 |",
    })
    assert [each.kind for each in read.file.sheets] == ["ledger", "roster", "roster", "other", "other"]
    assert [each.name for each in read.organisations] == ["晨曦电子厂"]
    assert [(each.code, each.sheet) for each in read.problems] == [
        ("roster", "Sheet2"),
        ("roster", "Sheet3"),
        ("other_sheet", "Sheet5"),
    ]
    everything = json.dumps(
        [read.file.model_dump(mode="json"), *(each.model_dump(mode="json") for each in read.problems)],
        ensure_ascii=False,
    )
    assert "某某" not in everything
    assert "110101" not in everything


def test_figures_that_contradict_each_other() -> None:
    read = understand("""
    | 企业名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 党组织名称 | 组建方式 | 党组织成立时间 |
    | 晨曦电子厂 | 5 | 6 | 5 | 1 | 是 | 晨曦电子厂党支部 | 单独 | 2015-06 |
    | 新月纺织厂 | 60 | 4 | 2 | 1 | 否 | | | |
    | 石桥加工厂 | 7 | 3 | 2 | 1 | 是 | 石桥党支部 | 单独 | 2015-06 |
    | 白云茶厂 | 约10人 | 12 | | | 否 | 白云茶厂党支部 | | |
    | | 9 | 1 | 1 | 0 | 否 | | | |
    | 绿源果业 | 见附件 | #REF! | 1 | 0 | 不清楚 | | | |
    """)
    assert sorted(read.found) == sorted([
        ("members_exceed_employees", "C2"), ("members_sum", "C3"), ("standalone_below_three", "H4"), ("no_but_org", "F5"),
        ("missing_name", "A6"), ("unreadable_value", "B7"), ("formula_error", "C7"),
    ])  # fmt: skip
    levels = {each.code: each.level for each in read.problems}
    assert {code for code, level in levels.items() if level == "error"} == {
        "members_exceed_employees", "members_sum", "missing_name", "unreadable_value", "formula_error",
    }  # fmt: skip
    assert read.sheet.data_rows == 5


def test_a_whole_column_that_cannot_be_read_is_one_problem() -> None:
    rows = "\n".join(f"| 第{n}电子厂 | 见附表 | 1 |" for n in range(1, 9))
    read = understand("| 企业名称 | 从业人员 | 党员 |\n" + rows)
    (problem,) = read.problems
    assert (problem.code, problem.cell, problem.values["count"], problem.values["cells"]) == (
        "unreadable_column",
        "B2",
        8,
        "B2、B3、B4",
    )


def test_duplicates_stay_and_are_reported_at_the_later_name() -> None:
    code = good_code("MA27XWYH")
    read = understand({
        "一": f"| 企业名称 | 统一社会信用代码 | 从业人员 |\n| 晨曦电子有限公司 | {code} | 5 |\n| 新月纺织厂 | | 6 |\n| 合计 | | 17 |",
        "二": f"| 企业名称 | 统一社会信用代码 | 从业人员 |\n| 晨曦电子有限责任公司 | {code} | 5 |\n| 新月 纺织厂 | | 6 |\n| 石桥加工厂 | {code} | 7 |",
    })
    assert [(each.code, each.sheet, each.cell) for each in read.problems] == [
        ("total_mismatch", "一", "C4"), ("duplicate", "二", "A2"), ("duplicate", "二", "A3"), ("code_shared", "二", "B4"),
    ]  # fmt: skip
    assert len(read.organisations) == 5


def test_totals_count_each_organisation_once_and_the_yes() -> None:
    read = understand("""
    | 企业名称 | 从业人员 | 是否建立党组织 |
    | 晨曦电子厂 | 5 | 是 |
    | 新月纺织厂 | 6 | 否 |
    | 晨曦电子厂 | 5 | 是 |
    | 合计（3家） | 16 | 2 |
    """)
    assert read.found == [
        ("duplicate", "A4"),
        ("total_mismatch", "A5"),
        ("total_mismatch", "B5"),
        ("total_mismatch", "C5"),
    ]
    right = understand(
        "| 企业名称 | 从业人员 | 是否建立党组织 |\n| 晨曦电子厂 | 约50 | 是 |\n| 新月纺织厂 | 6 | 否 |\n| 合计 | 57 | 1 |"
    )
    assert right.found == []


def test_personal_numbers_in_any_text_are_hidden_and_noted() -> None:
    read = understand("""
    | 企业名称 | 统一社会信用代码 | 地址 | 从业人员 | 备注 |
    | 晨曦电子厂13900000000 | 110101190001011237 | 老街8号 | 5 | 负责人：某某甲，身份证110101190001011237 |
    """)
    assert read.found == [
        ("redacted_phone", "A2"),
        ("redacted_id", "B2"),
        ("redacted_id", "E2"),
        ("redacted_name", "E2"),
    ]
    text = str(read)
    assert "139000" not in text
    assert "110101" not in text
    assert "某某" not in text
    assert said(read.one)["address"] == "老街8号"


def test_an_unreadable_value_is_quoted_only_if_it_cannot_be_a_number_of_a_person() -> None:
    read = understand("| 企业名称 | 从业人员 | 党员 |\n| 晨曦电子厂 | 问13900000000 | 见表 |")
    assert [each.values["found"] for each in read.problems] == ["（略）", "见表"]


def test_the_header_printed_again_on_the_next_page() -> None:
    head = "| 序号 | 企业名称 | 从业人员 | 党员 |"
    read = understand(f"{head}\n| 1 | 晨曦电子厂 | 5 | 1 |\n{head}\n| 2 | 新月纺织厂 | 6 | 0 |")
    assert [each.name for each in read.organisations] == ["晨曦电子厂", "新月纺织厂"]
    assert read.found == []


def test_numbered_rows_without_anything_are_blank() -> None:
    read = understand("| 序号 | 企业名称 | 从业人员 |\n| 1 | 晨曦电子厂 | 5 |\n| 2 | | |\n| 3 | | |")
    assert (read.sheet.data_rows, read.found) == (1, [])


def test_split_counts_give_their_parts_where_there_is_no_column_for_them() -> None:
    read = understand("| 企业名称 | 从业人员 | 党员数 |\n| 晨曦电子厂 | 50 | 3（含预备1） |\n| 新月纺织厂 | 60 | 4 |")
    assert [(each.members_total, each.members_formal, each.members_probationary) for each in read.organisations] == [
        (3, 2, 1),
        (4, None, None),
    ]


def test_dispatch_is_an_instructor_and_a_party_group_is_no_organisation() -> None:
    read = understand(
        "| 企业名称 | 从业人员 | 组建方式 | 党组织类别 |\n| 晨曦电子厂 | 50 | 派驻 | |\n| 新月纺织厂 | 60 | | 党小组 |"
    )
    first, second = read.organisations
    assert (first.org_form, first.instructors, first.qualifiers) == (None, 1, {"instructors": "at_least"})
    assert (second.org_level, second.has_org) == (None, None)
    assert read.found == [("party_group", "D3")]


def test_nothing_recognised_says_so() -> None:
    read = understand("| 今天 | 天气 |\n| 晴 | 好 |")
    assert [(each.code, each.level) for each in read.problems] == [("nothing_recognised", "error")]
    empty = understand([])
    assert [each.code for each in empty.problems] == ["nothing_recognised"]


def test_a_header_without_merged_cells_reads_the_same() -> None:
    table = """
    | 云溪镇台账 | | | | | |
    | 序号 | 企业名称 | 党员情况 | | | 备注 |
    | | | 总数 | 正式 | 预备 | |
    | 1 | 晨曦电子厂 | 3 | 2 | 1 | |
    """
    plain = understand(table)
    merged = understand(table.replace("| | | |", "| · | · | |"), ["A1:F1", "A2:A3", "B2:B3", "C2:E2", "F2:F3"])
    assert plain.organisations == merged.organisations
    assert plain.columns == merged.columns
    assert list(plain.columns)[2:] == ["党员情况>总数", "党员情况>正式", "党员情况>预备", "备注"]


def test_several_tables_on_one_sheet() -> None:
    read = understand("""
    | 云溪镇两新组织台账 | | | | |
    | 一、非公企业 | | | | |
    | 序号 | 企业名称 | 从业人员 | 党员 | 是否建立党组织 |
    | 1 | 晨曦电子厂 | 5 | 1 | 否 |
    | 2 | 新月纺织厂 | 6 | 0 | 否 |
    | 合计 | | 11 | 1 | 0 |
    | | | | | |
    | 二、社会组织 | | | | |
    | 序号 | 社会组织名称 | 是否建立党组织 | 专职人员 | 专职党员 |
    | 1 | 云溪镇茶叶协会 | 是 | 3 | 3 |
    | 合计 | | 1 | 3 | 3 |
    """)
    assert [(each.name, each.kind, each.township, each.has_org) for each in read.organisations] == [
        ("晨曦电子厂", "enterprise", "云溪镇", False), ("新月纺织厂", "enterprise", "云溪镇", False), ("云溪镇茶叶协会", "social_org", "云溪镇", True),
    ]  # fmt: skip
    assert (read.organisations[2].employees_fulltime, read.organisations[2].members_fulltime) == (3, 3)
    assert (read.sheet.data_rows, read.sheet.header_rows, read.found) == (3, (3, 3), [])


def test_a_list_of_persons_under_a_ledger_is_not_read_as_organisations() -> None:
    read = understand("""
    | 企业名称 | 从业人员 | 党员 | 是否建立党组织 |
    | 晨曦电子厂 | 5 | 1 | 否 |
    | 附：党员名单 | | | |
    | 姓名 | 性别 | 入党时间 | 所在单位 |
    | 某某甲 | 男 | 2001.7 | 晨曦电子厂 |
    """)
    assert [each.name for each in read.organisations] == ["晨曦电子厂"]
    assert [code for code, _ in read.found] == ["roster"]
    assert "某某" not in str(read)


def test_a_form_or_a_name_says_that_there_is_a_party_organisation_where_nothing_else_asks() -> None:
    read = understand(
        "| 企业名称 | 从业人员 | 组建方式 |\n| 晨曦电子厂 | 50 | 联合 |\n| 新月纺织厂 | 60 | |\n| 石桥加工厂 | 60 | 派驻 |"
    )
    assert [(each.has_org, each.qualifiers.get("has_org")) for each in read.organisations] == [
        (True, "derived"),
        (None, None),
        (None, None),
    ]


def test_totals_above_their_rows_cover_what_is_below_and_name_its_place() -> None:
    read = understand("""
    | 序号 | 企业名称 | 职工 | 党员 |
    | 合计 | | 18 | 3 |
    | 云溪镇 | 小计 | 11 | 1 |
    | 1 | 晨曦电子厂 | 5 | 1 |
    | 2 | 新月纺织厂 | 6 | 0 |
    | 石桥乡 | 小计 | 7 | 1 |
    | 3 | 石桥加工厂 | 7 | 1 |
    """)
    assert [each.township for each in read.organisations] == ["云溪镇", "云溪镇", "石桥乡"]
    assert read.found == [("total_mismatch", "D2")]


def test_particulars_on_one_line_are_kept_apart_and_nothing_personal_stays() -> None:
    read = understand([
        ["云溪镇企业台账"],
        ["填报单位：云溪镇党委    填报人：某某甲 13900000000    填报时间：2020年6月30日"],
        ["企业名称", "从业人员", "联系人某某乙13900000000"],
        ["晨曦电子厂", 5, "某某丙"],
    ])  # fmt: skip
    assert (read.sheet.unit, read.sheet.township, read.sheet.as_of) == ("云溪镇党委", "云溪镇", "2020-06-30")
    assert "13900000000" not in str(read)
    assert "某某甲" not in str(read)
    assert "某某丙" not in str(read)


@pytest.mark.parametrize("head", ["公司名称", "单位名称", "企业名称（全称）"])
def test_a_mere_list_of_names_is_called_one(head: str) -> None:
    plain = understand([[head], ["样例甲厂"], ["样例乙厂"], ["样例丙厂"]])
    assert [(each.code, each.cell) for each in plain.problems] == [("names_only", "A1")]
    numbered = understand([["企业名单"], ["序号", head], [1, "样例甲厂"], [2, "样例乙厂"]])
    assert [(each.code, each.cell) for each in numbered.problems] == [("names_only", "B2")]


def test_names_with_more_beside_them_are_no_mere_list() -> None:
    read = understand([["单位名称", "月亮"], ["样例甲厂", "圆"], ["样例乙厂", "缺"]])
    assert [each.code for each in read.problems] == ["nothing_recognised"]
