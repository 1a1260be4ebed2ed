"""Corrections (更正) and a table in; the table with them in it, and which of them a newer sheet has ended, out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.identity.findings import Letters, cell
from coverage_census.ledger.store.entries import STATES
from coverage_census.ledger.store.subjects import Subjects
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level, Problem
from coverage_census.model.record import Facts, Row
from coverage_census.model.rounds import Entry, EntryKind

if TYPE_CHECKING:
    import pyarrow as pa


Holding = Mapping[Entry, Collection[object]]


@dataclass(frozen=True)
class KeptCorrections:
    """What became of the corrections in force when new sheets came in."""

    table: "pa.Table"
    problems: tuple[Problem, ...] = ()
    overtaken: tuple[Entry, ...] = ()


def keep(
    table: "pa.Table",
    holding: Holding,
    fresh: Sequence[Entry],
    letters: Letters,
    when: str,
    again: Collection[str | None] = (),
) -> KeptCorrections:
    """A sheet that repeats the corrected mistake does not undo the correction; one that says something new does.

    `holding`: each correction in force with the values that it replaced, the first mistake among them. `fresh` are
    the answers that came in with these sheets: what they are about is settled by them. `again`: files that were there
    when people corrected what they say; to read them otherwise ends nothing.
    """
    subjects = Subjects(table)
    settled = {(subjects.row(each.subject), each.field) for each in fresh if each.subject}
    changes: dict[int, Row] = {}
    problems, overtaken = list[Problem](), list[Entry]()
    for each, replaced in holding.items():
        row = subjects.row(each.subject) if each.subject else None
        if row is None or each.field not in about() or (row, each.field) in settled:
            continue
        found = table[each.field][row].as_py()
        if found == each.new:
            continue
        place = table.slice(row, 1).to_pylist()[0]
        if (
            found is None or found in replaced or place["source_file"] in again
        ):  # a blank says nothing that would end it
            changes.setdefault(row, {})[each.field] = each.new
            problems.append(_note("correction_stands", each, place, found, letters))
        else:
            problems.append(_note("correction_overtaken", each, place, found, letters))
            ended = {"kind": EntryKind.OVERTAKEN, "who": place["source_file"], "when": when, "reason": None}
            overtaken.append(each.model_copy(update=ended | {"old": each.new, "new": found}))
    return KeptCorrections(changed(table, changes), tuple(problems), tuple(overtaken))


def enter(table: "pa.Table", entries: Iterable[Entry]) -> tuple["pa.Table", list[Entry]]:
    """Corrections that came without their sheet, into the organisations of the ledger; those that fit none of them."""
    subjects = Subjects(table)
    changes: dict[int, Row] = {}
    unknown: list[Entry] = []
    for each in entries:
        if each.subject is None or each.kind not in STATES:
            continue
        row = subjects.row(each.subject)
        if row is None:
            unknown.append(each)
        elif each.field in about() and table[each.field][row].as_py() != each.new:
            changes.setdefault(row, {})[each.field] = each.new
    return changed(table, changes), unknown


def with_old(entries: Sequence[Entry], head: "pa.Table | None") -> tuple[Entry, ...]:
    """The entries with the value that the ledger held before."""
    if head is None or not entries:
        return tuple(entries)
    subjects = Subjects(head)
    done = []
    for each in entries:
        row = subjects.row(each.subject) if each.subject else None
        if row is not None and each.field in about():
            each = each.model_copy(update={"old": head[each.field][row].as_py()})
        done.append(each)
    return tuple(done)


def changed(table: "pa.Table", changes: Mapping[int, Facts]) -> "pa.Table":
    """The table with exact values in some places: their qualifiers and bounds go."""
    import pyarrow as pa

    if not changes:
        return table
    rows = table.take(list(changes)).to_pylist()
    for row, values in zip(rows, changes.values(), strict=True):
        for name, value in values.items():
            row.update(dict.fromkeys(columns_of(name)) | {name: value})
        row["qualifiers"] = [pair for pair in row["qualifiers"] or () if pair[0] not in values]
    new = pa.Table.from_pylist(rows, schema=table.schema)
    at = {row: table.num_rows + place for place, row in enumerate(changes)}
    return pa.concat_tables([table, new]).take([at.get(row, row) for row in range(table.num_rows)])


def _note(code: str, each: Entry, place: Facts, found: Any, letters: Letters) -> Problem:
    name = each.field or ""
    return Problem(
        code=code,
        level=Level.NOTE,
        file=place["source_file"] or "",
        sheet=place["source_sheet"],
        cell=cell(place, name, letters),
        field=each.field,
        values={"name": place["name"], "old": each.old, "new": each.new, "found": found},
    )
