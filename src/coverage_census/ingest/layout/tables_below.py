"""A grid and its first header in; the rows in which further tables of the sheet have their headers, out."""

import re
from collections.abc import Iterator

from coverage_census.ingest.grid import Grid
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.layout.header import Header

_NAMING = re.compile(r"名\s*[称稱字]|姓\s*名|^\s*单\s*位\s*$")
_WIDTH = 8  # the heading over the names stands in one of the first columns


def further(grid: Grid, top: Header) -> Iterator[int]:
    """Rows below the header with another one: several tables on a sheet, or a list of persons under a ledger.

    The same header again (printed on every page) begins no new table.
    """
    held = {vocabulary.key(part) for path in top.paths if path for part in path}
    rows = sorted({row for column in range(min(_WIDTH, len(top.paths))) for row in _naming(grid, column, top.body)})
    for row in rows:
        words = [vocabulary.key(cell) for cell in grid.rows[row] if isinstance(cell, str)]
        known = sum(1 for word in words if meanings.strength(word) == 2)
        if known >= 2 and known * 2 > len(words) and sum(1 for word in words if word in held) * 5 < len(words) * 4:
            yield row


def _naming(grid: Grid, column: int, start: int) -> list[int]:
    """Rows whose cell in `column` is a heading over names, of organisations or of people."""
    texts = grid.below(start).column(column)
    likely = [text for text in texts.distinct if isinstance(text, str) and ("名" in text or "单" in text)]
    found = {text for text in likely if _NAMING.search(text) and _is_naming(text)}
    return [start + index for index, text in enumerate(texts) if text in found] if found else []


def _is_naming(text: str) -> bool:
    word = vocabulary.key(text)
    known = vocabulary.load()
    return word in known.roster_names or known.words.get(word) == "name" or "name" in known.ambiguous.get(word, ())
