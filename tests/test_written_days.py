"""What a sheet says of its day in the forms of clerks, the impossible and the half-understood too: `?` must be told.

The forms were written before the reader was looked at; SET_ASIDE were not used while it was changed. A 70th,
30/6/2026 in a title, is not read.
"""

from datetime import date
from pathlib import Path

import pytest

from coverage_census.ingest.layout import sheet_day
from coverage_census.model import periods, relative_days
from kit import Census

WORKED_WITH = """
截止2026年6月30日 | 2026-06-30
截至2026年6月底 | 2026-06-30
截止日期：2026.6.30 | 2026-06-30
截止时间：2026-6-30 | 2026-06-30
填报日期：2026/6/30 | 2026-06-30
截止2026年2月30日 | ?
截止2026年13月1日 | ?
截止2026年6月0日 | ?
填报日期：2026.06.31 | ?
填报日期：20260631 | ?
填报日期：20260630 | 2026-06-30
填报日期：2026 年 6 月 30 日 | 2026-06-30
填报日期：２０２６年６月３０日 | 2026-06-30
填报日期：二〇二六年六月三十日 | 2026-06-30
填报日期：二○二六年六月三十日 | 2026-06-30
填报日期：二O二六年六月三十日 | 2026-06-30
填报日期：二零二六年陆月 | 2026-06-30
填报日期：贰零贰陆年陆月叁拾日 | 2026-06-30
填报日期：26年6月30日 | 2026-06-30
填报日期：26.6.30 | 2026-06-30
填报日期：2026年6月30号 | 2026-06-30
2026年二季度 | 2026-06-30
2026年2季度 | 2026-06-30
2026年Q2 | 2026-06-30
2026Q2 | 2026-06-30
2026年上半年 | 2026-06-30
2026年半年 | 2026-06-30
2026年半年度 | 2026-06-30
2026年度 | 2026-12-31
2026年 | 2026-12-31
2026年第五季度 | ?
2026年5季度 | ?
2026年六月份 | 2026-06-30
2026年6月上旬 | 2026-06-10
2026年6月中旬 | 2026-06-20
2026年6月下旬 | 2026-06-30
2026年6月初 | ?
2026年前三季度 | 2026-09-30
2026年一至二季度 | 2026-06-30
2026年第2季度末 | 2026-06-30
2026年二季度末 | 2026-06-30
2026年年中 | 2026-06-30
2026年下半年 | 2026-12-31
2026年十二月三十二日 | ?
2026年腊月 | ?
2026年6月X日 | ?
截止2026年  月  日 | ?
2026年三季 | 2026-09-30
2026年度第三季度 | 2026-09-30
2026年全年 | 2026-12-31
"""
SET_ASIDE = """
填报时间：2026年6月 | 2026-06-30
截止2026年6月31日 | ?
截止2026年13月 | ?
填报日期：2026-6-31 | ?
填报日期：二零二六年六月三十日 | 2026-06-30
填报日期：二〇二六年六月卅日 | 2026-06-30
填报日期：二〇二六年六月廿八日 | 2026-06-28
2026年第二季度 | 2026-06-30
2026上半年 | 2026-06-30
2026年底 | 2026-12-31
2026年末 | 2026-12-31
2026年6月份 | 2026-06-30
2026年1-6月 | 2026-06-30
2026年1至6月 | 2026-06-30
2026年拾贰月 | 2026-12-31
二零二六年壹拾月 | 2026-10-31
2026年元月 | 2026-01-31
2026年6月3O日 | ?
截止2026年6月三十一日 | ?
"""
# (title, what it is): words beside a day that are none of it
NO_SLIPS = """
2025年安全生产月台账 | 2025-12-31
2025年主题党日台账 | 2025-12-31
2025年春节慰问台账 | 2025-12-31
2025年初步摸底表 | 2025-12-31
2025年每月台账 | 2025-12-31
2026年四季青镇第二季度台账 | 2026-06-30
2026年6月日常统计表 | 2026-06-30
2026年6月周报 | 2026-06-30
2026年一号路6月台账 | 2026-06-30
2025年第2批台账 | 2025-12-31
2026年5月15日3号楼台账 | 2026-05-15
陆家镇2026年6月台账 | 2026-06-30
云组发〔2026〕5号 2026年6月 | 2026-06-30
"""
TODAY = date(2026, 11, 28)  # a Saturday
RELATIVE = """
明年底 | 2027-12-31
明年年底 | 2027-12-31
下月底 | 2026-12-31
下个月底 | 2026-12-31
本季度末 | 2026-12-31
这季度末 | 2026-12-31
季度末 | 2026-12-31
年底前 | 2026-12-31
年底 | 2026-12-31
今年底 | 2026-12-31
6月底前 | 2027-06-30
三月底之前 | 2027-03-31
本月底 | 2026-11-30
月底 | 2026-11-30
月末前 | 2026-11-30
年内 | 2026-12-31
明年6月底前 | 2027-06-30
明年上半年 | 2027-06-30
明年一季度末 | 2027-03-31
后年 | 2028-12-31
下月10日 | 2026-12-10
本月15日 | 2026-11-15
15日前 | 2026-12-15
周五 | 2026-12-04
本周五 | 2026-11-27
下周五 | 2026-12-04
下周一 | 2026-11-30
本周末 | 2026-11-29
三天内 | 2026-12-01
10天内 | 2026-12-08
两周内 | 2026-12-12
一个月内 | 2026-12-28
三个月后 | 2027-02-28
半年内 | 2027-05-28
一年内 | 2027-11-28
今天 | 2026-11-28
明天 | 2026-11-29
昨天 | 2026-11-27
上月底 | 2026-10-31
上个月末 | 2026-10-31
上季度末 | 2026-09-30
去年底 | 2025-12-31
去年12月 | 2025-12-31
2026年12月31日前 | 2026-12-31
明年春节前 | ?
近期 | ?
尽快 | ?
下半年 | 2026-12-31
今年上半年 | 2026-06-30
本年度 | 2026-12-31
本年底 | 2026-12-31
次年3月底前 | 2027-03-31
来年一月中旬前 | 2027-01-20
下季度 | 2027-03-31
下下月底 | 2027-01-31
明年初 | ?
12月31日 | 2026-12-31
明年2月30日 | ?
第二季度末 | 2027-06-30
2027年6月底前 | 2027-06-30
１２月底 | 2026-12-31
十二月底前 | 2026-12-31
半年 | ?
3月 | 2027-03-31
五天 | ?
二〇二七年三月底 | 2027-03-31
"""


