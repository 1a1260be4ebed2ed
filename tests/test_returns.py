"""Return workbooks: what goes back, what people answer in it, and what the next ingest makes of that."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment

from coverage_census.ingest.grid import Grid
from coverage_census.ingest.jail import parent
from coverage_census.ingest.returned.answers import take_apart
from coverage_census.ingest.returned.hidden_sheet import HIDDEN, SIGN
from coverage_census.ledger import rounds
from coverage_census.model.annotation import Annotation, MarkOutcome, Wording
from coverage_census.model.rounds import Entry, EntryKind
from kit import Census, Workbook

SURVEY = """
| 文峰镇两新组织党建情况统计表（合成样例） | · | · | · | · | · | · | · |
| 填报单位：文峰镇 | | | | 截止日期：2026年6月30日 | | | |
| 序号 | 单位名称 | 统一社会信用代码 | 从业人员 | 党员情况 | · | · | 是否建立党组织 |
| · | · | · | · | 总数 | 正式 | 预备 | · |
| 1 | 文峰镇甲乙食品有限公司 | | 60 | 4 | 3 | 1 | 否 |
| 2 | 文峰镇丙丁建材有限公司 | 123 | 12 | 5 | 2 | 1 | 否 |
| 3 | 文峰镇戊己商贸有限公司 | | 5 | 0 | 若干 | 0 | 否 |
| 4 | 文峰镇庚辛机械有限公司 | | 30 | 40 | 40 | 0 | 是 |
| 合计 | | | 107 | 49 | 45 | 2 | |
"""
MERGES = {"企业": ["A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:H4"]}

Answers = Mapping[str, tuple[str | None, str | None, str | None]]
"""Place of a problem → what stands in 处理方式, 改正为, 说明."""


@pytest.fixture
def returned(workbook: Workbook, census: Census, tmp_path: Path) -> Path:
    """The survey, ingested; its return workbook."""
    workbook("文峰镇.xlsx", {"企业": SURVEY, "填表说明": "| 人数填数字 |"}, MERGES)
    assert census("ingest", "文峰镇.xlsx").code == 0
    return tmp_path / "returns" / "退回_文峰镇_2026年第二季度.xlsx"


def answer(path: Path, answers: Answers, change: Callable[[Any], None] | None = None) -> None:
    """What a person does in WPS: choose and type beside the problems, or in the sheet itself."""
    book = load_workbook(path)
    asked = book["问题清单"]
    places = {asked.cell(row, 3).value: row for row in range(6, asked.max_row + 1)}
    for place, typed in answers.items():
        for column, text in enumerate(typed, start=9):
            asked.cell(places[place], column).value = text
    if change:
        change(book)
    book.save(path)


def calculated(path: Path) -> None:
    """Formulas with their results, as WPS or Excel saves them; openpyxl writes none."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(b"</f><v></v>", b"</f><v>9</v>").replace(b"</f><v />", b"</f><v>9</v>"))


def listed(path: Path) -> list[list[Any]]:
    """问题清单 as rows, without its headings."""
    return [[cell.value for cell in row] for row in load_workbook(path)["问题清单"].iter_rows(min_row=6)]


def log(folder: Path, number: int = -1) -> tuple[Entry, ...]:
    """The correction log of a round."""
    ledger = folder / "ledger"
    return rounds.entries(ledger, rounds.all_rounds(ledger)[number])


def exported(census: Census) -> dict[str, dict[str, Any]]:
    lines = census("export").out.splitlines()
    return {each["name"]: each for each in map(json.loads, lines)}


CLEAN: Answers = {
    "企业!E6": ("改正", "3", "多录了两名"),
    "企业!F7": ("改正", "0", None),
    "企业!E8": ("改正", "4", None),
    "企业!F8": ("改正", "4", None),
    "企业!C6": ("属实", None, "代码正在补办"),
}


