"""One organisation and the decision of a rule on it in; everything behind that answer out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.model.decision import Citation, Decision
from coverage_census.model.record import Facts
from coverage_census.policy.decide import explain as explaining
from coverage_census.policy.decide.reasons import Account as Asked
from coverage_census.policy.decide.verdicts import ended
from coverage_census.policy.figures import what_if
from coverage_census.policy.files.policy import Policy

if TYPE_CHECKING:
    from coverage_census.policy.figures.what_if import IfThen


@dataclass(frozen=True)
class InForce:
    """A number of the policy that a rule compared with: 参数."""

    name: str
    value: int
    operator: str
    unit: str
    since: str
    until: str | None
    citation: Citation


@dataclass(frozen=True)
class RuleAccount:
    """Everything behind the answer of one rule."""

    decision: Decision
    title: str
    parameters: tuple[InForce, ...]
    what_if: "tuple[IfThen, ...]"


def account(row: Facts, decision: Decision, policy: Policy, lang: str) -> RuleAccount:
    """The decision with the numbers it compared with, and what a little more or less would change."""
    complete = explaining.complete(row, policy)
    rule = decision.rule
    asked = Asked(rule, ended(policy, rule, complete), complete, policy)
    used = dict.fromkeys(name for leaf in asked.asked() for name in sorted(leaf.parameters()))
    return RuleAccount(
        decision=decision,
        title=getattr(policy.rules[rule].title, lang),
        parameters=tuple(in_force(policy, name) for name in used),
        what_if=what_if.neighbours(row, policy, rule),
    )


def in_force(policy: Policy, name: str) -> InForce:
    """One number of the policy, as a card or a handout shows it."""
    entry = policy.parameters[name]
    return InForce(
        name=name,
        value=entry.value,
        operator=entry.operator,
        unit=entry.unit,
        since=entry.since.isoformat(),
        until=entry.until.isoformat() if entry.until else None,
        citation=entry.citation.citation(),
    )
