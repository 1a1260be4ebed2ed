"""Headings: every homograph of domain.md, section 3.3, and the noise around them. Names are invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import tomllib

import pytest

from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.model.organisation import about
from reading_case import understand


def field_of(*path: str) -> str | None:
    meaning = meanings.meaning(path)
    return "personal" if meaning.personal else meaning.fields[0] if meaning.fields else None


def test_the_table_names_only_fields_that_exist_and_no_heading_twice() -> None:
    known = vocabulary.load()
    feeding = {"mass_orgs", "coverage", "joint_names", "ignored"}
    names = {
        *known.words.values(),
        *known.lumped.values(),
        *(name for names in known.ambiguous.values() for name in names),
    }
    names |= {name for _, words in known.contexts for name in words.values()}
    assert names - feeding <= set(about())
    assert not set(known.words) & set(known.ignored)
    raw = tomllib.loads(vocabulary.FILE.read_text(encoding="utf-8"))["words"]
    spelled = [vocabulary.key(word) for words in raw.values() for word in words]
    assert len(spelled) == len(set(spelled)), {word for word in spelled if spelled.count(word) > 1}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("企 业 名 称", "name"), ("企业名称*", "name"), ("1.单位名称", "name"), ("（一）单位名称：", "name"), ("單位名稱", "name"), ("組織名稱", "name"),
        ("从业人员（名）", "employees"), ("職工人數", "employees"), ("現有職工數（人）", "employees"), ("黨員總數", "members_total"),
        ("党员人数（含预备党员）", "members_total"), ("其中：正式党员", "members_formal"), ("創(chuàng)辦時間", "registered_on"),
        ("是否建立黨組織（是、否）", "has_org"), ("聯(lián)絡員", "instructors"), ("公会", "has_union"), ("團組織", "has_league"),
        ("是否按规定开展“三会一课”", "active"), ("備註", "remarks"), ("统一社会信用代码（18位）", "uscc"), ("2020年营业收入（万元）", "revenue_10k"),
        ("所在园区/商务楼宇名称", "zone"), ("乡镇（街道）", "township"), ("近３年新发展党员数", "members_new_3y"),
    ],
)  # fmt: skip
def test_noise_around_a_heading(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("成立时间",), "registered_on"), (("党组织情况", "成立时间"), "org_founded_on"), (("企业基本情况", "成立时间"), "registered_on"),
        (("党员情况", "总数"), "members_total"), (("党员情况", "人数"), "members_total"), (("职工情况", "人数"), "employees"), (("人数",), None),
        (("党员情况", "正式"), "members_formal"), (("党员情况", "其中", "预备"), "members_probationary"), (("工会", "会员数"), "union_members"),
        (("工会", "是否建立"), "has_union"), (("群团组织", "妇联"), "has_women_org"), (("指导员", "人数"), "instructors"),
        (("指导员", "姓名"), "personal"), (("党组织", "名称"), "org_name"), (("企业情况", "名称"), "name"), (("党组织", "书记", "姓名"), "personal"),
        (("从业人员", "其中党员"), "members_total"), (("从业人员", "专职"), "employees_fulltime"), (("党员", "专职"), "members_fulltime"),
        (("未建立党组织原因", "没有党员"), "not_built_reason"), (("企业类型", "私营企业"), "subtype"), (("党组织类别", "党委"), "org_level"),
        (("党务工作者", "专职人数"), None), (("企业情况", "法人单位名称"), "name"), (("责任单位",), "responsible_unit"), (("责任人",), "personal"),
    ],
)  # fmt: skip
def test_the_parent_decides(path: tuple[str, ...], field: str | None) -> None:
    assert field_of(*path) == field


@pytest.mark.parametrize(
    "heading",
    ["法定代表人", "法人姓名", "负责人", "党组织书记姓名", "姓名", "政治面貌", "身份证号", "身份正号", "联系电话", "联糸电话", "手机号", "书 记", "邮箱",
     "党建指导员姓名", "指导员电话", "法定代表人是否党员", "负责人党员数", "企业出资人", "业主", "是否兼任党组织书记", "联係人", "出生年月", "法定代裹人"],
)  # fmt: skip
def test_personal_headings_misspelt_ones_too(heading: str) -> None:
    assert field_of(heading) == "personal"


def test_a_unit_is_the_township_where_a_name_stands_beside_it_and_the_organisation_where_none_does() -> None:
    with_name = understand("| 单位 | 企业名称 | 从业人员 |\n| 云溪镇 | 晨曦电子厂 | 5 |\n| 云溪镇 | 新月纺织厂 | 6 |")
    assert with_name.columns["单位"] == "township"
    alone = understand("| 单位 | 从业人员 | 党员 |\n| 晨曦电子厂 | 5 | 1 |\n| 新月纺织厂 | 6 | 0 |")
    assert alone.columns["单位"] == "name"


def test_a_unit_of_measure_is_no_reporting_unit() -> None:
    read = understand(
        "| 云溪镇台账 | | |\n| 单位：家、名 | | |\n| 企业名称 | 从业人员 | 党员 |\n| 晨曦电子厂 | 5 | 1 |"
    )
    assert (read.sheet.unit, read.sheet.township) == (None, "云溪镇")


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        ("类别", ("企业", "社会组织"), "kind"), ("类别", ("党支部", "党总支"), "org_level"), ("类别", ("单独组建", "联合组建"), "org_form"),
        ("组织类型", ("社会团体", "民办非企业单位"), "subtype"), ("组织类型", ("党支部", "党总支"), "org_level"),
        ("党委", ("党支部", "党委"), "org_level"), ("单独组建", ("联合组建", "单独组建"), "org_form"),
        ("党组织", ("有", "无"), "has_org"), ("党组织", ("联合支部", "无"), "has_org"), ("组建情况", ("单独组建", "联合组建"), "org_form"), ("党组织", ("晨曦电子厂党支部", "新月纺织厂党支部"), "org_name"),
        ("党组织隶属关系", ("属地管理", "行业管理"), "responsibility"), ("党组织隶属关系", ("云溪镇党委", "县教育局党委"), "superior_org"),
        ("属地", ("云溪镇", "石桥乡"), "township"), ("所在地", ("老街8号院内", "新街路口1号"), "address"),
        ("党建指导员", ("1", "0"), "instructors"), ("党建指导员", ("是", "否"), "instructors"), ("党建指导员", ("某某甲", "某某乙"), "personal"),
        ("覆盖情况", ("组织覆盖", "工作覆盖"), "has_org"), ("党组织建立情况", ("单独组建", "未建"), "has_org"),
    ],
)  # fmt: skip
def test_where_a_heading_is_ambiguous_its_values_decide(heading: str, values: tuple[str, str], field: str) -> None:
    read = understand(
        f"| 企业名称 | 从业人员 | {heading} |\n| 晨曦电子厂 | 5 | {values[0]} |\n| 新月纺织厂 | 6 | {values[1]} |"
    )
    assert read.columns[heading] == field


def test_members_twice_in_one_sheet_must_agree() -> None:
    table = "| 企业名称 | 党员人数 | 党员数 |\n| 晨曦电子厂 | 5 | 5 |\n| 新月纺织厂 | 6 | {} |"
    assert [each.members_total for each in understand(table.format(6)).organisations] == [5, 6]
    against = understand(table.format(60))
    assert [each.members_total for each in against.organisations] == [5, None]
    assert against.serious == [("columns_disagree", "C3")]


def test_the_office_has_the_last_word() -> None:
    table = "| 企业名称 | 类别2 | 在编 | 党员 |\n| 晨曦电子厂 | 制造 | 7 | 1 |"
    before = understand(table)
    assert {code for code, _ in before.found} <= {"unmapped_column", "unmapped_column_near", "unmapped_word"}
    assert [cell for _, cell in before.found] == ["B1", "C1"]
    after = understand(table, columns={"类别2": "industry", "在编": "employees"})
    assert (after.one.industry, after.one.employees, after.found) == ("制造", 7, [])


def test_an_unknown_column_is_named_with_the_nearest_field() -> None:
    read = understand("| 企业名称 | 从业人员 | 党员总数目 |\n| 晨曦电子厂 | 5 | 1 |")
    (problem,) = read.problems
    assert (problem.code, problem.cell, problem.field, problem.values["near"]) == (
        "unmapped_column_near",
        "C1",
        "members_total",
        "members_total",
    )


def test_an_instructor_named_is_an_instructor_and_a_blank_is_not_none() -> None:
    read = understand(
        "| 企业名称 | 从业人员 | 党建指导员姓名 |\n| 晨曦电子厂 | 5 | 某某甲 |\n| 新月纺织厂 | 6 | |\n| 石桥加工厂 | 6 | 无 |"
    )
    assert [each.instructors for each in read.organisations] == [1, None, None]
    assert "某某" not in str(read)


def test_a_name_between_yes_and_no_counts_one_and_goes_no_further() -> None:
    read = understand(
        "| 企业名称 | 从业人员 | 是否选派指导员 |\n| 甲厂 | 5 | 是 |\n| 乙厂 | 6 | 否 |\n| 丙厂 | 6 | 某某甲 |\n| 丁厂 | 6 | 2人（某某甲、某某乙） |\n| 戊厂 | 6 | 某某甲某某乙某某丙 |"
    )
    assert [each.instructors for each in read.organisations] == [1, 0, 1, 2, None]
    assert read.found == [("redacted_name", "C4"), ("unreadable_value", "C6")]
    assert "某某" not in str(read)


YEARS = """
| 云溪镇台账（截至{day}） | · | · | · | · |
| 企业名称 | 从业人员 | · | 2019年末党员数 | 2020年6月底党员数 |
| · | 2019年 | 2020年 | · | · |
| 白云茶厂 | 5 | 6 | 1 | 2 |
"""
HEAD = ["A1:E1", "A2:A3", "B2:C2", "D2:D3", "E2:E3"]


@pytest.mark.parametrize(
    ("day", "employees", "members", "kept_out"),
    [
        ("2020年6月30日", 6, 2, ["B3", "D2"]),
        ("2020年12月", 6, 2, ["B3", "D2"]),
        ("2020年3月", 6, 1, ["B3", "E2"]),  # a year that has begun is the present one, a month to come is not
        ("2019年12月", 5, 1, ["C3", "E2"]),
    ],
)
def test_of_two_years_the_latest_that_the_sheet_allows(
    day: str, employees: int, members: int, kept_out: list[str]
) -> None:
    read = understand(YEARS.replace("{day}", day), HEAD)
    assert (read.one.employees, read.one.members_total) == (employees, members)
    assert sorted(read.found) == [("year_column", cell) for cell in kept_out]


def test_years_without_a_date_above_them_and_columns_without_a_year() -> None:
    table = "| 企业名称 | 2019年从业人员数 | 2020年从业人员数 | 党员数 | 2019年党员数 |\n| 白云茶厂 | 5 | 6 | 1 | 2 |"
    read = understand(table)
    assert (read.one.employees, read.one.members_total) == (6, 1)
    assert read.found == [("year_column", "B1"), ("year_column", "E1")]


def test_years_that_are_all_to_come_are_nobodys_present() -> None:
    read = understand(YEARS.replace("{day}", "2018年6月"), HEAD)
    assert (read.one.employees, read.one.members_total) == (None, None)
    assert sorted(read.serious) == [("year_to_come", cell) for cell in ("B3", "C3", "D2", "E2")]
