"""What somebody wants to call a period or an entry in; whether that name is free, and what it names, out."""

from coverage_census.errors import WrongUsage
from coverage_census.ledger.periods import periods
from coverage_census.model import stated_day
from coverage_census.model.periods import misread
from coverage_census.model.rounds import Naming, Round


def fit(name: str) -> None:
    """A period that there is not (2026年第五季度), or a day, is refused: as a name it would say what is not so."""
    if not misread(name):
        return
    day = stated_day.stated(name)
    raise WrongUsage("period_is_day" if day else "bad_period", period=name[:40], day=day)


def free(every: tuple[Round, ...], own: periods.Term, name: str, new: str) -> None:
    """Two periods of one name would be one: whoever wants that moves the entries, one by one, by their numbers."""
    for each in periods.terms(every):
        if each.term != own and name in (each.term.key, each.term.name):
            raise WrongUsage("name_in_use", name=new, rounds="、".join(str(one.number) for one in each.reports))


def naming(every: tuple[Round, ...], found: Round, name: str, *, whole: bool) -> Naming:
    """Of the whole period, where a period is named or the entry is the only report of it; else of the entry."""
    term = periods.term_of(found)
    reports = [each for each in every if periods.is_report(each) and periods.term_of(each) == term]
    if whole or not periods.is_report(found) or reports == [found]:
        return Naming(round=None, period=term.key or term.name, name=name)
    return Naming(round=found.number, period=None, name=name)
