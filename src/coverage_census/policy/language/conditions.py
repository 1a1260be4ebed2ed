"""The small language of policies: a condition in, its truth (yes, no, or neither) out, in three-valued logic.

A count is an interval [low, high]; a comparison is true or false only if the whole interval falls on one side.
"""

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from coverage_census.model.choices import CHOICES
from coverage_census.model.organisation import about
from coverage_census.model.record import Record
from coverage_census.policy.language.facts import DERIVED, INTERVALS, interval
from coverage_census.policy.language.record_algebra import Algebra, T

COMPARISONS = ("at_least", "more_than", "at_most", "less_than", "reaches")
TESTS = (*COMPARISONS, "is_", "in_", "known", "contains")
JOINERS = ("all", "any", "not_")


class Truth(NamedTuple, Generic[T]):
    """Two flags, neither ever null and never both set; neither set: it cannot be told."""

    yes: T
    no: T


class Bound(NamedTuple):
    """A number to compare with, and how: 以上 (at_least) includes it, 超过 (more_than) does not."""

    value: int | float
    operator: str = "at_least"


class Condition(Record):
    """`{fact, TEST = …}` with exactly one test, or `{all = […]}`, `{any = […]}`, `{not = …}`.

    A comparison takes a number or a parameter's name; `reaches` takes a parameter and compares by its own operator.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str | None = None
    at_least: int | str | None = None
    more_than: int | str | None = None
    at_most: int | str | None = None
    less_than: int | str | None = None
    reaches: str | None = None
    is_: bool | str | None = Field(None, alias="is")
    in_: tuple[str, ...] | None = Field(None, alias="in")
    known: bool | None = None
    contains: tuple[str, ...] | None = None
    all: "tuple[Condition, ...] | None" = None
    any: "tuple[Condition, ...] | None" = None
    not_: "Condition | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def _one_thing_only(self) -> "Condition":
        tests = [name for name in TESTS if getattr(self, name) is not None]
        joiners = [name for name in JOINERS if getattr(self, name) is not None]
        if (self.fact is None, len(tests), len(joiners)) not in {(False, 1, 0), (True, 0, 1)}:
            raise PydanticCustomError("condition_shape", "one fact with one test, or one of all, any, not")
        if self.fact is not None:
            _check_fact(self.fact, self)
        return self

    @property
    def parts(self) -> "tuple[Condition, ...]":
        """What all, any or not join."""
        return self.all or self.any or ((self.not_,) if self.not_ else ())

    def leaves(self) -> "Iterator[Condition]":
        """The single tests, in their order."""
        if self.fact is not None:
            yield self
        for part in self.parts:
            yield from part.leaves()

    @property
    def compares(self) -> bool:
        """Whether it compares a number."""
        return any(getattr(self, name) is not None for name in COMPARISONS)

    def parameters(self) -> set[str]:
        """Names of the parameters it compares with."""
        return {
            value for leaf in self.leaves() for name in COMPARISONS if isinstance(value := getattr(leaf, name), str)
        }


def as_read(condition: Condition) -> Condition:
    """The condition as a sheet without a word on it is read: a blank status or remark marks nobody.

    A blank count, kind or yes/no is no such silence: it may be anything.
    """
    if condition.fact is not None:
        there = {"fact": condition.fact, "known": True}
        return Condition.model_validate({"all": (there, condition)}) if _is_mark(condition) else condition
    if condition.not_ is not None:
        return condition.model_copy(update={"not_": as_read(condition.not_)})
    joined = "all" if condition.all is not None else "any"
    return condition.model_copy(update={joined: tuple(as_read(part) for part in condition.parts)})


def can_be_open(condition: Condition) -> bool:
    """Whether it may be neither true nor false of somebody, marks aside."""
    return any(leaf.known is None and not _is_mark(leaf) for leaf in condition.leaves())


def _is_mark(leaf: Condition) -> bool:
    return leaf.contains is not None or (leaf.fact == "operating_status" and leaf.known is None)


def truth(condition: Condition, on: Algebra[T], parameters: Mapping[str, Bound]) -> Truth[T]:
    """Whether `condition` holds, on a column or on one record."""
    if condition.fact is not None:
        return _test(condition, condition.fact, on, parameters)
    if condition.not_ is not None:
        inner = truth(condition.not_, on, parameters)
        return Truth(inner.no, inner.yes)
    parts = [truth(part, on, parameters) for part in condition.parts]
    yes, no = [part.yes for part in parts], [part.no for part in parts]
    if condition.all is not None:
        return Truth(on.both(*yes), on.either(*no))
    return Truth(on.either(*yes), on.both(*no))


def _test(leaf: Condition, fact: str, on: Algebra[T], parameters: Mapping[str, Bound]) -> Truth[T]:
    if leaf.known is not None:
        known = on.either(*(on.known(end) for end in interval(on, fact)))
        return Truth(known, on.opposite(known)) if leaf.known else Truth(on.opposite(known), known)
    if (bound := _bound(leaf, parameters)) is not None:
        return _compare(bound, fact, on)
    value = on.fact(fact)
    if leaf.is_ is not None:
        yes = on.equals(value, leaf.is_)
    elif leaf.in_ is not None:
        yes = on.one_of(value, leaf.in_)
    else:
        yes = on.either(*(on.contains(value, phrase) for phrase in leaf.contains or ()))
    return Truth(yes, on.both(on.known(value), on.opposite(yes)))


def _bound(leaf: Condition, parameters: Mapping[str, Bound]) -> Bound | None:
    for operator in COMPARISONS:
        wanted = getattr(leaf, operator)
        if wanted is None:
            continue
        if operator == "reaches":
            return parameters[wanted]
        return Bound(parameters[wanted].value if isinstance(wanted, str) else wanted, operator)
    return None


def _compare(bound: Bound, fact: str, on: Algebra[T]) -> Truth[T]:
    low, high = interval(on, fact)
    number = on.value(bound.value)
    if bound.operator in ("at_least", "less_than"):
        reached = Truth(on.at_least(low, number), on.less_than(high, number))
    else:
        reached = Truth(on.less_than(number, low), on.at_least(number, high))
    return reached if bound.operator in ("at_least", "more_than") else Truth(reached.no, reached.yes)


def _check_fact(fact: str, leaf: Condition) -> None:
    known = {*about(), *DERIVED, *INTERVALS}
    if fact not in known:
        raise PydanticCustomError("unknown_fact", "no such fact", {"given": fact, "known": sorted(known)})
    words: tuple[object, ...] = leaf.in_ or ((leaf.is_,) if isinstance(leaf.is_, str) else ())
    allowed = tuple(CHOICES[fact]) if fact in CHOICES else DERIVED.get(fact, ())
    for word in words:
        if allowed and word not in allowed:
            raise PydanticCustomError("unknown_word", "no such word", {"given": word, "known": sorted(allowed)})
    if leaf.compares and not _is_number(fact):
        raise PydanticCustomError("not_a_number", "this fact is no number", {"given": fact})


def _is_number(fact: str) -> bool:
    return fact in INTERVALS or (fact in about() and about()[fact].holds in ("count", "number", "star"))
