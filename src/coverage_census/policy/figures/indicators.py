"""A table with decisions in; the indicators out, each with numerator, denominator, what is unknown, and definition."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import narwhals as nw
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from coverage_census.errors import WrongUsage
from coverage_census.model.decision import Indicator
from coverage_census.model.record import Facts, Record
from coverage_census.policy.decide.frames import Frame, rows
from coverage_census.policy.files.mistakes import nearest
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.column_algebra import Columns
from coverage_census.policy.language.conditions import Condition, Truth, truth
from coverage_census.policy.language.record_algebra import Algebra, OneRecord, T
from coverage_census.words.catalogue import Words

FILE = Path(__file__).with_name("indicators.toml")
ON = Columns()
_ADVISED = {"advice", "due", "liaison_due", "basis"}
_COUNTS = ("numerator", "denominator", "unknown", "known", "by_total")


Counted = Literal["organisations", "party_orgs", "persons"]
"""家 are organisations, 个 Party organisations, 名 persons."""


class Units(Record):
    """What is counted above and below the line: the same, or it is no rate (one joint branch, 1个, covers 2-5家)."""

    numerator_unit: Counted = "organisations"
    denominator_unit: Counted = "organisations"

    @model_validator(mode="after")
    def _the_same(self) -> "Units":
        if self.numerator_unit != self.denominator_unit:
            raise PydanticCustomError("mixed_units", "what is counted must be the same above and below the line")
        return self


class Definition(Units):
    """Who is above and below the line; no denominator: everyone is below it.

    `known_only`: whoever cannot be told to be above it or not is not below it either (but counted as unknown).
    """

    numerator: Condition
    denominator: Condition | None = None
    known_only: bool = False

    @property
    def facts(self) -> set[str]:
        """The facts it looks at."""
        return {leaf.fact for part in (self.numerator, self.denominator) if part for leaf in part.leaves() if leaf.fact}


class Flags(Record):
    """For each row: surely in the numerator, surely in the denominator, or one of the two cannot be told.

    `known`: surely in the denominator, and it is known whether in the numerator.
    """

    model_config = {"arbitrary_types_allowed": True, "frozen": True}

    numerator: nw.Expr
    denominator: nw.Expr
    unknown: nw.Expr
    known: nw.Expr


@cache
def definitions() -> dict[str, Definition]:
    """All indicators by code, in the order of the table of `design.md`."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {code: Definition.model_validate(said) for code, said in written.items()}


def conditions(code: str) -> Flags:
    """The rows behind a figure: `decide.columns(…).filter(conditions(code).numerator)` are those above the line.

    Whoever is gone (注销、迁出) is in none of them, whatever a definition says.
    """
    known = definitions()
    if code not in known:
        raise WrongUsage("indicator_not_found", code=code, near=nearest(code, known))
    return Flags(**_flags(known[code], ON))


def _flags(said: Definition, on: Algebra[T]) -> dict[str, T]:
    above = truth(said.numerator, on, {})
    told, gone = on.either(above.yes, above.no), on.fact("gone")
    living = on.opposite(gone)
    below = truth(said.denominator, on, {}) if said.denominator else Truth(living, gone)
    known = on.both(below.yes, told)
    in_doubt = on.either(on.opposite(on.either(below.yes, below.no)), on.both(below.yes, on.opposite(told)))
    return {
        "numerator": on.both(living, below.yes, above.yes),
        "denominator": on.both(living, known if said.known_only else below.yes),
        "unknown": on.both(living, in_doubt),
        "known": on.both(living, known),
    }


def fields(codes: tuple[str, ...] = ()) -> set[str]:
    """The columns of the table that the indicators need: for `decide.ends(rules=(), carry=…)`."""
    chosen = (said for code, said in definitions().items() if not codes or code in codes)
    return {"operating_status", *(fact for said in chosen for fact in said.facts)}


