"""A few rows of a ledger in; each with all its facts and the end of every rule out, worked out record by record.

For a county this is half the work of `decide`, which first has to build, plan and bind a query. The formulas are the
same ones; only the adding up of joint branches is written twice (`joint.add` for columns), and tests hold them equal.
"""

from collections.abc import Sequence

from coverage_census.model.record import Facts, Row
from coverage_census.policy.decide.explain import complete
from coverage_census.policy.decide.joint import COUNTED, LOST, branch, lost
from coverage_census.policy.decide.verdicts import Outcome, ended
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.facts import interval
from coverage_census.policy.language.facts import members as counted
from coverage_census.policy.language.record_algebra import OneRecord

FEW = 2_000
"""So many rows are decided sooner one by one than as a table."""


def completed(rows: Sequence[Facts], policy: Policy) -> list[Row]:
    """The rows with every fact; rows of one joint branch must all be there."""
    sums = _sums(rows)
    return [complete({**row, **sums.get(branch(row) or "", {})}, policy) for row in rows]


def ends(facts: Facts, policy: Policy) -> dict[str, Outcome]:
    """How each rule ends for completed facts."""
    return {rule: ended(policy, rule, facts) for rule in policy.rules}


def in_words(facts: Facts, policy: Policy, rule: str) -> dict[str, str | None]:
    """`verdict_<rule>` and `gap_<rule>` for completed facts, as `columns.columns` calls them."""
    end = ended(policy, rule, facts)
    return {f"verdict_{rule}": end.verdict.value, f"gap_{rule}": end.gap and end.gap.value}


def _sums(rows: Sequence[Facts]) -> dict[str, Row]:
    """For each joint branch what its rows add up to, and the largest number of units that is stated."""
    branches: dict[str, list[tuple[object, ...]]] = {}
    for row in rows:
        if (name := branch(row)) is not None:
            on = OneRecord(row)
            members = counted(on)
            each = (*(members[name] for name in COUNTED), *interval(on, "joint_units"))
            branches.setdefault(name, []).append(each)
    gone = lost(rows)
    return {name: {**_together(each), LOST: gone[name]} for name, each in branches.items()}


def _together(rows: Sequence[tuple[object, ...]]) -> Row:
    low, high, members, most, stated_low, stated_high = (
        [value for value in column if value is not None] for column in zip(*rows, strict=True)
    )
    return {
        "joint_rows": len(rows),
        "joint_sum_low": sum(low),
        "joint_sum_high": sum(high),
        "joint_sum_members": sum(members),
        "joint_sum_members_high": sum(most),
        "joint_unclear": len(rows) - len(high),
        "joint_members_unclear": len(rows) - len(most),
        "joint_stated_low": max(stated_low, default=None),
        "joint_stated_high": max(stated_high, default=None),
        "joint_next_low": _next(stated_low),
        "joint_next_high": _next(stated_high),
    }


def _next(stated: Sequence[int]) -> int | None:
    """The second largest: what the others state, seen from the row that states most (`whatif`)."""
    return sorted(stated)[-2] if len(stated) > 1 else None
