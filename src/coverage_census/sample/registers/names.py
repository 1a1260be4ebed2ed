"""Counties and a number in; made-up organisations with names that are hard to tell apart out.

Ordinary names share few letters and trades, as real ones do. Families put several organisations beside each other
whose names differ by what tells them apart alone; half of the kinds of families are kept for the last look (`aside`).
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from coverage_census.places.divisions import County, townships
from coverage_census.sample.units import uscc

FILE = Path(__file__).with_name("words.toml")
_FORMS = ("有限公司", "有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司")


@cache
def words() -> Mapping[str, Any]:
    """The parts of names."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class HardName:
    """One organisation. `family`: what it is hard by, "" for an ordinary one; `head`: whose branch it is."""

    number: int
    name: str
    county: County
    township: str
    uscc: str
    family: str = ""
    head: int | None = None


class _Parts(NamedTuple):
    """富民 · 食品 · 有限公司, with 宁波市 before it or behind its brand."""

    place: str
    brand: str
    trade: str
    form: str

    def name(self) -> str:
        return self.place + self.brand + self.trade + self.form


Family = Callable[[_Parts, Random], list[str]]


def _direction(parts: _Parts, rng: Random) -> list[str]:
    some = rng.sample(words()["directions"], 2)
    return [parts._replace(brand=each + parts.brand).name() for each in some]


def _numeral(parts: _Parts, rng: Random) -> list[str]:
    some = rng.sample(words()["numerals"], rng.choice((2, 3)))
    pattern = rng.choice(("第{}", "{}分厂", "{}厂"))
    if pattern == "第{}":
        return [f"{parts.place}{parts.brand}第{each}{parts.trade[:2]}厂" for each in some]
    return [f"{parts.place}{parts.brand}{parts.trade[:2]}{pattern.format(each)}" for each in some]


def _trade(parts: _Parts, rng: Random) -> list[str]:
    return [parts._replace(trade=each).name() for each in rng.choice(words()["trade_pairs"])]


def _branches(parts: _Parts, rng: Random) -> list[str]:
    whole = parts.name()
    return [whole, *(f"{whole}{each}分公司" for each in rng.sample(words()["directions"], rng.choice((1, 2, 3))))]


def _two_townships(parts: _Parts, rng: Random) -> list[str]:
    return [parts.brand + rng.choice(words()["shops"])] * 2


def _prefix(parts: _Parts, rng: Random) -> list[str]:
    return [parts.name(), parts._replace(brand=rng.choice(words()["prefixes"]) + parts.brand).name()]


def _villages(parts: _Parts, rng: Random) -> list[str]:
    tail = rng.choice(("股份经济合作社", "水稻种植专业合作社", "土地股份专业合作社"))
    return [f"{parts.place}{each}村{tail}" for each in rng.sample(words()["villages"], 4)]


def _funds(parts: _Parts, rng: Random) -> list[str]:
    some = rng.sample("一二三四", 2) if rng.random() < 0.5 else rng.sample("甲乙丙丁", 2)
    funds = [f"{parts.place}{parts.brand}{each}号投资合伙企业（有限合伙）" for each in some]
    return [f"{parts.place}{parts.brand}投资有限公司", f"{parts.place}{parts.brand}投资合伙企业（有限合伙）", *funds]


def _sound_alike(parts: _Parts, rng: Random) -> list[str]:
    for alike in words()["like"]:
        for letter in parts.brand:
            if letter in alike:
                other = rng.choice([each for each in alike if each != letter])
                return [parts.name(), parts._replace(brand=parts.brand.replace(letter, other, 1)).name()]
    return [parts.name(), parts._replace(brand=parts.brand[:-1] + rng.choice(words()["brand"])).name()]


def _group(parts: _Parts, rng: Random) -> list[str]:
    some = rng.sample(words()["groups"], 2)
    return [parts.name(), *(f"{parts.place}{parts.brand}{each}有限公司" for each in some)]


def _middle_place(parts: _Parts, rng: Random) -> list[str]:
    some = rng.sample(words()["middle_places"], 2)
    return [f"{parts.brand}（{each}）{parts.trade}有限公司" for each in some]


def _roads(parts: _Parts, rng: Random) -> list[str]:
    shop = rng.choice(words()["shops"])
    return [f"{parts.place}{parts.brand}{shop}{each}店" for each in rng.sample(words()["roads"], 3)]


def _longer(parts: _Parts, rng: Random) -> list[str]:
    return [parts.name(), parts._replace(trade=parts.trade + rng.choice(words()["tail"])).name()]


