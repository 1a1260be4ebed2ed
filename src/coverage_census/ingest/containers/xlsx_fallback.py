"""An xlsx package that the first reader cannot take, read by openpyxl: slower by far, so only then and in the jail."""

import datetime
import io
import warnings
from dataclasses import dataclass
from typing import Any

from coverage_census.ingest.grid import Area, Cell
from coverage_census.ingest.refusal import Refused

MOST_UNPACKED = 64 << 20  # openpyxl takes fifty times that in memory


@dataclass(frozen=True)
class FallbackSheet:
    """One sheet; rows as long as they are."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Area, ...]
    hidden: bool


def read(data: bytes, unpacked: int) -> list[FallbackSheet]:
    """All sheets with stored values; refused as damaged where this reader fails too."""
    if unpacked > MOST_UNPACKED:
        raise Refused("damaged")
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            return [_page(sheet) for sheet in book.worksheets]
    except MemoryError:  # the jail gives it its own name
        raise
    except Exception as error:
        raise Refused("damaged") from error


def _page(sheet: Any) -> FallbackSheet:
    merges = tuple((a.min_row - 1, a.min_col - 1, a.max_row - 1, a.max_col - 1) for a in sheet.merged_cells.ranges)
    rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    return FallbackSheet(sheet.title, rows, merges, sheet.sheet_state != "visible")


def _cell(value: object) -> Cell:
    """As the first reader gives it: a day without a time is a date."""
    known = (str, int, float, bool, datetime.date, datetime.time, datetime.timedelta)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    return value if value is None or isinstance(value, known) else str(value)
