"""A kind of organisation and a place in; an invented name with its trade, kind and registering office out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).with_name("words.toml")
_OFFICES = {"enterprise": "91", "sole_trader": "92", "cooperative": "93"}


@dataclass(frozen=True)
class NameTells:
    """What a name says about its organisation."""

    name: str
    subtype: str | None
    industry: str
    industry_code: str
    office: str


@cache
def words() -> Mapping[str, Any]:
    """The parts that names and texts are made of."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@dataclass
class DrawnNames:
    """Draws names and never gives one twice."""

    rng: Random
    taken: set[str] = field(default_factory=set)

    def draw(self, kind: str, place: str) -> NameTells:
        """`place` is what the name begins with: a county, now and then a township."""
        for _ in range(1000):
            found = self._social(place) if kind == "social_org" else self._business(kind, place)
            if found.name not in self.taken:
                self.taken.add(found.name)
                return found
        raise AssertionError(f"names of {place} are used up")

    def _brand(self) -> str:
        return "".join(self.rng.sample(words()["syllables"], self.rng.choice((2, 2, 3))))

    def _business(self, kind: str, place: str) -> NameTells:
        trades = words()["trades"]
        trade = self.rng.choices(trades, [each["weight"] for each in trades])[0]
        form = self.rng.choice(words()["forms"][kind])
        if form == "厂" and trade["code"] != "C":  # only those who make things are called so
            form = "有限公司"
        middle = self.rng.choice(trade["words"]) if kind == "enterprise" else ""
        if kind == "cooperative":
            trade = trades[1]
        elif kind == "sole_trader":
            trade = trades[2]
        subtype = self.rng.choice(words()["texts"]["subtypes"]) if kind == "enterprise" else None
        return NameTells(
            f"{place}{self._brand()}{middle}{form}", subtype, trade["industry"], trade["code"], _OFFICES[kind]
        )

    def _social(self, place: str) -> NameTells:
        group = self.rng.choices(words()["social"], (45, 50, 5))[0]
        name = f"{place}{self._brand()}{self.rng.choice(group['words'])}"
        return NameTells(name, group["subtype"], "公共管理、社会保障和社会组织", "S", group["prefix"])
