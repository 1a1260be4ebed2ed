"""A period (期) in; what people call it out: 2026年第三季度, Q3 2026."""

from coverage_census.model.periods import Period, Unit
from coverage_census.words.catalogue import Words


def period_label(period: Period, words: Words) -> str:
    """The period as it stands in reports; never the number of a ledger entry."""
    return words(f"period.{period.unit.replace('-', '_')}", year=period.year, number=_number(period, words))


def _number(period: Period, words: Words) -> str | int:
    if period.unit is Unit.QUARTER:
        return words(f"period.number.{period.number}")
    return words(f"period.half.{period.number}") if period.unit is Unit.HALF_YEAR else period.number
