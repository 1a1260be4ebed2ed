"""A round in; its organisations as jsonl, json, csv, parquet or xlsx out, one record an organisation (design.md §4).

A count that is not exact stands for an interval: `<field>_min` and `<field>_max` hold its ends, as in the ledger, the
upper one null where it is open; both are null where the count is exact or unknown. `as_of` and `period` say for what
day and period the organisation was last reported. With them a decision can be made again from an export alone, and
`ingest` reads every format back as it was.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coverage_census.errors import WrongUsage
from coverage_census.files import csv_text
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds
from coverage_census.ledger.periods.confirmed import Confirmed, ToldFor
from coverage_census.ledger.store import parquet, query
from coverage_census.model.organisation import about, fields_of
from coverage_census.model.reading import SheetReading
from coverage_census.model.rounds import Round
from coverage_census.model.tables import HIGH, LOW, PROVENANCE
from coverage_census.words.catalogue import LANGS, Words

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["jsonl", "json", "csv", "parquet", "xlsx"]
REPORTED = ("as_of", "period")
"""For what an organisation was last reported, as the rounds tell it."""
FORMATS: tuple[Format, ...] = ("jsonl", "json", "csv", "parquet", "xlsx")


def columns() -> tuple[str, ...]:
    """The columns of an export, in their order: that of the ledger."""
    ends = (name + end for name in fields_of("count") for end in (LOW, HIGH))
    return (*about(), *ends, "qualifiers", *REPORTED, "confirmed_round", "source_file", "source_sheet", "source_row")


def is_export(sheet: SheetReading) -> bool:
    """Whether a sheet that was read is an export, by the headings that no survey has."""
    headings = {each.heading for each in sheet.columns}
    return any(marks <= headings for marks in _marks())


@cache
def _marks() -> tuple[frozenset[str], ...]:
    """As a reading has them: without blanks."""
    names = ("confirmed_round", *PROVENANCE)
    labels = [[words(f"export.head.{name}").replace(" ", "") for name in names] for words in map(Words, LANGS)]
    return tuple(map(frozenset, (names, *labels)))


def chunks(
    folder: Path, which: Round, form: Format, words: Words, every: Sequence[Round] | None = None, drive: Drive = DRIVE
) -> Iterator[bytes]:
    """The export piece by piece, for a pipe or, joined, for a file; only a workbook speaks the language of `words`.

    `every`: the rounds of the ledger, where they are at hand.
    """
    path = rounds.parquet(folder, which, drive)
    confirmed = Confirmed(rounds.all_rounds(folder, drive) if every is None else every)
    if form == "jsonl":
        yield from ("".join(f"{line}\n" for line in lines).encode("utf-8") for lines in _lines(path, confirmed))
    elif form == "json":
        yield from _json(path, confirmed)
    elif form == "csv":
        yield from _csv(path, confirmed)
    elif form == "parquet":
        yield parquet.written(_table(path, confirmed))
    else:
        from coverage_census.ledger import export_workbook

        found = (row for several in _rows(path, confirmed) for row in several)
        yield export_workbook.write(found, columns(), which.organisations, words)


def _rows(path: Path, confirmed: Confirmed) -> Iterator[list[tuple[Any, ...]]]:
    """The columns of an export, many rows at a time."""
    stored = [name for name in columns() if name not in REPORTED]
    place = columns().index(REPORTED[0])
    for several in query.rows(path, ", ".join(f'"{name}"' for name in stored)):
        yield [(*row[:place], *confirmed.of(*row[place : place + 3]), *row[place:]) for row in several]


def _table(path: Path, confirmed: Confirmed) -> "pa.Table":
    import pyarrow as pa

    found = parquet.read(path.read_bytes())
    where = zip(*(found[name].to_pylist() for name in ("confirmed_round", *PROVENANCE[:2])), strict=True)
    told = [confirmed.of(*each) for each in where]
    for place, name in enumerate(REPORTED):
        found = found.append_column(name, pa.array([each[place] for each in told], pa.string()))
    return found.select(list(columns()))


def _lines(path: Path, confirmed: Confirmed) -> Iterator[list[str]]:
    # DuckDB writes the JSON itself: a dictionary a row would take five times as long.
    stored = [name for name in columns() if name not in REPORTED]
    place = stored.index("confirmed_round")
    before, after = (f"json_object({_pairs_of(names)})" for names in (stored[:place], stored[place:]))
    where = ", ".join(f'"{name}"' for name in ("confirmed_round", *PROVENANCE[:2]))
    for several in query.rows(path, f"{before}, {after}, {where}"):
        yield [_joined(one, confirmed.of(*at), other) for one, other, *at in several]


def _pairs_of(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}', \"{name}\"" for name in names)


def _joined(one: str, told: ToldFor, other: str) -> str:
    """Two objects and what lies between them, as one."""
    between = json.dumps(dict(zip(REPORTED, told, strict=True)), ensure_ascii=False, separators=(",", ":"))
    return f"{one[:-1]},{between[1:-1]},{other[1:]}"


def _json(path: Path, confirmed: Confirmed) -> Iterator[bytes]:
    before = "[\n"
    for lines in _lines(path, confirmed):
        yield (before + ",\n".join(lines)).encode("utf-8")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _csv(path: Path, confirmed: Confirmed) -> Iterator[bytes]:
    yield (csv_text.BOM + "".join(csv_text.lines([columns()]))).encode("utf-8")
    place = columns().index("qualifiers")
    for rows in _rows(path, confirmed):
        written = ((*row[:place], _pairs(row[place]), *row[place + 1 :]) for row in rows)
        yield "".join(csv_text.lines(written)).encode("utf-8")


def _pairs(qualifiers: dict[str, str] | None) -> str | None:
    return json.dumps(qualifiers, ensure_ascii=False, sort_keys=True) if qualifiers else None


_ENDINGS: dict[str, Format] = {f".{form}": form for form in FORMATS} | {".ndjson": "jsonl"}
_ALSO = {"excel": "xlsx"}


def chosen(named: Sequence[str], out: Path | None) -> Format:
    """One format: what was named, else what the file's ending says, else jsonl; two that differ are refused."""
    asked = list(dict.fromkeys(_named(each) for each in named))
    if len(asked) > 1:
        raise WrongUsage("export_two_formats", one=asked[0], other=asked[1])
    ending = out.suffix.casefold() if out is not None else ""
    said = _ENDINGS.get(ending)
    if said is None:
        if ending and not asked:
            raise WrongUsage("export_ending", ending=ending, known="、".join(f".{each}" for each in FORMATS))
        return asked[0] if asked else "jsonl"
    if asked and asked[0] != said:
        raise WrongUsage("export_contradicts", file=str(out), ending=ending, format=asked[0])
    return said


def _named(said: str) -> Format:
    plain = said.strip().casefold().removeprefix(".")
    form = _ENDINGS.get(f".{_ALSO.get(plain, plain)}")
    if form is None:
        raise WrongUsage("unknown_format", format=said, known="、".join(FORMATS))
    return form
