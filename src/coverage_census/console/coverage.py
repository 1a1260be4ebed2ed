"""Coverage tables, gap lists and explanations in; terminal tables, JSON or CSV out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.console import out
from coverage_census.model import AreaCoverage, Decision, Gap, Verdict, about
from coverage_census.results import Explanation, GapList, GapTable
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent

_FEW = {
    Gap.IRREGULAR_JOINT,
    Gap.INACTIVE,
    Gap.LARGE_UNBUILT,
    Gap.DEVELOP_MEMBERS,
}  # their columns go where none has any


def table(found: GapTable, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Coverage by area with the gap classes as columns and a total."""
    if as_json:
        return out.as_json([*found.rows])
    classes = [gap for gap in Gap if gap is not Gap.UNCONFIRMED and (found.total.gaps.get(gap) or gap not in _FEW)]
    header = [
        words(f"console.by.{found.by}"),
        *(words(f"console.head.{head}") for head in ("organisations", "covered", "rate")),
    ]
    header += [words(f"term.gap.{gap}") for gap in classes] + [words("console.head.to_confirm")]
    rows = [_row(row, classes, words, found.by) for row in found.rows]
    rows.append([words("console.total"), *_row(found.total, classes, words, found.by)[1:]])
    if as_csv:
        return out.as_csv(header, rows)
    out.table(header, rows, right=range(1, len(header)), total=True)
    out.line(
        words(
            "console.footer",
            day=found.round.as_of,
            round=found.round.name or found.round.number,
            policy=found.stamp.name,
            version=found.stamp.version,
        )
    )
    return None


def _row(row: AreaCoverage, classes: Sequence[Gap], words: Words, by: str) -> list[Any]:
    figures = [row.organisations, row.covered, percent(row.covered, row.organisations)]
    return [group_label(row.group, by, words), *figures, *(row.gaps.get(gap, 0) for gap in classes), row.to_confirm]


def group_label(group: str | None, by: str, words: Words) -> str:
    """The name of a group as people read it: 未注明 where none was stated."""
    if group is None:
        return words("console.not_stated")
    if by == "kind":
        return words(f"term.kind.{group}")
    if by == "scale":
        return words(f"console.scale.{group}")
    return group


def decisions(found: GapList, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Every decision for programs; for people the gaps, the most severe first."""
    if as_json:
        return out.as_json(found.decisions)
    shown = found.decisions
    if as_csv:
        rows = [[str(cell) if isinstance(cell, dict) else cell for cell in out.plain(each).values()] for each in shown]
        return out.as_csv(list(Decision.model_fields), rows)
    order = {gap: index for index, gap in enumerate(Gap)}
    gaps = sorted((each for each in shown if each.gap is not None), key=lambda each: order[each.gap or Gap.UNCONFIRMED])
    rows = [
        (
            each.township or "",
            each.name,
            words(f"term.gap.{each.gap}"),
            words(f"term.advice.{each.advice}"),
            each.reason,
        )
        for each in gaps
    ]
    out.table(
        [words(f"console.head.{head}") for head in ("township", "name", "gap", "advice", "reason")], rows, wrap=(1, 4)
    )
    out.line(words("console.gap_count", count=len(gaps)))
    return None


def explanation(found: Explanation, words: Words, *, as_json: bool) -> None:
    """One organisation: conclusion, article, facts with their cells, policy."""
    if as_json:
        return out.as_json(found.decisions)
    each = found.organisation
    place = " ".join(part for part in (each.county, each.township, each.village) if part)
    out.line(each.name + (f"  {each.uscc}" if each.uscc else ""))
    out.line(place)
    formation = found.decisions[0]
    out.line(words("console.advice", advice=words(f"term.advice.{formation.advice}")))
    for decision in found.decisions:
        if decision.verdict is not Verdict.EXEMPT:
            _card(decision, found, words)
    out.line(
        words(
            "console.footer",
            day=found.round.as_of,
            round=found.round.name or found.round.number,
            policy=found.stamp.name,
            version=found.stamp.version,
        )
    )
    return None


def _card(decision: Decision, found: Explanation, words: Words) -> None:
    label = words(f"term.verdict.{decision.verdict}")
    if decision.gap is not None:
        label += (
            "：" + words(f"term.gap.{decision.gap}") if words.lang == "zh" else ": " + words(f"term.gap.{decision.gap}")
        )
    out.line()
    out.line(f"[{label}] {decision.reason}")
    cited = decision.citation
    out.line(words("console.cited", document=cited.document, article=cited.article, text=cited.text))
    for field, value in decision.facts.items():
        place = found.places.get(field, "")
        out.line(f"    {fact_label(field, words)}：{fact_value(value, words)}" + (f"  ← {place}" if place else ""))


def fact_label(field: str, words: Words) -> str:
    """What a fact is called: the field's label, or the catalogue's for a derived one."""
    note = about().get(field)
    if note is not None:
        return note.zh if words.lang == "zh" else note.en
    key = f"policy.fact.{field}"
    return words(key) if words.has(key) else field


def fact_value(value: Any, words: Words) -> str:
    """A fact as people read it."""
    if value is None:
        return words("console.unknown")
    if isinstance(value, bool):
        return words("console.yes" if value else "console.no")
    return str(value)
