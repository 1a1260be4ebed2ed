"""One organisation's facts and a policy in; its decisions out, each with reason, article and the facts used."""

from collections.abc import Callable, Collection
from datetime import date

from coverage_census.model.decision import Decision, Verdict
from coverage_census.model.record import Facts, Row
from coverage_census.policy.decide.causes import exclusion_citation
from coverage_census.policy.decide.deadlines import due_on
from coverage_census.policy.decide.modes import offered
from coverage_census.policy.decide.reasons import Account, Plain, reason
from coverage_census.policy.decide.verdicts import advice, basis, ended, standing
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import truth
from coverage_census.policy.language.facts import OWN, joint_branch
from coverage_census.policy.language.record_algebra import OneRecord
from coverage_census.words.catalogue import Words

FirstFound = Callable[[str], "date | None"]
"""A rule in; the day on which its gap was first found out."""


def decisions(
    row: Facts,
    policy: Policy,
    words: Words,
    rules: Collection[str] | None = None,
    first: FirstFound | None = None,
) -> tuple[Decision, ...]:
    """Every rule of `policy` applied to one row of `decide.facts` (or of a ledger table: then without its branch);
    with `rules` only these. `first` knows when the gap of a rule was first found, from which its deadline counts."""
    facts = complete(row, policy)
    asked = [rule for rule in policy.rules if rules is None or rule in rules]
    return tuple(_decision(rule, facts, policy, words, first(rule) if first else None) for rule in asked)


def complete(row: Facts, policy: Policy) -> Row:
    """The row with every derived fact, advice and basis, worked out by the formulas that `decide` runs on columns."""
    facts = dict(row)
    facts |= standing(policy, OneRecord(facts))
    for layer in OWN:
        facts |= layer(OneRecord(facts))
    if "joint_size_low" not in facts:  # one record alone does not know the others of its branch
        facts |= joint_branch(OneRecord(facts))
    facts |= advice(policy, OneRecord(facts))
    return facts | basis(policy, OneRecord(facts))


def readings(row: Facts, policy: Policy, words: Words) -> tuple[str, ...]:
    """How `policy` reads its texts where, for this organisation, they say two things or nothing."""
    facts = complete(row, policy)
    found = []
    for rule in policy.rules:
        case = ended(policy, rule, facts).case
        for each in case.readings if case is not None else ():
            asked_then = each.when.parameters() <= set(policy.parameters)  # else its number is not in force yet
            if asked_then and truth(each.when, OneRecord(facts), policy.bounds).yes:
                found.append(each.zh if words.lang == "zh" else each.en)
    return tuple(dict.fromkeys(found))


def _deadline(rule: str, facts: Row, policy: Policy, first: date | None) -> dict[str, Plain]:
    """Until when, and from what that was worked out."""
    day = due_on(rule, facts, policy, first)
    return {} if day is None else {"registered_on": facts.get("registered_on"), "due_on": day.isoformat()}


def _decision(rule: str, facts: Row, policy: Policy, words: Words, first: date | None) -> Decision:
    end = ended(policy, rule, facts)
    account = Account(rule, end, facts, policy)
    return Decision(
        name=facts["name"],
        uscc=facts.get("uscc"),
        county=facts.get("county"),
        township=facts.get("township"),
        advice=facts["advice"],
        basis=facts["basis"],
        verdict=end.verdict,
        gap=end.gap,
        rule=rule,
        reason=reason(account, words),
        citation=(exclusion_citation(facts, policy) if end.case is None else None) or policy.citation(rule, end.case),
        policy=policy.stamp,
        modes=offered(facts, policy, words) if rule == "formation" else (),
        facts=account.used() | (_deadline(rule, facts, policy, first) if end.verdict is Verdict.GAP else {}),
    )
