"""Divisions and names near a misspelt one."""

import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies

from coverage_census.places import divisions
from coverage_census.places.nearest import nearest, stem


def test_townships_of_a_county() -> None:
    names = [each.name for each in divisions.townships("340828")]
    assert len(names) == 24
    assert {"天堂镇", "店前镇", "毛尖山乡", "巍岭乡"} <= set(names)
    assert divisions.townships("340828")[0] == divisions.TownshipDivision("340828100", "天堂镇")


def test_unknown_places_give_nothing() -> None:
    assert divisions.townships("999999") == ()
    assert divisions.townships("") == ()
    assert divisions.county("没有这个县") == ()
    assert divisions.counties_with("没有这个镇") == ()


def test_a_county_by_name_and_by_code() -> None:
    assert divisions.county("岳西县") == (divisions.County("340828", "岳西县", "安庆市", "安徽省"),)
    assert divisions.county("451425") == divisions.county("天等县", "广西壮族自治区")
    assert len(divisions.county("鼓楼区")) > 1
    assert [each.city for each in divisions.county("鼓楼区", "江苏省")] == ["南京市", "徐州市"]


def test_counties_of_a_city_and_of_a_province() -> None:
    assert [each.name for each in divisions.counties("池州市")] == ["贵池区", "东至县", "石台县", "青阳县"]
    assert len(divisions.counties("安徽省")) == 104
    everywhere = divisions.counties()
    assert len(everywhere) == 2851
    assert sum(len(divisions.townships(each.code)) for each in everywhere[:20]) > 200


def test_the_county_of_a_township() -> None:
    assert [each.name for each in divisions.counties_with("毛尖山乡")] == ["岳西县"]
    assert [each.name for each in divisions.counties_with("城关镇", "安庆市")] == []
    assert len(divisions.counties_with("城关镇")) > 50
    assert "岳西县" not in {each.name for each in divisions.counties_with("天堂")}


def test_a_city_without_counties_stands_among_them() -> None:
    (city,) = divisions.county("东莞市")
    assert (city.city, city.province) == ("", "广东省")
    assert len(divisions.townships(city.code)) > 30


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("天等", "天等县"),
        ("天等镇人民政府", "天等镇"),
        ("向都乡", "向都镇"),
        ("迸结镇", "进结镇"),
        ("驮堪", "驮堪乡"),
        (" 龙铭镇 ", "龙茗镇"),
    ],
)
def test_the_nearest_name_comes_first(asked: str, meant: str) -> None:
    known = ["天等县", "天等镇", "龙茗镇", "进结镇", "向都镇", "东平镇", "驮堪乡", "小山乡"]
    assert nearest(asked, known)[0] == meant


def test_nothing_near_gives_nothing() -> None:
    assert nearest("巴黎", ["天等县", "向都镇"]) == []
    assert nearest("天等", []) == []


def test_the_rank_is_left_out_but_a_short_name_is_kept() -> None:
    assert stem("毛尖山乡") == "毛尖山"
    assert stem("都安瑶族自治县") == "都安"
    assert stem("忻县") == "忻县"


def test_importing_places_is_light() -> None:
    program = "import sys; from coverage_census.places import divisions, nearest; print('rapidfuzz' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@settings(max_examples=60)
@given(data=strategies.data())
def test_one_slip_of_the_pen_still_finds_the_township(data: strategies.DataObject) -> None:
    known = [each.name for each in divisions.townships("340828")]
    name = data.draw(strategies.sampled_from(known))
    at = data.draw(strategies.integers(0, len(name) - 2))
    wrong = name[:at] + "某" + name[at + 1 :]
    assert name in nearest(wrong, known, limit=len(known))
