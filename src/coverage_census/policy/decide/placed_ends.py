"""A round as a table and a policy in; every organisation with its place, its facts and how each rule ended, out."""

from collections.abc import Iterator
from typing import Any

from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.record import Row
from coverage_census.policy.decide import frames, records
from coverage_census.policy.decide.frames import Native
from coverage_census.policy.decide.verdicts import ways
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.record_algebra import OneRecord

Ends = tuple[tuple[Verdict, Gap | None], ...]
"""How each rule of the policy ended, in its order."""


PLACE = "row"


def rows(table: Native, organisations: int, policy: Policy, carry: set[str] | None) -> Iterator[tuple[Row, Ends]]:
    """Every organisation of `table` with its place (its column `PLACE`), its facts (with `carry`, these only) and its
    ends."""
    if organisations <= records.FEW:
        return _one_by_one(table, policy)
    return _in_columns(table, policy, carry)


def _one_by_one(table: Native, policy: Policy) -> Iterator[tuple[Row, Ends]]:
    for row in records.completed(frames.plain_rows(table), policy):
        yield row, tuple((end.verdict, end.gap) for end in records.ends(row, policy).values())


def _in_columns(table: Native, policy: Policy, carry: set[str] | None) -> Iterator[tuple[Row, Ends]]:
    from coverage_census.policy.decide import columns

    frame = columns.ends(table, policy, carry=None if carry is None else {*carry, PLACE})
    by_rule = [[(end.verdict, end.gap) for _, end in ways(policy, rule, OneRecord({}))] for rule in policy.rules]
    names = [name for name in frame.columns if carry is None or name in {*carry, PLACE} or name.startswith("end_")]
    native: Any = frame.select(*names).to_native()
    at = [names.index(f"end_{rule}") for rule in policy.rules]
    read: dict[tuple[int, ...], Ends] = {}
    for values in native.fetchall():
        numbers = tuple(values[place] for place in at)
        if numbers not in read:
            read[numbers] = tuple(ends[number] for ends, number in zip(by_rule, numbers, strict=True))
        yield dict(zip(names, values, strict=True)), read[numbers]
