"""The front door of the ledger: what a reader understood in, one more round out; and any round back again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.errors import CensusError
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import set_county
from coverage_census.ledger.periods import periods, timeline
from coverage_census.ledger.store import entries as decisions
from coverage_census.ledger.store import formats, manifest, problem_rows, query, rounds_folder, seal
from coverage_census.ledger.store.force import in_force
from coverage_census.model.periods import PeriodLength
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Round

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation


@dataclass(frozen=True)
class SourceFile:
    """A file that still confirms an organisation, and the round it came in with."""

    round: int
    file: FileReading


_TOLD = re.compile(r"(?<!\s)\s*+[(（](?:截[止至]|as of)[^()（）]*[)）]$", re.IGNORECASE)
_ENTRY = re.compile(r"^(?:第|no\.?|entry|#)?\s*(\d{1,6})\s*号?(?:记录)?$", re.IGNORECASE)


def all_entries(folder: Path, which: Round | None = None, drive: Drive = DRIVE) -> tuple[tuple[int, Entry], ...]:
    """Every human decision in force up to a round (else the newest) with the round it came in by, the oldest first.

    What came with a round that was undone is left out.
    """
    every = all_rounds(folder, drive)[: which.number if which else None]
    found = decisions.of(folder, in_force(every), drive)
    return tuple((number, entry) for number, own in found.items() for entry in own)


def all_rounds(folder: Path, drive: Drive = DRIVE, length: PeriodLength | None = None) -> tuple[Round, ...]:
    """Every round from the first, manifests only, each with its period; seals and chain are checked.

    `length`: how long the periods of this office are, where census.toml says so.
    """
    every = tuple(manifest.chain(folder, drive))
    return periods.placed(set_county.rounds_as_set(every, set_county.set_county(every)), length)


def county_as_set(folder: Path, drive: Drive = DRIVE) -> set_county.SetCounty:
    """Which county census.toml names for sheets that name none, and which it named before."""
    return set_county.set_county(tuple(manifest.chain(folder, drive)))


def to_adopt(folder: Path, drive: Drive = DRIVE) -> int | None:
    """The newest round of a ledger of an older format, whose hash the next writer will note outside the rounds."""
    if not formats.unanchored(folder, drive):
        return None
    return rounds_folder.listed(folder, drive).last or None


def find(
    folder: Path,
    wanted: str | None,
    as_of: date | None = None,
    drive: Drive = DRIVE,
    length: PeriodLength | None = None,
) -> Round:
    """What shows the period of that name (its cut-off), or the round of that number, else the newest; with `as_of` of
    those not after it."""
    return find_in(all_rounds(folder, drive, length), wanted, as_of)


def find_in(every: Sequence[Round], wanted: str | None, as_of: date | None = None) -> Round:
    """The same, of rounds that are at hand."""
    if not every:
        raise CensusError("no_round")
    in_time = [each for each in every if as_of is None or _not_after(each.as_of, as_of)]
    past = [each for each in timeline.past_states(every) if as_of is None or _not_after(each.as_of, as_of)]
    if as_of is not None and wanted is None and past and (not in_time or past[-1].as_of >= in_time[-1].as_of):
        return periods.as_state(every, past[-1])
    if not in_time:
        raise CensusError("no_round_by", day=as_of, first=min(each.as_of for each in every))
    if wanted is None:
        return periods.as_state(every, in_time[-1])
    found = meant(every, wanted)
    if found is None:
        return periods.as_state(every, _numbered(every, wanted, in_time))
    if as_of is None or _not_after(found.state.as_of, as_of):
        return found.state
    own = [each for each in found.reports if each in in_time]
    if not own:
        raise CensusError("no_round_by", day=as_of, first=found.state.as_of)
    return own[-1]


def numbered(every: Sequence[Round], number: int) -> Round:
    """The round of that number, as the state it shows: never a year that is written alike."""
    return periods.as_state(every, every[number - 1])


def brought(every: Sequence[Round], wanted: str) -> Round:
    """The newest round of sheets of the period of that name, or the round of that number: what `undo` takes back."""
    if not every:
        raise CensusError("no_round")
    found = meant(every, wanted)
    return _numbered(every, wanted, every) if found is None else bringing(found)[-1]


def bringing(found: periods.PeriodStanding) -> Sequence[Round]:
    """The rounds of sheets of a period, oldest first: its own, else those that hold some of it."""
    own = [each for each in found.reports if periods.term_of(each) == found.term]
    return own or found.reports


def said(wanted: str) -> str:
    """第 1 号记录 as receipts say it is 1; 2026年第二季度（截止 2026-06-30） is the period alone."""
    plain = _TOLD.sub("", wanted.strip())
    match = _ENTRY.match(plain)
    return match[1] if match else plain


def meant(every: Sequence[Round], wanted: str) -> periods.PeriodStanding | None:
    """The period somebody names; None where it is a number, or of what was undone."""
    found = periods.matching(every, wanted) or periods.matching(every, said(wanted))
    if len(found) > 1:
        raise CensusError("period_ambiguous", period=wanted, known="、".join(_term(each.state) for each in found))
    return found[0] if found else None


def _numbered(every: Sequence[Round], wanted: str, among: Sequence[Round]) -> Round:
    """By its number; else, of what was undone, by its name."""
    asked, wanted = wanted, said(wanted)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(every) and every[int(wanted) - 1] in among:
        return every[int(wanted) - 1]
    undone = [each for each in among if periods.is_report(each) and wanted in (each.name, each.period)]
    if undone:
        return undone[-1]
    known = [_term(each.state) for each in periods.terms(every)] or [str(each.number) for each in among]
    raise CensusError("unknown_round", round=asked, known="、".join(known[-12:]))


def parquet(folder: Path, which: Round, drive: Drive = DRIVE) -> Path:
    """The file with the organisations of a round, checked to be what was written."""
    return _checked(folder, which, rounds_folder.state_file(which), drive)


def parquets(folder: Path, which: Sequence[Round], drive: Drive = DRIVE) -> tuple[Path, ...]:
    """The same of many rounds; hashing lets go of the interpreter."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        return tuple(pool.map(lambda each: parquet(folder, each, drive), which))


