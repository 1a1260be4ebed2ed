"""How files were understood and their problems in; the page a clerk reads before sending a sheet back out."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from coverage_census.console import out
from coverage_census.model.reading import FileReading, Level, Problem, SheetReading
from coverage_census.model.record import Json
from coverage_census.results import Checked
from coverage_census.words import alike
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label
from coverage_census.words.problems import sentences

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def show(checked: Checked, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """By file, then by row; the counts at the end, and 通过 said when there is nothing."""
    if as_json:
        return out.as_json(document(checked, words))
    if as_csv:
        header = ["file", *_KEYS]
        return out.as_csv(header, [[each.file, *problem(each, words).values()] for each in checked.problems])
    for file in checked.files:
        _file(file, [each for each in checked.problems if each.file == file.file], words)
    if checked.remembered is not None:
        _remembered(checked.remembered, checked.problems, words)
    out.line(verdict(checked.problems, words))
    return None


def _remembered(columns: Mapping[str, str], problems: Sequence[Problem], words: Words) -> None:
    """What now stands in census.toml, and what only a person can write there."""
    for heading, field in columns.items():
        out.line(words("console.remembered", heading=heading, label=field_label(field, words), field=field))
    out.line(words("console.remember_again" if columns else "console.nothing_to_remember"))
    near = [str(each.values["heading"]) for each in problems if each.code == "unmapped_column_near"]
    if left := [heading for heading in dict.fromkeys(near) if heading not in columns]:
        out.line(words("console.not_remembered", names="".join(f"『{heading}』" for heading in left)))


_KEYS = ("sheet", "cell", "field", "level", "code", "message", "fix")


def document(checked: Checked, words: Words) -> Json:
    """The machine form: `design.md`, section 4."""
    files = []
    for file in checked.files:
        mine = [problem(each, words) for each in checked.problems if each.file == file.file]
        sheets = [_sheet(sheet) for sheet in file.sheets]
        files.append({"file": file.file, "format": file.format, "sheets": sheets, "problems": mine})
    return {"files": files}


def _sheet(sheet: SheetReading) -> Json:
    columns = [column.model_dump(mode="json", exclude={"skipped"}) for column in sheet.columns]
    rows = list(sheet.header_rows) if sheet.header_rows else None
    return {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "header_rows": rows,
        "data_rows": sheet.data_rows,
        "understood": sheet.understood.model_dump(),
        "columns": columns,
    }


def problem(each: Problem, words: Words) -> Json:
    """One problem with its sentences."""
    message, fix = sentences(each, words)
    return dict(zip(_KEYS, (each.sheet, each.cell, each.field, str(each.level), each.code, message, fix), strict=True))


def verdict(problems: tuple[Problem, ...], words: Words) -> str:
    """`通过` or the counts by level."""
    counts = Counter(each.level for each in problems)
    if not counts[Level.ERROR] and not counts[Level.WARNING]:
        return words("console.passed", notes=counts[Level.NOTE])
    return words("console.counts", errors=counts[Level.ERROR], warnings=counts[Level.WARNING], notes=counts[Level.NOTE])


def kept_out(files: Iterable[FileReading], problems: Sequence[Problem], words: Words) -> None:
    """Files that were read, and hold nothing to be entered: a table of statistics says so, however sound it is."""
    empty = {file.file for file in files if file.gave_nothing}
    for each in problems:
        if each.file in empty and each.code in ("crosstab", "own_annual"):
            message, fix = sentences(each, words)
            out.line(words("console.not_entered", file=each.file, message=message, fix=fix))


OUTSIDE = frozenset({"older_sheet", "future_sheet"})
"""What is said of sheets that stay outside for the day that they state."""


def older(problems: Sequence[Problem], words: Words) -> None:
    """Sheets of which the ledger holds something newer, or that are of a day to come."""
    for each in problems:
        if each.code in OUTSIDE:
            message, fix = sentences(each, words)
            out.line(words("console.not_entered", file=each.file, message=message, fix=fix))


def _file(file: FileReading, problems: list[Problem], words: Words) -> None:
    out.line(f"{file.file}" + (f" ({file.format})" if file.format else ""))
    for sheet in file.sheets:
        out.line("  " + understood(sheet, words))
    for each in sorted(alike.cap(sorted(problems, key=_place)), key=_place):
        listed(each, words)
    out.line()


def listed(each: Problem, words: Words, *, err: bool = False) -> None:
    """Where, what, and how to mend it."""
    message, fix = sentences(each, words)
    out.line(f"  [{words(f'term.level.{each.level}')}] {each.place + ' ' if each.place else ''}{message}", err=err)
    if each.level is not Level.NOTE and fix:
        out.line(f"         → {fix}", err=err)


def understood(sheet: SheetReading, words: Words) -> str:
    """“表头在第3-5行，识别 27/31 列，未识别：『类别2』”."""
    if sheet.kind != "ledger" or sheet.header_rows is None:
        said = words("console.sheet_kind", sheet=sheet.sheet, kind=words(f"console.sheet.{sheet.kind}"))
        return said + (_share(sheet, words) if sheet.kind in ("card", "crosstab") else "")
    known = [column for column in sheet.columns if column.field]
    left = [column for column in sheet.columns if not column.field and not column.dropped]
    unknown = [column.heading for column in left if not column.skipped]
    dropped = [column.heading for column in sheet.columns if column.dropped]
    first, last = sheet.header_rows
    rows = str(first) if first == last else f"{first}-{last}"
    said = words(
        "console.understood",
        sheet=sheet.sheet,
        rows=rows,
        known=len(known),
        columns=len(sheet.columns),
        data=sheet.data_rows,
    )
    said += _share(sheet, words)
    if unknown:
        said += words("console.not_recognised", names="".join(f"『{name}』" for name in unknown))
    if dropped:
        said += words("console.dropped", names="".join(f"『{name}』" for name in dropped))
    return said


def unread(files: Iterable[FileReading]) -> dict[str, None]:
    """The headings of columns that no field is known for, each once."""
    return {
        column.heading: None
        for file in files
        for sheet in file.sheets
        if sheet.kind in ("ledger", "card")
        for column in sheet.columns
        if not (column.field or column.dropped or column.skipped)
    }


def _share(sheet: SheetReading, words: Words) -> str:
    """What was understood of its cells, where that is not all."""
    cells = sheet.understood.cells
    return "" if cells is None or cells >= 1 else words("console.share", share=f"{math.floor(cells * 100)}%")


def _place(each: Problem) -> tuple[str, int, str, int]:
    digits = "".join(mark for mark in each.cell or "" if mark.isdigit())
    letters = "".join(mark for mark in each.cell or "" if mark.isalpha())
    return (each.sheet or "", int(digits or 0), letters.rjust(3), _ORDER[each.level])
