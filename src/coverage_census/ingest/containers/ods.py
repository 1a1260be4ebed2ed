"""The content.xml of an OpenDocument sheet to what the reader leaves out: merged areas, and errors, which it blanks.

The tags are searched for, not parsed: by the time this runs the guard has seen the file.
"""

import html
import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from coverage_census.ingest.containers.skipped_by_reader import SkippedByReader
from coverage_census.ingest.refusal import Refused

TAG = re.compile(
    rb'<(/?)table:(table|table-row|table-column|table-cell|covered-table-cell)(?=[\s/>])((?:[^<>"]++|"[^"<]*+")*+)>'
)
ATTRIBUTE = re.compile(rb'(?:table|calcext):([\w-]+)="([^"]*)"')
ERROR_TEXT = re.compile(rb"(?<!\s)\s*+<text:p[^<>]*+>\s*+(#[A-Z0-9_/]{1,20}+[!?]?|Err:\d{1,9})\s*+</text:p>")
WORTH_A_LOOK = (b"-spanned=", b"table:visibility=", b"<text:p>#", b"<text:p>Err:")
HIDDEN = (b"collapse", b"filter")
MAX_FILLED = 1000  # an error is not repeated over more cells than this


def left_out(data: bytes) -> dict[str, SkippedByReader]:
    """By sheet name; sheets that lack nothing may be missing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("content.xml")
    _well_formed(xml)
    if not any(mark in xml for mark in WORTH_A_LOOK):
        return {}
    walk = _Walk()
    for tag in TAG.finditer(xml):
        walk.step(tag, xml)
    return walk.found


def _well_formed(xml: bytes) -> None:
    """Only then can the reader be let in: it goes round for ever in a table that is never closed."""
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error


@dataclass
class _Walk:
    """Where in which sheet the tags are; a repeated row or cell counts as often as it is repeated."""

    found: dict[str, SkippedByReader] = field(default_factory=dict)
    sheet: SkippedByReader = field(default_factory=SkippedByReader)
    row: int = 0
    column: int = 0
    columns: int = 0  # described so far
    row_repeats: int = 1

    def step(self, tag: re.Match[bytes], xml: bytes) -> None:
        closes, name, written = tag[1] == b"/", tag[2], tag[3]
        if closes:
            self.row += self.row_repeats if name == b"table-row" else 0
            return
        attributes = {key.decode(): value for key, value in ATTRIBUTE.findall(written)}
        match name:
            case b"table":
                title = html.unescape(attributes.get("name", b"").decode("utf-8", "replace"))
                self.sheet, self.row, self.columns = self.found.setdefault(title, SkippedByReader()), 0, 0
            case b"table-row":
                self.row_repeats, self.column = _number(attributes, "number-rows-repeated"), 0
                if attributes.get("visibility") in HIDDEN:
                    self.sheet.hidden_rows.add((self.row, self.row + self.row_repeats - 1))
                self.row += self.row_repeats if written.endswith(b"/") else 0
            case b"table-column":
                last = self.columns + _number(attributes, "number-columns-repeated") - 1
                if attributes.get("visibility") in HIDDEN:
                    self.sheet.hidden_columns.add((self.columns, last))
                self.columns = last + 1
            case _:
                self._cell(attributes, xml, tag.end())

    def _cell(self, attributes: dict[str, bytes], xml: bytes, end: int) -> None:
        repeats = _number(attributes, "number-columns-repeated")
        wide, high = _number(attributes, "number-columns-spanned"), _number(attributes, "number-rows-spanned")
        if wide > 1 or high > 1:
            self.sheet.merges.append((self.row, self.column, self.row + high - 1, self.column + wide - 1))
        if ("formula" in attributes or attributes.get("value-type") == b"error") and (
            error := ERROR_TEXT.match(xml, end)
        ):
            self._error(error[1].decode("ascii"), min(repeats, MAX_FILLED))
        self.column += repeats

    def _error(self, text: str, repeats: int) -> None:
        for row in range(self.row, self.row + min(self.row_repeats, MAX_FILLED)):
            for column in range(self.column, self.column + repeats):
                self.sheet.errors[row, column] = text


def _number(attributes: dict[str, bytes], name: str) -> int:
    written = attributes.get(name, b"1")
    return max(int(written), 1) if written.isdigit() and len(written) < 10 else 1
