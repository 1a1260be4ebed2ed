"""A file's bytes to grids of cells: recognised by content, guarded, read by the one reader that takes them."""

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from coverage_census.ingest.containers import (
    csv,
    dbf,
    export_files,
    guard,
    hidden,
    html,
    ods,
    package,
    signature,
    xls,
    xlsb,
    xlsx_fallback,
    xlsx_parts,
    xml2003,
)
from coverage_census.ingest.containers.skipped_by_reader import Place, SkippedByReader
from coverage_census.ingest.grid import Area, Cell, Grid, areas, cell_name
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.refusal import Refused
from coverage_census.model.reading import Level

__all__ = ["Finding", "Opened", "Refused", "open_grids"]

Format = Literal["xlsx", "xlsb", "xls", "ods", "xml", "csv", "html", "dbf", "json", "parquet"]
Finding = tuple[str, Level, str | None, dict[str, str | int | float | None]]
"""A problem without its file: code, level, sheet or None, values."""

# What each content may be called without a word about it.
USUAL_SUFFIXES: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "xlsb": (".xlsb",),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "ods": (".ods", ".ots"),
    "csv": (".csv", ".tsv", ".tab", ".txt"),
    "html": (".html", ".htm"),
    "xml": (".xml",),
    "dbf": (".dbf",),
    "json": (".json", ".jsonl", ".ndjson"),
    "parquet": (".parquet",),
}
MAX_SHEETS = 200
NAMED_CELLS = 20  # in one problem; the count says how many there are
LeftOuts = Mapping[str, SkippedByReader]
"""By sheet, what the fast reader leaves out."""
ONLY_SHEET = "Sheet1"  # what the one sheet of a csv or HTML file is called


@dataclass(frozen=True)
class Opened:
    """A file as cells. Numbers are as the container has them (whole ones often as floats), csv fields as text."""

    format: Format
    grids: tuple[Grid, ...]
    problems: tuple[Finding, ...] = ()


