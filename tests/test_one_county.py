"""Where one county occurs, whoever names none is of it, in every command; where two do, a person is asked once."""

import json
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from coverage_census.sample.units import uscc
from kit import Census, Workbook
from stories_case import book, document, firm, records

DAY = "2025年3月31日"


def sheet(workbook: Workbook, file: str, place: str, *names: str, codes: Sequence[str] = ()) -> str:
    rows = [firm(name, code) for name, code in zip(names, [*codes, *[None] * len(names)], strict=False)]
    return str(book(workbook, file, f"{place}两新组织党建台账", DAY, rows))


def townships(census: Census) -> dict[str, int]:
    return {each["group"]: each["organisations"] for each in document(census, "gaps", "--township")}


def counties(census: Census) -> list[str | None]:
    return [each["county"] for each in records(census)]


@pytest.mark.parametrize("order", list(permutations(("企业.xlsx", "协会.xlsx"))))
@pytest.mark.parametrize("at_once", [True, False])
def test_one_sheet_names_it(order: Sequence[str], at_once: bool, census: Census, workbook: Workbook) -> None:
    sheet(workbook, "企业.xlsx", "天堂镇", "甲茶业有限公司", "乙服饰有限公司")
    sheet(workbook, "协会.xlsx", "岳西县天堂镇", "天堂茶叶协会")
    for files in [order] if at_once else [[each] for each in order]:
        assert census("ingest", *files).code == 0
    assert counties(census) == ["岳西县"] * 3
    assert list(townships(census).values()) == [3]
    missing = document(census, "missing")
    assert [(each["county"], each["township"], each["expected"]) for each in missing] == [("岳西县", "天堂镇", 3)]
    tasks = document(census, "tasks", "--list")
    assert {(each["county"], each["township"]) for each in tasks} == {("岳西县", "天堂镇")}


def test_three_townships_of_which_one_names_it(census: Census, workbook: Workbook) -> None:
    for place in ("天堂镇", "店前镇", "岳西县来榜镇"):
        sheet(workbook, f"{place}.xlsx", place, f"{place[-3:]}甲有限公司", f"{place[-3:]}乙有限公司")
        assert census("ingest", f"{place}.xlsx").code == 0
    assert set(counties(census)) == {"岳西县"}
    assert sorted(townships(census).values()) == [2, 2, 2]
    assert {each["county"] for each in document(census, "missing")} == {"岳西县"}