def test_the_loop_closes(returned: Path, census: Census, tmp_path: Path) -> None:
    """Dirty workbook → return workbook → a person's answers → clean, and the log says who changed what."""

    def totals(book: Any) -> None:
        book["企业"]["E9"], book["企业"]["F9"] = 11, 9

    places = {row[2] for row in listed(returned)}
    answer(returned, {place: typed for place, typed in CLEAN.items() if place in places}, totals)
    sheet = load_workbook(returned)
    sheet["企业"]["F8"] = 4
    sheet.save(returned)

    ran = census("ingest", returned)

    assert ran.code == 0, ran.out
    assert "通过" in ran.out, ran.out
    assert "更正 3 处，属实 1 处" in ran.out
    now = exported(census)
    assert now["文峰镇丙丁建材有限公司"]["members_total"] == 3
    assert now["文峰镇戊己商贸有限公司"]["members_formal"] == 0
    corrected = [each for each in log(tmp_path) if each.kind is EntryKind.CORRECTION]
    told = [(each.subject.name if each.subject else "", each.field, each.old, each.new) for each in corrected]
    assert told == [
        ("文峰镇丙丁建材有限公司", "members_total", 5, 3),
        ("文峰镇戊己商贸有限公司", "members_formal", None, 0),
        ("文峰镇庚辛机械有限公司", "members_total", 40, 4),
    ]
    assert corrected[0].reason == "多录了两名"
    assert corrected[0].who.startswith("退回_文峰镇_2026年第二季度.xlsx!问题清单!I")
    assert corrected[0].when == "2026-11-21T01:00:00+00:00"


