"""Rounds of the ledger in; the rates of each, counted under the policy of its day, out."""

from collections.abc import Callable, Mapping, Sequence

from coverage_census.model.rounds import Round
from coverage_census.model.trend import TrendLine, TrendRate
from coverage_census.policy.decide import columns
from coverage_census.policy.decide.frames import Native, rows
from coverage_census.policy.figures import indicators
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import Words

RATES = ("org_coverage", "overall_rate")
_COUNTS = ("numerator", "denominator", "unknown")


def lines(
    standing: Sequence[tuple[Round, str, Policy]], table: Callable[[Sequence[str]], object], words: Words
) -> tuple[TrendLine, ...]:
    """One line for each round, with its file and its policy; `table`: the rows of some files, each with its
    `filename`. Rounds under the same text are counted in one query."""
    alike: dict[tuple[object, ...], list[str]] = {}
    policies: dict[str, Policy] = {}
    for _, path, policy in standing:
        policies[path] = policy
        alike.setdefault((policy.version, str(policy.parameters), tuple(policy.rules)), []).append(path)
    counts: dict[str, Mapping[str, int]] = {}
    for paths in alike.values():
        counts |= _counted(table(paths), policies[paths[0]])
    return tuple(_line(each, policy, counts.get(path, {}), words) for each, path, policy in standing)


def _counted(table: Native, policy: Policy) -> dict[str, Mapping[str, int]]:
    """File → how many organisations stand above and below the line of each rate, and how many may."""
    import narwhals as nw

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
