"""Two sides of names written row by row in; the columns that `match` wants, and its result by name, out."""

from collections.abc import Sequence
from typing import NamedTuple

from coverage_census.registers.matching.match import NOTHING_SAID, match
from coverage_census.registers.matching.sides import Names, NamesMatched, SaidPairs

COUNTY = "天等县"


class N(NamedTuple):
    """One name of a side."""

    name: str
    uscc: str | None = None
    code: str | None = None
    township: str | None = None
    county: str | None = COUNTY
    row: int | None = None
    sheet: str | None = None


def side(rows: Sequence[N]) -> Names:
    """The columns of some rows."""
    numbers = [at if each.row is None else each.row for at, each in enumerate(rows)]
    return Names(
        [each.name for each in rows],
        [each.uscc for each in rows],
        [each.code for each in rows],
        [each.county for each in rows],
        [each.township for each in rows],
        numbers,
        [each.sheet for each in rows] if any(each.sheet for each in rows) else (),
    )


def matched(ours: Sequence[N], theirs: Sequence[N], said: SaidPairs = NOTHING_SAID) -> NamesMatched:
    """What `match` makes of them."""
    return match(side(ours), side(theirs), said)


def links(ours: Sequence[N], theirs: Sequence[N], said: SaidPairs = NOTHING_SAID) -> list[tuple[str, str, str]]:
    """(name, name, step) of every link."""
    found = matched(ours, theirs, said)
    return [(ours[each.ours].name, theirs[each.theirs].name, str(each.step)) for each in found.links]


def doubts(ours: Sequence[N], theirs: Sequence[N], said: SaidPairs = NOTHING_SAID) -> list[tuple[str, str, str]]:
    """(name, name, why) of every open pair."""
    found = matched(ours, theirs, said)
    return [(ours[each.ours].name, theirs[each.theirs].name, str(each.why)) for each in found.doubts]
