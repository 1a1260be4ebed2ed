"""A blank form and the organisations of an area in; the form filled, and what became of every column, out.

Runs in the jailed child: the form is a foreign file.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.containers import grids, package
from coverage_census.ingest.fill import cards as fill_cards
from coverage_census.ingest.fill import ended, read_back, sums
from coverage_census.ingest.fill import layout as fill_layout
from coverage_census.ingest.fill import tables as fill_tables
from coverage_census.ingest.fill.cards import Cards
from coverage_census.ingest.fill.layout import SheetLayout
from coverage_census.ingest.fill.lines import chinese_day, filled
from coverage_census.ingest.fill.tables import ColumnTally, Done, FilledPlace
from coverage_census.ingest.fill.who_goes_where import TableShare, refused, shares
from coverage_census.ingest.grid import cell_name, column_letters
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.mark import workbook
from coverage_census.ingest.mark.problem_list import put
from coverage_census.ingest.privacy import redact
from coverage_census.model.filling import FillRequest, FormField, FormFilled, FormSheet, State
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation, about

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_AREA = re.compile(r"\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+")
_LISTED = 2_000  # words of a drop-down that are looked at


class NoForm(Exception):
    """The file is whole, and yet cannot be filled; `why` names the sentence."""

    def __init__(self, why: str, **values: str | int | None) -> None:
        super().__init__(why)
        self.why, self.values = why, values


def fill(data: bytes, request: FillRequest) -> tuple[FormFilled, bytes]:
    """Raises `Refused` where the guard or the reader refuses the file."""
    try:
        return _Filling(data, request).done()
    except NoForm as no:
        return FormFilled(file=request.file, refused=no.why, values=dict(no.values)), b""


@dataclass(frozen=True)
class _ColumnTold:
    """One column of the form, and what became of it."""

    sheet: str
    place: str
    column: Column
    state: State | None
    tally: ColumnTally

    def field(self) -> FormField:
        column, tally = self.column, self.tally
        known = column.field if self.state in (None, "repeated") else None
        near = fill_layout.nearest(column.path) if self.state == "unrecognised" else None
        return FormField(
            sheet=self.sheet, column=self.place, heading=column.heading, field=known, state=self.state or "filled",
            filled=tally.filled, unknown=tally.unknown, unfit=tally.unfit, differing=tally.differing, nearest=near,
        )  # fmt: skip


class _Filling:
    def __init__(self, data: bytes, request: FillRequest) -> None:
        opened = grids.open_grids(data, Path(request.path).suffix)
        if opened.format != "xlsx":
            raise NoForm("format", format=opened.format)
        if (why := workbook.lost(data)) is not None:
            raise NoForm(f"lost_{why}" if why not in ("size", "refused") else "size")
        self._request, self._data = request, data
        # what the file is called says nothing of who is to go in: 分乡镇.xlsx is no township
        incoming = Incoming(Path(request.path), "-", request.county)
        self._layouts = [fill_layout.of(grid, incoming, request.columns) for grid in opened.grids]
        self._book = _loaded(data)
        self._placed: list[FilledPlace] = []
        self._sheets: list[FormSheet] = []
        self._told: list[_ColumnTold] = []
        self._formulas = 0

    def done(self) -> tuple[FormFilled, bytes]:
        self._look()
        particulars = self._particulars()
        left = self._fill()
        content = sums.stored(workbook.saved(self._book), self._book)
        read = read_back.read_back(content, self._request.file, self._request.county, self._request.columns)
        for placed, index in read_back.differences(self._placed, read):
            placed.tallies[index].differing += 1
        put_in = {id(each.organisation) for each in self._placed}
        gone, shells = ended.told(self._request.organisations, put_in)
        told = FormFilled(
            file=self._request.file,
            organisations=len(put_in),
            sheets=tuple(self._sheets),
            fields=tuple(each.field() for each in self._told),
            left_out={why: count for why, count in left.items() if why not in ("gone", "living")},
            gone=gone,
            shells=shells,
            read_back=len(read),
            particulars=tuple(particulars),
            replaced_formulas=self._formulas,
        )
        return told, content

    def _look(self) -> None:
        """Refused where there is nothing to fill, or where somebody has filled it already."""
        for layout in self._layouts:
            for table in layout.tables:
                if table.taken:
                    row, count = table.taken[0] + 1, len(table.taken)
                    raise NoForm("taken", sheet=layout.grid.name, row=row, count=count)
            if (form := next((each for each in layout.forms if each.taken), None)) is not None:
                raise NoForm("taken", sheet=layout.grid.name, row=form.card.row + 1, count=1)
        if not any(layout.tables or layout.forms for layout in self._layouts):
            kinds = {layout.kind for layout in self._layouts}
            known = next((kind for kind in ("roster", "crosstab") if kind in kinds), None)
            raise NoForm(known or "nothing", near=self._near())
        cards = sum(len(layout.forms) > 0 for layout in self._layouts)
        if cards and len(self._request.organisations) > fill_cards.MOST:
            raise NoForm("many_cards", count=len(self._request.organisations), most=fill_cards.MOST)

    def _near(self) -> str:
        """Headings that come near to known ones: 单位名成 → 单位名称."""
        texts = [redact.hidden(text) for layout in self._layouts for text in layout.near]
        near = {text: name for text in dict.fromkeys(texts) if (name := fill_layout.nearest((text,)))}
        return "、".join(f"{text}→{about()[name].zh}" for text, name in list(near.items())[:5])

    def _particulars(self) -> list[str]:
        """填报单位, 截止日期, 填报时间 where the form asks for them: above and below its tables."""
        asked = self._request
        said = {"unit": asked.unit or "", "today": chinese_day(asked.today) if asked.today else ""}
        said["as_of"] = chinese_day(asked.as_of) if asked.as_of else ""
        found = []
        for layout, sheet in zip(self._layouts, self._book.worksheets, strict=True):
            if not (layout.tables or layout.forms):
                continue
            heads = {row for table in layout.tables for row in range(table.top.first, table.top.last + 1)}
            for row, cells in enumerate(layout.grid.rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and row not in heads and (text := filled(cell, said)) != cell:
                        put(sheet.cell(row + 1, column + 1), text)
                        found.append(f"{layout.grid.name}!{cell_name(row, column)}")
        return found

    def _fill(self) -> Counter[str]:
        tables = [table for layout in self._layouts for table in layout.tables]
        split, left = shares(tables, self._request.organisations)
        for layout, sheet in zip(self._layouts, list(self._book.worksheets), strict=True):
            own = [share for share in split if any(share.table is each for each in layout.tables)]
            if own:
                self._fill_tables(layout, sheet, own)
            elif layout.forms:
                left += self._fill_cards(layout, sheet)
            else:
                self._sheets.append(FormSheet(sheet=layout.grid.name, kind=layout.kind))
        return left

    def _fill_tables(self, layout: SheetLayout, sheet: "Worksheet", own: Sequence[TableShare]) -> None:
        """The lowest table first: rows that are put in move what stands below."""
        done: list[Done] = []
        for share in sorted(own, key=lambda each: each.table.top.first, reverse=True):
            slots = (row for region in share.table.regions for row in region.slots)
            first = next(slots, share.table.regions[0].after + 1)
            places = {each.index: cell_name(first, each.index) for each in share.table.columns}
            allowed = {index: _words_at(self._book, sheet, cell) for index, cell in places.items()}
            filled_ = fill_tables.fill(self._book, sheet, share, allowed)
            for placed in (each for earlier in done for each in earlier.placed):
                placed.row += filled_.added
            done.append(filled_)
        for each in reversed(done):
            self._placed += each.placed
            self._formulas += each.formulas
            for column in each.table.columns:
                state = each.table.states.get(column.index)
                if column.index == each.table.running:
                    state, each.tallies[column.index].filled = None, len(each.placed)
                place = column_letters(column.index)
                self._told.append(_ColumnTold(layout.grid.name, place, column, state, each.tallies[column.index]))
        count = sum(len(each.placed) for each in done)
        added = sum(each.added for each in done)
        self._sheets.append(FormSheet(sheet=layout.grid.name, kind="ledger", organisations=count, added=added))

    def _fill_cards(self, layout: SheetLayout, sheet: "Worksheet") -> Counter[str]:
        wanted: list[Organisation] = []
        left: Counter[str] = Counter()
        for each in self._request.organisations:
            if reason := ended.refused(each, layout.gone) or refused(each, layout.says):
                left[reason] += 1
            else:
                wanted.append(each)
        cards = Cards(self._book, sheet, layout)
        places = {cell for form in layout.forms for cell in form.card.cells}
        cards.fill(wanted, {cell: _words_at(self._book, sheet, cell) for cell in places})
        self._placed += cards.placed
        self._formulas += cards.formulas
        for form in layout.forms:
            for column in form.columns:
                if (tally := cards.tallies.pop(column.path, None)) is not None:
                    place = form.card.cells[column.index]
                    self._told.append(
                        _ColumnTold(layout.grid.name, place, column, form.states.get(column.index), tally)
                    )
        count = len(cards.placed)
        self._sheets.append(FormSheet(sheet=layout.grid.name, kind="card", organisations=count, added=cards.added))
        return left


def _loaded(data: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(package.taken(data).data), rich_text=True)
    except Exception:  # noqa: BLE001 (openpyxl raises whatever its parts do; what it says may quote a cell)
        raise NoForm("lost_not_opened") from None


def _words_at(book: "Workbook", sheet: "Worksheet", cell: str) -> list[str]:
    """The words of the drop-down at a cell."""
    for each in sheet.data_validations.dataValidation:
        if each.type == "list" and each.formula1 and cell in each.sqref:
            return list(dict.fromkeys(_offered(book, sheet, each.formula1)))
    return []


def _offered(book: "Workbook", sheet: "Worksheet", formula: str) -> Iterator[str]:
    """ "是,否", or the cells (of this sheet, another, or by their name) in which the words stand."""
    if formula.startswith('"'):
        yield from (word.strip() for word in formula.strip('"').split(",") if word.strip())
        return
    named = book.defined_names.get(formula.lstrip("="))
    text = (named.attr_text if named is not None else formula).lstrip("=")
    title, _, area = text.rpartition("!")
    home = title.strip("'").replace("''", "'") or sheet.title
    if home not in book.sheetnames or not _AREA.fullmatch(area):
        return
    for row in list(book[home][area.replace("$", "")])[:_LISTED]:
        for cell in row if isinstance(row, tuple) else (row,):
            if cell.value is not None:
                yield str(cell.value).strip()
