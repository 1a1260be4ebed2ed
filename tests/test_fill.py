"""`census fill`: blank forms of several layouts are filled from the ledger, and read back they say the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fill_case import REPORTED, card, flat, official
from kit import Census, cells

# As much of a workbook with a password as anybody can see without it: the names of its two streams.
PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
for stream in ("Root Entry", "EncryptedPackage", "EncryptionInfo"):
    PROTECTED += stream.encode("utf-16-le").ljust(64, b"\0") + (2 * len(stream) + 2).to_bytes(2, "little") + bytes(62)


@pytest.fixture
def ledger(tmp_path: Path, census: Census) -> None:
    """A ledger of what townships reported."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells(REPORTED):
        sheet.append(row)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "青石白鹭.xlsx")
    assert census("ingest", "in/青石白鹭.xlsx", "--as-of", "2026-06-30").code in (0, 3)


def filled(census: Census, *words: Any, code: int = 0) -> dict[str, Any]:
    ran = census("fill", *words, "--json")
    assert ran.code == code, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def records(census: Census, *more: str) -> dict[str, dict[str, Any]]:
    ran = census("export", "--format", "jsonl", *more)
    assert ran.code == 0, ran.err
    return {each["name"]: each for each in map(json.loads, ran.out.splitlines())}


def read_back(census: Census, path: str, tmp_path: Path) -> dict[str, dict[str, Any]]:
    """What `census ingest` of a filled form gives in a fresh workspace."""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    ran = census("ingest", path, "--workspace", fresh, "--no-returns")
    assert ran.code in (0, 3), ran.err
    return records(census, "--workspace", str(fresh))


@pytest.mark.parametrize(
    ("make", "coarse"),
    # 是否选派指导员 asks for a yes or no where the ledger knows how many
    [(flat, {"instructors"}), (official, set()), (card, set())],
)
@pytest.mark.usefixtures("ledger")
def test_a_filled_form_read_back_gives_the_same_records(
    make: Any, coarse: set[str], census: Census, tmp_path: Path
) -> None:
    told = filled(census, make(tmp_path / "上级空表.xlsx"))
    fields = {each["field"] for each in told["fields"] if each["state"] == "filled" and each["field"]} - coarse
    assert told["organisations"] == told["read_back"] == 6
    assert not any(each["unfit"] or each["differing"] for each in told["fields"])
    ours, theirs = records(census), read_back(census, told["path"], tmp_path)
    assert len(fields) >= 12 and theirs.keys() == ours.keys()
    for name, each in ours.items():
        assert {field: theirs[name][field] for field in fields} == {field: each[field] for field in fields}
        kept = {field: word for field, word in each["qualifiers"].items() if field in fields}
        assert {field: theirs[name]["qualifiers"].get(field) for field in kept} == kept


@pytest.mark.usefixtures("ledger")
def test_what_stands_below_moves_down_whole_and_keeps_its_look(census: Census, tmp_path: Path) -> None:
    before = load_workbook(official(tmp_path / "统计表.xlsx")).worksheets[0]
    told = filled(census, tmp_path / "统计表.xlsx")
    after = load_workbook(told["path"]).worksheets[0]
    assert [after.cell(row, 1).value for row in range(7, 18)] == [
        "样例", 1, 2, 3, 4, 5, 6, "合计", before["A13"].value,
        "填表人：            审核人：            填报时间：2026年11月21日", None,
    ]  # fmt: skip
    assert {str(area) for area in after.merged_cells.ranges} >= {"A14:D14", "A15:N15", "A2:N2"}
    assert after["F14"].value == "=SUM(F8:F13)"
    assert load_workbook(told["path"], data_only=True).worksheets[0]["F14"].value == 71  # the stored result
    assert after["E14"].value == 30 + 3 + 12 + 120 + 50 + 350  # a formula would pass over 约50
    assert (after["G14"].value, after["M14"].value) == (69, 5.55)
    assert after.row_dimensions[16].height == 40 and after.row_dimensions[14].height == 26
    assert str(after.print_area).endswith("$A$1:$N$16")
    assert str(after.data_validations.dataValidation[0].sqref) == "J8:J13"
    assert after["B13"].border.bottom.style == "thin" and after["B13"].alignment.wrap_text
    assert after.row_dimensions[13].height > 22  # a long name in a narrow column
    assert {after.cell(row, 10).value for row in range(8, 14)} == {
        "独立组建",
        "联合组建",
        "挂靠",
        None,
    }  # its own words
    assert after["K11"].is_date and after["K11"].number_format == "yyyy/m/d"
    assert after["K12"].value == "2016.05"
    assert "没有必改和提醒的问题" in census("check", told["path"]).out  # its sums agree with its rows


