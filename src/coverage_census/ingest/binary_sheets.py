"""An .xlsb package to the merged areas of its sheets, which the reader does not give for this container."""

import contextlib
import io
import struct
import zipfile
from collections.abc import Iterator

from coverage_census.ingest import relations
from coverage_census.ingest.grid import Area
from coverage_census.ingest.left_out import LeftOut
from coverage_census.ingest.refusal import Refused

BOOK = "xl/workbook.bin"
SHEET, MERGED_AREA = 156, 176  # record types BrtBundleSh, BrtMergeCell
END_OF_CELLS = b"\x92\x01\x00"  # BrtEndSheetData: everything that interests here comes after it
MOST_TRIES = 100
AREA = struct.Struct("<4I")  # first row, last row, first column, last column


def left_out(data: bytes) -> dict[str, LeftOut]:
    """By sheet name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        targets = relations.targets(archive, BOOK)
        try:
            sheets = {name: targets.get(number, "") for number, name in _sheets(archive.read(BOOK))}
        except ValueError as error:
            raise Refused("damaged") from error
        known = set(archive.namelist())
        return {name: LeftOut(merges=_merges(archive.read(part))) for name, part in sheets.items() if part in known}


def _sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Relation and name of each sheet: after state and number, two texts of counted UTF-16 characters."""
    for kind, body in _records(book, 0):
        if kind == SHEET:
            number, rest = _text(body[8:])
            yield number, _text(rest)[0]


def _merges(sheet: bytes) -> list[Area]:
    """The end mark may also occur within a cell; the true one is followed by whole records to the end of the part."""
    at = len(sheet)
    for _ in range(MOST_TRIES):
        at = sheet.rfind(END_OF_CELLS, 0, at)
        if at < 0:
            break
        with contextlib.suppress(ValueError, struct.error):
            return [_area(body) for kind, body in _records(sheet, at) if kind == MERGED_AREA]
    return []


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
