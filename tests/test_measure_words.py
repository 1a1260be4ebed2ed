"""A figure has its measure word once: no sentence says 4名以上名 or 3家家, whatever is filled into it."""

import re
from pathlib import Path
from typing import Any

import pytest

from coverage_census.ingest.cells import places
from coverage_census.words import catalogue
from coverage_census.words.catalogue import Words
from kit import Census, Workbook

# A measure word, perhaps with what says how exact the figure is, then one more; 个个人 and the like are words.
DOUBLED = re.compile(
    r"\d\s*(名|家|个|项|处|次|轮|张|条|件|对|人|天|行)(?:以上|以下|以内|左右|上下)?(?:名|家|个|项|处|次|轮|张|条|件|天|行)(?![\u4e00-\u9fff]*化)"
)
ALLOWED = re.compile(r"\d\s*(?:家次|人次|人家|个行|家行)")
COUNTY = """
| 柳河镇两新组织台账 | | | | | | | | |
| 单位名称 | 单位类别 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织名称 | 工会 |
| 柳河甲厂 | 非公有制企业 | 约80 | 至少4 | | 否 | | | 否 |
| 柳河乙厂 | 非公有制企业 | 50余 | 4名以上 | 不足3 | 否 | | | 是 |
| 柳河丙厂 | 非公有制企业 | 20-30 | 2 | | 否 | | | |
| 柳河丁厂 | 非公有制企业 | 100余人 | 3至5 | 2 | 是 | 联合组建 | 柳河联合党支部 | 否 |
| 柳河戊厂 | 非公有制企业 | 超过100 | 1 | 1 | 是 | 联合组建 | 柳河联合党支部 | 否 |
| 柳河己会 | 社会组织 | 12 | 5名以上 | | 否 | | | |
| 柳河庚厂 | 非公有制企业 | 9 | 4 | | 否 | | | |
"""
COMMANDS = """
gaps
gaps --list
explain 柳河甲厂
explain 柳河丁厂
indicators
indicators --more
tasks --list
missing --list
plan joint
plan mass
report --annual
report --annual --trace 27:R1C1
report --html --docx --xlsx
run
"""


def test_no_sentence_doubles_a_measure_word(
    census: Census, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, speak = set[str](), catalogue.Words.__call__

    def heard(self: Words, key: str, /, **values: Any) -> str:
        text = speak(self, key, **values)
        if values:
            said.add(f"{key}: {text}")
        return text

    monkeypatch.setattr(catalogue.Words, "__call__", heard)
    census("init", ".")
    census("ingest", workbook("柳河镇.xlsx", COUNTY))
    texts = []
    for line in COMMANDS.strip().splitlines():
        ran = census(*line.split())
        assert ran.code in (0, 3), (line, ran.err)
        texts += (ran.out + ran.err).splitlines()
    assert len(said) > 100
    assert any("名以上" in each for each in said)  # the case is there
    assert [each for each in (*sorted(said), *texts) if _doubled(each)] == []


def _doubled(text: str) -> bool:
    return any(not ALLOWED.match(match[0]) for match in DOUBLED.finditer(text))


@pytest.mark.parametrize("text", ["党员有4名以上名", "共3家家", "12项项", "至少2个 1天天"])
def test_the_net_catches(text: str) -> None:
    assert _doubled(text)


@pytest.mark.parametrize("text", ["党员有4名以上", "3家次", "共7家，3名", "12个行业", "5人以上企业3家"])
def test_the_net_lets_through(text: str) -> None:
    assert not _doubled(text)


SEVERAL = [
    "各乡镇",
    "全县各乡镇",
    "样例县各乡镇（街道）",
    "十二个乡镇",
    "所有乡镇",
    "样例县部分乡镇",
    "各有关乡镇",
]
ONE = {
    "文峰镇": "文峰镇",
    "样例县都康乡镇企业": "都康乡",
    "木镇镇": "木镇镇",
    "新乡镇": "新乡镇",
    "样例县首阳乡": "首阳乡",
}


@pytest.mark.parametrize("text", SEVERAL)
def test_several_townships_are_none(text: str) -> None:
    assert places.split_place(text)[1] is None
    assert places.split_place(text + "两新组织党建情况统计表")[1] is None


@pytest.mark.parametrize("text", ONE)
def test_one_township_is_one(text: str) -> None:
    assert places.split_place(text)[1] == ONE[text]


def test_a_form_for_all_townships_is_filled(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    workbook("柳河镇.xlsx", COUNTY)
    census("ingest", "柳河镇.xlsx", "--no-returns")
    workbook("空表.xlsx", "| 全县各乡镇两新组织党建情况统计表 | | |\n| 单位名称 | 从业人员 | 党员总数 |\n| | | |")
    assert census("fill", "空表.xlsx", "--out", "填好.xlsx").code == 0
    sheet: Any = load_workbook(tmp_path / "填好.xlsx").active
    assert "柳河甲厂" in {cell.value for row in sheet.iter_rows() for cell in row}
