"""Names of both sides in; whether two differ by a word (科技, 科贸) or by a slip of the pen (科技, 科枝) out.

A slip makes letters stand beside each other that do so nowhere else; a word stands in other names and in the list of
industries too. A village or street with another letter is another place, and a firm whose last word has another one
another firm.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from coverage_census.places import industry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OFTEN = 3  # names in which two letters stand side by side, so that they are a word
_SLIP = 20  # times as often as its slips a word is written: 人力资源, 人力源
_EDGE = "\n"
_LAST = 2  # letters of a name that say what it is: 科技, 科贸, 商贸
_PLACE = re.compile(r"[村镇乡街路社区园组队号]")
_WITHIN = 2  # letters before 村 that are its name


class OrdinaryWords:
    """Which two letters often stand side by side in the names of both sides."""

    def __init__(self, *sides: Sequence[str]) -> None:
        self._sides = sides

    def tell_apart(self, one: str, other: str) -> bool:
        """Whether the letters in which two names differ make a word of their own in either."""
        from rapidfuzz.distance import Levenshtein

        if _doubled(one) == _doubled(other):
            return False
        mine, theirs = _EDGE + one + _EDGE, _EDGE + other + _EDGE
        for each in Levenshtein.opcodes(mine, theirs):
            if each.tag == "equal":
                continue
            if any(_in_place(text, end) for text, end in ((mine, each.src_end), (theirs, each.dest_end))):
                return True
            if each.tag == "replace" and each.src_end >= len(mine) - _LAST:
                return True
            around = (mine[each.src_start - 1 : each.src_end + 1], theirs[each.dest_start - 1 : each.dest_end + 1])
            rare, usual = sorted(self._weight(text) for text in around)
            if rare >= _OFTEN and usual < _SLIP * rare:
                return True
        return False

    def other_trades(self, one: str, other: str) -> bool:
        """Whether two names of one length end in two words, both well known: 富民物业, 富民物流."""
        ends = one[-_LAST:], other[-_LAST:]
        return len(one) == len(other) and ends[0] != ends[1] and all(self._ordinary(each + _EDGE) for each in ends)

    def _ordinary(self, letters: str) -> bool:
        return self._weight(letters) >= _OFTEN

    def _weight(self, letters: str) -> int:
        """In how many names the rarest two letters side by side of some stand; a word of an industry in enough."""
        return min(max(self._count(two), _OFTEN if two in _of_industries() else 0) for two in _twos(letters))

    def _count(self, two: str) -> int:
        import numpy as np

        number = (ord(two[0]) << 32) | ord(two[1])
        begin, end = np.searchsorted(self._numbers, np.array([number, number + 1], dtype=np.int64))
        return int(end - begin)

    @cached_property
    def _numbers(self) -> "NDArray[np.int64]":
        """Every two letters side by side as one number, in order: four million of them in 0.4 s."""
        import numpy as np

        texts = set().union(*self._sides)
        letters = np.frombuffer(f"{_EDGE}{_EDGE.join(texts)}{_EDGE}".encode("utf-32-le"), dtype=np.uint32)
        return np.sort((letters[:-1].astype(np.int64) << 32) | letters[1:])


def _twos(letters: str) -> Iterator[str]:
    return (letters[at : at + 2] for at in range(len(letters) - 1))


def _doubled(name: str) -> str:
    """富民民食品 as 富民食品."""
    return re.sub(r"(.)\1", r"\1", name)


def _in_place(text: str, end: int) -> bool:
    return bool(_PLACE.search(text[end : end + _WITHIN]))


@cache
def _of_industries() -> frozenset[str]:
    """Two letters of each of the words by which industries are known."""
    return frozenset(two for word in industry.words() for two in _twos(word))
