"""Ledger, roster and register in; the period that is looked at, and who reported in it, out."""

from collections.abc import Mapping
from datetime import date

from coverage_census.commands.missing import roster as missing_roster
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.ledger.owed.book import Book
from coverage_census.model.rounds import Round


def open_book(session: Session) -> Book:
    """The period that is looked at, with its roster; a period that was never reported in is one with nothing in it."""
    from coverage_census.ledger import rounds, set_county
    from coverage_census.ledger.owed import who_reported
    from coverage_census.ledger.owed.roster import RosterPlaces, merged

    ledger, every = session.settings.ledger, session.rounds()
    period = who_reported.period(every, _round(session, every), session.round)
    state = who_reported.state_of(every, period)
    table = missing_roster.register(session)
    reported = who_reported.reports(who_reported.standing(every)) if every else {}
    roster = missing_roster.roster(session, merged(reported), table)
    if not every and not roster.stated:
        raise CensusError("no_round")
    lines, beyond = who_reported.against(ledger, state, table) if table is not None else (None, 0)
    due = session.settings.expected.due_on(period.name, period.key)
    day = date.fromisoformat(due) if due else None
    county = rounds.county_as_set(ledger) if every else set_county.SetCounty()
    return Book(ledger, every, period, state, roster, RosterPlaces(roster), lines, beyond, day, county)


def _round(session: Session, every: tuple[Round, ...]) -> Round | None:
    """The round asked for; None where nobody has reported in it, but census.toml has a due day for it."""
    if not every or (session.round is not None and _waits(session, every)):
        return None
    return session.find(session.round, session.as_of)


def _waits(session: Session, every: tuple[Round, ...]) -> bool:
    """Whether a period that has a due day, or is the one being reported, has no report yet."""
    from coverage_census.ledger.periods import periods

    expected, current = session.settings.expected, session.settings.periods.current
    asked = periods.key_of(session.round or "", session.today)
    named = isinstance(expected.due, Mapping) and expected.due_on(session.round, asked) is not None
    due = named or (current is not None and current.key == asked)
    return due and not periods.matching(every, asked)