def test_a_folder_names_it(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    sheet(workbook, "报表/云岭县/城关镇.xlsx", "城关镇", "甲电子有限公司")
    sheet(workbook, "报表/石桥镇.xlsx", "石桥镇", "乙电子有限公司")
    assert census("ingest", "报表").code == 0
    assert counties(census) == ["云岭县"] * 2


def test_settings_name_it_later(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    sheet(workbook, "一.xlsx", "石桥镇", "甲电子有限公司")
    sheet(workbook, "二.xlsx", "石桥镇", "乙电子有限公司")
    assert census("ingest", "一.xlsx").code == 0
    (tmp_path / "census.toml").write_text('county = "云岭县"\n', encoding="utf-8")
    assert census("ingest", "二.xlsx").code == 0
    assert counties(census) == ["云岭县"] * 2
    assert list(townships(census).values()) == [2]


def test_all_codes_of_one_county_tell_it(census: Census, workbook: Workbook) -> None:
    codes = [uscc.make("91", "340828", number) for number in range(3)]
    ran = census("ingest", sheet(workbook, "一.xlsx", "天堂镇", "甲公司", "乙公司", "丙公司", codes=codes))
    assert counties(census) == ["岳西县"] * 3
    assert "代码都是“岳西县”登记的" in ran.out


@pytest.mark.parametrize("prefixes", [("340828", "340828", "340825"), ("349900",) * 3, ("340828", "340828")])
def test_codes_that_do_not_agree_tell_nothing(prefixes: Sequence[str], census: Census, workbook: Workbook) -> None:
    codes = [uscc.make("91", prefix, number) for number, prefix in enumerate(prefixes)]
    census("ingest", sheet(workbook, "一.xlsx", "天堂镇", *"甲乙丙"[: len(codes)], codes=codes))
    assert set(counties(census)) == {None}


def test_a_short_form_is_the_same_county(census: Census, workbook: Workbook) -> None:
    head = ("县（市、区）", "乡镇", "单位名称", "从业人员", "正式党员", "是否建立党组织")
    rows = [("岳西", "天堂镇", "甲公司", 4, 1, "否"), ("岳西县", "天堂镇", "乙公司", 4, 1, "否")]
    assert census("ingest", str(book(workbook, "表.xlsx", "两新组织台账", DAY, rows, head))).code == 0
    assert counties(census) == ["岳西县"] * 2


class TestTwoCounties:
    @pytest.mark.parametrize("order", list(permutations(("a.xlsx", "b.xlsx", "c.xlsx"))))
    def test_a_sheet_that_names_none_is_open(self, order: Sequence[str], census: Census, workbook: Workbook) -> None:
        for file, place in (("a.xlsx", "云岭县城关镇"), ("b.xlsx", "北川县城关镇"), ("c.xlsx", "城关镇")):
            sheet(workbook, file, place, f"城关{file[0]}电子有限公司")
        said = [census("ingest", file).out for file in order]
        assert {each["name"]: each["county"] for each in records(census)} == {
            "城关a电子有限公司": "云岭县", "城关b电子有限公司": "北川县", "城关c电子有限公司": None,
        }  # fmt: skip
        assert sorted(townships(census).values()) == [1, 1, 1]
        assert said[-1].count("没有写明是哪个县") == 1
        assert "c.xlsx!Sheet1" in said[-1] and "census.toml" in said[-1] and "云岭县" in said[-1]

    def test_it_is_asked_once_for_all_sheets(self, census: Census, workbook: Workbook) -> None:
        sheet(workbook, "a.xlsx", "云岭县城关镇", "甲公司")
        sheet(workbook, "b.xlsx", "北川县城关镇", "乙公司")
        for number in range(8):
            sheet(workbook, f"c{number}.xlsx", f"城{'一二三四五六七八'[number]}镇", f"丙{number}公司")
        files = json.loads(census("check", "a.xlsx", "b.xlsx", *[f"c{n}.xlsx" for n in range(8)], "--json").out)
        found = [each for file in files["files"] for each in file["problems"] if each["code"] == "county_open"]
        assert len(found) == 1 and "8 张表" in found[0]["message"]

    def test_settings_answer(self, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        for file, place in (("a.xlsx", "云岭县城关镇"), ("b.xlsx", "北川县城关镇"), ("c.xlsx", "城关镇")):
            sheet(workbook, file, place, f"城关{file[0]}电子有限公司")
        assert "没有写明是哪个县" in census("ingest", "a.xlsx", "b.xlsx", "c.xlsx").out
        (tmp_path / "census.toml").write_text('county = "云岭县"\n', encoding="utf-8")
        assert "没有写明是哪个县" not in census("ingest", "c.xlsx").out
        assert counties(census) == ["云岭县", "北川县", "云岭县"]
        assert sorted(townships(census).values()) == [1, 2]


def test_that_a_county_became_known_is_no_change(census: Census, workbook: Workbook) -> None:
    sheet(workbook, "企业.xlsx", "天堂镇", "甲茶业有限公司")
    sheet(workbook, "协会.xlsx", "岳西县天堂镇", "天堂茶叶协会")
    census("ingest", "企业.xlsx")
    census("ingest", "协会.xlsx")
    found = document(census, "diff", "1", "2")
    assert (found["fields"], found["moved"], [each["name"] for each in found["added"]]) == ([], [], ["天堂茶叶协会"])


def test_a_township_is_not_the_end_of_another(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    """A file of 五河镇 that nobody can read is not 河镇's."""
    toml = 'county = "云岭县"\n[expected]\ntownships = ["河镇", "五河镇", "大坪乡", "石桥镇"]\n'
    (tmp_path / "census.toml").write_text(toml, encoding="utf-8")
    sheet(workbook, "报表/石桥镇.xlsx", "石桥镇", "甲公司")
    for name in ("五河镇.xlsx", "三季度大坪乡（修改）.xlsx"):
        (tmp_path / "报表" / name).write_bytes(b"PK\3\4" + bytes(60))
    census("ingest", "报表")
    states = {each["township"]: each["state"] for each in document(census, "missing")}
    assert states == {"河镇": "not_reported", "五河镇": "unreadable", "大坪乡": "unreadable", "石桥镇": "reported"}
