"""`verify` and `undo`: the ledger itself, looked after."""

import re
import unicodedata
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    from coverage_census.ledger.verify import Verified


def verify(session: Session, anchor: str | None) -> "Verified":
    """Every round looked at, and whether one has the hash `anchor` (the whole, or how it begins).

    Without a ledger there is nothing to say.
    """
    from coverage_census.ledger import verify as looking

    wanted = _hash(anchor) if anchor is not None else None
    if not session.settings.ledger.exists():
        raise CensusError("no_round")
    return looking.verify(session.settings.ledger, wanted)


_HASH = re.compile(r"[0-9a-f]{8,64}")


def _hash(said: str) -> str:
    """A whole hash (64 signs) or its beginning as a digest prints it (16), in whatever letters it was copied."""
    found = unicodedata.normalize("NFKC", "".join(said.split())).casefold().rstrip(".。…")
    if not _HASH.fullmatch(found):
        raise WrongUsage("anchor_form", said=said[:40])
    return found


def to_adopt(session: Session) -> int | None:
    """The newest round of a ledger of an older format; the next writer notes its hash."""
    from coverage_census.ledger import rounds

    return rounds.to_adopt(session.settings.ledger) if session.settings.ledger.exists() else None


def undo(session: Session, which: str, reason: str | None) -> Round:
    """The round that takes back what round `which` (a number, or the newest of that name) brought."""
    from coverage_census.ingest import privacy
    from coverage_census.ledger import rounds
    from coverage_census.ledger import undo as undoing

    hidden = privacy.redact(reason) if reason else None
    reason = hidden.text if hidden else reason
    found = rounds.brought(session.rounds(), which)
    made = undoing.undo(session.settings.ledger, found.number, reason=reason, now=session.now, tool=__version__)
    return session.numbered(made.number)
