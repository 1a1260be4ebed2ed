"""Lines of comparisons and the words in; the workbook 核对表, in which a person says what holds, out."""

import io
import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from coverage_census.files import xlsx
from coverage_census.files.disk import safe_name
from coverage_census.model.register import ListedSide, RegisterClass
from coverage_census.model.register_review import (
    ANSWER,
    ASKED,
    DOES,
    FORMAT,
    HEAD,
    HIDDEN,
    IDS,
    META,
    NUMBER,
    REASON,
    SIDE,
    SIGN,
    RegisterQuestion,
    RegisterTally,
)
from coverage_census.words.catalogue import Words
from coverage_census.words.width import width

_REGISTER, _THEIRS, _OURS, _SAID = 1, 2, 5, 8
_SIDE = ("name", "township", "place")
_WIDTHS = (5, 9, 22, 8, 15, 22, 8, 15, 24, 12, 14)
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_GRID = _FONT | {"border": 1, "border_color": "#A6A6A6", "text_wrap": True}
_INK, _BLUE, _YELLOW, _PALE = "#1F3A5F", "#D6E0EC", "#FFE699", "#FFF9E7"
_LINE = 15  # points


def workbook(
    questions: Sequence[RegisterQuestion], tallies: Sequence[RegisterTally], notes: Sequence[str], words: Words
) -> bytes:
    """`notes`: what the first sheet says of the registers and of the round that they are held against."""
    made = io.BytesIO()
    with xlsx.workbook(made) as book:
        _cover(book, tallies, notes, words)
        for kind in ASKED:
            if own := [each for each in questions if each.kind is kind]:
                left = sum(each.open - each.listed for each in tallies if each.kind is kind)
                _sheet(book, kind, own, left, words)
        _hidden(book.add_worksheet(HIDDEN), questions, words)
    return made.getvalue()


def name(label: str, words: Words) -> str:
    """核对表_2026年第3季度.xlsx."""
    return safe_name(words("register_review.file", label=safe_name(label)))


def _cover(book: Any, tallies: Sequence[RegisterTally], notes: Sequence[str], words: Words) -> None:
    sheet = book.add_worksheet(words("register_review.cover"))
    plain, title = book.add_format(_FONT), book.add_format({"font_name": "黑体", "font_size": 16})
    sheet.write_string(0, 0, words("register_review.title"), title)
    sheet.set_row(0, 30)
    said = (
        *notes,
        words("register_review.how"),
        *(words(f"register_review.means.{each}") for each in DOES),
        words("register_review.then"),
    )
    for row, text in enumerate(said, start=1):
        sheet.write_string(row, 0, text, plain)
        sheet.set_row(row, 18)
    top = len(said) + 2
    head = book.add_format(_GRID | {"bold": True, "align": "center", "bg_color": _BLUE, "font_color": _INK})
    cell, number = book.add_format(_GRID), book.add_format(_GRID | {"align": "right"})
    names = ("register", "class", "register_rows", "ledger_rows", "answered", "listed")
    for place, each in enumerate(names):
        sheet.write_string(top, place, words(f"register_review.tally.{each}"), head)
    for row, line in enumerate(tallies, start=top + 1):
        sheet.write_string(row, 0, line.label, cell)
        sheet.write_string(row, 1, words(f"reconcile.class.{line.kind}"), cell)
        for place, count in enumerate((*line.rows, line.answered, line.listed), start=2):
            sheet.write_number(row, place, count, number)
    for place, wide in enumerate((26, 26, 13, 13, 13, 13)):
        sheet.set_column(place, place, wide)
    _page(sheet, (top, top))


def _sheet(book: Any, kind: RegisterClass, lines: Sequence[RegisterQuestion], left: int, words: Words) -> None:
    sheet = book.add_worksheet(words(f"reconcile.class.{kind}"))
    sheet.write_string(0, 0, words(f"reconcile.class.{kind}"), book.add_format({"font_name": "黑体", "font_size": 14}))
    sheet.set_row(0, 26)
    more = words("register_review.more", count=left) if left else ""
    sheet.set_row(1, 18)
    sheet.write_string(1, 0, words(f"register_review.about.{kind}", count=len(lines)) + more, book.add_format(_FONT))
    _heads(book, sheet, words)
    plain, centre = book.add_format(_GRID | {"num_format": "@"}), book.add_format(_GRID | {"align": "center"})
    blank = book.add_format(_GRID | {"bg_color": _PALE, "num_format": "@"})
    for row, each in enumerate(lines, start=HEAD + 1):
        texts = (each.label, *each.cells[0], *each.cells[1], each.said)
        sheet.write_number(row, NUMBER, each.number, centre)
        for place, text in enumerate(texts, start=_REGISTER):
            sheet.write_string(row, place, text, plain)
        for place in (ANSWER, REASON):
            sheet.write_blank(row, place, None, blank)
        sheet.set_row(
            row, _LINE * max(2, *(_lines(text, wide) for text, wide in zip(texts, _WIDTHS[1:], strict=False)))
        )
    _answers(sheet, lines, words)
    _columns(sheet, lines)
    sheet.freeze_panes(HEAD + 1, _REGISTER)
    sheet.autofilter(HEAD, 0, HEAD + len(lines), REASON)
    _page(sheet, (HEAD - 1, HEAD))


