"""Organisations as a table of any engine, and a policy in; the same table with facts, advice, verdicts and gaps out."""

from collections.abc import Collection

import narwhals as nw

from coverage_census.policy.decide import joint
from coverage_census.policy.decide.frames import Frame, Native, carried, inputs, kept, prepared
from coverage_census.policy.decide.verdicts import advice, basis, reached, settled, standing
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.column_algebra import Columns
from coverage_census.policy.language.facts import INTERVALS, OWN, joint_branch

ON = Columns()
Found = dict[str, nw.Expr]


def facts(table: Native, policy: Policy) -> Frame:
    """The table with derived facts: what one row says, and what the other rows of its joint branch add.

    A row of it is what `explain.decisions` wants.
    """
    return _facts(prepared(table), policy, with_joint=True, also={})


def ends(
    table: Native,
    policy: Policy,
    rules: Collection[str] | None = None,
    carry: Collection[str] | None = None,
    keep: bool = False,
) -> Frame:
    """The table with facts, `advice`, `basis`, `due`, and for each rule `end_<rule>`: enough to count by.

    An end is the number of the way in which the rule ended (`verdicts.ways`). Asked for some `rules` only (none will do
    for indicators), or to `carry` only some of the table's other columns, it leaves out the rest: on wide tables and
    for large rounds that is most of the work. With `keep` it works everything out once, for several questions.
    """
    asked = _asked(policy, rules)
    with_joint = any(_looks_at_branches(policy, rule) for rule in asked)
    needed = carry if carry is None else {*carry, *inputs(_asked_facts(policy, asked), with_joint)}
    frame = _facts(prepared(table, needed), policy, with_joint, also=advice(policy, ON))
    found = basis(policy, ON) | {f"end_{rule}": reached(policy, rule, ON) for rule in asked}
    frame = frame.select(*carried(frame.columns, carry), *_named(found))
    return kept(frame) if keep else frame


def columns(
    table: Native,
    policy: Policy,
    rules: Collection[str] | None = None,
    carry: Collection[str] | None = None,
    keep: bool = False,
) -> Frame:
    """As `ends`, and for each rule `verdict_<rule>` and `gap_<rule>` in words."""
    frame = ends(table, policy, rules, carry, keep)
    found: Found = {}
    for rule in _asked(policy, rules):
        found[f"verdict_{rule}"], found[f"gap_{rule}"] = settled(policy, rule, nw.col(f"end_{rule}"), ON)
    return _add(frame, found)


def asked(policy: Policy) -> set[str]:
    """The canonical fields that the policy's rules are worked out from, with the fields that name a joint branch."""
    return inputs(_asked_facts(policy, policy.rules), with_joint=True)


def _asked(policy: Policy, rules: Collection[str] | None) -> list[str]:
    return [rule for rule in policy.rules if rules is None or rule in rules]


def _facts(frame: Frame, policy: Policy, with_joint: bool, also: Found) -> Frame:
    """`also` reads the facts of one row only; it rides along because every step costs a lazy engine a plan."""
    first, *others = OWN
    frame = _add(frame, standing(policy, ON) | first(ON))
    for layer in others[:-1]:
        frame = _add(frame, layer(ON))
    last = others[-1](ON)
    if not with_joint:
        return _add(_add(frame, last), also)
    there = frame.columns
    frame = joint.add(_add(frame, last | {joint.KEY: joint.key()}))
    return frame.select(*there, *last, *_named(joint_branch(ON) | also))


def _add(frame: Frame, found: Found) -> Frame:
    return frame.with_columns(*_named(found)) if found else frame


def _named(found: Found) -> list[nw.Expr]:
    return [expression.alias(name) for name, expression in found.items()]


def _asked_facts(policy: Policy, rules: Collection[str]) -> set[str]:
    conditions = [policy.excluded, policy.stated, *(case.when for case in policy.advice)]
    for rule in rules:
        conditions += policy.rules[rule].conditions()
    return {leaf.fact for condition in conditions for leaf in condition.leaves() if leaf.fact is not None}


def _looks_at_branches(policy: Policy, rule: str) -> bool:
    asked = {leaf.fact for condition in policy.rules[rule].conditions() for leaf in condition.leaves()}
    return any(fact in asked for fact in INTERVALS if fact.startswith("joint_"))
