"""Names without a link in; those linked that are one but for a slip of the pen in the region before them.

永口区盛业开发 is 盛业开发 of 浦口区: nobody takes a region off that is not there, so no other step compares the two.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coverage_census.names.core_name import own_regions
from coverage_census.registers.matching import pairs
from coverage_census.registers.matching.columns import SideColumns
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.sides import Step, Unsure
from coverage_census.registers.matching.standing import Standing

if TYPE_CHECKING:
    from coverage_census.registers.matching.pairs import Flags

_SURE = 3  # letters of a region of which one may be wrong; of 江苏 one wrong letter leaves too little
_LEAST = 4  # letters behind it
_COLUMNS = ("county", "town", "said_town", "form", "organisation")


def by_slipped_region(found: Standing) -> None:
    """Part of the step 名称相近."""
    import numpy as np

    forth, back = _slips(found, 0), _slips(found, 1)
    triples = [*forth, *((other, one, score) for one, other, score in back)]
    triples = sorted({(one, other): (one, other, score) for one, other, score in sorted(triples)}.values())
    near = PlacePairs(*(np.array([each[at] for each in triples], dtype=np.int64) for at in (0, 1)))
    may_be = pairs.agree(near, found.ours, found.theirs, _COLUMNS)
    if found.apart:
        may_be &= ~pairs.among(near, found.apart)
    near, score = near.where(may_be), np.array([each[2] for each in triples])[may_be]
    sure = pairs.alone(near) & (score > 0)
    names = list(found.ours.names.name), list(found.theirs.names.name)
    found.link(Step.LIKE, near.where(sure), names, score[sure].round(1).tolist())
    found.ask(Unsure.ALIKE, near.where(~sure), names, np.abs(score[~sure]).round(1).tolist())


def _slips(found: Standing, side: int) -> list[tuple[int, int, float]]:
    """Place on this side, place on the other, likeness; below 0 where it is too little for a link."""
    one, other = (found.ours, found.theirs) if side == 0 else (found.theirs, found.ours)
    free = found.free() if side == 0 else found.free()[::-1]
    by_text = _by_text(other, free[1])
    triples = []
    for place in (free[0] & (one.region < 0)).nonzero()[0].tolist():
        for rest, score in _rests(one.text[place], one.names.county[place]):
            triples += [(place, partner, score) for partner in by_text.get((rest, int(one.county[place])), ())]
    return triples


def _by_text(side: SideColumns, free: "Flags") -> dict[tuple[str, int], list[int]]:
    found: dict[tuple[str, int], list[int]] = {}
    for place in free.nonzero()[0].tolist():
        found.setdefault((side.text[place], int(side.county[place])), []).append(place)
    return found


def _rests(text: str, county: str | None) -> Iterator[tuple[str, float]]:
    """What is left of a name behind what may be a region with one letter too many, too few or wrong."""
    from rapidfuzz.distance import Levenshtein

    for region in sorted(own_regions(county)) if county else ():
        for length in (len(region) - 1, len(region), len(region) + 1):
            rest = text[length:]
            if length and len(rest) >= _LEAST and Levenshtein.distance(text[:length], region, score_cutoff=1) == 1:
                whole = len(region) + len(rest)
                likeness = 100 * (1 - 1 / whole)
                yield rest, likeness if len(region) >= _SURE else -likeness
