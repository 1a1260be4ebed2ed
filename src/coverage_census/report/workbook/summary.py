"""Coverage by township and by kind in; the sheet 汇总, its totals formulas, with bars and a native chart, out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.report.figures import Share
from coverage_census.report.page.areas import CoverageLine, CoverageTable
from coverage_census.report.page.page import CoveragePage
from coverage_census.report.workbook import sheets
from coverage_census.report.workbook.styles import INK, WorkbookStyles
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import DASH
from coverage_census.words.width import width

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

RANK, NAME, ALL, COVERED, NOT_COVERED, UNKNOWN, RATE, GAPS = range(8)  # columns, 0-based
FIRST = 5  # the row of the first township, 0-based
MOST_BARS = 40  # more areas than that make no chart that anybody can read


def write(sheet: "Worksheet", styles: WorkbookStyles, page: CoveragePage, words: Words) -> None:
    """Coverage by township and by kind, with totals as formulas, bars, and a chart."""
    last = GAPS + len(page.townships.columns)
    row = _top(sheet, styles, page, last, words)
    wide = _widths(sheet, page, words)
    first, row = _table(sheet, styles, page.townships, row, "township", wide, words)
    sheet.freeze_panes(first, NAME + 1)
    if page.townships.lines:
        sheet.autofilter(first - 1, 0, first + len(page.townships.lines) - 1, last)
    sheet.write_string(row + 1, 0, words("report.section.kinds"), styles.section)
    _, row = _table(sheet, styles, page.kinds, row + 2, "kind", wide, words)
    footer = words("workbook.footer")
    sheets.page(sheet, footer, landscape=True, repeat=(first - 1, first - 1), area=(row, last))


def _top(sheet: "Worksheet", styles: WorkbookStyles, page: CoveragePage, last: int, words: Words) -> int:
    """Title, what it is about and the conclusion; the next free row."""
    heading = page.heading
    sheet.write_string(0, 0, heading.title, styles.title)
    sheet.set_row(0, 30)
    pairs = (("as_of", heading.as_of), ("round", heading.round), ("policy", f"{heading.policy} {heading.version}"))
    said = [words("workbook.pair", label=words(f"report.meta.{key}"), value=value) for key, value in pairs]
    said.append(words("workbook.pair", label=words("report.meta.generated"), value=heading.generated_at))
    sheet.write_string(1, 0, words("workbook.between").join(said), styles.meta)
    branches = [each.beside for each in page.gaps]
    told = words("workbook.sentences").join(
        part for part in (page.conclusion + page.beside, *branches, page.intake, page.change) if part
    )
    sheet.merge_range(2, 0, 2, last, "", styles.prose)
    sheet.write_string(2, 0, told, styles.prose)
    sheet.set_row(2, 16 * sheets.lines(told, 90 + 8 * max(0, last - GAPS)) + 6)
    sheet.write_string(3, 0, words("report.section.townships"), styles.section)
    sheet.set_row(3, 24)
    return 4


def _table(
    sheet: "Worksheet",
    styles: WorkbookStyles,
    table: CoverageTable,
    row: int,
    of: str,
    wide: Sequence[float],
    words: Words,
) -> tuple[int, int]:
    """A coverage table from `row` on; its first row of figures, and the row after its total and what is not in it."""
    sheets.heads(sheet, row, _labels(table, of, words), styles, wide)
    first = row + 1
    for row, line in enumerate(table.lines, start=first):
        _line(sheet, styles, row, line)
    end = first + len(table.lines)
    _total(sheet, styles, end, first, table)
    _colours(sheet, styles, first, end - 1, RATE, GAPS + len(table.columns))
    if table.gone:
        end += 1
        sheet.write_string(end, NAME, table.gone, styles.meta)
    return first, end + 1


def _line(sheet: "Worksheet", styles: WorkbookStyles, row: int, line: CoverageLine) -> None:
    if line.rank is None:
        sheet.write_string(row, RANK, DASH, styles.centre)
    else:
        sheet.write_number(row, RANK, line.rank, styles.centre)
    sheets.text(sheet, row, NAME, line.label, styles.plain)
    for column, value in _counts(line):
        sheet.write_number(row, column, value, styles.count)
    _rate(sheet, row, line.share, styles.share)


def _counts(line: CoverageLine) -> list[tuple[int, int]]:
    own = [(ALL, line.organisations), (COVERED, line.covered), (NOT_COVERED, line.not_covered), (UNKNOWN, line.unknown)]
    return [*own, *enumerate((*line.gaps, line.to_confirm), start=GAPS)]


def _rate(sheet: "Worksheet", row: int, share: Share, style: "Format") -> None:
    """covered / organisations of its own row, with the value that a program shows which does not calculate."""
    if share.lacking:
        sheets.text(sheet, row, RATE, share.text, style)
        return
    formula = f'=IF({_cell(row, ALL)}=0,"{DASH}",{_cell(row, COVERED)}/{_cell(row, ALL)})'
    sheet.write_formula(row, RATE, formula, style, float(share.exact) if share.exact is not None else DASH)


def _total(sheet: "Worksheet", styles: WorkbookStyles, row: int, first: int, table: CoverageTable) -> None:
    """SUBTOTAL(109, …) follows the filter: who filters by township sees the sum of what he sees."""
    sheet.write_blank(row, RANK, None, styles.total)
    sheet.write_string(row, NAME, table.total.label, styles.total)
    for column, value in _counts(table.total):
        listed = sum(dict(_counts(line))[column] for line in table.lines)
        if table.lines and listed == value:
            formula = f"=SUBTOTAL(109,{_cell(first, column)}:{_cell(row - 1, column)})"
            sheet.write_formula(row, column, formula, styles.total_count, value)
        else:
            sheet.write_number(row, column, value, styles.total_count)
    _rate(sheet, row, table.total.share, styles.total_share)


def _colours(sheet: "Worksheet", styles: WorkbookStyles, first: int, last: int, rate: int, end: int) -> None:
    if last < first:
        return
    bars = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
    sheet.conditional_format(first, rate, last, rate, bars | {"max_type": "num", "max_value": 1})
    for criteria, style in ((">", styles.some), ("=", styles.none)):
        rule = {"type": "cell", "criteria": criteria, "value": 0, "format": style}
        sheet.conditional_format(first, GAPS, last, end, rule)


def has_chart(page: CoveragePage) -> bool:
    return 1 < len(page.townships.lines) <= MOST_BARS


def chart(book: "Workbook", sheet: "Worksheet", page: CoveragePage, summary: str, words: Words) -> None:
    """Coverage by township as a native chart of the sheet `summary`, the highest at the top, on a page of its own."""
    table, first, name = page.townships, FIRST, summary
    chart, last = book.add_chart({"type": "bar"}), first + len(table.lines) - 1
    assert chart is not None
    chart.add_series({
        "name": words("report.column.rate"),
        "categories": [name, first, NAME, last, NAME],
        "values": [name, first, RATE, last, RATE],
        "fill": {"color": INK},
        "gap": 40,
        "data_labels": {"value": True, "num_format": "0.0%", "font": {"size": 9}},
    })
    chart.set_title({"name": words("workbook.chart"), "name_font": {"size": 12, "bold": False}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}, "major_tick_mark": "none"})
    chart.set_x_axis({
        "min": 0,
        "max": 1,
        "num_format": "0%",
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
    })
    high = 90 + 22 * len(table.lines)
    chart.set_size({"width": 860, "height": high})
    chart.set_chartarea({"border": {"none": True}})
    sheet.insert_chart(0, 0, chart, {"description": words("workbook.chart"), "object_position": 3})
    sheet.hide_gridlines(2)
    sheets.page(sheet, words("workbook.footer"), landscape=False, repeat=None, area=(-(-high // 20), 13))


def _labels(table: CoverageTable, of: str, words: Words) -> list[str]:
    columns = ("rank", of, "organisations", "covered", "not_covered", "unknown", "rate")
    labels = [words(f"report.column.{column}") for column in columns]
    labels += [*(column.label for column in table.columns), words("report.column.to_confirm")]
    return [label.replace("\u00ad", "") for label in labels]


def _widths(sheet: "Worksheet", page: CoveragePage, words: Words) -> Sequence[float]:
    """The same columns for both tables, one below the other."""
    table = page.townships if len(page.townships.columns) >= len(page.kinds.columns) else page.kinds
    names = max((width(line.label) for line in (*page.townships.lines, *page.kinds.lines)), default=0)
    wide = [6, min(max(names + 3, 16), 40), *[10] * 4, 12, *[10] * (len(table.columns) + 1)]
    return sheets.columns(sheet, _labels(table, "township", words), wide)


def _cell(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"