def pairs(text: str) -> list[tuple[str, str]]:
    return [(left, right) for line in text.strip().splitlines() for left, _, right in [line.partition(" | ")]]


def read(text: str) -> str:
    keyed = any(key in text for key in "截填")
    above = [["石桥镇两新组织台账"], [text]] if keyed else [[f"{text}两新组织台账"]]
    said, doubt = sheet_day.read(above, [], "Sheet1", ["台账"], "2027-01-05")
    return "?" if doubt else str(said and said.day)


@pytest.mark.parametrize(("text", "wanted"), pairs(WORKED_WITH.rstrip() + SET_ASIDE))
def test_a_day_in_every_form_or_a_word_that_it_is_none(text: str, wanted: str) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), pairs(NO_SLIPS))
def test_words_beside_a_day_are_no_slip_in_it(text: str, wanted: str) -> None:
    said, doubt = sheet_day.read([[text]], [], "Sheet1", ["台账"], "2027-01-05")
    assert (said and said.day, doubt) == (wanted, None)


@pytest.mark.parametrize(
    ("lines", "used", "written"),
    [
        (["截止2026年6月31日"], "2026-06-30", "2026年6月31日"),  # the month is certain
        (["截止2026年6月31日", "填报日期：2026年7月2日"], "2026-06-30", "2026年6月31日"),
        (["截止2026年13月1日", "填报日期：2026年7月2日"], "2026-07-02", "2026年13月1日"),
        (["截止2026年13月1日"], None, "2026年13月1日"),  # and not the end of 2026
        (["截止腊月底", "2025年两新组织台账"], None, "腊月底"),
        (["截止3月31日"], None, "3月31日"),  # of which year?
        (["截止上月末"], None, "上月末"),
        (["填报日期：2026年 月 日"], None, "2026年月日"),
        (["统计时间：2026年1月1日至2026年6月31日"], "2026-06-30", "2026年6月31日"),
        (["截止日期：2026年6月31日至7月5日"], "2026-07-05", None),
        (["截止日期：    年  月  日"], None, None),  # a form that nobody filled in
        (["截止日期：见封面"], None, None),
        (["截止2026年6月31日前上报"], None, None),  # a deadline
        (["填报时间：3月 张三13812345678"], None, "3月"),  # no more than the day is quoted
        (["2026年第五季度台账", "填报日期：2026年7月2日"], "2026-07-02", "2026年第5季度"),
    ],
)
def test_what_is_used_instead(lines: list[str], used: str | None, written: str | None) -> None:
    said, doubt = sheet_day.read([["石桥镇台账"], *([each] for each in lines)], [], "Sheet1", ["台账"], "2027-01-05")
    assert (said and said.day, doubt and doubt.written) == (used, written)


