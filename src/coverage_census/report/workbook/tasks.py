"""Tasks in; the 销号台账 as a sheet, or as a workbook of its own, out: what is to be done, and columns to answer in."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from coverage_census.files import xlsx
from coverage_census.model.task import Task
from coverage_census.report.workbook import sheets
from coverage_census.report.workbook.sheets import SheetNames
from coverage_census.report.workbook.styles import WorkbookStyles
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLE, HOW, HEAD, FIRST = range(4)  # rows, 0-based
_A3 = 8
_TOLD = {"id": 18, "township": 12, "name": 30, "what": 18, "why": 44, "owner": 20, "due": 12, "state": 10}
_ASKED = {"answer": 12, "evidence": 34, "new_owner": 20, "new_due": 14}
_ANSWERS = ("done", "in_progress", "open", "void", "opened")
_INPUT = {"bg_color": "#FFF8E5", "border": 1, "border_color": "#A6A6A6", "font_name": "宋体", "font_size": 10}
_LATE = {"bg_color": "#F8CBAD", "font_color": "#9C0006"}


def workbook(tasks: Sequence[Task], words: Words, today: date, made_at: datetime) -> bytes:
    """By themselves, to be filled in and sent back."""
    sink = io.BytesIO()
    with xlsx.workbook(sink, "tasks") as book:
        book.set_properties({"title": words("tasks.sheet.title"), "created": made_at.replace(tzinfo=None)})
        write(book, WorkbookStyles(book), SheetNames(), tasks, words, today)
    return sink.getvalue()


def write(
    book: "Workbook", styles: WorkbookStyles, names: SheetNames, tasks: Sequence[Task], words: Words, today: date
) -> None:
    """One more sheet of a workbook."""
    sheet = book.add_worksheet(names.one(words("tasks.sheet.name")))
    asked = _AnswerFormats(book)
    sheet.write_string(TITLE, 0, words("tasks.sheet.title"), styles.title)
    sheet.set_row(TITLE, 28)
    sheet.write_string(HOW, 0, words("tasks.sheet.how"), styles.meta)  # runs on over the cells beside it
    sheet.set_row(HOW, 22)
    heads = [words(f"tasks.head.{key}") for key in _TOLD] + [words(f"tasks.sheet.{key}") for key in _ASKED]
    sheets.heads(sheet, HEAD, heads, styles)
    for column, (key, wide) in enumerate((_TOLD | _ASKED).items()):
        sheet.set_column(column, column, wide)
        if key in _ASKED:
            sheet.write_string(HEAD, column, heads[column], asked.head)
    for row, each in enumerate(tasks, start=FIRST):
        _row(sheet, styles, asked, row, each, words)
    last = FIRST + max(len(tasks), 1) - 1
    _answers(sheet, book, words, today, last)
    sheet.freeze_panes(FIRST, 3)
    sheet.autofilter(HEAD, 0, last, len(heads) - 1)
    sheets.page(sheet, words("workbook.footer"), landscape=True, repeat=(HEAD, HEAD), area=(last, len(heads) - 1))
    sheet.set_paper(_A3)


class _AnswerFormats:
    """Formats of the columns that people fill in."""

    def __init__(self, book: "Workbook") -> None:
        self.head = book.add_format(
            _INPUT | {"bold": True, "bg_color": "#FBE7C6", "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.text = book.add_format(_INPUT | {"num_format": "@", "text_wrap": True, "valign": "vcenter"})
        self.day = book.add_format(_INPUT | {"num_format": "yyyy-mm-dd", "align": "center", "valign": "vcenter"})


def _row(sheet: "Worksheet", styles: WorkbookStyles, asked: _AnswerFormats, row: int, task: Task, words: Words) -> None:
    due = task.due or words("tasks.table.no_due")
    state = words(f"tasks.state.{task.state}")
    told = (task.id, task.township, task.name, task.what, task.why, task.owner, due, state)
    for column, (key, value) in enumerate(zip(_TOLD, told, strict=True)):
        sheets.text(sheet, row, column, value, styles.plain if key == "id" else styles.text)
    for column, key in enumerate(_ASKED, start=len(_TOLD)):
        if key == "evidence" and task.evidence:  # stays as it was written; only an answer beside it makes it news
            sheets.text(sheet, row, column, task.evidence, asked.text)
        else:
            sheet.write_blank(row, column, None, asked.day if key == "new_due" else asked.text)
    said = [(value, _TOLD[key]) for key, value in zip(_TOLD, told, strict=True) if key != "id"]
    sheets.high(sheet, row, [*said, (task.evidence, _ASKED["evidence"])])


def _answers(sheet: "Worksheet", book: "Workbook", words: Words, today: date, last: int) -> None:
    answer, day, due, state = (list(_TOLD | _ASKED).index(key) for key in ("answer", "new_due", "due", "state"))
    sheet.data_validation(FIRST, answer, last, answer, {
        "validate": "list", "source": [words(f"tasks.answer.{each}") for each in _ANSWERS],
        "input_title": words("tasks.sheet.answer"), "input_message": words("tasks.sheet.answer_help"),
        "error_title": words("tasks.sheet.answer_title"), "error_message": words("tasks.sheet.answer_help"),
    })  # fmt: skip
    sheet.data_validation(FIRST, day, last, day, {
        "validate": "date", "criteria": ">=", "value": today,
        "error_title": words("tasks.sheet.new_due"), "error_message": words("tasks.sheet.due_help"),
    })  # fmt: skip
    # Days are ISO texts, which sort as days do.
    finished = [words(f"tasks.state.{each}") for each in ("done", "void", "to_verify")]
    over = " , ".join(f'$H{FIRST + 1}<>"{each}"' for each in finished)
    assert (due, state) == (6, 7)
    formula = f'=AND(LEFT($G{FIRST + 1},2)="20",$G{FIRST + 1}<"{today.isoformat()}",{over})'
    sheet.conditional_format(
        FIRST, due, last, due, {"type": "formula", "criteria": formula, "format": book.add_format(_LATE)}
    )
