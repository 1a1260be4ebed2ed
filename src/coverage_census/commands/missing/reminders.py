"""What townships owe in; the workbook of reminders (催报单), written into `reports/`, out."""

from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.files import disk
from coverage_census.model.outstanding import Missing
from coverage_census.words.missing import period


def remind(session: Session, found: Missing, out: Path | None) -> Path:
    """One sheet a township that owes something."""
    from coverage_census.report.reminder import book

    owing = sum(1 for each in found.townships if book.owes(each))
    if owing > book.MOST_SHEETS:
        raise WrongUsage("too_many_reminders", count=owing, most=book.MOST_SHEETS)
    path = out or _place(session, found)
    today = session.now.astimezone().date()
    disk.replace(path, book.workbook(found, session.words, today))
    return path


def _place(session: Session, found: Missing) -> Path:
    """Beside the reports of the newest round of the period."""
    folder = session.settings.reports
    if found.rounds:
        folder /= f"{found.rounds[-1]:06d}"
    return folder / disk.safe_name(session.words("missing.file", period=period(found, session.words)))
