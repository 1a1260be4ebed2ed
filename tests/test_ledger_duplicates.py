"""What one organisation in two sheets of one intake becomes: the first row holds, the second fills what it can."""

from typing import Any

import pytest

from coverage_census.ledger.identity.duplicates import fill
from coverage_census.model import tables
from coverage_census.model.choices import Qualifier
from coverage_census.model.organisation import Organisation


def row(**values: Any) -> dict[str, Any]:
    (found,) = tables.table([Organisation(name="富民食品", **values)]).to_pylist()
    return dict(found)


def test_blanks_are_filled_with_their_bounds_and_qualifiers() -> None:
    first = row(members_total=4)
    qualified = {"employees": Qualifier.APPROX}
    assert fill(first, row(employees=50, bounds={"employees": (40, 60)}, qualifiers=qualified, has_union=False)) == ()
    assert first == row(
        members_total=4, employees=50, bounds={"employees": (40, 60)}, qualifiers=qualified, has_union=False
    )


@pytest.mark.parametrize(
    ("first", "later", "contradicted", "expected"),
    [
        # figures of one group are never mixed from two sheets that disagree on it
        ({"members_total": 4}, {"members_total": 5, "members_formal": 5}, ("members_total",), {"members_total": 4}),
        # other groups are filled all the same
        (
            {"members_total": 4},
            {"members_total": 5, "has_org": True},
            ("members_total",),
            {"members_total": 4, "has_org": True},
        ),
        # a date known better is no contradiction
        (
            {"org_founded_on": "2018-06"},
            {"org_founded_on": "2018-06-13", "org_level": "branch"},
            (),
            {"org_founded_on": "2018-06", "org_level": "branch"},
        ),
        # nor are two ways to write an address
        (
            {"address": "人民路1号"},
            {"address": "首阳镇人民路1号", "zone": "工业园"},
            (),
            {"address": "人民路1号", "zone": "工业园"},
        ),
        # 0 is said, blank is not
        ({"members_total": 0}, {"members_total": 2}, ("members_total",), {"members_total": 0}),
        ({"has_org": False}, {"has_org": True}, ("has_org",), {"has_org": False}),
    ],
)
def test_contradictions(
    first: dict[str, Any], later: dict[str, Any], contradicted: tuple[str, ...], expected: dict[str, Any]
) -> None:
    found = row(**first)
    assert fill(found, row(**later)) == contradicted
    assert found == row(**expected)