def test_a_day_may_be_split_over_cells_of_which_the_first_says_a_month() -> None:
    said, doubt = sheet_day.read([["石桥镇台账"], ["截止日期：2026年6月", "15", "日"]], [], "Sheet1", ["台账"])
    assert said and (said.day, doubt) == ("2026-06-15", None)


def sheet(folder: Path, name: str, line: str) -> Path:
    path = folder / name
    path.write_text(f"石桥镇企业台账\n{line}\n单位名称,从业人员,正式党员\n石桥{path.stem}厂,12,3\n", encoding="utf-8")
    return path


def test_a_day_that_is_none_is_told_at_its_cell_with_what_was_used(census: Census, tmp_path: Path) -> None:
    census("init")
    month = census("ingest", sheet(tmp_path, "a.csv", "截止2026年6月31日"))
    assert "a.csv!Sheet1!A2" in month.out and "改按 2026-06-30 计" in month.out and "2026年第二季度" in month.out
    none = census("ingest", sheet(tmp_path, "b.csv", "截止2026年13月31日"))
    assert "b.csv!Sheet1!A2" in none.out and "“2026年13月31日”" in none.out
    assert "b.csv：表上写的截止日期读不懂，按今天（2026-11-21）计" in none.out and "没有写截止日期，" not in none.out
    assert "表上没有写" not in census("ingest", tmp_path / "b.csv").out
    assert "“2026年13月31日”" in census("check", tmp_path / "b.csv", "--lang", "en").out


@pytest.mark.parametrize("name", ["2026年第五季度", "2026年13月", "2026年6月31日", "2026年腊月", "2026Q5", "第七季度"])
def test_a_period_that_there_is_not_becomes_no_name(name: str, census: Census, tmp_path: Path) -> None:
    census("init")
    path = sheet(tmp_path, "a.csv", "")
    ran = census("ingest", path, "--round", name)
    assert ran.code == 2 and name in ran.err and "2026年第二季度" in ran.err
    assert census("ingest", path, "--round", "2026-06-30").err.count("--as-of 2026-06-30") == 1
    census("ingest", path, "--round", "第一次摸底")
    assert census("rounds", "--rename", "第一次摸底", name).code == 2


@pytest.mark.parametrize(
    "name", ["第一次摸底", "2026年摸底", "2026年第一次普查", "七月排查", "2026Q2", "二零二六年陆月"]
)
def test_names_and_periods_are_taken(name: str) -> None:
    assert not periods.misread(name)


def test_this_quarter_is_a_period_and_no_name(census: Census, tmp_path: Path) -> None:
    census("init")
    assert "2026年第三季度" in census("ingest", sheet(tmp_path, "a.csv", ""), "--round", "上季度").out
    assert census("gaps", "--round", "上个季度").code == 0


@pytest.mark.parametrize(("text", "wanted"), pairs(RELATIVE))
def test_days_said_from_today(text: str, wanted: str) -> None:
    assert (relative_days.read(text, TODAY, coming=True) or "?") == wanted
