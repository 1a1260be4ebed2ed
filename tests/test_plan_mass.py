"""`plan mass`: each form where the policy has it, 2 to 5 units, following the joint Party branch; and the command."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.model.decision import Citation
from coverage_census.model.plans.mass import MASS_KINDS, MassProposal
from coverage_census.model.reading import Subject
from coverage_census.plan.joint.neighbourhoods import divide
from coverage_census.plan.lacking_conditions import lacking
from coverage_census.plan.mass import MassLimits, MassShape, MassUnit, plan
from kit import Census, Workbook, often

CITED = Citation(document="条例", article="第一条", text="……")
ALONE = MassShape("standalone", None, "employees", None, CITED)
BRANCH = MassShape("joint", "joint_branch", "employees", 3, CITED)
AREA = MassShape("area", None, "employees", 3, CITED)
NEAR = MassShape("joint", "near", "employees", 3, CITED)
INDUSTRY = MassShape("industry", None, "employees", 3, CITED)
LIMITS = MassLimits(2, 5)


def unit(name: str, count: int, forms: set[int], **more: Any) -> MassUnit:
    subject = Subject(name=name, county="甲县", township=more.pop("township", "东镇"))
    facts: dict[str, Any] = {"has": False, "due": False, "counts": {"employees": count}, "forms": frozenset(forms)}
    return MassUnit(subject, **(facts | more))


def _forms(units: list[MassUnit], forms: list[MassShape]) -> dict[str, MassProposal]:
    made, _ = plan("union", units, forms, LIMITS)
    return {each.subject.name: each for each in made}


# ── forms ───────────────────────────────────────────────────────────────────


def test_standalone() -> None:
    made = _forms([unit("甲", 5, {0}, due=True)], [ALONE])["甲"]
    assert (made.form, made.group, made.partners, made.lead, made.total, made.due) == (
        "standalone",
        None,
        (),
        None,
        5,
        True,
    )


def test_the_first_form_that_can_be_formed_counts() -> None:
    made = _forms([unit("甲", 5, {0, 1}), unit("乙", 1, {1})], [ALONE, NEAR])
    assert made["甲"].form == "standalone" and "乙" not in made


def test_joint_follows_the_joint_branch() -> None:
    made = _forms(
        [unit("甲", 2, {0}, branch="甲县/联合支部"), unit("乙", 1, {0}, branch="甲县/联合支部", township="西镇")],
        [BRANCH],
    )
    assert made["甲"].partners == ("乙",) and made["乙"].partners == ("甲",)
    assert made["甲"].group == made["乙"].group and made["乙"].lead == "甲" and made["乙"].total == 3
    assert made["甲"].following == "联合支部"


def test_one_of_the_branch_that_has_a_union_takes_the_others_in() -> None:
    units = [unit("甲", 9, {0}, branch="甲县/联", has=True), unit("乙", 1, {0}, branch="甲县/联")]
    made = _forms(units, [BRANCH])
    assert set(made) == {"乙"} and made["乙"].joins == "甲" and made["乙"].total == 10


@pytest.mark.parametrize(("size", "formed"), [(1, False), (2, True), (5, True), (6, False)])
def test_a_joint_one_has_two_to_five_units(size: int, formed: bool) -> None:
    made = _forms([unit(f"单位{n}", 3, {0}, branch="甲县/联") for n in range(size)], [BRANCH])
    assert len(made) == (size if formed else 0)


def test_a_joint_one_must_add_up_to_enough() -> None:
    assert not _forms([unit("甲", 1, {0}, branch="甲县/联"), unit("乙", 1, {0}, branch="甲县/联")], [BRANCH])


def test_by_area_however_many() -> None:
    made = _forms([unit(f"单位{n}", 1, {0}, zone="工业园", township=f"{n}镇") for n in range(9)], [AREA])
    assert len(made) == 9 and {each.form for each in made.values()} == {"area"} and made["单位0"].following == "工业园"


def test_by_industry_across_the_townships_of_a_county() -> None:
    made = _forms([unit(f"单位{n}", 1, {0}, section="C", township=f"{n}镇") for n in range(6)], [INDUSTRY])
    assert len(made) == 6 and made["单位0"].total == 6


def test_neighbours_join_within_their_township() -> None:
    units = [unit(f"东{n}", 1, {0}) for n in range(3)] + [unit("西", 2, {0}, township="西镇")]
    made, left = plan("union", units, [NEAR], LIMITS)
    assert {each.subject.name for each in made} == {"东0", "东1", "东2"}
    assert [(each.subject.name, each.reason) for each in left] == [("西", "nobody_near")]


def test_one_village_stays_together() -> None:
    units = [
        unit(name, 2, {0}, village=village)
        for name, village in (("甲", "一村"), ("乙", "二村"), ("丙", "一村"), ("丁", "二村"))
    ]
    made = _forms(units, [NEAR])
    assert made["甲"].partners == ("丙",) and made["乙"].partners == ("丁",)


def test_who_has_one_or_has_nobody_is_not_planned_for() -> None:
    made, left = plan("union", [unit("甲", 5, {0}, has=True), unit("乙", 0, set())], [ALONE], LIMITS)
    assert made == [] and left == []


def test_the_order_of_the_units_changes_nothing() -> None:
    dice = random.Random(4)
    units = [
        unit(f"单位{n}", dice.randint(1, 4), {0, 1, 2, 3, 4}, township=dice.choice("东西南"), section=dice.choice("AC"),
             zone=dice.choice([None, None, "园"]), branch=dice.choice([None, None, "甲县/联一", "甲县/联二"]))
        for n in range(30)
    ]  # fmt: skip
    first = plan("union", units, [BRANCH, AREA, NEAR, INDUSTRY], LIMITS)
    for _ in range(5):
        dice.shuffle(units)
        assert plan("union", units, [BRANCH, AREA, NEAR, INDUSTRY], LIMITS) == first


def test_no_division_of_the_row_covers_more() -> None:
    dice = random.Random(8)
    for _ in range(200):
        counts = [dice.randint(1, 3) for _ in range(dice.randint(0, 8))]
        together = dice.randint(0, 6)
        found = divide(counts, 2, 4, together, lambda count: count, lambda _: None)
        assert all(2 <= len(group) <= 4 and sum(group) >= together for group in found)
        assert sum(map(len, found)) == _most(counts, together)


def _most(counts: list[int], together: int) -> int:
    """By looking at every way to cut the row: the next one alone, or with up to three after it."""
    ways = [_most(counts[1:], together)] if counts else [0]
    for size in range(2, min(4, len(counts)) + 1):
        if sum(counts[:size]) >= together:
            ways.append(size + _most(counts[size:], together))
    return max(ways)


# ── in a joint Party branch ─────────────────────────────────────────────────

FORMS = [ALONE, BRANCH, NEAR]


def test_who_reaches_the_number_stands_alone_in_a_joint_branch_too() -> None:
    made = _forms([unit(name, 3, {0, 1, 2}, branch="甲县/联") for name in "甲乙"], FORMS)
    assert {each.form for each in made.values()} == {"standalone"} and not any(each.partners for each in made.values())


def test_those_who_are_short_join_with_the_units_of_their_branch() -> None:
    short = [unit(name, 2, {1, 2}, branch="甲县/联") for name in "乙丙"]
    made = _forms([unit("甲", 9, {0, 1, 2}, branch="甲县/联"), *short, unit("丁", 2, {2})], FORMS)
    assert made["甲"].form == "standalone" and made["乙"].partners == ("丙",) and made["乙"].joins is None
    assert made["乙"].following == made["丙"].following == "联"


def test_one_who_is_short_joins_the_largest_of_its_branch_that_forms_its_own() -> None:
    """Not 丁 next door, who belongs to no branch with it."""
    units = [unit("甲", 4, {0, 1, 2}, branch="甲县/联"), unit("乙", 9, {0, 1, 2}, branch="甲县/联")]
    made = _forms([*units, unit("丙", 1, {1, 2}, branch="甲县/联"), unit("丁", 2, {2})], FORMS)
    assert made["丙"].form == "joint" and made["丙"].joins == made["丙"].lead == "乙" and made["丙"].total == 10
    assert made["乙"].form == "standalone" and "丁" not in made


def test_of_several_that_have_one_the_first_takes_in_where_all_together_would_be_too_many() -> None:
    units = [unit(name, 5, {0, 1}, branch="甲县/联", has=True) for name in "甲乙丙"]
    made = _forms([*units, *(unit(name, 1, {1}, branch="甲县/联") for name in "丁戊己")], FORMS)
    assert {made[name].joins for name in "丁戊己"} == {"丙"} and made["丁"].total == 8


def test_where_the_sheet_says_that_conditions_are_lacking_it_joins() -> None:
    units = [unit("甲", 30, {0, 1, 2}, branch="甲县/联", lacking=True), unit("乙", 8, {0, 1, 2}, branch="甲县/联")]
    made = _forms(units, FORMS)
    assert (made["甲"].form, made["甲"].joins, made["甲"].lacking) == ("joint", "乙", True)
    assert made["乙"].form == "standalone" and not made["乙"].lacking


def test_conditions_lacking_and_nobody_to_join_is_left_and_said() -> None:
    made, left = plan("union", [unit("甲", 30, {0, 1, 2}, lacking=True)], FORMS, LIMITS)
    assert made == [] and [each.reason for each in left] == ["conditions"]


@pytest.mark.parametrize(
    ("text", "joint", "kinds"),
    [
        ("工会暂不具备单独组建条件", False, {"union"}),
        ("工会、团组织条件不成熟", True, {"union", "league"}),
        ("群团组织尚不具备条件", False, {"union", "league", "women"}),
        ("暂不具备单独组建条件", True, {"union", "league", "women"}),
        ("暂不具备单独组建条件", False, set()),  # of its Party organisation, as far as one can tell
        ("有党员但不符合建立党组织条件", True, set()),
        ("工会已建；妇女组织暂无条件", True, {"women"}),
        ("具备条件，正在筹建工会", True, set()),
        ("集团公司条件不成熟", False, set()),
        ("", True, set()),
        (None, True, set()),
    ],
)
def test_whose_conditions_are_lacking(text: str | None, joint: bool, kinds: set[str]) -> None:
    assert {kind for kind in MASS_KINDS if lacking(kind, (None, text), joint=joint)} == kinds


@settings(max_examples=often(100), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from([None, "甲县/一", "甲县/二"]), st.booleans(), st.booleans()),
        max_size=12,
    )
)
def test_laws_of_forms(given_units: list[tuple[int, str | None, bool, bool]]) -> None:
    """Whoever reaches three and has nothing lacking stands alone, nobody else does; joint ones have two to five units
    of one branch or one township and three persons; nobody is planned for twice."""
    units = [
        unit(f"单位{n:02}", count, {0, 1, 2} if count >= 3 else {1, 2} if count else set(), branch=branch, has=has,
             lacking=no)
        for n, (count, branch, has, no) in enumerate(given_units)
    ]  # fmt: skip
    made, left = plan("union", units, FORMS, LIMITS)
    names = [each.subject.name for each in made]
    waiting = {each.subject.name for each in units if not each.has and each.forms}
    assert len(names) == len(set(names)) and {*names, *(each.subject.name for each in left)} == waiting
    alone = {each.subject.name for each in made if each.form == "standalone"}
    assert alone == {
        f"单位{n:02}" for n, (count, _, has, no) in enumerate(given_units) if count >= 3 and not has and not no
    }
    for each in made:
        if each.form == "joint":
            assert 1 <= len(each.partners) <= 4 and each.total >= 3


# ── the command ─────────────────────────────────────────────────────────────

ORGANISATIONS = """
| 单位名称 | 所属乡镇 | 从业人员 | 女职工 | 团员 | 工会会员 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织名称 | 工会 | 共青团 | 妇联 |
| 甲食品有限公司 | 东镇 | 30 | 2 | 3 | 26 | 1 | 是 | 联合 | 东镇联合支部 | 否 | 否 | 否 |
| 乙物流有限公司 | 东镇 | 10 | 1 | 1 | 5 | 1 | 是 | 联合 | 东镇联合支部 | 否 | 否 | 否 |
| 丙商贸有限公司 | 东镇 | 6 | 4 | 2 | 6 | 0 | 否 | | | 否 | 否 | 否 |
| 丁纸业有限公司 | 西镇 | 8 | 0 | 0 | 8 | 0 | 否 | | | 是 | 否 | 否 |
| 戊养殖有限公司 | 西镇 | | | | | 0 | 否 | | | 否 | 否 | 否 |
"""  # noqa: E501


@pytest.fixture
def ledger(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("甲县/台账.xlsx", ORGANISATIONS), "--no-returns")


def _found(census: Census, *words: str) -> dict[tuple[str, str], str]:
    made = json.loads(census("plan", "mass", "--json", *words).out)
    return {(each["subject"]["name"][0], each["kind"]): each["form"] for each in made["proposals"]}


@pytest.mark.usefixtures("ledger")
def test_by_the_county_policy(census: Census) -> None:
    assert _found(census) == {
        ("甲", "union"): "standalone",  # 26 members: the law
        ("乙", "union"): "standalone",
        ("丙", "union"): "standalone",
        ("甲", "league"): "standalone",  # three of the League, in a joint Party branch all the same
        ("乙", "league"): "joint",  # one: with 甲, of its joint Party branch
        ("甲", "women"): "joint",
        ("乙", "women"): "joint",
        ("丙", "women"): "standalone",
    }


@pytest.mark.usefixtures("ledger")
def test_by_the_law_alone(census: Census) -> None:
    """Union members below 25 may join, without a number to reach; there is no number for women's organisations."""
    found = _found(census, "--policy", "official")
    assert found[("甲", "union")] == "standalone" and found[("乙", "union")] == "joint" and ("丙", "union") not in found
    assert found[("甲", "league")] == "standalone" and found[("乙", "league")] == "joint"
    assert not [key for key in found if key[1] == "women"]


