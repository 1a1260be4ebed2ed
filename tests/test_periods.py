"""Periods (期) from end to end: which rounds belong to one, what it is compared with, and what people call it."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from coverage_census.ledger.periods import periods
from coverage_census.ledger.rounds import find_in
from coverage_census.model.choices import Kind
from coverage_census.model.periods import PeriodLength
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Naming, Round, Scope
from kit import Census, Ran, Workbook

A = Scope(county=None, township="柳河镇", kind=Kind.ENTERPRISE)
B = Scope(county=None, township="石桥镇", kind=Kind.ENTERPRISE)
FILE = FileReading(file="a.xlsx", format="xlsx", sheets=())


def entry(number: int, day: str, scope: Scope | None = A, name: str | None = None, **more: Any) -> Round:
    """A round of a sheet, or with no scope one of decisions."""
    given: dict[str, Any] = {
        "number": number, "name": name, "parent": None, "nonce": "n", "created_at": "2026-11-01T00:00:00+00:00",
        "as_of": day, "tool": "0", "files": (FILE,) if scope else (), "scopes": (scope,) if scope else (),
        "organisations": 1, "confirmed": 0, "new": 0, "carried": 1, "not_reported_again": 0,
    }  # fmt: skip
    return Round(**(given | more))


def placed(*every: Round, length: PeriodLength | None = None) -> tuple[Round, ...]:
    return periods.placed(every, length)


def keys(every: Sequence[Round]) -> list[str | None]:
    return [each.period for each in every]


def before(every: Sequence[Round]) -> int | None:
    found = periods.previous(every, every[-1])
    return found.number if found else None


# --- which period a round belongs to


def test_quarters_of_sheets_that_say_their_day() -> None:
    every = placed(entry(1, "2026-03-31"), entry(2, "2026-06-30"), entry(3, "2026-06-30"))
    assert keys(every) == ["2026Q1", "2026Q2", "2026Q2"]
    assert before(every) == 1


def test_whoever_reports_monthly_has_months() -> None:
    every = placed(*(entry(number, f"2026-0{number}-28") for number in range(1, 5)))
    assert keys(every) == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert before(every) == 3


def test_townships_that_fill_on_different_days_are_of_one_quarter() -> None:
    days = ["2026-03-25", "2026-03-31", "2026-06-25", "2026-06-28", "2026-06-30"]
    every = placed(*(entry(at, day, (A, B)[at % 2]) for at, day in enumerate(days, 1)))
    assert keys(every) == ["2026Q1", "2026Q1", "2026Q2", "2026Q2", "2026Q2"]
    assert before(every) == 2


def test_one_correction_a_month_later_makes_no_monthly_office_of_three_quarters() -> None:
    days = ["2025-09-30", "2025-12-31", "2026-03-31", "2026-04-10", "2026-06-30"]
    every = placed(*(entry(at, day) for at, day in enumerate(days, 1)))
    assert keys(every) == ["2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q2"]
    assert before(every) == 3


@pytest.mark.parametrize(
    ("length", "found"),
    [(PeriodLength.MONTH, ["2026-02", "2026-05", "2026-08"]), (PeriodLength.HALF_YEAR, ["2026H1", "2026H1", "2026H2"]),
     (PeriodLength.YEAR, ["2026", "2026", "2026"])],
)  # fmt: skip
def test_census_toml_says_how_long_a_period_is(length: PeriodLength, found: list[str]) -> None:
    days = ["2026-02-28", "2026-05-31", "2026-08-31"]
    assert keys(placed(*(entry(at, day) for at, day in enumerate(days, 1)), length=length)) == found


def test_a_name_goes_before_the_day_and_shows_how_long_periods_are() -> None:
    every = placed(entry(1, "2026-07-04", name="2026H1"), entry(2, "2026-11-30"))
    assert keys(every) == ["2026H1", "2026H2"]
    older = placed(entry(1, "2026-07-04", name="2026年上半年"))
    assert keys(older) == ["2026H1"]


def test_a_label_is_a_period_of_its_own() -> None:
    every = placed(
        entry(1, "2026-03-20", name="第一次摸底"),
        entry(2, "2026-03-25", None),
        entry(3, "2026-06-30", name="第二次摸底"),
    )
    assert [(each.period, each.name) for each in every] == [
        (None, "第一次摸底"), (None, "第一次摸底"), (None, "第二次摸底"),
    ]  # fmt: skip
    assert before(every) == 2


def test_decisions_belong_to_the_period_that_was_open() -> None:
    every = placed(
        entry(1, "2026-03-31"), entry(2, "2026-03-31", None), entry(3, "2026-06-30"), entry(4, "2026-06-30", None),
        entry(5, "2026-03-31", B), entry(6, "2026-06-30", None),
    )  # fmt: skip
    assert keys(every) == ["2026Q1", "2026Q1", "2026Q2", "2026Q2", "2026Q1", "2026Q2"]
    assert before(every) == 2  # what came late for the first quarter holds the second's figures too


def test_undone_and_brought_back_counts_once() -> None:
    undone = (entry(1, "2026-03-31"), entry(2, "2026-06-30"), entry(3, "2026-03-31", None, supersedes=2))
    assert keys(placed(*undone)) == ["2026Q1", "2026Q2", "2026Q1"]
    assert before(placed(*undone)) is None
    again = placed(*undone, entry(4, "2026-06-30", None, supersedes=3))
    assert keys(again)[3] == "2026Q2" and before(again) == 1
    assert [each.state.number for each in periods.terms(again)] == [1, 4]


def test_within_the_first_period_an_earlier_day_serves_and_the_same_day_never() -> None:
    every = placed(entry(1, "2026-06-25"), entry(2, "2026-06-30", B), entry(3, "2026-06-30"))
    assert before(every) == 1
    assert before(placed(entry(1, "2026-06-30"), entry(2, "2026-06-30"))) is None


def test_three_corrections_of_one_day() -> None:
    every = placed(entry(1, "2025-12-31"), *(entry(number, "2026-03-31") for number in (2, 3, 4, 5)))
    assert before(every) == 1
    assert [each.state.number for each in periods.terms(every)] == [1, 5]


# --- what somebody calls it


@pytest.mark.parametrize(
    "asked", ["2026Q2", "2026年第二季度", "2026年二季度", "二〇二六年第二季度", "二季度", "2026q2"]
)
def test_a_period_is_found_in_every_form(asked: str) -> None:
    every = placed(entry(1, "2026-03-31"), entry(2, "2026-06-30"), entry(3, "2026-06-30", None), entry(4, "2026-09-30"))
    assert find_in(every, asked).number == 3


def test_without_its_year_a_period_of_two_years_is_asked_for() -> None:
    from coverage_census.errors import CensusError

    every = placed(entry(1, "2025-06-30"), entry(2, "2026-06-30"))
    with pytest.raises(CensusError) as stop:
        find_in(every, "二季度")
    assert (stop.value.key, stop.value.values["known"]) == ("period_ambiguous", "2025Q2、2026Q2")


def test_a_name_is_stored_as_its_key() -> None:
    assert periods.key_of("2026年第三季度", "2026-11-01") == "2026Q3"
    assert periods.key_of("四季度", "2027-01-05") == "2026Q4"
    assert periods.key_of(" 第一次摸底 ", "2026-11-01") == "第一次摸底"


def naming(number: int, name: str, period: str | None = None, of: int | None = None) -> Round:
    return entry(number, "2026-06-30", None, naming=Naming(round=of, period=period, name=name))


def test_a_period_is_called_otherwise_and_found_by_either_name() -> None:
    every = placed(
        entry(1, "2026-03-31"), entry(2, "2026-06-30"), naming(3, "普查", "2026Q1"), naming(4, "首次普查", "2026Q1")
    )
    assert [(each.period, each.name) for each in every[:2]] == [("2026Q1", "首次普查"), ("2026Q2", None)]
    assert {find_in(every, asked).number for asked in ("普查", "首次普查", "2026Q1", "2026年一季度", "1")} == {1}


def test_a_label_becomes_a_period_and_an_entry_goes_where_it_belongs() -> None:
    every = placed(
        entry(1, "2026-03-31", name="摸底"), naming(2, "2026Q1", "摸底"), entry(3, "2026-06-30"),
        entry(4, "2026-07-03", B), naming(5, "2026Q2", of=4),
    )  # fmt: skip
    assert keys(every) == ["2026Q1", "2026Q1", "2026Q2", "2026Q2", "2026Q2"]
    assert find_in(every, "摸底").number == 2 and before(every) == 2


# --- from end to end

HEAD = "| 乡镇 | 单位名称 | 正式党员 | 是否建立党组织 | 组建方式 |"
Sent = Callable[..., Ran]


@pytest.fixture
def sent(census: Census, workbook: Workbook) -> Sent:
    """Sends in the sheet of a township: how many members it has, and whether it has built."""
    count = 0

    def send(township: str, members: int, *words: str, built: bool = False) -> Ran:
        nonlocal count
        count += 1
        row = f"| {township} | {township}永盛木业有限公司 | {members} | {'是 | 单独' if built else '否 |'} |"
        return census("ingest", workbook(f"{township}{count}.xlsx", f"{HEAD}\n{row}"), *words)

    return send


def day(text: str) -> tuple[str, str]:
    return ("--as-of", text)


def test_a_correction_within_the_period_is_compared_with_the_period_before(census: Census, sent: Sent) -> None:
    sent("柳河镇", 3, *day("2025-06-30"))
    sent("柳河镇", 3, *day("2025-12-31"), built=True)
    for members in (4, 5, 6):
        sent("柳河镇", members, *day("2025-12-31"), built=True)
    found = json.loads(census("diff", "--json").out)
    assert (found["before"], found["after"], found["since"]) == (1, 5, "2025-06-30")
    assert (found["before_period"], found["after_period"]) == ("2025Q2", "2025Q4")
    assert found["period"]["party_orgs_built"] == 1
    assert [(each["period"], each["round"]) for each in found["trend"]] == [("2025Q2", 1), ("2025Q4", 5)]
    assert "2025年第四季度（截止 2025-12-31）较2025年第二季度（截止 2025-06-30）" in census("diff").out
    assert "Q4 2025 (as of 2025-12-31) against Q2 2025" in census("diff", "--lang", "en").out


def test_months_of_a_monthly_office_in_diff_and_trend(census: Census, sent: Sent) -> None:
    for month, last in (("01", 31), ("02", 28), ("03", 31), ("04", 30)):
        sent("柳河镇", int(month) + 2, *day(f"2026-{month}-{last}"), built=month > "02")
    assert [each["period"] for each in json.loads(census("rounds", "--trend", "--json").out)] == [
        "2026-01", "2026-02", "2026-03", "2026-04",
    ]  # fmt: skip
    assert "较2026年3月" in census("diff").out
    assert json.loads(census("diff", "2月", "2026年3月", "--json").out)["before"] == 2


def test_half_years_by_census_toml(census: Census, sent: Sent, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[periods]\nlength = "半年"\n', encoding="utf-8")
    sent("柳河镇", 3, *day("2025-11-30"))
    sent("柳河镇", 3, *day("2026-02-28"))
    sent("柳河镇", 3, *day("2026-06-15"), built=True)
    found = json.loads(census("diff", "--json").out)
    assert (found["before"], found["before_period"], found["after_period"]) == (1, "2025H2", "2026H1")
    assert "较2025年下半年" in census("diff").out
    assert "2026年上半年" in census("gaps").out


def test_named_rounds_with_their_day(census: Census, sent: Sent) -> None:
    sent("柳河镇", 3, "--round", "2025年第一季度", *day("2025-03-31"))
    sent("柳河镇", 3, "--period", "2025Q2", *day("2025-06-30"), built=True)
    rounds = json.loads(census("rounds", "--json").out)
    assert [(each["name"], each["period"]) for each in rounds] == [("2025Q1", "2025Q1"), ("2025Q2", "2025Q2")]
    assert json.loads(census("diff", "2025年二季度", "2025Q1", "--json").out)["before"] == 1
    assert (
        census("gaps", "--period", "2025年第一季度").out.splitlines()[-1].startswith("截止 2025-03-31 · 2025年第一季度")
    )


def test_the_reports_say_which_period_they_compare_with(census: Census, sent: Sent, tmp_path: Path) -> None:
    from docx import Document

    sent("柳河镇", 3, *day("2025-12-31"))
    sent("柳河镇", 3, *day("2026-03-31"), built=True)
    sent("柳河镇", 4, *day("2026-03-31"), built=True)
    assert census("report", "--html", "--docx", "--xlsx").code == 0
    folder = tmp_path / "reports" / "000003"
    html = (folder / "coverage.html").read_text(encoding="utf-8")
    assert (
        "2026年第一季度" in html
        and "比2025年第四季度" not in html
        and "与2025年第四季度（截至2025年12月31日）持平" in html
    )
    said = "".join(each.text for each in Document(str(folder / "bulletin.docx")).paragraphs)
    assert "数据取自2026年第一季度台账" in said
    assert "较2025年第四季度（截至2025年12月31日），总体组建率由0.0%升至100.0%" in said
    assert "轮" not in said and "第3轮" not in html


def test_renamed_then_compared_by_the_new_name_and_undone(census: Census, sent: Sent) -> None:
    sent("柳河镇", 3, *day("2025-12-31"))
    sent("柳河镇", 3, *day("2026-03-31"), built=True)
    ran = census("rounds", "--rename", "2025年第四季度", "首次普查")
    assert ran.code == 0 and "census undo 3" in ran.out
    found = json.loads(census("diff", "首次普查", "2026Q1", "--json").out)
    assert (found["before"], found["after"], found["before_period"]) == (1, 3, "2025Q4")
    assert "较首次普查（截止 2025-12-31）" in census("diff").out
    assert json.loads(census("diff", "--json").out)["before"] == 1
    assert census("undo", "3").code == 0
    assert "较2025年第四季度" in census("diff").out
    assert census("gaps", "--round", "首次普查").code == 1
    assert census("rounds", "--rename", "2026Q1", "7").code == 2


def test_decisions_between_quarters_stand_in_the_cut_off(census: Census, sent: Sent) -> None:
    sent("柳河镇", 3, *day("2025-12-31"))
    task = json.loads(census("tasks", "--json", "--list").out)[0]["id"]
    census("tasks", "--done", task, "--evidence", "批复〔2026〕1号")
    sent("柳河镇", 3, *day("2026-03-31"), built=True)
    assert json.loads(census("diff", "--json").out)["before"] == 2


def test_one_period_has_nothing_before_it(census: Census, sent: Sent) -> None:
    sent("柳河镇", 3, *day("2026-03-31"))
    sent("石桥镇", 3, *day("2026-03-31"))
    ran = census("diff")
    assert ran.code == 1 and "只有一期" in ran.err
    assert json.loads(census("diff", "1", "2", "--json").out)["added"]
    assert census("report", "--html").code == 0


ROSTER = '[expected]\ntownships = ["柳河镇", "石桥镇", "大坪乡"]\ndue = { "2026年第二季度" = 2026-07-05 }\n'


def states(census: Census, *words: str) -> dict[str, tuple[str, int | None]]:
    return {
        each["township"]: (each["state"], each["late"]) for each in json.loads(census("missing", *words, "--json").out)
    }


def test_undone_and_done_again_makes_nobody_late(
    census: Census, sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "census.toml").write_text(ROSTER, encoding="utf-8")
    monkeypatch.setenv("CENSUS_NOW", "2026-07-02T09:00:00+08:00")
    sent("柳河镇", 3, *day("2026-06-30"))
    sent("石桥镇", 3, *day("2026-06-30"))
    monkeypatch.setenv("CENSUS_NOW", "2026-07-20T09:00:00+08:00")
    census("undo", "1")
    assert states(census)["柳河镇"] == ("not_reported", 15)
    census("ingest", tmp_path / "柳河镇1.xlsx", *day("2026-06-30"))
    assert states(census) == {"柳河镇": ("reported", 0), "石桥镇": ("reported", 0), "大坪乡": ("not_reported", 15)}
    census("undo", "2")
    census("undo", "5")
    assert states(census)["石桥镇"] == ("reported", 0)
    assert states(census, "--round", "2026年第二季度") == states(census)


@pytest.mark.parametrize(
    ("written", "key"), [('length = "旬"', "[periods] length"), ('current = "下一期"', "[periods] current")]
)
def test_a_mistake_in_the_settings_is_named(census: Census, tmp_path: Path, written: str, key: str) -> None:
    (tmp_path / "census.toml").write_text(f"[periods]\n{written}\n", encoding="utf-8")
    ran = census("gaps")
    assert ran.code == 1 and key in ran.err


def test_what_is_being_reported_names_sheets_without_a_day(census: Census, sent: Sent, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[periods]\ncurrent = "2026年第三季度"\n', encoding="utf-8")
    sent("柳河镇", 3)
    sent("石桥镇", 3, *day("2026-12-31"))
    assert [each["period"] for each in json.loads(census("rounds", "--json").out)] == ["2026Q3", "2026Q4"]


@pytest.mark.parametrize(
    ("period", "day", "code"),
    [
        ("2026Q4", "2026-03-01", 2),
        ("2026年第四季度", "2026年9月30日", 2),
        ("2026Q1", "2026-10-31", 2),
        ("2026年上半年", "2025-12-31", 2),
        ("2026年9月", "2026-08-31", 2),
        ("2026Q3", "2026-09-30", 0),
        ("2026Q3", "2026-10-09", 0),  # reported for the third quarter a few days after it ended
        ("第一次摸底", "2026-03-01", 0),
    ],
)
def test_a_day_beside_a_period_is_one_of_it(
    census: Census, workbook: Workbook, tmp_path: Path, period: str, day: str, code: int
) -> None:
    path = workbook("柳河镇.xlsx", "单位名称 | 乡镇 | 正式党员\n云岭宏达机械有限公司 | 柳河镇 | 3")
    ran = census("ingest", path, "--round", period, "--as-of", day)
    assert ran.code == code, ran.err
    assert ("--as-of" in ran.err and "--round" in ran.err) == bool(code)
    assert (tmp_path / "ledger").exists() != bool(code)


@pytest.mark.parametrize(
    ("length", "days"), [("半年", "1月31日 3月31日"), ("季", "7月31日 9月30日"), ("年", "3月1日 9月1日")]
)
def test_one_period_has_none_before_it(
    census: Census, workbook: Workbook, tmp_path: Path, length: str, days: str
) -> None:
    (tmp_path / "census.toml").write_text(f'[periods]\nlength = "{length}"\n', encoding="utf-8")
    for formal, day in enumerate(days.split()):
        table = f"柳河镇两新组织台账\n截止日期：2026年{day}\n单位名称 | 正式党员\n云岭宏达机械有限公司 | {formal}"
        census("ingest", workbook(f"{day}.xlsx", table))
    period = json.loads(census("rounds", "--json").out)[0]["period"]
    for words in ((), (period,), (period, period)):
        ran = census("diff", *words)
        assert (ran.code, ran.out) == (1, "") and "只有一期" in ran.err, words
    assert census("diff", "1", "2").code == 0
    census("ingest", workbook("后.xlsx", table.replace("2026年", "2025年")), "--older")
    assert census("diff").code == 0
    assert census("diff", period, period).code == 2
