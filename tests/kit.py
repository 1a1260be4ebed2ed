"""Words that the tests share: a table in a test as rows of cells, and what one run of a command left."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What one run of a command left: exit code and both streams."""

    code: int
    out: str
    err: str


def cells(table: str) -> list[list[str | int | float | None]]:
    """A `|` table as rows; numbers become numbers, an empty cell is empty, `·` is a cell that a merge covers."""
    rows = [line.strip().strip("|").split("|") for line in table.strip().splitlines()]
    return [[_cell(text.strip()) for text in row] for row in rows]


def _cell(text: str) -> str | int | float | None:
    if not text or text == "·":
        return None
    try:
        return int(text) if not text.startswith(("0", "+")) or text == "0" else text
    except ValueError:
        return text


def often(count: int) -> int:
    """On how many examples a law is tried: `count` in `make test`, CENSUS_EXAMPLES times as many in `make soak`."""
    return count * int(os.environ.get("CENSUS_EXAMPLES", "1"))


Workbook = Callable[..., Path]
Census = Callable[..., "Ran"]
Golden = Callable[[str, str], None]
