"""The bytes and grids of a file in; which of the tool's own products it is, if it is one, out.

A report that is read as a survey would enter figures a second time. The tool marks what it makes (`new_xlsx.py`, the
head of its pages), and the mark outlives WPS, LibreOffice and Excel; what lost it, or never could bear one (a CSV, one
tab saved alone), is told by its sheets and by the headings in `own_products.toml`.
"""

import io
import re
import tomllib
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from coverage_census.files.xlsx import MARK, PRODUCTS
from coverage_census.ingest.cells.clean import as_text, bare
from coverage_census.ingest.grid import Grid
from coverage_census.ingest.refusal import Refused
from coverage_census.words.catalogue import LANGS, Words

_PARTS = ("xl/workbook.xml", "docProps/custom.xml", "meta.xml")
_MOST = 2 * 1024 * 1024  # bytes of such a part
_HEAD = 8192  # bytes of a page that its head fits in
_LINES = 400  # a page that WPS saved as a workbook has its first table below all its paragraphs
_CHECKED = frozenset(["annual"])  # somebody may have changed a figure in them: their sums are still checked
_QUOTED = '(?:"|&quot;)'
_MARKED = re.compile(
    rf'<(?:\w+:)?definedName[^<>]*\bname="{MARK}"[^<>]*>\s*{_QUOTED}(\w+){_QUOTED}'
    rf'|<(?:\w+:)?property[^<>]*\bname="{MARK}"[^<>]*>\s*<(?:\w+:)?lpwstr[^<>]*>(\w+)<'
    rf'|<(?:\w+:)?user-defined[^<>]*\bname="{MARK}"[^<>]*>(\w+)<'
    rf'|<meta\b[^<>]*\bname="{MARK}"[^<>]*\bcontent="(\w+)"'
)
_OLD = re.compile(rb"%b\x17(.)\x00([a-z_]+)" % MARK.encode(), re.DOTALL)
"""The name in an .xls: its letters, then a formula that is one short text."""
_FILE = Path(__file__).with_name("own_products.toml")


def refuse(data: bytes, grids: Sequence[Grid]) -> str | None:
    """Raises `Refused` where the file is a report, a task list or a review of our own; of tables that are worth
    checking and give no organisations, which product they are."""
    product = marked(data) or by_sheets(grids) or _of_every(grids)
    if product is not None and product not in _CHECKED:
        raise Refused(f"own_{product}")
    return product


def marked(data: bytes) -> str | None:
    """The product by the mark in the file."""
    if data.startswith(b"PK"):
        return next((found for part in _parts(data) if (found := _named(part)) is not None), None)
    if data.startswith(b"\xd0\xcf"):
        match = _OLD.search(data)
        found = match[2][: match[1][0]].decode() if match else None
        return found if found in PRODUCTS else None
    head = data[:_HEAD]
    return _named(head.decode("utf-8", "replace")) if b"<" in head[:64] else None


def _named(text: str) -> str | None:
    match = _MARKED.search(text)
    found = next(filter(None, match.groups()), None) if match else None
    return found if found in PRODUCTS else None


def _parts(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            there = [part for part in _PARTS if part in package.namelist()]
            small = [part for part in there if package.getinfo(part).file_size <= _MOST]
            return [package.read(part).decode("utf-8", "replace") for part in small]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, KeyError):
        return []


def by_sheets(grids: Sequence[Grid]) -> str | None:
    """The product by the names of its sheets and what stands at their tops, in either language."""
    names = [grid.name for grid in grids]
    top = _lines(grids[0], 2) if grids else ("", "")
    for lang in LANGS:
        words = Words(lang)
        if _holds(names, words, "workbook.sheet", "summary", "indicators", "gaps", "sources"):
            return "coverage"
        if _holds(names, words, "annual.sheet", "t27", "pending", "notes"):
            return "annual"
        if _holds(names, words, "review.sheet", "groups", "pairs", "sums", "basis"):
            return "plan_review"
        if names[:1] == [words("tasks.sheet.name")] and "census tasks --read" in top[1]:
            return "tasks"
        title = words("missing.sheet.overview_title", period="").strip()
        if names[:1] == [words("missing.sheet.overview")] and title in top[0]:
            return "reminder"
    return None


def of_sheet(grid: Grid) -> str | None:
    """The product that one sheet is of, by the headings in it."""
    for row in grid.rows[:_LINES]:
        said = {_heading(text) for text in {cell for cell in row if isinstance(cell, str)}}
        if len(said) < 3:
            continue
        for product, headings in _headings():
            if headings <= said:
                return product
    return None


def _of_every(grids: Sequence[Grid]) -> str | None:
    """The product of the first sheet where every sheet with anything in it is of our own."""
    found = [of_sheet(grid) for grid in grids if grid.rows]
    return found[0] if found and all(found) else None


@cache
def _headings() -> tuple[tuple[str, frozenset[str]], ...]:
    """Product and the headings that one of its lines has, in every language."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    found = {
        (product, frozenset(_heading(words(name) if "." in name else name) for name in names))
        for product, lists in listed.items()
        for names in lists
        for words in map(Words, LANGS)
    }
    return tuple(sorted(found, key=lambda each: (each[0] == "listing", each[0], sorted(each[1]))))


def _heading(cell: object) -> str:
    return bare(cell).replace("\u00ad", "")


def _holds(names: Sequence[str], words: Words, table: str, *keys: str) -> bool:
    return {words(f"{table}.{key}") for key in keys} <= set(names)


def _lines(grid: Grid, count: int) -> tuple[str, ...]:
    """The first cell of each of the first rows."""
    texts = [as_text(row[0]) if row else "" for row in grid.rows[:count]]
    return (*texts, *[""] * (count - len(texts)))
