"""A condition and one organisation's facts in; the single tests that made it hold out, and the words for each."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from coverage_census.model.decision import Citation
from coverage_census.model.record import Facts
from coverage_census.policy.decide.wording import OPPOSITE
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import COMPARISONS, Condition, Truth, truth
from coverage_census.policy.language.record_algebra import OneRecord


class TestOutcome(NamedTuple):
    """One test, and how it came out."""

    leaf: Condition
    held: bool


def causes(condition: Condition, facts: Facts, policy: Policy, holds: bool = True) -> Iterator[TestOutcome]:
    """The tests that came out as the whole needs them."""
    return _tests(condition, facts, policy, holds, lambda told, needed: told.yes if needed else told.no)


def doubts(condition: Condition, facts: Facts, policy: Policy, holds: bool = True) -> Iterator[TestOutcome]:
    """The tests that leave the whole open, each as it would have to come out for the whole to hold."""
    return _tests(condition, facts, policy, holds, lambda told, _: not (told.yes or told.no))


def _tests(
    condition: Condition,
    facts: Facts,
    policy: Policy,
    holds: bool,
    wanted: Callable[[Truth[bool], bool], bool],
) -> Iterator[TestOutcome]:
    """The single tests of which this and every whole around them came out as wanted."""
    if not wanted(truth(condition, OneRecord(facts), policy.bounds), holds):
        return
    if condition.fact is not None:
        yield TestOutcome(condition, holds)
        return
    inner = holds if condition.not_ is None else not holds
    for part in condition.parts:
        yield from _tests(part, facts, policy, inner, wanted)


def of_scope(facts: Facts, policy: Policy) -> list[TestOutcome]:
    """Why it is open whether the policy leaves this organisation out; empty where it is not."""
    if policy.scope_in_doubt is None or facts["in_scope"] is not None:
        return []
    return list(doubts(policy.scope_in_doubt, facts, policy))


def of_exclusion(facts: Facts, policy: Policy) -> list[TestOutcome]:
    """Why the policy leaves this organisation out; empty where it does not."""
    return list(causes(policy.excluded, facts, policy))


def exclusion_citation(facts: Facts, policy: Policy) -> Citation | None:
    """By which text it is left out: that of the first exclusion that holds, else of a number that it falls short of."""
    on = OneRecord(facts)
    for each in policy.exclusions:
        if truth(each.when, on, policy.bounds).yes:
            return each.citation.citation()
    named = (name for cause in of_exclusion(facts, policy) for name in sorted(cause.leaf.parameters()))
    return next((policy.parameters[name].citation.citation() for name in named), None)


def line(cause: TestOutcome, policy: Policy) -> tuple[str, int, str] | None:
    """Operator, number and unit of the line that a comparison found itself on the wrong side of; else None."""
    for operator in COMPARISONS:
        wanted = getattr(cause.leaf, operator)
        if wanted is None:
            continue
        entry = policy.parameters[wanted] if isinstance(wanted, str) else None
        said = entry.operator if entry is not None and operator == "reaches" else operator
        value = wanted if entry is None else entry.value
        return said if cause.held else OPPOSITE[said], int(value), entry.unit[:1] if entry else ""
    return None
