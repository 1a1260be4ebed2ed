"""A worksheet in; on it the form: title, two header rows, a sample line, and cells that check themselves."""

from itertools import groupby
from typing import TYPE_CHECKING, Any

from coverage_census.model.record import Row
from coverage_census.template.layout import TemplateColumn, columns, example, heading, meaning, options
from coverage_census.template.styles import TemplateStyles
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE, WHO, GROUP, HEAD, SAMPLE, FIRST = range(6)  # rows, 0-based
RULED = 26  # blank lines that are ruled: one sheet of paper
LAST = FIRST + 1999  # cells check themselves down to here

NAME = 1  # column of the name, 0-based; the running number is 0
_PAGES = ("members", "work")  # groups that begin a new sheet of paper
_MUST = {"name", "kind", "township", "employees", "members_formal", "has_org"}


def write(sheet: "Worksheet", styles: TemplateStyles, words: Words, as_of: str | None) -> None:
    """Title, headings, the sample line and cells that check themselves, ready to print."""
    fields = columns()
    _top(sheet, styles, words, fields, as_of)
    _headings(sheet, styles, words, fields)
    _sample(sheet, styles, words, fields)
    _blank_lines(sheet, styles, fields)
    for column in fields:
        _check(sheet, words, column)
    _mark_contradictions(sheet, styles, {column.field: column for column in fields})
    _page(sheet, words, fields)


def _top(
    sheet: "Worksheet", styles: TemplateStyles, words: Words, fields: tuple[TemplateColumn, ...], as_of: str | None
) -> None:
    # The title stands over the first page only, and not over the columns that every page repeats.
    left, right = NAME + 1, _first_of(fields, _PAGES[0]) - 1
    day = as_of or words("template.no_day")
    sheet.merge_range(TITLE, left, TITLE, right, "", styles.title)
    sheet.write_string(TITLE, left, words("template.title"), styles.title)
    sheet.merge_range(WHO, 0, WHO, NAME, "", styles.line)
    sheet.write_string(WHO, 0, words("template.unit_line"), styles.line)
    sheet.merge_range(WHO, right - 3, WHO, right, "", styles.line)
    sheet.write_string(WHO, right - 3, words("template.as_of_line", day=day), styles.line)
    sheet.set_row(TITLE, 34)
    sheet.set_row(WHO, 22)


def _headings(sheet: "Worksheet", styles: TemplateStyles, words: Words, fields: tuple[TemplateColumn, ...]) -> None:
    sheet.merge_range(GROUP, 0, HEAD, 0, "", styles.head)
    sheet.write_string(GROUP, 0, words("template.number"), styles.head)
    sheet.merge_range(GROUP, NAME, HEAD, NAME, "", styles.must)
    for group, members in groupby(fields, key=lambda column: column.group):
        places = [column.place for column in members if column.place != NAME]
        sheet.merge_range(GROUP, places[0], GROUP, places[-1], "", styles.group)
        sheet.write_string(GROUP, places[0], words(f"template.group.{group}"), styles.group)
    for column in fields:
        row, style = GROUP if column.place == NAME else HEAD, styles.must if column.field in _MUST else styles.head
        sheet.write_string(row, column.place, heading(column, words, "\n"), style)
        if hint := meaning(column, words):
            sheet.write_comment(row, column.place, hint, {"author": "", "x_scale": 1.6, "font_size": 10})
    sheet.set_row(GROUP, 20)
    sheet.set_row(HEAD, 58 if words.lang == "zh" else 88)


def _sample(sheet: "Worksheet", styles: TemplateStyles, words: Words, fields: tuple[TemplateColumn, ...]) -> None:
    sheet.write_string(SAMPLE, 0, words("template.sample"), styles.sample)
    for column in fields:
        value = example(column, words)
        if isinstance(value, str):
            sheet.write_string(SAMPLE, column.place, value, styles.sample)
        elif value is not None:
            sheet.write_number(SAMPLE, column.place, value, styles.sample)
        else:
            sheet.write_blank(SAMPLE, column.place, None, styles.sample)
    sheet.set_row(SAMPLE, 30)


def _blank_lines(sheet: "Worksheet", styles: TemplateStyles, fields: tuple[TemplateColumn, ...]) -> None:
    formats = [styles.centre, *(_format(column, styles) for column in fields)]
    sheet.set_column(0, 0, 5, None)
    for column in fields:
        sheet.set_column(column.place, column.place, column.width, None)
    for row in range(FIRST, FIRST + RULED):
        sheet.set_row(row, 22)
        for place, style in enumerate(formats):
            sheet.write_blank(row, place, None, style)


def _format(column: TemplateColumn, styles: TemplateStyles) -> Any:
    holds = column.note.holds
    if holds in ("count", "star"):
        return styles.count
    if holds == "number":
        return styles.number
    return styles.text if holds == "text" else styles.centre


def _check(sheet: "Worksheet", words: Words, column: TemplateColumn) -> None:
    """Let the cell refuse what cannot be; a blank is always allowed, it means unknown."""
    rule: Row
    if choices := list(options(column)):
        rule = {"validate": "list", "source": choices, "error_message": words("template.check.choice")}
    elif column.note.holds == "count":
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": words("template.check.count")}
    elif column.note.holds == "number":
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": words("template.check.number")}
    elif column.field == "uscc":
        rule = {"validate": "length", "criteria": "==", "value": 18, "error_message": words("template.check.uscc")}
        rule["error_type"] = "warning"  # an old number of 15 digits may stand
    else:
        return
    sheet.data_validation(
        FIRST, column.place, LAST, column.place, {"error_title": words("template.check.title"), **rule}
    )


def _mark_contradictions(sheet: "Worksheet", styles: TemplateStyles, by_field: dict[str, TemplateColumn]) -> None:
    """Colour what does not add up while it is being typed: formal + probationary ≠ total, members > employees."""
    total, formal, probationary, staff = (
        _letter(by_field[name].place)
        for name in ("members_total", "members_formal", "members_probationary", "employees")
    )
    t, f, p, e = (f"${letter}{FIRST + 1}" for letter in (total, formal, probationary, staff))
    parts = f"AND(COUNT({t},{f},{p})=3,{t}<>{f}+{p})"
    many = f"AND(COUNT({t},{e})=2,{t}>{e})"
    for formula, left, right in (
        (parts, "members_total", "members_probationary"),
        (many, "employees", "members_total"),
    ):
        first, last = by_field[left].place, by_field[right].place
        rule = {"type": "formula", "criteria": f"={formula}", "format": styles.wrong}
        sheet.conditional_format(FIRST, first, LAST, last, rule)


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(place))


def _page(sheet: "Worksheet", words: Words, fields: tuple[TemplateColumn, ...]) -> None:
    """A4 landscape, three sheets of paper side by side; number and name are repeated on each."""
    sheet.freeze_panes(FIRST, NAME + 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(GROUP, HEAD)
    sheet.repeat_columns(0, NAME)
    sheet.set_v_pagebreaks([_first_of(fields, group) for group in _PAGES])
    sheet.set_print_scale(65)
    sheet.print_area(0, 0, FIRST + RULED - 1, fields[-1].place)
    sheet.set_footer("&C" + words("template.footer"))
    sheet.set_selection(FIRST, NAME, FIRST, NAME)


def _first_of(fields: tuple[TemplateColumn, ...], group: str) -> int:
    return next(column.place for column in fields if column.group == group)
