"""A day before a document existed: nothing was in force for the kinds it speaks of, and the rest is decided."""

import json
from datetime import date

import pytest

from coverage_census.errors import CensusError
from coverage_census.policy.files import rulebook
from kit import Census, Workbook

SHEET = """| 柳河镇两新组织党建台账 | | | | |
| 截止日期：2011年6月30日 | | | | |
| 单位名称 | 单位类别 | 党员总数 | 正式党员 | 是否建立党组织 |
| 甲厂 | 企业 | 4 | 4 | 否 |
| 乙厂 | 企业 | 2 | 2 | 否 |
| 丙协会 | 社会组织 | 4 | 2 | 否 |
| 丁协会 | 社会组织 | 5 | 5 | 否 |
"""


@pytest.mark.parametrize("day", ["2011.6.30", "2011年6月30日", "2011-12-31"])
def test_what_is_not_in_force_yet_stops_nobody_else(census: Census, workbook: Workbook, day: str) -> None:
    census("ingest", workbook("一.xlsx", SHEET))
    ran = census("gaps", "--list", "--json", "--policy", "s2c", "--as-of", day)
    assert ran.code == 0, ran.err
    found = {each["name"]: each for each in json.loads(ran.out) if each["rule"] == "formation"}
    assert (found["甲厂"]["gap"], found["乙厂"]["gap"]) == ("unbuilt_standalone", "members_uncovered")
    for name in ("丙协会", "丁协会"):
        assert found[name]["verdict"] == "exempt" and "还没有规定" in found[name]["reason"]


@pytest.mark.parametrize("name", rulebook.names())
def test_where_no_number_is_in_force_at_all_it_is_said(name: str) -> None:
    with pytest.raises(CensusError) as stopped:
        rulebook.load(name, date(1970, 1, 1))
    assert stopped.value.key == "policy_not_in_force"


def test_the_day_itself_brings_it_into_force() -> None:
    before, after = (
        rulebook.load("s2c", date(year, month, day)) for year, month, day in ((2011, 12, 31), (2012, 1, 1))
    )
    named = [{name for case in each.advice for name in case.when.parameters()} for each in (before, after)]
    assert named == [{"formal_threshold"}, {"formal_threshold", "social_members"}]
