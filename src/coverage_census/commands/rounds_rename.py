"""`rounds --rename`: a period, or one entry of the ledger, and a name in; a decision in the ledger out."""

from coverage_census import __version__
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.ledger.periods import periods
from coverage_census.model import stated_day
from coverage_census.model.periods import misread
from coverage_census.model.rounds import Entry, EntryKind, Naming, Round
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
        _free(every, meant.term, name, new)
    naming = _naming(every, found, name, whole=meant is not None)
    before = spoken(found)
    entry = Entry(
        kind=EntryKind.NAMED, who=whoever(), when=session.now.isoformat(timespec="seconds"),
        old=naming.round or before, new=name,
    )  # fmt: skip
    made = next_round.record(session.settings.ledger, [entry], now=session.now, tool=__version__, naming=naming)
    return PeriodNamed(before, name, session.numbered(made.round.number), session.numbered(found.number))


def _name(session: Session, new: str) -> str:
    """A key, or a name in words: a plain number would be taken for that of an entry."""
    fit(new)
    name = plain(periods.key_of(new, session.today))
    if name is None or (name.isdecimal() and periods.key_of(name, name) == name and len(name) != 4):
        raise WrongUsage("name_taken", name=new)
    return name


def fit(name: str) -> None:
    """A period that there is not (2026年第五季度), or a day, is refused: as a name it would say what is not so."""
    if not misread(name):
        return
    day = stated_day.stated(name)
    raise WrongUsage("period_is_day" if day else "bad_period", period=name[:40], day=day)


def _free(every: tuple[Round, ...], own: periods.Term, name: str, new: str) -> None:
    """Two periods of one name would be one: whoever wants that moves the entries, one by one, by their numbers."""
    for each in periods.terms(every):
        if each.term != own and name in (each.term.key, each.term.name):
            raise WrongUsage("name_in_use", name=new, rounds="、".join(str(one.number) for one in each.reports))


def _naming(every: tuple[Round, ...], found: Round, name: str, *, whole: bool) -> Naming:
    """Of the whole period, where a period is named or the entry is the only report of it; else of the entry."""
    term = periods.term_of(found)
    reports = [each for each in every if periods.is_report(each) and periods.term_of(each) == term]
    if whole or not periods.is_report(found) or reports == [found]:
        return Naming(round=None, period=term.key or term.name, name=name)
    return Naming(round=found.number, period=None, name=name)
