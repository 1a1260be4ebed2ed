"""The townships that are to report in; which of them each name means as sheets write it, out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from coverage_census.ledger.owed.who_reported import Place
from coverage_census.places.nearest import stem

_OFFICES = ("人民政府", "街道办事处", "党工委", "办事处", "党委", "委员会")


@dataclass(frozen=True)
class Roster:
    """Townships that are to report, in the order of the list; `stated` False: nobody said, they reported before."""

    places: "tuple[Place, ...]"
    stated: bool


def plain(name: str) -> str:
    """首阳镇人民政府 reports for 首阳镇, 城东街道办事处 for 城东街道."""
    name = name.strip()
    for office in _OFFICES:
        short = name.removesuffix(office)
        if short != name and len(short) > 1:
            return short + ("街道" if office == "街道办事处" else "")
    return name


class RosterPlaces:
    """Names of townships as sheets write them; the township of the roster each one means."""

    def __init__(self, roster: Roster) -> None:
        self._known: dict[tuple[str | None, str], Place] = {}
        self._by_name: dict[str, list[Place]] = {}
        self._by_stem: dict[str, list[Place]] = {}
        for place in roster.places:
            self._add(place)

    def meant(self, county: str | None, township: str) -> "Place":
        """Of the roster, if one fits: by its name, else without its rank (首阳 for 首阳镇); else a place of its own."""
        asked = (county, township)
        if asked not in self._known:
            same = [each for each in self._by_name.get(township, ()) if _fits(each[0], county)]
            near = [each for each in self._by_stem.get(stem(township), ()) if _fits(each[0], county)]
            exact = [each for each in same if each[0] == county] or same or near
            if len(exact) != 1:
                self._add(asked)
            self._known[asked] = exact[0] if len(exact) == 1 else asked
        return self._known[asked]

    def _add(self, place: "Place") -> None:
        self._by_name.setdefault(place[1], []).append(place)
        self._by_stem.setdefault(stem(place[1]), []).append(place)


def _fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def merged(reported: "Mapping[Place, object]") -> "list[Place]":
    """Townships that reported, once each: a sheet that names no county means the only one of that name."""
    counties: dict[str, set[str]] = defaultdict(set)
    for county, township in reported:
        counties[township] |= {county} if county else set()
    return [place for place in reported if place[0] is not None or len(counties[place[1]]) != 1]
