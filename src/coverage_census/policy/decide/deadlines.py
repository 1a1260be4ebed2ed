"""A rule, one organisation's facts and a policy in; the day until which a gap of that rule is to be closed out."""

from datetime import date, timedelta

from coverage_census.model.record import Facts
from coverage_census.policy.files.document import Deadline
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import truth
from coverage_census.policy.language.record_algebra import OneRecord


def due_on(rule: str, facts: Facts, policy: Policy, first: date | None = None) -> date | None:
    """The earliest deadline in force for `rule`; None where the policy sets none, or its facts are unknown.

    `facts` is a row of `explain.complete`. Days are counted from `first`, on which the gap was first found: the day of
    the oldest sheet in a row that shows it, else of the sheet at hand (None: the day that is asked about).
    """
    limits = [each for each in policy.deadlines.values() if rule in each.rules and _asks(each, facts, policy)]
    days = [_day(each, facts, first or policy.as_of) for each in limits]
    return min((day for day in days if day is not None), default=None)


def _asks(deadline: Deadline, facts: Facts, policy: Policy) -> bool:
    return deadline.when is None or bool(truth(deadline.when, OneRecord(facts), policy.bounds).yes)


def asked(rule: str, policy: Policy) -> set[str]:
    """The facts that the deadlines of `rule` are worked out from."""
    limits = [each for each in policy.deadlines.values() if rule in each.rules]
    facts = {leaf.fact for each in limits if each.when for leaf in each.when.leaves() if leaf.fact is not None}
    return facts | {"registered_on"} if limits else set()


def _day(deadline: Deadline, facts: Facts, first: date) -> date | None:
    """A fixed day binds those whose gap was there by then; 年内 binds those that are new in the year of the gap."""
    if deadline.days is not None:
        return first + timedelta(days=deadline.days)
    registered = str(facts.get("registered_on") or "")
    if deadline.on is not None:
        late = first > deadline.on or registered > deadline.on.isoformat()
        return None if late else deadline.on
    if deadline.within != "year_registered":
        return None
    is_new = registered[:4] == f"{first.year:04}" and first.year >= deadline.since.year
    return date(first.year, 12, 31) if is_new else None
