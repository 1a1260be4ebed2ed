"""Organisations of one township in; their sheet of the ledger (台账) out, with advice and gaps beside the facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coverage_census.model.organisation import about
from coverage_census.report.workbook import sheets
from coverage_census.report.workbook.styles import Styles
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label

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
_TEXTS = ("name", "village", "industry", "org_name")
_DECIDED = ("advice", "gaps", "source")
_DECIDED_WIDTHS = (16, 26, 30)


@dataclass(frozen=True)
class Standing:
    """One organisation: its fields, the advice and its gap classes as people read them; the unknown is None."""

    row: Mapping[str, Any]
    advice: str
    gaps: tuple[str, ...]


def write(sheet: Any, styles: Styles, found: Sequence[Standing], words: Words, place: bool = False) -> None:
    """`place`: with the township as a column, where one sheet holds several."""
    fields = ("name", "township", *FIELDS[1:]) if place else FIELDS
    labels = [field_label(field, words) for field in fields] + [words(f"workbook.head.{key}") for key in _DECIDED]
    sheets.heads(sheet, 0, labels, styles)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, _WIDTHS.get(field, 11))
    for column, width in enumerate(_DECIDED_WIDTHS, start=len(fields)):
        sheet.set_column(column, column, width)
    for row, each in enumerate(found, start=1):
        for column, field in enumerate(fields):
            _cell(sheet, row, column, field, each.row.get(field), styles, words)
        sheet.set_row(row, 28 if any(_wraps(each.row[field], _WIDTHS.get(field, 11)) for field in _TEXTS) else 18)
        for column, said in enumerate((each.advice, "、".join(each.gaps), _source(each.row)), start=len(fields)):
            sheets.text(sheet, row, column, said, styles.text)
    last = len(fields) + len(_DECIDED) - 1
    rule = {"type": "no_blanks", "format": styles.some}
    sheet.conditional_format(1, last - 1, max(len(found), 1), last - 1, rule)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(found), 1), last)
    sheets.page(sheet, words("workbook.footer"), landscape=True, repeat=(0, 0), area=(max(len(found), 1), last))
    sheet.set_paper(_A3)  # twenty columns: on A4 nobody could read them


def _wraps(value: str | None, wide: float) -> bool:
    return value is not None and sheets.lines(value, wide) > 1


def _source(row: Mapping[str, Any]) -> str:
    """file!sheet!row, as far as it is known."""
    return "!".join(str(row[part]) for part in ("source_file", "source_sheet", "source_row") if row[part] is not None)


def _cell(sheet: Any, row: int, column: int, field: str, value: Any, styles: Styles, words: Words) -> None:
    if value is None:
        sheet.write_blank(row, column, None, styles.text)
    elif isinstance(value, bool):
        sheet.write_string(row, column, words("report.yes" if value else "report.no"), styles.centre)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, styles.count)
    elif about()[field].holds == "choice":
        sheet.write_string(row, column, words(f"term.{field}.{value}"), styles.centre)
    else:
        sheets.text(sheet, row, column, value, styles.plain if field == "uscc" else styles.text)
