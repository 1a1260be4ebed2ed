"""A cell of a form and what is to stand in it in; the cell written, and made large enough, out."""

import datetime
import math
from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.fill.layout import is_placeholder
from coverage_census.ingest.fill.words import UNFIT, Written
from coverage_census.ingest.mark.problem_list import put
from coverage_census.words.width import width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LIKE_FORMULAS = ("=", "+", "-", "@")
_SIZE, _LINE, _HIGHEST = 11, 1.4, 409  # points: usual letters; line height as a part of them; the highest row
_USUAL_WIDTH, _USUAL_HEIGHT = 8.43, 15


class FormWorksheet:
    """One worksheet of a form; it knows how wide its columns are and which cells are merged."""

    def __init__(self, sheet: "Worksheet") -> None:
        self.sheet = sheet
        self._widths = _widths(sheet)
        self._areas = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        self.formulas = 0  # that a value has replaced

    def write(self, row: int, column: int, value: Written) -> bool:
        """Whether something stands there now; both numbers 1-based. A blank takes a formula's place too: of what is
        unknown it would make a zero."""
        cell = self.anchor(row, column)
        if cell is None:
            return False
        if cell.data_type == "f":
            self.formulas += 1
        elif not is_placeholder(cell.value) and cell.value != 0 and not isinstance(cell.value, (int, float)):
            return False
        if value is None or value is UNFIT:
            cell.value = None
            return False
        if isinstance(value, (str, int, float)):
            put(cell, value)  # type: ignore[arg-type]
            if isinstance(value, str) and value.startswith(_LIKE_FORMULAS):
                cell.quotePrefix = True
        elif isinstance(value, datetime.date):
            form = cell.number_format
            cell.value = value
            cell.number_format = form
        self._fit(cell, value)
        return True

    def anchor(self, row: int, column: int) -> Any:
        """The cell, or of a merged area its first one; None where that stands in another row's heading."""
        cell = self.sheet.cell(row, column)
        if hasattr(cell, "data_type") and type(cell).__name__ != "MergedCell":
            return cell
        for area in self.sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return self.sheet.cell(area.min_row, area.min_col) if area.min_row == row else None
        return None

    def _fit(self, cell: Any, value: Written) -> None:
        """A text that does not fit is wrapped and its row made higher; a number that does not fit is made smaller."""
        text = f"{value}" if not isinstance(value, str) else value
        size = cell.font.sz or _SIZE
        room, rows = self._room(cell)
        lines = math.ceil(width(text) * size / _SIZE / max(room - 0.8, 1))
        if lines <= 1:
            return
        alignment = copy(cell.alignment)
        if not isinstance(value, str):
            alignment.shrink_to_fit = True
            cell.alignment = alignment
            return
        if not alignment.wrap_text:
            alignment.wrap_text, alignment.shrink_to_fit = True, False
            cell.alignment = alignment
        needed = lines * size * _LINE + 3
        held = sum(self._height(row) for row in range(cell.row, cell.row + rows))
        if held < needed:
            self.sheet.row_dimensions[cell.row].height = min(self._height(cell.row) + needed - held, _HIGHEST)

    def _room(self, cell: Any) -> tuple[float, int]:
        """Width of a cell, and how many rows it takes."""
        area = self._areas.get((cell.row, cell.column))
        if area is None:
            return self._width(cell.column), 1
        columns = range(area.min_col, area.max_col + 1)
        return sum(self._width(each) for each in columns), area.max_row - area.min_row + 1

    def _width(self, column: int) -> float:
        return self._widths.get(column, self._widths.get(0, _USUAL_WIDTH))

    def _height(self, row: int) -> float:
        held = self.sheet.row_dimensions.get(row)
        own = held.height if held is not None else None
        return float(own or self.sheet.sheet_format.defaultRowHeight or _USUAL_HEIGHT)


def _widths(sheet: "Worksheet") -> Mapping[int, float]:
    """By column; 0 is what the others have."""
    found: dict[int, float] = {}
    if sheet.sheet_format.defaultColWidth:
        found[0] = float(sheet.sheet_format.defaultColWidth)
    for letter, held in sheet.column_dimensions.items():
        if held.width:
            first = held.min or _number(letter)
            found.update(dict.fromkeys(range(first, (held.max or first) + 1), float(held.width)))
    return found


def _number(letter: str) -> int:
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letter)
