"""A round in; its organisations as jsonl, csv or parquet out, one record an organisation (design.md §4)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from coverage_census import csv_text
from coverage_census.files import DRIVE, Drive
from coverage_census.ledger import parquet, rounds
from coverage_census.model import Round, about

Format = Literal["jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv", "parquet")

_AT_ONCE = 10_000


def columns() -> tuple[str, ...]:
    """The columns of an export, in their order."""
    return (*about(), "qualifiers", "confirmed_round", "source_file", "source_sheet", "source_row")


def chunks(folder: Path, which: Round, form: Format, drive: Drive = DRIVE) -> Iterator[bytes]:
    """The export piece by piece, for a pipe or, joined, for a file."""
    if form == "parquet":
        yield _parquet(folder, which, drive)
        return
    relation = rounds.relation(folder, which, drive)
    yield from _jsonl(relation) if form == "jsonl" else _csv(relation)


def _jsonl(relation: Any) -> Iterator[bytes]:
    # DuckDB writes the JSON itself, five times faster than a dictionary a row would be.
    pairs = ", ".join(f"'{name}', \"{name}\"" for name in columns())
    for rows in _fetched(relation.project(f"json_object({pairs})")):
        yield "".join(f"{row[0]}\n" for row in rows).encode("utf-8")


def _csv(relation: Any) -> Iterator[bytes]:
    yield (csv_text.BOM + "".join(csv_text.lines([columns()]))).encode("utf-8")
    place = columns().index("qualifiers")
    for rows in _fetched(relation.project(", ".join(f'"{name}"' for name in columns()))):
        written = ((*row[:place], _pairs(row[place]), *row[place + 1 :]) for row in rows)
        yield "".join(csv_text.lines(written)).encode("utf-8")


def _pairs(qualifiers: dict[str, str] | None) -> str | None:
    return json.dumps(qualifiers, ensure_ascii=False, sort_keys=True) if qualifiers else None


def _parquet(folder: Path, which: Round, drive: Drive) -> bytes:
    table = parquet.read(rounds.parquet(folder, which, drive).read_bytes())
    return parquet.written(table.select(list(columns())))


def _fetched(relation: Any) -> Iterator[list[tuple[Any, ...]]]:
    while rows := relation.fetchmany(_AT_ONCE):
        yield rows
