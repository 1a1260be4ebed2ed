"""The day that a sheet speaks for: stated, named as a period, in title, tab, file or folder; and what is none."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coverage_census.ingest.workbook import read_workbook
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import Problem
from reading_case import book

HEAD = ["序号", "单位名称", "从业人员", "正式党员"]
ROW = [1, "柳河甲食品有限公司", 12, 3]
TITLE = ["柳河镇两新组织台账"]


def read(
    *above: list[Any],
    below: tuple[list[Any], ...] = (),
    tab: str = "Sheet1",
    file: str = "台账.xlsx",
    folder: str = "",
    today: str | None = "2026-11-28",
) -> tuple[str | None, list[Problem]]:
    incoming = replace(Incoming(Path(file), file), folder=folder, today=today)
    reading, _, problems = read_workbook(book({tab: [*above, HEAD, ROW, *below]}), incoming, {})
    assert reading.sheets[0].data_rows == 1
    return reading.sheets[0].as_of, list(problems)


def day(*above: list[Any], **more: Any) -> str | None:
    return read(*above, **more)[0]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("截止日期：二〇二六年三月三十一日", "2026-03-31"),
        ("截止日期：二○二六年三月三十一日", "2026-03-31"),
        ("填报日期：26年3月31日", "2026-03-31"),
        ("填报时间：26.3.31", "2026-03-31"),
        ("截止时间: ２０２６－０３－３１", "2026-03-31"),
        ("截止日期：20260331", "2026-03-31"),
        ("截至2026年2月底", "2026-02-28"),
        ("数据截至：2026.3", "2026-03-31"),
        ("统计时间：2026年9月", "2026-09-30"),
        ("截止时间：2026年第三季度末", "2026-09-30"),
        ("报告期：2026年上半年", "2026-06-30"),
        ("上报日期：2026 年  3 月  31 日", "2026-03-31"),
        ("（截至2026年6月30日）", "2026-06-30"),
        ("2026年第一季度", "2026-03-31"),
        ("二〇二六年上半年", "2026-06-30"),
        ("2026年1-9月", "2026-09-30"),
        ("2026年1月至3月", "2026-03-31"),
        ("2026年4-6月", "2026-06-30"),
        ("2026.1.1—2026.3.31", "2026-03-31"),
        ("2026年1月1日至3月31日", "2026-03-31"),
        ("2026Q3", "2026-09-30"),
        ("2025年底", "2025-12-31"),
        ("填报单位：柳河镇党委（盖章）        2026年3月31日", "2026-03-31"),
        ("填报单位：柳河镇    截止日期：2026年3月31日    单位：家", "2026-03-31"),
    ],
)
def test_a_day_in_a_line_of_its_own(line: str, wanted: str) -> None:
    assert day(TITLE, [line]) == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("柳河镇2026年第三季度两新组织台账", "2026-09-30"),
        ("2026年9月柳河镇两新组织台账", "2026-09-30"),
        ("柳河镇两新组织台账（2026年三季度）", "2026-09-30"),
        ("柳河镇2026年度第三季度两新组织台账", "2026-09-30"),
        ("2026年柳河镇三季度末两新组织台账", "2026-09-30"),
        ("柳河镇2025年年底两新组织台账", "2025-12-31"),
        ("柳河镇2025年度两新组织台账", "2025-12-31"),
        ("柳河镇2025年两新组织台账", "2025-12-31"),
        ("柳河镇2026年两新组织台账", None),  # the year is not over
    ],
)
def test_a_period_in_the_title(title: str, wanted: str | None) -> None:
    assert day([title]) == wanted


def test_the_year_of_the_title_serves_what_names_none() -> None:
    title = ["柳河镇2026年两新组织台账"]
    assert day(title, ["截止日期：3月31日"]) == "2026-03-31"
    assert day(title, ["截至三季度末"]) == "2026-09-30"
    assert day(title, tab="三季度") == "2026-09-30"
    assert day(title, tab="9月") == "2026-09-30"
    assert day(TITLE, tab="三季度", file="2026年柳河镇.xlsx") == "2026-09-30"
    assert day(TITLE, tab="三季度") is None


def test_tab_file_and_folder() -> None:
    assert day(TITLE, tab="2026.3") == "2026-03-31"
    assert day(TITLE, tab="2026年上半年") == "2026-06-30"
    assert day(TITLE, file="柳河镇20260930.xlsx") == "2026-09-30"
    assert day(TITLE, file="柳河镇2026.9.30.xlsx") == "2026-09-30"
    assert day(TITLE, file="20261008收柳河镇三季度.xlsx") == "2026-09-30"
    assert day(TITLE, file="2026年三季度/柳河镇.xlsx") == "2026-09-30"
    assert day(TITLE, file="柳河镇.xlsx", folder="2026年三季度") == "2026-09-30"
    assert day(TITLE, file="附件3.1 柳河镇.xlsx", folder="第3批") is None


def test_split_cells_dates_of_the_spreadsheet_and_lines_below() -> None:
    assert day(TITLE, ["填报单位：", "柳河镇", "截止日期：", "2026年", "3月", "31日"]) == "2026-03-31"
    assert day(TITLE, ["截止日期", 2026, "年", 3, "月", 31, "日"]) == "2026-03-31"
    assert day(TITLE, [None, "截止日期：", datetime.datetime(2026, 3, 31)]) == "2026-03-31"
    assert day(TITLE, [None, None, datetime.datetime(2026, 3, 31)]) == "2026-03-31"
    assert day(TITLE, below=(["填表人：甲", None, "报出时间：2026年4月2日"],)) == "2026-04-02"
    assert day(TITLE, below=(["报出时间：", datetime.datetime(2026, 4, 2)],)) == "2026-04-02"
    assert day(TITLE, below=(["填报时间：2026年", "3月", "31日"],)) == "2026-03-31"
    assert day(TITLE, below=([None, None, None, "2026年3月31日"],)) == "2026-03-31"
    assert day(TITLE, below=(["数据截至2026年3月31日"],)) == "2026-03-31"


def test_what_is_nearer_wins() -> None:
    quarter = ["柳河镇2026年第一季度两新组织台账"]
    assert day(quarter, ["截止日期：2026年3月20日", "填报日期：2026年3月25日"]) == "2026-03-20"
    assert day(quarter, ["填报日期：2026年3月25日"]) == "2026-03-25"
    assert day(TITLE, ["填报日期：2026年3月25日"], below=(["截止日期：2026年3月20日"],)) == "2026-03-20"
    assert day(quarter, tab="三季度", file="2026年二季度.xlsx") == "2026-03-31"
    assert day(TITLE, tab="2026年三季度", file="2026年二季度/柳河镇.xlsx") == "2026-09-30"
    assert day(TITLE, file="2026年二季度/2026年三季度.xlsx") == "2026-09-30"


def test_a_quarter_reported_in_the_month_after_it_is_that_quarter() -> None:
    quarter = ["柳河镇2026年第一季度两新组织台账"]
    assert day(quarter, ["填报日期：2026年4月3日"]) == "2026-03-31"
    assert day(quarter, ["填报日期：2026年9月28日"]) == "2026-09-28"  # an old title
    assert day(["柳河镇2026年3月两新组织台账"], below=(["2026年4月2日"],)) == "2026-03-31"


@pytest.mark.parametrize(
    "line",
    [
        "柳河镇（成立时间：1998年5月6日）",
        "云组发〔2026〕5号",
        "云组发[2025]12号 2014年度表样",
        "请于2026年4月5日前报送",
        "截止2026年4月5日前报送县委组织部",
        "报送截止时间：2026年4月5日",
        "有效期至：2027年12月",
        "表号：云统表1  2014年制定",
        "截至目前",
        "统计2026年1月1日以来新成立的企业",
        "计量单位：家、名",
        "本表自2025年3月1日起施行",
    ],
)
def test_what_is_no_day_of_the_sheet(line: str) -> None:
    assert day(TITLE, [line]) is None


def test_years_in_headings_are_none() -> None:
    head = [*HEAD, "2025年经费", "2024年发展党员数"]
    reading, _, _ = read_workbook(
        book([TITLE, head, [*ROW, 2000, 1]]), Incoming(Path("表.xlsx"), "表.xlsx", today="2026-11-28"), {}
    )
    assert reading.sheets[0].as_of is None


def test_a_day_to_come_is_a_warning_at_its_cell() -> None:
    def warned(*above: list[Any], **more: Any) -> list[tuple[str | None, str]]:
        return [(each.cell, str(each.level)) for each in read(*above, **more)[1] if each.code == "day_ahead"]

    assert warned(TITLE, [None, "截止日期：2027年3月31日"]) == [("B2", "warning")]
    assert warned(["柳河镇2027年第一季度两新组织台账"]) == [("A1", "warning")]
    assert warned(TITLE, below=(["报出时间：", "2027年4月2日"],)) == [("A4", "warning")]
    assert warned(TITLE, tab="2027年一季度") == [(None, "warning")]
    assert warned(["柳河镇2026年第四季度两新组织台账"]) == []  # has begun
    assert warned(TITLE, ["截止日期：2026年11月28日"]) == []


def test_cards_and_tables_of_figures(tmp_path: Path) -> None:
    card: list[list[Any]] = [
        ["两新组织党建情况表"],
        ["单位名称", "柳河甲食品有限公司", "从业人员", 12],
        ["单位地址", "柳河路1号", "正式党员", 3],
        ["经营状态", "正常", "所属行业", "食品加工"],
        ["党组织名称", "柳河甲党支部", "组建方式", "单独组建"],
        ["填表日期", "2026年3月31日"],
    ]
    table: list[list[Any]] = [
        ["2026年第一季度柳河镇两新组织党建统计表"],
        ["乡镇", "企业数", "已建党组织数", "覆盖率", "未建党组织数"],
        ["柳河镇", 20, 12, 0.6, 8],
        ["石桥镇", 10, 6, 0.6, 4],
        ["合计", 30, 18, 0.6, 12],
        ["填报时间：2026年3月25日"],
    ]
    incoming = Incoming(tmp_path / "表.xlsx", "表.xlsx", today="2026-11-28")
    one, _, _ = read_workbook(book(card), incoming, {})
    assert (one.sheets[0].kind, one.sheets[0].as_of) == ("card", "2026-03-31")
    other, _, _ = read_workbook(book(table), incoming, {})
    assert (other.sheets[0].kind, other.sheets[0].as_of) == ("crosstab", "2026-03-25")
