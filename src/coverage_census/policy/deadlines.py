"""A rule, one organisation's facts and a policy in; the day until which a gap of that rule is to be closed out."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from coverage_census.policy.algebra import OneRecord
from coverage_census.policy.conditions import truth
from coverage_census.policy.document import Deadline
from coverage_census.policy.policy import Policy


def due_on(rule: str, facts: Mapping[str, Any], policy: Policy, opened: date | None = None) -> date | None:
    """The earliest deadline in force for `rule`; None where the policy sets none, or its facts are unknown.

    `facts` is a row of `explain.complete`. New ones have until the end of the year in which they were registered;
    whoever was registered before the text was in force is not new. A deadline of so many days is counted from the day
    on which a round first found the gap (`opened`).
    """
    limits = [each for each in policy.deadlines.values() if rule in each.rules and _asks(each, facts, policy)]
    days = [_day(each, facts, opened) for each in limits]
    return min((day for day in days if day is not None), default=None)


def _asks(deadline: Deadline, facts: Mapping[str, Any], policy: Policy) -> bool:
    return deadline.when is None or bool(truth(deadline.when, OneRecord(facts), policy.bounds).yes)


def asked(rule: str, policy: Policy) -> set[str]:
    """The facts that the deadlines of `rule` are worked out from."""
    limits = [each for each in policy.deadlines.values() if rule in each.rules]
    facts = {leaf.fact for each in limits if each.when for leaf in each.when.leaves() if leaf.fact is not None}
    return facts | {"registered_on"} if limits else set()


def _day(deadline: Deadline, facts: Mapping[str, Any], opened: date | None) -> date | None:
    if deadline.on is not None:
        return deadline.on
    if deadline.days is not None:
        return None if opened is None else opened + timedelta(days=deadline.days)
    registered = facts.get("registered_on")
    if registered is None or int(str(registered)[:4]) < deadline.since.year:
        return None
    return date(int(str(registered)[:4]), 12, 31)
