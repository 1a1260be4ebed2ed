"""The indicators of a baseline and those of now in; how far each has come on its way to the target out.

Where it should be is read from a straight line: from the rate of the baseline on the campaign's first day to the target
on its last. Whoever is not known may stand on either side of the line, and may be below it or not: only where that
changes nothing is a rate called on time, behind or reached.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from coverage_census.model.campaign import CampaignLine, CampaignPace
from coverage_census.model.decision import Indicator

WITHOUT_TARGET = ("org_coverage", "work_coverage")
"""两个覆盖: what a campaign without a target is told by."""


def codes(targets: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Which indicators a campaign is about."""
    return tuple(targets) or WITHOUT_TARGET


def passed(start: str, end: str, day: str) -> Fraction:
    """How much of the time from `start` to `end` (ISO days) has gone by on `day`: from 0 to 1."""
    first, last, now = (date.fromisoformat(each).toordinal() for each in (start, end, day))
    if now >= last:
        return Fraction(1)
    return Fraction(now - first, last - first) if now > first else Fraction(0)


def days(today: str, end: str) -> int:
    """From one ISO day to another."""
    return date.fromisoformat(end).toordinal() - date.fromisoformat(today).toordinal()


def lines(
    before: Sequence[Indicator], now: Sequence[Indicator], targets: Mapping[str, Decimal], gone_by: Fraction
) -> tuple[CampaignLine, ...]:
    """One line for each indicator that is in both; `gone_by`: the share of the campaign's time on the day of `now`."""
    then = {each.code: each for each in before}
    both = {each.code: (then[each.code], each) for each in now if each.code in then}
    return tuple(_line(*both[code], targets.get(code), gone_by) for code in codes(targets) if code in both)


def _line(before: Indicator, now: Indicator, target: Decimal | None, gone_by: Fraction) -> CampaignLine:
    line = CampaignLine(
        code=now.code,
        label=now.label,
        numerator_before=before.numerator,
        denominator_before=before.denominator,
        known_before=before.known,
        unknown_before=before.unknown,
        numerator=now.numerator,
        denominator=now.denominator,
        denominator_label=now.denominator_label,
        known=now.known,
        unknown=now.unknown,
    )
    if target is None:
        return line
    aim, needed = Fraction(target) / 100, ceil(Fraction(target) / 100 * now.denominator)
    due = _due(before, aim, gone_by)
    return line.model_copy(
        update={
            "target_percent": float(target),
            "needed": needed,
            "missing": max(0, needed - now.numerator),
            "expected_percent": None if due is None else round(float(100 * due), 2),
            "expected": None if due is None else ceil(due * now.denominator),
            "pace": _pace(now, aim, due, gone_by),
        }
    )


def _due(before: Indicator, aim: Fraction, gone_by: Fraction) -> Fraction | None:
    """The rate that the straight line has reached; None where too little is known of the baseline."""
    if not before.denominator or before.known < before.unknown:
        return None
    start = min(Fraction(before.numerator, before.denominator), aim)  # what was above the target has to stay there
    return start + (aim - start) * gone_by


def _pace(now: Indicator, aim: Fraction, due: Fraction | None, gone_by: Fraction) -> CampaignPace | None:
    low, high = _bounds(now)
    if low is not None and low >= aim:
        return CampaignPace.REACHED
    if not gone_by:
        return None
    if low is None or high is None:
        return CampaignPace.UNKNOWN
    over = gone_by == 1
    line = aim if over else due
    if line is not None and high < line:
        return CampaignPace.MISSED if over else CampaignPace.BEHIND
    return CampaignPace.ON_TIME if line is not None and low >= line and not over else CampaignPace.UNKNOWN


def _bounds(now: Indicator) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and the highest that the rate may be, whatever is found out of those that are not known."""
    untold = now.denominator - now.known  # surely below the line
    doubtful = now.unknown - untold  # below the line or not
    most = now.denominator + doubtful
    if not most:
        return None, None
    best = now.numerator + now.unknown
    return Fraction(now.numerator, most), Fraction(best, most)
