"""A round in; its organisations as jsonl, json, csv, parquet or xlsx out, one record an organisation (design.md §4).

A count that is not exact stands for an interval: `<field>_min` and `<field>_max` hold its ends, as in the ledger, the
upper one null where it is open; both are null where the count is exact or unknown. With them a decision can be made
again from an export alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from coverage_census import csv_text
from coverage_census.files import DRIVE, Drive
from coverage_census.ledger import parquet, query, rounds
from coverage_census.model.organisation import about, fields_of
from coverage_census.model.rounds import Round
from coverage_census.tables import HIGH, LOW
from coverage_census.words.catalogue import Words

Format = Literal["jsonl", "json", "csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = ("jsonl", "json", "csv", "parquet", "xlsx")


def columns() -> tuple[str, ...]:
    """The columns of an export, in their order: that of the ledger."""
    ends = (name + end for name in fields_of("count") for end in (LOW, HIGH))
    return (*about(), *ends, "qualifiers", "confirmed_round", "source_file", "source_sheet", "source_row")


def chunks(folder: Path, which: Round, form: Format, words: Words, drive: Drive = DRIVE) -> Iterator[bytes]:
    """The export piece by piece, for a pipe or, joined, for a file; only a workbook speaks the language of `words`."""
    path = rounds.parquet(folder, which, drive)
    if form == "jsonl":
        yield from ("".join(f"{line}\n" for line in lines).encode("utf-8") for lines in _lines(path))
    elif form == "json":
        yield from _json(path)
    elif form == "csv":
        yield from _csv(path)
    elif form == "parquet":
        yield parquet.written(parquet.read(path.read_bytes()).select(list(columns())))
    else:
        from coverage_census.ledger import export_workbook

        yield export_workbook.write(path, columns(), which.organisations, words)


def _lines(path: Path) -> Iterator[list[str]]:
    # DuckDB writes the JSON itself: a dictionary a row would take five times as long.
    pairs = ", ".join(f"'{name}', \"{name}\"" for name in columns())
    for rows in query.rows(path, f"json_object({pairs})"):
        yield [row[0] for row in rows]


def _json(path: Path) -> Iterator[bytes]:
    before = "[\n"
    for lines in _lines(path):
        yield (before + ",\n".join(lines)).encode("utf-8")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _csv(path: Path) -> Iterator[bytes]:
    yield (csv_text.BOM + "".join(csv_text.lines([columns()]))).encode("utf-8")
    place = columns().index("qualifiers")
    for rows in query.rows(path, ", ".join(f'"{name}"' for name in columns())):
        written = ((*row[:place], _pairs(row[place]), *row[place + 1 :]) for row in rows)
        yield "".join(csv_text.lines(written)).encode("utf-8")


def _pairs(qualifiers: dict[str, str] | None) -> str | None:
    return json.dumps(qualifiers, ensure_ascii=False, sort_keys=True) if qualifiers else None
