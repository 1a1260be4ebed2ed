"""Doubtful pairs in; those that are asked out: at most two a name, the likeliest, chosen by what they say."""

from collections import Counter

from coverage_census.registers.matching.columns import SideColumns
from coverage_census.registers.matching.sides import OpenPair, Unsure
from coverage_census.registers.matching.standing import Standing

_MOST = 2
_ORDER = {why: place for place, why in enumerate(Unsure)}


def at_most_two(found: Standing) -> tuple[OpenPair, ...]:
    """Of each pair of which one is still unlinked its first reason; and no name in more than two pairs."""
    linked = [flags.tolist() for flags in found.linked]
    first: dict[tuple[int, int], OpenPair] = {}
    for each in sorted(found.doubts, key=lambda each: _ORDER[each.why]):
        if not (linked[0][each.ours] and linked[1][each.theirs]):
            first.setdefault((each.ours, each.theirs), each)
    asked: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    kept = []
    for each in sorted(first.values(), key=lambda each: _rank(found, each)):
        if asked[0][each.ours] < _MOST and asked[1][each.theirs] < _MOST:
            asked[0][each.ours] += 1
            asked[1][each.theirs] += 1
            kept.append(each)
    return tuple(sorted(kept))


def _rank(found: Standing, each: OpenPair) -> tuple[object, ...]:
    """Likeliest first; then by what both say, whichever side says it."""
    said = sorted((_said(found.ours, each.ours), _said(found.theirs, each.theirs)))
    return -each.score, _ORDER[each.why], *said, each.ours + each.theirs, min(each.ours, each.theirs)


def _said(side: SideColumns, place: int) -> tuple[str, ...]:
    names = side.names
    told = (names.name[place], names.uscc[place], names.code[place], names.county[place], names.township[place])
    return tuple(each or "" for each in told)
