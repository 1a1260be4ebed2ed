"""One annual table and a worksheet in; on it the table in the form's own layout, ready to print and sign."""

from itertools import groupby
from typing import TYPE_CHECKING

from coverage_census.report.annual import texts
from coverage_census.report.annual.counting import AnnualTable
from coverage_census.report.annual.layout import AnnualForm
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from coverage_census.report.annual.styles import AnnualStyles, Cover

TITLE, WHO, HEAD, NUMBERS, FIRST = range(5)  # rows, 0-based
GROUP, ITEM, LINE_NO, VALUES = range(4)  # columns, 0-based


def write(sheet: "Worksheet", styles: "AnnualStyles", table: AnnualTable, cover: "Cover", words: Words) -> None:
    """The table on one page of A4 across, in the lines and columns of the form; open cells are marked."""
    form = table.form
    last = VALUES + len(form.columns) - 1
    _top(sheet, styles, form, cover, last, words)
    _heads(sheet, styles, form, words)
    _stub(sheet, styles, form, words)
    for row, line in enumerate(form.lines, start=FIRST):
        sheet.set_row(row, 30)
        for place, column in enumerate(form.columns, start=VALUES):
            _figure(sheet, styles, table, (row, place), (line.code, column), words)
    _foot(sheet, styles, table, cover, last, words)
    _page(sheet, form, last, words)


def _top(sheet: "Worksheet", styles: "AnnualStyles", form: AnnualForm, cover: "Cover", last: int, words: Words) -> None:
    sheet.merge_range(TITLE, 0, TITLE, last, "", styles.title)
    sheet.write_string(TITLE, 0, words(f"annual.title{form.number}"), styles.title)
    sheet.set_row(TITLE, 32)
    middle, right = VALUES + len(form.columns) // 2 - 1, last - 1
    for first, end, text, style in (
        (0, middle - 2, words("annual.who", area=cover.area), styles.line),
        (middle - 1, middle + 1, words("annual.as_of", day=cover.as_of), styles.line),
        (right - 1, last, f"{words('annual.number', number=form.number)}　{words('annual.unit')}", styles.right),
    ):
        sheet.merge_range(WHO, first, WHO, end, "", style)
        sheet.write_string(WHO, first, text, style)
    sheet.set_row(WHO, 20)


def _heads(sheet: "Worksheet", styles: "AnnualStyles", form: AnnualForm, words: Words) -> None:
    sheet.merge_range(HEAD, GROUP, HEAD, ITEM, "", styles.head)
    sheet.write_string(HEAD, GROUP, words("annual.item"), styles.head)
    sheet.write_string(HEAD, LINE_NO, words("annual.stub_no"), styles.head)
    sheet.merge_range(NUMBERS, GROUP, NUMBERS, ITEM, "", styles.number)
    sheet.write_string(NUMBERS, GROUP, words("annual.stub"), styles.number)
    sheet.write_blank(NUMBERS, LINE_NO, None, styles.number)
    for place, column in enumerate(form.columns):
        sheet.write_string(HEAD, VALUES + place, texts.column(column, words), styles.head)
        sheet.write_string(NUMBERS, VALUES + place, "ABCDEFGHIJKLM"[place], styles.number)
    sheet.set_row(HEAD, 58 if words.lang == "zh" else 72)
    sheet.set_row(NUMBERS, 15)


def _stub(sheet: "Worksheet", styles: "AnnualStyles", form: AnnualForm, words: Words) -> None:
    rows = enumerate(form.lines, start=FIRST)
    for heading, found in groupby(rows, key=lambda pair: texts.heading_of(form, pair[1])):
        lines = list(found)
        if heading is not None:
            first, last = lines[0][0], lines[-1][0]
            sheet.merge_range(first, GROUP, last, GROUP, "", styles.group)
            sheet.write_string(first, GROUP, words(f"annual.heading.{heading}"), styles.group)
        for row, line in lines:
            style = styles.part if texts.is_part(form, line) else styles.stub
            label, place = texts.item(form, line, words), ITEM if heading else GROUP
            if heading is None:
                sheet.merge_range(row, GROUP, row, ITEM, "", style)
            sheet.write_string(row, place, label, style)
            sheet.write_number(row, LINE_NO, row - FIRST, styles.number)


def _figure(
    sheet: "Worksheet",
    styles: "AnnualStyles",
    table: AnnualTable,
    at: tuple[int, int],
    key: tuple[str, str],
    words: Words,
) -> None:
    cell = table.cells[key]
    if cell.value is None:
        sheet.write_blank(*at, None, styles.empty)
        return
    sheet.write_number(*at, cell.value, styles.open if cell.unknown else styles.figure)
    if cell.unknown:
        name = texts.cell_name(table.form, *key)
        said = words("annual.cell_unknown", count=cell.unknown, number=table.form.number, cell=name)
        sheet.write_comment(*at, said, {"author": "", "x_scale": 2, "y_scale": 0.7, "font_size": 10})


def _foot(
    sheet: "Worksheet", styles: "AnnualStyles", table: AnnualTable, cover: "Cover", last: int, words: Words
) -> None:
    count, gone = len(table.unplaced), cover.gone.get(table.form.kind.value, 0)
    said = words("annual.pending", count=count) if count else words("annual.nothing_pending")
    if gone:
        said += ("" if words.lang == "zh" else " ") + words("gone.line", count=gone)
    row = FIRST + len(table.form.lines)
    for each in (said, words("annual.marks"), words("annual.signed")):
        sheet.merge_range(row, 0, row, last, "", styles.line)
        sheet.write_string(row, 0, each, styles.line)
        sheet.set_row(row, 22)
        row += 1


def _page(sheet: "Worksheet", form: AnnualForm, last: int, words: Words) -> None:
    wide = words.lang == "en"
    sheet.set_column(GROUP, GROUP, 16 if wide else 12)
    sheet.set_column(ITEM, ITEM, 34 if wide else 30)
    sheet.set_column(LINE_NO, LINE_NO, 5)
    sheet.set_column(VALUES, last, 11.5 if len(form.columns) > 8 else 15)
    sheet.freeze_panes(FIRST, VALUES)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.print_area(0, 0, FIRST + len(form.lines) + 2, last)
