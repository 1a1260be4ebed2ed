"""What was read of a file in; the same without any number of a person that came through, each reported, out.

The stages redact where they read, and say at which cell. This is the net below them: whatever a later change lets
through, in whichever field, ends here.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coverage_census.ingest.privacy import redact
from coverage_census.model.reading import ColumnReading, FileReading, Level, Problem, SheetReading
from coverage_census.model.register import COVERS

if TYPE_CHECKING:
    import pyarrow as pa

# Texts that name or describe; in any other field what is left of a redacted text says nothing.
DESCRIBES = {
    "name",
    "org_name",
    "superior_org",
    "responsible_unit",
    "address",
    "not_built_reason",
    "venue",
    "remarks",
    COVERS,
}
OWN = {"uscc", "source_file", "source_sheet"}  # checked when it was read; names that are already clean

MANY = 10_000  # texts of which each is looked at once only; for fewer it takes longer to load what finds them
LARGEST = 1e10  # of what is counted anywhere; a mobile number is larger


def look(reading: FileReading, problems: tuple[Problem, ...]) -> tuple[FileReading, tuple[Problem, ...]]:
    sheets = tuple(_sheet(sheet) for sheet in reading.sheets)
    return reading.model_copy(update={"sheets": sheets}), tuple(map(_problem, problems))


def look_at_rows(table: "pa.Table", reading: FileReading) -> tuple["pa.Table", list[Problem]]:
    """The rows of what `reading` describes."""
    import pyarrow as pa

    found: list[Problem] = []
    for index, name in enumerate(table.column_names):
        column = table.column(index)
        if name in OWN or not pa.types.is_string(column.type) or column.null_count == len(column):
            continue
        if not (doubtful := redact.suspicious_of(name, _distinct(column))):
            continue
        values, hits = _redacted(column.to_pylist(), doubtful, name)
        if hits:
            table = table.set_column(index, table.schema.field(index), pa.array(values, column.type))
            found += [_report(reading, table, row, name, kind) for row, kinds in hits.items() for kind in kinds]
    return table, found


def _distinct(column: "pa.ChunkedArray") -> list[str]:
    texts = column.unique() if len(column) > MANY else column
    return [text for text in texts.to_pylist() if text is not None]


def _redacted(
    texts: list[str | None], doubtful: list[str], name: str
) -> tuple[list[str | None], dict[int, tuple[str, ...]]]:
    values, hits = list(texts), {}
    looked = {text: redact.redact_of(name, text) for text in doubtful}
    if not any(looked.values()):
        return values, {}
    for row, text in enumerate(texts):
        found = looked.get(text) if text is not None else None
        if found is not None:
            values[row] = found.text if name in DESCRIBES else None
            hits[row] = found.kinds
    return values, hits


def _report(reading: FileReading, table: "pa.Table", row: int, field: str, kind: str) -> Problem:
    """At its cell, where the sheet's columns tell which one that is."""
    sheet, number = table.column("source_sheet")[row].as_py(), table.column("source_row")[row].as_py()
    columns = next((each.columns for each in reading.sheets if each.sheet == sheet), ())
    column = next((each for each in columns if each.field == field), None)
    cell = f"{column.column}{number}" if column is not None and column.column.isalpha() and number else None
    heading = column.heading if column is not None else ""
    return Problem(
        code=f"redacted_{kind}",
        level=Level.NOTE,
        file=reading.file,
        sheet=sheet,
        cell=cell,
        field=field,
        values={"heading": redact.hidden(heading, heading=True)},
    )


def _sheet(sheet: SheetReading) -> SheetReading:
    clean: dict[str, Any] = {"columns": tuple(_column(each) for each in sheet.columns)}
    for name in ("unit", "county", "township"):
        text = getattr(sheet, name)
        clean[name] = None if text and redact.redact(text, place=True) else text
    return sheet.model_copy(update=clean)


def _column(column: ColumnReading) -> ColumnReading:
    heading = ">".join(redact.hidden(part, heading=True) for part in column.heading.split(">"))
    return column if heading == column.heading else column.model_copy(update={"heading": heading})


def _problem(problem: Problem) -> Problem:
    clean = _values(problem.values)
    return problem if clean is None else problem.model_copy(update={"values": clean})


def _values(values: Mapping[str, str | int | float | None]) -> dict[str, str | int | float | None] | None:
    """The same without numbers of persons; None where there are none."""
    hits = {key: redact.hidden(value, heading=True) for key, value in values.items() if isinstance(value, str)}
    hits |= {
        key: redact.HIDDEN for key, value in values.items() if isinstance(value, (int, float)) and abs(value) > 1e10
    }
    changed = {key: value for key, value in hits.items() if value != values[key]}
    return {**values, **changed} if changed else None
