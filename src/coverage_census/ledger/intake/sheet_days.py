"""The day (截止日期) of sheets that state none, as somebody has named it or as it follows; and what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from coverage_census.files.disk import DRIVE
from coverage_census.ledger import rounds
from coverage_census.ledger.intake import older_sheets
from coverage_census.ledger.intake.intake import Intake
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.periods.cut_off import Ahead, Default
from coverage_census.ledger.periods.past import Past
from coverage_census.model import days, periods
from coverage_census.model.periods import Period, PeriodLength
from coverage_census.model.reading import FileReading, Problem


class DayAsked(NamedTuple):
    """What says for which day sheets are entered: --as-of, --round, today (ISO), and census.toml's current period and
    the length of its periods."""

    as_of: date | None
    round: str | None
    today: str
    current: Period | None = None
    length: PeriodLength | None = None


@dataclass(frozen=True)
class SheetDay:
    """The day (截止日期) that a sheet speaks for, and `source`: it states it itself (stated; differs: another than was
    named), its workbook does (workbook), it was named (named), what it answers has it (return), those beside it state
    it (beside), the ledger is there already (ledger), or nobody (today)."""

    file: str
    sheet: str
    day: str
    source: str


def named(asked: DayAsked, *, hand: bool) -> "Default | None":
    """The day that --as-of, --round or `[periods] current` names; None: nobody has.

    A period that is still running is named as of today: its last day would make anything that comes before it old.
    `hand`: the files were handed in just now; files that lie in an inbox may have been there in the period before.
    """
    if asked.as_of is not None:
        return Default(asked.as_of.isoformat(), "now")
    period = periods.last_begun(asked.round, asked.today) if asked.round else None
    if period is not None:
        return Default(_day_in(period, asked.today), "now")
    current = asked.current
    if current is None:
        return None
    return Default(_day_in(current, asked.today), "now" if hand else "lying")


def _day_in(period: periods.Period, today: str) -> str:
    return today if period.holds(today) else period.last


def default(asked: DayAsked, ledger: Path, files: Sequence[FileReading], *, hand: bool) -> "Default":
    """The day of sheets that state none: the one that is named; else the day of those that came in beside them; else
    today. Unless somebody names it, it is never before what the ledger holds: they are meant as how things are now."""
    if (somebody := named(asked, hand=hand)) is not None:
        return somebody
    sheets = [sheet for file in files if not file.refused for sheet in file.sheets if sheet.kind in ("ledger", "card")]
    stated = [days.last_of(sheet.as_of) for sheet in sheets if sheet.as_of]
    if len(stated) == len(sheets):
        return cut_off.Default(max(stated, default=asked.today))
    newest = (cut_off.newest(rounds.all_rounds(ledger)) if ledger.exists() else None) or ""
    beside = max(stated, default="")
    return cut_off.Default(beside if beside and beside >= newest else max(asked.today, newest))


def ahead(asked: DayAsked, problems: Iterable[Problem]) -> "Ahead":
    """Files that state a day still to come, and the last day that may be entered: the end of the period that is
    running (who reports for it may do so before it ends), or of what somebody has named."""
    files = frozenset(each.file for each in problems if each.code == "day_ahead")
    running = periods.of(asked.today, asked.length or periods.PeriodLength.QUARTER).last
    named_ = periods.last_begun(asked.round, asked.today) if asked.round else asked.current
    days_ = (running, named_.last if named_ else "", asked.as_of.isoformat() if asked.as_of else "")
    return Ahead(files, max(days_))


def nothing_but_early(
    asked: DayAsked, ledger: Path, rows: Intake
) -> tuple[tuple[FileReading, ...], tuple[Problem, ...]] | None:
    """The files and what is said of them where no ledger was begun and every sheet is of a day still to come: then none
    is begun; else None."""
    if ledger.exists() or not rows.ahead.files:
        return None
    dated = cut_off.dated(rows.files, default(asked, ledger, rows.files, hand=True), {})
    left, said = older_sheets.set_aside(replace(rows, files=dated), Past(ledger, (), DRIVE))
    return None if left.table.num_rows or not said else (left.files, said)


def told(asked: DayAsked, files: Iterable[FileReading], default: "Default") -> tuple[SheetDay, ...]:
    """Every sheet that entered, the day that it speaks for, and where that comes from."""
    files = tuple(files)
    stated = {days.last_of(sheet.as_of) for file in files for sheet in file.sheets if sheet.as_of}
    return tuple(
        SheetDay(file.file, sheet.sheet, day, _source(asked, file, sheet.as_of, day, default, day in stated))
        for file in files
        if not file.refused
        for sheet in file.entering
        if sheet.data_rows and (day := sheet.speaks_for)
    )


def _source(asked: DayAsked, file: FileReading, as_of: str | None, day: str, default: "Default", beside: bool) -> str:
    if as_of is not None:
        return "stated" if default.named == "no" or _agrees(asked, day, default) else "differs"
    stated = {sheet.as_of for sheet in file.sheets if sheet.as_of}
    if len(stated) == 1:
        return "workbook"
    if file.return_of and day != default.day:
        return "return"
    if default.named != "no":
        return "named"
    if day == asked.today:
        return "today"
    return "beside" if beside else "ledger"


def _agrees(asked: DayAsked, day: str, default: "Default") -> bool:
    """Whether a sheet's own day lies in the period, or is the day, that was named."""
    period = periods.last_begun(asked.round, asked.today) if asked.round and asked.as_of is None else None
    if period is None:
        current = asked.current
        period = current if asked.as_of is None else None
    return day == default.day if period is None else period.holds(day)
