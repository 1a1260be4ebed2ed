"""The day (截止日期) of sheets that state none, as somebody has named it or as it follows; and what is said of it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from coverage_census.commands.session import Session
from coverage_census.errors import ExitCode
from coverage_census.files.disk import DRIVE
from coverage_census.model import days, periods
from coverage_census.model.reading import FileReading, Problem
from coverage_census.results import IngestReceipt, SheetDay

if TYPE_CHECKING:
    from coverage_census.ingest.read import FilesRead
    from coverage_census.ledger.periods.cut_off import Ahead, Default


def named(session: Session, *, hand: bool) -> "Default | None":
    """The day that --as-of, --round or `[periods] current` names; None: nobody has.

    A period that is still running is named as of today: its last day would make anything that comes before it old.
    `hand`: the files were handed in just now; files that lie in an inbox may have been there in the period before.
    """
    from coverage_census.ledger.periods.cut_off import Default

    if session.as_of is not None:
        return Default(session.as_of.isoformat(), "now")
    period = periods.last_begun(session.round, session.today) if session.round else None
    if period is not None:
        return Default(_day_in(period, session.today), "now")
    current = session.settings.periods.current
    if current is None:
        return None
    return Default(_day_in(current, session.today), "now" if hand else "lying")


def _day_in(period: periods.Period, today: str) -> str:
    return today if period.holds(today) else period.last


def default(session: Session, files: Sequence[FileReading], *, hand: bool) -> "Default":
    """The day of sheets that state none: the one that is named; else the day of those that came in beside them; else
    today. Unless somebody names it, it is never before what the ledger holds: they are meant as how things are now."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.periods import cut_off

    asked = named(session, hand=hand)
    if asked is not None:
        return asked
    sheets = [sheet for file in files if not file.refused for sheet in file.sheets if sheet.kind in ("ledger", "card")]
    stated = [days.last_of(sheet.as_of) for sheet in sheets if sheet.as_of]
    if len(stated) == len(sheets):
        return cut_off.Default(max(stated, default=session.today))
    ledger = session.settings.ledger
    newest = (cut_off.newest(rounds.all_rounds(ledger)) if ledger.exists() else None) or ""
    beside = max(stated, default="")
    return cut_off.Default(beside if beside and beside >= newest else max(session.today, newest))


def ahead(session: Session, problems: Iterable[Problem]) -> "Ahead":
    """Files that state a day still to come, and the last day that may be entered: the end of the period that is
    running (who reports for it may do so before it ends), or of what somebody has named."""
    from coverage_census.ledger.periods.cut_off import Ahead

    files = frozenset(each.file for each in problems if each.code == "day_ahead")
    running = periods.of(session.today, session.settings.periods.length or periods.PeriodLength.QUARTER).last
    named_ = periods.last_begun(session.round, session.today) if session.round else session.settings.periods.current
    days_ = (running, named_.last if named_ else "", session.as_of.isoformat() if session.as_of else "")
    return Ahead(files, max(days_))


def nothing_but_early(session: Session, intake: "FilesRead", ahead: "Ahead") -> IngestReceipt | None:
    """What is said where no ledger was begun and every sheet is of a day still to come: then none is begun."""
    from coverage_census.ledger.intake import older_sheets
    from coverage_census.ledger.intake.intake import Intake as Rows
    from coverage_census.ledger.periods import cut_off
    from coverage_census.ledger.periods.past import Past

    if session.settings.ledger.exists() or not ahead.files:
        return None
    files = cut_off.dated(intake.files, default(session, intake.files, hand=True), {})
    rows = Rows(intake.table, files, ahead=ahead)
    left, told = older_sheets.set_aside(rows, Past(session.settings.ledger, (), DRIVE))
    if left.table.num_rows or not told:
        return None
    return IngestReceipt(left.files, (*intake.problems, *told), None, True, None, code=ExitCode.SET_ASIDE)


def told(session: Session, files: Iterable[FileReading], default: "Default") -> tuple[SheetDay, ...]:
    """Every sheet that entered, the day that it speaks for, and where that comes from."""
    files = tuple(files)
    stated = {days.last_of(sheet.as_of) for file in files for sheet in file.sheets if sheet.as_of}
    return tuple(
        SheetDay(file.file, sheet.sheet, day, _source(session, file, sheet.as_of, day, default, day in stated))
        for file in files
        if not file.refused
        for sheet in file.entering
        if sheet.data_rows and (day := sheet.speaks_for)
    )


def _source(session: Session, file: FileReading, as_of: str | None, day: str, default: "Default", beside: bool) -> str:
    if as_of is not None:
        return "stated" if default.named == "no" or _agrees(session, day, default) else "differs"
    stated = {sheet.as_of for sheet in file.sheets if sheet.as_of}
    if len(stated) == 1:
        return "workbook"
    if file.return_of and day != default.day:
        return "return"
    if default.named != "no":
        return "named"
    if day == session.today:
        return "today"
    return "beside" if beside else "ledger"


def _agrees(session: Session, day: str, default: "Default") -> bool:
    """Whether a sheet's own day lies in the period, or is the day, that was named."""
    period = periods.last_begun(session.round, session.today) if session.round and session.as_of is None else None
    if period is None:
        current = session.settings.periods.current
        period = current if session.as_of is None else None
    return day == default.day if period is None else period.holds(day)
