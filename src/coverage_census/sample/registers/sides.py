"""Made-up organisations in; the survey's list and a register's list of them out, with whose name is whose.

The survey has nine of ten, three of five with their codes, a name in two as its clerk wrote it. The market register
has all with their codes; the union register has no code, endings on half of its names, and joint unions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from coverage_census.sample.registers.names import HardName
from coverage_census.sample.registers.noise import noisy, with_ending

_SURVEYED, _CODED = 0.9, 0.6
_TOWN_KNOWN = 0.6
_RENAMED, _COPIED = 0.004, 0.003
_JOINT = 0.02


@dataclass
class ListedNames:
    """One list. `organisation`: the number of whom a name means, −1 for a name that means nobody; `row`: names of one
    row have the same."""

    name: list[str] = field(default_factory=list)
    uscc: list[str | None] = field(default_factory=list)
    county: list[str] = field(default_factory=list)
    township: list[str | None] = field(default_factory=list)
    organisation: list[int] = field(default_factory=list)
    row: list[int] = field(default_factory=list)

    def add(self, of: HardName, name: str, uscc: str | None, township: str | None, row: int) -> None:
        """One more name."""
        self.name.append(name)
        self.uscc.append(uscc)
        self.county.append(of.county.name)
        self.township.append(township)
        self.organisation.append(of.number)
        self.row.append(row)

    def first(self, count: int) -> "ListedNames":
        """The first names of it."""
        columns = (self.name, self.uscc, self.county, self.township, self.organisation, self.row)
        return ListedNames(*(column[:count] for column in columns))  # type: ignore[arg-type]


def survey(world: Sequence[HardName], seed: int) -> ListedNames:
    """What the townships reported. A branch now and then stands under its head's code."""
    rng = Random(f"survey {seed}")
    found = ListedNames()
    for at, each in enumerate(world):
        if rng.random() >= _SURVEYED:
            continue
        code = each.uscc if rng.random() < _CODED else None
        if code and each.head is not None and rng.random() < 0.3:
            code = world[each.head].uscc
        if code and rng.random() < _COPIED and at and world[at - 1].name != each.name:
            code = world[at - 1].uscc
        name = noisy(each.name, each.county, rng)
        found.add(each, name, code, each.township, at)
    return found


def market(world: Sequence[HardName], seed: int) -> ListedNames:
    """The register of market supervision: true names, all codes; a few were renamed since the survey."""
    rng = Random(f"market {seed}")
    found = ListedNames()
    for at, each in enumerate(world):
        name = each.name
        if rng.random() < _RENAMED:
            name = world[rng.randrange(len(world))].name[:2] + name[-8:]
        found.add(each, name, each.uscc, each.township if rng.random() < _TOWN_KNOWN else None, at)
    return found


def union(world: Sequence[HardName], seed: int) -> ListedNames:
    """The register of unions: no codes; endings on half of the names, joint unions with all whom they cover."""
    rng = Random(f"union {seed}")
    found = ListedNames()
    joint, left = -1, 0
    for at, each in enumerate(world):
        if not left and rng.random() < _JOINT / 5:
            joint, left = at, rng.randint(3, 12)
        if each.name.endswith(("店", "超市", "经营部", "商行", "馆", "厂）", "商户）")) and rng.random() < 0.8:
            continue  # few shops have a union
        row = at
        if left:
            row, left = joint, left - 1
        town = each.township if rng.random() < _TOWN_KNOWN else None
        plain = row != at or rng.random() >= 0.5
        found.add(
            each, noisy(each.name, each.county, rng) if plain else with_ending(each.name, "union", rng), None, town, row
        )
    return found
