"""An intake in; what it would change, organisation by organisation, out. Nothing is written, no ledger is begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.files import DRIVE, Drive
from coverage_census.ledger import changes, intake, manifest, pairing, query, row_places
from coverage_census.ledger.carry import State
from coverage_census.ledger.changes import Change, Merger, Who
from coverage_census.ledger.draft import draft
from coverage_census.ledger.past import Past
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry

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


def preview(
    folder: Path,
    table: "pa.Table",
    files: Sequence[FileReading],
    answers: Sequence[Entry] = (),
    when: str = "",
    drive: Drive = DRIVE,
) -> Preview:
    """The same draft that `rounds.write` would publish, looked at instead."""
    past = Past(folder, tuple(manifest.chain(folder, drive)), drive)
    new = draft(intake.ordered(table, files), past, answers, when)
    already_in = tuple(sorted(new.already_in.items()))
    if new.state is None:
        return Preview(None, already_in, (), (), (), 0, 0, 0, 0, (), (), new.problems)
    number = len(past.rounds) + 1
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
        problems=new.problems,
    )


def _beside(past: Past, state: State) -> Any:
    """The head and the drafted state as `pairing` has them: in both a row has the same place."""
    before = past.head if past.rounds else state.table.slice(0, 0)
    connection = query.connection(before.num_rows + state.table.num_rows)
    for name, table in (("before", before), ("after", state.table)):
        connection.register(name, _placed(table))
    pairing.stand(connection, row_places.after(before.num_rows, state.merged))
    return connection


def _placed(table: "pa.Table") -> "pa.Table":
    import pyarrow as pa

    return table.append_column("row", pa.array(range(table.num_rows), pa.int64()))