def _columns(sheet: Any, lines: Sequence[RegisterQuestion]) -> None:
    """A side that none of the lines has is hidden."""
    hidden = set[int]()
    for first, side in ((_THEIRS, "theirs"), (_OURS, "ours")):
        if all(getattr(each, side) is None for each in lines):
            hidden |= set(range(first, first + len(_SIDE)))
    for place, wide in enumerate(_WIDTHS):
        sheet.set_column(place, place, wide, None, {"hidden": place in hidden})


def _heads(book: Any, sheet: Any, words: Words) -> None:
    head = book.add_format(_GRID | {"bold": True, "align": "center", "bg_color": _BLUE, "font_color": _INK})
    yellow = book.add_format(_GRID | {"bold": True, "align": "center", "bg_color": _YELLOW, "font_color": _INK})
    for first, side in ((_THEIRS, "register_side"), (_OURS, "ledger_side")):
        sheet.merge_range(HEAD - 1, first, HEAD - 1, first + len(_SIDE) - 1, "", head)
        sheet.write_string(HEAD - 1, first, words(f"register_review.head.{side}"), head)
        for place, each in enumerate(_SIDE, start=first):
            sheet.write_string(HEAD, place, words(f"register_review.head.{each}"), head)
    single = ((NUMBER, "number"), (_REGISTER, "register"), (_SAID, "said"), (ANSWER, "answer"), (REASON, "reason"))
    for place, each in single:
        form = yellow if place >= ANSWER else head
        sheet.merge_range(HEAD - 1, place, HEAD, place, "", form)
        sheet.write_string(HEAD - 1, place, words(f"register_review.head.{each}"), form)


def _lines(text: str, wide: int) -> int:
    """How many lines a text takes in a column so wide."""
    return sum(max(1, -(-width(part) // wide)) for part in text.split("\n"))


def _answers(sheet: Any, lines: Sequence[RegisterQuestion], words: Words) -> None:
    """A drop-down for each run of lines that can be answered alike."""
    row = HEAD + 1
    for fits, run in groupby(lines, key=lambda each: each.fits):
        count = len(list(run))
        source = [words(f"register_review.does.{each}") for each in fits]
        rule = {"validate": "list", "source": source, "error_message": words("register_review.choose")}
        sheet.data_validation(row, ANSWER, row + count - 1, ANSWER, rule)
        row += count


def _page(sheet: Any, repeated: tuple[int, int]) -> None:
    """A4 landscape; one sheet of paper wide, headings on each."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(*repeated)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.set_footer("&C&P / &N")


def _hidden(sheet: Any, questions: Sequence[RegisterQuestion], words: Words) -> None:
    meta = {"title": words("register_review.title"), **{each: words(f"register_review.does.{each}") for each in DOES}}
    rows: list[Sequence[str]] = [(SIGN, str(FORMAT)), *((each, meta[each]) for each in META), IDS]
    rows += [_remembered(each) for each in questions]
    for row, cells in enumerate(rows):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text)
    sheet.hide()


def _remembered(each: RegisterQuestion) -> Sequence[str]:
    theirs, ours = each.theirs, each.ours
    place = _where((theirs or ours).place) if theirs or ours else ("", "", "")  # type: ignore[union-attr]
    if theirs is None:
        place = ("", "", "")
    differs = [
        [one.field, one.register, one.ledger, _where(one.register_cell)[2] if one.register_cell else None]
        for one in each.differs
    ]
    return (
        str(each.number), each.register, ",".join(each.fits), *_named(theirs), *place,
        (theirs.kind if theirs else None) or "", *_named(ours), json.dumps(differs),
    )  # fmt: skip


def _named(side: ListedSide | None) -> Sequence[str]:
    return [getattr(side, each) or "" if side is not None else "" for each in SIDE]


def _where(place: str) -> tuple[str, str, str]:
    """File, sheet and cell of a place; in a name of a sheet may stand an exclamation mark."""
    file, _, rest = place.partition("!")
    sheet, _, cell = rest.rpartition("!")
    return file, sheet, cell
