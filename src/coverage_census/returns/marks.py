"""The problems of one file and the words in; everything that its return workbook (退回表) shall hold out."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from coverage_census.files.disk import safe_name
from coverage_census.model.annotation import LINES, Annotation, ListedProblem, Wording, finding
from coverage_census.model.reading import FileReading, Level, Problem, Subject
from coverage_census.model.record import Facts
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


class Rows:
    """The organisations of an intake that a problem may be about, by where they stand."""

    def __init__(self, table: "pa.Table", files: Sequence[FileReading], problems: Sequence[Problem]) -> None:
        self._cards = {(file.file, each.sheet): each for file in files for each in file.sheets if each.kind == "card"}
        self._of_cards: dict[tuple[str, str | None], list[Facts]] = {}
        self._rows: dict[tuple[str, str, int], list[Facts]] = {}
        asked = {_row(each.cell) for each in problems if each.level in _ORDER}
        for row in _at_rows(table, asked, {file for file, _ in self._cards}):
            self._rows.setdefault((row["source_file"], row["source_sheet"], row["source_row"]), []).append(row)
            self._of_cards.setdefault((row["source_file"], row["source_sheet"]), []).append(row)

    def at(self, file: str, sheet: str | None, cell: str | None) -> tuple[int, Subject] | None:
        """Whose cell it is: by its row; on cards, which may stand side by side, by the card that it belongs to."""
        if (card := self._cards.get((file, sheet or ""))) is not None:
            number, rows = card.card_of(cell), self._of_cards.get((file, sheet), [])
            found = [rows[number]] if number is not None and len(rows) == len(card.cards) else []
        else:
            found = self._rows.get((file, sheet or "", _row(cell)), [])
        if len(found) != 1:
            return None
        subject = Subject.of(found[0])
        return found[0]["source_row"], subject


def _at_rows(table: "pa.Table", rows: AbstractSet[int], files: AbstractSet[str]) -> list[Facts]:
    """A province has half a million rows, and problems in a few of them; none of those that concern whole sheets."""
    if rows <= {0} and not files:
        return []
    import pyarrow as pa
    import pyarrow.compute as pc

    near = pc.is_in(table["source_row"], value_set=pa.array(sorted(rows), pa.int64()))
    of_cards = pc.is_in(table["source_file"], value_set=pa.array(sorted(files), pa.string()))
    names = ["name", "uscc", "county", "township", "source_file", "source_sheet", "source_row"]
    found: list[Facts] = table.select(names).filter(pc.or_(near, of_cards)).to_pylist()
    return found


def _row(cell: str | None) -> int:
    return int("".join(mark for mark in cell or "" if mark.isdigit()) or 0)


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
    left = [
        column.heading
        for sheet in file.sheets
        if sheet.kind in ("ledger", "card")
        for column in sheet.columns
        if not (column.field or column.dropped or column.skipped)
    ]
    if left:
        guidance.append(words("returns.columns_left", names="".join(f"『{name}』" for name in dict.fromkeys(left))))
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
        colon=words("returns.colon"),
        between=words("returns.between"),
    )


def _line(number: int, each: Problem, file: FileReading, rows: Rows, words: Words) -> ListedProblem:
    message, fix = sentences(each, words)
    whose = rows.at(file.file, each.sheet, each.cell)
    label = field_label(each.field, words) if each.field else ""
    label = "" if label in message or "heading" in each.values else label
    return ListedProblem(
        number=number,
        level=each.level,
        level_label=words(f"term.level.{each.level}"),
        place=each.place or words("returns.whole_file"),
        organisation=whose[1].name if whose else "",
        problem=f"{label}{words('returns.colon')}{message}" if label else message,
        found=_figure(each, "found", "stated"),
        expected=_expected(each),
        fix=fix,
        code=each.code,
        finding=finding(each),
        sheet=each.sheet,
        cell=each.cell,
        also=str(each.values.get("places") or ""),
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
    letters = (each.cell or "").rstrip("0123456789")
    return each.sheet or "", _row(each.cell), len(letters), letters
