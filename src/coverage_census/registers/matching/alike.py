"""Names without a link in; nearly equal ones of one county linked, less equal ones asked.

Each the other's best, nothing known that tells them apart: from 90 of 100 a link unless the difference is itself a
word (`ordinary`); from 75 a question. Of a county with very many names those are compared that begin or end alike.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from coverage_census.names.telling import ToldApart, parts, told_apart
from coverage_census.registers.matching import pairs
from coverage_census.registers.matching.columns import SHOP_FORMS
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.sides import Step, Unsure
from coverage_census.registers.matching.standing import Standing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coverage_census.registers.matching.columns import SideColumns
    from coverage_census.registers.matching.pairs import Flags

    Places = NDArray[np.int64]
    Scores = NDArray[np.float32]

_LINK, _ASK = 90.0, 75.0
_RIVAL = 83.0  # one letter too few of five, one other of six
_CLEAR = 3.0  # by which the best must be better than the next, to be linked
_NEAR = 6.0  # within which the next is asked beside the best
_AT_ONCE = 4_000_000  # likenesses: 16 MB
_WHOLE = 9_000_000  # likenesses of a county in which everybody is compared with everybody: 3,000 on either side
_ENDS, _MOST_LETTERS = 2, 8  # letters by which a name's beginning and end are known
_COLUMNS = ("county", "town", "said_town", "region", "form", "organisation")


def by_likeness(found: Standing) -> None:
    """The step 名称相近."""
    near, score = _near(found, found.free(), _ASK)
    if not len(near.ours):
        return
    best = [_best(near.ours, score), _best(near.theirs, score)]
    mutual = (score == best[0][near.ours]) & (score == best[1][near.theirs])
    next_best = [_next(places, score) for places in near]
    clear = mutual & (score >= next_best[0][near.ours] + _CLEAR) & (score >= next_best[1][near.theirs] + _CLEAR)
    sure = clear & (score >= _LINK) & _registered(found, near)
    for at in sure.nonzero()[0].tolist():
        one, other = found.ours.text[near.ours[at]], found.theirs.text[near.theirs[at]]
        sure[at] = told_apart(_parts(one), _parts(other)) is ToldApart.NOT and not found.words.tell_apart(one, other)
    names = list(found.ours.names.name), list(found.theirs.names.name)
    found.link(Step.LIKE, near.where(sure), names, score[sure].round(1).tolist())
    one, other = found.free()
    asked = one[near.ours] & other[near.theirs]
    asked &= (score >= best[0][near.ours] - _NEAR) & (score >= best[1][near.theirs] - _NEAR)
    found.ask(Unsure.ALIKE, near.where(asked), names, score[asked].round(1).tolist())


def _registered(found: Standing, near: PlacePairs) -> "Flags":
    """A firm's name is its own in its county; a shop's is not: only in a township that both name."""
    import numpy as np

    shops = np.isin(found.ours.form[near.ours], SHOP_FORMS) & np.isin(found.theirs.form[near.theirs], SHOP_FORMS)
    town = found.ours.town[near.ours]
    flags: Flags = ~shops | ((town >= 0) & (town == found.theirs.town[near.theirs]))
    return flags


def in_question(found: Standing, same: PlacePairs) -> "Flags":
    """Of pairs of one name, alone with it: whether they are shops and somebody else, who is in no such pair, may
    be one of the two with a slip of the pen in the name (of two 便民超市 one is written 便民起市)."""
    import numpy as np

    one, other = found.free()
    one[same.ours], other[same.theirs] = False, False
    mine, theirs = np.zeros_like(one), np.zeros_like(other)
    shops = same.where(~_registered(found, same))
    mine[shops.ours], theirs[shops.theirs] = True, True
    before, _ = _near(found, (mine, other), _RIVAL)
    after, _ = _near(found, (one, theirs), _RIVAL)
    flags: Flags = np.isin(same.ours, before.ours) | np.isin(same.theirs, after.theirs)
    return flags


def _near(found: Standing, among: tuple["Flags", "Flags"], cutoff: float) -> tuple[PlacePairs, "Scores"]:
    """Pairs of different names from `cutoff` on that nothing tells apart for sure, each once, and their likeness."""
    import numpy as np

    empty = np.zeros(0, dtype=np.int64)
    one, other, scores = [empty], [empty], [np.zeros(0, dtype=np.float32)]
    for ours, theirs in _blocks(found, among):
        for each in _compared(found, (ours, theirs), cutoff):
            one.append(each[0])
            other.append(each[1])
            scores.append(each[2])
    near, score = PlacePairs(np.concatenate(one), np.concatenate(other)), np.concatenate(scores)
    _, first = np.unique(near.ours * (len(found.theirs.text) + 1) + near.theirs, return_index=True)
    near, score = PlacePairs(near.ours[first], near.theirs[first]), score[first]
    may_be = pairs.agree(near, found.ours, found.theirs, _COLUMNS)
    may_be &= found.ours.bare[near.ours] != found.theirs.bare[near.theirs]
    if found.apart:
        may_be &= ~pairs.among(near, found.apart)
    for at in may_be.nonzero()[0].tolist():
        texts = found.ours.text[near.ours[at]], found.theirs.text[near.theirs[at]]
        may_be[at] = told_apart(_parts(texts[0]), _parts(texts[1])) is not ToldApart.SURELY
    return near.where(may_be), score[may_be]


_parts = lru_cache(maxsize=200_000)(parts)


def _compared(
    found: Standing, block: tuple["Places", "Places"], cutoff: float
) -> Iterator[tuple["Places", "Places", "Scores"]]:
    import numpy as np
    from rapidfuzz import fuzz, process

    ours, theirs = block
    texts = [found.theirs.text[place] for place in theirs.tolist()]
    strip = max(1, _AT_ONCE // max(1, len(texts)))
    for begin in range(0, len(ours), strip):
        part = ours[begin : begin + strip]
        mine = [found.ours.text[place] for place in part.tolist()]
        workers = -1 if len(mine) * len(texts) > _AT_ONCE // 40 else 1
        scores = process.cdist(mine, texts, scorer=fuzz.ratio, score_cutoff=cutoff, dtype=np.float32, workers=workers)
        at, place = (scores >= cutoff).nonzero()
        yield part[at], theirs[place], scores[at, place]


def _blocks(found: Standing, among: tuple["Flags", "Flags"]) -> Iterator[tuple["Places", "Places"]]:
    """Places of ours and theirs that are compared, each with each."""
    ours, theirs = _by_county(found.ours, among[0]), _by_county(found.theirs, among[1])
    everywhere = [_all(each) for each in (ours, theirs)]
    for county in set(ours) | set(theirs):
        if county >= 0:
            yield from _of_ends(found, ours.get(county), theirs.get(county))
    yield from _of_ends(found, ours.get(-1), everywhere[1])
    yield from _of_ends(found, everywhere[0], theirs.get(-1))


def _by_county(side: "SideColumns", free: "Flags") -> dict[int, "Places"]:
    import numpy as np

    places = np.flatnonzero(free)
    places = places[np.argsort(side.county[places], kind="stable")]
    counties, begins = np.unique(side.county[places], return_index=True)
    return dict(zip(counties.tolist(), np.split(places, begins[1:]), strict=True)) if len(places) else {}


def _all(by_county: dict[int, "Places"]) -> "Places | None":
    import numpy as np

    return np.concatenate(list(by_county.values())) if by_county else None


def _of_ends(found: Standing, ours: "Places | None", theirs: "Places | None") -> Iterator[tuple["Places", "Places"]]:
    """All of both, or where they are too many those that begin alike and those that end alike."""
    if ours is None or theirs is None:
        return
    if len(ours) * len(theirs) <= _WHOLE:
        yield ours, theirs
        return
    for begin in (True, False):
        yield from _of_end(found, (ours, theirs), _ENDS, begin)


def _of_end(
    found: Standing, block: tuple["Places", "Places"], letters: int, begin: bool
) -> Iterator[tuple["Places", "Places"]]:
    """By so many letters, and by one more where those are too many still."""
    end = slice(0, letters) if begin else slice(-letters, None)
    mine, others = _by_letters(found.ours, block[0], end), _by_letters(found.theirs, block[1], end)
    for each in mine.keys() & others.keys():
        part = mine[each], others[each]
        if len(part[0]) * len(part[1]) <= _WHOLE or letters >= _MOST_LETTERS:
            yield part
        else:
            yield from _of_end(found, part, letters + 1, begin)


def _by_letters(side: "SideColumns", places: "Places", end: slice) -> dict[str, "Places"]:
    import numpy as np

    found: dict[str, list[int]] = {}
    for place in places.tolist():
        found.setdefault(side.text[place][end], []).append(place)
    return {each: np.array(some, dtype=np.int64) for each, some in found.items()}


def _best(places: "Places", score: "Scores") -> "Scores":
    """The highest likeness of each place."""
    import numpy as np

    found = np.zeros(int(places.max(initial=-1)) + 1, dtype=np.float32)
    np.maximum.at(found, places, score)
    return found


def _next(places: "Places", score: "Scores") -> "Scores":
    """The second highest likeness of each place, 0 where it has one partner."""
    import numpy as np

    order = np.lexsort((-score, places))
    places, score = places[order], score[order]
    second = np.zeros(int(places.max(initial=-1)) + 1, dtype=np.float32)
    first_of = np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))
    at = first_of + 1
    at = at[at < len(places)]
    at = at[places[at] == places[at - 1]]
    second[places[at]] = score[at]
    return second
