"""A language in; the workbook that townships fill in out: the form, and a sheet that says how."""

import io
from datetime import datetime

from coverage_census.files import xlsx
from coverage_census.template import form, notes
from coverage_census.template.styles import TemplateStyles
from coverage_census.words.catalogue import Words


def workbook(words: Words, as_of: str | None = None) -> bytes:
    """The blank workbook; `as_of` is the cut-off date to print on it, open where it is None."""
    sink = io.BytesIO()
    with xlsx.workbook(sink) as book:
        # The same form is the same bytes: nothing in it tells when or by whom it was made.
        book.set_properties({"title": words("template.title"), "created": datetime(2026, 1, 1)})
        styles = TemplateStyles(book)
        form.write(book.add_worksheet(words("template.sheet.form")), styles, words, as_of)
        notes.write(book.add_worksheet(words("template.sheet.notes")), styles, words)
    return sink.getvalue()
