"""`reconcile`: every register that is kept against a round of the ledger; each row of both in one class out."""

from coverage_census.commands.registers_compared import compared
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.results import RegisterCompared


def reconcile(session: Session, register: str | None) -> tuple[RegisterCompared, ...]:
    """Each register in force (or the one that is asked for) against the round that is asked for.

    Raises CensusError `no_register` where none is kept.
    """
    from coverage_census.ledger.registers import kept

    found = session.find(session.round, session.as_of)
    ledger = session.settings.ledger
    wanted = [register] if register else sorted({each.entry.whose for each in kept.entries(ledger)})
    newest = {each: kept.newest(ledger, each) for each in wanted}
    if not any(newest.values()):
        raise CensusError("no_register_of" if register else "no_register", register=register or "")
    return tuple(compared(session, found, each, entries) for each, entries in newest.items())
