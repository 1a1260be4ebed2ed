"""A register that was read in; a sealed folder of the ledger out, published by one rename, and back.

ledger/registers/union/2026-09-30-1f0c…/     rows.parquet manifest.json SHA256SUMS

The folder is named by its day and its content: the same register twice is one entry. Nothing in it is ever edited, and
no round is changed by it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.store import parquet, rounds_folder, seal
from coverage_census.ledger.store.sealed_registers import FOLDER, MANIFEST, ROWS, places
from coverage_census.model.reading import FileReading
from coverage_census.model.register import COLUMNS, COVERS, HEADCOUNT_ONLY, RegisterEntry
from coverage_census.model.tables import HIGH, LOW, PROVENANCE

if TYPE_CHECKING:
    import pyarrow as pa

_LEAST = ("name", "uscc", "code", "employees", "employees" + LOW, "employees" + HIGH)


@dataclass(frozen=True)
class KeptRegister:
    """One entry of a register: where it lies below the ledger, and its manifest."""

    place: str  # union/2026-09-30-1f0c2a…
    entry: RegisterEntry


def keep(ledger: Path, rows: "pa.Table", entry: RegisterEntry, drive: Drive = DRIVE) -> tuple[KeptRegister, bool]:
    """The entry as it is kept now, and whether it is new; raises as every writer of the ledger does.

    Raises CensusError `register_nothing` where it holds no row.
    """
    if not rows.num_rows:
        raise CensusError("register_nothing")
    content = parquet.written(_own(rows, entry.whose))
    place = f"{disk.safe_name(entry.whose)}/{entry.as_of}-{seal.sha256(content)[:16]}"
    final = ledger / FOLDER / place
    try:
        if drive.exists(final):
            return KeptRegister(place, _manifest(final, drive)), False
        number = 1 + sum(1 for each in entries(ledger, drive) if each.entry.whose == entry.whose)
        files = tuple(_without_more(each, entry.whose) for each in entry.files)
        entry = entry.model_copy(update={"number": number, "files": files})
        disk.make_folder(final.parent, drive)
        disk.make_folder(ledger / "tmp", drive)
        written = {ROWS: content, MANIFEST: entry.model_dump_json().encode()}
        return KeptRegister(place, entry), rounds_folder.publish_sealed(ledger, final, written, drive)
    except OSError as error:
        raise disk.stopped(error, ledger) from error


def _own(rows: "pa.Table", register: str) -> "pa.Table":
    """The columns that are kept of a register: of tax and social security code, name and headcount alone."""
    names = [*COLUMNS, *(name + end for name in COLUMNS for end in (LOW, HIGH) if name + LOW in rows.column_names)]
    if register in HEADCOUNT_ONLY:
        names = [name for name in names if name in _LEAST]
    names += [COVERS] if COVERS in rows.column_names else []
    return rows.select([*names, *PROVENANCE])


def _without_more(file: FileReading, register: str) -> FileReading:
    """The reading as it is kept: without columns that were dropped, and what tax and social security told more."""
    sheets = []
    for each in file.sheets:
        columns = (one for one in each.columns if one.field is not None)
        if register in HEADCOUNT_ONLY:
            columns = (one for one in columns if one.field in _LEAST)
        sheets.append(each.model_copy(update={"columns": tuple(columns)}))
    return file.model_copy(update={"sheets": tuple(sheets), "answers": ()})


def entries(ledger: Path, drive: Drive = DRIVE) -> tuple[KeptRegister, ...]:
    """Every entry there is, by register, then day, then the order in which they came."""
    found = [KeptRegister(place, _manifest(ledger / FOLDER / place, drive)) for place in places(ledger, drive)]
    return tuple(sorted(found, key=lambda each: (each.entry.whose, each.entry.as_of, each.entry.number)))


def newest(ledger: Path, register: str, drive: Drive = DRIVE) -> tuple[KeptRegister, ...]:
    """What is in force of a register: all that came for its newest day; of files that came again the last."""
    of_it = [each for each in entries(ledger, drive) if each.entry.whose == register]
    found = list[KeptRegister]()
    for each in reversed([each for each in of_it if each.entry.as_of == of_it[-1].entry.as_of]):
        if not any(_files(each) <= _files(later) for later in found):
            found.append(each)
    return tuple(reversed(found))


def _files(each: KeptRegister) -> set[str]:
    return {file.file for file in each.entry.files}


def rows(ledger: Path, kept: Sequence[KeptRegister], drive: Drive = DRIVE) -> "pa.Table":
    """The rows of some entries, one after the other; a kind that only the heading 企业名称 suggests is none."""
    import pyarrow as pa

    tables = []
    for each in kept:
        sealed = seal.read(ledger / FOLDER / each.place, drive)
        tables.append(_stated(parquet.read(seal.content(sealed, ROWS, drive)), each.entry.files))
    return pa.concat_tables(tables, promote_options="default").combine_chunks()


def _stated(rows: "pa.Table", files: Sequence[FileReading]) -> "pa.Table":
    asked = {column.field for file in files for sheet in file.sheets for column in sheet.columns}
    if asked & {"kind", "subtype"} or "kind" not in rows.column_names:
        return rows
    import pyarrow as pa

    place = rows.column_names.index("kind")
    return rows.set_column(place, "kind", pa.nulls(rows.num_rows, pa.string()))


def _manifest(folder: Path, drive: Drive) -> RegisterEntry:
    sealed = seal.read(folder, drive)
    try:
        return RegisterEntry.model_validate(json.loads(seal.content(sealed, MANIFEST, drive)))
    except (ValidationError, ValueError, RecursionError):
        raise seal.damaged(folder, MANIFEST) from None
