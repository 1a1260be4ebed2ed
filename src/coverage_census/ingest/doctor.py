"""The bytes of a file that somebody cannot read in; what it is, part by part and sheet by sheet, out; never a cell.

Run as `python -I -m coverage_census.ingest.doctor STEP` in the place of the reader: facts travel as notes. The step
`outside` parses nothing, so that its facts are there even of a file that kills whoever opens it (`inside`).
"""

import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from coverage_census.ingest.containers import csv, grids, guard, package, signature
from coverage_census.ingest.jail import child, parent
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.refusal import Refused
from coverage_census.model import tables
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level, Problem

if TYPE_CHECKING:
    import pyarrow as pa

LARGEST = 5  # parts that are named
# What a part's name tells of a workbook, and what a return workbook cannot carry over.
TELLING = (
    ("macros", "vbaproject.bin"),
    ("pictures", "/media/"),
    ("drawings", "/drawings/drawing"),
    ("charts", "/charts/chart"),
    ("comments", "comments"),
    ("pivots", "/pivottables/"),
    ("links", "/externallinks/"),
    ("embedded", "/embeddings/"),
)

Values = dict[str, str | int | float | None]
Fact = tuple[str, str | None, Values]
"""Code in doctor.toml, sheet or None, values."""


def examine(incoming: Incoming) -> tuple[FileReading, tuple[Problem, ...]]:
    """Both steps, each in a child of its own; the refusal of the second holds."""
    found: list[Problem] = []
    reading = FileReading(file=incoming.label)
    for step in ("outside", "inside"):
        command = parent.child("coverage_census.ingest.doctor", step)
        [(reading, _, facts)] = parent.run([incoming], {}, command)
        found.extend(facts)
        if reading.refused:
            break
    return reading, tuple(found)


def outside(data: bytes, _: str) -> Iterator[Fact]:
    """Kind by the first bytes, and the directory of a package; raises `Refused` after what could be said."""
    container = signature.container_of(data)
    if container != "zip":
        encoding = csv.encoding_of(data) if container in ("text", "html") else None
        yield f"is_{container}", None, {"encoding": encoding}
        return
    yield "is_zip", None, {}
    with guard.opened(data) as archive:
        parts = archive.infolist()
    yield from _package(parts)
    kind = signature.workbook_in(guard.check(package.taken(data).data).names)
    yield "guard_passed", None, {"format": kind}


def _package(parts: Sequence[zipfile.ZipInfo]) -> Iterator[Fact]:
    unpacked, packed = (sum(getattr(part, size) for part in parts) for size in ("file_size", "compress_size"))
    yield "package", None, {"parts": len(parts), "unpacked": unpacked, "ratio": round(unpacked / max(packed, 1), 1)}
    for part in sorted(parts, key=lambda part: -part.file_size)[:LARGEST]:
        name = redact.hidden(part.filename)[:80]
        yield "part", None, {"name": name, "unpacked": part.file_size, "packed": part.compress_size}
    names = [part.filename.lower() for part in parts]
    for code, mark in TELLING:
        if count := sum(mark in name for name in names):
            yield f"has_{code}", None, {"count": count}


def inside(data: bytes, suffix: str) -> Iterator[Fact]:
    """Every sheet: how far it reaches, how much of it is filled, what is merged or hidden."""
    opened = grids.open_grids(data, suffix)
    for grid in opened.grids:
        filled = sum(len(row) - row.count(None) for row in grid.rows)
        width = len(grid.rows[0]) if grid.rows else 0
        size: Values = {"rows": len(grid.rows), "columns": width, "filled": filled, "merges": len(grid.merges)}
        yield "hidden_sheet" if grid.hidden else "sheet", grid.name, size
    for code, _, sheet, values in opened.problems:
        yield f"problem.{code}", sheet, values


STEPS: Mapping[str, Callable[[bytes, str], Iterator[Fact]]] = {"outside": outside, "inside": inside}


def _read(step: str) -> child.Reader:
    def read(
        data: bytes, incoming: Incoming, _: Mapping[str, str]
    ) -> tuple[FileReading, "pa.Table", tuple[Problem, ...]]:
        found: list[Problem] = []
        reading = FileReading(file=incoming.label)
        try:
            for code, sheet, values in STEPS[step](data, incoming.path.suffix):
                found.append(Problem(code=code, level=Level.NOTE, file=incoming.label, sheet=sheet, values=values))
        except Refused as refused:
            values = dict(refused.values)
            found.append(Problem(code=refused.code, level=Level.ERROR, file=incoming.label, values=values))
            reading = reading.model_copy(update={"refused": refused.code})
        return reading, tables.schema().empty_table(), tuple(found)

    return read


def main() -> None:
    """In the child; imports before the limits are set."""
    import pyarrow  # noqa: F401

    child.main(_read(sys.argv[1]))
