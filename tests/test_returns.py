"""Return workbooks: what goes back, what people answer in it, and what the next ingest makes of that."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from coverage_census.ledger import rounds
from coverage_census.model import Entry, EntryKind
from kit import Census, Workbook

SURVEY = """
| 文峰镇两新组织党建情况统计表（合成样例） | · | · | · | · | · | · | · |
| 填报单位：文峰镇 | | | | 截止日期：2026年6月30日 | | | |
| 序号 | 单位名称 | 统一社会信用代码 | 从业人员 | 党员情况 | · | · | 是否建立党组织 |
| · | · | · | · | 总数 | 正式 | 预备 | · |
| 1 | 文峰镇甲乙食品有限公司 | | 60 | 4 | 3 | 1 | 否 |
| 2 | 文峰镇丙丁建材有限公司 | 123 | 12 | 5 | 2 | 1 | 否 |
| 3 | 文峰镇戊己商贸有限公司 | | 5 | 0 | 若干 | 0 | 否 |
| 4 | 文峰镇庚辛机械有限公司 | | 30 | 40 | 40 | 0 | 是 |
| 合计 | | | 107 | 49 | 45 | 2 | |
"""
MERGES = {"企业": ["A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:H4"]}

Answers = Mapping[str, tuple[str | None, str | None, str | None]]
"""Place of a problem → what stands in 处理方式, 改正为, 说明."""


@pytest.fixture
def returned(workbook: Workbook, census: Census, tmp_path: Path) -> Path:
    """The survey, ingested; its return workbook."""
    workbook("文峰镇.xlsx", {"企业": SURVEY, "填表说明": "| 人数填数字 |"}, MERGES)
    assert census("ingest", "文峰镇.xlsx").code == 0
    return tmp_path / "returns" / "退回_文峰镇_第1轮.xlsx"


def answer(path: Path, answers: Answers, change: Callable[[Any], None] | None = None) -> None:
    """What a person does in WPS: choose and type beside the problems, or in the sheet itself."""
    book = load_workbook(path)
    asked = book["问题清单"]
    places = {asked.cell(row, 3).value: row for row in range(6, asked.max_row + 1)}
    for place, typed in answers.items():
        for column, text in enumerate(typed, start=9):
            asked.cell(places[place], column).value = text
    if change:
        change(book)
    book.save(path)


def listed(path: Path) -> list[list[Any]]:
    """问题清单 as rows, without its headings."""
    return [[cell.value for cell in row] for row in load_workbook(path)["问题清单"].iter_rows(min_row=6)]


def log(folder: Path, number: int = -1) -> tuple[Entry, ...]:
    """The correction log of a round."""
    ledger = folder / "ledger"
    return rounds.entries(ledger, rounds.all_rounds(ledger)[number])


def exported(census: Census) -> dict[str, dict[str, Any]]:
    lines = census("export").out.splitlines()
    return {each["name"]: each for each in map(json.loads, lines)}


CLEAN: Answers = {
    "企业!E6": ("改正", "3", "多录了两名"),
    "企业!F7": ("改正", "0", None),
    "企业!E8": ("改正", "4", None),
    "企业!F8": ("改正", "4", None),
    "企业!C6": ("属实", None, "代码正在补办"),
}


def test_the_loop_closes(returned: Path, census: Census, tmp_path: Path) -> None:
    """Dirty workbook → return workbook → a person's answers → clean, and the log says who changed what."""

    def totals(book: Any) -> None:
        book["企业"]["E9"], book["企业"]["F9"] = 11, 9

    places = {row[2] for row in listed(returned)}
    answer(returned, {place: typed for place, typed in CLEAN.items() if place in places}, totals)
    sheet = load_workbook(returned)
    sheet["企业"]["F8"] = 4
    sheet.save(returned)

    ran = census("ingest", returned)

    assert ran.code == 0, ran.out
    assert "通过" in ran.out, ran.out
    assert "更正 3 处，属实 1 处" in ran.out
    now = exported(census)
    assert now["文峰镇丙丁建材有限公司"]["members_total"] == 3
    assert now["文峰镇戊己商贸有限公司"]["members_formal"] == 0
    corrected = [each for each in log(tmp_path) if each.kind is EntryKind.CORRECTION]
    told = [(each.subject.name if each.subject else "", each.field, each.old, each.new) for each in corrected]
    assert told == [
        ("文峰镇丙丁建材有限公司", "members_total", 5, 3),
        ("文峰镇戊己商贸有限公司", "members_formal", None, 0),
        ("文峰镇庚辛机械有限公司", "members_total", 40, 4),
    ]
    assert corrected[0].reason == "多录了两名"
    assert corrected[0].who.startswith("退回_文峰镇_第1轮.xlsx!问题清单!I")
    assert corrected[0].when == "2026-11-21T01:00:00+00:00"
