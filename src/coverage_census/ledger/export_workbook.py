"""The organisations of a round as a workbook that people read: Chinese headings, every column, numbers as numbers."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coverage_census import new_xlsx
from coverage_census.errors import WrongUsage
from coverage_census.ledger import query
from coverage_census.model.organisation import about, fields_of
from coverage_census.tables import HIGH, LOW
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import count_text, field_label

MOST = 1_048_575  # rows of a sheet, without its heading
_WIDE = {"name": 32, "uscc": 21, "org_name": 28, "address": 28, "superior_org": 26, "source_file": 26, "remarks": 28}


def write(path: Path, columns: Sequence[str], rows: int, words: Words) -> bytes:
    """All organisations in the Parquet file `path`, a row each. A qualified count is written as people write it
    (20至30) and has its ends in two columns of its own; what is not known is blank."""
    if rows > MOST:
        raise WrongUsage("export_too_many", count=rows, most=MOST)
    sink = io.BytesIO()
    with new_xlsx.workbook(sink) as book:
        sheet = book.add_worksheet(words("export.sheet"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#EAF0F6"})
        for place, name in enumerate(columns):
            sheet.set_column(place, place, _WIDE.get(name, 12))
            sheet.write_string(0, place, heading(name, words), head)
        chosen = ", ".join(f'"{name}"' for name in columns)
        line = 0
        for several in query.rows(path, chosen):
            for values in several:
                line += 1
                _line(sheet, line, columns, dict(zip(columns, values, strict=True)), words)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    return sink.getvalue()


def heading(name: str, words: Words) -> str:
    """The label of a field, of one of its ends, or of what the ledger knows beside."""
    if name in about():
        label, key = field_label(name, words), f"export.unit.{name}"
        return words(key, label=label) if words.has(key) else label
    for end, key in ((LOW, "low"), (HIGH, "high")):
        if name.endswith(end) and name.removesuffix(end) in fields_of("count"):
            return words(f"export.{key}", label=field_label(name.removesuffix(end), words))
    return words(f"export.head.{name}")


def _line(sheet: Any, line: int, columns: Sequence[str], row: Mapping[str, Any], words: Words) -> None:
    for place, name in enumerate(columns):
        said = _said(name, row, words)
        if isinstance(said, int | float):
            sheet.write_number(line, place, said)
        elif said:
            sheet.write_string(line, place, said)


def _said(name: str, row: Mapping[str, Any], words: Words) -> str | int | float | None:
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
        return count_text(value, row[name + LOW], row[name + HIGH], words)
    if isinstance(value, bool):
        return words("console.yes" if value else "console.no")
    if name in about() and about()[name].holds == "choice":
        return words(f"term.{name}.{value}")
    return value if isinstance(value, int | float) else str(value)
