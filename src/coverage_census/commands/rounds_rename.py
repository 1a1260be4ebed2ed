"""`rounds --rename`: a period, or one entry of the ledger, and a name in; a decision in the ledger out."""

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.ledger.periods import naming as names
from coverage_census.ledger.periods import periods
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.results import PeriodNamed
from coverage_census.tasks.marks import plain, whoever
from coverage_census.words.periods import spoken


def rename(session: Session, old: str, new: str) -> PeriodNamed:
    """What `old` says (a period in any form, a name, an entry's number) is called `new` from now on.

    `new` may be a period: so an entry that came too late or too early is put where it belongs. To undo the round that
    is written takes the name back.
    """
    from coverage_census.ledger import rounds
    from coverage_census.ledger.write import next_round

    every = session.rounds()
    meant = rounds.meant(every, old)
    found = meant.state if meant is not None else rounds.find_in(every, old)
    name = _name(session, new)
    if meant is not None:
        names.free(every, meant.term, name, new)
    naming = names.naming(every, found, name, whole=meant is not None)
    before = spoken(found)
    entry = Entry(
        kind=EntryKind.NAMED, who=whoever(), when=session.now.isoformat(timespec="seconds"),
        old=naming.round or before, new=name,
    )  # fmt: skip
    made = next_round.record(session.settings.ledger, [entry], now=session.now, tool=__version__, naming=naming)
    return PeriodNamed(before, name, session.numbered(made.round.number), session.numbered(found.number))


def _name(session: Session, new: str) -> str:
    """A key, or a name in words: a plain number would be taken for that of an entry."""
    names.fit(new)
    name = plain(periods.key_of(new, session.today))
    if name is None or (name.isdecimal() and periods.key_of(name, name) == name and len(name) != 4):
        raise WrongUsage("name_taken", name=new)
    return name
