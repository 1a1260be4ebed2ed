"""An intake in; its round written and a receipt out, or the newest round and "nothing new"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files import Drive
from coverage_census.ledger import entries, intake, manifest, parquet, problem_rows, seal, store
from coverage_census.ledger.carry import State
from coverage_census.ledger.draft import Draft, draft
from coverage_census.ledger.past import Past
from coverage_census.ledger.subjects import Subjects
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Round

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Receipt:
    """回执: what became of the organisations that came in. All zero where nothing was written."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    renamed: int = 0  # of the changed ones
    blanked: int = 0  # of the changed ones: a value known before is blank now
    duplicates: int = 0  # rows merged into another row that came in with them
    carried: int = 0  # carried forward from the round before
    not_reported_again: int = 0  # 未再上报: of the carried ones, those whose scope came in


@dataclass(frozen=True)
class Commit:
    """What `write` did. `unchanged`: nothing was written, and `round` is the newest one there is."""

    round: Round
    unchanged: bool
    receipt: Receipt
    problems: tuple[Problem, ...] = ()  # found by the ledger itself; they stand in the round beside the reader's
    already_in: tuple[tuple[str, int], ...] = ()  # file → the round that took it in
    silenced: tuple[Problem, ...] = ()  # warnings that somebody has confirmed (属实)
    entries: tuple[Entry, ...] = ()  # what people decided, as it stands in the round


@dataclass(frozen=True)
class Stamp:
    """What the caller says about a round: its name, its cut-off date (截止日期), when and by which version."""

    name: str | None
    as_of: str
    created_at: str
    tool: str


def write(
    folder: Path,
    table: "pa.Table",
    files: Sequence[FileReading],
    problems: Sequence[Problem],
    stamp: Stamp,
    answers: Sequence[Entry],
    drive: Drive,
) -> Commit:
    """See `rounds.write`."""
    if not table.num_rows and not (answers and store.numbers(folder, drive)):
        raise CensusError("nothing_to_keep")
    rows, drafts = intake.ordered(table, files), list[Draft]()
    quiet: list[tuple[Problem, ...]] = []

    def contents(number: int, parent: seal.Seal | None, nonce: str) -> store.Contents | None:
        rounds = tuple(manifest.chain(folder, drive))[: number - 1]
        past = Past(folder, rounds, drive)
        new = draft(rows, past, answers, stamp.created_at)
        told = _told(problems, new)
        silent = entries.silenced(told, (*past.entries, *new.entries), Subjects(rows.table, rows.files))
        drafts.append(new)
        quiet.append(silent)
        left = [each for each in told if each not in silent]
        return _contents(new, new.state, number, parent, nonce, left, stamp)

    made = manifest.made(folder, store.add(folder, contents, drive), drive)
    return replace(_commit(made, drafts[-1]), silenced=quiet[-1])


def _told(problems: Sequence[Problem], new: Draft) -> tuple[Problem, ...]:
    """What is to be said of the files that were not in the ledger yet, refused ones included."""
    return (*(each for each in problems if each.file not in new.already_in), *new.problems)


def _contents(
    new: Draft,
    state: State | None,
    number: int,
    parent: seal.Seal | None,
    nonce: str,
    told: Sequence[Problem],
    stamp: Stamp,
) -> store.Contents | None:
    if state is None:
        return None
    name, as_of = new.belongs_to or (stamp.name, stamp.as_of)
    record = Round(
        number=number,
        name=name,
        parent=parent.sha256 if parent else None,
        nonce=nonce,
        created_at=stamp.created_at,
        as_of=as_of,
        tool=stamp.tool,
        files=new.files,
        scopes=new.scopes,
        organisations=state.table.num_rows,
        confirmed=state.table.num_rows - len(state.carried),
        new=state.new,
        carried=len(state.carried),
        not_reported_again=new.not_reported_again,
        merged=state.merged,
    )
    decided = {store.ENTRIES: entries.written(new.entries)} if new.entries else {}
    return {
        store.ORGANISATIONS: parquet.written(state.table),
        store.PROBLEMS: problem_rows.written(told),
        store.MANIFEST: manifest.written(record),
        **decided,
    }


def _commit(each: Round, new: Draft) -> Commit:
    already_in = tuple(sorted(new.already_in.items()))
    if new.state is None:
        return Commit(each, True, Receipt(), new.problems, already_in)
    receipt = Receipt(
        new=new.state.new,
        changed=new.state.changed,
        unchanged=new.state.unchanged,
        renamed=new.state.renamed,
        blanked=new.state.blanked,
        duplicates=new.duplicates,
        carried=len(new.state.carried),
        not_reported_again=new.not_reported_again,
    )
    return Commit(each, False, receipt, new.problems, already_in, entries=new.entries)