def open_grids(data: bytes, suffix: str, verdict: Callable[[], guard.Package] | None = None) -> Opened:
    """Every sheet of the file, hidden ones too; raises `Refused`. `suffix` (".xls") only decides about a note.

    `verdict` waits for a guard that another process runs meanwhile on what `package.taken` made of the file; without
    it both come first.
    """
    if len(data) > guard.MAX_FILE:
        raise Refused("too_large", limit_mb=guard.MAX_FILE // guard.MB)
    match signature.container_of(data):
        case "text":
            opened = _text(data)
        case "json":
            found = export_files.from_json(data)
            opened = _text(data) if found is None else Opened("json", (_grid(ONLY_SHEET, found),))
        case "parquet":
            opened = Opened("parquet", (_grid(ONLY_SHEET, export_files.from_parquet(data)),))
        case "html":
            page = html.read(data)
            opened = Opened("html", (_grid(ONLY_SHEET, _squared(page.rows), tuple(page.merges)),))
        case "xls":
            opened = _old_workbook(data)
        case "xml":
            opened = _old_xml(data)
        case "dbf":
            opened = _dbase(data)
        case "zip":
            opened = _package(data, verdict)
    return _with_clean_names(replace(opened, problems=_about_suffix(opened.format, suffix) + opened.problems))


def _text(data: bytes) -> Opened:
    grid = _grid(ONLY_SHEET, _squared(csv.rows_of(data)))
    strays = csv.strays(data)
    return Opened("csv", (grid,), (("stray_zeros", Level.NOTE, None, {"count": strays}),) if strays else ())


def _with_clean_names(opened: Opened) -> Opened:
    clean = redact.sheet_names(grid.name for grid in opened.grids)
    if not clean:
        return opened
    grids = tuple(replace(grid, name=clean.get(grid.name, grid.name)) for grid in opened.grids)
    problems = tuple(
        (code, level, clean.get(sheet, sheet) if sheet else None, values)
        for code, level, sheet, values in opened.problems
    )
    return replace(opened, grids=grids, problems=problems)


def _about_suffix(kind: Format, suffix: str) -> tuple[Finding, ...]:
    if not suffix or suffix.lower() in USUAL_SUFFIXES[kind]:
        return ()
    return (("suffix_mismatch", Level.NOTE, None, {"suffix": suffix, "format": kind}),)


def _old_xml(data: bytes) -> Opened:
    pages = xml2003.read(data)
    _check_count(len(pages))
    if sum(page.cells for page in pages) > guard.MAX_CELLS:
        raise Refused("too_many_cells", limit=guard.MAX_CELLS)
    left_out = {page.name: page.left_out for page in pages}
    grids = tuple(_grid(page.name, _squared(page.rows), tuple(page.left_out.merges), page.hidden) for page in pages)
    return Opened("xml", grids, (*_about_formulas(left_out), *hidden.notes(grids, left_out)))


def _old_workbook(data: bytes) -> Opened:
    """What the fast reader takes may still be too odd to look through for errors: then it is said."""
    try:
        left_out, problems = xls.left_out(data), list[Finding]()
    except ValueError:
        left_out, problems = {}, [("errors_unseen", Level.WARNING, None, {})]
    grids = _workbook(data, lambda: left_out)
    return Opened("xls", grids, (*problems, *hidden.notes(grids, left_out)))


def _dbase(data: bytes) -> Opened:
    rows, unread = dbf.read(data)
    values: Mapping[str, str | int | float | None] = {"count": len(unread), "names": "、".join(unread[:NAMED_CELLS])}
    found: tuple[Finding, ...] = (("unread_fields", Level.WARNING, None, dict(values)),) if unread else ()
    return Opened("dbf", (_grid(ONLY_SHEET, rows),), found)


def _package(data: bytes, verdict: Callable[[], guard.Package] | None) -> Opened:
    if verdict is None:
        data = data if isinstance(data, package.Repacked) else package.taken(data).data
        passed = guard.check(data)
        kind, verdict = signature.workbook_in(passed.names), lambda: passed
    else:
        kind = "xlsx"
    left_out = cache(lambda: _left_out(data, kind, verdict()))
    if kind == "ods":
        left_out()  # first: the reader goes round for ever in a table that is never closed
    same = _named_again(_parts(data, kind))
    grids = _workbook(data, left_out, kind == "xlsx", frozenset(same))
    problems = (*_about_same(same), *_about_formulas(left_out()), *hidden.notes(grids, left_out()))
    return Opened(kind, grids, problems)


def _parts(data: bytes, kind: Literal["xlsx", "xlsb", "ods"]) -> Mapping[str, str]:
    match kind:
        case "xlsx":
            return xlsx_parts.parts_of_sheets(data)
        case "xlsb":
            return xlsb.parts_of_sheets(data)
    return {}


def _named_again(parts: Mapping[str, str]) -> dict[str, str]:
    """Sheets whose part is another sheet's too, which no program writes: by name, the sheet that is read."""
    first: dict[str, str] = {}
    for name, part in parts.items():
        first.setdefault(part.casefold(), name)
    return {name: first[part.casefold()] for name, part in parts.items() if first[part.casefold()] != name}


def _about_same(same: Mapping[str, str]) -> Iterator[Finding]:
    for sheet, count in Counter(same.values()).items():
        names = [name for name, first in same.items() if first == sheet]
        yield "same_part", Level.WARNING, sheet, {"count": count, "names": "、".join(names[:NAMED_CELLS])}


def _left_out(data: bytes, kind: Literal["xlsx", "xlsb", "ods"], passed: guard.Package) -> LeftOuts:
    match kind:
        case "ods":
            return ods.left_out(data)
        case "xlsb":
            return xlsb.left_out(data)
        case "xlsx" if passed.left_out:
            parts = xlsx_parts.parts_of_sheets(data)
            return {name: passed.left_out[part] for name, part in parts.items() if part in passed.left_out}
    return {}


def _about_formulas(left_out: Mapping[str, SkippedByReader]) -> Iterator[Finding]:
    for sheet, found in left_out.items():
        if places := sorted(found.formulas):
            cells = "、".join(cell_name(*place) for place in places[:NAMED_CELLS])
            where = {"cells": cells, "places": _areas(places)}
            yield "formula_without_value", Level.WARNING, sheet, {"count": len(places), **where}


def _areas(places: list[Place]) -> str:
    """For them to be marked."""
    columns: dict[int, list[int]] = {}
    for row, column in places:
        columns.setdefault(column, []).append(row)
    return " ".join(areas(rows, column) for column, rows in columns.items())


def _workbook(
    data: bytes, left_out: Callable[[], LeftOuts], again: bool = False, passed_over: frozenset[str] = frozenset()
) -> tuple[Grid, ...]:
    """By the fast reader, each part once; where it fails and `again` allows it, by the slow one."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages = [each for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
        _check_count(len(pages))
        shown = calamine.SheetVisibleEnum.Visible
        hidden = {each.name: each.visible != shown for each in pages if each.name not in passed_over}
        return tuple(_sheet(book, name, hides, left_out) for name, hides in hidden.items())
    except calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except (calamine.CalamineError, OSError) as error:
        if not again:
            raise Refused("damaged") from error
    return _slowly(data, left_out())


def _slowly(data: bytes, left_out: LeftOuts) -> tuple[Grid, ...]:
    found, nothing = xlsx_fallback.read(data, guard.unpacked_size(data)), SkippedByReader()
    _check_count(len(found))
    for page in found:
        _put_errors(page.rows, left_out.get(page.name, nothing))
    return tuple(_grid(page.name, page.rows, page.merges, page.hidden) for page in found)


def _check_count(sheets: int) -> None:
    if sheets > MAX_SHEETS:
        raise Refused("too_many_sheets", limit=MAX_SHEETS)


def _sheet(book: Any, name: str, hidden: bool, left_out: Callable[[], LeftOuts]) -> Grid:
    sheet = book.get_sheet_by_name(name)
    merges = {(*first, *last) for first, last in sheet.merged_cell_ranges or ()}
    rows = sheet.to_python(skip_empty_area=False)
    known = left_out().get(name, SkippedByReader())  # only now: it may have to wait for the guard
    _put_errors(rows, known)
    return _grid(name, rows, tuple(sorted(merges.union(known.merges))), hidden)


def _put_errors(rows: list[list[Cell]], left_out: SkippedByReader) -> None:
    for (row, column), error in left_out.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error


def _grid(name: str, rows: list[list[Cell]], merges: tuple[Area, ...] = (), hidden: bool = False) -> Grid:
    """Blanks to None and trailing empties cut off, in place: a province's rows are not copied."""
    width = last = 0
    for number, row in enumerate(rows):
        if not any(row) and row.count("") + row.count(None) == len(row):
            rows[number] = [None] * len(row)  # a stray cell in the last row makes a million of these
            continue
        rows[number] = row = [cell if cell else (None if cell == "" else cell) for cell in row]
        last, width = number + 1, max(width, _length(row, width))
    del rows[last:]
    if rows and len(rows[0]) > width:
        rows[:] = [row[:width] for row in rows]
    return Grid(name, rows, tuple(_clipped(merges, last, width)), hidden)


def _length(row: list[Cell], least: int) -> int:
    """The row without trailing blanks, where it is longer than `least`."""
    end = len(row)
    while end > least and row[end - 1] is None:
        end -= 1
    return end


def _clipped(merges: tuple[Area, ...], height: int, width: int) -> list[Area]:
    """Merged areas as far as the grid reaches: there are no cells beyond. Of two that overlap the first counts, as in
    a spreadsheet; so all of them together hold no more cells than the grid."""
    taken = [-1] * width  # by column, the last row that is merged
    found = []
    for top, left, bottom, right in sorted(merges):
        if top >= height or left >= width:
            continue
        area = (top, left, min(bottom, height - 1), min(right, width - 1))
        if max(taken[left : area[3] + 1]) < top:
            taken[left : area[3] + 1] = [area[2]] * (area[3] - left + 1)
            found.append(area)
    return found


def _squared(rows: list[list[Cell]]) -> list[list[Cell]]:
    width = max(map(len, rows), default=0)
    if width * len(rows) > guard.MAX_BOX:
        raise Refused("too_many_cells", limit=guard.MAX_CELLS)
    for row in rows:
        row.extend([None] * (width - len(row)))
    return rows
