"""Organisations of one township in; their sheet of the ledger (台账) out, with advice and gaps beside the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.model.organisation import about, at
from coverage_census.model.record import Facts
from coverage_census.model.tables import HIGH, LOW
from coverage_census.report.workbook import sheets
from coverage_census.report.workbook.styles import WorkbookStyles
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import count_text, field_label

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIELDS = (
    "name",
    "uscc",
    "kind",
    "village",
    "industry",
    "employees",
    "members_total",
    "members_formal",
    "members_probationary",
    "has_org",
    "org_form",
    "org_level",
    "org_name",
    "instructors",
    "has_union",
    "has_league",
    "has_women_org",
    "active",
)
_WIDTHS = {"name": 32, "uscc": 20, "org_name": 26, "industry": 18, "village": 14}
_A3 = 8
_DECIDED = ("advice", "gaps", "source")
_DECIDED_WIDTHS = (16, 26, 30)
_OWN = ("text", "text", "text")


@dataclass(frozen=True)
class OrganisationStanding:
    """One organisation: its fields, the advice and its gap classes as people read them; the unknown is None."""

    row: Facts
    advice: str
    gaps: tuple[str, ...]


def write(
    sheet: "Worksheet", styles: WorkbookStyles, found: Sequence[OrganisationStanding], words: Words, place: bool = False
) -> None:
    """`place`: with the township as a column, where one sheet holds several."""
    fields = ("name", "township", *FIELDS[1:]) if place else FIELDS
    labels = [field_label(field, words) for field in fields] + [words(f"workbook.head.{key}") for key in _DECIDED]
    wide = sheets.columns(sheet, labels, [*(_WIDTHS.get(field, 11) for field in fields), *_DECIDED_WIDTHS])
    sheets.heads(sheet, 0, labels, styles, wide)
    for row, each in enumerate(found, start=1):
        said = [_said(field, each.row, words) for field in fields]
        said += [each.advice, words("report.enumeration").join(each.gaps), _source(each.row)]
        for column, (value, style) in enumerate(zip(said, (*map(_style, fields), *_OWN), strict=True)):
            if isinstance(value, str | None):
                sheets.text(sheet, row, column, value, getattr(styles, style))
            else:
                sheet.write_number(row, column, value, styles.count)
        wrapped = zip(said, wide, (*map(_style, fields), *_OWN), strict=True)
        sheets.high(
            sheet, row, [(text, room) for text, room, style in wrapped if isinstance(text, str) and style != "plain"]
        )
    last = len(fields) + len(_DECIDED) - 1
    rule = {"type": "no_blanks", "format": styles.some}
    sheet.conditional_format(1, last - 1, max(len(found), 1), last - 1, rule)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(found), 1), last)
    sheets.page(sheet, words("workbook.footer"), landscape=True, repeat=(0, 0), area=(max(len(found), 1), last))
    sheet.set_paper(_A3)  # twenty columns: on A4 nobody could read them


def _source(row: Facts) -> str:
    """file!sheet!row, as far as it is known."""
    return at(*(row[part] for part in ("source_file", "source_sheet", "source_row")))


def _said(field: str, row: Facts, words: Words) -> str | float | None:
    """What stands in a cell: a number, a text (30至50 where a count is not exact), or nothing where it is unknown."""
    value = row.get(field)
    if value is None:
        return None
    if isinstance(value, bool):
        return words("report.yes" if value else "report.no")
    if about()[field].holds == "count":
        return count_text(value, row.get(field + LOW), row.get(field + HIGH), words)
    if isinstance(value, int | float):
        return value
    return words(f"term.{field}.{value}") if about()[field].holds == "choice" else str(value)


def _style(field: str) -> str:
    """The style of its texts by name."""
    if field == "uscc":
        return "plain"
    return "centre" if about()[field].holds in {"choice", "flag"} else "text"
