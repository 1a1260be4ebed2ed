"""`rounds`: what the ledger holds, entry by entry."""

from coverage_census.commands.session import Session
from coverage_census.model.days import last_of
from coverage_census.model.rounds import Round


def rounds(session: Session) -> tuple[Round, ...]:
    """All rounds, the oldest first; with --as-of those of no later cut-off day."""
    until = session.as_of.isoformat() if session.as_of is not None else None
    return tuple(each for each in session.rounds() if until is None or last_of(each.as_of) <= until)
