"""The page's indicators, gap lists and notes in; their sheets out: 指标, 缺口清单, 口径, 数据来源."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.report.page.campaign import CampaignSection
from coverage_census.report.page.page import CoveragePage
from coverage_census.report.page.proposals import Proposals
from coverage_census.report.workbook import sheets
from coverage_census.report.workbook.styles import WorkbookStyles
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import DASH

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_INDICATOR = (
    "indicator",
    "rate",
    "numerator",
    "denominator",
    "unit",
    "denominator_label",
    "unknown",
    "by_total",
    "definition",
    "source",
)
_INDICATOR_WIDTHS = (22, 10, 9, 9, 10, 26, 9, 9, 60, 34)
_CAMPAIGN_WIDTHS = (22, 20, 20, 9, 10, 16, 10, 14)
_GAP = ("number", "class", "name", "township", "facts", "advice", "remedy", "basis")
_GAP_WIDTHS = (6, 14, 34, 14, 44, 16, 40, 30)
_PLAN = ("number", "plan", "township", "units", "what", "state", "why")
_PLAN_WIDTHS = (6, 18, 14, 50, 24, 18, 44)
_RULE_WIDTHS = (6, 30, 44, 90)
_SOURCE = ("file", "format", "sheets", "organisations", "round", "problems", "refused", "sha256")
_SOURCE_WIDTHS = (40, 8, 8, 10, 16, 10, 40, 66)


def indicators(sheet: "Worksheet", styles: WorkbookStyles, page: CoveragePage, words: Words) -> None:
    """Each rate as a formula of its two numbers, beside what they count and where the definition comes from."""
    wide = _columns(sheet, styles, _INDICATOR, _INDICATOR_WIDTHS, words)
    for row, card in enumerate(page.cards, start=1):
        sheets.text(sheet, row, 0, card.label, styles.text)
        exact = None if card.share.lacking else card.share.exact
        formula = f'=IF(D{row + 1}=0,"{DASH}",C{row + 1}/D{row + 1})'
        if exact is None:
            sheets.text(sheet, row, 1, card.share.text, styles.share)
        else:
            sheet.write_formula(row, 1, formula, styles.share, float(exact))
        sheet.write_number(row, 2, card.share.part, styles.count)
        sheet.write_number(row, 3, card.share.whole, styles.count)
        sheets.text(sheet, row, 4, card.unit, styles.centre)
        sheets.text(sheet, row, 5, card.denominator_label, styles.text)
        sheet.write_number(row, 6, card.unknown, styles.count)
        sheet.write_number(row, 7, card.by_total_basis, styles.count)
        for column, said in ((8, card.definition), (9, card.source)):
            sheets.text(sheet, row, column, said, styles.text)
        texts = ((0, card.label), (4, card.unit), (5, card.denominator_label), (8, card.definition), (9, card.source))
        sheets.high(sheet, row, ((said, wide[column]) for column, said in texts))
    bars = {"type": "data_bar", "bar_color": "#9DC3E6", "bar_solid": True, "min_type": "num", "min_value": 0}
    if page.cards:
        sheet.conditional_format(1, 1, len(page.cards), 1, bars | {"max_type": "num", "max_value": 1})
    _finish(sheet, len(page.cards), len(_INDICATOR), 1, words)


def campaign(sheet: "Worksheet", styles: WorkbookStyles, found: CampaignSection, words: Words) -> None:
    """专项行动: each indicator at the baseline and now, and what the target takes; below it what was compared."""
    wide = sheets.columns(sheet, list(found.heads), _CAMPAIGN_WIDTHS)
    sheets.heads(sheet, 0, list(found.heads), styles, wide)
    row = 0
    for row, each in enumerate(found.rows, start=1):
        sheets.text(sheet, row, 0, each.label, styles.text)
        for column, share in ((1, each.before), (2, each.now)):
            said = words("campaign.rate", part=share.part, whole=share.whole, rate=share.text)
            sheets.text(sheet, row, column, said, styles.centre)
        sheets.text(sheet, row, 3, each.target, styles.centre)
        if each.missing is None:
            sheets.text(sheet, row, 4, DASH, styles.centre)
        else:
            sheet.write_number(row, 4, each.missing, styles.count)
        sheets.text(sheet, row, 5, each.expected, styles.centre)
        sheet.write_number(row, 6, each.unknown, styles.count)
        sheets.text(sheet, row, 7, each.pace, styles.centre)
        sheets.high(sheet, row, [(each.label, wide[0])])
    last = row + 1
    for said in (found.when, found.trouble or found.compared, found.note):
        if said:
            last += 1
            sheet.merge_range(last, 0, last, len(found.heads) - 1, "", styles.prose)
            sheet.write_string(last, 0, said, styles.prose)
            sheet.set_row(last, 16 * sheets.lines(said, sum(wide)) + 6)
    sheets.page(sheet, words("workbook.footer"), landscape=True, repeat=(0, 0), area=(last, len(found.heads) - 1))


def gaps(sheet: "Worksheet", styles: WorkbookStyles, page: CoveragePage, words: Words) -> None:
    """Every gap of every class in one list to filter, the most severe first; then what is to be confirmed."""
    wide = _columns(sheet, styles, _GAP, _GAP_WIDTHS, words)
    separator, row = words("report.semicolon"), 0
    for each in page.gaps:
        for line in each.rows:
            row += 1
            pairs = zip(each.columns, line.facts, strict=True)
            facts = [words("workbook.fact", label=column.label, value=fact) for column, fact in pairs if fact]
            basis = [words("workbook.basis", number=one.number, title=one.title) for one in line.basis]
            said = [each.label, line.name, line.township, separator.join(facts)]
            said += [line.advice if each.advised else "", each.remedy, separator.join(basis)]
            _row(sheet, styles, row, said, wide)
    confirm = words("term.gap.unconfirmed")
    for unknown in page.to_confirm:
        row += 1
        remedy = words("report.gap.unconfirmed.remedy")
        _row(
            sheet,
            styles,
            row,
            [confirm, unknown.name, unknown.township, separator.join(unknown.reasons), "", remedy, ""],
            wide,
        )
    _finish(sheet, row, len(_GAP), 3, words)


def _row(sheet: "Worksheet", styles: WorkbookStyles, row: int, said: list[str], wide: Sequence[float]) -> None:
    sheet.write_number(row, 0, row, styles.centre)
    for column, value in enumerate(said, start=1):
        sheets.text(sheet, row, column, value, styles.text)
    sheets.high(sheet, row, zip(said, wide[1:], strict=True))


def plans(sheet: "Worksheet", styles: WorkbookStyles, found: Proposals, words: Words) -> None:
    """方案: every part of the newest kept plans, and what became of it: done, still to do, or changed since."""
    wide = _columns(sheet, styles, _PLAN, _PLAN_WIDTHS, words)
    row = 0
    for row, each in enumerate(found.every, start=1):
        units = words("bulletin.enumeration").join(each.units)
        said = [each.plan, each.township, units, each.what, each.stands.state, each.stands.reason]
        _row(sheet, styles, row, said, wide)
    _finish(sheet, row, len(_PLAN), 1, words)


def rules(sheet: "Worksheet", styles: WorkbookStyles, page: CoveragePage, words: Words) -> None:
    """口径: what each class means, then every rule with its source, in the numbers that the lists refer to."""
    numbers = [words(f"workbook.rule.{key}") for key in ("number", "title", "where", "text")]
    wide = sheets.columns(sheet, numbers, _RULE_WIDTHS)
    policy = words("workbook.pair", label=words("report.meta.policy"), value=page.heading.policy)
    sheet.write_string(0, 0, f"{policy} {page.heading.version}", styles.section)
    labels = [words(f"report.column.{key}") for key in ("number", "class", "remedy", "meaning")]
    sheets.heads(sheet, 1, labels, styles, wide)
    row = 1
    for each in page.gaps:
        row += 1
        _line(sheet, styles, row, each.severity, (each.label, each.remedy, each.meaning))
    row += 2
    sheets.heads(sheet, row, numbers, styles, wide)
    for basis in page.basis:
        row += 1
        _line(sheet, styles, row, basis.number, (basis.title, basis.where, basis.text))
    sheets.page(sheet, words("workbook.footer"), landscape=True, repeat=None, area=(row, len(_RULE_WIDTHS) - 1))


def _line(sheet: "Worksheet", styles: WorkbookStyles, row: int, number: int, said: tuple[str, ...]) -> None:
    sheet.write_number(row, 0, number, styles.centre)
    for column, value in enumerate(said, start=1):
        sheets.text(sheet, row, column, value, styles.text)
    sheets.high(sheet, row, zip(said, _RULE_WIDTHS[1:], strict=True))


def sources(sheet: "Worksheet", styles: WorkbookStyles, page: CoveragePage, words: Words) -> None:
    """数据来源: every file behind the figures, its hash, how many problems it had, and why one is in no figure."""
    wide = _columns(sheet, styles, _SOURCE, _SOURCE_WIDTHS, words)
    problems = {line.file: line.total for line in page.quality}
    for row, each in enumerate(page.sources, start=1):
        sheets.text(sheet, row, 0, each.file, styles.text)
        sheets.text(sheet, row, 1, each.format, styles.centre)
        sheets.text(sheet, row, 4, each.period, styles.centre)
        for column, count in ((2, each.sheets), (3, each.organisations), (5, problems.get(each.file, 0))):
            sheet.write_number(row, column, count, styles.count)
        sheets.text(sheet, row, 6, each.refused, styles.text)
        sheets.text(sheet, row, 7, each.sha256, styles.plain)
        sheets.high(sheet, row, ((each.file, wide[0]), (each.refused, wide[6])))
    _finish(sheet, len(page.sources), len(_SOURCE), 1, words)


def _columns(
    sheet: "Worksheet", styles: WorkbookStyles, keys: tuple[str, ...], widths: tuple[int, ...], words: Words
) -> Sequence[float]:
    """Headings and their columns; the widths that these got."""
    labels = [words(f"workbook.head.{key}") for key in keys]
    wide = sheets.columns(sheet, labels, widths)
    sheets.heads(sheet, 0, labels, styles, wide)
    return wide


def _finish(sheet: "Worksheet", rows: int, columns: int, frozen: int, words: Words) -> None:
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    footer = words("workbook.footer")
    sheets.page(sheet, footer, landscape=True, repeat=(0, 0), area=(max(rows, 1), columns - 1))
