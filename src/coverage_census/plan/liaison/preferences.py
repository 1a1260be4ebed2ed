"""Wishes of one side in; what they are worth when everybody else is sent, and who has ruled whom out, out.

A wish is a preference: it moves an officer nearer and excludes nobody. Only an officer who does not accept being sent
elsewhere (不服从调剂) is sent to nobody but those he chose.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from coverage_census.plan.liaison.costs import Sent
from coverage_census.plan.liaison.two_way import Ranks

_LAST = 3  # 第三志愿; whatever comes after it counts as much


class Preference(NamedTuple):
    """Of one organisation: officers (by number) and what it is worth that they were wished for, by either side; and
    the officers who have ruled it out. Alike ones are equal."""

    wished: tuple[tuple[int, int], ...] = ()
    ruled_out: frozenset[int] = frozenset()

    @property
    def most(self) -> int:
        """What its best wish is worth."""
        return max((points for _, points in self.wished), default=0)


NONE = Preference()


def worth(rank: int, wish: int) -> int:
    """Points of the first, second or third wish: all, two thirds, one third."""
    return wish * (_LAST + 1 - min(rank, _LAST)) // _LAST


def preferences(
    organisations: Iterable[int],
    of_organisations: Mapping[int, Ranks],
    of_officers: Mapping[int, Ranks],
    officers: Sequence[Sent],
    wish: int,
) -> dict[int, Preference]:
    """One an organisation."""
    wished: dict[int, dict[int, int]] = defaultdict(dict)
    chosen: dict[int, set[int]] = defaultdict(set)
    for organisation, ranks in of_organisations.items():
        for officer, rank in ranks.items():
            wished[organisation][officer] = worth(rank, wish)
    for officer, ranks in of_officers.items():
        for organisation, rank in ranks.items():
            mine = wished[organisation]
            mine[officer] = mine.get(officer, 0) + worth(rank, wish)
            chosen[organisation].add(officer)
    choosy = frozenset(number for number, each in enumerate(officers) if not each.officer.willing)
    return {
        each: Preference(tuple(sorted(wished.get(each, {}).items())), choosy - chosen.get(each, set()))
        for each in organisations
    }
