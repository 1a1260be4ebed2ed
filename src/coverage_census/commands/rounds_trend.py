"""`rounds --trend`: all rounds of the ledger in; their coverage rates, under the policy of each one's day, out."""

from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.commands.basis import last_day
from coverage_census.commands.session import Session
from coverage_census.model.rounds import Round
from coverage_census.model.trend import TrendLine, TrendRate
from coverage_census.policy.figures import indicators
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import Words

RATES = ("org_coverage", "overall_rate")
_COUNTS = ("numerator", "denominator", "unknown")


def trend(session: Session) -> tuple[TrendLine, ...]:
    """Every period, one line each, as it stood at its cut-off; what was undone is no step of the way."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.periods.periods import states

    ledger = session.settings.ledger
    standing = states(session.rounds())
    paths = [str(path) for path in rounds.parquets(ledger, standing)]
    alike: dict[Any, list[int]] = {}  # rounds under the same text are counted in one query
    policies = [_policy(session, each) for each in standing]
    for at, policy in enumerate(policies):
        alike.setdefault((policy.version, str(policy.parameters), tuple(policy.rules)), []).append(at)
    counts: dict[str, Mapping[str, int]] = {}
    for group in alike.values():
        counts |= _counted([paths[at] for at in group], policies[group[0]])
    return tuple(
        _line(each, policies[at], counts.get(paths[at], {}), session.words) for at, each in enumerate(standing)
    )


def _policy(session: Session, found: Round) -> Policy:
    """What was in force on the round's cut-off day; asked with --as-of, that day's for all rounds."""
    return rulebook.load(session.policy_name, session.as_of or last_day(found.as_of), session.settings.policies)


def _counted(paths: Sequence[str], policy: Policy) -> dict[str, Mapping[str, int]]:
    """File → how many organisations stand above and below the line of each rate, and how many may."""
    import narwhals as nw

    from coverage_census.ledger.store import query
    from coverage_census.policy.decide import columns
    from coverage_census.policy.decide.frames import rows

    every = query.connection().read_parquet(list(paths), hive_partitioning=False, filename=True, union_by_name=True)
    table = query.complete(every)
    frame = columns.ends(table, policy, (), carry={*indicators.fields(RATES), "filename"})
    marks = [nw.when(nw.col("gone")).then(nw.lit(1)).alias("gone")]
    for code in RATES:
        flags = indicators.conditions(code)
        for name, flag in zip(_COUNTS, (flags.numerator, flags.denominator, flags.unknown), strict=True):
            marks.append(nw.when(flag).then(nw.lit(1)).alias(f"{code}_{name}"))
    names = ["gone", *(f"{code}_{name}" for code in RATES for name in _COUNTS)]
    grouped = frame.select("filename", *marks).group_by("filename").agg(*(nw.col(name).count() for name in names))
    return {row["filename"]: row for row in rows(grouped)}


def _line(each: Round, policy: Policy, counts: Mapping[str, int], words: Words) -> TrendLine:
    gone = int(counts.get("gone", 0))
    return TrendLine(
        round=each.number,
        name=each.name,
        period=each.period,
        as_of=each.as_of,
        organisations=each.organisations - gone,
        rates=tuple(_rate(code, counts, words) for code in RATES),
        policy=policy.stamp,
        gone=gone,
    )


def _rate(code: str, counts: Mapping[str, int], words: Words) -> TrendRate:
    above, below, unknown = (int(counts.get(f"{code}_{name}", 0)) for name in _COUNTS)
    return TrendRate(
        code=code,
        label=words(f"indicator.{code}.label"),
        numerator=above,
        denominator=below,
        unknown=unknown,
        rate=above / below if below else None,
    )
