"""What a rule may compute with: the same few operations on a column (`columns`) or on one record (`OneRecord`).

A formula written against `Algebra` is the one definition of a fact or verdict; who passes which algebra decides
whether it runs over sixty million rows or explains a single one. Flags are never null: a comparison with something
unknown is False, so its opposite has to be asked for separately (see `conditions.Truth`).
"""

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

from coverage_census.model.record import Facts

T = TypeVar("T")
"""A column expression, or the plain value of one record."""

Scalar = int | float | str | bool


class Algebra(Protocol[T]):
    """Operations on values (`coalesce` … `choose`) and tests that give flags (`known` … `opposite`)."""

    def fact(self, name: str) -> T: ...
    def value(self, plain: Scalar) -> T: ...
    def coalesce(self, *values: T) -> T: ...
    def plus(self, left: T, right: T) -> T: ...
    def minus(self, left: T, right: T) -> T: ...
    def smaller(self, left: T, right: T) -> T: ...
    def larger(self, left: T, right: T) -> T: ...
    def choose(self, cases: Sequence[tuple[T, T]], otherwise: T | None = None) -> T: ...

    def known(self, value: T) -> T: ...
    def at_least(self, value: T, other: T) -> T: ...
    def less_than(self, value: T, other: T) -> T: ...
    def equals(self, value: T, plain: Scalar) -> T: ...
    def one_of(self, value: T, words: Sequence[str]) -> T: ...
    def contains(self, value: T, phrase: str) -> T: ...
    def both(self, *flags: T) -> T: ...
    def either(self, *flags: T) -> T: ...
    def opposite(self, flag: T) -> T: ...


Value: TypeAlias = Any
"""What one fact holds, by which fact it is: a text, a number or a flag; None: unknown."""


class OneRecord:
    """The algebra on one record: a mapping of facts, None where unknown or not there."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def fact(self, name: str) -> Value:
        return self._facts.get(name)

    def value(self, plain: Scalar) -> Value:
        return plain

    def coalesce(self, *values: Value) -> Value:
        return next((value for value in values if value is not None), None)

    def plus(self, left: Value, right: Value) -> Value:
        return None if left is None or right is None else left + right

    def minus(self, left: Value, right: Value) -> Value:
        return None if left is None or right is None else left - right

    def smaller(self, left: Value, right: Value) -> Value:
        return min((value for value in (left, right) if value is not None), default=None)

    def larger(self, left: Value, right: Value) -> Value:
        return max((value for value in (left, right) if value is not None), default=None)

    def choose(self, cases: Sequence[tuple[Value, Value]], otherwise: Value = None) -> Value:
        return next((value for flag, value in cases if flag), otherwise)

    def known(self, value: Value) -> Value:
        return value is not None

    def at_least(self, value: Value, other: Value) -> Value:
        return value is not None and other is not None and value >= other

    def less_than(self, value: Value, other: Value) -> Value:
        return value is not None and other is not None and value < other

    def equals(self, value: Value, plain: Scalar) -> Value:
        return value is not None and value == plain

    def one_of(self, value: Value, words: Sequence[str]) -> Value:
        return value in words

    def contains(self, value: Value, phrase: str) -> Value:
        return value is not None and phrase in value

    def both(self, *flags: Value) -> Value:
        return all(flags)

    def either(self, *flags: Value) -> Value:
        return any(flags)

    def opposite(self, flag: Value) -> Value:
        return not flag
