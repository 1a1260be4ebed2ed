"""A filled form in; the sums that it has as formulas stored with what they come to, as Excel itself would, out.

openpyxl writes a formula without its result: whoever reads the file before Excel has opened it would find nothing.
"""

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SUM = re.compile(r"=SUM\(\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)\)", re.IGNORECASE)


def stored(content: bytes, book: "Workbook") -> bytes:
    """The same workbook; `book` is what it was written from, its sheets numbered in their order."""
    results = {
        f"xl/worksheets/sheet{number}.xml": _sums(sheet) for number, sheet in enumerate(book.worksheets, start=1)
    }
    if not any(results.values()):
        return content
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, _with(source.read(item), results.get(item.filename, {})))
    return sink.getvalue()


def _sums(sheet: "Worksheet") -> dict[str, float]:
    """What each sum over cells comes to; one over other formulas is left to Excel."""
    found = {}
    for cell in list(sheet._cells.values()):
        match = (
            _SUM.fullmatch(cell.value)
            if getattr(cell, "data_type", "") == "f" and isinstance(cell.value, str)
            else None
        )
        if match is None:
            continue
        area = [each for row in sheet[f"{match[1]}{match[2]}:{match[3]}{match[4]}"] for each in row]
        if not any(getattr(each, "data_type", "") == "f" for each in area):
            found[cell.coordinate] = sum(each.value for each in area if isinstance(each.value, (int, float)))
    return found


def _with(part: bytes, results: dict[str, float]) -> bytes:
    for cell, value in results.items():
        empty = re.compile(rb'(<c r="' + cell.encode() + rb'"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
        part = empty.sub(rb"\g<1><v>" + f"{value:.10g}".encode() + b"</v>", part, count=1)
    return part
