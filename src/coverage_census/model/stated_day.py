"""The day (截止日期) that a text speaks for in; that day as ISO text out: 2026年第一季度 is 2026-03-31."""

import re

from coverage_census.model import days, periods

_TEN_DAYS = re.compile(r"^(.*月)(?:份)?([上中下])旬$")
_MIDDLE = re.compile(r"^(\d{2}|\d{4})年{1,2}中(?:期)?$")
_VAGUE = re.compile(r"初$|[春夏秋冬]$|[.\-/年月]0{1,2}(?:$|[日号月.\-/])|^\d{6}00$")


def stated(text: str, year: int | None = None) -> str | None:
    """The day that a text speaks for: 2026年3月31日 itself, 2026年3月 its last day, 2026年第一季度 the quarter's last.

    `year` is used where the text names none (三季度末, 3月31日). An ISO day of full precision, or None.
    """
    text = days.in_digits(days.folded(text))
    if _VAGUE.search(days.without_before(text)):
        return None
    if (third := _TEN_DAYS.match(days.without_before(text))) and (month := stated(third[1], year)):
        return month if third[2] == "下" else f"{month[:8]}{ {'上': 10, '中': 20}[third[2]] }"
    if half := _MIDDLE.match(days.without_before(text)):
        text = f"{half[1]}年上半年"
    found = days.written(text) or (_without_year(text, year) if year else None)
    if found and len(found) == 10:
        return found
    period = periods.read(text, year)
    return period.last if period else found and days.last_of(found)


def _without_year(text: str, year: int) -> str | None:
    match = re.match(r"^(\d{1,2})[月.\-/](\d{1,2})[日号]?$", days.in_digits(days.without_before(text)))
    return days.iso(str(year), match[1], match[2]) if match else None