def compute(
    frame: Frame, policy: Policy, words: Words, as_of: date | str, codes: tuple[str, ...] = ()
) -> list[Indicator]:
    """All indicators, or those of `codes`, in one query; `as_of` is the cut-off day of the facts."""
    for code in codes:
        conditions(code)
    marks = _marks(codes)
    (counts,) = rows(frame.select(*(mark.count().alias(name) for name, mark in marks.items())))
    return [_aimed(each, policy) for each in _indicators(counts, codes, words, as_of)]


def of_records(
    records: Sequence[Facts], policy: Policy, words: Words, as_of: date | str, codes: tuple[str, ...] = ()
) -> list[Indicator]:
    """The same of a few rows with their facts, one by one: for a county that is a tenth of the work."""
    counts = Counter(name for record in records for name, flag in _counted(codes, OneRecord(record)) if flag)
    return [_aimed(each, policy) for each in _indicators(counts, codes, words, as_of)]


def _aimed(each: Indicator, policy: Policy) -> Indicator:
    """With the distance to the policy's target: how many more of those below the line it takes."""
    target = next((one for one in policy.targets.values() if one.indicator == each.code), None)
    if target is None:
        return each
    needed = -(-target.percent * each.denominator // 100)
    source = f"{target.citation.document} {target.citation.article}"
    missing = max(0, needed - each.numerator)
    return each.model_copy(
        update={"target_percent": target.percent, "target_missing": missing, "target_source": source}
    )


def by(frame: Frame, group: str, words: Words, as_of: date | str) -> dict[str | None, list[Indicator]]:
    """The same of each group, all of them in one query."""
    marks = _marks(())
    marked = frame.select(group, *(mark.alias(name) for name, mark in marks.items()))
    counted = rows(marked.group_by(group).agg(*(nw.col(name).count() for name in marks)))
    return {each[group]: _indicators(each, (), words, as_of) for each in counted}


def _marks(codes: tuple[str, ...]) -> dict[str, nw.Expr]:
    """1 for every row that is to be counted, by name of the count; else null."""
    return {name: nw.when(flag).then(nw.lit(1)) for name, flag in _counted(codes, ON)}


def _counted(codes: tuple[str, ...], on: Algebra[T]) -> Iterator[tuple[str, T]]:
    """Whether a row is counted, by name of the count."""
    excluded = on.fact("excluded")
    total = on.both(on.equals(on.fact("basis"), "total"), on.opposite(excluded))
    yield "gone", on.fact("gone")
    for code, said in definitions().items():
        if codes and code not in codes:
            continue
        flags = _flags(said, on)
        yield from ((f"{code}_{name}", flag) for name, flag in flags.items())
        yield f"{code}_by_total", on.both(total, flags["denominator"] if said.facts & _ADVISED else excluded)


def _indicators(counts: Facts, codes: tuple[str, ...], words: Words, as_of: date | str) -> list[Indicator]:
    chosen = [code for code in definitions() if not codes or code in codes]
    numbers = {code: [int(counts[f"{code}_{name}"] or 0) for name in _COUNTS] for code in chosen}
    gone = int(counts["gone"] or 0)
    return [_indicator(code, each, gone, words, str(as_of)) for code, each in numbers.items()]


def _indicator(code: str, counts: list[int], gone: int, words: Words, as_of: str) -> Indicator:
    numerator, denominator, unknown, known, by_total = counts
    return Indicator(
        code=code,
        label=words(f"indicator.{code}.label"),
        numerator=numerator,
        denominator=denominator,
        denominator_label=words(f"indicator.{code}.denominator"),
        rate=numerator / denominator if denominator else None,
        counted=definitions()[code].numerator_unit,
        as_of=as_of,
        definition=words(f"indicator.{code}.definition"),
        source=words(f"indicator.{code}.source"),
        by_total_basis=by_total,
        unknown=unknown,
        known=known,
        gone=gone,
    )
