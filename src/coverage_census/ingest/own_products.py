"""The bytes and grids of a workbook in; which of the tool's own products it is, if it is one, out.

A report that is read as a survey would enter figures a second time. The tool marks what it makes (`new_xlsx.py`);
what was made before it did, or lost the mark, is told by its sheets.
"""

import io
import re
import zipfile
from collections.abc import Sequence

from coverage_census.ingest.cleaning import as_text
from coverage_census.ingest.grid import Grid
from coverage_census.ingest.refusal import Refused
from coverage_census.new_xlsx import MARK, PRODUCTS
from coverage_census.words.catalogue import LANGS, Words

_PARTS = ("xl/workbook.xml", "docProps/custom.xml")
_MOST = 2 * 1024 * 1024  # bytes of such a part
_CHECKED = frozenset(["annual"])  # somebody may have changed a figure in them: their sums are still checked
_MARKED = re.compile(
    rf'<(?:\w+:)?definedName[^<>]*\bname="{MARK}"[^<>]*>\s*(?:"|&quot;)(\w+)(?:"|&quot;)'
    rf'|<(?:\w+:)?property[^<>]*\bname="{MARK}"[^<>]*>\s*<(?:\w+:)?lpwstr[^<>]*>(\w+)<'
)


def refuse(data: bytes, grids: Sequence[Grid]) -> str | None:
    """Raises `Refused` where the file is a report, a task list or a review of our own; of tables that are worth
    checking and give no organisations, which product they are."""
    product = marked(data) or by_sheets(grids)
    if product is not None and product not in _CHECKED:
        raise Refused(f"own_{product}")
    return product


def marked(data: bytes) -> str | None:
    """The product by the mark in the file."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in _PARTS:
                if part in package.namelist() and package.getinfo(part).file_size <= _MOST:
                    match = _MARKED.search(package.read(part).decode("utf-8", "replace"))
                    if match and (match[1] or match[2]) in PRODUCTS:
                        return match[1] or match[2]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, KeyError):
        return None
    return None


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


def _holds(names: Sequence[str], words: Words, table: str, *keys: str) -> bool:
    return {words(f"{table}.{key}") for key in keys} <= set(names)


def _lines(grid: Grid, count: int) -> tuple[str, ...]:
    """The first cell of each of the first rows."""
    texts = [as_text(row[0]) if row else "" for row in grid.rows[:count]]
    return (*texts, *[""] * (count - len(texts)))
