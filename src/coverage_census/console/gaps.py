"""Coverage tables and gap lists in; terminal tables, JSON or CSV out."""

from collections.abc import Iterable, Sequence
from typing import Any

from coverage_census.console import out
from coverage_census.model.decision import AreaCoverage, Decision, Gap, Verdict
from coverage_census.results import GapList, GapTable
from coverage_census.words.catalogue import Words
from coverage_census.words.irregular import irregular
from coverage_census.words.periods import called
from coverage_census.words.rates import coverage_rate


def table(found: GapTable, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Coverage by area with the gap classes as columns and a total."""
    stamp = out.plain(found.stamp)
    if as_json:
        return out.as_json([{**out.plain(line), "as_of": found.round.as_of, "policy": stamp} for line in found.rows])
    classes = [gap for gap in Gap if gap is not Gap.UNCONFIRMED]
    if as_csv:
        header, rows = _cells(found, classes, [], words, "term.gap")
        header.append(words("gone.head"))
        rows = [[*row, line.gone] for row, line in zip(rows, (*found.rows, found.total), strict=True)]
        heads = ("as_of", "policy", "policy_version", "policy_as_of")
        behind = [found.round.as_of, *stamp.values()]
        return out.as_csv(
            [*header, *(words(f"console.head.{head}") for head in heads)], [[*row, *behind] for row in rows]
        )
    shown = [gap for gap in classes if found.total.gaps.get(gap)]
    rest: list[Gap] = []
    header, rows = _cells(found, shown, rest, words, "console.short")
    while shown and out.table_width(header, rows) > out.columns():  # the least severe share a column
        rest.append(shown.pop())
        header, rows = _cells(found, shown, rest, words, "console.short")
    out.table(header, rows, right=range(1, len(header)), total=True)
    if rest:
        names = words("console.separator").join(words(f"term.gap.{gap}") for gap in reversed(rest))
        out.line(words("console.rest", names=names))
    if found.irregular_branches:
        units = found.total.gaps.get(Gap.IRREGULAR_JOINT, 0)
        out.line(irregular(units, found.irregular_branches, words))
    if found.total.gone:
        out.line(words("gone.line", count=found.total.gone))
    _footer(found, words)
    return None


def _cells(
    found: GapTable, shown: Sequence[Gap], rest: Sequence[Gap], words: Words, labels: str
) -> tuple[list[str], list[list[Any]]]:
    """Header and body: one column a class of `shown`, one together for those of `rest`."""
    header = [words(f"console.by.{found.by}")]
    header += [words(f"console.head.{head}") for head in ("organisations", "covered", "rate")]
    header += [words(f"{labels}.{gap}") for gap in shown]
    header += [words("console.head.rest")] if rest else []
    lines = [*found.rows, found.total]
    rows = [_row(line, shown, rest, words) for line in lines]
    names = [group_label(line.group, found.by, words) for line in found.rows] + [words("console.total")]
    body = [[name, *row, line.to_confirm] for name, row, line in zip(names, rows, lines, strict=True)]
    return [*header, words("console.head.to_confirm")], body


def _row(line: AreaCoverage, shown: Sequence[Gap], rest: Sequence[Gap], words: Words) -> list[object]:
    figures: list[Any] = [line.organisations, line.covered, coverage_rate(line, words)]
    figures += [line.gaps.get(gap, 0) for gap in shown]
    return [*figures, sum(line.gaps.get(gap, 0) for gap in rest)] if rest else figures


def _footer(found: GapTable | GapList, words: Words) -> None:
    round_ = called(found.round, words)
    stamp = found.stamp
    out.line(words("console.footer", day=found.round.as_of, round=round_, policy=stamp.name, version=stamp.version))


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
    if as_csv:
        return as_table(found.decisions)
    severity = {gap: index for index, gap in enumerate(Gap)}
    listed = [each for each in found.decisions if _listed(each)]
    listed.sort(key=lambda each: severity[each.gap or Gap.UNCONFIRMED])
    header = [words(f"console.head.{head}") for head in ("township", "name", "gap", "advice", "reason")]
    out.table(header, [_line(each, words) for each in listed], wrap=(1, 4))
    out.line(words("console.gap_count", count=len(listed)))
    left_open = sum(each.verdict is Verdict.UNKNOWN and not _listed(each) for each in found.decisions)
    if left_open:
        out.line(words("console.open_count", count=left_open))
    _footer(found, words)
    return None


def as_table(decisions: Iterable[Decision]) -> None:
    """CSV, one line a decision."""
    rows = [[_cell(cell) for cell in _plain(each)] for each in decisions]
    out.as_csv(list(Decision.model_fields), rows)


def _plain(each: Decision) -> list[Any]:
    return list(out.plain(each).values())


def _cell(value: object) -> object:
    """Ways of forming by their titles, other nested values as JSON has them."""
    if isinstance(value, list):
        return "、".join(str(each["title"]) for each in value)
    return out.cell(value)


def _line(each: Decision, words: Words) -> list[str]:
    gap = words(f"term.gap.{each.gap or Gap.UNCONFIRMED}")
    return [each.township or "", each.name, gap, words(f"term.advice.{each.advice}"), each.reason]


def _listed(each: Decision) -> bool:
    """A gap, or a formation that cannot be told; what else the sheets leave open is only counted."""
    return each.verdict is Verdict.GAP or (each.verdict is Verdict.UNKNOWN and each.rule == "formation")
