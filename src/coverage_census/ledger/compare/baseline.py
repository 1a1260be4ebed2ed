"""Rounds and what an office calls its baseline (基数) in; the round that a campaign is measured from out."""

from collections.abc import Sequence

from coverage_census.errors import CensusError
from coverage_census.ledger import rounds
from coverage_census.ledger.periods import periods
from coverage_census.ledger.store.force import in_force
from coverage_census.model.days import last_of
from coverage_census.model.rounds import Round


def baseline(every: Sequence[Round], wanted: str | None, start: str, after: Round) -> Round:
    """The state of the period `wanted`; None: the last cut-off by `start` (ISO), else the first of all.

    Refused: a period that the ledger has not or that was undone, and one that is newer than `after`.
    """
    found = _first(every, start) if wanted is None else _named(every, wanted)
    if last_of(found.as_of) > last_of(after.as_of):
        given = {"asked": _called(after), "day": after.as_of, "baseline": _called(found), "baseline_day": found.as_of}
        raise CensusError("campaign_baseline_later", **given)
    return found


def _first(every: Sequence[Round], start: str) -> Round:
    standing = periods.states(every)
    if not standing:
        raise CensusError("no_round")
    by_then = [each for each in standing if last_of(each.as_of) <= start]
    return by_then[-1] if by_then else standing[0]


def _named(every: Sequence[Round], wanted: str) -> Round:
    try:
        found = rounds.find_in(every, wanted)
    except CensusError as stop:
        if stop.key != "unknown_round":
            raise
        raise CensusError("campaign_no_baseline", baseline=wanted, known=stop.values["known"]) from None
    if found.number not in {each.number for each in in_force(every)}:
        raise CensusError("campaign_baseline_undone", baseline=wanted)
    return found


def _called(each: Round) -> str:
    return each.name or each.period or str(each.number)
