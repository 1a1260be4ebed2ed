"""Areas as people type them: a township with its county before it, without its rank, or as an office signs it."""

import json

import pytest

from coverage_census.errors import WrongUsage
from coverage_census.places.areas import Area, meant
from kit import Census, Workbook

ONE = [("岳西县", "天堂镇"), ("岳西县", "店前镇"), ("岳西县", "城东街道"), (None, "温泉镇")]
TWO = [*ONE, ("霍山县", "天堂镇"), ("霍山县", "店前乡")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("天堂镇", Area("天堂镇")), ("天堂", Area("天堂镇")), ("岳西县天堂镇", Area("天堂镇", "岳西县")),
        ("岳西天堂", Area("天堂镇", "岳西县")), ("安徽省安庆市岳西县店前镇", Area("店前镇", "岳西县")),
        (" 天堂镇人民政府", Area("天堂镇")), ("城东", Area("城东街道")), ("城东街道办事处", Area("城东街道")),
        ("岳西", Area("岳西县")), ("岳西县", Area("岳西县")), ("温泉", Area("温泉镇")), ("天 堂", Area("天堂镇")),
    ],
)  # fmt: skip
def test_one_township_however_it_is_written(asked: str, found: Area) -> None:
    assert meant([asked], ONE) == (found,)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("霍山县天堂镇", Area("天堂镇", "霍山县")), ("天堂", Area("天堂镇")), ("霍山店前", Area("店前乡", "霍山县"))],
)
def test_the_county_tells_two_of_one_name_apart(asked: str, found: Area) -> None:
    assert meant([asked], TWO) == (found,)
    assert not found.county or not found.has("岳西县", "天堂镇")


@pytest.mark.parametrize(
    ("asked", "key"), [("店前", "area_ambiguous"), ("霍山县城东", "unknown_area"), ("堂", "unknown_area")]
)
def test_what_is_not_clear_is_asked(asked: str, key: str) -> None:
    with pytest.raises(WrongUsage) as stopped:
        meant([asked], TWO)
    assert stopped.value.key == key


SHEET = """| 岳西县天堂镇两新组织党建台账 | | | | |
| 截止日期：2026年6月30日 | | | | |
| 单位名称 | 所属乡镇 | 从业人员 | 正式党员 | 是否建立党组织 |
| 甲厂 | 天堂镇 | 40 | 4 | 否 |
| 乙厂 | 店前镇 | 40 | 4 | 否 |
"""


def test_every_command_takes_them(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", SHEET))
    whole = {
        command: census(*command, "天堂镇").out
        for command in (
            ("gaps", "--json"),
            ("gaps", "--list", "--json"),
            ("missing", "--json"),
            ("tasks", "--list", "--json"),
        )
    }
    for command, expected in whole.items():
        assert "甲厂" in expected or "天堂镇" in expected
        for asked in ("天堂", "岳西县天堂镇", "岳西天堂"):
            ran = census(*command, asked)
            assert (ran.code, json.loads(ran.out)) == (0, json.loads(expected)), (command, asked, ran.err)
    assert census("gaps", "天糖湾镇").code == 2
