"""The 销号台账: what it holds, and what is read back of it when somebody has filled it in, or spoilt it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kit import Census, Workbook
from tasks_case import ONE, everything, sheet, tasks

HEAD_ROW, FIRST = 3, 4
COLUMNS = {"id": 1, "name": 3, "state": 8, "answer": 9, "evidence": 10, "owner": 11, "due": 12}


@pytest.fixture
def county(census: Census, workbook: Workbook) -> Census:
    assert census("ingest", workbook("一.xlsx", sheet(ONE)), "--as-of", "2026-09-30", "--no-returns").code == 0
    return census


@pytest.fixture
def book(county: Census, tmp_path: Path) -> Path:
    assert county("tasks", "--xlsx", "--out", "out").code == 0
    return tmp_path / "out" / "销号台账.xlsx"


def edit(book: Path, change: Callable[[Any], None], name: str = "填好.xlsx") -> Path:
    """What somebody does to the sheet."""
    opened = load_workbook(book)
    change(opened.worksheets[0])
    path = book.with_name(name)
    opened.save(path)
    return path


def row_of(sheet: Any, task: str) -> int:
    return next(row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == task)


def fill(task: str, **cells: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for key, value in cells.items():
            sheet.cell(row_of(sheet, task), COLUMNS[key]).value = value

    return change


def test_every_task_stands_in_it_with_a_list_to_pick_from(county: Census, book: Path) -> None:
    opened = load_workbook(book).worksheets[0]
    heads = [cell.value for cell in opened[HEAD_ROW]]
    assert heads[:3] == ["任务编号", "乡镇（街道）", "单位名称"] and heads[8:] == [
        "处理",
        "佐证（或理由）",
        "改派责任单位",
        "改期",
    ]
    assert {opened.cell(row, 1).value for row in range(FIRST, opened.max_row + 1)} == {
        each["id"] for each in tasks(county).values()
    }
    lists = [each.formula1 for each in opened.data_validations.dataValidation if each.type == "list"]
    assert lists == ['"已办结,办理中,未办,作废,重新打开"']
    assert all(str(cell.data_type) != "f" for line in opened.iter_rows() for cell in line)


def test_a_blank_sheet_read_back_changes_nothing(county: Census, book: Path) -> None:
    ran = county("tasks", "--read", book)
    assert ran.code == 0 and "没有变化" in ran.out
    assert len(json.loads(county("rounds", "--json").out)) == 1


def test_answers_become_entries_once(county: Census, book: Path) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    filled = edit(book, fill(task, answer="已办结", evidence="批复3号"))
    ran = county("tasks", "--read", filled, "--who", "总工会", "--json")
    assert ran.code == 0 and json.loads(ran.out)["problems"] == []
    found = everything(county)["union 白鹭渡茶厂"]
    assert (found["state"], found["evidence"], found["history"][-1]["who"]) == ("done", "批复3号", "总工会")
    ran = county("tasks", "--read", filled)
    assert ran.code == 0 and "没有变化" in ran.out


ANSWERS = """
| 处理     | 佐证 | 改派     | 改期       | 状态        | 归谁       | 期限       |
| 已办结   | 有   |          |            | done        | 文峰镇党委 |            |
| done     | 有   |          |            | done        | 文峰镇党委 |            |
| 作废     | 有   |          |            | void        | 文峰镇党委 |            |
| 办理中   |      |          |            | in_progress | 文峰镇党委 |            |
| 办 理 中 |      | 县总工会 | 2026-12-01 | in_progress | 县总工会   | 2026-12-01 |
| 未办     |      |          | 2026/12/01 | open        | 文峰镇党委 | 2026-12-01 |
|          |      | 县总工会 |            | open        | 县总工会   |            |
| 重新打开 |      |          |            | open        | 文峰镇党委 |            |
"""


@pytest.mark.parametrize("line", ANSWERS.strip().splitlines()[1:])
def test_what_an_answer_comes_to(county: Census, book: Path, line: str) -> None:
    answer, evidence, owner, due, state, whose, until = (each.strip() or None for each in line.strip("|").split("|"))
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    filled = edit(book, fill(task, answer=answer, evidence=evidence, owner=owner, due=due))
    assert county("tasks", "--read", filled).code == 0
    found = everything(county)["union 白鹭渡茶厂"]
    assert (found["state"], found["owner"], found["due"]) == (state, whose, until)


def test_a_day_typed_as_a_day_is_read_as_one(county: Census, book: Path) -> None:
    from datetime import date

    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    assert county("tasks", "--read", edit(book, fill(task, due=date(2026, 12, 5)))).code == 0
    assert tasks(county)["union 白鹭渡茶厂"]["due"] == "2026-12-05"


def test_a_day_is_read_in_every_form_that_clerks_write(county: Census, book: Path) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    for month, typed in enumerate(
        ("2027/1/2", "2027年2月2日", "２０２７．３．２", "二〇二七年四月二日", "27.5.2", "20270602"), 1
    ):
        assert county("tasks", "--read", edit(book, fill(task, due=typed))).code == 0
        assert tasks(county)["union 白鹭渡茶厂"]["due"] == f"2027-{month:02}-02", typed
    county("tasks", "--read", edit(book, fill(task, due="2027年第三季度")))
    assert tasks(county)["union 白鹭渡茶厂"]["due"] == "2027-09-30"


SPOILT = """
| 处理   | 佐证 | 改期       | 问题                  | 说什么     |
| 已办接 | 有   |            | task_unknown_answer   | 不认识     |
| 已办结 |      |            | task_without_evidence | 没有写佐证 |
| 作废   |      |            | task_without_evidence | 没有写佐证 |
|        |      | 2020-01-01 | task_bad_due          | 改期       |
|        |      | 近期       | task_bad_due          | 改期       |
"""


@pytest.mark.parametrize("line", SPOILT.strip().splitlines()[1:])
def test_a_line_that_cannot_be_taken_is_named_and_the_others_are_taken(
    county: Census,
    book: Path,
    line: str,
) -> None:
    answer, evidence, due, code, says = (each.strip() or None for each in line.strip("|").split("|"))
    found = tasks(county)
    bad, good = found["union 白鹭渡茶厂"]["id"], found["union 青石坡木业公司"]["id"]

    def change(sheet: Any) -> None:
        fill(bad, answer=answer, evidence=evidence, due=due)(sheet)
        fill(good, answer="已办结", evidence="批复")(sheet)

    ran = county("tasks", "--read", edit(book, change), "--json")
    made = json.loads(ran.out)
    assert ran.code == 3 and [each["code"] for each in made["problems"]] == [code]
    assert made["problems"][0]["cell"] and made["problems"][0]["sheet"] == "销号台账"
    after = everything(county)
    assert after["union 白鹭渡茶厂"]["state"] == "open" and after["union 青石坡木业公司"]["state"] == "done"
    assert (
        says and says in county("tasks", "--read", edit(book, fill(bad, answer=answer, evidence=evidence, due=due))).out
    )


def test_ids_that_were_changed_slipped_or_stand_twice(county: Census, book: Path) -> None:
    found = tasks(county)
    tea, wood = found["union 白鹭渡茶厂"]["id"], found["union 青石坡木业公司"]["id"]
    party = found["formation 青石坡木业公司"]["id"]

    def change(sheet: Any) -> None:
        for task in (tea, wood, party):
            fill(task, answer="已办结", evidence="有")(sheet)
        row = row_of(sheet, tea)
        sheet.cell(row, 1).value = "union-22222222"  # another ledger's
        sheet.cell(row_of(sheet, wood), 3).value = "松涛岭厂"  # a slipped column
        last = sheet.max_row + 1
        for column, value in ((1, party), (3, "青石坡木业公司"), (9, "作废"), (10, "有")):
            sheet.cell(last, column).value = value

    ran = county("tasks", "--read", edit(book, change), "--json")
    made = json.loads(ran.out)
    assert (ran.code, made["round"], made["entries"]) == (3, None, [])
    assert [each["code"] for each in made["problems"]] == ["task_unknown_id", "task_other_name", "task_contradicts"]
    assert {each["state"] for each in tasks(county).values()} == {"open"}


def test_rows_that_were_deleted_say_nothing(county: Census, book: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.delete_rows(FIRST, sheet.max_row)

    assert county("tasks", "--read", edit(book, change)).code == 0
    assert len(tasks(county)) == 3


def test_a_workbook_that_is_no_ledger_of_tasks(county: Census, workbook: Workbook) -> None:
    ran = county("tasks", "--read", workbook("别的.xlsx", sheet(ONE)))
    assert ran.code == 3 and "没有变化" in ran.out
    assert county("tasks", "--read", "没有.xlsx").code == 1


def test_names_that_look_like_formulas_stay_texts(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    rows = "| +茶厂 | | 样例县 | 文峰镇 | 8 | 0 | 0 | 否 | | 否 |"
    census("ingest", workbook("一.xlsx", sheet(rows)), "--no-returns")
    (task,) = (each["id"] for each in tasks(census).values())
    census("tasks", "--done", task, "--evidence", "=HYPERLINK(1)")
    assert census("tasks", "--xlsx", "--html", "--out", "out").code == 0
    opened = load_workbook(tmp_path / "out" / "销号台账.xlsx").worksheets[0]
    assert all(str(cell.data_type) != "f" for line in opened.iter_rows() for cell in line)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_wall_chart_is_one_page_that_loads_nothing(county: Census, tmp_path: Path, lang: str) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    county("tasks", "--done", task, "--evidence", "<b>批复</b>")
    assert county("tasks", "--html", "--lang", lang, "--out", "out").code == 0
    (page,) = (tmp_path / "out").glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "src=" not in text.replace("img-src", "") and "http" not in text.replace("http-equiv", "")
    assert "&lt;b&gt;批复" in text and "<b>批复" not in text
    assert "青石坡木业公司" in text and "文峰镇党委" in text and "33.3%" in text


def test_the_english_sheet_is_read_back_too(county: Census, tmp_path: Path) -> None:
    assert county("tasks", "--xlsx", "--lang", "en", "--out", "out").code == 0
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    filled = edit(tmp_path / "out" / "tasks.xlsx", fill(task, answer="in progress", owner="县总工会"))
    ran = county("tasks", "--read", filled, "--json")
    assert ran.code == 0 and json.loads(ran.out)["problems"] == []
    assert tasks(county)["union 白鹭渡茶厂"]["state"] == "in_progress"


def test_a_kept_plan_says_how_a_task_is_to_be_closed(county: Census) -> None:
    assert county("plan", "mass", "--keep", "--name", "群团方案").code == 0
    found = tasks(county)["union 白鹭渡茶厂"]
    assert (found["state"], found["history"][-1]["value"]) == ("planned", "群团方案")
    county("tasks", "--assign", found["id"], "--step", "办理中")
    assert tasks(county)["union 白鹭渡茶厂"]["state"] == "in_progress"
