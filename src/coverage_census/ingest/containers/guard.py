"""A zip-based workbook's bytes, before anything parses them: refused where that could do harm, else its parts."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from coverage_census.ingest.containers import xml_head
from coverage_census.ingest.containers.extent import Extent
from coverage_census.ingest.containers.skipped_by_reader import SkippedByReader
from coverage_census.ingest.refusal import Refused

MB = 1 << 20
MAX_FILE = 100 * MB
MAX_PARTS = 2_000  # a workbook with a photograph in every row has some hundreds
MAX_PART = 1024 * MB
MAX_TOTAL = 2048 * MB
MAX_RATIO, RATIO_FROM = 200, 10 * MB  # small parts (styles.xml) are often packed tighter than that
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_CELLS = 20_000_000
# The reader fills the rectangle from A1 to the last cell: one cell in XFD1048576 asks it for 549 GB and it aborts.
MAX_BOX, BOX_TO_CELLS, SMALL_BOX = 4 * MAX_CELLS, 4, 5_000_000
CHUNK = MB
# A large workbook may be read while it is looked through, unless it is packed tighter than such workbooks are.
MEANWHILE_FROM, MEANWHILE_RATIO = 32 * MB, 30

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED_BIT = 0x1
REPEATED = re.compile(rb'-repeated="(\d{7,})"')
EMPTY_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*(?:/>|></(?:\w+:)?c>)")
ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*>")
LONGEST_TAG = 4096


@dataclass(frozen=True)
class Package:
    """What the guard let pass: the names of the parts, by part the cells that would be taken for blanks, and how many
    cells there are in all."""

    names: frozenset[str]
    left_out: Mapping[str, SkippedByReader]
    cells: int


def check(data: bytes) -> Package:
    """Directory first (nothing is unpacked for it), then every part once, as a stream."""
    with opened(data) as archive:
        parts = archive.infolist()
        check_directory(parts)
        cells, found = 0, {}
        for part in parts:
            found[part.filename] = SkippedByReader()
            cells += _check_part(archive, part, found[part.filename])
            if cells > MAX_CELLS:
                raise Refused("too_many_cells", limit=MAX_CELLS)
        return Package(frozenset(found), {name: left_out for name, left_out in found.items() if left_out}, cells)


def may_be_read_meanwhile(data: bytes) -> bool:
    """Whether a workbook is large, and all that can be told without unpacking it (and the head of each part) is right.

    Then the reader may start while `check` streams; whatever it made is thrown away where `check` refuses.
    """
    if len(data) < MEANWHILE_FROM // MEANWHILE_RATIO:
        return False
    try:
        with opened(data) as archive:
            parts = archive.infolist()
            check_directory(parts)
            if "xl/workbook.xml" not in archive.namelist() or sum(part.file_size for part in parts) < MEANWHILE_FROM:
                return False
            loose = all(part.file_size < MB or part.file_size < MEANWHILE_RATIO * part.compress_size for part in parts)
            return loose and not any(_declares(archive, part) for part in parts)
    except (Refused, EOFError, zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        return False


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Entities are declared before the first element, if anywhere."""
    with archive.open(part) as stream:
        head = stream.read(CHUNK // 16)
    extent = Extent()
    extent.look(head.replace(b"\0", b""))
    extent.end()
    return extent.declares or not xml_head.is_plain(head)


def unpacked_size(data: bytes) -> int:
    """What a zip says that it unpacks to; the size of the bytes themselves for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return min(sum(part.file_size for part in archive.infolist()), MAX_TOTAL)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return len(data)


def opened(data: bytes) -> zipfile.ZipFile:
    """The directory only; nothing is unpacked for it."""
    # The end record counts the parts: 70,000 are refused before a list of them is made.
    end = data.rfind(b"PK\5\6")
    if end < 0 or data.endswith(bytes(64)):
        raise Refused("half_copied")
    if int.from_bytes(data[end + 10 : end + 12], "little") > MAX_PARTS:
        raise Refused("too_many_parts", limit=MAX_PARTS)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused("half_copied") from error


def check_directory(parts: list[zipfile.ZipInfo]) -> None:
    """What can be told without unpacking anything."""
    if len(parts) > MAX_PARTS:
        raise Refused("too_many_parts", limit=MAX_PARTS)
    if any(part.flag_bits & ENCRYPTED_BIT for part in parts):
        raise Refused("encrypted")
    if any(part.compress_type not in PACKED for part in parts):
        raise Refused("damaged")
    twice = Counter(part.filename.casefold() for part in parts)
    if any(count > 1 for count in twice.values()) or any(_leads_out(part.filename) for part in parts):
        raise Refused("tampered")
    if sum(part.file_size for part in parts) > MAX_TOTAL or any(_is_bomb(part) for part in parts):
        raise Refused("zip_bomb")


def _leads_out(name: str) -> bool:
    pieces = name.replace("\\", "/").split("/")
    return ".." in pieces or pieces[0] == "" or ":" in pieces[0]


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    packed = max(part.compress_size, 1)
    return part.file_size > MAX_PART or (part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * packed)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left_out: SkippedByReader) -> int:
    """How many cells the part holds; whatever it begins with it is looked at, but for binary sheets."""
    if part.is_dir() or part.filename.endswith(".bin"):
        return 0
    try:
        with archive.open(part) as stream:
            head = stream.read(CHUNK)
            if not xml_head.is_plain(head):
                raise Refused("tampered")
            extent = _check_xml(_plain(head, stream), part.filename, left_out)
        if _reaches_too_far(extent):
            # Empty cells that only have a border may stand anywhere: the reader leaves them out, so look again without.
            with archive.open(part) as stream:
                extent = _check_xml(_filled(_plain(stream.read(CHUNK), stream)), part.filename, left_out)
        if _reaches_too_far(extent):
            raise Refused("too_far", limit=MAX_ROWS)
        return extent.cells
    except EOFError as error:
        raise Refused("half_copied") from error
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error


def _plain(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The part in chunks; UTF-16, in which a declaration could hide, with its zero bytes taken out."""
    wide = b"\0" in head[:LONGEST_TAG]
    while head:
        yield head.replace(b"\0", b"") if wide else head
        head = stream.read(CHUNK)


def _filled(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same without empty cells and row numbers; a tag that a chunk cuts in two waits for the next chunk."""
    waiting = b""
    for chunk in chunks:
        text = EMPTY_CELL.sub(b"", ROW.sub(b"<row>", waiting + chunk))
        cut = text.rfind(b"<", max(len(text) - LONGEST_TAG, 0))
        waiting = text[cut:] if cut >= 0 else b""
        yield text[:cut] if cut >= 0 else text
    yield waiting


def _check_xml(chunks: Iterator[bytes], name: str, left_out: SkippedByReader) -> Extent:
    """Stops at the first chunk that is too much."""
    extent = Extent()
    for chunk in chunks:
        formulas = extent.formulas
        extent.look(chunk)
        left_out.look(chunk, has_formulas=extent.formulas > formulas)
        _refuse(extent, name)
        if name == "content.xml" and any(int(count) > MAX_ROWS for count in REPEATED.findall(chunk)):
            raise Refused("too_far", limit=MAX_ROWS)
    extent.end()
    _refuse(extent, name)
    return extent


def _refuse(extent: Extent, name: str) -> None:
    # A picture (SVG) may carry a declaration; no part that a workbook is read from does.
    if extent.declares and not name.lower().endswith(".svg"):
        raise Refused("tampered")
    if extent.cells > MAX_CELLS:
        raise Refused("too_many_cells", limit=MAX_CELLS)


def _reaches_too_far(extent: Extent) -> bool:
    box = extent.height * extent.width
    beyond = extent.height > MAX_ROWS or extent.width > MAX_COLUMNS
    return beyond or box > MAX_BOX or box > max(SMALL_BOX, BOX_TO_CELLS * extent.cells)
