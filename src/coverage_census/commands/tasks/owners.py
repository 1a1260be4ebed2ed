"""A policy and the places of a round in; which committee owns what is to be done in each organisation, out."""

from collections.abc import Iterable

from coverage_census.commands.session import Session
from coverage_census.policy.decide import responsibility
from coverage_census.policy.files.policy import Policy
from coverage_census.tasks.owners import USUAL, ResponsibilityLine, TaskOwners


def owners(session: Session, policy: Policy, places: Iterable[tuple[str | None, str | None]]) -> TaskOwners:
    """By the policy's lines of responsibility, else by the usual ones."""
    lines = [ResponsibilityLine(*each) for each in responsibility.lines(policy)] or USUAL
    return TaskOwners(lines, responsibility.facts(policy), places, session.settings.tasks.catch_all)
