"""An organisation's own figures in; the facts that rules are asked about out: derived intervals, flags, joint branches.

Each layer is one formula per fact and may read the facts of the layers before it. An interval is a pair of facts,
`<name>_low` and `<name>_high`; a high that is null is open. Low is never above high, even where figures contradict.
"""

from typing import Protocol

from coverage_census.model.choices import Kind
from coverage_census.model.decision import Advice
from coverage_census.model.organisation import about
from coverage_census.policy.language.record_algebra import Algebra, T

# The bounds of a qualified count, as `tables.schema` names them (not imported: that would load pyarrow).
LOW, HIGH = "_min", "_max"

BASES = ("formal", "total", "stated")

DERIVED: dict[str, tuple[str, ...]] = {
    "advice": tuple(Advice),
    "basis": BASES,
    "gone": (),  # 注销、迁出 (`model.choices.GONE`): on neither side of any figure
    "surveyed": (),  # some sheet has named it; else only another office's register did
    "excluded": (),  # the policy leaves it out of every rule: whoever is gone, shells
    "in_scope": (),  # 列入范围: not left out; unknown where a fact that would leave it out is not known
    "formal_known": (),  # the sheet says something about formal members, exact or not, or they can be worked out
    "stated_due": (),  # no counts, but the sheet itself says 应建未建
    "liaison_due": (),  # 应选派联络员; unknown only where it may be
    "due": (),  # 应建: advised to stand alone, or stated; unknown only where it may be
}
"""Derived facts that are no intervals, with their words (flags have none)."""

INTERVALS: dict[str, tuple[str, ...]] = {
    "formal": ("members_formal", "members_total", "members_probationary"),
    "formal_or_total": ("members_formal", "members_total", "members_probationary"),
    "formal_duty": (
        "members_formal",
        "members_total",
        "members_probationary",
        "kind",
        "members_fulltime",
        "employees_fulltime",
    ),
    "members": ("members_total", "members_formal", "members_probationary"),
    "joint_size": ("joint_units", "org_name"),
    "joint_formal": ("members_formal", "org_name"),
    "joint_members": ("members_total", "org_name"),
}
"""Derived intervals, with the fields they are worked out from, the one to ask for first."""


class Layer(Protocol):
    """Formulas by fact name."""

    def __call__(self, on: Algebra[T]) -> dict[str, T]: ...


def interval(on: Algebra[T], fact: str) -> tuple[T, T]:
    """The ends of a number that a rule compares; an exact value is both of them."""
    if fact in INTERVALS:
        return on.fact(f"{fact}_low"), on.fact(f"{fact}_high")
    if fact not in about() or about()[fact].holds != "count":
        return on.fact(fact), on.fact(fact)
    value, low, high = on.fact(fact), on.fact(fact + LOW), on.fact(fact + HIGH)
    exact = on.opposite(on.either(on.known(low), on.known(high)))
    return on.coalesce(low, value), on.choose([(exact, value), (on.known(high), high)])


def members(on: Algebra[T]) -> dict[str, T]:
    """Formal members and all members, at least and at most: 0 in all means 0 formal, fewer than 3 fewer than 3.

    Where total and probationary members are both given, the formal ones are their difference; where only formal ones
    are given, there may be probationary ones beside them. Intervals narrow each other down; where figures contradict
    each other, each stays as it is stated. `members_most` is what a joint branch adds up: the upper end that a sheet
    states, none where it says 至少, and where it states no total what is surely there.
    """
    none = on.value(0)
    formal, formal_high = interval(on, "members_formal")
    probationary, probationary_high = interval(on, "members_probationary")
    total, total_high = interval(on, "members_total")
    probationary_low = on.coalesce(probationary, none)
    difference = on.minus(total, probationary_high)
    stated = on.coalesce(formal, none)
    at_least = on.larger(stated, on.coalesce(difference, none))
    formal_low = on.choose([(on.less_than(formal_high, at_least), stated)], at_least)
    members_low = on.larger(on.coalesce(total, none), on.plus(formal_low, probationary_low))
    most_formal = on.smaller(formal_high, on.minus(total_high, probationary_low))
    parts_high = on.plus(formal_high, probationary_high)
    narrowed = on.opposite(on.less_than(parts_high, members_low))
    most = on.choose([(narrowed, on.smaller(total_high, parts_high))], on.coalesce(total_high, parts_high))
    members_high = on.choose([(on.known(most), on.larger(most, members_low))])
    said_open = (on.both(on.known(low), on.opposite(on.known(high))) for low, high in
                 ((formal, formal_high), (probationary, probationary_high), (total, total_high)))  # fmt: skip
    return {
        "formal_known": on.either(
            on.known(formal), on.known(formal_high), on.both(on.known(difference), on.known(most_formal))
        ),
        "formal_low": formal_low,
        "formal_high": on.choose([(on.known(most_formal), on.larger(most_formal, formal_low))]),
        "members_low": members_low,
        "members_high": members_high,
        "members_most": on.choose([
            (on.known(members_high), members_high),
            (on.opposite(on.either(*said_open)), members_low),
        ]),
    }


