"""Units in the order in which they lie beside each other in; groups of limited size that add up to enough out."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

U = TypeVar("U")

# Units left over, boundaries of villages crossed, groups: fewer is better.
_Score = tuple[int, int, int]


def divide(
    units: Sequence[U],
    least: int,
    most: int,
    together: int,
    count: Callable[[U], int],
    village: Callable[[U], str | None],
) -> list[list[U]]:
    """Groups of neighbours, each of `least` to `most` units and at least `together` persons; the best division of this
    order, by the units it covers, then by the villages it keeps together, then with the fewest groups.

    Units that fit nowhere are left out; one is stepped over at a time.
    """
    best: list[tuple[_Score, int]] = [((0, 0, 0), 0)]  # for the first n units: score, size of the last group (0: none)
    for end in range(1, len(units) + 1):
        left, crossed, groups = best[end - 1][0]
        choices = [((left + 1, crossed, groups), 0)]
        for size in range(least, min(most, end) + 1):
            group = units[end - size : end]
            if sum(map(count, group)) >= together:
                left, crossed, groups = best[end - size][0]
                choices.append(((left, crossed + _crossings([village(each) for each in group]), groups + 1), size))
        best.append(min(choices))
    found, end = [], len(units)
    while end > 0:
        size = best[end][1]
        if size:
            found.append(list(units[end - size : end]))
        end -= size or 1
    return found[::-1]


def _crossings(villages: Sequence[str | None]) -> int:
    return sum(one != other for one, other in pairwise(villages))
