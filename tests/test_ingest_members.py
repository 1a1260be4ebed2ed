"""党员总数 that says its parts (3（含预备1名）, 3，另有预备1名), and parts that total and 预备 together say."""

from typing import Any

import pytest

from reading_case import Understood, understand

FIELDS = ("members_total", "members_formal", "members_probationary")


def members(total: Any, formal: Any = None, probationary: Any = None) -> Understood:
    return understand([
        ["单位名称", "从业人员", "党员总数", "正式党员", "预备党员"],
        ["柳河甲食品有限公司", 40, total, formal, probationary],
        ["柳河乙食品有限公司", 40, 5, 4, 1],
    ])


def held(found: Understood) -> tuple[int | None, ...]:
    return tuple(getattr(found.organisations[0], field) for field in FIELDS)


def derived(found: Understood) -> set[str]:
    return {field for field, how in found.organisations[0].qualifiers.items() if how == "derived"}


@pytest.mark.parametrize(
    ("cell", "wanted", "worked_out"),
    [
        ("3（含预备1名）", (3, 2, 1), {"members_formal"}),
        ("3（含1名预备党员）", (3, 2, 1), {"members_formal"}),
        ("4（其中预备党员1名）", (4, 3, 1), {"members_formal"}),
        ("3人，其中预备1人", (3, 2, 1), {"members_formal"}),
        ("3（其中正式2名）", (3, 2, 1), {"members_probationary"}),
        ("3（正式2名，预备1名）", (3, 2, 1), set()),
        ("2正1预", (3, 2, 1), set()),
        ("2+1", (3, 2, 1), set()),
        ("3（不含预备1名）", (4, 3, 1), set()),
        ("3名（不包括预备党员1名）", (4, 3, 1), set()),
        ("3，另有预备1名", (4, 3, 1), set()),
        ("3（另1名预备）", (4, 3, 1), set()),
        ("3（均为正式党员）", (3, 3, 0), set()),
        ("3（全部为正式党员）", (3, 3, 0), set()),
        ("3（无预备党员）", (3, 3, 0), set()),
        ("1（预备）", (1, 0, 1), set()),
        ("2（均为预备党员）", (2, 0, 2), set()),
    ],
)
def test_a_total_says_its_parts(cell: str, wanted: tuple[int, ...], worked_out: set[str]) -> None:
    found = members(cell)
    assert held(found) == wanted
    assert derived(found) == worked_out
    assert found.serious == []
    assert found.sheet.split_rows == (2,)


def test_without_its_number() -> None:
    found = members("3（不含预备党员）")
    assert held(found) == (3, 3, None)
    assert found.organisations[0].bounds["members_total"] == (3, None)
    assert held(members("3（含预备党员）")) == (3, None, None)


def test_columns_that_agree_or_contradict() -> None:
    assert members("3（含预备1名）", 2, 1).serious == []
    assert held(members("3（含预备1名）", None, 1)) == (3, 2, 1)
    assert members("3（不含预备1名）", 3, 1).serious == []
    against = members("3（含预备1名）", 3, 0)
    assert [found for found in against.found if found[0] == "split_disagrees"] == [("split_disagrees", "C2")] * 2
    one = members("3（含预备1名）", None, 2)
    assert ("split_disagrees", "C2") in one.serious


def test_parts_that_are_more_than_the_total() -> None:
    assert ("members_sum", "C2") in members("3（正式3名，预备1名）").serious


def test_a_formal_count_that_says_how_many_are_not() -> None:
    assert held(members(None, "3（另有预备1名）")) == (4, 3, 1)


@pytest.mark.parametrize(
    ("total", "probationary", "wanted", "bounds"),
    [(4, 0, 4, None), (4, 1, 3, None), (0, 0, 0, None), ("10余名", 1, 9, (10, 18)), (4, None, None, None)],
)
def test_total_and_probationary_together_say_the_formal(
    total: Any, probationary: Any, wanted: int | None, bounds: tuple[int, int] | None
) -> None:
    found = members(total, None, probationary)
    assert held(found)[1] == wanted
    assert found.organisations[0].bounds.get("members_formal") == bounds
    assert derived(found) == ({"members_formal"} if wanted is not None else set())


def test_more_probationary_than_there_are_members() -> None:
    found = members(2, None, 3)
    assert held(found)[1] is None
    assert found.serious == [("probationary_exceed_total", "E2")]


def test_an_unreadable_formal_count_is_not_replaced() -> None:
    assert held(members(4, "见附件", 0))[1] is None
