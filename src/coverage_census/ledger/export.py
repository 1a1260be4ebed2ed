"""A round in; its organisations as jsonl, csv or parquet out, one record an organisation (design.md §4)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from coverage_census import csv_text
from coverage_census.files import DRIVE, Drive
from coverage_census.ledger import parquet, query, rounds
from coverage_census.model.organisation import about
from coverage_census.model.rounds import Round

Format = Literal["jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv", "parquet")


def columns() -> tuple[str, ...]:
    """The columns of an export, in their order."""
    return (*about(), "qualifiers", "confirmed_round", "source_file", "source_sheet", "source_row")


def chunks(folder: Path, which: Round, form: Format, drive: Drive = DRIVE) -> Iterator[bytes]:
    """The export piece by piece, for a pipe or, joined, for a file."""
    path = rounds.parquet(folder, which, drive)
    if form == "jsonl":
        yield from _jsonl(path)
    elif form == "csv":
        yield from _csv(path)
    else:
        yield parquet.written(parquet.read(path.read_bytes()).select(list(columns())))


def _jsonl(path: Path) -> Iterator[bytes]:
    # DuckDB writes the JSON itself: a dictionary a row would take five times as long.
    pairs = ", ".join(f"'{name}', \"{name}\"" for name in columns())
    for rows in query.rows(path, f"json_object({pairs})"):
        yield "".join(f"{row[0]}\n" for row in rows).encode("utf-8")


def _csv(path: Path) -> Iterator[bytes]:
    yield (csv_text.BOM + "".join(csv_text.lines([columns()]))).encode("utf-8")
    place = columns().index("qualifiers")
    for rows in query.rows(path, ", ".join(f'"{name}"' for name in columns())):
        written = ((*row[:place], _pairs(row[place]), *row[place + 1 :]) for row in rows)
        yield "".join(csv_text.lines(written)).encode("utf-8")


def _pairs(qualifiers: dict[str, str] | None) -> str | None:
    return json.dumps(qualifiers, ensure_ascii=False, sort_keys=True) if qualifiers else None
