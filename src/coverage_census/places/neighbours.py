"""The text of neighbours.csv (two columns: 乡镇, 相邻乡镇) in; which townships lie side by side out, and what is wrong
with the file, line by line."""

import csv
import io
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from coverage_census.model.reading import Level, Problem
from coverage_census.places.nearest import nearest

FILE = "neighbours.csv"
_HEADINGS = {"乡镇", "township", "乡镇（街道）", "乡镇街道", "乡镇(街道)", "街道"}

Pair = tuple[str, str, str]
"""County and two townships of it, in their order as texts; the county is empty where the ledger knows none."""


class Neighbours(NamedTuple):
    """相邻乡镇, and the problems of the file that says so."""

    pairs: frozenset[Pair]
    problems: tuple[Problem, ...]


def pair(county: str | None, one: str, other: str) -> Pair:
    """As `Neighbours.pairs` holds it."""
    first, second = sorted((one, other))
    return (county or "", first, second)


def read(path: Path, townships: Mapping[str, Set[str]]) -> Neighbours:
    """The file, if there is one; `townships` are those of the ledger, each with the counties that have it."""
    if not path.is_file():
        return Neighbours(frozenset(), ())
    return parse(_decoded(path.read_bytes()), townships)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def parse(text: str, townships: Mapping[str, Set[str]]) -> Neighbours:
    """Every line that names two townships of one county counts, both ways; every other line is a problem."""
    found: dict[Pair, set[tuple[str, str]]] = {}
    problems: list[Problem] = []
    first_line: dict[tuple[str, str], int] = {}
    for line, cells in _lines(text):
        names = [cell for cell in cells if cell]
        if wrong := _wrong(line, cells, names, townships):
            problems.append(wrong)
            continue
        one, other = names
        shared = townships[one] & townships[other]
        if (earlier := first_line.setdefault((one, other), line)) != line:
            problems.append(_problem("neighbours_twice", Level.NOTE, line, one=one, other=other, earlier=earlier))
        for county in shared:
            found.setdefault(pair(county, one, other), set()).add((one, other))
    return Neighbours(frozenset(found), (*problems, *_one_sided(found, first_line)))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for line, cells in enumerate(csv.reader(io.StringIO(text)), start=1):
        plain = [cell.strip() for cell in cells]
        if any(plain) and not (line == 1 and plain[0].lower() in _HEADINGS):
            yield line, plain


def _wrong(line: int, cells: list[str], names: list[str], townships: Mapping[str, Set[str]]) -> Problem | None:
    if len(names) != 2:
        return _problem("neighbours_shape", Level.WARNING, line, given="、".join(names) or "—", number=len(names))
    for column, name in zip("AB", names, strict=True):
        if name not in townships:
            near = "、".join(nearest(name, townships)) or "—"
            return _problem("neighbours_unknown", Level.WARNING, line, column, given=name, near=near)
    one, other = names
    if one == other:
        return _problem("neighbours_itself", Level.WARNING, line, given=one)
    if not townships[one] & townships[other]:
        return _problem("neighbours_two_counties", Level.WARNING, line, one=one, other=other)
    return None


def _one_sided(found: Mapping[Pair, set[tuple[str, str]]], lines: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """Where the file gives other pairs both ways, one that stands only once may be a slip; it counts both ways."""
    if not any(len(ways) == 2 for ways in found.values()):
        return
    for one, other in sorted(next(iter(ways)) for ways in found.values() if len(ways) == 1):
        yield _problem("neighbours_one_sided", Level.NOTE, lines[one, other], one=one, other=other)


def _problem(code: str, level: Level, line: int, column: str = "A", **values: str | int) -> Problem:
    return Problem(code=code, level=level, file=FILE, cell=f"{column}{line}", values={**values})
