"""One side in; which of its names say again what another of them says (名册自身重复) out.

Equal codes and names; or, on different lists or in one row, equal names in one township with nothing that contradicts.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING

from coverage_census.registers.matching.columns import SideColumns

if TYPE_CHECKING:
    from coverage_census.registers.matching.columns import Numbers


def repeats(side: SideColumns) -> dict[int, int]:
    """Place of each that repeats → the one that it repeats: the one that knows most."""
    found: dict[int, int] = {}
    for places in (*_blocks(_by_code(side)), *_blocks(_by_place(side)), *_blocks(_by_row(side))):
        left = sorted({_root(found, place) for place in places}, key=lambda place: _rank(side, place))
        taken: list[int] = []
        for place in left:
            holder = next((each for each in taken if _one(side, each, place)), None)
            if holder is None:
                taken.append(place)
            else:
                found[place] = holder
    return {place: _root(found, place) for place in found}


def _root(found: dict[int, int], place: int) -> int:
    while place in found:
        place = found[place]
    return place


def _by_code(side: SideColumns) -> Iterator[tuple[Hashable, int]]:
    pairs = zip(side.uscc.tolist(), side.bare.tolist(), strict=True)
    return (((code, name), place) for place, (code, name) in enumerate(pairs) if code >= 0)


def _by_place(side: SideColumns) -> Iterator[tuple[Hashable, int]]:
    if not side.names.sheet:
        return iter(())
    columns = zip(side.county.tolist(), side.town.tolist(), side.bare.tolist(), strict=True)
    return ((key, place) for place, key in enumerate(columns) if key[1] >= 0)


def _by_row(side: SideColumns) -> Iterator[tuple[Hashable, int]]:
    return (((row, side.text[place]), place) for place, row in enumerate(side.names.row))


def _one(side: SideColumns, one: int, other: int) -> bool:
    """Nothing known tells them apart: no other code, form or region, and no clerk who listed both."""
    if side.uscc[one] == side.uscc[other] and side.uscc[one] >= 0:
        return True
    rows, sheets = side.names.row, side.names.sheet
    if rows and rows[one] == rows[other]:
        return True
    fits = all(_fits(column, one, other) for column in (side.organisation, side.form, side.region))
    return fits and bool(sheets) and sheets[one] != sheets[other]


def _fits(column: "Numbers", one: int, other: int) -> bool:
    return bool(column[one] == column[other]) or bool(column[one] < 0 or column[other] < 0)


def _rank(side: SideColumns, place: int) -> tuple[object, ...]:
    """Those that know more first, then by what they say: never by where they stand."""
    names = side.names
    told = (names.uscc[place], names.township[place], names.code[place], names.county[place])
    return (*(each is None for each in told), *(each or "" for each in told), names.name[place])


def _blocks(keyed: Iterator[tuple[Hashable, int]]) -> Iterator[list[int]]:
    """Places of one key, where there are several."""
    first: dict[Hashable, int] = {}
    more: dict[Hashable, list[int]] = defaultdict(list)
    for key, place in keyed:
        if key in first:
            more[key].append(place)
        else:
            first[key] = place
    return ([first[key], *places] for key, places in more.items())
