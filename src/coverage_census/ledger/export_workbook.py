"""The organisations of a round as a workbook that people read: Chinese headings, every column, numbers as numbers."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from coverage_census.errors import WrongUsage
from coverage_census.files import xlsx
from coverage_census.model.choices import Qualifier
from coverage_census.model.organisation import about, fields_of
from coverage_census.model.record import Facts
from coverage_census.model.tables import HIGH, LOW
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import count_text, field_label, with_unit
from coverage_census.words.periods import label_of

MOST = 1_048_575  # rows of a sheet, without its heading
_WIDE = {"name": 32, "uscc": 21, "org_name": 28, "address": 28, "superior_org": 26, "source_file": 26, "remarks": 28}


def write(found: Iterable[Sequence[Any]], columns: Sequence[str], rows: int, words: Words) -> bytes:
    """A row for each organisation of `found`. A qualified count is written as people write it (20至30, 约80) and has
    its ends in two columns of its own; what is not known is blank."""
    if rows > MOST:
        raise WrongUsage("export_too_many", count=rows, most=MOST)
    sink = io.BytesIO()
    with xlsx.workbook(sink) as book:
        sheet = book.add_worksheet(words("export.sheet"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#EAF0F6"})
        for place, name in enumerate(columns):
            sheet.set_column(place, place, _WIDE.get(name, 12))
            sheet.write_string(0, place, heading(name, words), head)
        line = 0
        for line, values in enumerate(found, start=1):
            _line(sheet, line, columns, dict(zip(columns, values, strict=True)), words)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    return sink.getvalue()


def heading(name: str, words: Words) -> str:
    """The label of a field, of one of its ends, or of what the ledger knows beside."""
    if name in about():
        return with_unit(name, field_label(name, words), words)
    for end, key in ((LOW, "low"), (HIGH, "high")):
        if name.endswith(end) and name.removesuffix(end) in fields_of("count"):
            return words(f"export.{key}", label=field_label(name.removesuffix(end), words))
    return words(f"export.head.{name}")


def _line(sheet: Any, line: int, columns: Sequence[str], row: Facts, words: Words) -> None:
    for place, name in enumerate(columns):
        said = _said(name, row, words)
        if isinstance(said, int | float):
            sheet.write_number(line, place, said)
        elif said:
            sheet.write_string(line, place, said)


def _said(name: str, row: Facts, words: Words) -> str | int | float | None:
    """A number or a text; None stays blank."""
    value = row[name]
    if value is None:
        return None
    if name == "qualifiers":
        pairs = sorted(dict(value).items())
        return words("export.between").join(
            words("export.qualifier", label=field_label(field, words), said=words(f"term.qualifier.{kind}"))
            for field, kind in pairs
        )
    if name in fields_of("count"):
        kind = dict(row["qualifiers"] or {}).get(name)
        return counted(value, row[name + LOW], row[name + HIGH], kind, words)
    if name == "period":
        return label_of(value, words)
    if isinstance(value, bool):
        return words("console.yes" if value else "console.no")
    if name in about() and about()[name].holds == "choice":
        return words(f"term.{name}.{value}")
    return value if isinstance(value, int | float) else str(value)


def counted(value: int, low: int | None, high: int | None, kind: str | None, words: Words) -> str | int:
    """A count from which the number that the ledger holds can be read again: 约80, 超过100, 50余, 不足7, 20至30."""
    if low is None or low == high:
        return value
    if (way := _way(value, low, high, kind)) is not None:
        return words(f"export.count.{way}", value=value)
    said = count_text(value, low, high, words)
    return said if value == low else words("export.count.told", value=value, said=said)


def _way(value: int, low: int, high: int | None, kind: str | None) -> str | None:
    if kind == Qualifier.APPROX:
        return "approx"
    if kind == Qualifier.AT_LEAST and low == value + 1:
        return "above" if high is None else "odd"
    if kind == Qualifier.BELOW and low == 0 and high in (value - 1, value):
        return "up_to" if high == value else "below"
    return None
