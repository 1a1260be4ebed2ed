"""Rows of plain values in; a terminal table, one JSON document or CSV on stdout out."""

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from coverage_census.words.width import fold, visible, width

# What JSON leaves as it is and a terminal obeys: escaped it is the same value.
_STEERING = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
WIDE = 100  # columns for a pipe or a file, where no terminal says how wide it is


def as_json(value: Any) -> None:
    """One JSON document and nothing else; records become objects with every key."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(_STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def cell(value: object) -> object:
    """A value in a cell of CSV: what holds several, as JSON on one line."""
    return json.dumps(plain(value), ensure_ascii=False) if isinstance(value, (dict, list, tuple)) else value


def plain(value: Any) -> Any:
    """Records, tuples and enumerations as what JSON knows."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """CSV with a BOM, so that Excel and WPS open it as Chinese; no cell can become a formula."""
    from coverage_census.files import csv_text

    data = csv_text.document(header, rows)
    if sys.stdout.isatty():  # a file keeps what it was given; a terminal would obey it
        data = "\n".join(map(visible, data.decode("utf-8").splitlines())).encode("utf-8") + b"\n"
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def line(text: str = "", *, err: bool = False) -> None:
    """One line; a name in it cannot move the cursor or turn the text around."""
    (sys.stderr if err else sys.stdout).write(visible(text) + "\n")


def paragraph(text: str) -> None:
    """Text as lines no wider than the terminal, broken where Chinese and English may be."""
    for each in fold(visible(text), columns()):
        line(each)


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    right: Iterable[int] = (),
    total: bool = False,
    wrap: Iterable[int] = (),
    err: bool = False,
) -> None:
    """A table as wide as the terminal; columns in `right` hold figures, those in `wrap` may take several lines,
    and with `total` the last row stands under a line of its own."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    figures, texts = set(right), set(wrap)
    made = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True, show_edge=False)
    body = [[visible(str("" if cell is None else cell)) for cell in row] for row in rows]
    for index, name in enumerate(header):
        least = max(width(part) for row in [list(header), *body] for part in row[index].split("\n"))
        made.add_column(
            Text(name),
            justify="right" if index in figures else "left",
            no_wrap=index not in texts,
            overflow="fold",
            min_width=least if index in figures else None,
            ratio=1 if index in texts else None,
            vertical="bottom" if index in figures else "top",
        )
    for index, row in enumerate(body):
        made.add_row(*(Text(cell) for cell in row), end_section=total and index == len(body) - 2)
    stream = sys.stderr if err else sys.stdout
    Console(file=stream, width=columns(), highlight=False, soft_wrap=False, emoji=False, markup=False).print(made)


def table_width(header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Columns that `table` needs for these cells if none is to be folded."""
    body = [header, *rows]
    widest = [max(width(part) for row in body for part in str(row[index]).split("\n")) for index in range(len(header))]
    return sum(widest) + 2 * len(widest)


def columns() -> int:
    """How wide the terminal is; $COLUMNS wins."""
    if "COLUMNS" in os.environ or sys.stdout.isatty():
        return max(40, shutil.get_terminal_size((WIDE, 24)).columns)
    return WIDE
