"""What is held against what: many columns of one field, many rows of one name, each looked at once."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.records import roles
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.choices import Qualifier
from coverage_census.places import addresses
from reading_case import understand


def interval(low: int, wide: int | None) -> Count:
    return Count(low, Qualifier.RANGE, low, low + wide) if wide is not None else Count(low, Qualifier.AT_LEAST, low)


VALUES = some.lists(
    some.one_of(
        some.none(),
        some.booleans(),
        some.integers(0, 5).map(Count),
        some.builds(interval, some.integers(0, 5), some.one_of(some.none(), some.integers(0, 3))),
    ),
    max_size=7,
)


def both_right(one: Any, two: Any) -> bool:
    if one is None or two is None or not (isinstance(one, Count) and isinstance(two, Count)):
        return one is None or two is None or one == two
    (low, high), (less, more) = (
        (each.value, each.value) if each.qualifier is None else (each.low or 0, each.high) for each in (one, two)
    )
    return (high is None or less <= high) and (more is None or low <= more)


@given(VALUES)
def test_columns_that_disagree_are_those_that_pairs_tell(values: list[Any]) -> None:
    wrong = [n for n, value in enumerate(values) if not all(both_right(each, value) for each in values[:n])]
    assert roles._disagreeing(values) == wrong


def test_a_column_is_fetched_once_however_many_rows_bear_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that a sheet does not have is made anew each time it is asked for."""
    asked, of = Counter[int](), Facts.of

    def counted(self: Facts, name: str) -> list[Any]:
        asked[len(self.rows)] += name in ("uscc", "address")
        return of(self, name)

    monkeypatch.setattr(Facts, "of", counted)
    for rows in (5, 50):
        understand([["单位名称", "从业人员"], *(["青禾纸箱厂", 3] for _ in range(rows))])
    assert asked[5] == asked[50] > 0


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("城南路3号", "城北路81号", True),
        ("城南路3号", "城南路 3 号", False),
        ("城南路三号", "城北路八号", True),
        ("城南路３号", "城南路3号一楼", False),
        ("城南路", "城北路81号", False),
        (None, "城北路81号", False),
    ],
)
def test_addresses_that_tell_apart(one: str | None, other: str | None, apart: bool) -> None:
    assert addresses.apart(one, other) is apart
