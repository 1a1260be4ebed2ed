"""The same small table in every container that is read: what the tests of containers and the fuzzers start from."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.worksheet import Worksheet

from coverage_census.ingest.grid import Cell

# All organisations are invented. 㙍 and 𠮷 take four bytes in GB18030.
ROWS: list[list[Cell]] = [
    ["样例镇非公企业台账", None, None, None],
    [None, None, None, None],
    ["单位名称", "从业人员", "正式党员", "年营业收入"],
    ["合成样例甲有限公司", 120, 3, 1500.5],
    ["合成样例㙍𠮷合作社", 8, None, 0],
]

Write = Callable[[list[list[Cell]]], bytes]


def new_workbook() -> tuple[openpyxl.Workbook, Worksheet, io.BytesIO]:
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    return book, book.active, io.BytesIO()


def by_openpyxl(rows: list[list[Cell]]) -> bytes:
    book, page, out = new_workbook()
    for row in rows:
        page.append(row)
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(rows: list[list[Cell]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for r, row in enumerate(rows):
            page.write_row(r, 0, row)
    return out.getvalue()


def by_xlwt(rows: list[list[Cell]]) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                page.write(r, c, value)
    book.save(out)
    return out.getvalue()


def by_odfpy(rows: list[list[Cell]]) -> bytes:
    book, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name="Sheet1")
    for row in rows:
        line = TableRow()
        for value in row:
            if value is None:
                line.addElement(TableCell())
            elif isinstance(value, str):
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=value))
                line.addElement(cell)
            else:
                line.addElement(TableCell(valuetype="float", value=value))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(out)
    return out.getvalue()


def by_csv(encoding: str, delimiter: str = ",") -> Write:
    def write(rows: list[list[Cell]]) -> bytes:
        lines = (delimiter.join("" if value is None else str(value) for value in row) for row in rows)
        return "".join(line + "\r\n" for line in lines).encode(encoding)

    return write


def by_html(rows: list[list[Cell]]) -> bytes:
    lines = ("".join(f"<td x:num>{'&nbsp;' if v is None else v}</td>" for v in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f"<html><head><meta charset=gb2312></head><body><table border=1>{body}</table></body></html>".encode(
        "gb18030"
    )


def by_hand_xml(rows: list[list[Cell]], table: str = "", options: str = "") -> bytes:
    """Excel 2003 XML as systems write it that only know this of it."""

    def cell(value: Cell) -> str:
        if value is None:
            return "<Cell/>"
        kind = "String" if isinstance(value, str) else "Number"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    lines = "".join("<Row>" + "".join(map(cell, row)) + "</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Sheet1"><Table>{table or lines}</Table>{options}</Worksheet></Workbook>'
    ).encode()


def by_hand_dbf(
    fields: Sequence[tuple[str, str, int]], rows: Sequence[Sequence[str]], encoding: str = "gb18030", page: int = 0
) -> bytes:
    """dBase III: name, type and width of each field; a row whose first text is `*` is deleted."""
    size = 1 + sum(width for *_, width in fields)
    begin = 32 + 32 * len(fields) + 1
    head = bytes([3, 126, 11, 21]) + struct.pack("<IHH", len(rows), begin, size) + bytes(17) + bytes([page, 0, 0])
    for name, kind, width in fields:
        head += name.encode(encoding).ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([width]) + bytes(15)
    body = b""
    for deleted, *cells in rows:
        body += (deleted or " ").encode()
        for text, (_, _, width) in zip(cells, fields, strict=True):
            body += text.encode(encoding).ljust(width)[:width]
    return head + b"\r" + body + b"\x1a"


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an .xlsb part; no body here is longer than 127 bytes."""
    types = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return types + bytes([len(body)]) + body


def counted(text: str) -> bytes:
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def binary_cell(column: int, value: Cell) -> bytes:
    start = struct.pack("<II", column, 0)
    return record(6, start + counted(value)) if isinstance(value, str) else record(5, start + struct.pack("<d", value))


def by_hand_xlsb(
    rows: list[list[Cell]],
    merges: Sequence[tuple[int, int, int, int]] = (),
    errors: Mapping[tuple[int, int], tuple[int, int]] = MappingProxyType({}),
    hidden: tuple[Sequence[int], Sequence[int]] = ((), ()),
) -> bytes:
    """Nothing at hand writes .xlsb; these are the parts and records that a reader looks at.

    `errors`: place → type of its record and the code of the error; `hidden`: rows and columns.
    """
    sheet = record(129) + record(148, bytes(16))
    sheet += b"".join(record(60, struct.pack("<4IH", column, column, 0, 0, 1)) for column in hidden[1]) + record(145)
    for number, row in enumerate(rows):
        sheet += record(0, struct.pack("<I", number) + bytes(7) + bytes([0x10 * (number in hidden[0])]) + bytes(13))
        for (at, column), (sort, code) in errors.items():
            sheet += record(sort, struct.pack("<IIB", column, 0, code)) if at == number else b""
        sheet += b"".join(binary_cell(column, value) for column, value in enumerate(row) if value is not None)
    areas = (record(176, struct.pack("<4I", top, bottom, left, right)) for top, left, bottom, right in merges)
    sheet += record(146) + record(177, struct.pack("<I", len(merges))) + b"".join(areas) + record(178) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + counted("rId1") + counted("Sheet1"))
    link = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    parts: dict[str, bytes | str] = {
        "xl/workbook.bin": book + record(144) + record(132),
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{link}"><Relationship Id="rId1" Type="{kind}" '
        'Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": sheet,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


CONTAINERS: dict[str, tuple[str, Write]] = {
    "openpyxl": ("xlsx", by_openpyxl),
    "xlsxwriter": ("xlsx", by_xlsxwriter),
    "xls": ("xls", by_xlwt),
    "ods": ("ods", by_odfpy),
    "xlsb": ("xlsb", by_hand_xlsb),
    "csv utf-8": ("csv", by_csv("utf-8")),
    "csv with mark": ("csv", by_csv("utf-8-sig")),
    "csv gb18030": ("csv", by_csv("gb18030")),
    "csv utf-16": ("csv", by_csv("utf-16")),
    "csv utf-16-be": ("csv", lambda rows: b"\xfe\xff" + by_csv("utf-16-be")(rows)),
    "html": ("html", by_html),
    "excel 2003 xml": ("xml", by_hand_xml),
    "tabs": ("csv", by_csv("gb18030", "\t")),
    "semicolons": ("csv", by_csv("utf-8", ";")),
    "full-width bars": ("csv", by_csv("utf-8", "｜")),
}
SUFFIXES = {format_: f".{format_}" for format_, _ in CONTAINERS.values()}