def relation(
    folder: Path, which: Round, drive: Drive = DRIVE, unknown: query.UnknownPlaces = query.NOTHING
) -> "DuckDBPyRelation":
    """The organisations of a round as a DuckDB relation with the columns of `tables.schema()`; needs no pyarrow.

    `unknown`: field → rows in which it is as good as not known, because two sources contradict each other.
    """
    return query.relation(parquet(folder, which, drive), which.organisations, unknown)


def problems(folder: Path, which: Round, drive: Drive = DRIVE) -> tuple[Problem, ...]:
    """The problems of the files that came in with a round."""
    return problem_rows.read(_checked(folder, which, rounds_folder.PROBLEMS, drive))


def entries(folder: Path, which: Round, drive: Drive = DRIVE) -> tuple[Entry, ...]:
    """The human decisions (人工记录) that came in with a round: corrections with old and new value, confirmations."""
    return decisions.read(folder, which.number, drive)


def entries_of(folder: Path, some: Sequence[Round], drive: Drive = DRIVE) -> tuple[Entry, ...]:
    """The entries of those of the rounds that are in force among themselves, in their order."""
    return tuple(each for one in in_force(some) for each in entries(folder, one, drive))


def sources(folder: Path, which: Round, drive: Drive = DRIVE) -> tuple[SourceFile, ...]:
    """The files that an organisation of the round still rests on, the newest first."""
    rows = relation(folder, which, drive).project("source_file, confirmed_round").distinct().fetchall()
    confirming = {(name, number) for name, number in rows}
    every = all_rounds(folder, drive)[: which.number]
    return tuple(
        SourceFile(each.number, file)
        for each in reversed(every)
        for file in each.files
        if (file.file, each.number) in confirming
    )


def open_problems(folder: Path, which: Round, drive: Drive = DRIVE) -> tuple[Problem, ...]:
    """The problems of all files that the round still rests on, and of those that came in with it."""
    resting = {(each.round, each.file.file) for each in sources(folder, which, drive)}
    found: list[Problem] = []
    for each in all_rounds(folder, drive)[: which.number]:
        if each.number == which.number:
            found += problems(folder, each, drive)
        elif any(number == each.number for number, _ in resting):
            found += (one for one in problems(folder, each, drive) if (each.number, one.file) in resting)
    return tuple(found)


def _checked(folder: Path, which: Round, name: str, drive: Drive) -> Path:
    sealed = seal.read(rounds_folder.round_folder(folder, which.number), drive)
    seal.content(sealed, name, drive)
    return sealed.folder / name


def _not_after(known: str, day: date) -> bool:
    """Whether a day of perhaps unknown month is not after `day`, as far as it is known."""
    return known <= day.isoformat()[: len(known)]


def _term(each: Round) -> str:
    return each.name or each.period or str(each.number)
