"""Names of areas as people type them and the places that are known in; the places that are meant out.

天堂, 岳西县天堂镇, 岳西天堂 and 天堂镇人民政府 are the township 天堂镇, as it is in every grouping; a short form that
fits two names is asked about.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from coverage_census.errors import WrongUsage
from coverage_census.places.nearest import TAIL, nearest, stem

_ABOVE = re.compile(r"(?:.{1,60}[省市州区盟])?")  # what may stand before a county: 安徽省, 安庆市


class Area(NamedTuple):
    """`name`: a county, a township, or what else the column asked for holds; `county`: only there."""

    name: str
    county: str | None = None

    def has(self, county: str | None, *names: str | None) -> bool:
        """Whether somebody of these places is of the area; of whom nobody named the county may be."""
        return self.name in (county, *names) and (self.county is None or county in (None, self.county))


Place = tuple[str | None, str | None]
"""County and township."""


def meant(asked: Iterable[str], places: Collection[Place], others: Collection[str] = ()) -> tuple[Area, ...]:
    """One an area that was asked for; `others` are names of another kind (an industry). What none has is refused with
    the nearest names, what several have with all of them."""
    known = {name for place in places for name in place if name} | set(others)
    return tuple(_one(area, places, known) for area in dict.fromkeys(asked))


def _one(area: str, places: Collection[Place], known: Collection[str]) -> Area:
    if area in known:
        return Area(area)
    plain = TAIL.sub("", "".join(unicodedata.normalize("NFKC", area).split()))
    found = [Area(plain)] if plain in known else list(dict.fromkeys(_spelled(plain, places)))
    if len(found) == 1:
        return found[0]
    if found:
        names = sorted(f"{each.county or ''}{each.name}" for each in found)
        raise WrongUsage("area_ambiguous", area=area, names="、".join(names))
    raise WrongUsage("unknown_area", area=area, near="、".join(nearest(area, known) or sorted(known)[:12]))


def _spelled(plain: str, places: Collection[Place]) -> list[Area]:
    """A township with its county before it; else a township or county without its rank. Whole names go before short
    ones."""
    with_county = [Area(town, county) for county, town in places if county and town and _before(plain, county, town)]
    if with_county:
        return with_county
    return [Area(name) for place in places for name in place if name and name != plain and plain == stem(name)]


def _before(plain: str, county: str, town: str) -> bool:
    return any(
        plain.endswith(first + second) and _ABOVE.fullmatch(plain.removesuffix(first + second))
        for first in (county, stem(county))
        for second in _forms(town)
    )


def _forms(town: str) -> Iterator[str]:
    yield from dict.fromkeys((town, stem(town)))