def formal_or_total(on: Algebra[T]) -> dict[str, T]:
    """The count of `default`: formal members where the sheet gives them, else the total less the probationary."""
    total, _ = interval(on, "members_total")
    probationary, probationary_high = interval(on, "members_probationary")
    none = on.value(0)
    total = on.coalesce(total, none)
    low = on.choose(
        [
            (on.fact("formal_known"), on.fact("formal_low")),
            (on.opposite(on.known(probationary)), total),
            (on.known(probationary_high), on.larger(on.minus(total, probationary_high), none)),
        ],
        none,
    )
    high = on.fact("formal_high")
    return {
        "formal_or_total_low": on.choose([(on.known(high), on.smaller(low, high))], low),
        "formal_or_total_high": high,
    }


def formal_duty(on: Algebra[T]) -> dict[str, T]:
    """应建基数: the formal members who create the duty to build; in a social organisation those of its full-time staff.

    A sheet that does not tell its full-time members apart leaves it at the formal count; where it is not known what
    kind of organisation it is, either may be meant.
    """
    perhaps = on.opposite(on.known(on.fact("kind")))
    social = on.equals(on.fact("kind"), Kind.SOCIAL_ORG.value)
    among, among_high = interval(on, "members_fulltime")
    _, staff_high = interval(on, "employees_fulltime")
    low, high = on.fact("formal_low"), on.fact("formal_high")
    least = on.larger(on.minus(on.plus(low, among), on.fact("members_high")), on.value(0))
    told = on.choose([(on.known(among), least)], low)
    most = on.smaller(high, on.smaller(among_high, staff_high))
    told = on.choose([(on.known(most), on.smaller(told, most))], told)
    return {
        "formal_duty_low": on.choose([(on.either(social, perhaps), on.smaller(told, low))], low),
        "formal_duty_high": on.choose([(social, most)], high),
    }


def bases(on: Algebra[T]) -> dict[str, T]:
    """The counts that policies decide by, beside the formal count itself."""
    return formal_or_total(on) | formal_duty(on)


def joint_branch(on: Algebra[T]) -> dict[str, T]:
    """Units and members of the joint branch: what is stated, else what the ledger's rows show.

    One row alone does not tell how many units there are; formal members are known at most where every unit has a row.
    All members are at most what the rows say: a branch is too large, or may be, only by figures.
    """
    own_low, own_high = interval(on, "joint_units")
    stated_low = on.coalesce(on.fact("joint_stated_low"), own_low)
    stated_high = on.coalesce(on.fact("joint_stated_high"), own_high)
    rows = on.fact("joint_rows")
    stated_low, stated_high = _of_the_living(on, stated_low, stated_high)
    size_high = on.choose([
        (on.known(stated_high), on.larger(stated_high, rows)),
        (on.both(on.opposite(on.known(stated_low)), on.at_least(rows, on.value(2))), rows),
    ])
    all_told = on.both(on.at_least(rows, size_high), on.equals(on.fact("joint_unclear"), 0))
    members_told = on.equals(on.fact("joint_members_unclear"), 0)
    return {
        "joint_size_low": on.coalesce(on.larger(stated_low, rows), on.value(0)),
        "joint_size_high": size_high,
        "joint_formal_low": on.coalesce(on.fact("joint_sum_low"), on.fact("formal_low")),
        "joint_formal_high": on.choose([(all_told, on.fact("joint_sum_high"))]),
        "joint_members_low": on.coalesce(on.fact("joint_sum_members"), on.fact("members_low")),
        "joint_members_high": on.choose([
            (members_told, on.fact("joint_sum_members_high")),
            (on.opposite(on.known(on.fact("joint_members_unclear"))), on.fact("members_most")),
        ]),
    }


def _of_the_living(on: Algebra[T], low: T, high: T) -> tuple[T, T]:
    """The stated number of units without those that are gone: where every unit has a row, the rows that are left;
    else nobody knows whether the number counts them still."""
    rows, gone = on.fact("joint_rows"), on.fact("joint_gone")
    some = on.at_least(gone, on.value(1))
    listed = on.both(some, on.at_least(on.plus(rows, gone), high))
    left = on.larger(on.minus(low, gone), on.value(0))
    return (
        on.choose([(listed, rows), (on.both(some, on.known(low)), left)], low),
        on.choose([(listed, rows)], high),
    )


OWN: tuple[Layer, ...] = (members, bases)
"""Layers that need one row only; `joint_branch` comes after the other rows of its branch were looked at."""
