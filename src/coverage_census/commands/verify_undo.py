"""`verify` and `undo`: the ledger itself, looked after."""

import os
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import file_hash
from coverage_census.inbox import files
from coverage_census.privacy import door
from coverage_census.results import Undone

if TYPE_CHECKING:
    from coverage_census.ledger.verify import Verified


def verify(session: Session, anchor: str | None) -> "Verified":
    """Every round looked at, and whether one has the hash `anchor` (the whole, or how it begins).

    Without a ledger there is nothing to say.
    """
    from coverage_census.ledger import verify as looking

    wanted = looking.hash_said(anchor) if anchor is not None else None
    if not session.settings.ledger.exists():
        raise CensusError("no_round")
    return looking.verify(session.settings.ledger, wanted)


def to_adopt(session: Session) -> int | None:
    """The newest round of a ledger of an older format; the next writer notes its hash."""
    from coverage_census.ledger import rounds

    return rounds.to_adopt(session.settings.ledger) if session.settings.ledger.exists() else None


def undo(session: Session, which: str, reason: str | None) -> Undone:
    """The round that takes back what round `which` (a number, or the newest of that name) brought."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.undo import of_one_period
    from coverage_census.ledger.undo import undo as undoing

    reason = door.hidden(reason) if reason else reason
    every = session.rounds()
    found = rounds.brought(every, which)
    period = rounds.meant(every, which)
    if period is not None:
        of_one_period.check(found, session.words)
    made = undoing.undo(session.settings.ledger, found.number, reason=reason, now=session.now, tool=__version__)
    brought = tuple(dict.fromkeys(each.file for each in found.files if each.refused is None and each.sha256))
    here = _lying(session, {each.sha256 for each in found.files})
    elsewhere = tuple(each.file for each in found.files if each.file in brought and each.sha256 not in here)
    back = every[found.supersedes - 1].number if found.supersedes else None
    left = tuple(each.number for each in rounds.bringing(period)[:-1]) if period is not None else ()
    return Undone(session.numbered(made.number), brought, tuple(dict.fromkeys(elsewhere)), _shown(session), back, left)


def _lying(session: Session, wanted: set[str | None]) -> set[str | None]:
    """Those of the hashes whose files lie in the inbox or its archive."""
    if not session.settings.inbox.is_dir():
        return set()
    return wanted & {file_hash.sha256(path) for path in files.files_below(session.settings.inbox)}


def _shown(session: Session) -> str:
    """The inbox, as it is typed from here."""
    return os.path.relpath(session.settings.inbox)
