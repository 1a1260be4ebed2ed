"""Two places in; how near they are to each other out, in the levels that a plan states (never across counties)."""

import re
from collections.abc import Set
from dataclasses import dataclass

from coverage_census.model.plans.joint import Nearness
from coverage_census.places.neighbours import Pair, pair

_NUMBERED = re.compile(r"^(.*?\d号)")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an organisation is; `building` is a numbered address, good for nothing but being the same."""

    county: str | None
    township: str | None
    village: str | None = None
    zone: str | None = None
    building: str | None = None


def building(address: str | None) -> str | None:
    """The part of an address that two firms of one house share; None where it has no number."""
    match = _NUMBERED.match(_BLANKS.sub("", address or ""))
    return match[1] if match else None


def nearness(one: Place, other: Place, neighbours: Set[Pair] = frozenset()) -> Nearness | None:
    """The nearest level at which the two belong together; None: in two counties, or nothing shows that it is one."""
    if one.county != other.county:
        return None
    same_township = one.township is not None and one.township == other.township
    if one.zone is not None and one.zone == other.zone and (one.county is not None or same_township):
        return Nearness.ZONE
    if same_township:
        if one.building is not None and one.building == other.building:
            return Nearness.ZONE
        return Nearness.VILLAGE if one.village is not None and one.village == other.village else Nearness.TOWNSHIP
    if one.township and other.township and pair(one.county, one.township, other.township) in neighbours:
        return Nearness.NEIGHBOURS
    return Nearness.COUNTY if one.county is not None else None
