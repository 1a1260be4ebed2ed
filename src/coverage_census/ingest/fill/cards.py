"""A worksheet with a blank card and the organisations in; one card each, on as many copies as it takes, out."""

from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.fill.cells import FormWorksheet
from coverage_census.ingest.fill.layout import CardToFill, SheetLayout
from coverage_census.ingest.fill.tables import ColumnTally, FilledPlace, siblings
from coverage_census.ingest.fill.words import Writer
from coverage_census.ingest.grid import place_of
from coverage_census.ingest.layout import context
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST = 200
"""Cards in one workbook."""

_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\'：", " "))
_LONGEST = 31


class Cards:
    """The cards of one sheet, and what became of their labels."""

    def __init__(self, book: "Workbook", sheet: "Worksheet", layout: SheetLayout) -> None:
        self._book, self._sheet, self._layout = book, sheet, layout
        self.tallies = {each.path: ColumnTally() for form in layout.forms for each in form.columns}
        self.placed: list[FilledPlace] = []
        self.added = self.formulas = 0

    def fill(self, organisations: Sequence[Organisation], allowed: Mapping[str, Sequence[str]]) -> None:
        """Blank copies first, then every card on them."""
        forms = self._layout.forms
        groups = [organisations[start : start + len(forms)] for start in range(0, len(organisations), len(forms))]
        pages = [self._sheet] + [_copy(self._book, self._sheet) for _ in groups[1:]]
        self.added = len(pages) - 1
        own = str(self._sheet.title)
        for number, (page, group) in enumerate(zip(pages, groups, strict=False), start=1):
            if len(pages) > 1 or len(forms) == 1:
                page.title = self._title(group, own, number if len(pages) > 1 else 0, page)
            sheet = FormWorksheet(page)
            for form, each in zip(forms, group, strict=False):
                self.placed.append(self._card(sheet, form, each, allowed))
            self.formulas += sheet.formulas

    def _card(
        self, page: FormWorksheet, form: CardToFill, each: Organisation, allowed: Mapping[str, Sequence[str]]
    ) -> FilledPlace:
        tallies = {column.index: self.tallies[column.path] for column in form.columns}
        placed = FilledPlace(page.sheet.title, form.card.row + 1, each, tallies)
        for column in form.columns:
            place = place_of(form.card.cells[column.index])
            if column.index in form.states or column.field is None or place is None:
                continue
            row, at = place[0] + 1, place[1] + 1
            words = allowed.get(form.card.cells[column.index], ())
            writer = Writer(
                column, words, siblings(form.columns, column), bool(getattr(page.anchor(row, at), "is_date", False))
            )
            if page.write(row, at, writer.of(each)):
                tallies[column.index].filled += 1
                placed.said[column.index] = writer.field
            elif writer.said(each) is None:
                tallies[column.index].unknown += 1
            elif writer.label is None:
                tallies[column.index].unfit += 1
        return placed

    def _title(self, group: Sequence[Organisation], own: str, number: int, page: Any) -> str:
        """The organisation's name, unless the reader would take a place or another kind from it; else a number."""
        title = group[0].name.translate(_NOT_IN_TITLES).strip()[:_LONGEST] if len(group) == 1 else ""
        title = "".join(mark for mark in title if mark.isprintable())
        found = context.read([], [], title, Incoming(Path(), "-"))
        says = (found.county, found.township, found.kind if found.kind != group[0].kind else None)
        taken = {each.title.lower() for each in self._book.worksheets if each is not page}
        if title and not any(says) and title.lower() not in taken:
            return title
        return f"{own[: _LONGEST - 4]}{number}" if number else own


def _copy(book: "Workbook", sheet: "Worksheet") -> Any:
    """A whole copy: what openpyxl leaves out of one is drop-downs, colours by condition, and how it is printed."""
    made = book.copy_worksheet(sheet)
    for each in sheet.data_validations.dataValidation:
        made.add_data_validation(copy(each))
    for each in sheet.conditional_formatting:
        for rule in each.rules:
            made.conditional_formatting.add(str(each.sqref), copy(rule))
    for name in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
        setattr(made.HeaderFooter, name, copy(getattr(sheet.HeaderFooter, name)))
    if sheet.print_area:
        made.print_area = ",".join(each.rpartition("!")[2] for each in str(sheet.print_area).split(","))
    made.print_title_rows, made.print_title_cols = sheet.print_title_rows, sheet.print_title_cols
    made.protection, made.sheet_view.showGridLines = copy(sheet.protection), sheet.sheet_view.showGridLines
    made.sheet_view.zoomScale = sheet.sheet_view.zoomScale
    for brk in (*sheet.row_breaks.brk, *sheet.col_breaks.brk):
        (made.row_breaks if brk in sheet.row_breaks.brk else made.col_breaks).append(copy(brk))
    return made
