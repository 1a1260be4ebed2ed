"""A round and two policies in; the organisations that they judge differently, with both answers and reasons, out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

import narwhals as nw

from coverage_census.model.decision import Advice, Decision, Gap, Verdict
from coverage_census.model.record import Facts
from coverage_census.policy.decide import columns, explain
from coverage_census.policy.decide.frames import Frame, Native, prepared, rows
from coverage_census.policy.decide.verdicts import gone
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.column_algebra import Columns
from coverage_census.words.catalogue import Words

_FIRST = "first_"
_JOINT = tuple(f"joint_{what}_{end}" for what in ("size", "formal", "members") for end in ("low", "high"))


@dataclass(frozen=True)
class PolicyJudgement:
    """What one policy says of one organisation by one rule."""

    advice: Advice
    verdict: Verdict
    gap: Gap | None
    reason: str


@dataclass(frozen=True)
class Difference:
    """One organisation that two policies judge differently by one rule."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    rule: str
    a: PolicyJudgement
    b: PolicyJudgement


def shared(a: Policy, b: Policy) -> tuple[str, ...]:
    """The rules that both have: others cannot be compared."""
    return tuple(rule for rule in a.rules if rule in b.rules)


def differences(table: Native, a: Policy, b: Policy, words: Words) -> tuple[Difference, ...]:
    """By every rule that both have, in the order of the rules and of the table; advice is compared with formation."""
    found = [each for row in rows(_differing(table, a, b)) for each in _row(row, a, b, words)]
    order = {rule: number for number, rule in enumerate(shared(a, b))}
    return tuple(sorted(found, key=lambda each: order[each.rule]))


def _differing(table: Native, a: Policy, b: Policy) -> Frame:
    """The rows with any difference, decided under `b`; what `a` says differently of them rides along as `first_…`."""
    asked = shared(a, b)
    first = columns.columns(table, a, asked)
    answers = ["advice", *(f"{kind}_{rule}" for rule in asked for kind in ("verdict", "gap"))]
    there = set(first.columns)
    joint = [name for name in _JOINT if name in there]
    own = [name for name in prepared(table).columns if name in there]
    both = columns.columns(
        first.select(*own, *(nw.col(name).alias(_FIRST + name) for name in (*answers, *joint))), b, asked
    )
    return both.filter(~nw.col("gone") & reduce(or_, (_unlike(name) for name in answers)))


def living(table: Native) -> int:
    """How many organisations there are to compare: who is gone is judged by neither."""
    mark = nw.when(~gone(Columns())).then(nw.lit(1)).alias("living")
    frame = prepared(table, {"operating_status"}).select(mark)
    return int(rows(frame.select(nw.col("living").count()))[0]["living"])


def _unlike(name: str) -> nw.Expr:
    one, other = (nw.coalesce(nw.col(each), nw.lit("")) for each in (name, _FIRST + name))
    return one != other


def _row(row: Facts, a: Policy, b: Policy, words: Words) -> Iterator[Difference]:
    first = dict(row) | {name: row[_FIRST + name] for name in _JOINT if _FIRST + name in row}
    asked = shared(a, b)
    said = ({each.rule: each for each in explain.decisions(on, policy, words)} for on, policy in ((first, a), (row, b)))
    ours, theirs = said
    for rule in asked:
        one, other = ours[rule], theirs[rule]
        alike = one.verdict == other.verdict and one.gap == other.gap
        if not alike or (rule == "formation" and one.advice != other.advice):
            yield Difference(one.name, one.uscc, one.county, one.township, rule, _judged(one), _judged(other))


def _judged(each: Decision) -> PolicyJudgement:
    return PolicyJudgement(each.advice, each.verdict, each.gap, each.reason)
