"""The XML of one part, chunk after chunk, to how many cells it holds and how far they reach, without parsing it."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Places = np.ndarray[Any, np.dtype[np.intp]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]

OVERLAP = 32  # bytes of a chunk that are looked at again with the next one: longer than any token searched for
WINDOW = 18  # bytes of a reference: seven letters and ten digits are already far beyond any sheet
PADDING = b" " * OVERLAP
BLANKS = (32, 9, 10, 13)
TOKEN = re.compile(rb"[<:][!crf]|r=")  # what is searched for begins so


@dataclass
class Extent:
    """What was seen of one part. Rows and columns count from 1; a cell without a reference follows its neighbour."""

    cells: int = 0
    rows: int = 0  # row elements
    last_row: int = 0  # by references
    last_column: int = 0
    references: int = 0  # that name a column: of cells, not of rows
    formulas: int = 0
    declares: bool = False  # <!DOCTYPE, <!ENTITY or their like
    most_in_row: int = 0  # loose parts only: cells in the fullest row, an upper bound of its columns
    _in_row: int = field(default=0, repr=False)
    _carried: bytes = field(default=b"", repr=False)

    def look(self, chunk: bytes) -> None:
        """Widens it by what the next chunk shows; its last bytes are kept for the chunk after."""
        known = b"".join((self._carried, chunk, PADDING))
        end = max(len(known) - 2 * OVERLAP, 0)
        _look(self, np.frombuffer(known, np.uint8), end)
        self._carried = known[end:-OVERLAP]

    def end(self) -> None:
        """There is no further chunk."""
        if TOKEN.search(self._carried):
            _look(self, np.frombuffer(self._carried + PADDING, np.uint8), len(self._carried))

    @property
    def loose(self) -> bool:
        """Whether cells lack references. One may: its reference can stand in the next chunk."""
        return self.cells > self.references + 1

    @property
    def height(self) -> int:
        return max(self.last_row, self.rows) if self.loose else self.last_row

    @property
    def width(self) -> int:
        return self.last_column + self.most_in_row if self.loose else self.last_column


def _look(seen: Extent, text: Bytes, end: int) -> None:
    """Tokens that begin before `end`; OVERLAP bytes or more follow it."""
    here, then = text[:end], text[1 : end + 1]
    opens = (here == ord("<")) | (here == ord(":"))  # <c> or, with a prefix, <x:c>
    marks = np.flatnonzero(opens & (then == ord("!")))
    cells = np.flatnonzero(opens & (then == ord("c")))
    rows = np.flatnonzero(opens & (then == ord("r")))
    seen.declares |= bool(_any_of(text[marks + 2] | 32, (ord("d"), ord("e"))).any())
    cells = cells[_any_of(text[cells + 2], (*BLANKS, ord(">"), ord("/")))]
    rows = rows[(text[rows + 2] == ord("o")) & (text[rows + 3] == ord("w"))]
    seen.formulas += int(np.count_nonzero(opens & (then == ord("f"))))
    seen.cells += len(cells)
    seen.rows += len(rows)
    _references(seen, text, np.flatnonzero((here == ord("r")) & (then == ord("="))))
    if seen.loose:
        _fullest_row(seen, cells, rows)


def _references(seen: Extent, text: Bytes, places: Places) -> None:
    """Widens the extent by the references r="AB12" whose `r` stands at `places`."""
    places = places[_any_of(text[places - 1], BLANKS) & _any_of(text[places + 2], (ord('"'), ord("'")))]
    if not len(places):
        return
    window = sliding_window_view(text, WINDOW)[places + 3]
    letters = (window | 32) - ord("a")  # unsigned: whatever is no letter becomes 26 or more
    column, row = np.zeros(len(places), np.int64), np.zeros(len(places), np.int64)
    going = np.ones(len(places), bool)
    for k in range(WINDOW):
        is_letter, digit = letters[:, k] < 26, window[:, k] - ord("0")
        is_digit = digit < 10
        going &= is_letter | is_digit
        if not going.any():
            break
        column = np.where(going & is_letter, column * 26 + letters[:, k] + 1, column)
        row = np.where(going & is_digit, row * 10 + digit, row)
    seen.last_row = max(seen.last_row, int(row.max()))
    seen.last_column = max(seen.last_column, int(column.max()))
    seen.references += int(np.count_nonzero(column))


def _fullest_row(seen: Extent, cells: Places, rows: Places) -> None:
    counts = np.diff(np.concatenate(([0], np.searchsorted(cells, rows), [len(cells)])))
    counts[0] += seen._in_row
    seen.most_in_row = max(seen.most_in_row, int(counts.max()))
    seen._in_row = int(counts[-1])


def _any_of(values: np.ndarray[Any, Any], wanted: tuple[int, ...]) -> Truths:
    found: Truths = values == wanted[0]
    for one in wanted[1:]:
        found |= values == one
    return found
