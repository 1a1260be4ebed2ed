"""A round that is to be undone by the name of its period in; whether it holds that period alone, out."""

from coverage_census.errors import CensusError
from coverage_census.ledger.periods import periods
from coverage_census.ledger.periods.periods import Term
from coverage_census.model.rounds import Round
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import label_of


def check(found: Round, words: Words) -> None:
    """Whoever names a period means no other: an entry that holds sheets of two is undone by its number alone."""
    terms = periods.terms_of(found)
    if len(terms) < 2:
        return
    said = "、".join(_told(found, term, words) for term in reversed(terms))
    raise CensusError("undo_two_periods", round=found.number, periods=said)


def _told(found: Round, term: Term, words: Words) -> str:
    """A period and the townships whose sheets in this entry are of it."""
    other = [each for each in periods.terms_of(found) if each != term]
    own = (
        scope.township
        for scope in found.scopes
        if scope.township
        and periods.speaks_for(term, scope, found)
        and not any(each.key != found.period and periods.speaks_for(each, scope, found) for each in other)
    )
    names = dict.fromkeys(own)
    label = label_of(term.key or term.name or "", words)
    return f"{label}（{'、'.join(names)}）" if names else label