SEEN: Mapping[str, Family] = {
    "direction": _direction, "numeral": _numeral, "trade": _trade, "branches": _branches,
    "two_townships": _two_townships, "prefix": _prefix,
}  # fmt: skip
ASIDE: Mapping[str, Family] = {
    "villages": _villages, "funds": _funds, "sound_alike": _sound_alike, "group": _group,
    "middle_place": _middle_place, "roads": _roads, "longer": _longer,
}  # fmt: skip
_FAMILIES = 0.06  # of draws; of organisations some 15 in 100
_OTHERS = (30, 10, 40, 20)  # of a hundred that are no companies; Yuexi surveyed 12 shops among 384
_KEPT_THEIR_CODE = 0.03  # firms that were sole traders (个转企) and kept a code that begins with 92


def world(counties: Sequence[County], size: int, seed: int, *, aside: bool = False) -> list[HardName]:
    """`size` organisations or a few more, in equal parts over the counties, with the families that are seen or those
    that are kept aside. A name stands once in a township."""
    rng = Random(f"registers {seed} {aside}")
    families = list((ASIDE if aside else SEEN).items())
    found: list[HardName] = []
    for at, county in enumerate(counties):
        here = _CountyNames(county, rng)
        while len(found) < size * (at + 1) // len(counties):
            parts = _parts(county, rng)
            if rng.random() < _FAMILIES:
                family, make = rng.choice(families)
                found += here.family(family, make(parts, rng), parts, len(found))
            else:
                found += here.single(_single(parts, county, rng), parts, len(found))
    return found


class _CountyNames:
    """The names of one county; no office registers a brand twice in one trade."""

    def __init__(self, county: County, rng: Random) -> None:
        self.county, self.rng = county, rng
        self.towns = [each.name for each in townships(county.code)] or [county.name]
        self.taken: set[str] = set()

    def single(self, name: str, parts: _Parts, number: int) -> list[HardName]:
        """An ordinary name; none where the brand is taken."""
        if self._is_taken([name], parts):
            return []
        return [self._one(name, self.rng.choice(self.towns), number)]

    def family(self, family: str, names: Sequence[str], parts: _Parts, number: int) -> list[HardName]:
        """All of a family; none where one of the names is taken."""
        several = len(set(names)) < len(names)
        if (several and len(self.towns) < len(names)) or self._is_taken(names, parts):
            return []
        towns = self.rng.sample(self.towns, len(names)) if several else [self.rng.choice(self.towns) for _ in names]
        heads = [number if place and family == "branches" else None for place in range(len(names))]
        return [
            self._one(name, town, number + place, family, head)
            for place, (name, town, head) in enumerate(zip(names, towns, heads, strict=True))
        ]

    def _is_taken(self, names: Sequence[str], parts: _Parts) -> bool:
        """Whether one of the brands is; else they are from now on."""
        brands = {_brand_and_trade(each, parts.place) for each in names}
        found = bool(self.taken & brands)
        self.taken |= brands if not found else set()
        return found

    def _one(self, name: str, town: str, number: int, family: str = "", head: int | None = None) -> HardName:
        office = "92" if name.endswith("店") or self.rng.random() < _KEPT_THEIR_CODE else "91"
        code = uscc.make(office, self.county.code, number)
        return HardName(number, name, self.county, town, code, family, head)


def _parts(county: County, rng: Random) -> _Parts:
    places = (county.name, county.city, _short(county.city), _short(county.name), _short(county.province), "")
    place = rng.choices(places, (20, 20, 25, 15, 8, 12))[0]
    brand = _brand(rng)
    trade = rng.choice(words()["middle"]) + rng.choice(words()["tail"])
    if rng.random() < 0.4:
        trade = rng.choice((*words()["whole"], *words()["tail"]))
    return _Parts(place, brand, trade, rng.choice(_FORMS))


def _single(parts: _Parts, county: County, rng: Random) -> str:
    kind = rng.random()
    if kind < 0.1 and parts.place:
        return f"{parts.brand}（{_short(parts.place)}）{parts.trade}{parts.form}"
    if kind < 0.7:
        return parts.name()
    listed = rng.choices(("works", "shops", "cooperatives", "social"), _OTHERS)[0]
    if listed == "shops":
        tail = "（个体工商户）" if rng.random() < 0.3 else ""
        return f"{county.name}{parts.brand}{rng.choice(words()[listed])}{tail}"
    return f"{parts.place}{parts.brand}{rng.choice(words()[listed])}"


def _brand_and_trade(name: str, place: str) -> str:
    rest = name.removeprefix(place).replace(f"（{_short(place)}）", "")
    return rest.removesuffix(next((form for form in sorted(set(_FORMS), key=len)[::-1] if rest.endswith(form)), ""))


def _short(place: str) -> str:
    """宁波 for 宁波市; 海曙区 loses its word too."""
    return place[:-1] if len(place) > 2 else place


def _brand(rng: Random) -> str:
    letters = words()["brand"]
    length = rng.choices((2, 3, 4), (65, 25, 10))[0]
    # The first letters of the list stand in most names, as in life.
    return "".join(letters[min(int(rng.paretovariate(0.9) * 8) - 8, len(letters) - 1)] for _ in range(length))
