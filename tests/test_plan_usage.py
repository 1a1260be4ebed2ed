"""What is typed beside `census plan`: numbers that mean nothing are wrong usage, and nothing is planned."""

import pytest

from kit import Census, Workbook
from test_plan_joint_plan import inside, made, row

SHEET = """
| 县（市、区） | 乡镇（街道） | 单位名称 | 从业人员 | 是否建立党组织 | 党员总数 | 正式党员 |
| 某县 | 甲镇 | 甲一茶业有限公司 | 20 | 否 | 1 | 1 |
| 某县 | 甲镇 | 甲二茶业有限公司 | 20 | 否 | 2 | 2 |
"""


@pytest.mark.parametrize("command", ["joint", "liaison", "mass"])
@pytest.mark.parametrize(
    "said", ["joint_units_max=0", "joint_units_max=-5", "joint_units_min = 00", "formal_threshold=0"]
)
def test_sizes_of_nothing_are_wrong_usage(command: str, said: str, census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("台账.xlsx", SHEET))
    ran = census("plan", command, "--what-if", said)
    assert ran.code == 2 and ran.out == "" and said.replace(" ", "") in ran.err
    assert census("plan", command, "--what-if", "joint_units_max=6").code == 0


@pytest.mark.parametrize("words", [("show", "0"), ("show", "-1"), ("compare", "0", "now")])
def test_a_plan_of_no_number_is_wrong_usage(words: tuple[str, ...], census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("台账.xlsx", SHEET))
    census("plan", "joint", "--keep")
    assert census("plan", *words).code == 2


# ── too many members: irregular where a plan would refuse it ────────────────


def test_a_branch_beyond_the_limit_of_members_is_irregular() -> None:
    plan = made([inside("联", name, 2, members_total=26) for name in ("甲", "乙")])
    (adjusted,) = plan.adjustments
    assert [said.code for said in adjusted.wrong] == ["wrong.too_many_members"]
    assert not made([inside("联", name, 2, members_total=25) for name in ("甲", "乙")]).adjustments


def test_with_another_limit_it_is_regular() -> None:
    rows = [inside("联", name, 2, members_total=26) for name in ("甲", "乙")]
    assert not made(rows, members_max=52).adjustments


def test_one_that_may_be_beyond_it_is_left_alone() -> None:
    """40 or 60 members: nobody can say that it is too many, and nobody joins it."""
    rows = [inside("联", name, 2, members_low=20, members_high=30) for name in ("甲", "乙")]
    plan = made([*rows, row("丙", 1)])
    assert not plan.adjustments and [each.unit.name for each in plan.leftovers] == ["丙"] and not plan.groups


# ── a blank is no zero ──────────────────────────────────────────────────────


def blank(name: str) -> dict[str, object]:
    """A unit of the branch 联 whose cells about members are empty."""
    nothing = dict.fromkeys(("formal_high", "members_low", "members_high", "members_total", "members_formal"))
    return {**inside("联", name, 0), **nothing}


def test_a_branch_with_a_unit_of_which_nothing_is_known_is_not_taken_apart() -> None:
    assert not made([inside("联", "甲", 1), blank("乙")]).adjustments
    assert made([inside("联", "甲", 1), inside("联", "乙", 0)]).adjustments
