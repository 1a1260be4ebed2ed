"""A language in; the blank workbook of liaison officers (人才库) and of both sides' wishes out."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from coverage_census.files import xlsx
from coverage_census.model.forms import Form, FormColumn
from coverage_census.model.officers import OFFICER_WISHES, OFFICERS, ORGANISATION_WISHES
from coverage_census.model.record import Row
from coverage_census.template.styles import TemplateStyles
from coverage_census.words.catalogue import Words
from coverage_census.words.width import width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE, HEAD, SAMPLE, FIRST = range(4)  # rows, 0-based
RULED, LAST = 20, FIRST + 999
_MUST = {"code", "capacity", "name"}
_WIDTHS = {
    "post": 24,
    "expertise": 26,
    "townships": 30,
    "name": 32,
    "uscc": 22,
    "capacity": 11,
    "full_time": 11,
    "willing": 11,
}
_HINT = 96  # width of the column that explains
_CHINESE = Words("zh")


def workbook(words: Words) -> bytes:
    """The same language gives the same bytes."""
    sink = io.BytesIO()
    with xlsx.workbook(sink) as book:
        book.set_properties({"title": words("template.instructors.title"), "created": datetime(2026, 1, 1)})
        styles = TemplateStyles(book)
        for form in (OFFICERS, ORGANISATION_WISHES, OFFICER_WISHES):
            _form(book.add_worksheet(words(f"template.instructors.sheet.{form.name}")), styles, words, form)
        _notes(book.add_worksheet(words("template.instructors.sheet.notes")), styles, words)
    return sink.getvalue()


def _form(sheet: "Worksheet", styles: TemplateStyles, words: Words, form: Form) -> None:
    columns = [column for column in form.columns if column.blank]
    sheet.merge_range(TITLE, 0, TITLE, len(columns), "", styles.line)
    sheet.write_string(TITLE, 0, words(f"template.instructors.banner.{form.name}"), styles.line)
    sheet.set_row(TITLE, 26)
    sheet.write_string(HEAD, 0, words("template.instructors.number"), styles.head)
    sheet.write_string(SAMPLE, 0, words("template.instructors.sample"), styles.sample)
    sheet.set_row(HEAD, 36)
    sheet.set_row(SAMPLE, 24)
    sheet.set_column(0, 0, 6)
    for place, column in enumerate(columns, start=1):
        _column(sheet, styles, words, form, column, place)
    for row in range(FIRST, FIRST + RULED):
        sheet.set_row(row, 22)
        for place in range(len(columns) + 1):
            count = place > 0 and columns[place - 1].holds == "count"
            sheet.write_blank(row, place, None, styles.count if count else styles.text)
    _page(sheet, words, columns)


def _column(
    sheet: "Worksheet", styles: TemplateStyles, words: Words, form: Form, column: FormColumn, place: int
) -> None:
    wide = column.key.startswith("wish_") and form is OFFICER_WISHES  # names of organisations
    sheet.set_column(place, place, 34 if wide else _WIDTHS.get(column.key, 20))
    style = styles.must if column.key in _MUST else styles.head
    sheet.write_string(HEAD, place, _heading(column, words), style)
    wanted = column.key == "expertise" and form is ORGANISATION_WISHES
    hint = words(f"template.instructors.hint.{'wanted' if wanted else column.key}")
    sheet.write_comment(HEAD, place, hint, {"author": "", "x_scale": 1.8, "font_size": 10})
    example = _example(form, column, words)
    if isinstance(example, int):
        sheet.write_number(SAMPLE, place, example, styles.sample)
    else:
        sheet.write_string(SAMPLE, place, example, styles.sample)
    _check(sheet, words, column, place)


def _heading(column: FormColumn, words: Words) -> str:
    """Chinese first in every language, so that the reader knows it; what stands in brackets it passes over."""
    inside = words(f"template.instructors.head.{column.key}")
    label = column.headings[0]
    return words("template.with_bracket", label=label, between="\n", inside=inside) if inside else label


def _example(form: Form, column: FormColumn, words: Words) -> str | int:
    """Invented; marked 样例 in the first column, by which the reader skips the line."""
    if column.key == "capacity":
        return 3
    if column.key == "full_time":
        return _CHINESE("template.instructors.full_time.part")
    if column.key == "willing":
        return _CHINESE("template.instructors.willing.yes")
    if column.key == "uscc":
        return ""
    if column.key.startswith("wish_"):
        side = "code" if form is ORGANISATION_WISHES else "name"
        key = f"template.instructors.example.wish_{side}_{column.key[-1]}"
        return words(key) if words.has(key) else ""
    return words(f"template.instructors.example.{column.key}")


def _check(sheet: "Worksheet", words: Words, column: FormColumn, place: int) -> None:
    rule: Row
    if column.key == "capacity":
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
    elif column.key == "full_time":
        choices = [_CHINESE(f"template.instructors.full_time.{each}") for each in ("full", "part")]
        rule = {"validate": "list", "source": choices}
    elif column.key == "willing":
        choices = [_CHINESE(f"template.instructors.willing.{each}") for each in ("yes", "no")]
        rule = {"validate": "list", "source": choices}
    else:
        return
    rule["error_title"] = words("template.instructors.check.title")
    rule["error_message"] = words(f"template.instructors.check.{column.key}")
    sheet.data_validation(FIRST, place, LAST, place, rule)


def _page(sheet: "Worksheet", words: Words, columns: Sequence[FormColumn]) -> None:
    sheet.freeze_panes(FIRST, 2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, FIRST + RULED - 1, len(columns))
    sheet.set_footer("&C" + words("template.instructors.footer"))
    sheet.set_selection(FIRST, 1, FIRST, 1)


def _notes(sheet: "Worksheet", styles: TemplateStyles, words: Words) -> None:
    """What holds for all sheets, then what each column means."""
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, _HINT)
    row = 0
    while words.has(f"template.instructors.rule.{row + 1}"):
        sheet.merge_range(row, 0, row, 1, "", styles.prose)
        sheet.write_string(row, 0, words(f"template.instructors.rule.{row + 1}"), styles.prose)
        sheet.set_row(row, 22)
        row += 1
    for form in (OFFICERS, ORGANISATION_WISHES, OFFICER_WISHES):
        row += 1
        sheet.merge_range(row, 0, row, 1, "", styles.head)
        sheet.write_string(row, 0, words(f"template.instructors.sheet.{form.name}"), styles.head)
        for column in (each for each in form.columns if each.blank):
            row += 1
            wanted = column.key == "expertise" and form is ORGANISATION_WISHES
            # In 【】, so that nobody, the reader included, takes this list for a form.
            named = words("template.notes.named", heading=_heading(column, words).replace("\n", ""))
            sheet.write_string(row, 0, named, styles.cell)
            hint = words(f"template.instructors.hint.{'wanted' if wanted else column.key}")
            sheet.write_string(row, 1, hint, styles.cell)
            sheet.set_row(row, 22 if width(hint) < _HINT else 34)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C" + words("template.instructors.footer"))
