"""The first bytes of a file to what it is: a container that can be read, or the name of what it is instead."""

import re
from typing import Literal

from coverage_census.ingest.refusal import Refused

Container = Literal["zip", "xls", "xml", "html", "dbf", "json", "parquet", "text"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes of an OLE directory entry; entries lie at multiples of it

OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\0\1\0\0Standard ", "Access"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
)
OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # BIFF2, 3, 4: bare streams
DBASE = (0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5)
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table|style|div)\b", re.IGNORECASE)
JSON = re.compile(rb'(?<!\s)\s*+(?:\[\s*+[\]{\["]|\{\s*+[}"])')
XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
NUMBERS = frozenset({"Index/Document.iwa", "Index.zip"})
# What a package that is no workbook is called, by a part that only it has.
PACKAGES = (
    ("word/document.xml", "Word"),
    ("ppt/presentation.xml", "PowerPoint"),
    ("OFD.xml", "OFD"),
)


def container_of(data: bytes) -> Container:
    """Which reader takes these bytes; refused with its name where none does."""
    if not data:
        raise Refused("empty_file")
    if not data[:4096].strip(b"\0") and not data.strip(b"\0"):
        raise Refused("half_copied")
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return "zip"
    if data.startswith(OLE):
        return _ole(data)
    if data.startswith(b"PAR1"):
        return "parquet"
    _refuse_binary(data)
    return "dbf" if _is_dbase(data) else _markup(data) or _json_or_text(data)


def workbook_in(names: frozenset[str]) -> Literal["xlsx", "xlsb", "ods"]:
    """Which kind of workbook a zip with these parts is."""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if names & NUMBERS or any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise Refused("numbers_file")
    for part, name in PACKAGES:
        if part in names:
            raise Refused("not_a_spreadsheet", what=name)
    if "content.xml" in names:
        return "ods"
    raise Refused("not_a_spreadsheet", what="ZIP")


def _ole(data: bytes) -> Container:
    if _has_stream(data, "EncryptedPackage"):
        raise Refused("encrypted")
    if _has_stream(data, "Workbook"):
        return "xls"
    if _has_stream(data, "Book"):
        raise Refused("other_format", what="Excel 5.0/95")
    for stream, name in (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint"), ("VisioDocument", "Visio")):
        if _has_stream(data, stream):
            raise Refused("not_a_spreadsheet", what=name)
    raise Refused("half_copied")


def _has_stream(data: bytes, name: str) -> bool:
    """Whether an OLE directory entry of that name lies where entries lie."""
    entry = name.encode("utf-16-le") + b"\0\0"
    place = data.find(entry)
    while place >= 0:
        if place % ENTRY == 0 and data[place + 64 : place + 66] == len(entry).to_bytes(2, "little"):
            return True
        place = data.find(entry, place + 1)
    return False


def _refuse_binary(data: bytes) -> None:
    for mark, name in OTHERS:
        if data.startswith(mark):
            raise Refused("not_a_spreadsheet", what=name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Refused("not_a_spreadsheet", what="WebP")
    if data.startswith(OLD_EXCEL):
        raise Refused("other_format", what="Excel 2-4")


def _is_dbase(data: bytes) -> bool:
    if len(data) < 33 or data[0] not in DBASE:
        return False
    header = int.from_bytes(data[8:10], "little")
    return 1 <= data[2] <= 12 and 1 <= data[3] <= 31 and 33 <= header <= len(data) and data[header - 1] in (0x0D, 0)


def _json_or_text(data: bytes) -> Container:
    """By the first signs; what then is no JSON after all is read as text."""
    return "json" if JSON.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) else "text"


def _markup(data: bytes) -> Container | None:
    """HTML or Excel 2003 XML, which old systems export as .xls; web archives are refused by name."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:64].lower().startswith((b"mime-version:", b"content-type: multipart")):
        raise Refused("other_format", what="MHT")
    if not head.startswith(b"<"):
        return None
    if XML_2003 in head:
        return "xml"
    if HTML.search(head):
        return "html"
    raise Refused("not_a_spreadsheet", what="XML")
