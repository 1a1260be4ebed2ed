"""Human decisions in; one more round that holds them and nothing else new out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files.disk import Drive
from coverage_census.ledger.identity import answers, findings
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.periods.row_places import Merged
from coverage_census.ledger.store import entries, manifest, parquet, problem_rows, rounds_folder, seal
from coverage_census.ledger.write import corrections, settling
from coverage_census.ledger.write.commit import Commit, RoundReceipt
from coverage_census.model.reading import Problem
from coverage_census.model.rounds import Entry, EntryKind, Naming, Round
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class _Settled:
    """What decisions make of the newest state. `table` None: they change no organisation."""

    entries: tuple[Entry, ...]
    table: "pa.Table | None"
    changed: int
    problems: tuple[Problem, ...]
    merged: Merged = ()


def record(
    folder: Path,
    decided: Sequence[Entry],
    *,
    name: str | None,
    as_of: str | None,
    created_at: str,
    tool: str,
    drive: Drive,
    naming: Naming | None = None,
) -> Commit:
    """See `rounds.record`."""
    if not rounds_folder.numbers(folder, drive):
        raise CensusError("no_round")
    last: list[_Settled] = []

    def contents(number: int, parent: seal.Seal | None, nonce: str) -> rounds_folder.Contents | None:
        past = Past(folder, tuple(manifest.chain(folder, drive))[: number - 1], drive)
        last[:] = [_settled(past, decided)]
        if not last[0].entries:
            return None
        head, merged = past.rounds[-1], last[0].merged
        table = last[0].table
        left = head.organisations if table is None else table.num_rows
        return _contents(last[0], past, Round(
            number=number, name=name, parent=parent.sha256 if parent else None, nonce=nonce, created_at=created_at,
            as_of=as_of or head.as_of, tool=tool, files=(), scopes=(), organisations=left, confirmed=0, new=0,
            carried=left, not_reported_again=0, merged=merged, naming=naming,
        ))  # fmt: skip

    added = rounds_folder.add(folder, contents, drive)
    made, settled = manifest.made(folder, added, drive), last[0]
    receipt = RoundReceipt(changed=settled.changed, carried=made.carried) if added else RoundReceipt()
    return Commit(made, added is None, receipt, settled.problems, entries=settled.entries)


def _settled(past: Past, decided: Sequence[Entry]) -> _Settled:
    told, cores = tuple(entries.complete(each) for each in decided), Cores()
    judged = answers.judge(past.entries, told, cores)
    wrong = findings.contradictions(judged.contradictions)
    settled = {*entries.STATES, *answers.IDENTITY, EntryKind.LISTED, EntryKind.LEDGER_HOLDS}
    if not any(each.kind in settled for each in judged.fresh):
        return _Settled(judged.fresh, None, 0, tuple(wrong))
    fresh = corrections.with_old(judged.fresh, past.head)
    found = settling.settle(past.head, fresh, judged.holding, cores, past)
    changed = sum(1 for each in found.entries if each.kind in entries.STATES and each.old != each.new)
    came = found.table.num_rows != past.head.num_rows
    table = found.table if changed or found.merged or came else None
    return _Settled(found.entries, table, changed, (*found.problems, *wrong), found.merged)


def _contents(settled: _Settled, past: Past, made: Round) -> rounds_folder.Contents:
    """A state that nobody changed is written byte for byte as it was."""
    table = settled.table
    return {
        rounds_folder.ORGANISATIONS: past.written() if table is None else parquet.written(table),
        rounds_folder.PROBLEMS: problem_rows.written(settled.problems),
        rounds_folder.MANIFEST: manifest.written(made),
        rounds_folder.ENTRIES: entries.written(settled.entries),
    }
