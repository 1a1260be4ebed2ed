"""Sheets of two quarters in any order: the present is of the newest one, and each township has reported for its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coverage_census.ledger import rounds, verify
from kit import Census, Workbook
from test_ledger_days import firm, table

WORK, SHOP = "云岭永盛木业有限公司", "云岭石桥食品有限公司"
SHEETS = {"q3": table("柳河镇", "2026年9月30日", firm(5, WORK)), "q2": table("石桥镇", "2026年6月30日", firm(3, SHOP))}
SETTINGS = '[expected]\ntownships = ["柳河镇", "石桥镇"]\n'
Ways = Callable[[str], None]


@pytest.fixture
def came(census: Census, workbook: Workbook, tmp_path: Path) -> Ways:
    """The two sheets, in one of the ways in which they may come."""

    def enter(way: str) -> None:
        (tmp_path / "census.toml").write_text(SETTINGS, encoding="utf-8")
        if way == "two tabs":
            assert census("ingest", workbook("both.xlsx", SHEETS)).code == 0
            return
        first, second = (workbook(f"{name}.xlsx", SHEETS[name]) for name in way.split()[:2])
        if "at once" in way:
            assert census("ingest", first, second).code == 0
        else:
            assert [census("ingest", first).code, census("ingest", second, *way.split()[2:]).code] == [0, 0]

    return enter


WAYS = ("q2 q3", "q3 q2", "q3 q2 --older", "q3 q2 at once", "q2 q3 at once", "two tabs")


@pytest.fixture(params=WAYS)
def both(request: pytest.FixtureRequest, came: Ways) -> str:
    came(request.param)
    return str(request.param)


def told(census: Census, *words: str) -> Any:
    return json.loads(census(*words, "--json").out)


def states(census: Census, *words: str) -> dict[str, str]:
    return {each["township"]: each["state"] for each in told(census, "missing", *words)}


def test_the_present_is_of_the_newest_quarter(both: str, census: Census, tmp_path: Path) -> None:
    assert "截止 2026-09-30 · 2026年第三季度" in census("gaps").out
    lines = [(each["period"], each["as_of"], each["organisations"]) for each in told(census, "rounds", "--trend")]
    assert lines == [("2026Q2", "2026-06-30", 1), ("2026Q3", "2026-09-30", 2)]
    assert "2026年第二季度" in census("rounds").out and "2026年第三季度" in census("rounds").out
    held = [census("export", "--round", each).out for each in ("2026Q2", "二季度", "2026Q3")]
    assert [(WORK in each, SHOP in each) for each in held] == [(False, True), (False, True), (True, True)]
    assert not verify.verify(tmp_path / "ledger").damage


def test_each_township_has_reported_for_its_own_quarter(both: str, census: Census) -> None:
    third = {"柳河镇": "reported", "石桥镇": "not_reported"}
    assert states(census) == third == states(census, "--period", "2026Q3")
    assert states(census, "--period", "2026Q2") == {"柳河镇": "not_reported", "石桥镇": "reported"}
    assert "报送期：2026年第三季度" in census("missing").out
    assert "报送期：2026年第二季度" in census("missing", "--period", "2026年第二季度").out
    named = {each["township"]: (each["named"], each["expected"]) for each in told(census, "missing")}
    assert named == {"柳河镇": (1, 1), "石桥镇": (0, 1)}
    waiting = [each["name"] for town in told(census, "missing", "石桥镇") for each in town["organisations"]]
    assert waiting == [SHOP]


def test_it_is_compared_with_the_quarter_before(both: str, census: Census) -> None:
    assert "2026年第三季度（截止 2026-09-30）较2026年第二季度（截止 2026-06-30）" in census("diff").out
    found = told(census, "diff")
    assert (found["before_period"], found["after_period"], found["since"]) == ("2026Q2", "2026Q3", "2026-06-30")
    assert [each["name"] for each in found["added"]] == [WORK]


@pytest.mark.parametrize("together", [True, False])
def test_the_digest_of_a_run_says_the_same(census: Census, workbook: Workbook, tmp_path: Path, together: bool) -> None:
    census("init", ".")
    (tmp_path / "census.toml").write_text(SETTINGS, encoding="utf-8")
    for name, text in SHEETS.items() if together else list(SHEETS.items())[:1]:
        workbook(f"inbox/{name}.xlsx", text)
    census("run")
    if not together:
        workbook("inbox/q2.xlsx", SHEETS["q2"])
        census("run")
    digest = json.loads((tmp_path / "reports" / "digest.json").read_text(encoding="utf-8"))["standing"]
    assert (digest["period"], digest["as_of"], digest["before_round"]) == ("2026Q3", "2026-09-30", "2026Q2")
    assert digest["before_as_of"] == "2026-06-30"
    [left] = digest["reporting"]["not_reported"]
    assert (left["township"], left["last_as_of"]) == ("石桥镇", "2026-06-30")


@pytest.mark.parametrize("way", ["q3 q2", "q3 q2 --older", "q3 q2 at once"])
def test_another_kind_of_the_same_township(way: str, census: Census, workbook: Workbook, came: Ways) -> None:
    head = "| 单位名称 | 单位类别 | 从业人员 | 正式党员 | 是否建立党组织 |"
    rows = {"q3": ("2026年9月30日", "| 云岭茶业协会 | 社会组织 | 9 | 3 | 否 |"),
            "q2": ("2026年6月30日", f"| {WORK} | 非公企业 | 9 | 3 | 否 |")}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, (day, row) in rows.items():
            patch.setitem(SHEETS, name, table("柳河镇", day, row, head=head))
        came(way)
    assert "截止 2026-09-30 · 2026年第三季度" in census("gaps").out
    assert [each["period"] for each in told(census, "rounds", "--trend")] == ["2026Q2", "2026Q3"]
    third, second = (told(census, "missing", "柳河镇", "--period", each)[0] for each in ("2026Q3", "2026Q2"))
    assert (third["state"], third["kinds_owed"], third["named"]) == ("reported", ["enterprise"], 1)
    assert (second["state"], second["kinds_owed"], second["named"]) == ("reported", [], 1)


def test_a_second_late_quarter_and_one_that_is_revised(census: Census, workbook: Workbook, came: Ways) -> None:
    came("q3 q2 at once")
    rest = table("大坪乡", "2026年3月31日", firm(2, "云岭大坪茶业有限公司"))
    assert census("ingest", workbook("q1.xlsx", rest)).code == 0
    late = table("柳河镇", "2026年6月30日", firm(4, WORK))
    assert census("ingest", workbook("late.xlsx", late), "--older").code == 0
    lines = [(each["period"], each["organisations"]) for each in told(census, "rounds", "--trend")]
    assert lines == [("2026Q1", 1), ("2026Q2", 3), ("2026Q3", 3)]
    assert "截止 2026-09-30 · 2026年第三季度" in census("gaps").out
    assert states(census, "--period", "2026Q2")["柳河镇"] == "reported"
    assert "2026年第二季度" in census("gaps", "--as-of", "2026-07-15").out


def test_by_a_day_before_it_the_quarter_is_not_there(census: Census, workbook: Workbook, came: Ways) -> None:
    census("ingest", workbook("q1.xlsx", table("大坪乡", "2026年3月31日", firm(2, "云岭大坪茶业有限公司"))))
    came("q3 q2 at once")
    ran = census("export", "--round", "2026Q2", "--as-of", "2026-06-01")
    assert ran.code == 1 and "2026-06-30" in ran.err


def test_undone_the_quarter_is_gone(census: Census, came: Ways) -> None:
    came("q3 q2")
    assert census("undo", "2").code == 0
    assert [each["period"] for each in told(census, "rounds", "--trend")] == ["2026Q3"]
    assert states(census) == {"柳河镇": "reported", "石桥镇": "not_reported"}


@pytest.mark.parametrize("way", ["q3 q2", "q3 q2 at once"])
def test_called_otherwise_it_is_still_found(way: str, census: Census, came: Ways) -> None:
    came(way)
    assert census("rounds", "--rename", "2026Q2", "第一次摸底").code == 0
    assert census("rounds", "--rename", "2026Q3", "第二次摸底").code == 0
    lines = [(each["period"], each["name"]) for each in told(census, "rounds", "--trend")]
    assert lines == [("2026Q2", "第一次摸底"), ("2026Q3", "第二次摸底")]
    assert "第二次摸底（截止 2026-09-30）较第一次摸底" in census("diff").out
    assert SHOP in census("export", "--round", "第一次摸底").out
    assert "第二次摸底" in census("gaps").out


def test_months_of_an_office_that_reports_monthly(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[periods]\nlength = "月"\n', encoding="utf-8")
    first = workbook("a.xlsx", table("柳河镇", "2026年9月30日", firm(5, WORK)))
    second = workbook("b.xlsx", table("石桥镇", "2026年8月31日", firm(5, SHOP)))
    assert census("ingest", first, second).code == 0
    assert [each["period"] for each in told(census, "rounds", "--trend")] == ["2026-08", "2026-09"]
    [made] = rounds.all_rounds(tmp_path / "ledger")
    assert (made.period, made.also) == ("2026Q3", ())  # of quarters they are one
