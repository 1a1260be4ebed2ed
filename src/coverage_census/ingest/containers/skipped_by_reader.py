"""The XML of one sheet, chunk by chunk, to what the reader leaves out of it.

The reader gives an empty text both for #REF! and for a formula that was never calculated; neither may pass for a blank.
"""

import re
from dataclasses import dataclass, field

from coverage_census.ingest.grid import Area

# Both begin at a rare byte sequence and look back for their cell; elements may have a prefix: <f> or <x:f>.
ERROR = re.compile(rb"#([A-Z0-9_/]{2,18}[!?]?)\s*</(?:\w+:)?v>")
NO_VALUE = re.compile(
    rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*+>[^<]*+</(?:\w+:)?f>)\s*+"
    rb"(?:(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)\s*+)?</(?:\w+:)?c>"
)
KIND = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
HIDDEN = b"hidden="
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*?\br=[\"'](\d{1,7})[\"']")
HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s(?=[^<>]*\shidden=[\"'](?:1|true)[\"'])[^<>]*>")
LAST_OF = re.compile(rb"""\s(min|max)=["'](\d{1,5})["']""")
LONGEST_CELL = 16_384  # bytes: a formula has at most 8,192 characters

Place = tuple[int, int]
"""Row and column, 0-based."""
Span = tuple[int, int]
"""First and last row or column, 0-based, both included."""


@dataclass
class SkippedByReader:
    """Error texts by place, where a formula has no stored value, which rows and columns are hidden, and merged areas
    that the reader does not give."""

    errors: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[Span] = field(default_factory=set)
    hidden_columns: set[Span] = field(default_factory=set)
    _tail: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.errors or self.formulas or self.merges or self.hidden_rows or self.hidden_columns)

    def look(self, chunk: bytes, has_formulas: bool) -> None:
        """`has_formulas` spares most sheets the second search; a cell cut in two is found with the next chunk."""
        may_err = b"#" in chunk or b"#" in self._tail
        may_hide = HIDDEN in chunk or HIDDEN in self._tail
        if not (may_err or has_formulas or may_hide):
            self._tail = chunk[-LONGEST_CELL:]
            return
        text = self._tail + chunk
        if may_hide:
            self._look_for_hidden(text)
        for each in ERROR.finditer(text) if may_err else ():
            attributes = _cell_before(text, each.start())
            if _kind(attributes) == b"e" and (place := _place(attributes)):
                self.errors[place] = "#" + each[1].decode("ascii")
        for each in NO_VALUE.finditer(text) if has_formulas else ():
            attributes = _cell_before(text, each.start())
            # A calculated empty text (t="str") is a value.
            if _kind(attributes) != b"str" and (place := _place(attributes)):
                self.formulas.add(place)
        self._tail = text[-LONGEST_CELL:]

    def _look_for_hidden(self, text: bytes) -> None:
        for row in HIDDEN_ROW.finditer(text):
            self.hidden_rows.add((int(row[1]) - 1, int(row[1]) - 1))
        for column in HIDDEN_COLUMN.finditer(text):
            ends = {name: int(number) - 1 for name, number in LAST_OF.findall(column[0])}
            if b"min" in ends:
                self.hidden_columns.add((ends[b"min"], max(ends.get(b"max", 0), ends[b"min"])))


def _cell_before(text: bytes, end: int) -> bytes:
    """The attributes of the last <c …> that begins before `end`."""
    start = max(end - LONGEST_CELL, 0)
    begin = max(text.rfind(b"<c ", start, end), text.rfind(b":c ", start, end))
    return text[begin + 2 : text.find(b">", begin, end)] if begin >= 0 else b""


def _kind(attributes: bytes) -> bytes:
    found = KIND.search(attributes)
    return found[1] if found else b""


def _place(attributes: bytes) -> Place | None:
    found = REFERENCE.search(attributes)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - ord("A") + 1
    return int(found[2]) - 1, column - 1
