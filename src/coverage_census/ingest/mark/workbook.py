"""A workbook and what is to be marked in it in; the return workbook (退回表) out. Runs in the jailed child.

Values and layout stay the sender's. Marks are a conditional format (so no style of theirs is touched, and a later
return finds and removes it), a comment, and one more column right of the data.
"""

import io
import re
import zipfile
from functools import cached_property
from typing import Any

from coverage_census.ingest.containers import grids, guard, package, signature
from coverage_census.ingest.grid import Cell, Grid, place_of
from coverage_census.ingest.mark import problem_list
from coverage_census.ingest.mark.cells import clear, mark, with_free_heading
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.refusal import Refused
from coverage_census.model.annotation import Annotation, MarkOutcome

# As objects of openpyxl a sheet takes fifty times its unpacked XML; beyond this the list goes back alone.
MOST = 32 * guard.MB
MOST_CELLS = 200_000  # each takes it fifty microseconds to read and write

# What openpyxl would drop or damage, by the part of the package that holds it.
_LOST = {
    "macro": re.compile(r"xl/(?:vbaProject\.bin|macrosheets/|dialogsheets/)"),
    "pivot": re.compile(r"xl/(?:pivot|slicer|timeline)"),
    "chart": re.compile(r"xl/(?:charts|chartsheets|diagrams)/"),
    "drawing": re.compile(r"xl/(?:drawings/drawing|media/|cellimages|ctrlProps/|activeX/|embeddings/|ink/)"),
    "extended": re.compile(r"xl/(?:metadata\.xml|richData/)"),
    "query": re.compile(r"xl/(?:connections\.xml|queryTables/|threadedComments/|persons/|webextensions/)"),
}
_EXTENSION = re.compile(rb"<x14:(?:dataValidations|conditionalFormattings|sparklineGroups)\b")


def annotate(data: bytes | None, annotation: Annotation) -> tuple[MarkOutcome, bytes]:
    """The sender's workbook with its marks; the list alone where that would cost them something."""
    from openpyxl import Workbook, load_workbook

    why = "refused" if data is None else lost(data)
    if data is not None and why is None:
        try:
            book = load_workbook(io.BytesIO(package.taken(data).data), rich_text=True)
        except Exception:  # noqa: BLE001 (openpyxl raises whatever its parts do; what it says may quote a cell)
            why = "not_opened"
        else:
            ours = clear(book)
            annotation = with_free_heading(_with_titles(annotation, book), book, ours)
            problem_list.add(book, annotation, StoredFormulas(data))
            mark(book, annotation, ours)
            return MarkOutcome(whole=True), saved(book)
    book = Workbook()
    book.remove(book.worksheets[0])
    problem_list.add(book, annotation, None)
    return MarkOutcome(whole=False, why=why), saved(book)


class StoredFormulas:
    """The results that the formulas of a workbook were saved with, read only if a problem lies at a formula."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _grids(self) -> dict[str, Grid]:
        return {grid.name: grid for grid in grids.open_grids(self._data, "").grids}

    def at(self, sheet: str, cell: str) -> Cell:
        """`sheet` as problems name it."""
        grid, place = self._grids.get(sheet), place_of(cell)
        if grid is None or place is None or place[0] >= len(grid.rows) or place[1] >= len(grid.rows[0]):
            return None
        return grid.rows[place[0]][place[1]]


def _with_titles(annotation: Annotation, book: Any) -> Annotation:
    """Sheets whose names hold somebody's number are called otherwise everywhere but in their own workbook."""
    titles = {clean: title for title, clean in redact.sheet_names(each.title for each in book.worksheets).items()}
    if not titles:
        return annotation
    lines = tuple(
        each.model_copy(update={"title": titles[each.sheet]}) if each.sheet in titles else each
        for each in annotation.lines
    )
    headers = {titles.get(name, name): rows for name, rows in annotation.headers.items()}
    return annotation.model_copy(update={"lines": lines, "headers": headers})


def lost(data: bytes) -> str | None:
    """What a copy made by openpyxl would lose; None where it loses nothing."""
    if guard.unpacked_size(data) > MOST:
        return "size"
    try:
        if signature.container_of(data) != "zip":
            return "format"
        passed = guard.check(package.taken(data).data)
        if signature.workbook_in(passed.names) != "xlsx":
            return "format"
        if passed.cells > MOST_CELLS:
            return "size"
    except Refused:
        return "refused"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for what, pattern in _LOST.items():
            if any(pattern.match(name) for name in names):
                return what
        sheets = [name for name in names if re.match(r"xl/worksheets/[^/]+\.xml$", name)]
        if any(_EXTENSION.search(archive.read(name)) for name in sheets):
            return "extended"
    return None


def saved(book: Any) -> bytes:
    """The file without a file: openpyxl writes each sheet to disk first, and the jail lets nothing be written."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    writing: Any = WorksheetWriter

    class InMemory(ExcelWriter):
        _archive: Any

        def write_worksheet(self, ws: Any) -> None:
            ws._drawing = SpreadsheetDrawing()
            ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
            part = io.BytesIO()
            writer = writing(ws, out=part)
            writer.write()
            ws._rels = writer._rels
            self._archive.writestr(ws.path[1:], part.getvalue())
            self.manifest.append(ws)

    # Formulas lose their stored results with openpyxl: whoever opens the workbook has them calculated again.
    book.calculation.fullCalcOnLoad = True
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        InMemory(book, archive).save()
    return sink.getvalue()
