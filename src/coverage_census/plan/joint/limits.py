"""What the units of a joint branch add up to in; which limits of the policy it breaks out. One function a limit."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from coverage_census.model.plans.joint import Limits, PlanSentence


class Tally(NamedTuple):
    """规模: units, formal members that are proven and that are possible, members."""

    units: int
    proven: int
    possible: int
    members: int

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))


NOTHING = Tally(0, 0, 0, 0)


class Bounds(NamedTuple):
    """The numbers of `Limits`, inclusive."""

    units_min: int
    units_max: int
    formal_min: int
    members_max: int


def bounds(limits: Limits) -> Bounds:
    """The numbers alone, as they are compared a million times."""
    return Bounds(
        limits.units_min.value, limits.units_max.value, limits.formal_min.value, limits.members_max.value
    )  # fmt: skip


def together(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    found = NOTHING
    for each in tallies:
        found = found.plus(each)
    return found


def enough_units(tally: Tally, keep: Bounds) -> bool:
    """A branch of one unit is no joint one."""
    return tally.units >= keep.units_min


def few_enough_units(tally: Tally, keep: Bounds) -> bool:
    """覆盖单位一般不超过5个."""
    return tally.units <= keep.units_max


def enough_formal(tally: Tally, keep: Bounds) -> bool:
    """Three formal members together, as far as the figures allow; see `proven`."""
    return tally.possible >= keep.formal_min


def few_enough_members(tally: Tally, keep: Bounds) -> bool:
    """党支部党员人数一般不超过50人."""
    return tally.members <= keep.members_max


def proven(tally: Tally, keep: Bounds) -> bool:
    """Whether the formal members are enough whatever the unknown numbers turn out to be; if not, 待核."""
    return tally.proven >= keep.formal_min


EVERY: dict[str, Callable[[Tally, Bounds], bool]] = {
    "too_few_units": enough_units,
    "too_many_units": few_enough_units,
    "too_few_formal": enough_formal,
    "too_many_members": few_enough_members,
}
"""What is said where it does not hold."""


def holds(tally: Tally, keep: Bounds) -> bool:
    """Whether a branch like this may be formed."""
    return all(check(tally, keep) for check in EVERY.values())


def broken(tally: Tally, keep: Bounds) -> tuple[PlanSentence, ...]:
    """Why not, one sentence a limit."""
    figures = {
        "too_few_units": (tally.units, keep.units_min),
        "too_many_units": (tally.units, keep.units_max),
        "too_few_formal": (tally.possible, keep.formal_min),
        "too_many_members": (tally.members, keep.members_max),
    }
    return tuple(
        PlanSentence(code=f"wrong.{name}", values={"number": figures[name][0], "limit": figures[name][1]})
        for name, check in EVERY.items()
        if not check(tally, keep)
    )


def contradict(keep: Bounds) -> bool:
    """Whether no branch at all could keep them."""
    return keep.units_min > keep.units_max or keep.formal_min > keep.members_max
