"""`plan mass`: each form where the policy has it, 2 to 5 units, following the joint Party branch; and the command."""

import json
import random
from typing import Any

import pytest

from coverage_census.model.decision import Citation
from coverage_census.model.mass_plan import MassProposal
from coverage_census.model.reading import Subject
from coverage_census.plan.mass import Form, Limits, Unit, plan
from coverage_census.plan.neighbourhoods import divide
from kit import Census, Workbook

CITED = Citation(document="条例", article="第一条", text="……")
ALONE = Form("standalone", None, "employees", None, CITED)
BRANCH = Form("joint", "joint_branch", "employees", 3, CITED)
AREA = Form("area", None, "employees", 3, CITED)
NEAR = Form("joint", "near", "employees", 3, CITED)
INDUSTRY = Form("industry", None, "employees", 3, CITED)
LIMITS = Limits(2, 5)


def unit(name: str, count: int, forms: set[int], **more: Any) -> Unit:
    subject = Subject(name=name, county="甲县", township=more.pop("township", "东镇"))
    given: dict[str, Any] = {"has": False, "due": False, "counts": {"employees": count}, "forms": frozenset(forms)}
    return Unit(subject, **(given | more))


def _forms(units: list[Unit], forms: list[Form]) -> dict[str, MassProposal]:
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
        ("甲", "league"): "joint",
        ("乙", "league"): "joint",
        ("甲", "women"): "joint",
        ("乙", "women"): "joint",
        ("丙", "women"): "standalone",
    }


@pytest.mark.usefixtures("ledger")
def test_by_the_law_alone(census: Census) -> None:
    """Union members below 25 may join, without a number to reach; there is no number for women's organisations."""
    found = _found(census, "--policy", "official")
    assert found[("甲", "union")] == "standalone" and found[("乙", "union")] == "joint" == found[("丙", "union")]
    assert found[("甲", "league")] == "standalone" and found[("乙", "league")] == "joint"
    assert not [key for key in found if key[1] == "women"]


@pytest.mark.usefixtures("ledger")
def test_the_page_cites_and_lists_what_is_left(census: Census) -> None:
    ran = census("plan", "mass")
    assert ran.code == 0
    for words in (
        "会员二十五人以上的",
        "2个以上最多不超过5个不同组织",
        "乙物流有限公司（1+）",
        "没建，人数没填",
        "戊养殖有限公司",
    ):
        assert words in ran.out
    english = census("plan", "mass", "--lang", "en").out
    assert "standalone" in english and "in groups" in english
    table = census("plan", "mass", "--csv").out.splitlines()
    assert len(table) == 1 + 8 + 4 and any("工会法" in line for line in table)
    assert _found(census, "西镇") == {}
