"""A zip-based workbook's bytes in; the same package with only the parts that a reader takes, each inflated once, out.

A reader never sees the sender's own zip: what it is given has one directory, whole parts of the size they declare, and
nothing that was not looked at. A part that no relation leads to is left out, so padding raises no limit.
"""

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coverage_census.ingest.containers import guard, signature, xlsx_parts
from coverage_census.ingest.containers.proof import DENSE, FIRST, RowProof
from coverage_census.ingest.refusal import Refused

# What may be unpacked of all parts together: enough for a small workbook, and for a large one by what it has packed.
FREE, TIMES_PACKED = 64 * guard.MB, 80
MOST_RELATIONS = guard.MB  # bytes of one part of relations: two hundred sheets take thirty thousand
# What a reader asks for by its name.
NAMED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|mimetype|content\.xml|styles\.xml|meta-inf/manifest\.xml"
    r"|docprops/[a-z]{1,10}\.xml|xl/(?:workbook|styles|sharedstrings)\.(?:xml|bin)"
)
PICTURE = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|[ew]mf|tiff?|svg|ole)$|^xl/(?:media|embeddings|printersettings|activex|ctrlprops|vba)"
)
UTF8, FIRST_DAY = 0x800, 0x21

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class Repacked(bytes):
    """A package that `taken` made: it need not be taken once more."""


@dataclass(frozen=True)
class Taken:
    """A package of the parts that were looked at; `proved` are bytes of its rows that differ."""

    data: Repacked
    unpacked: int
    proved: int


def taken(data: bytes) -> Taken:
    """Raises `Refused` where the package is none, or would unpack to more than it is worth."""
    with guard.opened(data) as archive:
        parts = archive.infolist()
    for part in parts:  # some programs of Windows write them its way, and Excel opens what they made
        part.filename = part.filename.replace("\\", "/")
    guard.check_directory(parts)
    kind = signature.workbook_in(frozenset(part.filename for part in parts))
    wanted = list(_wanted(data, parts, binary=kind == "xlsb"))
    packed, unpacked = (sum(getattr(part, size) for part in wanted) for size in ("compress_size", "file_size"))
    if unpacked > FREE + TIMES_PACKED * packed:
        raise Refused("zip_bomb")
    proved = sum(_proved(data, part) for part in wanted)
    return Taken(_packed(data, wanted), unpacked, proved)


def _wanted(data: bytes, parts: Iterable[zipfile.ZipInfo], *, binary: bool) -> Iterator[zipfile.ZipInfo]:
    """Parts that readers know by name, and what relations lead to from there; no pictures, no programs."""
    known = {part.filename.casefold(): part for part in parts if not part.is_dir()}
    waiting = [name for name in known if NAMED.fullmatch(name)]
    met = set(waiting)
    while waiting:
        name = waiting.pop()
        yield known[name]
        folder, leaf = posixpath.split(name)
        found = [posixpath.join(folder, "_rels", f"{leaf}.rels")]
        if name.endswith(".rels"):
            found = [each.casefold() for each in _targets(data, known[name])]
        for each in found:
            if each in known and each not in met and not _is_left(each, binary=binary):
                met.add(each)
                waiting.append(each)


def _is_left(name: str, *, binary: bool) -> bool:
    return bool(PICTURE.search(name)) or (not binary and name.endswith(".bin"))


def _targets(data: bytes, part: zipfile.ZipInfo) -> list[str]:
    if part.file_size > MOST_RELATIONS:
        raise Refused("tampered")
    folder = posixpath.dirname(posixpath.dirname(part.filename))
    return list(xlsx_parts.read(b"".join(_inflated(data, part)), folder).values())


def _proved(data: bytes, part: zipfile.ZipInfo) -> int:
    """Bytes of rows that differ; every part is inflated for it, and so found whole."""
    if part.file_size <= FIRST:  # which prove nothing: most parts of most workbooks
        for _ in _inflated(data, part):
            pass
        return min(part.file_size, DENSE * part.compress_size) if part.filename.endswith(".bin") else 0
    proof = RowProof()
    for chunk in _inflated(data, part):
        proof.look(chunk)
    if part.filename.endswith(".bin"):
        return min(proof.size, DENSE * part.compress_size)
    return min(proof.rows(), TIMES_PACKED * part.compress_size)


def _inflated(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in chunks, to its very end: another reader would find neither more nor less in it."""
    raw = _raw(data, part)
    if part.compress_type == zipfile.ZIP_STORED:
        chunks: Iterable[bytes] = (bytes(raw[at : at + guard.CHUNK]) for at in range(0, len(raw), guard.CHUNK))
    else:
        chunks = _inflate(raw)
    size = check = 0
    for chunk in chunks:
        size, check = size + len(chunk), zlib.crc32(chunk, check)
        if size > part.file_size:
            raise Refused("tampered")
        yield chunk
    if size != part.file_size or check != part.CRC:
        raise Refused("damaged")


def _inflate(raw: memoryview) -> Iterator[bytes]:
    stream, rest = zlib.decompressobj(-zlib.MAX_WBITS), raw.tobytes()
    try:
        while not stream.eof:
            chunk = stream.decompress(rest, guard.CHUNK)
            rest = stream.unconsumed_tail
            if not chunk and not rest and not stream.eof:
                raise Refused("damaged")
            yield chunk
    except zlib.error as error:
        raise Refused("damaged") from error
    if stream.unused_data or rest:
        raise Refused("tampered")


def _raw(data: bytes, part: zipfile.ZipInfo) -> memoryview:
    """As it is packed, behind its own header."""
    head = data[part.header_offset : part.header_offset + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(b"PK\3\4"):
        raise Refused("damaged")
    name, extra = _LOCAL.unpack(head)[-2:]
    start = part.header_offset + _LOCAL.size + name + extra
    raw = memoryview(data)[start : start + part.compress_size]
    if len(raw) != part.compress_size:
        raise Refused("half_copied")
    return raw


def _packed(data: bytes, parts: Iterable[zipfile.ZipInfo]) -> Repacked:
    """The parts as they are, under headers of our own."""
    made, directory, count = bytearray(), bytearray(), 0
    for part in parts:
        name, raw = part.filename.encode(), _raw(data, part)
        told = (20, UTF8, part.compress_type, 0, FIRST_DAY, part.CRC, len(raw), part.file_size, len(name), 0)
        directory += _CENTRAL.pack(b"PK\1\2", 20, *told, 0, 0, 0, 0, len(made)) + name
        made += _LOCAL.pack(b"PK\3\4", *told) + name
        made += raw
        count += 1
    made += directory + _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(made), 0)
    return Repacked(made)
