"""Annual tables in; the workbook with both tables, the organisations to confirm and the notes out, as bytes."""

import io
from collections.abc import Sequence
from datetime import datetime

from coverage_census.files import xlsx
from coverage_census.report.annual import pending, sheet
from coverage_census.report.annual.counting import AnnualTable
from coverage_census.report.annual.styles import AnnualStyles, Cover
from coverage_census.words.catalogue import Words


def workbook(tables: Sequence[AnnualTable], cover: Cover, words: Words) -> bytes:
    """An xlsx file; the same tables are the same bytes."""
    sink = io.BytesIO()
    with xlsx.workbook(sink, "annual") as book:
        book.set_properties({"title": words("annual.title27"), "created": datetime(2026, 1, 1)})
        styles = AnnualStyles(book)
        for table in tables:
            sheet.write(book.add_worksheet(words(f"annual.sheet.t{table.form.number}")), styles, table, cover, words)
        pending.write(book.add_worksheet(words("annual.sheet.pending")), styles, tables, words)
        pending.notes(book.add_worksheet(words("annual.sheet.notes")), styles, tables, cover, words)
    return sink.getvalue()
