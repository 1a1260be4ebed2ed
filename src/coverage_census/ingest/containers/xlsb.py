"""An .xlsb package to what the reader leaves out of it: merged areas, errors, hidden rows and hidden columns.

A formula without a stored result cannot be told from one whose result is an empty text: the format always has one.
"""

import io
import struct
import zipfile
from collections.abc import Iterator

from coverage_census.ingest.containers import xls, xlsx_parts
from coverage_census.ingest.containers.skipped_by_reader import SkippedByReader
from coverage_census.ingest.grid import Area
from coverage_census.ingest.refusal import Refused

BOOK = "xl/workbook.bin"
# Record types BrtBundleSh; BrtRowHdr, BrtCellError, BrtFmlaError, BrtColInfo, BrtMergeCell
SHEET, ROW, ERROR, FORMULA_ERROR, COLUMNS, MERGED_AREA = 156, 0, 3, 11, 60, 176
AREA = struct.Struct("<4I")  # first row, last row, first column, last column
HIDDEN_ROW, HIDDEN_COLUMN = 0x10, 0x01


def left_out(data: bytes) -> dict[str, SkippedByReader]:
    """By sheet name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            known, sheets = set(archive.namelist()), _parts(archive)
            return {name: _sheet(archive.read(part)) for name, part in sheets.items() if part in known}
        except (ValueError, IndexError, struct.error) as error:
            raise Refused("damaged") from error


def parts_of_sheets(data: bytes) -> dict[str, str]:
    """Sheet name → part name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            return _parts(archive)
        except (ValueError, IndexError, struct.error) as error:
            raise Refused("damaged") from error


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    targets = xlsx_parts.targets(archive, BOOK)
    return {name: targets.get(number, "") for number, name in _sheets(archive.read(BOOK))}


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Relation and name of each sheet: after state and number, two texts of counted UTF-16 characters."""
    for kind, body in _records(book, 0):
        if kind == SHEET:
            number, rest = _text(body[8:])
            yield number, _text(rest)[0]


def _sheet(part: bytes) -> SkippedByReader:
    found, row = SkippedByReader(), 0
    for kind, at in _wanted(part):
        if kind == ROW:
            row = int.from_bytes(part[at : at + 4], "little")
            if part[at + 11] & HIDDEN_ROW:
                found.hidden_rows.add((row, row))
        elif kind == COLUMNS:
            first, last, _, _, options = struct.unpack_from("<4IH", part, at)
            if options & HIDDEN_COLUMN:
                found.hidden_columns.add((first, last))
        elif kind == MERGED_AREA:
            found.merges.append(_area(part[at : at + AREA.size]))
        else:
            column = int.from_bytes(part[at : at + 4], "little")
            found.errors[row, column] = xls.error(part[at + 8])
    return found


def _wanted(part: bytes) -> Iterator[tuple[int, int]]:
    """Kind and place of the records that are looked at; a million others are only stepped over."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = part[at]
        at += 1
        if size & 0x80:
            size, at = _number(part, at - 1, 4)
        if kind in (ROW, ERROR, FORMULA_ERROR, COLUMNS, MERGED_AREA):
            yield kind, at
        at += size
    if at > end:
        raise ValueError("record beyond the part")


def _area(body: bytes) -> Area:
    top, bottom, left, right = AREA.unpack(body)
    return top, left, bottom, right


def _records(part: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Type and content of each record; ValueError where the bytes are no whole records."""
    while at < len(part):
        kind, at = _number(part, at, 2)
        size, at = _number(part, at, 4)
        if at + size > len(part):
            raise ValueError("record beyond the part")
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first; the high bit says that another byte follows."""
    value = 0
    for place in range(most):
        if at >= len(part):
            raise ValueError("record cut off")
        byte = part[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at


def _text(body: bytes) -> tuple[str, bytes]:
    length = int.from_bytes(body[:4], "little")
    end = 4 + 2 * length
    return body[4:end].decode("utf-16-le", "replace"), body[end:]
