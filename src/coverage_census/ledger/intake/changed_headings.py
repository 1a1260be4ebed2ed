"""Sheets as they were read, and those of the rounds before, in; a note for each whose headings changed, out."""

from collections.abc import Sequence
from pathlib import Path

from coverage_census.model.reading import FileReading, Level, Problem, SheetReading
from coverage_census.model.rounds import Round

_MARKED = "『{}』"


def changes(ledger: Path, files: Sequence[FileReading]) -> tuple[Problem, ...]:
    """A township that sends another layout than last time: which headings are new, which are gone."""
    if not ledger.exists() or not any(sheet.kind == "ledger" for file in files for sheet in file.sheets):
        return ()
    from coverage_census.ledger import rounds

    earlier = rounds.all_rounds(ledger)[::-1]
    found = []
    for file in files:
        for sheet in file.sheets:
            before = _before(file, sheet, earlier) if sheet.kind == "ledger" else None
            if before is not None and set(_headings(before[1])) != set(_headings(sheet)):
                found.append(_compared(file, sheet, *before))
    return tuple(found)


def _before(file: FileReading, sheet: SheetReading, earlier: Sequence[Round]) -> tuple[Round, SheetReading] | None:
    """The newest sheet that the same file held, else that the same unit sent."""
    for each in earlier:
        known = [(old.file, one) for old in each.files for one in old.sheets if one.kind == "ledger"]
        same_file = [one for label, one in known if label == file.file]
        named = [one for one in same_file if one.sheet == sheet.sheet]
        if named or (len(same_file) == 1 and len(file.sheets) == 1):
            return each, (named or same_file)[0]
        same_unit = [
            one for _, one in known if sheet.unit and one.unit == sheet.unit and one.township == sheet.township
        ]
        if len(same_unit) == 1:
            return each, same_unit[0]
    return None


def _compared(file: FileReading, sheet: SheetReading, before: Round, old: SheetReading) -> Problem:
    new = [heading for heading in _headings(sheet) if heading not in _headings(old)]
    gone = [heading for heading in _headings(old) if heading not in _headings(sheet)]
    values: dict[str, str | int | float | None] = {
        "round": before.name or str(before.number),
        "new": "".join(map(_MARKED.format, new)) or "—",
        "gone": "".join(map(_MARKED.format, gone)) or "—",
    }
    return Problem(code="layout_changed", level=Level.NOTE, file=file.file, sheet=sheet.sheet, values=values)


def _headings(sheet: SheetReading) -> dict[str, None]:
    """Headings in their order, each once; where they stand does not matter."""
    return dict.fromkeys(column.heading for column in sheet.columns)
