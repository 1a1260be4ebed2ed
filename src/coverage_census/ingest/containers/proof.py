"""The bytes of a file in; how many of them are proved to be rows of a table, which earns a file its limits, out.

What a file declares proves nothing, nor does what is repeated or padded: a large honest sheet has many rows, and they
differ. A window of each quarter of a megabyte is looked at, so a province costs little more than a county.
"""

import re
import zlib
from dataclasses import dataclass, field

WINDOW, EVERY = 16 * 1024, 256 * 1024
FIRST = 4 * WINDOW
DENSE = 8  # bytes of a binary sheet to a packed byte, at most

_ROW = re.compile(rb"<(?:\w{1,20}:)?(?:row|tr|si|table-row)\b", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w{1,20}:)?(?:c|t|td|th|cell|table-cell)\b", re.IGNORECASE)
_PLACE = re.compile(rb"""\b(?:r|ss:Index)=["'][A-Z]{0,3}\d{1,7}["']""")


@dataclass
class RowProof:
    """Of one part or file, chunk after chunk; a row that stood before, or holds no cell, proves nothing."""

    is_text: bool = False
    size: int = 0
    _seen: set[int] = field(default_factory=set, repr=False)
    _looked_at: int = 0
    _different: int = 0
    _next: int = 0

    def look(self, chunk: bytes) -> None:
        """The next bytes."""
        while self._next < self.size + len(chunk):
            start = max(self._next - self.size, 0)
            self._window(chunk[start : start + WINDOW])
            self._next += EVERY
        self.size += len(chunk)

    def rows(self) -> int:
        """Bytes of rows that differ, as far as the windows tell; the first ones, which always do, tell nothing."""
        return self.size * max(self._different - FIRST, 0) // self._looked_at if self._looked_at else 0

    def _window(self, window: bytes) -> None:
        self._looked_at += len(window)
        for piece in self._pieces(window):
            key = hash(piece) if self.is_text else hash(frozenset(_CELL.split(_PLACE.sub(b"", piece))[1:-1]))
            if key not in self._seen:
                self._seen.add(key)
                self._different += len(piece)

    def _pieces(self, window: bytes) -> list[bytes]:
        """Whole rows; one that is wider than the window is the window."""
        if self.is_text:
            rows = window.split(b"\n")
            return [line for line in rows[1:-1] or rows if line.strip(b' \t\r,;|"')]
        rows = _ROW.split(window)
        return [row for row in rows[1:-1] or rows if _CELL.search(row)]


def of_text(data: bytes) -> int:
    """Bytes of lines that differ."""
    return _proved(data, is_text=True)


def of_markup(data: bytes) -> int:
    """Bytes of rows of HTML or XML that differ."""
    return _proved(data, is_text=False)


def of_binary(data: bytes) -> int:
    """Bytes of a binary sheet, by how tightly its windows can be packed."""
    windows = [data[start : start + WINDOW] for start in range(0, len(data), EVERY)]
    packed = sum(len(zlib.compress(window, 1)) for window in windows)
    looked_at = sum(map(len, windows))
    return min(len(data), DENSE * packed * len(data) // max(looked_at, 1))


def _proved(data: bytes, *, is_text: bool) -> int:
    proof = RowProof(is_text)
    for start in range(0, len(data), EVERY):
        proof.look(data[start : start + EVERY])
    return proof.rows()
