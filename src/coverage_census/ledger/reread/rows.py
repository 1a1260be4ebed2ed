"""Files of the ledger that settings now make read otherwise in; their rows as they were meant when they came, out.

A file that is read again says nothing new of its township: each of its sheets stays in the period in which it came and
counts as old as it was, and it speaks only for organisations that still rest on it, now or at the end of a past period.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from coverage_census.ledger.identity import match
from coverage_census.ledger.intake.intake import Intake, keys
from coverage_census.ledger.periods import timeline
from coverage_census.ledger.periods.cut_off import Sheet
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store.taken_in import TakenIn
from coverage_census.model.reading import FileReading, SheetReading
from coverage_census.model.rounds import Round
from coverage_census.names.core_name import Cores


@dataclass(frozen=True)
class Origin:
    """The rounds in force that took a file in, the oldest first, each with how it was understood then."""

    readings: tuple[tuple[Round, FileReading], ...]

    @property
    def last(self) -> Round:
        return self.readings[-1][0]

    @cached_property
    def pairs(self) -> frozenset[tuple[str, int]]:
        """(what it was called, number of the round): what rows say that rest on it."""
        return frozenset((file.file, each.number) for each, file in self.readings)

    def of(self, name: str) -> tuple[Round, FileReading, SheetReading | None]:
        """How a sheet came in last; the file's last reading where it never did."""
        for each, file in reversed(self.readings):
            sheet = next((one for one in file.entering if one.sheet == name), None)
            if sheet is not None:
                return each, file, sheet
        each, file = self.readings[-1]
        return each, file, next((one for one in file.sheets if one.sheet == name), None)

    def day_of(self, sheet: SheetReading) -> str | None:
        """The day for which it came in; of one that did not, that of the file's last round, if it states none."""
        each, _, then = self.of(sheet.sheet)
        return (then.speaks_for if then else None) or (sheet.speaks_for if sheet.as_of else each.day)


Anew = Mapping[str, Origin]
"""File → where it came in."""


def find(intake: Intake, past: Past, already_in: Collection[str]) -> Anew:
    """Those of the files known already that are understood otherwise now."""
    found, taken_in = {}, TakenIn.by(past.rounds)
    for each in intake.files:
        if each.file in already_in or each.file in intake.again:
            origin = _origin(each, taken_in)
            if origin is not None and _otherwise(each, origin):
                found[each.file] = origin
    return found


def entered(intake: Intake, rounds: Sequence[Round]) -> dict[str, int]:
    """File → the round that took it in, of those that are only read again."""
    taken_in = TakenIn.by(rounds)
    origins = ((each.file, _origin(each, taken_in)) for each in intake.files if each.file in intake.again)
    return {file: origin.last.number for file, origin in origins if origin is not None}


def dated(files: Iterable[FileReading], again: Collection[str], rounds: Sequence[Round]) -> tuple[FileReading, ...]:
    """The same readings; each sheet of what is only read again speaks for the day for which it came in."""
    taken_in = TakenIn.by(rounds)
    return tuple(
        _as_then(each, origin) if each.file in again and (origin := _origin(each, taken_in)) else each for each in files
    )


def _origin(file: FileReading, taken_in: TakenIn) -> Origin | None:
    found = tuple(taken_in.like(file)) if file.refused is None else ()
    return Origin(found) if found else None


def _otherwise(file: FileReading, origin: Origin) -> bool:
    for sheet in file.entering:
        _, then, before = origin.of(sheet.sheet)
        other_settings = None not in (file.read_with, then.read_with) and file.read_with != then.read_with
        if other_settings and (before is None or _plain(sheet) != _plain(before)):
            return True
    return False


def _plain(sheet: SheetReading) -> SheetReading:
    """How it was read, whatever day it was entered for."""
    return sheet.model_copy(update={"speaks_for": None, "aside": 0, "county_from": None})


def _as_then(file: FileReading, origin: Origin) -> FileReading:
    sheets = (
        sheet if sheet.speaks_for is None else sheet.model_copy(update={"speaks_for": origin.day_of(sheet)})
        for sheet in file.sheets
    )
    return file.model_copy(update={"sheets": tuple(sheets)})


def still_resting(intake: Intake, anew: Anew, past: Past) -> tuple[Intake, Anew]:
    """The intake without those rows of files read again that later sheets have overtaken in every state; and the files
    that have any left."""
    import pyarrow as pa

    cores = Cores()
    partners = match.across(keys(intake.table, cores), keys(past.head, cores)).of
    confirmed, then = past.head["confirmed_round"].to_pylist(), _resting_then(past, anew)
    places = zip(*(intake.table[name].to_pylist() for name in _PLACE), strict=True)
    keep = [
        place[0] not in anew
        or partner is None
        or (confirmed[partner] or 0) <= anew[place[0]].last.number
        or place in then
        for place, partner in zip(places, partners, strict=True)
    ]
    table = intake.table.filter(pa.array(keep, pa.bool_()))
    left = set(table["source_file"].unique().to_pylist())
    resting = {file: each for file, each in anew.items() if file in left}
    files = tuple(_as_then(each, resting[each.file]) if each.file in resting else each for each in intake.files)
    rank: dict[Sheet, int] = {}
    for each in files:
        if each.file in resting:
            origin = resting[each.file]
            rank |= {(each.file, sheet.sheet): origin.of(sheet.sheet)[0].number for sheet in each.sheets}
    return replace(intake, table=table, files=files, rank=rank), resting


_PLACE = ("source_file", "source_sheet", "source_row")


def _resting_then(past: Past, anew: Anew) -> set[tuple[str, str | None, int | None]]:
    """The rows of files, by their names of today, on which the end of a past period rests."""
    called = {pair: file for file, origin in anew.items() for pair in origin.pairs}
    first = min((number for _, number in called), default=0)
    found = set()
    for each in timeline.closings(past.rounds):
        if each.number >= first:
            rows = past.state(each).select([*_PLACE, "confirmed_round"]).to_pydict()
            for file, sheet, row, number in zip(*rows.values(), strict=True):
                if (file, number) in called:
                    found.add((called[file, number], sheet, row))
    return found


def period_of(news: Intake, anew: Anew) -> tuple[str | None, str] | None:
    """Name and day of the round in which they came, where nothing but files read again came in."""
    if not anew or any(each.file not in anew for each in news.files if each.refused is None):
        return None
    last = max((each.last for each in anew.values()), key=lambda each: each.number)
    return last.name, last.as_of
