"""The problems of one file and the words in; everything that its return workbook (退回表) shall hold out."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coverage_census.annotations import LINES, Annotation, Line, Wording, finding
from coverage_census.files import safe_name
from coverage_census.model import FileReading, Level, Problem, Subject
from coverage_census.words.catalogue import Words
from coverage_census.words.labels import field_label
from coverage_census.words.problems import sentences

if TYPE_CHECKING:
    import pyarrow as pa

_COLUMNS = (
    "number", "level", "place", "organisation", "problem", "found", "expected", "fix", "action", "new", "reason",
)  # fmt: skip
_ORDER = {Level.ERROR: 0, Level.WARNING: 1}
_PARTS = frozenset({"members_sum", "members_staff_sum", "employees_sum"})  # the parts make up the whole
Row = Mapping[str, Any]


class Rows:
    """The organisations of an intake by the row they stand in."""

    def __init__(self, table: "pa.Table") -> None:
        names = ["name", "uscc", "county", "township", "source_file", "source_sheet", "source_row"]
        self._rows: dict[tuple[str, str, int], Row] = {
            (row["source_file"], row["source_sheet"], row["source_row"]): row for row in table.select(names).to_pylist()
        }
        self._cards: dict[tuple[str, str], list[int]] = {}
        for file, sheet, row in sorted(self._rows):
            self._cards.setdefault((file, sheet), []).append(row)

    def at(self, file: FileReading, sheet: str | None, cell: str | None) -> tuple[int, Subject] | None:
        """Whose cell it is; a card reaches down to the next one."""
        digits = "".join(mark for mark in cell or "" if mark.isdigit())
        if sheet is None or not digits:
            return None
        row = int(digits)
        if any(each.sheet == sheet and each.kind == "card" for each in file.sheets):
            row = max((first for first in self._cards.get((file.file, sheet), ()) if first <= row), default=row)
        found = self._rows.get((file.file, sheet, row))
        if found is None:
            return None
        return row, Subject(**{key: found[key] for key in ("name", "uscc", "county", "township")})


def annotation(
    file: FileReading, problems: Sequence[Problem], rows: Rows, words: Words, round_label: str
) -> Annotation | None:
    """None where nothing need be done: notes go into no list."""
    asked = sorted((each for each in problems if each.level in _ORDER), key=_place)
    if not asked:
        return None
    lines = tuple(_line(number, each, file, rows, words) for number, each in enumerate(asked[:LINES], start=1))
    return Annotation(
        original=file.return_of or file.file,
        sha256=file.sha256,
        round=round_label,
        words=_wording(file, asked, words, round_label),
        lines=lines,
        headers={
            sheet.sheet: sheet.header_rows for sheet in file.sheets if sheet.kind == "ledger" and sheet.header_rows
        },
    )


def name(annotation: Annotation, words: Words) -> str:
    """退回_文峰镇_第3轮.xlsx."""
    stem = annotation.original.rsplit(".", 1)[0].replace("/", "_")
    return safe_name(words("returns.file", name=safe_name(stem)[:50], round=safe_name(annotation.round)))


def _wording(file: FileReading, asked: Sequence[Problem], words: Words, round_label: str) -> Wording:
    errors = sum(1 for each in asked if each.level is Level.ERROR)
    counts = {"errors": errors, "warnings": len(asked) - errors}
    guidance = [words("returns.counts", round=round_label, **counts)]
    if len(asked) > LINES:
        guidance[0] += words("returns.more", count=len(asked) - LINES, limit=LINES)
    guidance += [words("returns.how_to"), words("returns.how_to_more")]
    return Wording(
        list_name=words("returns.list"),
        title=words("returns.title", file=file.return_of or file.file),
        guidance=tuple(guidance),
        headings=tuple(words(f"returns.head.{column}") for column in _COLUMNS),
        opinion=words("returns.opinion"),
        corrected=words("returns.corrected"),
        confirmed=words("returns.confirmed"),
        how=words("returns.how"),
    )


def _line(number: int, each: Problem, file: FileReading, rows: Rows, words: Words) -> Line:
    message, fix = sentences(each, words)
    whose = rows.at(file, each.sheet, each.cell)
    label = field_label(each.field, words) if each.field else ""
    label = "" if label in message or "heading" in each.values else label
    return Line(
        number=number,
        level=each.level,
        level_label=words(f"term.level.{each.level}"),
        place="!".join(part for part in (each.sheet, each.cell) if part) or words("returns.whole_file"),
        organisation=whose[1].name if whose else "",
        problem=f"{label}{words('returns.colon')}{message}" if label else message,
        found=_figure(each, "found", "stated"),
        expected=_expected(each),
        fix=fix,
        code=each.code,
        finding=finding(each),
        sheet=each.sheet,
        cell=each.cell,
        row=whose[0] if whose else None,
        field=each.field,
        subject=whose[1] if whose else None,
    )


def _expected(each: Problem) -> str:
    """What should stand there, where the other figures say so."""
    if each.values.get("limit") is not None:
        return f"≤ {each.values['limit']}"
    return _figure(each, "counted", *(("sum",) if each.code in _PARTS else ()))


def _figure(each: Problem, *names: str) -> str:
    return next((str(each.values[key]) for key in names if each.values.get(key) is not None), "")


def _place(each: Problem) -> tuple[str, int, int, str]:
    """By sheet, then down the rows."""
    digits = "".join(mark for mark in each.cell or "" if mark.isdigit())
    letters = (each.cell or "").rstrip("0123456789")
    return each.sheet or "", int(digits or 0), len(letters), letters
