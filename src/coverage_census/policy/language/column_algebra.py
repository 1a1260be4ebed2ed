"""The algebra on columns: Narwhals expressions, alike on DuckDB, pyarrow, pandas and Spark.

Engines differ in what a null condition does (SQL takes the other branch, pyarrow gives null), so every test here
ends in `fill_null(False)` and no flag is ever null.
"""

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

import narwhals as nw

from coverage_census.policy.language.record_algebra import Scalar


class Columns:
    """The algebra whose values are columns of a frame."""

    def fact(self, name: str) -> nw.Expr:
        return nw.col(name)

    def value(self, plain: Scalar) -> nw.Expr:
        return nw.lit(plain)

    def coalesce(self, *values: nw.Expr) -> nw.Expr:
        return nw.coalesce(*values)

    def plus(self, left: nw.Expr, right: nw.Expr) -> nw.Expr:
        return left + right

    def minus(self, left: nw.Expr, right: nw.Expr) -> nw.Expr:
        return left - right

    def smaller(self, left: nw.Expr, right: nw.Expr) -> nw.Expr:
        return nw.min_horizontal(left, right)

    def larger(self, left: nw.Expr, right: nw.Expr) -> nw.Expr:
        return nw.max_horizontal(left, right)

    def choose(self, cases: Sequence[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr | None = None) -> nw.Expr:
        chosen = otherwise
        for flag, value in reversed(cases):
            branch = nw.when(flag).then(value)
            chosen = branch if chosen is None else branch.otherwise(chosen)
        if chosen is None:
            raise ValueError("choose needs a case")
        return chosen

    def known(self, value: nw.Expr) -> nw.Expr:
        return ~value.is_null()

    def at_least(self, value: nw.Expr, other: nw.Expr) -> nw.Expr:
        return (value >= other).fill_null(False)

    def less_than(self, value: nw.Expr, other: nw.Expr) -> nw.Expr:
        return (value < other).fill_null(False)

    def equals(self, value: nw.Expr, plain: Scalar) -> nw.Expr:
        return (value == plain).fill_null(False)

    def one_of(self, value: nw.Expr, words: Sequence[str]) -> nw.Expr:
        return value.is_in(words).fill_null(False)

    def contains(self, value: nw.Expr, phrase: str) -> nw.Expr:
        return value.str.contains(phrase, literal=True).fill_null(False)

    def both(self, *flags: nw.Expr) -> nw.Expr:
        return reduce(and_, flags)

    def either(self, *flags: nw.Expr) -> nw.Expr:
        return reduce(or_, flags)

    def opposite(self, flag: nw.Expr) -> nw.Expr:
        return ~flag
