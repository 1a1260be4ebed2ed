"""`verify` and `undo`: the ledger itself, looked after."""

from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    from coverage_census.ledger.verify import Verified


def verify(session: Session, anchor: str | None) -> "Verified":
    """Every round looked at; without a ledger there is nothing to say."""
    from coverage_census.ledger import verify as looking

    if not session.settings.ledger.exists():
        raise CensusError("no_round")
    return looking.verify(session.settings.ledger, anchor)


def undo(session: Session, which: str, reason: str | None) -> Round:
    """The round that takes back what round `which` (a number or name) brought."""
    from coverage_census.ingest import privacy
    from coverage_census.ledger import rounds
    from coverage_census.ledger import undo as undoing

    hidden = privacy.redact(reason) if reason else None
    reason = hidden.text if hidden else reason
    found = rounds.find(session.settings.ledger, which)
    return undoing.undo(session.settings.ledger, found.number, reason=reason, now=session.now, tool=__version__)
