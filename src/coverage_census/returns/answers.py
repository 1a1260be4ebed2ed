"""What people answered in return workbooks, and what was read of these, in; human decisions (人工记录) out."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coverage_census.model.organisation import Source, about
from coverage_census.model.reading import Answer, FileReading, Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.model.row import Row

if TYPE_CHECKING:
    import pyarrow as pa


def entries(files: Sequence[FileReading], table: "pa.Table", now: datetime) -> tuple[Entry, ...]:
    """`old` is left for the ledger to fill in: it knows what it held before."""
    if not any(file.answers for file in files):
        return ()
    import pyarrow as pa
    import pyarrow.compute as pc

    when = now.astimezone(UTC).isoformat(timespec="seconds")
    answered = {file.file for file in files if file.answers}
    own = table.filter(pc.is_in(table["source_file"], value_set=pa.array(sorted(answered), pa.string())))
    rows = _Rows(own.to_pylist())
    return tuple(each for file in files for each in _of_file(file, rows, when))


class _Rows:
    """The organisations of the files with answers, by where they stand."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._at: dict[tuple[str, str, int], Row] = {}
        self._on: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self._at[row["source_file"], row["source_sheet"], row["source_row"]] = row
            self._on.setdefault((row["source_file"], row["source_sheet"]), []).append(row)

    def of(self, answer: Answer, file: FileReading) -> Row | None:
        """Whose cell it is that was answered; cards side by side begin in the same row."""
        card = next((each for each in file.sheets if each.sheet == answer.sheet and each.kind == "card"), None)
        if card is None:
            return self._at.get((file.file, answer.sheet or "", answer.row or 0))
        rows, number = self._on.get((file.file, card.sheet), []), card.card_of(answer.cell)
        return rows[number] if number is not None and len(rows) == len(card.cards) else None


def without_answers(files: Sequence[FileReading]) -> tuple[FileReading, ...]:
    """The readings as a manifest keeps them: what people decided stands in the entries, once."""
    return tuple(file.model_copy(update={"answers": ()}) if file.answers else file for file in files)


def _of_file(file: FileReading, rows: _Rows, when: str) -> Iterator[Entry]:
    for answer in file.answers:
        if answer.whose is not None:
            yield _of_register(answer, file, when)
            continue
        if answer.other is not None:
            yield _identity(answer, file, when)
            continue
        row = rows.of(answer, file)
        new = row[answer.field] if row and answer.field in about() else answer.value
        if answer.does == "corrected" and new is None:
            continue  # it could not be read, which is said at its cell
        yield Entry(
            kind=EntryKind.CORRECTION if answer.does == "corrected" else EntryKind.CONFIRMATION,
            who=f"{file.file}!{answer.at}",
            when=when,
            subject=_subject(answer, row),
            field=answer.field,
            new=new,
            reason=answer.reason,
            problem=answer.code,
            finding=answer.finding,
            source=Source(file=file.return_of or file.file, sheet=answer.sheet, row=answer.row, cell=answer.cell),
        )


def _identity(answer: Answer, file: FileReading, when: str) -> Entry:
    return Entry(
        kind=EntryKind.SAME if answer.does == "same" else EntryKind.DIFFERENT,
        who=f"{file.file}!{answer.at}",
        when=when,
        subject=answer.subject,
        other=answer.other,
        reason=answer.reason,
    )


_DOES = {
    "same": EntryKind.SAME,
    "different": EntryKind.DIFFERENT,
    "register_holds": EntryKind.CORRECTION,
    "ledger_holds": EntryKind.LEDGER_HOLDS,
    "listed": EntryKind.LISTED,
    "out_of_scope": EntryKind.OUT_OF_SCOPE,
}


def _of_register(answer: Answer, file: FileReading, when: str) -> Entry:
    """以名册为准 corrects the ledger; the other side is told only where the answer is about who is who."""
    kind = _DOES[answer.does]
    return Entry(
        kind=kind,
        who=f"{file.file}!{answer.at}",
        when=when,
        subject=answer.subject,
        other=answer.other if kind in (EntryKind.SAME, EntryKind.DIFFERENT) else None,
        field=answer.field,
        old=answer.old,
        new=answer.value,
        reason=answer.reason,
        source=answer.source,
        whose=answer.whose,
    )


def _subject(answer: Answer, row: Row | None) -> Subject | None:
    """As the sheet names it now; as it was named in the list where no sheet came with it."""
    if row is None:
        return answer.subject
    return Subject.of(row)
