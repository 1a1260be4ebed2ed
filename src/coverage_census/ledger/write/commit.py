"""An intake in; its round written and a receipt out, or the newest round and "nothing new"."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files.disk import Drive
from coverage_census.ledger.intake import intake, older_sheets
from coverage_census.ledger.intake.intake import Intake
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.periods.cut_off import NOT_AHEAD, Ahead, Default
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.reread import moved_figures
from coverage_census.ledger.reread import rows as reread
from coverage_census.ledger.store import entries, manifest, parquet, problem_rows, rounds_folder, seal
from coverage_census.ledger.store.subjects import Subjects
from coverage_census.ledger.write.carry import NextState
from coverage_census.ledger.write.draft import Draft, draft
from coverage_census.model import periods
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Round

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class RoundReceipt:
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
    receipt: RoundReceipt
    problems: tuple[Problem, ...] = ()  # found by the ledger itself; they stand in the round beside the reader's
    already_in: tuple[tuple[str, int], ...] = ()  # file → the round that took it in
    silenced: tuple[Problem, ...] = ()  # warnings that somebody has confirmed (属实)
    entries: tuple[Entry, ...] = ()  # what people decided, as it stands in the round
    rounds: tuple[Round, ...] = ()  # all that were written, the oldest first
    aside: bool = False  # whether the ledger holds something newer than a sheet says, which stayed outside
    files: tuple[FileReading, ...] = ()  # as they came in, each sheet with the day that it speaks for


@dataclass(frozen=True)
class Stamp:
    """What the caller says about a round: its name, the day of sheets that state none, when and by which version.

    `older`: whether sheets are wanted of which the ledger holds something newer; `again`: files that are in the ledger
    and are only read otherwise now; `ahead`: those that state a day to come.
    """

    name: str | None
    default: Default
    created_at: str
    tool: str
    older: bool = False
    again: frozenset[str] = frozenset()
    ahead: Ahead = NOT_AHEAD


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
    if not table.num_rows and not (answers and rounds_folder.numbers(folder, drive)):
        raise CensusError("nothing_to_keep")
    rows = _dated(intake.ordered(table, files), stamp, lambda: tuple(manifest.chain(folder, drive)))
    steps = intake.steps(rows) if table.num_rows else [rows]
    own = _apart(steps, problems, answers)
    return _together([_write(folder, each, *own[at], stamp, drive) for at, each in enumerate(steps)])


def _apart(
    steps: Sequence[Intake], problems: Sequence[Problem], answers: Sequence[Entry]
) -> list[tuple[list[Problem], list[Entry]]]:
    """For each step the problems of its sheets and the answers of its files; what is a file's goes with its last."""
    of_sheet = {
        (file.file, each.sheet): at for at, step in enumerate(steps) for file in step.files for each in file.entering
    }
    of_file = {file.file: at for at, step in enumerate(steps) for file in step.files}
    found: list[tuple[list[Problem], list[Entry]]] = [([], []) for _ in steps]
    for each in problems:
        at = of_sheet.get((each.file, each.sheet or ""), of_file.get(each.file, len(steps) - 1))
        found[at][0].append(each)
    for answer in answers:
        found[of_file.get(answer.who.split("!")[0], len(steps) - 1)][1].append(answer)
    return found


def drafts(
    table: "pa.Table",
    files: Sequence[FileReading],
    problems: Sequence[Problem],
    past: Past,
    answers: Sequence[Entry],
    stamp: Stamp,
) -> list[Draft]:
    """What `write` would publish, step by step; nothing is written."""
    rows = _dated(intake.ordered(table, files), stamp, lambda: past.rounds)
    steps = intake.steps(rows) if table.num_rows else [rows]
    found = []
    for step, (_, own) in zip(steps, _apart(steps, problems, answers), strict=True):
        new = draft(step, past, own, stamp.created_at)
        found.append(new)
        if new.state is not None:
            record = _record(new, new.state, len(past.rounds) + 1, stamp)
            past = past.after(
                record, dict[str | None, "pa.Table"](new.past_tables) | {None: new.state.table}, new.entries
            )
    return found


def _dated(rows: Intake, stamp: Stamp, rounds: Callable[[], tuple[Round, ...]]) -> Intake:
    """With the day of every sheet: a return workbook's is that of the round which asked."""
    returns = [each for each in rows.files if each.return_of]
    asked = cut_off.asked(returns, rounds()) if returns else {}
    files = cut_off.dated(rows.files, stamp.default, asked)
    files = reread.dated(files, stamp.again, rounds()) if stamp.again else files
    return replace(rows, files=files, default=stamp.default, older=stamp.older, again=stamp.again, ahead=stamp.ahead)


def _write(
    folder: Path,
    rows: Intake,
    problems: Sequence[Problem],
    answers: Sequence[Entry],
    stamp: Stamp,
    drive: Drive,
) -> Commit:
    """One step: the next round, unless there is nothing new in it."""
    drafts, quiet = list[Draft](), list[tuple[Problem, ...]]()

    def contents(number: int, parent: seal.Seal | None, nonce: str) -> rounds_folder.Contents | None:
        rounds = tuple(manifest.chain(folder, drive))[: number - 1]
        past = Past(folder, rounds, drive)
        new = draft(rows, past, answers, stamp.created_at)
        told = _told(problems, new)
        silent = entries.silenced(told, (*past.entries, *new.entries), Subjects(rows.table, rows.files))
        drafts.append(new)
        quiet.append(silent)
        left = [each for each in told if each not in silent]
        return _contents(new, new.state, number, parent, nonce, left, stamp)

    added = rounds_folder.add(folder, contents, drive)
    if added is None and not rounds_folder.numbers(folder, drive):
        raise CensusError("nothing_to_keep")
    return replace(_commit(manifest.made(folder, added, drive), drafts[-1], rows), silenced=quiet[-1])


