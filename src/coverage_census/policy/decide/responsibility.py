"""A policy in; its lines of responsibility (属地、行业…), and the facts that they and its deadlines ask for, out."""

from collections.abc import Callable, Sequence

from coverage_census.model.record import Facts
from coverage_census.model.task import OwnerBy
from coverage_census.policy.decide import deadlines
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import Condition, truth
from coverage_census.policy.language.record_algebra import OneRecord

Line = tuple[OwnerBy, Callable[[Facts], bool], Sequence[str]]
"""What makes the committee responsible, whether that holds for these facts, and the fields that name it."""


def lines(policy: Policy) -> list[Line]:
    """In the order of the policy; empty where it says nothing."""

    def holds(when: Condition | None) -> Callable[[Facts], bool]:
        return lambda facts: when is None or bool(truth(when, OneRecord(facts), policy.bounds).yes)

    return [(line.by.value, holds(line.when), line.fields) for line in policy.owners]


def facts(policy: Policy) -> set[str]:
    """The facts that the lines ask for."""
    return {leaf.fact for line in policy.owners if line.when for leaf in line.when.leaves() if leaf.fact}


def asked(policy: Policy) -> set[str]:
    """The facts that days and owners are worked out from, beside those that every organisation is carried with."""
    return {fact for rule in policy.rules for fact in deadlines.asked(rule, policy)} | facts(policy)
