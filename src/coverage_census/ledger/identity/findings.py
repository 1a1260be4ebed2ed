"""Rows that are or may be one organisation in; located problems for the person who sent them out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.rounds import Entry
from coverage_census.model.row import Facts, Row

if TYPE_CHECKING:
    import pyarrow as pa

_COLUMNS = ["name", "uscc", "source_file", "source_sheet", "source_row"]
Letters = Mapping[tuple[str, str | None, str], str]


def duplicates(
    table: "pa.Table", holders: Sequence[int], contradicted: Mapping[int, tuple[str, ...]], letters: Letters
) -> list[Problem]:
    """One problem for each row that another file's row holds; repetitions within a file are the reader's to report."""
    pairs = [(row, holder) for row, holder in enumerate(holders) if holder != row]
    found = []
    for later, first, slips in _sides(table, table, pairs, contradicted):
        if later["source_file"] != first["source_file"]:
            code = "duplicate_contradicts" if slips else "duplicate_across_files"
            found.append(_problem(code, "name", later, first, letters, _fields(slips)))
    return found


def shared_codes(
    table: "pa.Table", others: "pa.Table", pairs: Sequence[tuple[int, int]], letters: Letters
) -> list[Problem]:
    """One problem for each row whose valid code another organisation has too."""
    sides = _sides(table, others, pairs, {})
    return [_problem("uscc_shared", "uscc", row, other, letters, {}) for row, other, _ in sides]


def copies(found: Mapping[str, str]) -> list[Problem]:
    """One note for each file that is another one over again."""
    return [
        Problem(code="same_file", level=Level.NOTE, file=file, values={"other_file": other})
        for file, other in sorted(found.items())
    ]


def unknown_subjects(entries: Iterable[Entry]) -> list[Problem]:
    """One problem for each answer about an organisation that is not in the ledger."""
    found = []
    for each in entries:
        file, sheet, place = (*each.who.split("!"), None, None)[:3]
        name = each.subject.name if each.subject else None
        code, values = ("answer_unknown", {"line": place}) if place else ("decision_unknown", {"name": name})
        problem = Problem(code=code, level=Level.ERROR, file=file or "", sheet=sheet, cell=place)
        found.append(problem.model_copy(update={"values": values}))
    return found


def contradictions(pairs: Iterable[tuple[Entry, Entry]]) -> list[Problem]:
    """One problem for each answer on identity that contradicts another, at its cell."""
    found = []
    for each, other in pairs:
        file, sheet, place = (*each.who.split("!"), None, None)[:3]
        names = [side.name if side else None for side in (each.subject, each.other)]
        values = {"name": names[0], "other_name": names[1], "answer": str(other.kind), "where": other.who}
        problem = Problem(code="answer_contradicts", level=Level.ERROR, file=file or "", sheet=sheet, cell=place)
        found.append(problem.model_copy(update={"values": {**values, "when": other.when[:10]}}))
    return found


def codes_taken(entries: Iterable[Entry]) -> list[Problem]:
    """One problem for each organisation that a person would add (漏报补录) although its code is another's."""
    found = []
    for each in entries:
        file, sheet, place = (*each.who.split("!"), None, None)[:3]
        values = {
            "name": each.subject.name if each.subject else None,
            "uscc": each.subject.uscc if each.subject else None,
        }
        problem = Problem(code="listed_code_taken", level=Level.ERROR, file=file or "", sheet=sheet, cell=place)
        found.append(problem.model_copy(update={"values": values}))
    return found


def letters(files: Sequence[FileReading]) -> Letters:
    """(file, sheet, field) → the column it stands in."""
    return {
        (file.file, sheet.sheet, column.field): column.column
        for file in files
        for sheet in file.sheets
        for column in reversed(sheet.columns)
        if column.field is not None
    }


def _sides(
    table: "pa.Table", others: "pa.Table", pairs: Sequence[tuple[int, int]], slips: Mapping[int, tuple[str, ...]]
) -> Iterable[tuple[Row, Row, tuple[str, ...]]]:
    rows = table.select(_COLUMNS).take([row for row, _ in pairs]).to_pylist() if pairs else []
    beside = others.select(_COLUMNS).take([other for _, other in pairs]).to_pylist() if pairs else []
    return ((row, other, slips.get(pair[0], ())) for pair, row, other in zip(pairs, rows, beside, strict=True))


def _fields(names: Iterable[str]) -> dict[str, str]:
    """Field names joined by commas; whoever words the problem puts their labels in their place."""
    joined = ",".join(names)
    return {"fields": joined} if joined else {}


def _problem(code: str, field: str, row: Row, other: Row, letters: Letters, more: Facts) -> Problem:
    return Problem(
        code=code,
        level=Level.WARNING,
        file=row["source_file"] or "",
        sheet=row["source_sheet"],
        cell=cell(row, field, letters),
        field=field,
        values={
            "name": row["name"],
            "other_name": other["name"],
            "uscc": row["uscc"],
            "other_file": other["source_file"],
            "other_sheet": other["source_sheet"],
            "other_row": other["source_row"],
            **more,
        },
    )


def cell(row: Facts, field: str, letters: Letters) -> str | None:
    """The cell of a field; in a card the column map names the cell itself (B4)."""
    column = letters.get((row["source_file"], row["source_sheet"], field))
    if column is None or column[-1].isdigit():
        return column
    return f"{column}{row['source_row']}" if row["source_row"] is not None else None
