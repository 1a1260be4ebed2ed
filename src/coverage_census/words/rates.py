"""A rate's two numbers and of how many the answer is known in; the rate as every page, table and sentence prints it."""

from coverage_census.model.decision import AreaCoverage, Indicator
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent


def lacking(known: int, unknown: int, unit: str, words: Words) -> str:
    """资料不足, with both numbers, where less than half is known; else nothing: the rate may be printed."""
    if known >= unknown:
        return ""
    return words("term.lacking", known=known, unknown=unknown, unit=unit)


def indicator_lacking(each: Indicator, words: Words) -> str:
    """The same of an indicator: known are those below the line of whom it is known whether they are above it."""
    return lacking(each.known, each.unknown, words(f"report.unit.{each.counted}"), words)


def coverage_lacking(each: AreaCoverage, words: Words) -> str:
    """The same of an area's coverage, whose line is everybody."""
    return lacking(each.covered + each.not_covered, each.unknown, words("report.unit.organisations"), words)


def indicator_rate(each: Indicator, words: Words) -> str:
    """The rate of an indicator, or why none is printed."""
    return indicator_lacking(each, words) or percent(each.numerator, each.denominator)


def coverage_rate(each: AreaCoverage, words: Words) -> str:
    """The rate of coverage of an area, or why none is printed."""
    return coverage_lacking(each, words) or percent(each.covered, each.organisations)
