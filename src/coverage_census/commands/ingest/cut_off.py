"""A session in; what it says of the day (截止日期) for which sheets are entered, out."""

from coverage_census.commands.session import Session
from coverage_census.ledger.intake.sheet_days import DayAsked


def asked(session: Session) -> DayAsked:
    """--as-of and --round, else census.toml's [periods]."""
    periods = session.settings.periods
    return DayAsked(session.as_of, session.round, session.today, periods.current, periods.length)
