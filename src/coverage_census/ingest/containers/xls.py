"""An .xls file (BIFF8) to what the reader leaves out of it: errors, hidden rows and hidden columns.

A formula always has a result in this format: one that was never calculated cannot be told from an empty text.
"""

import struct
from collections.abc import Iterator

from coverage_census.ingest.containers import ole
from coverage_census.ingest.containers.skipped_by_reader import SkippedByReader
from coverage_census.ingest.refusal import Refused

SHEET, BEGIN, END, ROW, COLUMNS, TRUTH, FORMULA = 0x85, 0x809, 0x0A, 0x208, 0x7D, 0x205, 0x06
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01

_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HH")


def left_out(data: bytes) -> dict[str, SkippedByReader]:
    """By sheet name; ValueError where the file is not whole."""
    book = ole.stream(data, "Workbook")
    try:
        sheets = [_named(book, at, size) for kind, at, size in _records(book, 0) if kind == SHEET]
        # No program writes two sheets in one place; the reader would read it once for each.
        if len({start for _, start in sheets}) < len(sheets):
            raise Refused("tampered")
        return {name: _sheet(book, start) for name, start in sheets}
    except (struct.error, IndexError) as error:
        raise ValueError("record cut off") from error


def _records(book: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of the records from one beginning to its end; what is embedded (a chart) is passed over."""
    depth, end = 0, len(book) - 3
    unpack = _HEAD.unpack_from
    while at < end:
        kind, size = unpack(book, at)
        at += 4
        if kind == BEGIN:
            depth += 1
        elif kind == END:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at, size
        at += size


def _named(book: bytes, at: int, size: int) -> tuple[str, int]:
    """Name and place of a sheet; letters of one byte or of two."""
    start, _, length, wide = struct.unpack_from("<IHBB", book, at)
    text = book[at + 8 : at + size]
    return (text[: 2 * length].decode("utf-16-le", "replace") if wide & 1 else text[:length].decode("latin-1")), start


def _sheet(book: bytes, start: int) -> SkippedByReader:
    found = SkippedByReader()
    for kind, at, _ in _records(book, start):
        if kind == FORMULA:
            if book[at + 6] == 2 and book[at + 12 : at + 14] == b"\xff\xff":
                found.errors[_PLACE.unpack_from(book, at)] = error(book[at + 8])
        elif kind == TRUTH:
            if book[at + 7] == 1:
                found.errors[_PLACE.unpack_from(book, at)] = error(book[at + 6])
        elif kind == ROW:
            if book[at + 12] & HIDDEN_ROW:
                (row,) = struct.unpack_from("<H", book, at)
                found.hidden_rows.add((row, row))
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", book, at)
            if options & HIDDEN_COLUMN:
                found.hidden_columns.add((first, last))
    return found


def error(code: int) -> str:
    """As a spreadsheet shows it."""
    return ERRORS.get(code, "#N/A")
