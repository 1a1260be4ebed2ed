"""An intake in; what it would change, organisation by organisation, out. Nothing is written, no ledger is begun."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.compare import changes, pairing
from coverage_census.ledger.compare.changes import Change, Merger
from coverage_census.ledger.intake import older_sheets
from coverage_census.ledger.periods import cut_off, row_places
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store import manifest, query
from coverage_census.ledger.write import commit
from coverage_census.ledger.write.carry import NextState
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Who

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Preview:
    """What the next round would bring. `number` None: every file is in the ledger already, no round would be made."""

    number: int | None
    already_in: tuple[tuple[str, int], ...]
    added: tuple[Who, ...]
    fields: tuple[Change, ...]
    blanks: tuple[Change, ...]  # of `fields`: a blank would take the place of a known value
    changed: int
    unchanged: int
    duplicates: int
    carried: int
    silent: tuple[Who, ...]  # 未再上报: of the carried ones
    merged: tuple[Merger, ...]
    problems: tuple[Problem, ...]
    aside: tuple[FileReading, ...] = ()  # of which the ledger holds something newer


_ANY = commit.Stamp(None, cut_off.Default(""), "", "")


def preview(
    folder: Path,
    table: "pa.Table",
    files: Sequence[FileReading],
    answers: Sequence[Entry] = (),
    when: str = "",
    stamp: commit.Stamp = _ANY,
    drive: Drive = DRIVE,
) -> Preview:
    """The same drafts that `rounds.write` would publish, looked at instead; of several steps together."""
    past = Past(folder, tuple(manifest.chain(folder, drive)), drive)
    drafts = commit.drafts(table, files, (), past, answers, replace(stamp, created_at=when))
    problems = tuple(each for new in drafts for each in (*new.problems, *new.aside))
    already_in = tuple(sorted({pair for new in drafts for pair in new.already_in.items()}))
    made = [new for new in drafts if new.state is not None]
    aside = tuple(file for new in drafts for file in new.files if file.refused in older_sheets.CODES)
    if not made:
        return Preview(None, already_in, (), (), (), 0, 0, 0, 0, (), (), problems, aside)
    new = made[-1]
    assert new.state is not None
    number = len(past.rounds) + len(made)
    connection = _beside(past, new.state)
    every = changes.fields(connection)
    fields = changes.without_followers(every, changes.closed(every), changes.dissolved(connection, every))
    return Preview(
        number,
        already_in,
        added=changes.added(connection),
        fields=fields,
        blanks=tuple(each for each in fields if each.new is None),
        changed=new.state.changed,
        unchanged=new.state.unchanged,
        duplicates=new.duplicates,
        carried=len(new.state.carried),
        silent=changes.silent_since(connection, [(number, new.scopes)]),
        merged=changes.merged(connection),
        problems=problems,
        aside=aside,
    )


def _beside(past: Past, state: NextState) -> Any:
    """The head and the drafted state as `pairing` has them: in both a row has the same place."""
    before = past.head if past.rounds else state.table.slice(0, 0)
    connection = query.connection(before.num_rows + state.table.num_rows)
    for name, table in (("before", before), ("after", state.table)):
        connection.register(name, _placed(table))
    pairing.stand(connection, row_places.after(before.num_rows, state.merged))
    return connection


def _placed(table: "pa.Table") -> "pa.Table":
    import pyarrow as pa

    placed = table.append_column("row", pa.array(range(table.num_rows), pa.int64()))
    return placed.append_column("word", placed["confirmed_round"])
