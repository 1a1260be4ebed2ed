"""A round and a policy in; the organisations that cannot be decided and the facts they lack (待核) out."""

from collections import Counter
from collections.abc import Collection, Iterable

from coverage_census.model.decision import Verdict
from coverage_census.model.outstanding import Lacking
from coverage_census.model.record import Facts
from coverage_census.policy.decided.basis import Basis

_RULE = "formation"
_WHO = ("name", "uscc", "county", "township", "kind", "confirmed_round")
MOST = 20_000
"""Organisations whose facts are listed one by one; of more, those of single townships can be asked for."""


def undecided(found: Basis) -> dict[tuple[str | None, str | None], int]:
    """Place → organisations whose formation cannot be decided; of many it is worked out on columns."""
    from coverage_census.policy.decide.verdicts import ended, ways
    from coverage_census.policy.language.record_algebra import OneRecord

    if found.is_few:
        return Counter(
            (row["county"], row["township"])
            for row in found.completed()
            if ended(found.policy, _RULE, row).verdict is Verdict.UNKNOWN
        )
    ends = enumerate(ways(found.policy, _RULE, OneRecord({})))
    unknown = ", ".join(str(number) for number, (_, end) in ends if end.verdict is Verdict.UNKNOWN)
    frame = found.decided({"county", "township"}, (_RULE,)).select("county", "township", f"end_{_RULE}").to_native()
    counted = frame.filter(f"end_{_RULE} IN ({unknown or -1})").aggregate("county, township, count(*)")
    return {(county, township): int(count) for county, township, count in counted.fetchall()}


def lacking(found: Basis, townships: Collection[str] = ()) -> tuple[Lacking, ...] | None:
    """Every organisation with a rule that cannot be decided, in these townships (else all); None: too many to list."""
    rows = _rows(found, townships)
    return None if rows is None else tuple(each for row in rows if (each := _of(row, found)) is not None)


def _rows(found: Basis, townships: Collection[str]) -> Iterable[Facts] | None:
    """With what is known of the others of its branch, wherever they lie."""
    if found.is_few:
        every = found.completed()
        return [row for row in every if not townships or row["township"] in townships]
    if not townships and found.round.organisations > MOST:
        return None
    import narwhals as nw

    from coverage_census.policy.decide import frames

    frame = found.facts()
    return frames.rows(frame.filter(nw.col("township").is_in(sorted(townships))) if townships else frame)


def _of(row: Facts, found: Basis) -> Lacking | None:
    from coverage_census.policy.decide import explain
    from coverage_census.policy.decide.reasons import Account
    from coverage_census.policy.decide.verdicts import ended

    facts = explain.complete(row, found.policy)
    needed: dict[str, None] = {}
    more: dict[str, None] = {}
    for rule in found.policy.rules:
        end = ended(found.policy, rule, facts)
        if end.verdict is Verdict.UNKNOWN:
            (needed if rule == _RULE else more).update(dict.fromkeys(Account(rule, end, facts, found.policy).missing()))
    undecided = ended(found.policy, _RULE, facts).verdict is Verdict.UNKNOWN
    if not undecided and not more:
        return None
    others = tuple(each for each in more if each not in needed)
    return Lacking({name: row.get(name) for name in _WHO}, undecided, tuple(needed), others)