def _together(done: Sequence[Commit]) -> Commit:
    """The steps of one intake as one: the last round, and what all of them did."""
    if len(done) == 1:
        return done[0]
    written = [each for each in done if not each.unchanged]
    last = (written or done)[-1]
    counts = {name: sum(getattr(each.receipt, name) for each in written) for name in vars(last.receipt)}
    counts |= {"carried": last.receipt.carried, "not_reported_again": last.receipt.not_reported_again}
    parts = defaultdict[str, list[FileReading]](list)
    for one in (one for each in done for one in each.files):
        parts[one.file].append(one)
    return Commit(
        round=last.round,
        unchanged=not written,
        receipt=RoundReceipt(**counts),
        problems=moved_figures.together(one for each in done for one in each.problems),
        already_in=tuple(sorted({one for each in done for one in each.already_in})),
        silenced=tuple(one for each in done for one in each.silenced),
        entries=tuple(one for each in done for one in each.entries),
        rounds=tuple(one for each in done for one in each.rounds),
        aside=any(each.aside for each in done),
        files=tuple(map(_joined, parts.values())),
    )


def _joined(parts: Sequence[FileReading]) -> FileReading:
    """One file of several steps: each of its sheets as it was in the step to which it belongs."""
    whole = parts[-1]
    sheets = []
    for place, sheet in enumerate(whole.sheets):
        own = next((each.sheets[place] for each in parts if each.sheets[place].speaks_for), sheet)
        aside = max(each.sheets[place].aside for each in parts)
        sheets.append(own.model_copy(update={"aside": aside}))
    refused = next((each.refused for each in parts if each.refused), None)
    left = any(each.speaks_for for each in sheets)
    return whole.model_copy(update={"sheets": tuple(sheets), "refused": None if left else refused})


def _told(problems: Sequence[Problem], new: Draft) -> tuple[Problem, ...]:
    """What is to be said of the files that were not in the ledger yet, refused ones included."""
    out = {*new.already_in, *(each.file for each in new.files if each.refused in older_sheets.CODES)}
    return (*(each for each in problems if each.file not in out), *new.problems)


def _contents(
    new: Draft,
    state: NextState | None,
    number: int,
    parent: seal.Seal | None,
    nonce: str,
    told: Sequence[Problem],
    stamp: Stamp,
) -> rounds_folder.Contents | None:
    if state is None:
        return None
    record = _record(new, state, number, stamp)
    record = record.model_copy(update={"parent": parent.sha256 if parent else None, "nonce": nonce})
    decided = {rounds_folder.ENTRIES: entries.written(new.entries)} if new.entries else {}
    return {
        rounds_folder.ORGANISATIONS: parquet.written(state.table),
        rounds_folder.PROBLEMS: problem_rows.written(told),
        rounds_folder.MANIFEST: manifest.written(record),
        **decided,
        **{rounds_folder.past_file(day): parquet.written(table) for day, table in new.past_tables.items()},
    }


def _record(new: Draft, state: NextState, number: int, stamp: Stamp) -> Round:
    return Round(
        number=number,
        name=new.belongs_to[0] if new.belongs_to else _name(new, stamp),
        parent=None,
        nonce="",
        created_at=stamp.created_at,
        as_of=new.as_of,
        tool=stamp.tool,
        files=tuple(each for each in new.files if each.refused not in older_sheets.CODES),
        scopes=new.scopes,
        organisations=state.table.num_rows,
        confirmed=state.table.num_rows - len(state.carried),
        new=state.new,
        carried=len(state.carried),
        not_reported_again=new.not_reported_again,
        merged=state.merged,
        day=new.day,
        past=new.past,
    )


def _name(new: Draft, stamp: Stamp) -> str | None:
    """The name that was asked for; sheets of an earlier day than the period so named belong to their own."""
    named = periods.read(stamp.name) if stamp.name else None
    return None if named is not None and new.day is not None and new.day < named.first else stamp.name


def _commit(each: Round, new: Draft, rows: Intake) -> Commit:
    already_in = tuple(sorted(new.already_in.items()))
    files = {file.file: file for file in (*rows.files, *new.files)}
    readings = tuple(files[file.file] for file in rows.files)
    if new.state is None:
        problems = (*new.problems, *new.aside)
        return Commit(each, True, RoundReceipt(), problems, already_in, aside=bool(new.aside), files=readings)
    receipt = RoundReceipt(
        new=new.state.new,
        changed=new.state.changed,
        unchanged=new.state.unchanged,
        renamed=new.state.renamed,
        blanked=new.state.blanked,
        duplicates=new.duplicates,
        carried=len(new.state.carried),
        not_reported_again=new.not_reported_again,
    )
    return Commit(
        each, False, receipt, (*new.problems, *new.aside), already_in, entries=new.entries, rounds=(each,),
        aside=bool(new.aside), files=readings,
    )  # fmt: skip
