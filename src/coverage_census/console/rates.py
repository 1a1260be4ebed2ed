"""Indicators in; a table whose every rate shows its numerator, denominator and what is counted out."""

from coverage_census.console import out
from coverage_census.model import Indicator
from coverage_census.results import Figures
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent


def show(found: Figures, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """As a table with what it rests on under it, as JSON or as CSV."""
    stamp = found.stamp
    if as_json:
        return out.as_json([{**out.plain(each), "policy": out.plain(stamp)} for each in found.rows])
    if as_csv:
        names = [*Indicator.model_fields, "policy", "policy_version", "policy_as_of"]
        behind = [stamp.name, stamp.version, stamp.as_of]
        return out.as_csv(names, [[*out.plain(each).values(), *behind] for each in found.rows])
    heads = ("indicator", "numerator", "denominator", "rate", "denominator_label", "unknown")
    rows = [
        (each.label, each.numerator, each.denominator, rate(each), each.denominator_label, each.unknown or "")
        for each in found.rows
    ]
    out.table([words(f"console.head.{head}") for head in heads], rows, right=(1, 2, 3, 5), wrap=(4,))
    by_total = max((each.by_total_basis for each in found.rows), default=0)
    if by_total:
        out.line(words("console.by_total", count=by_total))
    round_ = found.round.name or found.round.number
    out.line(words("console.footer", day=found.round.as_of, round=round_, policy=stamp.name, version=stamp.version))
    return None


def rate(each: Indicator) -> str:
    """The rate; a dash where nobody below the line is known to be above it or not."""
    return "—" if each.unknown >= each.denominator else percent(each.numerator, each.denominator)
