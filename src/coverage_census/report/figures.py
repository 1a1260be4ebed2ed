"""Counts and dates in; the figures as people read them out: one decimal half-up, unknown and undefined as a dash."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from coverage_census.words.catalogue import Lang, Words
from coverage_census.words.numbers import DASH, rounded_percent

# C0, C1 and DEL, marks that turn the direction of writing, invisible joiners and halves of surrogate pairs: a name
# that holds them looks like another name, or cannot be written as UTF-8 at all.
_BREAKS = re.compile("[\t\n\v\f\r\u0085\u2028\u2029]+")
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(frozen=True)
class Share:
    """A part of a whole that can print itself: `Share(224, 384).text` is `58.3%`."""

    part: int
    whole: int
    lacking: str = ""  # 资料不足: why no rate is printed, where less than half is known

    @property
    def exact(self) -> Fraction | None:
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> Decimal | None:
        """Half-up with one decimal, as official tables do; None where nothing is counted or too little is known."""
        return None if self.lacking else rounded_percent(self.part, self.whole)

    @property
    def text(self) -> str:
        return self.lacking or (DASH if self.percent is None else f"{self.percent}%")

    @property
    def width(self) -> str:
        """The same as a CSS length that never leaves its box."""
        return f"{min(max(self.percent or Decimal(0), Decimal(0)), Decimal(100))}%"


def plain(text: str) -> str:
    """Text without anything that hides, reorders or breaks what is read."""
    if text.isprintable():  # all that is taken out is not; most texts pass here
        return text
    return _HIDDEN.sub("", _BREAKS.sub(" ", text))


def number(value: int, lang: Lang) -> str:
    """A count; English readers expect thousands apart, Chinese official text writes them together."""
    return f"{value:,}" if lang == "en" else str(value)


def day(value: str, words: Words) -> str:
    """An ISO date of any precision as people write it: 2026-09-30 → 2026年9月30日."""
    parts = [int(part) for part in value.split("-")[:3]]
    month = words(f"report.month.m{parts[1]}") if len(parts) > 1 else ""
    given = dict(zip(("year", "month", "day"), (parts[0], month, *parts[2:]), strict=False))
    return words(f"report.date.{('year', 'month', 'day')[len(parts) - 1]}", **given)


def minute(value: datetime, words: Words) -> str:
    """A moment to the minute: 2026年10月9日 08:30."""
    return words("report.date.minute", day=day(value.date().isoformat(), words), time=f"{value:%H:%M}")


def fact(name: str, value: str | int | float | bool | None, words: Words) -> str:
    """One fact of a decision as people read it; unknown is said, never shown as zero or as a blank."""
    if value is None:
        return words("report.unknown")
    if isinstance(value, bool):
        return words("report.yes" if value else "report.no")
    if isinstance(value, int):
        return number(value, words.lang)
    if isinstance(value, float):
        return f"{value:,.10g}" if words.lang == "en" else f"{value:.10g}"
    key = f"term.{name}.{value}"
    return words(key) if words.has(key) else value
