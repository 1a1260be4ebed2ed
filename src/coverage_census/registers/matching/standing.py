"""What is settled so far: which names are linked, which wait for a person, and which a step may still take."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coverage_census.registers.matching import pairs
from coverage_census.registers.matching.columns import SideColumns
from coverage_census.registers.matching.ordinary import OrdinaryWords
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.sides import Link, OpenPair, Pair, Step, Unsure

if TYPE_CHECKING:
    from coverage_census.registers.matching.pairs import Flags, Numbers


@dataclass
class Standing:
    """`active`: names that take part (repeated ones do not); `linked` and `held` (一码两名, not linked by name before
    somebody has answered) of either side; `apart`: pairs that must not be linked or asked."""

    ours: SideColumns
    theirs: SideColumns
    active: tuple["Flags", "Flags"]
    apart: frozenset[Pair]
    linked: tuple["Flags", "Flags"]
    held: tuple["Flags", "Flags"]
    words: OrdinaryWords
    links: list[Link] = field(default_factory=list)
    doubts: list[OpenPair] = field(default_factory=list)

    def free(self) -> tuple["Flags", "Flags"]:
        """Whom a step may still link."""
        one, other = (
            active & ~linked & ~held for active, linked, held in zip(self.active, self.linked, self.held, strict=True)
        )
        return one, other

    def unlinked(self) -> tuple["Flags", "Flags"]:
        """Whom a question may be about."""
        one, other = (active & ~linked for active, linked in zip(self.active, self.linked, strict=True))
        return one, other

    def of_key(self, keys: tuple["Numbers", "Numbers"], among: tuple["Flags", "Flags"]) -> PlacePairs:
        """Pairs of one key among some of either side, without those that people told apart."""
        import numpy as np

        one, other = (np.where(some, key, -1) for some, key in zip(among, keys, strict=True))
        found = pairs.of_one_key(one, other)
        return found.where(~pairs.among(found, self.apart)) if self.apart else found

    def link(self, step: Step, found: PlacePairs, on: tuple[list[str], list[str]], score: Iterable[float] = ()) -> None:
        """`on`: the column of either side that `step` compared; `score`: one a pair, none: equal."""
        mine, theirs = on
        scores = iter(score)
        self.links.extend(
            Link(one, other, step, (mine[one], theirs[other]), next(scores, 100.0))
            for one, other in zip(found.ours.tolist(), found.theirs.tolist(), strict=True)
        )
        self.linked[0][found.ours] = True
        self.linked[1][found.theirs] = True

    def ask(self, why: Unsure, found: PlacePairs, on: tuple[list[str], list[str]], score: Iterable[float] = ()) -> None:
        """As `link`, of pairs that only a person can tell."""
        mine, theirs = on
        scores = iter(score)
        self.doubts.extend(
            OpenPair(one, other, why, (mine[one], theirs[other]), next(scores, 100.0))
            for one, other in zip(found.ours.tolist(), found.theirs.tolist(), strict=True)
        )


def standing(
    ours: SideColumns, theirs: SideColumns, repeated: tuple[Iterable[int], Iterable[int]], apart: frozenset[Pair]
) -> Standing:
    """Nothing linked yet."""
    import numpy as np

    active = np.ones(len(ours.text), dtype=bool), np.ones(len(theirs.text), dtype=bool)
    for flags, places in zip(active, repeated, strict=True):
        flags[list(places)] = False
    none = [(np.zeros(len(flags), dtype=bool)) for flags in (*active, *active)]
    words = OrdinaryWords(ours.text, theirs.text)
    return Standing(ours, theirs, active, apart, (none[0], none[1]), (none[2], none[3]), words)
