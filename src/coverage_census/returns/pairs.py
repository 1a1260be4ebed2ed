"""Questions on identity and the words in; the workbook 待认定 in which a person answers them out."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.files import xlsx
from coverage_census.files.disk import safe_name
from coverage_census.model.identity import (
    ANSWER,
    FORMAT,
    HEAD,
    HIDDEN,
    IDS,
    META,
    NUMBER,
    REASON,
    SIDE,
    SIGN,
    IdentityQuestion,
)
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_SIDE = ("name", "place", "source")
_WIDE = (25, 14, 22)
_WIDTHS = (5, *_WIDE, *_WIDE, 19, 24, 11, 20)
_ONE, _OTHER, _WHY, _DIFFERS = 1, 4, 7, 8
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_GRID = _FONT | {"border": 1, "border_color": "#A6A6A6", "text_wrap": True}
_INK = "#1F3A5F"


def workbook(questions: Sequence[IdentityQuestion], asked: int, round_label: str, words: Words) -> bytes:
    """`asked`: how many pairs are open; the workbook may hold fewer."""
    made = io.BytesIO()
    with xlsx.workbook(made) as book:
        sheet = book.add_worksheet(words("identity.list"))
        _top(book, sheet, (len(questions), asked), round_label, words)
        _rows(book, sheet, questions, words)
        _answers(sheet, len(questions), words)
        _page(sheet, len(questions))
        _hidden(book.add_worksheet(HIDDEN), questions, round_label, words)
    return made.getvalue()


def name(round_label: str, words: Words) -> str:
    """待认定_第3轮.xlsx."""
    return safe_name(words("identity.file", round=safe_name(round_label)))


def _top(book: "Workbook", sheet: "Worksheet", counts: tuple[int, int], round_label: str, words: Words) -> None:
    head = book.add_format(_GRID | {"bold": True, "align": "center", "bg_color": "#D6E0EC", "font_color": _INK})
    yellow = book.add_format(_GRID | {"bold": True, "align": "center", "bg_color": "#FFE699", "font_color": _INK})
    sheet.write_string(0, 0, words("identity.title"), book.add_format({"font_name": "黑体", "font_size": 16}))
    sheet.set_row(0, 30)
    told, asked = counts
    more = words("identity.more", count=asked - told) if asked > told else ""
    said = (
        words("identity.counts", count=asked, round=round_label) + more,
        words("identity.how"),
        words("identity.then"),
    )
    for row, text in enumerate(said, start=1):
        sheet.write_string(row, 0, text, book.add_format(_FONT))
        sheet.set_row(row, 18)
    for first, side in ((_ONE, "one"), (_OTHER, "other")):
        sheet.merge_range(HEAD - 1, first, HEAD - 1, first + len(_SIDE) - 1, "", head)
        sheet.write_string(HEAD - 1, first, words(f"identity.head.{side}"), head)
        for place, each in enumerate(_SIDE, start=first):
            sheet.write_string(HEAD, place, words(f"identity.head.{each}"), head)
    single = ((NUMBER, "number"), (_WHY, "why"), (_DIFFERS, "differs"), (ANSWER, "answer"), (REASON, "reason"))
    for place, each in single:
        form = yellow if place >= ANSWER else head
        sheet.merge_range(HEAD - 1, place, HEAD, place, "", form)
        sheet.write_string(HEAD - 1, place, words(f"identity.head.{each}"), form)


def _rows(book: "Workbook", sheet: "Worksheet", questions: Sequence[IdentityQuestion], words: Words) -> None:
    plain, centre = book.add_format(_GRID | {"num_format": "@"}), book.add_format(_GRID | {"align": "center"})
    open_ = book.add_format(_GRID | {"bg_color": "#FFF9E7", "num_format": "@"})
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for row, each in enumerate(questions, start=HEAD + 1):
        sheet.write_number(row, NUMBER, each.number, centre)
        for first, cells in ((_ONE, each.sides[0]), (_OTHER, each.sides[1])):
            for place, text in enumerate(cells, start=first):
                sheet.write_string(row, place, text, plain)
        sheet.write_string(row, _WHY, each.why, plain)
        sheet.write_string(row, _DIFFERS, f"{each.differs}\n{words('identity.unanswered.head')}{each.else_}", plain)
        for place in (ANSWER, REASON):
            sheet.write_blank(row, place, None, open_)
        sheet.set_row(row, 64)


def _answers(sheet: "Worksheet", count: int, words: Words) -> None:
    choices = [words(f"identity.answer.{each}") for each in ("same", "different", "open")]
    rule = {"validate": "list", "source": choices, "error_message": words("identity.choose")}
    sheet.data_validation(HEAD + 1, ANSWER, HEAD + max(count, 1), ANSWER, rule)


def _page(sheet: "Worksheet", count: int) -> None:
    """A4 landscape; one sheet of paper wide, headings on each."""
    sheet.freeze_panes(HEAD + 1, _ONE + 1)
    sheet.autofilter(HEAD, 0, HEAD + max(count, 1), REASON)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD - 1, HEAD)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.set_footer("&C&P / &N")


def _hidden(sheet: "Worksheet", questions: Sequence[IdentityQuestion], round_label: str, words: Words) -> None:
    answers = {each: words(f"identity.answer.{each}") for each in ("same", "different", "open")}
    meta = {"list": words("identity.list"), "round": round_label, **answers}
    rows: list[Sequence[str]] = [(SIGN, str(FORMAT)), *((each, meta[each]) for each in META), IDS]
    for question in questions:
        sides = (getattr(side, each) or "" for side in (question.one, question.other) for each in SIDE)
        rows.append((str(question.number), *sides))
    for row, cells in enumerate(rows):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text)
    sheet.hide()
