"""Whose row of a register is whose: every step by a case that it takes and one that it must not."""

import pytest

from coverage_census.registers.matching.columns import old_code
from coverage_census.registers.matching.sides import SaidPairs, Step
from coverage_census.sample.units import uscc
from register_case import COUNTY, N, doubts, links, matched

A, B, C = (uscc.make(office, "451425", number) for office, number in (("91", 1), ("91", 2), ("92", 3)))
FUMIN = "富民食品有限公司"


def one(ours: N, theirs: N) -> str | None:
    """The step that links two who are alone, or why they are asked."""
    found = links([ours], [theirs]) or doubts([ours], [theirs])
    return found[0][2] if found else None


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (N(FUMIN, A), N(FUMIN, A), "code"),
        (N(FUMIN, A), N("富民绿色食品股份公司", A, county="田东县"), "code"),
        (N(FUMIN, C), N(FUMIN, C), "code"),  # 个转企 keeps its 92
        (N("兴旺建材有限公司", A), N("大发餐饮有限公司", A), "one_code_two_names"),
        (N(FUMIN + "城东分公司", A), N(FUMIN, A), "one_code_two_names"),
        (N(FUMIN, A), N(FUMIN, B), "one_name_two_codes"),
        (N(FUMIN, A), N(FUMIN, code=A[8:17]), "old_code"),
        (N(FUMIN, A), N(FUMIN, code=f"{A[8:16]}-{A[16]}"), "old_code"),
        (N(FUMIN, A), N(FUMIN, code="451425" + A[8:17]), "old_code"),
        (N(FUMIN, A), N(FUMIN, code=uscc.spoil(A)), "old_code"),
        (N(FUMIN, code="451425900001234"), N(FUMIN, code="451425900001234"), "old_code"),
        (N(FUMIN, A), N("天等县富民食品（有限责任公司）"), "core_name"),
        (N(FUMIN), N("富民食品股份有限公司", county="田东县"), None),
        (N(FUMIN, township="首阳镇"), N(FUMIN, township="首阳"), "core_name"),
        (N(FUMIN, township="首阳镇"), N(FUMIN, township="龙茗镇"), "same_name_elsewhere"),
        (N("天等富民食品厂"), N("崇左富民食品厂"), "same_name_elsewhere"),
        (N("富民投资有限公司"), N("富民投资合伙企业（有限合伙）"), None),
        (N(FUMIN), N("富民食品有限责任公司工会委员会"), "name_ending"),
        (N(FUMIN), N("共青团天等县富民食品有限公司支部委员会"), "name_ending"),
        (N(FUMIN), N("中共富民食品有限公司支部委员会"), "name_ending"),
        (N("首阳镇富民超市", township="首阳镇"), N("富民超市", township="首阳镇"), "name_ending"),
        (N("首阳镇富民超市", township="首阳镇"), N("龙茗镇富民超市", township="龙茗镇"), "same_name_elsewhere"),
        (N("首阳镇联合工会"), N("首阳镇富民超市"), None),
        (N("浚鑫包装材料机械有限公司"), N("浚鑫包装材料机戒有限公司"), "alike"),
        (N("浚鑫绿色食品包装材料机械有限公司"), N("浚鑫绿色食品包装材枓机械有限公司"), "like"),
        (N("浚鑫绿色食品包装材料科技有限公司"), N("浚鑫绿色食品包装材料科贸有限公司"), "alike"),
        (N("城东实验示范艺术双语幼儿园"), N("城西实验示范艺术双语幼儿园"), None),
        (N("天等县第一实验示范双语幼儿园"), N("天等县第二实验示范双语幼儿园"), None),
        (N("富民国际旅行社有限公司第一分公司"), N("富民国际旅行社有限公司第二分公司"), None),
        (N("富民国际旅行社有限公司"), N("富民国际旅行社有限公司城东分公司"), None),
        (N("向都镇洪山村第七股份经济合作社"), N("向都镇洪岗村第七股份经济合作社"), "alike"),
        (N("富民（天等）食品有限公司"), N("天等县富民食品有限公司"), "name_ending"),
        (N("富民食品（天等）有限公司"), N(FUMIN + "工会第一分会"), "name_ending"),
        (N("富民（北京）食品有限公司"), N(FUMIN), "alike"),
        (N("天等县第2幼儿园"), N("天等县第二幼儿园"), "name_ending"),
    ],
)  # fmt: skip
def test_two_who_are_alone(ours: N, theirs: N, expected: str | None) -> None:
    assert one(ours, theirs) == expected
    assert one(theirs, ours) == expected


