"""A round in; one more round out that takes back what it brought. Nothing is deleted: the ledger only grows."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store import manifest, parquet, problem_rows, rounds_folder, seal
from coverage_census.ledger.store.force import in_force
from coverage_census.ledger.undo.without import without
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    import pyarrow as pa


def undo(folder: Path, number: int, *, reason: str | None, now: datetime, tool: str, drive: Drive = DRIVE) -> Round:
    """The round that supersedes round `number`: the newest state without what that round brought."""
    created_at = now.astimezone(UTC).isoformat(timespec="seconds")

    def contents(new: int, parent: seal.Seal | None, nonce: str) -> rounds_folder.Contents | None:
        past = Past(folder, tuple(manifest.chain(folder, drive))[: new - 1], drive)
        _check(past, number)
        table = without(past, number)
        record = _record(past, number, table, new, parent.sha256 if parent else None, nonce)
        record = record.model_copy(update={"created_at": created_at, "tool": tool, "reason": reason})
        return {
            rounds_folder.ORGANISATIONS: parquet.written(table),
            rounds_folder.PROBLEMS: problem_rows.written(()),
            rounds_folder.MANIFEST: manifest.written(record),
        }

    return manifest.made(folder, rounds_folder.add(folder, contents, drive), drive)


def _check(past: Past, number: int) -> None:
    if not 1 <= number <= len(past.rounds):
        raise CensusError("no_round")
    for each in in_force(past.rounds):
        if each.supersedes == number:
            raise CensusError("already_undone", round=number, by=each.number)


def _record(past: Past, number: int, table: "pa.Table", new: int, parent: str | None, nonce: str) -> Round:
    undoing = past.rounds[number - 1].model_copy(update={"number": new, "supersedes": number, "day": None})
    as_of = cut_off.newest((*past.rounds, undoing)) or past.rounds[number - 1].as_of
    return Round(
        number=new,
        name=None,
        parent=parent,
        nonce=nonce,
        created_at="",
        as_of=as_of,
        tool="",
        files=(),
        scopes=(),
        organisations=table.num_rows,
        confirmed=0,
        new=0,
        carried=table.num_rows,
        not_reported_again=0,
        supersedes=number,
    )
