"""One more round of the ledger: what a reader understood, or what people said, in; the round and its receipt out."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.write import commit, decisions
from coverage_census.ledger.write.commit import Commit
from coverage_census.model import days
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Naming

if TYPE_CHECKING:
    import pyarrow as pa


def write(
    folder: Path,
    table: "pa.Table",
    files: Sequence[FileReading],
    problems: Sequence[Problem],
    *,
    name: str | None,
    as_of: str,
    now: datetime,
    tool: str,
    answers: Sequence[Entry] = (),
    drive: Drive = DRIVE,
    named: Literal["now", "lying", "no"] = "no",
    older: bool = False,
    again: frozenset[str] = frozenset(),
    ahead: cut_off.Ahead = cut_off.NOT_AHEAD,
) -> Commit:
    """The next round: the organisations of `table` as they came in now, and everything else carried forward.

    `table` has the columns of `tables.schema()`; its `source_file` and `source_sheet` are the names in `files`. Files
    that are in the ledger already are left out; where no other is left, nothing is written. `answers` are the human
    decisions that came in with the files (`who` begins with the name of one); their `old` is filled in here.

    `as_of` is the day of sheets that state none, `named` who named it (`cut_off.Default`). Of a scope the newest day
    counts: a sheet older than what the ledger holds stays outside, unless `older`. Where one scope came in for several
    days there are as many rounds, the oldest first. Files in `again` are in the ledger and are only read otherwise now.
    Sheets that speak for a day beyond what `ahead` allows stay outside.
    """
    created_at = now.astimezone(UTC).isoformat(timespec="seconds")
    default = cut_off.Default(days.last_of(as_of), named)
    stamp = commit.Stamp(name, default, created_at, tool, older=older, again=again, ahead=ahead)
    return commit.write(folder, table, files, problems, stamp, answers, drive)


def record(
    folder: Path,
    entries: Sequence[Entry],
    *,
    name: str | None = None,
    as_of: str | None = None,
    now: datetime,
    tool: str,
    naming: Naming | None = None,
    drive: Drive = DRIVE,
) -> Commit:
    """The next round: human decisions of any kind, and every organisation carried forward with what they change of it.

    A round without files reports nothing: nobody is 未再上报 by it. `as_of`: else as of the newest round. A correction
    and who has left (移出) are entered at once; those of organisations that are not in the ledger become problems of
    the `Commit` and are not kept. `naming`: what a period is called from now on, as one of `entries` says. Where
    nothing is left to keep, nothing is written (`unchanged`).
    """
    created_at = now.astimezone(UTC).isoformat(timespec="seconds")
    return decisions.record(
        folder, entries, name=name, as_of=as_of, created_at=created_at, tool=tool, drive=drive, naming=naming
    )