def test_the_best_known_place_decides() -> None:
    ours = [N("便民超市", township="首阳镇"), N("便民超市", township="龙茗镇")]
    theirs = [N("便民超市", township="首阳镇"), N("便民超市", township="龙茗镇")]
    assert len(links(ours, theirs)) == 2
    assert not links(ours, [N("便民超市"), N("便民超市")])
    assert len(doubts(ours, [N("便民超市"), N("便民超市")])) == 4
    assert not links(ours, [N("便民超市")])


def test_head_and_branches_under_the_head_s_code() -> None:
    head, branch = N(FUMIN, A), N(FUMIN + "城东分公司", A)
    assert links([head, branch], [head]) == [(FUMIN, FUMIN, "code")]
    assert doubts([head, branch], [head]) == [(branch.name, FUMIN, "one_code_two_names")]
    assert len(links([head, branch], [head, branch])) == 2
    assert not doubts([head, branch], [head, branch])


def test_one_of_another_code_is_not_taken_by_name() -> None:
    ours = [N(FUMIN, A)]
    theirs = [N("大发餐饮有限公司", A), N(FUMIN)]
    assert not links(ours, theirs)
    assert {each[2] for each in doubts(ours, theirs)} == {"one_code_two_names", "same_name"}


def test_a_joint_union_has_several_names() -> None:
    ours = [N("富民食品厂"), N("兴旺建材厂"), N("大发餐馆")]
    theirs = [
        N("富民食品厂等3家企业联合工会", row=5),
        N("兴旺建材厂", row=5),
        N("大发餐馆", row=5),
        N("大发餐馆", row=5),
    ]
    found = matched(ours, theirs)
    assert [each.ours for each in found.links] == [0, 1, 2]
    assert found.repeated == ({}, {3: 2}) or found.repeated == ({}, {2: 3})


def test_what_is_listed_twice_is_linked_once() -> None:
    found = matched([N(FUMIN, A)], [N(FUMIN, A), N("富民食品有限责任公司", A)])
    assert len(found.links) == 1
    assert len(found.repeated[1]) == 1
    found = matched([N(FUMIN, township="首阳镇", sheet="甲"), N(FUMIN, township="首阳镇", sheet="乙")], [N(FUMIN)])
    assert len(found.links) == 1


def test_a_person_s_word_stands_above_all() -> None:
    ours, theirs = [N(FUMIN, A)], [N(FUMIN, A), N("大发餐饮有限公司", B)]
    assert links(ours, theirs, SaidPairs(same=[(0, 1)])) == [(FUMIN, "大发餐饮有限公司", "person")]
    assert not links(ours, theirs, SaidPairs(different=[(0, 0)]))
    assert not doubts(ours, theirs, SaidPairs(different=[(0, 0)]))


def test_answers_reach_as_far_as_they_follow() -> None:
    ours = [N("富民食品厂"), N("富民食品加工厂")]
    theirs = [N("富民食品厂"), N("富民食品二厂")]
    said = SaidPairs(same=[(0, 1), (1, 1)], different=[(1, 0)])  # ours 0 = theirs 1 = ours 1 ≠ theirs 0
    assert not [each for each in links(ours, theirs, said) if each[:2] == ("富民食品厂", "富民食品厂")]


def test_answers_that_contradict_are_shown_and_not_followed() -> None:
    ours, theirs = [N(FUMIN), N("兴旺建材厂")], [N(FUMIN), N("大发餐馆")]
    said = SaidPairs(same=[(0, 0), (1, 0), (1, 1)], different=[(0, 1)])
    found = matched(ours, theirs, said)
    assert found.conflicts == ((0, 1),)
    assert not found.links


def test_every_step_is_counted() -> None:
    found = matched([N(FUMIN, A), N("兴旺建材厂")], [N(FUMIN, A), N("兴旺建材厂工会")])
    assert found.counts == {each: int(each in (Step.CODE, Step.NAME_ENDING)) for each in Step}
    assert found.links[0].on == (A, A)
    assert found.links[1].on == ("兴旺建材厂", "兴旺建材厂工会")


def test_nobody_at_all() -> None:
    assert not matched([], []).links
    assert not matched([N(FUMIN)], []).links
    assert not matched([], [N(FUMIN)]).doubts


def test_of_whom_nobody_named_the_county_may_be_of_any() -> None:
    assert links([N("浚鑫食品厂", county=None)], [N("浚鑫食品厂")])
    assert not links([N("浚鑫食品厂", county=None)], [N("浚鑫食品厂"), N("浚鑫食品厂", county="田东县")])


@pytest.mark.parametrize(
    ("written", "code"),
    [(A[8:17], A[8:17]), ("451425" + A[8:17], A[8:17]), ("123", None), (None, None), ("9.14E+17", None)],
)
def test_old_codes(written: str | None, code: str | None) -> None:
    assert old_code(written) == code


def test_the_county_of_the_cases_is_one() -> None:
    assert N("甲").county == COUNTY
