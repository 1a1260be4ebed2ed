"""What somebody asks to compare in; the two rounds that are meant, the earlier one first, out."""

from collections.abc import Sequence
from datetime import date

from coverage_census.errors import CensusError, WrongUsage
from coverage_census.ledger import rounds
from coverage_census.ledger.periods import periods
from coverage_census.ledger.store.force import in_force
from coverage_census.model.rounds import Round


def two(every: Sequence[Round], first: str | None, second: str | None, since: date | None) -> tuple[Round, Round]:
    """`first` and `second` (else the newest), or what came before: the newest by `since`, else the period
    before; raises CensusError where there is but one."""
    after = rounds.find_in(every, second)
    if first is not None:
        both = rounds.find_in(every, first), after
        by_number = all(each is None or each.isdecimal() for each in (first, second))
        before, after = sorted(both, key=lambda each: each.number) if by_number else periods.in_order(every, *both)
    elif since is not None:
        before = _by(every, after, since)
    else:
        before = _before_of(every, after)
        if periods.term_of(before) == periods.term_of(after):
            raise CensusError("one_round")
    if since is None and (before.number, before.at) == (after.number, after.at):
        raise WrongUsage("same_round") if len(periods.terms(every)) > 1 else CensusError("one_round")
    return before, after


def _by(every: Sequence[Round], after: Round, since: date) -> Round:
    """The newest round in force of a day not after `since`, else the first there is."""
    earlier = [each for each in in_force(every) if each.number < after.number]
    in_time = [each for each in earlier if each.as_of <= since.isoformat()]
    return (in_time or earlier[:1] or list(every[:1]))[-1]


def _before_of(every: Sequence[Round], after: Round) -> Round:
    """What `after` is compared with: the cut-off of the period before its own."""
    found = periods.previous(every, after)
    if found is None:
        raise CensusError("one_round")
    return found
