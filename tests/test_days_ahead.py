"""A sheet that states a day still to come: it would win over everything until then, so it waits outside."""

import json
from pathlib import Path

import pytest

from kit import Census, Workbook
from stories_case import HEAD, book, document, firm, record

# The clock of the tests stands on 2026-11-21, in the fourth quarter.
FIRM = "云岭宏达机械有限公司"


def sheet(workbook: Workbook, file: str, day: str | None, formal: int, title: str = "柳河镇两新组织台账") -> Path:
    return book(workbook, file, title, day, [firm(FIRM, formal=formal)], HEAD)


def formal(census: Census) -> object:
    return record(census, FIRM)["members_formal"]


@pytest.mark.parametrize("day", ["2027年9月30日", "2027-01-01", "二〇二七年三月三十一日"])
def test_it_stays_outside_and_is_told(census: Census, workbook: Workbook, day: str) -> None:
    census("ingest", sheet(workbook, "九月.xlsx", "2026年9月30日", 3))
    ran = census("ingest", sheet(workbook, "错.xlsx", day, 9))
    assert ran.code == 3 and "还没有到" in ran.out and "--as-of 2027" in ran.out, ran.out
    assert formal(census) == 3
    assert census("ingest", sheet(workbook, "十月.xlsx", "2026年10月31日", 4)).code == 0
    assert formal(census) == 4
    assert "still to come" in census("ingest", "错.xlsx", "--lang", "en").out


def test_a_period_to_come_in_the_title(census: Census, workbook: Workbook) -> None:
    census("ingest", sheet(workbook, "九月.xlsx", "2026年9月30日", 3))
    ran = census("ingest", sheet(workbook, "错.xlsx", None, 9, "柳河镇2027年第一季度两新组织台账"))
    assert ran.code == 3 and formal(census) == 3


@pytest.mark.parametrize("words", [("--as-of", "2027-03-31"), ("--round", "2027Q1"), ("--round", "2027年一季度")])
def test_who_names_that_day_means_it(census: Census, workbook: Workbook, words: tuple[str, ...]) -> None:
    path = sheet(workbook, "明年.xlsx", "2027年3月31日", 9)
    assert census("ingest", path, *words).code == 0
    assert formal(census) == 9


@pytest.mark.parametrize(
    ("day", "title"),
    [
        ("2026年12月31日", "柳河镇两新组织台账"),  # the end of the quarter that is running
        (None, "柳河镇2026年第四季度两新组织台账"),
        (None, "柳河镇2026年两新组织台账"),
    ],
)
def test_the_period_that_is_running_may_be_reported(
    census: Census, workbook: Workbook, day: str | None, title: str
) -> None:
    assert census("ingest", sheet(workbook, "本期.xlsx", day, 5, title)).code == 0
    assert formal(census) == 5


def test_the_length_of_a_period_is_that_of_the_office(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[periods]\nlength = "月"\n', encoding="utf-8")
    assert census("ingest", sheet(workbook, "年底.xlsx", "2026年12月31日", 5)).code == 3
    assert census("ingest", sheet(workbook, "月底.xlsx", "2026年11月30日", 5)).code == 0


def test_the_first_sheet_of_all_begins_no_ledger(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    ran = census("ingest", sheet(workbook, "错.xlsx", "2027年9月30日", 9))
    assert ran.code == 3 and "还没有到" in ran.out, (ran.out, ran.err)
    assert not (tmp_path / "ledger").exists()


def test_one_tab_of_two(census: Census, workbook: Workbook) -> None:
    text = "{town}两新组织台账\n截止日期：{day}\n单位名称 | 从业人员 | 正式党员\n{name} | 40 | 3"
    tabs = {
        "柳河": text.format(town="柳河镇", day="2026年9月30日", name=FIRM),
        "石桥": text.format(town="石桥镇", day="2027年9月30日", name="云岭石桥食品有限公司"),
    }
    assert census("ingest", workbook("两镇.xlsx", tabs)).code == 3
    assert [json.loads(line)["name"] for line in census("export").out.splitlines()] == [FIRM]


def test_a_night(census: Census, workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> None:
    census("init")
    Path("census.toml").write_text("[run]\nreports = []\n", encoding="utf-8")
    sheet(workbook, "inbox/错.xlsx", "2027年9月30日", 9)
    sheet(workbook, "inbox/九月.xlsx", "2026年9月30日", 3)
    ran = census("run")
    assert ran.code == 3 and "错.xlsx" in ran.out and "还没有到" in ran.out, ran.out
    assert formal(census) == 3
    assert census("run").out == ""
    monkeypatch.setenv("CENSUS_NOW", "2027-09-30T09:00:00+08:00")  # the day has come
    assert census("run").code == 0
    assert formal(census) == 9


def test_a_look_beforehand(census: Census, workbook: Workbook) -> None:
    census("ingest", sheet(workbook, "九月.xlsx", "2026年9月30日", 3))
    assert census("ingest", sheet(workbook, "错.xlsx", "2027年9月30日", 9), "--dry-run").code == 3
    assert document(census, "rounds")[-1]["number"] == 1
