"""The rounds of a ledger in; for what day (截止日期) and period each of its organisations was last reported, out.

A row says which round confirmed it and on which sheet; the manifest of that round says what day that sheet spoke for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from coverage_census.model import periods
from coverage_census.model.days import last_of
from coverage_census.model.reading import SheetReading
from coverage_census.model.rounds import Round
from coverage_census.words.periods import spoken


class ToldFor(NamedTuple):
    """The day (ISO) and the period: 2026Q3, or what people call it."""

    day: str | None
    period: str | None


NOTHING = ToldFor(None, None)


class Confirmed:
    """`of(round, file, sheet)`: for what a row was reported; a round of which nothing is known says nothing."""

    def __init__(self, rounds: Iterable[Round]) -> None:
        self._rounds = {each.number: each for each in rounds}
        self._files: dict[int, Mapping[str, list[SheetReading]]] = {}
        self._known: dict[tuple[int | None, str | None, str | None], ToldFor] = {}

    def of(self, number: int | None, file: str | None, sheet: str | None) -> ToldFor:
        key = (number, file, sheet)
        if key not in self._known:
            each = self._rounds.get(number) if number is not None else None
            self._known[key] = NOTHING if each is None else _told(each, self._day(each, file, sheet))
        return self._known[key]

    def _day(self, each: Round, file: str | None, sheet: str | None) -> str:
        of_file = self._entering(each).get(file or "", ())
        stated: Sequence[str] = [one.speaks_for for one in of_file if one.sheet == sheet and one.speaks_for]
        stated = stated or sorted(one.speaks_for for one in of_file if one.speaks_for)
        return stated[-1] if stated else last_of(each.day or each.as_of)

    def _entering(self, each: Round) -> Mapping[str, Sequence[SheetReading]]:
        """By file its sheets that were entered: a round may have come from twenty thousand of them."""
        if each.number not in self._files:
            found = self._files[each.number] = defaultdict(list)
            for reading in each.files:
                found[reading.file] += reading.entering
        return self._files[each.number]


def _told(each: Round, day: str) -> ToldFor:
    """A round may hold sheets of an earlier period too."""
    earlier = (key for key in each.also if (period := periods.read(key)) is not None and period.holds(day))
    return ToldFor(day, next(earlier, None) or spoken(each))