def test_the_senders_workbook_stays_as_it_was(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    """Values, layout, merges, hidden rows, own comments and further sheets; a name such as =1+1 stays a text."""
    path = workbook("文峰镇.xlsx", {"企业": SURVEY, "问题清单": "| 乡镇自己的一张表 |"}, MERGES)
    book = load_workbook(path)
    sheet = book["企业"]
    sheet["B8"].value, sheet["B8"].data_type = "=1+1", "s"
    sheet["E6"].comment = Comment("待核实", "经办人")
    sheet.row_dimensions[7].hidden, sheet.column_dimensions["B"].width = True, 31
    sheet["XFD9"].number_format = "0.00"  # styled, empty
    sheet.freeze_panes = "C5"
    book.save(path)
    census("ingest", path)

    made = load_workbook(tmp_path / "returns" / "退回_文峰镇_2026年第二季度.xlsx")

    assert made.sheetnames == ["问题清单1", "企业", "问题清单", "_census"]
    assert made["_census"].sheet_state == "hidden"
    kept, before = made["企业"], load_workbook(path)["企业"]
    for row in before.iter_rows(max_col=8):
        for cell in row:
            assert kept[cell.coordinate].value == cell.value
            assert kept[cell.coordinate].fill.fgColor.rgb == cell.fill.fgColor.rgb
    assert {str(area) for area in before.merged_cells.ranges} < {str(area) for area in kept.merged_cells.ranges}
    assert kept["B8"].data_type == "s"
    assert (kept.row_dimensions[7].hidden, kept.column_dimensions["B"].width, kept.freeze_panes) == (True, 31, "C5")
    assert kept["I3"].value == "核验意见"
    assert kept.auto_filter.ref == "A4:I9"
    assert kept["E6"].comment.text.startswith("待核实\n")
    assert "【必改】正式党员 2 名" in kept["E6"].comment.text
    marked = {str(each.sqref) for each in kept.conditional_formatting}
    assert marked == {"C6", "E6 E8 F7"}
    place = made["问题清单1"]["C7"]
    assert (place.value, place.hyperlink.location) == ("企业!E6", "'企业'!E6")
    assert [each[3] for each in listed_in(made["问题清单1"])][-1] == "=1+1"


def listed_in(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]


def test_sent_back_unanswered_it_says_nothing_new(returned: Path, census: Census) -> None:
    assert "没有变化" in census("ingest", returned).out


def test_rows_may_move_and_cells_be_corrected_in_the_sheet(returned: Path, census: Census, tmp_path: Path) -> None:
    def insert(book: Any) -> None:
        sheet = book["企业"]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(5)
        for column, value in enumerate((0, "文峰镇壬癸养殖有限公司", None, 3, 0, 0, 0, "否"), start=1):
            sheet.cell(5, column).value = value
        sheet["F8"] = 0  # 若干 stood here, in row 7 then

    answer(returned, {"企业!E6": ("改正", "3", None)}, insert)
    census("ingest", returned)
    now = exported(census)
    assert now["文峰镇丙丁建材有限公司"]["members_total"] == 3
    assert now["文峰镇戊己商贸有限公司"]["members_formal"] == 0
    assert len(now) == 5
    assert [each.field for each in log(tmp_path)] == ["members_total"]


def test_answers_that_cannot_be_taken_are_located(returned: Path, census: Census) -> None:
    def edit(book: Any) -> None:
        book["企业"]["E8"] = 29

    typed: Answers = {
        "企业!E6": ("属实", None, "就是这样"),  # an error
        "企业!F7": ("改正", None, None),
        "企业!E8": ("改正", "28", None),
        "企业!C6": ("再说", None, None),
    }
    answer(returned, typed, edit)
    ran = census("check", returned, "--json")
    found = {
        each["code"]: each["cell"] for each in json.loads(ran.out)["files"][0]["problems"] if "answer" in each["code"]
    }
    assert found == {
        "answer_unclear": "I6",
        "answer_not_enough": "I7",
        "answer_without_value": "J8",
        "answer_conflicts": "J9",
    }
    assert ran.code == 3


def test_an_original_sent_again_undoes_no_correction(returned: Path, census: Census, tmp_path: Path) -> None:
    answer(returned, {"企业!E6": ("改正", "3", None)})
    census("ingest", returned)
    book = load_workbook(tmp_path / "文峰镇.xlsx")
    book["企业"]["D5"] = 61  # something else is new; E6 still says 5
    book.save(tmp_path / "文峰镇2.xlsx")
    told = census("ingest", tmp_path / "文峰镇2.xlsx", "--json").out
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 3
    notes = [each for each in json.loads(told)["files"][0]["problems"] if each["code"] == "correction_stands"]
    assert [(each["cell"], each["level"]) for each in notes] == [("E6", "note")]

    book["企业"]["E6"] = 7
    book.save(tmp_path / "文峰镇3.xlsx")
    told = census("ingest", tmp_path / "文峰镇3.xlsx", "--json").out
    assert "correction_overtaken" in told
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 7
    assert [(each.kind, each.old, each.new) for each in log(tmp_path)] == [(EntryKind.OVERTAKEN, 3, 7)]

    book["企业"]["E6"] = 5  # now it is meant
    book.save(tmp_path / "文峰镇4.xlsx")
    census("ingest", tmp_path / "文峰镇4.xlsx")
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 5


def test_a_confirmed_warning_is_silent_until_its_value_changes(returned: Path, census: Census, tmp_path: Path) -> None:
    def codes(path: Path) -> list[str]:
        return [each["code"] for each in json.loads(census("ingest", path, "--json").out)["files"][0]["problems"]]

    answer(returned, {"企业!C6": ("属实", None, "正在补办")})
    assert "uscc_length" not in codes(returned)
    book = load_workbook(tmp_path / "文峰镇.xlsx")
    book["企业"]["D5"] = 61
    book.save(tmp_path / "再报.xlsx")
    assert "uscc_length" not in codes(tmp_path / "再报.xlsx")
    book["企业"]["C6"] = "1234"
    book.save(tmp_path / "三报.xlsx")
    assert "uscc_length" in codes(tmp_path / "三报.xlsx")


def test_a_second_return_carries_no_marks_of_the_first(returned: Path, census: Census, tmp_path: Path) -> None:
    answer(returned, {"企业!E6": ("改正", "3", None)}, lambda book: book["企业"].__setitem__("F7", 0))
    ran = census("ingest", returned)
    assert str(tmp_path / "returns" / "退回_文峰镇_2026年第二季度_2.xlsx") in ran.out
    made = load_workbook(tmp_path / "returns" / "退回_文峰镇_2026年第二季度_2.xlsx")
    assert made.sheetnames == ["问题清单", "企业", "填表说明", "_census"]
    assert {str(each.sqref) for each in made["企业"].conditional_formatting} == {"C6 E9", "E8"}
    assert made["企业"]["F7"].comment is None
    assert made["企业"]["I7"].value is None
    assert made["企业"]["J3"].value is None


def test_a_csv_gets_the_list_alone_and_its_answers_reach_the_ledger(census: Census, tmp_path: Path) -> None:
    survey = "单位名称,所属乡镇,从业人员,党员总数,正式党员,预备党员\n"
    survey += "文峰镇甲乙食品有限公司,文峰镇,60,5,2,1\n文峰镇丙丁建材有限公司,文峰镇,12,2,2,0\n"
    (tmp_path / "文峰镇.csv").write_text(survey, encoding="utf-8")
    ran = census("ingest", tmp_path / "文峰镇.csv", "--as-of", "2026-03-31")
    path = tmp_path / "returns" / "退回_文峰镇_2026年第一季度.xlsx"
    assert f"退回表（只有问题清单，原件不是 .xlsx，不能在上面标注）：{path}" in ran.out
    assert load_workbook(path).sheetnames == ["问题清单", "_census"]

    answer(path, {"Sheet1!D2": ("改正", "3", "已查档案，13800000000")})
    renamed = path.rename(tmp_path / "改好了.xlsx")
    ran = census("ingest", renamed)

    assert "更正 1 处" in ran.out, ran.out + ran.err
    first, second = json.loads(census("rounds", "--json").out)
    assert first["as_of"] == second["as_of"] == "2026-03-31"  # answers report nothing newer
    now = exported(census)
    assert now["文峰镇甲乙食品有限公司"]["members_total"] == 3
    assert now["文峰镇甲乙食品有限公司"]["employees"] == 60
    (entry,) = log(tmp_path)
    assert (entry.old, entry.new) == (5, 3)
    assert "〔已隐去〕" in (entry.reason or "") and "13800000000" not in repr(entry)
    assert "没有变化" in census("ingest", renamed).out


def drawn(path: Path, book: Any, sheet: Any) -> None:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Sheet1!$C$2:$C$3"})
    sheet.insert_chart("H2", chart)


def pictured(path: Path, book: Any, sheet: Any) -> None:
    sheet.insert_textbox("H2", "盖章处")


@pytest.mark.parametrize("draw", [drawn, pictured])
def test_what_a_copy_would_lose_goes_back_as_a_list(draw: Any, census: Census, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "文峰镇.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["单位名称", "所属乡镇", "从业人员", "党员总数", "正式党员", "预备党员"])
        sheet.write_row(1, 0, ["文峰镇甲乙食品有限公司", "文峰镇", 60, 5, 2, 1])
        sheet.write_row(2, 0, ["文峰镇丙丁建材有限公司", "文峰镇", 12, 2, 2, 0])
        draw(tmp_path, book, sheet)
    ran = census("ingest", tmp_path / "文峰镇.xlsx")
    assert "标注会丢失" in ran.out
    assert load_workbook(tmp_path / "returns" / "退回_文峰镇_2026年第四季度.xlsx").sheetnames == ["问题清单", "_census"]


def test_clean_files_and_no_returns_make_none(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    path = workbook("文峰镇.xlsx", {"企业": SURVEY}, MERGES)
    ran = census("ingest", path, "--no-returns")
    assert "退回表" not in ran.out
    assert not (tmp_path / "returns").exists()


def test_in_english_too(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    workbook("文峰镇.xlsx", {"企业": SURVEY}, MERGES)
    census("ingest", "文峰镇.xlsx", "--lang", "en")
    path = tmp_path / "returns" / "return_文峰镇_Q2 2026.xlsx"
    book = load_workbook(path)
    book["Problems"]["I7"], book["Problems"]["J7"] = "Correct", 3
    book.save(path)
    assert "1 corrections" in census("ingest", path, "--lang", "en").out


def test_nothing_personal_stands_in_the_list(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    survey = SURVEY.replace("| 是否建立党组织 |", "| 是否建立党组织 | 书记姓名 | 联系电话 |")
    survey = survey.replace("| 3 | 1 | 否 |", "| 3 | 1 | 否 | 赵虚构 | 13800000000 |")
    workbook("文峰镇.xlsx", {"企业": survey})
    census("ingest", "文峰镇.xlsx")
    made = load_workbook(tmp_path / "returns" / "退回_文峰镇_2026年第二季度.xlsx")
    for name in ("问题清单", "_census"):
        text = repr([[cell.value for cell in row] for row in made[name].iter_rows()])
        assert "赵虚构" not in text and "13800000000" not in text


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_calculates_its_formulas(returned: Path, census: Census, tmp_path: Path) -> None:
    """What a clerk's office program saves again is read again; a formula keeps its result that way."""
    answer(returned, {"企业!E6": ("改正", "3", None)}, lambda book: book["企业"].__setitem__("F7", "=1-1"))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    saved = tmp_path / "saved"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(returned)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ran = census("ingest", saved / returned.name)
    assert "更正 1 处" in ran.out, ran.out + ran.err
    now = exported(census)
    assert now["文峰镇丙丁建材有限公司"]["members_total"] == 3
    assert now["文峰镇戊己商贸有限公司"]["members_formal"] == 0


def test_a_column_of_that_name_of_their_own_is_data(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    survey = SURVEY.replace("| 是否建立党组织 |", "| 是否建立党组织 | 核验意见 |").replace(
        "| 3 | 1 | 否 |", "| 3 | 1 | 否 | 属实 |"
    )
    path = workbook("文峰镇.xlsx", {"企业": survey}, {"企业": MERGES["企业"][1:]})
    census("ingest", path)
    made = tmp_path / "returns" / "退回_文峰镇_2026年第二季度.xlsx"
    sheet = load_workbook(made)["企业"]
    assert (sheet["I3"].value, sheet["I5"].value, sheet["J3"].value) == ("核验意见", "属实", "核验意见*")
    assert "没有变化" in census("ingest", made).out


def test_a_form_card_is_marked_and_answered_too(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    card = """
    | 社会组织党建情况登记卡 | | | | | |
    | 社会组织名称 | 云溪镇茶叶协会 | 社会组织类型 | 社会团体 | 社会组织住所 | 老街8号 |
    | 党组织是否建立 | 否 | 社会组织专职人员数 | 3 | 党员总数 | 2 |
    | | | | | | |
    | 社会组织名称 | 云溪幼儿园 | 社会组织类型 | 民非 | 社会组织住所 | |
    | 党组织是否建立 | 否 | 从业人员 | 4 | 党员总数 | 9 |
    """
    path = workbook("登记卡.xlsx", {"登记卡": card})
    census("ingest", path)
    made = tmp_path / "returns" / "退回_登记卡_2026年第四季度.xlsx"
    assert [row[2:4] for row in listed(made)] == [["登记卡!F6", "云溪幼儿园"]]
    answer(made, {"登记卡!F6": ("改正", "2", None)})
    ran = census("ingest", made)
    assert "通过" in ran.out, ran.out
    told = [(each.subject.name if each.subject else "", each.field, each.old, each.new) for each in log(tmp_path)]
    assert told == [("云溪幼儿园", "members_total", 9, 2)]


def test_cards_beside_each_other_are_not_mixed_up(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    """They stand in the same row; the correction belongs to one of them, now and when the same sheet comes again."""
    cards = """
    | 单位名称 | 晨曦电子厂 | | 单位名称 | 新月纺织厂 |
    | 从业人员 | 12 | | 从业人员 | 15 |
    | 党员总数 | 3 | | 党员总数 | 20 |
    | 是否建立党组织 | 是 | | 是否建立党组织 | 否 |
    | 组建方式 | 单独 | | 组建方式 | |
    """
    path = workbook("卡片.xlsx", {"卡片": cards})
    census("ingest", path)
    made = tmp_path / "returns" / "退回_卡片_2026年第四季度.xlsx"
    assert [row[2:4] for row in listed(made)] == [["卡片!E3", "新月纺织厂"]]
    answer(made, {"卡片!E3": ("改正", "2", None)})
    census("ingest", made)
    now = exported(census)
    assert [now[name]["members_total"] for name in ("晨曦电子厂", "新月纺织厂")] == [3, 2]
    (entry,) = log(tmp_path)
    assert (entry.subject.name if entry.subject else None, entry.old, entry.new) == ("新月纺织厂", 20, 2)
    workbook("卡片.xlsx", {"卡片": cards.replace("组建方式 | 单独", "组建方式 | 联合")})
    again = census("ingest", path, "--json")
    assert "correction_stands" in [each["code"] for each in json.loads(again.out)["files"][0]["problems"]]
    now = exported(census)
    assert [now[name]["members_total"] for name in ("晨曦电子厂", "新月纺织厂")] == [3, 2]
    assert now["晨曦电子厂"]["org_form"] == "joint"


def test_a_formula_that_gives_another_figure_now_contradicts_the_list(
    workbook: Workbook, census: Census, tmp_path: Path
) -> None:
    """Somebody mends the sheet, or its parts, and writes something else into the list: nobody guesses."""
    path = workbook("白云镇.xlsx", "| 企业名称 | 从业人员 | 党员 |\n| 白云茶厂 | 5 | 9 |\n| 白云酒厂 | 5 | 1 |")
    book = load_workbook(path)
    book.worksheets[0]["C2"] = "=C3*9"
    book.save(path)
    calculated(path)
    census("ingest", path)
    made = tmp_path / "returns" / "退回_白云镇_2026年第四季度.xlsx"

    def typed(book: Any) -> None:
        book["Sheet1"]["C2"] = 4

    answer(made, {"Sheet1!C2": ("改正", "3", None)}, typed)
    problems = json.loads(census("check", made, "--json").out)["files"][0]["problems"]
    assert [(each["code"], each["sheet"], each["cell"]) for each in problems if each["level"] == "error"] == [
        ("answer_conflicts", "问题清单", "J6")
    ]
    answer(made, {"Sheet1!C2": ("改正", "4", None)})
    assert census("check", made).code == 0


def test_a_sheet_with_a_number_in_its_name_is_found_again(workbook: Workbook, census: Census, tmp_path: Path) -> None:
    """The number is invented; in the sender's own workbook the sheet keeps its name."""
    named = "张会计13800001234"
    first = "| 企业名称 | 从业人员 | 党员 |\n| 白云茶厂 | 5 | 9 |"
    path = workbook("白云镇.xlsx", {"说明": "| 请逐家填写 |", named: first})
    census("ingest", path)
    made = tmp_path / "returns" / "退回_白云镇_2026年第四季度.xlsx"
    book = load_workbook(made)
    assert marked(book[named]) == {"C2"}
    (line,) = listed(made)
    assert "13800001234" not in line[2]
    assert book["问题清单"]["C6"].hyperlink.location == f"'{named}'!C2"
    answer(made, {line[2]: ("改正", "4", None)})
    census("ingest", made)
    assert exported(census)["白云茶厂"]["members_total"] == 4
    (entry,) = log(tmp_path)
    assert (entry.old, entry.new) == (9, 4)


def test_check_reads_the_answers_too(returned: Path, census: Census) -> None:
    answer(returned, {"企业!E6": ("改正", "3", None), "企业!C6": ("属实", None, "正在补办")})
    ran = census("check", returned, "--json")
    codes = [each["code"] for each in json.loads(ran.out)["files"][0]["problems"]]
    assert "members_sum" not in codes and "uscc_length" not in codes


@given(st.data())
def test_a_mangled_hidden_sheet_harms_nobody(data: st.DataObject) -> None:
    """Whatever stands in it, the reader answers; nothing of it is trusted."""
    cells = (
        st.none()
        | st.text(max_size=6)
        | st.integers(-9, 99_999)
        | st.floats(allow_nan=False)
        | st.sampled_from(REMEMBERED)
    )
    hidden: list[list[Any]] = [[SIGN, 1], *(data.draw(st.lists(cells, max_size=14)) for _ in range(12))]
    answers: list[list[Any]] = [*[[None]] * 5, *(data.draw(st.lists(cells, max_size=12)) for _ in range(4))]
    sheet: list[list[Any]] = [["单位名称", "正式"], ["甲", 3]]
    grids = [Grid("问题清单", squared(answers)), Grid("企业", squared(sheet)), Grid(HIDDEN, squared(hidden))]
    take_apart(grids, "a.xlsx")


REMEMBERED = (
    "list",
    "whole",
    "0",
    "1",
    "问题清单",
    "企业",
    "B2",
    "A1",
    "ZZ99",
    "error",
    "warning",
    "改正",
    "属实",
    "甲",
    "corrected",
)


def squared(rows: list[list[Any]]) -> list[list[Any]]:
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


def annotation(sha256: str | None) -> Annotation:
    text = dict.fromkeys(("list_name", "title", "opinion", "corrected", "confirmed", "how", "colon", "between"), "甲")
    words = Wording(**text, guidance=(), headings=("甲",) * 11)
    return Annotation(original="文峰镇.xlsx", sha256=sha256, round="2026年第一季度", words=words, lines=(), headers={})


def test_a_file_that_changed_meanwhile_goes_back_as_a_list(workbook: Workbook) -> None:
    path = workbook("文峰镇.xlsx", {"企业": SURVEY})
    (answer,) = parent.annotate([(path, annotation("0" * 64))])
    assert answer is not None
    assert answer[0] == MarkOutcome(whole=False, why="refused")


def test_a_child_that_dies_of_one_workbook_makes_the_others(workbook: Workbook, tmp_path: Path) -> None:
    """What dies with the workbook is made without it; what dies even so is left out."""
    child = """
import json, os, sys
from coverage_census.model.annotation import MarkOutcome
from coverage_census.ingest import wire as frames
out = sys.stdout.buffer
out.write(frames.HELLO); out.flush()
sys.stdin.buffer.readline()
for line in sys.stdin.buffer:
    asked = json.loads(line)
    if "deadly" in str(asked["path"]) or "never" in asked["annotation"]:
        os._exit(1)
    frames.send_return(out, MarkOutcome(whole=asked["path"] is not None), b"made")
"""
    never = annotation(None).model_copy(update={"original": "never"})
    jobs = [(tmp_path / "a", annotation(None)), (tmp_path / "deadly", annotation(None)), (tmp_path / "b", never)]
    jobs.append((tmp_path / "c", annotation(None)))
    found = [each and each[0].whole for each in parent.annotate(jobs, (sys.executable, "-c", child))]
    assert found == [True, False, None, True]


def test_undoing_the_round_undoes_the_correction(returned: Path, census: Census, tmp_path: Path) -> None:
    answer(returned, {"企业!E6": ("改正", "3", None)})
    census("ingest", returned)
    assert census("undo", "2").code == 0
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 5
    book = load_workbook(tmp_path / "文峰镇.xlsx")
    book["企业"]["D5"] = 61
    book.save(tmp_path / "再报.xlsx")
    census("ingest", tmp_path / "再报.xlsx")
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 5


def marked(sheet: Any) -> set[str]:
    """The cells with our tint."""
    areas = [str(each.sqref) for each in sheet.conditional_formatting]
    return {cell.coordinate for area in " ".join(areas).split() for row in _cells(sheet[area]) for cell in row}


def _cells(area: Any) -> Any:
    return area if isinstance(area, tuple) else ((area,),)


def test_every_cell_is_marked_and_asked_about_however_many_are_wrong(
    workbook: Workbook, census: Census, tmp_path: Path
) -> None:
    rows = "\n".join(f"| 第{n}电子厂 | {n} | {n + 1} |" for n in range(1, 41))
    workbook("石桥乡.xlsx", "| 企业名称 | 从业人员 | 党员 |\n" + rows)
    census("ingest", "石桥乡.xlsx")
    back = tmp_path / "returns" / "退回_石桥乡_2026年第四季度.xlsx"
    sheet = load_workbook(back)["Sheet1"]
    expected = {f"C{row}" for row in range(2, 42)}
    assert marked(sheet) == expected
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == expected
    assert all(sheet.cell(row, 4).value for row in range(2, 42))
    assert [row[2] for row in listed(back)] == [f"Sheet1!C{row}" for row in range(2, 42)]


def test_a_mistake_of_a_whole_column_is_one_line_and_marked_at_each_of_its_cells(
    workbook: Workbook, census: Census, tmp_path: Path
) -> None:
    rows = "\n".join(f"| 第{n}电子厂 | {n} | {'若干' if n % 4 else 1} |" for n in range(1, 21))
    workbook("石桥乡.xlsx", "| 企业名称 | 从业人员 | 党员 |\n" + rows)
    census("ingest", "石桥乡.xlsx")
    back = tmp_path / "returns" / "退回_石桥乡_2026年第四季度.xlsx"
    assert [row[2] for row in listed(back)] == ["Sheet1!C2"]
    sheet = load_workbook(back)["Sheet1"]
    assert marked(sheet) == {f"C{n + 1}" for n in range(1, 21) if n % 4}
    assert all(bool(sheet.cell(n + 1, 4).value) == bool(n % 4) for n in range(1, 21))
