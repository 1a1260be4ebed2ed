"""A round under a policy in; its rates, and the organisations behind each, out: decided by record or by column."""

from collections.abc import Sequence
from dataclasses import dataclass

from coverage_census.model.decision import Indicator
from coverage_census.policy.decide.frames import rows
from coverage_census.policy.decided.areas import PLACES, among, within
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import indicators
from coverage_census.words.catalogue import Words

_WHO = ("name", "uscc", "county", "township")
_PARTS = ("numerator", "denominator", "unknown")


@dataclass(frozen=True)
class OrganisationBehind:
    """One organisation behind a figure: below the line, above it, or not known to be."""

    code: str
    name: str
    uscc: str | None
    county: str | None
    township: str | None
    numerator: bool
    denominator: bool
    unknown: bool


def rates(found: Basis, words: Words, codes: tuple[str, ...] = (), areas: Sequence[str] = ()) -> list[Indicator]:
    """The rates of these codes (none: all), of the organisations of these areas (none: all)."""
    asked = found.policy, words, found.round.as_of, codes
    if found.is_few:
        return indicators.of_records(among(found.completed(), areas, PLACES), *asked)
    frame = found.decided(carry={*indicators.fields(codes), *(PLACES if areas else ())}, rules=())
    return indicators.compute(within(frame, areas, PLACES), *asked)


def behind(found: Basis, words: Words, codes: tuple[str, ...]) -> tuple[list[Indicator], list[OrganisationBehind]]:
    """These rates, and every organisation that is below the line of one, or may be."""
    import narwhals as nw

    frame = found.decided(carry={*indicators.fields(codes), *_WHO}, rules=())
    listed = list[OrganisationBehind]()
    for code in codes:
        flags = indicators.conditions(code)
        there = frame.filter(flags.denominator | flags.unknown)
        marks = (nw.when(getattr(flags, name)).then(nw.lit(1)).otherwise(nw.lit(0)).alias(name) for name in _PARTS)
        for row in rows(there.select(*_WHO, *marks)):
            who, parts = (row[name] for name in _WHO), (bool(row[name]) for name in _PARTS)
            listed.append(OrganisationBehind(code, *who, *parts))
    return indicators.compute(frame, found.policy, words, found.round.as_of, codes), listed