@pytest.mark.usefixtures("ledger")
def test_each_column_says_what_became_of_it(census: Census, tmp_path: Path) -> None:
    told = filled(census, flat(tmp_path / "台账.xlsx"))
    states = {each["heading"]: each["state"] for each in told["fields"]}
    assert states["单位情况>法定代表人姓名"] == "personal"
    assert states["其他>营商环境满意度"] == "unrecognised"
    sheet = load_workbook(told["path"]).worksheets[0]
    by_name = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=11)}
    assert by_name["晨曦电子厂"][8] is None and by_name["晨曦电子厂"][27] is None
    assert by_name["晨曦电子厂"][9] == 12345000 and by_name["晨曦电子厂"][26] == 0.3  # 万元 as 元, 元 as 万元
    assert by_name["晨曦电子厂"][4:7] == ["√", None, None] and by_name["云杉木业有限公司"][6] == "√"
    assert by_name["南山茶叶店"][10] == "不足3" and by_name["南山茶叶店"][23] == "正在筹备，等批复"
    assert by_name["南山茶叶店"][11] is None  # unknown is no zero
    assert sheet["A2"].value.endswith("截止日期：2026年6月30日")
    ran = census("fill", "台账.xlsx", "青石镇")
    assert "个人信息，台账不存" in ran.out and "读回核对：3 家" in ran.out
    assert ran.out.rstrip().endswith("台账_已填_青石镇_2026年第二季度.xlsx")


@pytest.mark.usefixtures("ledger")
def test_names_stay_text(census: Census, tmp_path: Path) -> None:
    told = filled(census, flat(tmp_path / "台账.xlsx"))
    (cell,) = [each for each in load_workbook(told["path"]).worksheets[0]["B"] if str(each.value).startswith("+cmd")]
    assert cell.data_type == "s" and cell.quotePrefix


@pytest.mark.usefixtures("ledger")
def test_a_card_each_on_a_sheet_of_its_own(census: Census, tmp_path: Path) -> None:
    told = filled(census, card(tmp_path / "登记表.xlsx"), "白鹭乡")
    book = load_workbook(told["path"])
    assert len(book.sheetnames) == 3 and "南山茶叶店" in book.sheetnames
    sheet = book["南山茶叶店"]
    assert sheet["B2"].value == "南山茶叶店" and sheet["B7"].value == "否" and sheet["B6"].value is None
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:F1", "B2:C2", "B10:F10"}


@pytest.mark.usefixtures("ledger")
def test_our_own_template_is_filled(census: Census, tmp_path: Path) -> None:
    assert census("template", "--out", "空表.xlsx").code == 0
    told = filled(census, "空表.xlsx")
    ours, theirs = records(census), read_back(census, told["path"], tmp_path)
    fields = {each["field"] for each in told["fields"] if each["field"]}
    assert {name: [each[f] for f in fields] for name, each in ours.items()} == {
        name: [each[f] for f in fields] for name, each in theirs.items()
    }


