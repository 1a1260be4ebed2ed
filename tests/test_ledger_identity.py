"""Which rows are one organisation; names and codes are invented."""

from typing import Any

import pytest

from coverage_census.ledger.identity import keys as identity_keys
from coverage_census.ledger.identity import match
from coverage_census.ledger.identity.keys import Keys
from coverage_census.names.core_name import Cores, core_name

X, Y = "91450000MA5K00001X", "91450000MA5K00002Y"


def keys(*rows: str) -> Keys:
    """`name | uscc | township | kind`, `?` where unknown; all in 天等县."""
    cells = [[None if part.strip() == "?" else part.strip() for part in row.split("|")] for row in rows]
    columns: dict[str, list[Any]] = dict(
        zip(("name", "uscc", "township", "kind"), map(list, zip(*cells, strict=True)), strict=True)
    )
    return identity_keys.keys({**columns, "county": ["天等县"] * len(rows)}, Cores())


@pytest.mark.parametrize(
    ("name", "core", "region"),
    [
        ("富民食品有限公司", "富民食品", ""),
        ("富民食品有限责任公司", "富民食品", ""),
        ("天等县富民食品有限公司", "富民食品", "天等"),
        ("广西壮族自治区崇左市天等县富民食品有限公司", "富民食品", "天等"),
        ("廣西天等縣富民食品（有限公司）", "富民食品", "天等"),
        ("富民　食品 有限公司", "富民食品", ""),
        ("富民农民专业合作社", "富民合作社", ""),
        ("天等县", "天等县", ""),
        ("有限公司", "有限公司", ""),
        ("和平建材厂", "和平建材厂", ""),
        ("富民食品有限公司分公司", "富民食品有限公司分公司", ""),
        ("ＡＢ食品公司", "AB食品", ""),
        ("（）", "（）", ""),
        ("第一\n幼儿园", "第一幼儿园", ""),
    ],
)
def test_core_names(name: str, core: str, region: str) -> None:
    assert core_name(name, "天等县") == (core, region)


def test_short_regions_are_stripped_at_home_only() -> None:
    assert core_name("天等富民食品", "天等县") == ("富民食品", "天等")
    assert core_name("富民食品", "天等县") == ("富民食品", "")  # 富民 is a county too, elsewhere
    assert core_name("天等富民食品", None) == ("天等富民食品", "")


class TestWithinOneIntake:
    @pytest.mark.parametrize(
        "rows",
        [
            (f"富民食品有限公司|{X}|首阳镇|enterprise", f"天等县富民食品公司|{X}|宁远镇|enterprise"),
            (f"富民食品|{X}|首阳镇|?", f"富民食品厂|{X}|首阳镇|?"),
            (f"兴旺建材|{X}|首阳镇|?", f"兴望建材|{X}|首阳镇|?"),
            (f"富民食品|{X}|首阳镇|enterprise", "富民食品|?|首阳镇|?"),
            ("富民食品|?|首阳镇|?", "富民食品|?|?|?"),
            ("富民食品|?|首阳镇|?", "富民食品|?|首阳|?"),
        ],
    )
    def test_one_organisation(self, rows: tuple[str, str]) -> None:
        found = match.within(keys(*rows))
        assert (found.of, found.shared) == ([0, 0], [])

    @pytest.mark.parametrize(
        "rows",
        [
            ("富民食品|?|首阳镇|?", "富民食品|?|宁远镇|?"),
            (f"富民食品|{X}|首阳镇|?", f"富民食品|{Y}|首阳镇|?"),
            ("第一幼儿园|?|首阳镇|?", "第二幼儿园|?|首阳镇|?"),
            ("富民公司|?|首阳镇|enterprise", "富民|?|首阳镇|social_org"),
            ("富民公司|?|首阳镇|?", "富民合作社|?|首阳镇|?"),
            ("天等建材|?|首阳镇|?", "广西建材|?|首阳镇|?"),
        ],
    )
    def test_two_organisations(self, rows: tuple[str, str]) -> None:
        found = match.within(keys(*rows))
        assert (found.of, found.shared) == ([0, 1], [])

    @pytest.mark.parametrize("other", ["大发建材", "兴旺建材有限公司天等分公司", "兴旺建材二厂"])
    def test_one_code_for_two_firms(self, other: str) -> None:
        found = match.within(keys(f"兴旺建材有限公司|{X}|首阳镇|?", f"{other}|{X}|首阳镇|?"))
        assert (found.of, found.shared) == ([0, 1], [(1, 0)])

    def test_the_row_that_knows_its_township_holds(self) -> None:
        assert match.within(keys("富民食品|?|?|?", "富民食品|?|首阳镇|?")).of == [1, 1]

    def test_a_row_that_could_be_either_stays_alone(self) -> None:
        rows = keys("中心幼儿园|?|首阳镇|?", "中心幼儿园|?|宁远镇|?", "中心幼儿园|?|?|?")
        assert match.within(rows).of == [0, 1, 2]

    def test_a_holder_learns(self) -> None:
        rows = keys("富民食品|?|首阳镇|?", f"富民食品|{X}|首阳镇|?", f"富民食品|{Y}|首阳镇|?")
        assert match.within(rows).of == [0, 0, 2]


class TestAcrossRounds:
    def test_code_then_name_then_new(self) -> None:
        before = keys(f"富民食品|{X}|首阳镇|?", "兴旺建材|?|宁远镇|?")
        rows = keys(f"富民食品有限公司|{X}|宁远镇|?", "天等县兴旺建材有限公司|?|宁远镇|?", "和顺商贸|?|宁远镇|?")
        assert match.across(rows, before).of == [0, 1, None]

    def test_renamed(self) -> None:
        found = match.across(keys(f"和美商贸|{X}|首阳镇|?"), keys(f"富民食品|{X}|首阳镇|?"))
        assert (found.of, found.shared) == ([0], [])

    def test_another_name_far_away_under_one_code_is_another_firm(self) -> None:
        found = match.across(keys(f"和美商贸|{X}|宁远镇|?"), keys(f"富民食品|{X}|首阳镇|?"))
        assert (found.of, found.shared) == ([None], [(0, 0)])

    def test_a_name_goes_before_a_renaming(self) -> None:
        found = match.across(keys("富民食品|?|首阳镇|?", f"和美商贸|{X}|首阳镇|?"), keys(f"富民食品|{X}|首阳镇|?"))
        assert (found.of, found.shared) == ([0, None], [(1, 0)])

    def test_two_firms_under_one_code_stay_two(self) -> None:
        both = (f"兴旺建材|{X}|首阳镇|?", f"大发建材|{X}|首阳镇|?")
        assert match.across(keys(*reversed(both)), keys(*both)).of == [1, 0]

    def test_what_may_be_either_of_two_is_neither(self) -> None:
        before = keys("中心幼儿园|?|首阳镇|?", "中心幼儿园|?|宁远镇|?")
        assert match.across(keys("中心幼儿园|?|?|?"), before).of == [None]

    def test_one_code_in_two_townships_is_the_organisation_of_one_of_them(self) -> None:
        rows = keys(f"富民食品|{X}|首阳镇|?", f"富民食品|{X}|宁远镇|?")
        assert match.across(rows, keys(f"富民食品|{X}|首阳镇|?")).of == [0, None]

    def test_no_organisation_is_given_away_twice(self) -> None:
        found = match.across(keys("富民食品|?|?|enterprise", "富民食品|?|?|cooperative"), keys("富民食品|?|首阳镇|?"))
        assert found.of == [0, None]