@pytest.mark.usefixtures("ledger")
def test_the_page_cites_and_lists_what_is_left(census: Census) -> None:
    ran = census("plan", "mass")
    assert ran.code == 0
    for words in (
        "会员二十五人以上的",
        "2个以上最多不超过5个不同组织",
        "团组织另有 1 组 1 家",
        "没建，人数没填",
        "戊养殖有限公司",
    ):
        assert words in ran.out
    english = census("plan", "mass", "--lang", "en").out
    assert "standalone" in english and "more groups of" in english
    table = census("plan", "mass", "--csv").out.splitlines()
    assert len(table) == 1 + 8 + 4 and any("工会法" in line for line in table)
    assert _found(census, "西镇") == {}


JOINT = """
| 单位名称 | 所属乡镇 | 从业人员 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织名称 | 是否建立工会 | 备注 |
| 甲家具有限公司 | 东镇 | 40 | 1 | 是 | 联合 | 东镇联合支部 | 否 | |
| 乙家具有限公司 | 东镇 | 12 | 1 | 是 | 联合 | 东镇联合支部 | 否 | 工会暂不具备单独组建条件 |
| 丙家具店 | 东镇 | 2 | 1 | 是 | 联合 | 东镇联合支部 | 否 | |
"""


def test_what_the_remarks_say_is_heeded_and_told(census: Census, workbook: Workbook) -> None:
    """乙 and 丙 form a joint one; 甲 has forty employees and stands alone."""
    census("ingest", workbook("甲县/台账.xlsx", JOINT), "--no-returns")
    assert {name: form for (name, kind), form in _found(census).items() if kind == "union"} == {
        "甲": "standalone", "乙": "joint", "丙": "joint",
    }  # fmt: skip
    table = census("plan", "mass", "--csv").out
    assert "表上注明条件不具备" in table and "与 丙家具店，合计 14 人，乙家具有限公司 牵头（随东镇联合支部）" in table


def test_joining_one_that_forms_its_own_is_told(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("甲县/台账.xlsx", JOINT.replace("| 2 | 1 |", "| 0 | 1 |")), "--no-returns")
    assert "甲家具有限公司（单独建）" in census("plan", "mass").out
