"""The bytes of a file and the forms that may stand in it in; their lines and problems out. Runs in the jailed child."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.ingest.cells import counts
from coverage_census.ingest.cells.clean import DITTO, NOTHING, as_text, bare, written
from coverage_census.ingest.containers import grids
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.layout import row_words
from coverage_census.ingest.privacy import redact
from coverage_census.model.forms import Form, FormColumn, FormLine, FormsRead, Value
from coverage_census.model.reading import Level, Problem

DEPTH = 40  # rows in which the headings must stand
_BETWEEN = re.compile(r"[、，,;；|\n]+")
_RANK = re.compile(r"^(?:\(?\d{1,2}\)?[.、)．:：]|[①-⑳])\s*")


def read(data: bytes, suffix: str, file: str, forms: Sequence[Form], sha256: str) -> FormsRead:
    """Every sheet that is one of `forms`; raises `Refused` where the file is no spreadsheet."""
    opened = grids.open_grids(data, suffix)
    tables = [table for grid in opened.grids if (table := _find(grid, file, forms)) is not None]
    lines, problems = [], []
    for table in tables:
        problems += table.look_at_headings()
        lines += list(table.lines())
        problems += table.problems
    if not tables:
        wanted = "；".join("、".join(_names(form, form.marks)) for form in forms)
        problems.append(Problem(code="form_not_found", level=Level.ERROR, file=file, values={"headings": wanted}))
    found = tuple(dict.fromkeys(table.form.name for table in tables))
    return FormsRead(file=file, sha256=sha256, forms=found, lines=tuple(lines), problems=tuple(problems))


def _names(form: Form, keys: Sequence[str]) -> list[str]:
    return [column.headings[0] for column in form.columns if column.key in keys]


def _find(grid: Grid, file: str, forms: Sequence[Form]) -> "_FormTable | None":
    """The first row in which all marks of a form stand; of two forms the one that knows more of the row."""
    for number, row in enumerate(grid.rows[:DEPTH]):
        best: tuple[int, _FormTable] | None = None
        for form in forms:
            places = _places(row, form)
            if set(form.marks) <= places.keys() and (best is None or len(places) > best[0]):
                best = len(places), _FormTable(grid, file, form, number, places)
        if best is not None:
            return best[1]
    return None


def _places(row: Sequence[Cell], form: Form) -> dict[str, int]:
    """Key of each column that a heading of the row names → its place; the first of two counts."""
    known = {vocabulary.key(name): column.key for column in form.columns for name in column.headings}
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        if not isinstance(cell, str) or len(cell) > 60:
            continue
        key = next((known[each] for each in vocabulary.forms(vocabulary.key(cell)) if each in known), None)
        if key is not None:
            found.setdefault(key, place)
    return found


@dataclass
class _FormTable:
    """One form on one sheet; the row of its headings and the places of its columns are 0-based."""

    grid: Grid
    file: str
    form: Form
    head: int
    places: Mapping[str, int]
    problems: list[Problem] = field(default_factory=list)

    def look_at_headings(self) -> list[Problem]:
        """What else stands there: personal columns are dropped and said so, others are not used."""
        found = []
        for place, cell in enumerate(self.grid.rows[self.head]):
            if cell is None or place in self.places.values():
                continue
            meant = meanings.meaning((as_text(cell),))
            personal = meant.personal or redact.looks_personal(row[place] for row in self.grid.rows[self.head + 1 :])
            if personal or not meant.ignored:
                code = "personal_column" if personal else "unused_column"
                heading = vocabulary.tidy(redact.hidden(as_text(cell), heading=True))[:30]
                found.append(self._problem(code, Level.NOTE, cell_name(self.head, place), heading=heading))
        return found

    def lines(self) -> Iterator[FormLine]:
        for number in range(self.head + 1, len(self.grid.rows)):
            row = self.grid.rows[number]
            texts = [as_text(cell).strip() for cell in row if cell is not None]
            if not texts or any(row_words.SAMPLE.match(bare(text)) for text in texts[:2]):
                continue
            if not any(row[place] is not None for place in self.places.values()) or row_words.is_note(texts[0]):
                continue
            yield self._line(number, row)

    def _line(self, number: int, row: Sequence[Cell]) -> FormLine:
        cells: dict[str, Value] = {}
        unreadable = []
        for column in self.form.columns:
            place = self.places.get(column.key)
            value = None if place is None else self._value(row[place], column, cell_name(number, place))
            if isinstance(value, _Unreadable):
                unreadable.append(column.key)
                value = None
            cells[column.key] = () if value is None and column.holds == "list" else value
        at = {key: cell_name(number, place) for key, place in self.places.items()}
        return FormLine(
            form=self.form.name, file=self.file, sheet=self.grid.name, row=number + 1, cells=cells, at=at,
            unreadable=tuple(unreadable),
        )  # fmt: skip

    def _value(self, cell: Cell, column: FormColumn, at: str) -> "Value | _Unreadable":
        plain = bare(cell)
        if plain.lower() in NOTHING or plain in DITTO:
            return None
        if column.holds == "count":
            return self._count(cell, column, at)
        text = written(self._without_persons(as_text(cell), column, at)) or ""
        if column.holds == "text":
            return text or None
        parts = (self._without_persons(_RANK.sub("", part.strip()), column, at) for part in _parts(cell, text))
        return tuple(dict.fromkeys(part for part in parts if part and part.lower() not in NOTHING))

    def _count(self, cell: Cell, column: FormColumn, at: str) -> "int | _Unreadable":
        found = counts.parse(cell)
        if isinstance(found, counts.Count) and found.qualifier is None:
            return found.value
        given = {"heading": column.headings[0], "found": redact.quotable(as_text(cell))}
        self.problems.append(self._problem("unreadable_value", Level.ERROR, at, **given))
        return _Unreadable()

    def _without_persons(self, text: str, column: FormColumn, at: str) -> str:
        of_organisation = column.key.startswith(("name", "wish", "told"))
        found = redact.redact(text, named=of_organisation, coded=column.key in ("uscc", "code"))
        if found is None:
            return text
        for kind in found.kinds:
            self.problems.append(self._problem(f"redacted_{kind}", Level.NOTE, at, heading=column.headings[0]))
        return found.text.replace(redact.HIDDEN, "").strip("：:（）() ")

    def _problem(self, code: str, level: Level, at: str | None, **values: str | int) -> Problem:
        return Problem(code=code, level=level, file=self.file, sheet=self.grid.name, cell=at, values=dict(values))


class _Unreadable:
    """A cell that is not what its column asks for."""


def _parts(cell: Cell, text: str) -> list[str]:
    """The texts in one cell; a line break separates too, which `written` no longer shows. In “1、甲 2、乙” the numbers
    are no texts; where there are only numbers, they are."""
    whole = as_text(cell) if isinstance(cell, str) and "\n" in cell else text
    parts = [part.strip() for part in _BETWEEN.split(whole)]
    numbered = [re.fullmatch(r"\d{1,2}", part) is not None for part in parts]
    return parts if all(numbered) else [part for part, number in zip(parts, numbered, strict=True) if not number]
