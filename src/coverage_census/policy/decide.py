"""Organisations as a table of any engine, and a policy in; the same table with facts, advice, verdicts and gaps out."""

from collections.abc import Collection
from typing import Any

import narwhals as nw

from coverage_census.policy import joint
from coverage_census.policy.columns import Columns
from coverage_census.policy.facts import INTERVALS, OWN, joint_branch
from coverage_census.policy.frames import Frame, inputs, prepared
from coverage_census.policy.policy import Policy
from coverage_census.policy.verdicts import advice, basis, reached, settled, standing

ON = Columns()
Found = dict[str, nw.Expr]


def facts(table: Any, policy: Policy) -> Frame:
    """The table with derived facts: what one row says, and what the other rows of its joint branch add.

    A row of it is what `explain.decisions` wants.
    """
    return _facts(prepared(table), policy, with_joint=True)


def columns(
    table: Any, policy: Policy, rules: Collection[str] | None = None, carry: Collection[str] | None = None
) -> Frame:
    """The table with facts, `advice`, `basis`, `due`, and for each rule `verdict_<rule>` and `gap_<rule>`.

    Asked for some `rules` only, or to `carry` only some of the table's other columns, it leaves out the rest: on wide
    tables and for large rounds that is most of the work.
    """
    asked = [rule for rule in policy.rules if rules is None or rule in rules]
    with_joint = any(_looks_at_branches(policy, rule) for rule in asked)
    if carry is not None:
        carry = {*carry, *inputs(_asked_facts(policy, asked), with_joint)}
    frame = _facts(prepared(table, carry), policy, with_joint)
    frame = _add(frame, advice(policy, ON))
    frame = _add(frame, basis(policy, ON) | {f"end_{rule}": reached(policy, rule, ON) for rule in asked})
    kept = [name for name in frame.columns if not name.startswith("end_")]
    found: Found = {}
    for rule in asked:
        found[f"verdict_{rule}"], found[f"gap_{rule}"] = settled(policy, rule, nw.col(f"end_{rule}"), ON)
    return frame.select(*kept, *_named(found))


def _facts(frame: Frame, policy: Policy, with_joint: bool) -> Frame:
    first, *others = OWN
    frame = _add(frame, standing(policy, ON) | first(ON))
    for layer in others[:-1]:
        frame = _add(frame, layer(ON))
    last = others[-1](ON)
    if not with_joint:
        return _add(frame, last)
    kept = frame.columns
    frame = joint.add(_add(frame, last | {joint.KEY: joint.key()}))
    return frame.select(*kept, *last, *joint.COLUMNS, *_named(joint_branch(ON)))


def _add(frame: Frame, found: Found) -> Frame:
    return frame.with_columns(*_named(found))


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
