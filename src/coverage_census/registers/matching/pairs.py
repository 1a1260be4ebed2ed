"""Keys of both sides in; pairs of one key, and which of them nothing tells apart or are alone on both sides, out."""

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from coverage_census.registers.matching.columns import SideColumns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_MOST = 250_000
"""Pairs of one key beyond which nobody could be told from anybody: 500 便民超市 in one county on either side."""


class PlacePairs(NamedTuple):
    """Places in ours and in theirs, side by side."""

    ours: "Numbers"
    theirs: "Numbers"

    def where(self, wanted: "Flags") -> "PlacePairs":
        """Some of them."""
        return PlacePairs(self.ours[wanted], self.theirs[wanted])


def of_one_key(ours: "Numbers", theirs: "Numbers") -> PlacePairs:
    """Every pair of equal keys; a key below 0 is none."""
    import numpy as np

    order, sorted_keys = _sorted(theirs)
    begin = np.searchsorted(sorted_keys, ours, "left")
    count = np.searchsorted(sorted_keys, ours, "right") - begin
    count[ours < 0] = 0
    alike = np.zeros(len(ours), dtype=np.int64)  # how many of ours have the key
    values, back, times = np.unique(ours, return_inverse=True, return_counts=True)
    alike[:] = times[back] if len(values) else 0
    count[alike * count > _MOST] = 0
    rows = np.repeat(np.arange(len(ours)), count)
    first = np.repeat(begin - np.concatenate(([0], np.cumsum(count)[:-1])) if len(count) else begin, count)
    return PlacePairs(rows, order[first + np.arange(len(rows))])


def _sorted(keys: "Numbers") -> tuple["Numbers", "Numbers"]:
    import numpy as np

    order = np.argsort(keys, kind="stable")
    return order, keys[order]


def fits(one: "Numbers", other: "Numbers") -> "Flags":
    """Equal, or one of them unknown."""
    found: Flags = (one == other) | (one < 0) | (other < 0)
    return found


def agree(pairs: PlacePairs, ours: SideColumns, theirs: SideColumns, columns: Collection[str]) -> "Flags":
    """Whether none of the columns contradicts."""
    import numpy as np

    found = np.ones(len(pairs.ours), dtype=bool)
    for name in columns:
        found &= fits(getattr(ours, name)[pairs.ours], getattr(theirs, name)[pairs.theirs])
    return found


def alone(pairs: PlacePairs) -> "Flags":
    """Whether neither has another partner in the pairs."""
    import numpy as np

    if not len(pairs.ours):
        return np.zeros(0, dtype=bool)
    found: Flags = (np.bincount(pairs.ours)[pairs.ours] == 1) & (np.bincount(pairs.theirs)[pairs.theirs] == 1)
    return found


def among(pairs: PlacePairs, some: Collection[tuple[int, int]]) -> "Flags":
    """Whether a pair is one of `some`."""
    import numpy as np

    width = int(pairs.theirs.max(initial=0)) + 1
    wanted = np.array([one * width + other for one, other in some if other < width], dtype=np.int64)
    return np.isin(pairs.ours * width + pairs.theirs, wanted)
