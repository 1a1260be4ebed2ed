"""Days and periods as clerks write them; the forms were written down before the reader of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage_census.model import periods, stated_day
from coverage_census.model.periods import Period, PeriodLength
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import period_label

STATED = """
2026年3月31日 2026-03-31
2026-3-31 2026-03-31
2026/3/31 2026-03-31
2026.3.31 2026-03-31
2026·3·31 2026-03-31
２０２６年３月３１日 2026-03-31
2026 年 3 月 31 日 2026-03-31
二〇二六年三月三十一日 2026-03-31
二○二六年三月卅一日 2026-03-31
二零二六年十二月二十日 2026-12-20
二六年三月三十一日 2026-03-31
26年3月31日 2026-03-31
26.3.31 2026-03-31
'26-3-31 2026-03-31
20260331 2026-03-31
2026-03-31T08:00:00Z 2026-03-31
2026年3月31号 2026-03-31
2026年3月 2026-03-31
2026年2月底 2026-02-28
2026.3 2026-03-31
2026-03 2026-03-31
202603 2026-03-31
二〇二六年三月 2026-03-31
26年3月 2026-03-31
2026年第一季度 2026-03-31
2026年一季度 2026-03-31
2026年三季度末 2026-09-30
2026年4季度 2026-12-31
2026第2季度 2026-06-30
二〇二六年第三季度 2026-09-30
26年三季度 2026-09-30
2026Q3 2026-09-30
2026年Q3 2026-09-30
2026-Q1 2026-03-31
2026年上半年 2026-06-30
2026年下半年 2026-12-31
2026上半年 2026-06-30
2026年度上半年 2026-06-30
2026H1 2026-06-30
2026年1-3月 2026-03-31
2026年1—9月 2026-09-30
2026年1至6月 2026-06-30
2026年1月-11月 2026-11-30
2026年度 2026-12-31
2026年 2026-12-31
2026年底 2026-12-31
2026年9月底前 2026-09-30
2026年9月30日前 2026-09-30
二O二六年六月底 2026-06-30
二0二六年六月三十日 2026-06-30
二〇二六年六月底 2026-06-30
"""
WITH_YEAR = """
6月30日前 2026-06-30
六月底 2026-06-30
三季度末 2026-09-30
第一季度 2026-03-31
上半年 2026-06-30
3月31日 2026-03-31
三月三十一日 2026-03-31
6月 2026-06-30
1-9月 2026-09-30
年底 2026-12-31
"""
NONE = "柳河镇 | 2026年2月30日 | 2026年13月 | 第五季度 | 2026Q5 | 12名 | 三季度 | 近期 | 1899年3月1日 | 99 | "


def pairs(text: str) -> list[list[str]]:
    return [line.rsplit(" ", 1) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "day"), pairs(STATED))
def test_the_day_that_a_text_speaks_for(text: str, day: str) -> None:
    assert stated_day.stated(text) == day


@pytest.mark.parametrize(("text", "day"), pairs(WITH_YEAR))
def test_the_year_comes_from_elsewhere_where_the_text_has_none(text: str, day: str) -> None:
    assert stated_day.stated(text, 2026) == day
    assert stated_day.stated(text) is None


@pytest.mark.parametrize("text", NONE.split(" | "))
def test_what_is_no_day(text: str) -> None:
    assert stated_day.stated(text) is None


@pytest.mark.parametrize(
    ("text", "key", "zh", "en"),
    [
        ("2026年3月", "2026-03", "2026年3月", "2026-03"),
        ("2026Q3", "2026Q3", "2026年第三季度", "Q3 2026"),
        ("2026年下半年", "2026H2", "2026年下半年", "second half of 2026"),
        ("2026年度", "2026", "2026年", "2026"),
    ],
)
def test_what_a_period_is_called(text: str, key: str, zh: str, en: str) -> None:
    found = periods.read(text)
    assert found is not None and found.key == key
    assert (period_label(found, Words("zh")), period_label(found, Words("en"))) == (zh, en)
    assert periods.read(key) == periods.read(zh) == found


@given(st.dates(), st.sampled_from(list(PeriodLength)))
def test_a_day_lies_in_its_period_and_in_no_other(day: object, unit: PeriodLength) -> None:
    text = str(day)
    if not 1900 < int(text[:4]) <= 2100:
        return
    found = periods.of(text, unit)
    assert found.holds(text) and not found.before().holds(text)
    assert found.first <= text <= found.last
    assert periods.read(found.key) == found
    assert periods.of(found.before().last, unit) == found.before()
    assert found.before() < found


def test_periods_of_one_length_stand_in_order() -> None:
    assert Period(2025, 4, PeriodLength.QUARTER) < Period(2026, 1, PeriodLength.QUARTER)
