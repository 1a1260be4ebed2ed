"""The rates of all periods in; a table, JSON or CSV out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.console import out
from coverage_census.model.trend import TrendLine, TrendRate
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import DASH, percent
from coverage_census.words.periods import label_of, spoken_as

_CSV = ("period", "round", "name", "as_of", "organisations", "code", "label", "numerator", "denominator", "unknown",
        "rate", "policy", "policy_version", "policy_as_of", "gone")  # fmt: skip


def show(found: Sequence[TrendLine], words: Words, *, as_json: bool, as_csv: bool) -> None:
    """One line a period with n/N of each rate and how far it moved; the policy of each one's day."""
    if as_json:
        return out.as_json(found)
    if as_csv:
        return out.as_csv(_CSV, [_cells(each, rate) for each in found for rate in each.rates])
    heads = [words(f"console.head.{head}") for head in ("period", "as_of", "organisations")]
    labels = [rate.label for rate in found[0].rates] if found else []
    heads += [head for label in labels for head in (label, words("trend.moved"))]
    rows, before = [], None
    for each in found:
        rows.append(_row(each, before, words))
        before = each
    if any(each.gone for each in found):
        heads.append(words("gone.head"))
        rows = [[*row, each.gone] for row, each in zip(rows, found, strict=True)]
    versions = dict.fromkeys(f"{each.policy.name} {each.policy.version}" for each in found)
    out.table(heads, rows, right=range(2, len(heads)))
    out.paragraph(words("trend.policy", versions=words("console.separator").join(versions)))
    return None


def _row(each: TrendLine, before: TrendLine | None, words: Words) -> list[object]:
    label = label_of(spoken_as(each.name, each.period, each.round), words)
    cells: list[object] = [label, each.as_of, each.organisations]
    for place, rate in enumerate(each.rates):
        cells += [_said(rate), _moved(rate, before.rates[place] if before else None)]
    return cells


def _said(rate: TrendRate) -> str:
    """316/3222 9.8%."""
    return f"{rate.numerator}/{rate.denominator} {percent(rate.numerator, rate.denominator)}"


def _moved(rate: TrendRate, before: TrendRate | None) -> str:
    """In percentage points."""
    if before is None or rate.rate is None or before.rate is None:
        return DASH
    return f"{100 * (rate.rate - before.rate):+.1f}"


def _cells(each: TrendLine, rate: TrendRate) -> list[Any]:
    figures = (rate.code, rate.label, rate.numerator, rate.denominator, rate.unknown, rate.rate)
    stamp = (each.policy.name, each.policy.version, each.policy.as_of, each.gone)
    return [each.period, each.round, each.name, each.as_of, each.organisations, *figures, *stamp]
