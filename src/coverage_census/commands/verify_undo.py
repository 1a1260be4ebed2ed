"""`verify` and `undo`: the ledger itself, looked after."""

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.files import file_hash
from coverage_census.inbox import files
from coverage_census.model.rounds import Round
from coverage_census.results import Undone
from coverage_census.words.periods import label_of

if TYPE_CHECKING:
    from coverage_census.ledger.periods.periods import Term
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


def undo(session: Session, which: str, reason: str | None) -> Undone:
    """The round that takes back what round `which` (a number, or the newest of that name) brought."""
    from coverage_census.ingest.privacy import redact
    from coverage_census.ledger import rounds
    from coverage_census.ledger.undo import undo as undoing

    hidden = redact.redact(reason) if reason else None
    reason = hidden.text if hidden else reason
    every = session.rounds()
    found = rounds.brought(every, which)
    period = rounds.meant(every, which)
    if period is not None:
        _of_one_period(session, found)
    made = undoing.undo(session.settings.ledger, found.number, reason=reason, now=session.now, tool=__version__)
    brought = tuple(dict.fromkeys(each.file for each in found.files if each.refused is None and each.sha256))
    here = _lying(session, {each.sha256 for each in found.files})
    elsewhere = tuple(each.file for each in found.files if each.file in brought and each.sha256 not in here)
    back = every[found.supersedes - 1].number if found.supersedes else None
    left = tuple(each.number for each in rounds.bringing(period)[:-1]) if period is not None else ()
    return Undone(session.numbered(made.number), brought, tuple(dict.fromkeys(elsewhere)), _shown(session), back, left)


def _of_one_period(session: Session, found: Round) -> None:
    """Whoever names a period means no other: an entry that holds sheets of two is undone by its number alone."""
    from coverage_census.ledger.periods import periods

    terms = periods.terms_of(found)
    if len(terms) < 2:
        return
    said = "、".join(_told(session, found, term) for term in reversed(terms))
    raise CensusError("undo_two_periods", round=found.number, periods=said)


def _told(session: Session, found: Round, term: "Term") -> str:
    """A period and the townships whose sheets in this entry are of it."""
    from coverage_census.ledger.periods import periods

    other = [each for each in periods.terms_of(found) if each != term]
    own = (
        scope.township
        for scope in found.scopes
        if scope.township
        and periods.speaks_for(term, scope, found)
        and not any(each.key != found.period and periods.speaks_for(each, scope, found) for each in other)
    )
    names = dict.fromkeys(own)
    label = label_of(term.key or term.name or "", session.words)
    return f"{label}（{'、'.join(names)}）" if names else label


def _lying(session: Session, wanted: set[str | None]) -> set[str | None]:
    """Those of the hashes whose files lie in the inbox or its archive."""
    if not session.settings.inbox.is_dir():
        return set()
    return wanted & {file_hash.sha256(path) for path in files.files_below(session.settings.inbox)}


def _shown(session: Session) -> str:
    """The inbox, as it is typed from here."""
    return os.path.relpath(session.settings.inbox)
