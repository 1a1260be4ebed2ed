"""A table in a test as a workbook, read: what was understood of it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from coverage_census.ingest.workbook import read_workbook
from coverage_census.model import tables
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation
from coverage_census.model.reading import FileReading, Problem, SheetReading
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences
from kit import cells

Rows = str | Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Understood:
    """What `read_workbook` made of a file."""

    file: FileReading
    organisations: list[Organisation]
    problems: tuple[Problem, ...]

    @property
    def sheet(self) -> SheetReading:
        return self.file.sheets[0]

    @property
    def one(self) -> Organisation:
        (only,) = self.organisations
        return only

    @property
    def columns(self) -> dict[str, str | None]:
        """Heading → field, `personal` where it was dropped."""
        return {each.heading: each.dropped or each.field for each in self.sheet.columns}

    @property
    def found(self) -> list[tuple[str, str | None]]:
        """Code and cell of every problem."""
        return [(each.code, each.cell) for each in self.problems]

    @property
    def serious(self) -> list[tuple[str, str | None]]:
        return [(each.code, each.cell) for each in self.problems if each.level != "note"]


def book(sheets: Rows | Mapping[str, Rows], merges: Sequence[str] = ()) -> bytes:
    """The bytes of an xlsx file; merges are those of the first sheet."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in (sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}).items():
        sheet = made.create_sheet(title)
        for row in cells(rows) if isinstance(rows, str) else rows:
            sheet.append(list(row))
    for area in merges:
        made.worksheets[0].merge_cells(area)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def understand(
    sheets: Rows | Mapping[str, Rows],
    merges: Sequence[str] = (),
    file: str = "台账.xlsx",
    columns: Mapping[str, str] | None = None,
) -> Understood:
    """A table, or several sheets of them, as the reader understands it."""
    return understood(book(sheets, merges), file, columns or {})


def understood(data: bytes, file: str, columns: Mapping[str, str]) -> Understood:
    reading, table, problems = read_workbook(data, Incoming(Path(file), file), columns)
    for problem in problems:
        for words in (Words("zh"), Words("en")):
            assert all(sentences(problem, words))
    return Understood(reading, list(tables.records(table)), problems)


def said(each: Organisation, *also: str) -> dict[str, Any]:
    """What is known of an organisation, provenance left aside."""
    aside = {"source", "confirmed_round", *also}
    return {
        name: value
        for name, value in each.model_dump(mode="json").items()
        if value not in (None, {}) and name not in aside
    }
