"""A period (期) in; what people call it out: 2026年第三季度, Q3 2026."""

from coverage_census.model import periods
from coverage_census.model.periods import Period, PeriodLength
from coverage_census.model.rounds import Round
from coverage_census.words.catalogue import Words


def period_label(period: Period, words: Words) -> str:
    """The period as it stands in reports; never the number of a ledger entry."""
    return words(f"period.{period.unit.replace('-', '_')}", year=period.year, number=_number(period, words))


def _number(period: Period, words: Words) -> str | int:
    if period.unit is PeriodLength.QUARTER:
        return words(f"period.number.{period.number}")
    return words(f"period.half.{period.number}") if period.unit is PeriodLength.HALF_YEAR else period.number


def called(each: Round, words: Words) -> str:
    """期: what people call the period of a round: its own name (第一次摸底), else 2026年第三季度."""
    return label_of(spoken(each), words)


def label_before(before: Round, after: Round, words: Words) -> str:
    """The same of what `after` is compared with; an earlier day of the same period is told by its day."""
    label = called(before, words)
    return words("period.at", period=label, day=before.as_of) if label == called(after, words) else label


def spoken(each: Round) -> str:
    """A period for files and machines: the name it was given, else its key."""
    return spoken_as(each.name, each.period, each.number)


def spoken_as(name: str | None, period: str | None, number: int) -> str:
    """The same of what a round tells of itself."""
    if name and (periods.read(name) is None or period is None):
        return name
    return period or str(number)


def label_of(said: str | int, words: Words) -> str:
    """2026Q3 is 2026年第三季度; a name stays what it is."""
    period = periods.read(said) if isinstance(said, str) else None
    return period_label(period, words) if period else str(said)
