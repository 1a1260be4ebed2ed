"""Indicators in; a table whose every rate shows its numerator, denominator and what is counted out."""

from collections.abc import Sequence

from coverage_census.console import out
from coverage_census.model import Indicator
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent


def show(found: Sequence[Indicator], words: Words, *, as_json: bool, as_csv: bool) -> None:
    """As a table with the definitions under it, as JSON or as CSV."""
    if as_json:
        return out.as_json(found)
    if as_csv:
        return out.as_csv(list(Indicator.model_fields), [list(out.plain(each).values()) for each in found])
    heads = ("indicator", "numerator", "denominator", "rate", "denominator_label", "unknown")
    rows = [
        (
            f"{each.label}",
            each.numerator,
            each.denominator,
            percent(each.numerator, each.denominator),
            each.denominator_label,
            each.unknown or "",
        )
        for each in found
    ]
    out.table([words(f"console.head.{head}") for head in heads], rows, right=(1, 2, 3, 5), wrap=(4,))
    if found:
        out.line(words("console.as_of", day=found[0].as_of))
    by_total = [each for each in found if each.by_total_basis]
    if by_total:
        out.line(words("console.by_total", count=max(each.by_total_basis for each in by_total)))
    return None
