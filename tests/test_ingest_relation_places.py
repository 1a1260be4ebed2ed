"""Headings that name a place: 组织关系在 any place but this one, several of which add up; what stands on a licence."""

# ruff: noqa: E501   (headings side by side)

import pytest

from coverage_census.ingest.headings.meanings import meaning
from coverage_census.model.choices import Qualifier
from coverage_census.model.reading import Level
from reading_case import understand

ELSEWHERE = [
    "组织关系在居住地社区的党员数", "组织关系在人才市场的党员数", "组织关系在户籍村的党员数", "组织关系在原单位党员数", "组织关系在外省的党员人数",
    "组织关系在流动党员支部的党员数", "组织关系在上级主管部门的党员数", "组织关系在毕业院校的党员数", "党员组织关系在户籍所在地人数",
    "组织关系在农村老家党员",
]  # fmt: skip
NOT_ELSEWHERE = [
    "组织关系在本公司的党员数", "组织关系在厂里的党员数", "组织关系在单位党支部的党员数", "组织关系在册党员数", "组织关系在何处",
    "组织关系在原单位的原因", "在家党员数",
]  # fmt: skip


@pytest.mark.parametrize("heading", ELSEWHERE)
def test_any_place_behind_the_relation_is_elsewhere(heading: str) -> None:
    assert meaning((heading,)).fields == ("members_relation_out",)


@pytest.mark.parametrize("heading", NOT_ELSEWHERE)
def test_what_is_here_or_asks_for_something_else_is_not(heading: str) -> None:
    assert "members_relation_out" not in meaning((heading,)).fields


@pytest.mark.parametrize(
    "places",
    [
        ["组织关系在居住地社区的党员数", "组织关系在人才市场的党员数", "组织关系在外省的党员数"],
        ["组织关系在村", "组织关系在原单位", "组织关系在毕业院校"],
    ],
)
def test_places_add_up_and_a_sum_above_the_total_is_an_error(places: list[str]) -> None:
    read = understand([
        ["单位名称", "党员总数", "组织关系在本单位", *places],
        ["样例甲厂", 10, 6, 2, 1, 1],
        ["样例乙厂", 3, 3, 0, 0, 0],
        ["样例丙厂", 4, 3, 1, 1, 1],
        ["样例丁厂", 9, 3, 1, None, 1],
    ])  # fmt: skip
    assert [each.members_relation_out for each in read.organisations] == [4, 0, 3, 2]
    assert read.organisations[0].qualifiers["members_relation_out"] is Qualifier.DERIVED
    assert read.organisations[3].qualifiers["members_relation_out"] is Qualifier.AT_LEAST
    assert [each.cell for each in read.problems if each.level is Level.ERROR] == ["B4"]


@pytest.mark.parametrize(
    "heading", ["营业执照上的名称", "营业执照上的单位名称", "营业执照名称", "公章上的全称", "法人证书上的名称"]
)
def test_what_stands_on_a_licence_or_a_seal_is_the_organisation_s_own(heading: str) -> None:
    assert meaning((heading,)).fields == ("name",)
    assert meaning(("营业执照上的地址",)).fields == ("address",)
    assert not meaning(("有无营业执照",)).fields
