"""期 (periods): the months, quarters, half-years and years that an office reports by, read from what people write."""

import re
from dataclasses import dataclass
from enum import StrEnum

from coverage_census.model import days


class PeriodLength(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {PeriodLength.MONTH: 1, PeriodLength.QUARTER: 3, PeriodLength.HALF_YEAR: 6, PeriodLength.YEAR: 12}[self]


@dataclass(frozen=True, order=True)
class Period:
    """期: one month (`number` 1-12), quarter (1-4), half-year (1-2) or year (1)."""

    year: int
    number: int
    unit: PeriodLength

    @property
    def key(self) -> str:
        """As it is written in files and on the command line: 2026-03, 2026Q1, 2026H1, 2026."""
        if self.unit is PeriodLength.MONTH:
            return f"{self.year}-{self.number:02}"
        letter = {PeriodLength.QUARTER: "Q", PeriodLength.HALF_YEAR: "H", PeriodLength.YEAR: ""}[self.unit]
        return f"{self.year}{letter}{self.number if letter else ''}"

    @property
    def first(self) -> str:
        """Its first day, ISO."""
        return f"{self.year}-{(self.number - 1) * self.unit.months + 1:02}-01"

    @property
    def last(self) -> str:
        """Its last day, ISO: the cut-off day (截止日) of whoever reports for it."""
        return days.last_of(f"{self.year}-{self.number * self.unit.months:02}")

    def holds(self, day: str) -> bool:
        """Whether a day (of any precision) lies in it."""
        return self.first <= days.last_of(day) <= self.last

    def before(self) -> "Period":
        """The period before it, of the same length."""
        if self.number > 1:
            return Period(self.year, self.number - 1, self.unit)
        return Period(self.year - 1, 12 // self.unit.months, self.unit)


def of(day: str, unit: PeriodLength) -> Period:
    """The period of that length in which a day (of any precision) lies."""
    full = days.last_of(day)
    return Period(int(full[:4]), (int(full[5:7]) - 1) // unit.months + 1, unit)


def month(day: str) -> Period:
    """The month of a day: in a ledger a state closes a month, however long a period is that people report in."""
    return of(day, PeriodLength.MONTH)


def last_begun(text: str, today: str) -> "Period | None":
    """The period that a text is; of one without a year (三季度) the last that has begun by `today` (ISO)."""
    years = (int(today[:4]) - back for back in (0, 1))
    begun = (found for year in years if (found := read(text, year)) is not None and found.first <= today)
    return read(text) or next(begun, None)


# Of nothing but words of days, and opened by a year: 2026年第五季度, 2026-13, 2026年6月31日; 2026年摸底 is a name.
_MEANT = re.compile(r"^(?:(?:19|20)\d\d|\d\d年)[\d年度月份日号季第上中下半前后末底初个旬腊正冬春夏秋QqHhOoXx?.\-/_]*$")


def misread(text: str) -> bool:
    """Whether a text is meant as a period and is none (2026年第五季度): it must not become a name."""
    plain = days.in_digits(days.folded(text))
    # a quarter without a year may be meant of any: 第五季度 is none in all of them
    return read(plain, 2000) is None and bool(_MEANT.match(plain) or re.match(r"^第?\d季度?", plain))


_NUMERALS = {mark: number for number, mark in enumerate("一二三四", 1)} | {mark: int(mark) for mark in "1234"}
_Y = r"(?:(\d{4})年?度?|(?<!\d)(\d{2})年)?"
_QUARTER = re.compile(
    rf"^{_Y}第?([一二三四1-4])季(?:度|报)?(?:末|底)?$|^(\d{{4}})年?[-_./]?[Qq]([1-4])$|^[Qq]([1-4])[-/ ]?(\d{{4}})$"
)
_HALF = re.compile(rf"^{_Y}([上下前后]?)半年(?:度|报)?(?:末|底)?$|^(\d{{4}})年?[-_./]?[Hh]([12])$")
_QUARTERS = re.compile(rf"^{_Y}(?:第?1季?度?(?:-|—|–|~|至|到)第?([1-4])|前([1-4])个?)季度?(?:末|底)?$")
_MONTHS = re.compile(rf"^{_Y}(?:1月?(?:-|—|–|~|至|到)(\d{{1,2}})月(?:份)?(?:底|末)?|前(\d{{1,2}})个月)$")
_MONTH = re.compile(
    r"^(?:(\d{4})[.\-/年]|(?<!\d)(\d{2})年)?(\d{1,2})月(?:份)?(?:底|末|度)?$|^(\d{4})[.\-/年](\d{1,2})$"
)
_YEAR = re.compile(r"^(\d{4})(?:年|年度|年全年|全年|年底|年末|年年底)?$|^(?:全年|年底|年末|年终)$")


def read(text: str, year: int | None = None) -> Period | None:
    """The period that a text is: 2026年第三季度, 2026Q3, 2026年上半年, 2026年1-9月, 2026.3, 三季度末 with `year`.

    January to September (前三季度) is what is reported after the third quarter; 1-3月 likewise a quarter, 1-6月 a
    half-year. 2026年半年 is its first half.
    """
    text = days.in_digits(days.without_before(days.folded(text)))
    for reader in (_quarter, _half, _quarters, _months, _month, _year):
        found = reader(text, year)
        if found is not None:
            return found
    return None


def _made(year: str | int | None, fallback: int | None, number: int, unit: PeriodLength) -> Period | None:
    if year is not None:
        year = int(year if len(str(year)) == 4 else days.century(str(year)))
    year = year or fallback
    return Period(year, number, unit) if year and 1900 <= year <= 2100 and 1 <= number <= 12 // unit.months else None


def _quarter(text: str, year: int | None) -> Period | None:
    match = _QUARTER.match(text)
    if match is None:
        return None
    number = match[3] or match[5] or match[6]
    return _made(match[1] or match[2] or match[4] or match[7], year, _NUMERALS[number], PeriodLength.QUARTER)


def _half(text: str, year: int | None) -> Period | None:
    match = _HALF.match(text)
    if match is None:
        return None
    if not match[3] and not match[5] and not (match[1] or match[2]):  # 半年 by itself is how long something takes
        return None
    number = int(match[5]) if match[5] else int(match[3] in ("下", "后")) + 1
    return _made(match[1] or match[2] or match[4], year, number, PeriodLength.HALF_YEAR)


def _months(text: str, year: int | None) -> Period | None:
    match = _MONTHS.match(text)
    if match is None:
        return None
    return _since_january(match, year, int(match[3] or match[4]))


def _quarters(text: str, year: int | None) -> Period | None:
    match = _QUARTERS.match(text)
    return _since_january(match, year, 3 * int(match[3] or match[4])) if match else None


def _since_january(match: re.Match[str], year: int | None, last: int) -> Period | None:
    unit = {3: PeriodLength.QUARTER, 6: PeriodLength.HALF_YEAR, 9: PeriodLength.QUARTER, 12: PeriodLength.YEAR}.get(
        last, PeriodLength.MONTH
    )
    return _made(match[1] or match[2], year, last // unit.months, unit)


def _month(text: str, year: int | None) -> Period | None:
    match = _MONTH.match(text)
    if match is None:
        return None
    return _made(match[1] or match[2] or match[4], year, int(match[3] or match[5]), PeriodLength.MONTH)


def _year(text: str, year: int | None) -> Period | None:
    match = _YEAR.match(text)
    return _made(match[1], year, 1, PeriodLength.YEAR) if match else None
