"""Human decisions in; one more round that holds them and nothing else new out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files import Drive
from coverage_census.ledger import corrections, entries, findings, manifest, parquet, problem_rows, seal, store
from coverage_census.ledger.commit import Commit, Receipt
from coverage_census.ledger.past import Past
from coverage_census.model.reading import Problem
from coverage_census.model.rounds import Entry, Round

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class _Settled:
    """What decisions make of the newest state. `table` None: they change no organisation."""

    entries: tuple[Entry, ...]
    table: "pa.Table | None"
    changed: int
    problems: tuple[Problem, ...]


def record(
    folder: Path,
    decided: Sequence[Entry],
    *,
    name: str | None,
    as_of: str | None,
    created_at: str,
    tool: str,
    drive: Drive,
) -> Commit:
    """See `rounds.record`."""
    if not store.numbers(folder, drive):
        raise CensusError("no_round")
    last: list[_Settled] = []

    def contents(number: int, parent: seal.Seal | None, nonce: str) -> store.Contents | None:
        past = Past(folder, tuple(manifest.chain(folder, drive))[: number - 1], drive)
        last[:] = [_settled(past, decided)]
        if not last[0].entries:
            return None
        head = past.rounds[-1]
        return _contents(last[0], past, Round(
            number=number, name=name, parent=parent.sha256 if parent else None, nonce=nonce, created_at=created_at,
            as_of=as_of or head.as_of, tool=tool, files=(), scopes=(), organisations=head.organisations, confirmed=0,
            new=0, carried=head.organisations, not_reported_again=0,
        ))  # fmt: skip

    number = store.add(folder, contents, drive)
    made, settled = tuple(manifest.chain(folder, drive))[number - 1 if number else -1], last[0]
    receipt = Receipt(changed=settled.changed, carried=made.carried) if number else Receipt()
    return Commit(made, number is None, receipt, settled.problems, entries=settled.entries)


def _settled(past: Past, decided: Sequence[Entry]) -> _Settled:
    told = tuple(entries.complete(each) for each in decided)
    changing = [each for each in told if each.kind in entries.STATES]
    if not changing:
        return _Settled(told, None, 0, ())
    filled = dict(zip(changing, corrections.with_old(changing, past.head), strict=True))
    table, unknown = corrections.enter(past.head, filled.values())
    kept = tuple(filled.get(each, each) for each in told if filled.get(each) not in unknown)
    changed = sum(1 for each in kept if each.kind in entries.STATES and each.old != each.new)
    return _Settled(kept, table if changed else None, changed, tuple(findings.unknown_subjects(unknown)))


def _contents(settled: _Settled, past: Past, made: Round) -> store.Contents:
    """A state that nobody changed is written byte for byte as it was."""
    table = settled.table
    return {
        store.ORGANISATIONS: past.written() if table is None else parquet.written(table),
        store.PROBLEMS: problem_rows.written(settled.problems),
        store.MANIFEST: manifest.written(made),
        store.ENTRIES: entries.written(settled.entries),
    }
