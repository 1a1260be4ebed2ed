"""A table with decisions in; lines of a coverage table by area, kind, industry or scale out, counted in one query."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal

from coverage_census.model.choices import Kind
from coverage_census.model.decision import AreaCoverage, Gap, Verdict
from coverage_census.model.record import Facts
from coverage_census.policy.decide.frames import Frame, rows
from coverage_census.policy.decide.verdicts import Outcome, ways
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.record_algebra import OneRecord

if TYPE_CHECKING:
    import narwhals as nw

Group = Literal["county", "township", "kind", "industry", "zone", "above_scale"]

CLASSES: tuple[Gap, ...] = tuple(gap for gap in Gap if gap is not Gap.UNCONFIRMED)
"""The classes that are counted: what is unconfirmed is no gap, and counted apart (`to_confirm`)."""

Record = tuple[Facts, Mapping[str, Outcome]]
"""The completed facts of one organisation, and how each rule ended."""

_KEYS: dict[str, tuple[str, ...]] = {"township": ("county", "township")}


def by(frame: Frame, group: Group | None, policy: Policy) -> list[AreaCoverage]:
    """Coverage of each group, 未注明 (group None) last; without a group, of all organisations together.

    `frame` comes from `decide.ends` or `columns` under the same policy, with the rule `formation` at least. Groups of
    flags are the words `true` and `false`, those of kinds the words of `Kind`; a township's name is preceded by its
    county where two counties have it.
    """
    import narwhals as nw

    keys = () if group is None else _KEYS.get(group, (group,))
    flags = _flags(policy, set(frame.columns))
    marks = frame.select(*keys, *(nw.when(flag).then(nw.lit(1)).alias(name) for name, flag in flags.items()))
    counted = [nw.col(name).count() for name in flags]
    found = rows(marks.group_by(*keys).agg(*counted) if keys else marks.select(*counted))
    return _lines([(row, {name: int(row[name] or 0) for name in flags}) for row in found], group)


def of_records(decided: Iterable[Record], group: Group | None, policy: Policy) -> list[AreaCoverage]:
    """The same of a few organisations that were decided one by one (`records`)."""
    keys = () if group is None else _KEYS.get(group, (group,))
    alike: Counter[tuple[Any, ...]] = Counter()  # many organisations end alike, and share their ends
    gone: Counter[tuple[Any, ...]] = Counter()
    known: dict[int, Mapping[str, Outcome]] = {}
    for facts, ends in decided:
        key = tuple(facts.get(key) for key in keys)
        if facts["gone"]:
            gone[key] += 1
            continue
        known[id(ends)] = ends
        alike[id(ends), facts.get("has_org"), *key] += 1
    counts = {key: Counter({"gone": number}) for key, number in gone.items()}
    for (which, has_org, *values), number in alike.items():
        counts.setdefault(tuple(values), Counter()).update(dict.fromkeys(_marks(has_org, known[which]), number))
    found = [(dict(zip(keys, key, strict=True)), each) for key, each in counts.items()]
    return _lines(found if keys or found else [({}, {})], group)


def _marks(has_org: bool | None, ends: Mapping[str, Outcome]) -> set[str]:
    gaps = {end.gap.value for end in ends.values() if end.verdict is Verdict.GAP and end.gap is not None}
    covered = "unknown" if has_org is None else "covered" if has_org else "not_covered"
    marks = {"organisations", covered, *gaps}
    if ends["formation"].verdict is Verdict.UNKNOWN:
        marks.add("to_confirm")
    return marks


def _lines(found: Sequence[tuple[Facts, Mapping[str, int]]], group: Group | None) -> list[AreaCoverage]:
    keys = () if group is None else _KEYS.get(group, (group,))
    counts: dict[str | None, Counter[str]] = {}
    labels = _labels(keys, [key for key, _ in found])
    for label, (_, numbers) in zip(labels, found, strict=True):  # several rows may have no township
        counts.setdefault(label, Counter()).update(numbers)
    lines = [_line(label, each) for label, each in counts.items()]
    return sorted(lines, key=lambda line: _place(group, line.group))


def total(lines: Sequence[AreaCoverage]) -> AreaCoverage:
    """All groups of one grouping together: every organisation is in exactly one of them."""
    gaps = {gap: sum(line.gaps.get(gap, 0) for line in lines) for gap in CLASSES}
    everyone, covered = sum(line.organisations for line in lines), sum(line.covered for line in lines)
    return AreaCoverage(
        group=None,
        organisations=everyone,
        covered=covered,
        not_covered=sum(line.not_covered for line in lines),
        unknown=sum(line.unknown for line in lines),
        rate=covered / everyone if everyone else None,
        gaps=gaps,
        to_confirm=sum(line.to_confirm for line in lines),
        gone=sum(line.gone for line in lines),
    )


def with_gap(frame: Frame, policy: Policy) -> tuple[int, int]:
    """How many organisations have any gap, and how many of these are to be confirmed too; `frame` as for `by`."""
    import narwhals as nw

    every, classes = _flags(policy, set(frame.columns)), {gap.value for gap in CLASSES}
    gap = reduce(or_, [flag for name, flag in every.items() if name in classes])
    marks = {"any": gap, "both": gap & every["to_confirm"]}
    marked = frame.select(*(nw.when(flag).then(nw.lit(1)).alias(name) for name, flag in marks.items()))
    (found,) = rows(marked.select(*(nw.col(name).count() for name in marks)))
    return int(found["any"]), int(found["both"])


def fields(group: Group | None) -> tuple[str, ...]:
    """The columns of the table that `by` needs beside what the policy asks for: for `decide.ends(carry=…)`."""
    return ("has_org", "operating_status", *(() if group is None else _KEYS.get(group, (group,))))


def gap_classes(policy: Policy) -> dict[Gap, tuple[str, ...]]:
    """Which rules of the policy can find which gap, the most severe class first."""
    found: dict[Gap, dict[str, None]] = {}
    for rule, said in policy.rules.items():
        for case in said.cases:
            for each in case.gaps:
                found.setdefault(each.gap, {})[rule] = None
    return {gap: tuple(found[gap]) for gap in Gap if gap in found}


def gap_flag(policy: Policy, gap: Gap, there: set[str]) -> "nw.Expr | None":
    """Whether an organisation has a gap of the class; None where no rule of the policy finds it."""
    return _flags(policy, there).get(gap.value)


def _flags(policy: Policy, there: set[str]) -> "dict[str, nw.Expr]":
    """What is counted: one null-free flag a count; rules that were not worked out leave no gaps.

    Who is gone has none, because every rule leaves him out.
    """
    import narwhals as nw

    has_org, living = nw.col("has_org"), ~nw.col("gone")
    flags = {
        "organisations": living,
        "gone": nw.col("gone"),
        "covered": living & has_org.fill_null(False),
        "not_covered": living & (~has_org).fill_null(False),
        "unknown": living & has_org.is_null(),
        "to_confirm": _ended(policy, "formation", Verdict.UNKNOWN),
    }
    for gap, rules in gap_classes(policy).items():
        hits = [_ended(policy, rule, gap=gap) for rule in rules if f"end_{rule}" in there]
        flags |= {gap.value: reduce(or_, hits)} if hits else {}
    return flags


def _ended(policy: Policy, rule: str, verdict: Verdict = Verdict.GAP, gap: Gap | None = None) -> "nw.Expr":
    import narwhals as nw

    ways_to_end = ways(policy, rule, OneRecord({}))
    numbers = [n for n, (_, end) in enumerate(ways_to_end) if end.verdict is verdict and gap in (None, end.gap)]
    return reduce(or_, (nw.col(f"end_{rule}") == number for number in numbers))


def _labels(keys: tuple[str, ...], found: Sequence[Facts]) -> list[str | None]:
    if keys != _KEYS["township"]:
        return [_word(row[keys[0]]) if keys else None for row in found]
    often = Counter(row["township"] for row in found)
    return [_township(row["county"], row["township"], alone=often[row["township"]] == 1) for row in found]


def _township(county: str | None, township: str | None, alone: bool) -> str | None:
    return (township or None) if alone or not township else f"{county or ''}{township}"


def _word(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if value not in (None, "") else None


def _line(label: str | None, counts: Counter[str]) -> AreaCoverage:
    everyone = counts["organisations"]
    gaps = {gap: counts[gap.value] for gap in CLASSES}
    return AreaCoverage(
        group=label,
        organisations=everyone,
        covered=counts["covered"],
        not_covered=counts["not_covered"],
        unknown=counts["unknown"],
        rate=counts["covered"] / everyone if everyone else None,
        gaps=gaps,
        to_confirm=counts["to_confirm"],
        gone=counts["gone"],
    )


def _place(group: Group | None, label: str | None) -> tuple[object, ...]:
    """未注明 last; kinds in their order, true before false, names in pinyin order (as GB 2312 has them)."""
    if label is None:
        return (1,)
    if group == "kind":
        return (0, list(Kind).index(Kind(label)))
    if group == "above_scale":
        return (0, label != "true")
    return (0, label.encode("gb18030"))