@pytest.mark.usefixtures("ledger")
def test_what_cannot_be_filled_is_said_and_nothing_is_written(census: Census, tmp_path: Path) -> None:
    told = filled(census, flat(tmp_path / "台账.xlsx"))
    assert "已有 6 家的数据" in refused(census, told["path"])
    assert "没有“没有的镇”" in refused(census, "台账.xlsx", "没有的镇", code=2)
    assert "找不到文件" in refused(census, "没有.xlsx")
    assert "空表不改" in refused(census, "台账.xlsx", "--out", "台账.xlsx")
    book = Workbook()
    assert book.active is not None
    book.active.append(["单位名陈", "今天的菜", "价钱"])
    book.save(tmp_path / "菜单.xlsx")
    assert "单位名陈→单位名称" in refused(census, "菜单.xlsx")
    (tmp_path / "表.csv").write_text("单位名称,党员总数,所属乡镇\n", encoding="utf-8")
    assert "另存为 .xlsx" in refused(census, "表.csv")
    (tmp_path / "密.xlsx").write_bytes(PROTECTED)
    assert "设了密码" in refused(census, "密.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    assert "坏.xlsx 不能填" in refused(census, "坏.xlsx")
    assert list((tmp_path / "reports" / "000001").iterdir()) == [Path(told["path"])]


def refused(census: Census, *words: Any, code: int = 1) -> str:
    ran = census("fill", *words)
    assert ran.code == code and not ran.out and len(ran.err.splitlines()) == 1, ran
    return ran.err


def test_no_round_yet(census: Census, tmp_path: Path) -> None:
    flat(tmp_path / "台账.xlsx")
    assert refused(census, "台账.xlsx")


@pytest.mark.usefixtures("ledger")
def test_a_form_for_enterprises_takes_enterprises_only(census: Census, tmp_path: Path) -> None:
    book = load_workbook(flat(tmp_path / "企业.xlsx"))
    book.worksheets[0]["A1"] = "非公有制企业党建工作台账"
    book.save(tmp_path / "企业.xlsx")
    told = filled(census, "企业.xlsx", code=3)
    assert (told["organisations"], told["left_out"]) == (4, {"kind": 2})


@pytest.mark.usefixtures("ledger")
def test_sections_take_their_own(census: Census, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells("""
        | 序号 | 单位名称 | 单位类别 | 从业人员 | 党员总数 |
        | 一、青石镇 | | | | |
        | 1 | | | | |
        | 小计 | | | | |
        | 二、白鹭乡 | | | | |
        | 1 | | | | |
        | 2 | | | | |
        | 小计 | | | | |
        | 合计 | | | | |
        """):
        sheet.append(row)
    book.save(tmp_path / "分乡镇.xlsx")
    told = filled(census, "分乡镇.xlsx")
    after = load_workbook(told["path"]).worksheets[0]
    assert [after.cell(row, 1).value for row in range(2, 13)] == [
        "一、青石镇", 1, 2, 3, "小计", "二、白鹭乡", 4, 5, 6, "小计", "合计",
    ]  # fmt: skip
    assert [after.cell(row, 5).value for row in (6, 11, 12)] == [68, 3, 71]
    theirs = read_back(census, told["path"], tmp_path)
    assert {each["township"] for each in theirs.values()} == {"青石镇", "白鹭乡"}


@pytest.mark.usefixtures("ledger")
def test_a_form_that_is_open_elsewhere_gets_a_dated_copy(census: Census, tmp_path: Path) -> None:
    told = filled(census, flat(tmp_path / "台账.xlsx"))
    target = Path(told["path"])
    target.unlink()
    (target / "open").mkdir(parents=True)  # what cannot be replaced, whoever runs the test
    ran = census("fill", "台账.xlsx")
    assert ran.code == 4 and len(ran.err.splitlines()) == 1
    (copy,) = [each for each in target.parent.iterdir() if each != target]
    assert copy.stem.startswith(target.stem) and copy.name in ran.err


@pytest.mark.usefixtures("ledger")
def test_what_openpyxl_would_lose_is_refused(census: Census, tmp_path: Path) -> None:
    from openpyxl.chart import BarChart

    book = load_workbook(flat(tmp_path / "图.xlsx"))
    book.worksheets[0].add_chart(BarChart(), "A20")
    book.save(tmp_path / "图.xlsx")
    assert "有图表，填写会丢失" in refused(census, "图.xlsx")


@pytest.mark.usefixtures("ledger")
def test_statistics_and_rosters_are_no_forms(census: Census, tmp_path: Path) -> None:
    for name, row, why in (
        ("花名册", ["序号", "姓名", "身份证号", "入党时间", "所在支部"], "人员花名册"),
        ("汇总表", ["乡镇", "企业数", "单独组建数", "联合组建数", "覆盖率"], "没有认出可填的表|统计表"),
    ):
        book = Workbook()
        assert book.active is not None
        book.active.append(row)
        book.save(tmp_path / f"{name}.xlsx")
        assert any(each in refused(census, f"{name}.xlsx") for each in why.split("|"))


def test_too_many_cards_ask_for_an_area(tmp_path: Path) -> None:
    from coverage_census.ingest.fill import cards, form
    from coverage_census.model.filling import FillRequest
    from coverage_census.model.organisation import Organisation

    crowd = tuple(Organisation(name=f"虚构第{number}厂") for number in range(cards.MOST + 1))
    request = FillRequest(path="卡.xlsx", file="卡.xlsx", organisations=crowd)
    told, content = form.fill(card(tmp_path / "卡.xlsx").read_bytes(), request)
    assert (told.refused, told.values["count"], content) == ("many_cards", 201, b"")


@pytest.mark.usefixtures("ledger")
def test_in_english(census: Census, tmp_path: Path) -> None:
    ran = census("fill", flat(tmp_path / "form.xlsx"), "--lang", "en")
    assert ran.code == 0
    assert "6 organisations filled in (Q2 2026, as of 2026-06-30)" in ran.out
    assert "personal data, which the ledger does not keep" in ran.out and "equal to the ledger" in ran.out
    ran = census("fill", "form.xlsx", "--csv")
    assert ran.out.lstrip("\ufeff").startswith('"sheet","column","heading","field","state","filled"')


@pytest.mark.usefixtures("ledger")
def test_several_tables_and_sheets_and_words_from_another_sheet(census: Census, tmp_path: Path) -> None:
    """Enterprises above, social organisations below them, and a sheet that only explains."""
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells("""
        | 一、非公有制企业情况表 | | | |
        | 序号 | 企业名称 | 所属乡镇 | 组建方式 | 党员总数 |
        | | | | | |
        | 合计 | | | | |
        | 二、社会组织情况表 | | | |
        | 序号 | 社会组织名称 | 社会组织类型 | 党组织组建形式 | 正式党员数 |
        | | | | | |
        | 合计 | | | | |
        """):
        sheet.append(row)
    words = book.create_sheet("选项")
    for number, word in enumerate(("独立组建", "企业联建", "挂靠"), start=1):
        words.cell(number, 1, word)
    sheet.add_data_validation(DataValidation("list", formula1="选项!$A$1:$A$3", sqref="D3:D7"))
    book.create_sheet("填表说明").append(["请如实填写，于月底前报送。"])
    book.save(tmp_path / "两张表.xlsx")
    told = filled(census, "两张表.xlsx", code=3)
    assert (told["organisations"], told["left_out"]) == (5, {"kind": 1})
    after = load_workbook(told["path"]).worksheets[0]
    column = [after.cell(row, 2).value for row in range(1, 13)]
    assert column[5] == "晨曦电子厂" or "晨曦电子厂" in column[2:6]
    assert "白鹭乡养蜂协会" in column[7:] and {after.cell(row, 4).value for row in range(3, 7)} >= {
        "独立组建",
        "企业联建",
    }
    assert load_workbook(told["path"]).sheetnames == ["Sheet", "选项", "填表说明"]
