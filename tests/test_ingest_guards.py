"""Small decisions of the reader that move an office's figures, each on the smallest sheet that shows it. All invented.

Every one of them could be taken out of the code without a test that noticed (`make mutants`).
"""

from coverage_census.ingest.privacy import last_look
from coverage_census.model import tables
from coverage_census.model.choices import Qualifier
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import ColumnReading, FileReading, Level, Problem, SheetReading
from reading_case import understand
from test_ingest_sheets import good_code

NAMES = ("晨曦电子厂", "新月纺织厂", "石桥加工厂", "白鹭茶厂", "松涛木业厂")


def test_a_level_says_that_there_is_a_party_organisation_where_nothing_else_asks() -> None:
    read = understand("| 企业名称 | 从业人员 | 党组织类别 |\n| 晨曦电子厂 | 50 | 党支部 |\n| 新月纺织厂 | 60 | |")
    assert [(each.has_org, each.qualifiers.get("has_org")) for each in read.organisations] == [
        (True, Qualifier.DERIVED),
        (None, None),
    ]


def test_where_it_is_asked_and_left_blank_a_name_does_not_answer() -> None:
    read = understand(
        """
        | 企业名称 | 是否建立党组织 | 党组织名称 |
        | 晨曦电子厂 | | 晨曦党支部 |
        | 新月纺织厂 | 否 | |
        | 石桥厂 | 是 | 石桥党支部 |
        """
    )
    assert [each.has_org for each in read.organisations] == [None, False, True]


def test_money_over_merged_cells_is_nobodys_own() -> None:
    rows = "| 单位名称 | 党员总数 | {} |\n| 晨曦电子厂 | 5 | 6000 |\n| 新月纺织厂 | 4 | · |\n| 石桥厂 | 5 | 300 |"
    for heading, field in (("党建经费（元）", "funds_yuan"), ("年营业收入（万元）", "revenue_10k")):
        read = understand(rows.format(heading), ["C2:C3"])
        assert [getattr(each, field) for each in read.organisations] == [None, None, 300]
        assert read.serious == [("merged_count", "C2")]


def test_formal_members_that_cannot_be_read_are_not_worked_out() -> None:
    read = understand(
        "| 企业名称 | 党员总数 | 正式党员 | 预备党员 |\n| 晨曦电子厂 | 5 | 若干 | 1 |\n| 新月纺织厂 | 5 | | 1 |"
    )
    assert [each.members_formal for each in read.organisations] == [None, 4]
    assert read.found == [("unreadable_value", "C2")]


def test_numbers_of_persons_without_any_heading_make_a_roster() -> None:
    read = understand(
        "| 1 | 某某甲 | 110101190001011237 |\n| 2 | 某某乙 | 110101190001010058 |\n| 3 | 某某丙 | 110101190001010074 |"
    )
    assert (read.sheet.kind, read.organisations) == ("roster", [])
    assert "某某" not in str(read) and "1101011900" not in str(read)


def test_headings_that_stand_again_and_again_make_no_card() -> None:
    """Notes on how to fill it in look like a card; where most rows of labels have none of their values, it is none."""
    notes = """
    | 台账各栏怎样填 | | | |
    | 企业名称 | 营业执照上的全称 | | |
    | 统一社会信用代码 | 营业执照上的十八位 | | |
    | 是否建立党组织 | 已建或未建 | | |
    | 正式党员 | 不含预备党员 | | |
    """
    head = "| 企业名称 | 统一社会信用代码 | 正式党员 | 是否建立党组织 |"
    read = understand(notes.strip() + "".join(f"\n{head}\n| {name} | | 1 | 否 |" for name in NAMES))
    assert read.sheet.kind != "card"
    assert {each.name for each in read.organisations} <= set(NAMES)


def test_a_name_without_its_region_is_the_same_organisation_under_one_code() -> None:
    code = good_code("MA27XWYH")
    read = understand(
        f"""
        | 企业名称 | 统一社会信用代码 |
        | 云溪镇晨曦电子有限公司 | {code} |
        | 晨曦电子有限公司 | {code} |
        | 新月纺织有限公司 | {code} |
        """
    )
    assert read.found == [("duplicate", "A3"), ("code_shared", "B4")]


def test_part_of_a_breakdown_need_not_add_up() -> None:
    read = understand(
        """
        | 企业名称 | 从业人员 | 党员总数 | 35岁及以下 | 36至50岁 |
        | 晨曦电子厂 | 60 | 9 | 2 | 3 |
        | 新月纺织厂 | 60 | 5 | 1 | 1 |
        """
    )
    assert read.serious == []


def test_a_remark_that_says_what_the_status_says_is_no_question() -> None:
    read = understand(
        """
        | 企业名称 | 经营状态 | 备注 |
        | 晨曦电子厂 | 注销 | 已注销 |
        | 新月纺织厂 | 正常 | 已注销 |
        | 石桥厂 | | 已于上月注销 |
        """
    )
    assert read.serious == [("remark_says_ended", "C3"), ("remark_says_ended", "C4")]


def test_the_last_look_takes_out_whatever_an_earlier_stage_let_through() -> None:
    """Free text keeps its other words; in a field of choices and in figures of a problem nothing of it stays."""
    columns = (ColumnReading(column="C", heading="地址", field="address"),)
    reading = FileReading(file="云溪镇.xlsx", sheets=(SheetReading(sheet="企业", kind="ledger", columns=columns),))
    row = Organisation(
        name="晨曦电子厂", address="老街8号，13900000001", industry="13900000001",
        source=Source(file="云溪镇.xlsx", sheet="企业", row=4),
    )  # fmt: skip
    table, problems = last_look.look_at_rows(tables.table([row]), reading)
    [left] = tables.records(table)
    assert (left.name, left.industry) == ("晨曦电子厂", None)
    assert left.address is not None and left.address.startswith("老街8号")
    assert {(each.code, each.cell, each.field) for each in problems} == {
        ("redacted_phone", "C4", "address"), ("redacted_phone", None, "industry"),
    }  # fmt: skip
    told = Problem(
        code="members_sum", level=Level.ERROR, file="云溪镇.xlsx",
        values={"stated": 13900000001, "counted": 1.10101190001011e17, "limit": 60, "found": "5人13900000001"},
    )  # fmt: skip
    _, [told] = last_look.look(reading, (told,))
    assert told.values["limit"] == 60
    assert "13900000001" not in str([left, told]) and "11010119" not in str(told).replace(".", "")
