"""A dBase table, which WPS and the registration systems of old write as .dbf, to the rows of one sheet."""

import datetime
import math
from dataclasses import dataclass

from coverage_census.ingest.grid import Cell
from coverage_census.ingest.refusal import Refused

HEADER, FIELD = 32, 32  # bytes
END_OF_FIELDS = 0x0D
DELETED = ord("*")
MAX_CELLS = 20_000_000
# The byte that names the code page; most programs here leave it at 0 and write GBK.
CODE_PAGES = {0x4F: "big5", 0x78: "big5"}
READ_TYPES = "CNFDLI"


@dataclass(frozen=True)
class Field:
    """A column: where its bytes lie in a record. The content of memos lies in another file."""

    name: str
    kind: str
    begin: int
    end: int


def read(data: bytes) -> tuple[list[list[Cell]], list[str]]:
    """The names of the fields, then every record that is not deleted; and the names of fields that hold no cell."""
    count, begin, size = (int.from_bytes(data[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    encoding = CODE_PAGES.get(data[29], "gb18030")
    fields = _fields(data[HEADER:begin], encoding)
    if not fields or size < fields[-1].end:
        raise Refused("damaged")
    if len(data) < begin + count * size:
        raise Refused("half_copied")
    if count * len(fields) > MAX_CELLS:
        raise Refused("too_many_cells", limit=MAX_CELLS)
    kept = [each for each in fields if each.kind in READ_TYPES]
    rows: list[list[Cell]] = [[each.name or None for each in kept]]
    for at in range(begin, begin + count * size, size):
        if data[at] != DELETED:
            record = data[at : at + size]
            rows.append([_cell(record[each.begin : each.end], each.kind, encoding) for each in kept])
    return rows, [each.name for each in fields if each.kind not in READ_TYPES]


def _fields(described: bytes, encoding: str) -> list[Field]:
    found, begin = [], 1  # the first byte of a record says whether it is deleted
    for at in range(0, len(described) - FIELD + 1, FIELD):
        if described[at] == END_OF_FIELDS:
            break
        name = _text(described[at : at + 11].partition(b"\0")[0], encoding) or ""
        end = begin + described[at + 16]
        found.append(Field(name, chr(described[at + 11]), begin, end))
        begin = end
    return found


def _cell(written: bytes, kind: str, encoding: str) -> Cell:
    if kind == "I":
        return int.from_bytes(written, "little", signed=True)
    text = _text(written, encoding)
    if text is None:
        return None
    match kind:
        case "N" | "F":
            return _number(text)
        case "D":
            return _day(text)
        case "L":
            return {"T": True, "Y": True, "F": False, "N": False}.get(text.upper())
    return text


def _text(written: bytes, encoding: str) -> str | None:
    try:
        return written.rstrip(b"\0 ").decode(encoding).strip() or None
    except UnicodeDecodeError as error:
        raise Refused("unknown_encoding") from error


def _number(text: str) -> Cell:
    try:
        value = float(text)
    except ValueError:
        return text.strip("*") or None  # asterisks: the number did not fit
    return value if math.isfinite(value) else text


def _day(text: str) -> Cell:
    try:
        return datetime.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return text if text.strip("0") else None
