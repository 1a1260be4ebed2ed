"""A sheet speaks for its own day: what that makes of sheets that come late, again, in any order, or say no day."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from coverage_census.commands.ingest import ingest
from coverage_census.commands.session import Session
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.intake import sheet_days
from coverage_census.ledger.periods import timeline
from coverage_census.ledger.write import commit
from coverage_census.model import periods
from coverage_census.settings import Settings
from coverage_census.words.catalogue import Words
from kit import Census, Workbook
from test_ledger_year import NOW

Q1, Q2, Q3 = "2025年3月31日", "2025年6月30日", "2025年9月30日"
HEAD = "| 单位名称 | 从业人员 | 正式党员 | 是否建立党组织 |"


def table(town: str, day: str | None, *rows: str, head: str = HEAD) -> str:
    """A township's ledger; the day, if any, stands under its title."""
    line = f"| 截止日期：{day} |\n" if day else ""
    return f"| {town}两新组织党建台账 |\n{line}{head}\n" + "\n".join(rows)


def firm(formal: int, name: str = "云岭宏达机械有限公司", built: str = "否") -> str:
    return f"| {name} | 40 | {formal} | {built} |"


@pytest.fixture
def put(workbook: Workbook, census: Census) -> Callable[..., Any]:
    """`put("a.xlsx", table(…))`: write it and enter it."""

    def enter(name: str, text: Any, *words: str) -> Any:
        return census("ingest", workbook(name, text), *words)

    return enter


@pytest.fixture
def held(census: Census) -> Callable[..., dict[str, Any]]:
    def records(*words: str) -> dict[str, Any]:
        lines = map(json.loads, census("export", *words).out.splitlines())
        return {each["name"]: each for each in lines}

    return records


def formal(records: dict[str, Any], name: str = "云岭宏达机械有限公司") -> Any:
    return records[name]["members_formal"]


@pytest.mark.parametrize("names", [("a", "b", "c"), ("c", "b", "a"), ("b", "c", "a")])
@pytest.mark.parametrize("tabs", [True, False])
def test_of_several_at_once_the_newest_day_counts(
    workbook: Workbook, census: Census, held: Any, tmp_path: Path, names: tuple[str, ...], tabs: bool
) -> None:
    days = zip(names, (Q1, Q2, Q3), strict=True)
    each = {name: table("柳河镇", day, firm(number)) for number, (name, day) in enumerate(days)}
    if tabs:
        workbook("报表/柳河镇.xlsx", dict(sorted(each.items())))
    for name, text in () if tabs else each.items():
        workbook(f"报表/{name}.xlsx", text)
    made = json.loads(census("ingest", tmp_path / "报表", "--json").out)
    assert formal(held()) == 2
    assert made["rounds"] == [1, 2, 3]
    assert [each.as_of for each in rounds.all_rounds(tmp_path / "ledger")] == ["2025-03-31", "2025-06-30", "2025-09-30"]
    assert json.loads(census("ingest", tmp_path / "报表", "--json").out)["unchanged"]


def test_what_the_newer_sheet_does_not_ask_for_stays_known(workbook: Workbook, census: Census, held: Any) -> None:
    newer = table("柳河镇", Q2, "| 云岭宏达机械有限公司 | 5 |", head="| 单位名称 | 正式党员 |")
    census("ingest", workbook("a.xlsx", newer), workbook("b.xlsx", table("柳河镇", Q1, firm(2))))
    assert (formal(held()), held()["云岭宏达机械有限公司"]["employees"]) == (5, 40)


def test_a_crash_between_the_rounds_of_one_intake_is_made_good(
    workbook: Workbook, census: Census, held: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook("柳河镇.xlsx", {"一": table("柳河镇", Q1, firm(1)), "二": table("柳河镇", Q2, firm(2))})
    real, calls = commit._write, []

    def once(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(commit, "_write", once)
        with pytest.raises(KeyboardInterrupt):
            ingest.ingest(Session(Settings(tmp_path), Words("zh"), NOW), [path])
    assert (len(rounds.all_rounds(tmp_path / "ledger")), formal(held())) == (1, 1)
    assert json.loads(census("ingest", path, "--json").out)["rounds"] == [2]
    assert formal(held()) == 2
    assert json.loads(census("ingest", path, "--json").out)["unchanged"]


class TestTooOld:
    def test_it_stays_outside_and_is_told(self, put: Any, held: Any, census: Census, tmp_path: Path) -> None:
        put("三季度.xlsx", table("柳河镇", Q3, firm(5)))
        late = put("一季度.xlsx", table("柳河镇", Q1, firm(2), firm(1, "云岭早已不在有限公司")))
        assert late.code == 3
        for word in ("一季度.xlsx", "2025-03-31", "早于", "2025-09-30", "--older"):
            assert word in late.out
        assert list(held()) == ["云岭宏达机械有限公司"] and formal(held()) == 5
        assert len(rounds.all_rounds(tmp_path / "ledger")) == 1
        assert put("更正.xlsx", table("柳河镇", Q3, firm(6))).code == 0
        assert formal(held()) == 6

    def test_with_the_english_words(self, put: Any) -> None:
        put("三季度.xlsx", table("柳河镇", Q3, firm(5)))
        assert "--older" in put("一季度.xlsx", table("柳河镇", Q1, firm(2)), "--lang", "en").out

    def test_a_dry_run_says_so_too(self, put: Any) -> None:
        put("三季度.xlsx", table("柳河镇", Q3, firm(5)))
        ran = put("一季度.xlsx", table("柳河镇", Q1, firm(2)), "--dry-run")
        assert ran.code == 3 and "早于" in ran.out

    def test_of_a_sheet_of_two_townships_the_newer_part_enters(self, put: Any, held: Any) -> None:
        put("柳河镇.xlsx", table("柳河镇", Q2, firm(5)))
        head = "| 乡镇 | 单位名称 | 从业人员 | 正式党员 | 是否建立党组织 |"
        both = table("云岭县", Q1, "| 柳河镇 " + firm(2), "| 石桥镇 " + firm(3, "云岭石桥食品有限公司"), head=head)
        late = put("全县.xlsx", both)
        assert late.code == 3 and "1 家没有入账" in late.out
        assert (formal(held()), formal(held(), "云岭石桥食品有限公司")) == (5, 3)

    def test_another_township_may_be_behind(self, put: Any, held: Any, tmp_path: Path) -> None:
        put("柳河镇.xlsx", table("柳河镇", Q2, firm(5)))
        assert put("石桥镇.xlsx", table("石桥镇", Q1, firm(3, "云岭石桥食品有限公司"))).code == 0
        assert [each.as_of for each in rounds.all_rounds(tmp_path / "ledger")] == ["2025-06-30"] * 2
        assert list(held("--round", "2025Q1")) == ["云岭石桥食品有限公司"]
        assert len(held()) == 2


class TestAskedIn:
    @pytest.fixture(autouse=True)
    def story(self, put: Any) -> None:
        put("三季度.xlsx", table("柳河镇", Q3, firm(5, built="是")))
        self.late = put("一季度.xlsx", table("柳河镇", Q1, firm(2), firm(1, "云岭早先饮料有限公司")), "--older")

    def test_it_stands_where_it_belongs(self, held: Any, census: Census, tmp_path: Path) -> None:
        assert self.late.code == 0 and "2025-03-31" in self.late.out
        assert (formal(held()), formal(held("--round", "2025Q1"))) == (5, 2)
        assert rounds.all_rounds(tmp_path / "ledger")[-1].as_of == "2025-09-30"
        lines = {each["as_of"]: each for each in json.loads(census("rounds", "--trend", "--json").out)}
        assert {day: each["organisations"] for day, each in lines.items()} == {"2025-03-31": 2, "2025-09-30": 2}
        assert len(json.loads(census("gaps", "--round", "2025Q1", "--list", "--json").out)) >= 2
        assert not verify.verify(tmp_path / "ledger").damage

    def test_the_periods_can_be_compared(self, census: Census) -> None:
        diff = json.loads(census("diff", "2025Q1", "2025Q3", "--json").out)
        changed = {(each["name"], each["field"]): (each["old"], each["new"]) for each in diff["fields"]}
        assert changed["云岭宏达机械有限公司", "members_formal"] == (2, 5)
        assert (diff["added"], diff["gone"]) == ([], [])
        assert diff["period"]["party_orgs_built"] == 1

    def test_who_stands_only_there_is_carried_forward(self, held: Any) -> None:
        assert formal(held(), "云岭早先饮料有限公司") == 1

    def test_again_is_nothing_new(self, census: Census, tmp_path: Path) -> None:
        assert json.loads(census("ingest", "一季度.xlsx", "--older", "--json").out)["unchanged"]
        assert json.loads(census("ingest", "一季度.xlsx", "--json").out)["unchanged"]

    def test_undoing_it_takes_the_past_state_back(self, census: Census, held: Any, tmp_path: Path) -> None:
        assert census("undo", "2").code == 0
        assert list(held()) == ["云岭宏达机械有限公司"]
        assert not list(timeline.past_states(rounds.all_rounds(tmp_path / "ledger")))

    def test_what_it_found_its_place_among_is_undone_after_it(self, census: Census, held: Any) -> None:
        refused = census("undo", "1")
        assert refused.code == 1 and "2" in refused.err
        assert [census("undo", each).code for each in ("2", "1")] == [0, 0]
        assert held() == {}

    def test_a_quarter_between_them_finds_both(self, put: Any, held: Any) -> None:
        put("二季度.xlsx", table("柳河镇", Q2, firm(3), firm(4, "云岭早先饮料有限公司")), "--older")
        assert [formal(held("--round", each)) for each in ("2025Q1", "2025Q2", "2025Q3")] == [2, 3, 5]
        assert [formal(held("--round", each), "云岭早先饮料有限公司") for each in ("2025Q1", "2025Q3")] == [1, 4]


class TestNoDayOnTheSheet:
    def test_today_and_that_is_said(self, put: Any, tmp_path: Path) -> None:
        ran = put("表.xlsx", table("柳河镇", None, firm(5)))
        assert "没有写截止日期" in ran.out and "今天（2026-11-21）" in ran.out
        assert rounds.all_rounds(tmp_path / "ledger")[-1].as_of == "2026-11-21"

    def test_for_machines(self, put: Any) -> None:
        day = {"file": "表.xlsx", "sheet": "Sheet1", "day": "2026-11-21", "source": "today"}
        assert json.loads(put("表.xlsx", table("柳河镇", None, firm(5)), "--json").out)["days"] == [day]

    @pytest.mark.parametrize(
        ("words", "day"),
        [
            (["--round", "2025Q2"], "2025-06-30"),
            (["--round", "2025年上半年"], "2025-06-30"),
            (["--round", "2026Q4"], "2026-11-21"),  # it is still running
            (["--round", "三季度"], "2026-09-30"),
            (["--round", "第一次摸底"], "2026-11-21"),
            (["--as-of", "2025-05-15"], "2025-05-15"),
            (["--round", "2025Q2", "--as-of", "2025-05-15"], "2025-05-15"),
        ],
    )
    def test_the_day_that_is_named(self, put: Any, tmp_path: Path, words: list[str], day: str) -> None:
        put("表.xlsx", table("柳河镇", None, firm(5)), *words)
        assert rounds.all_rounds(tmp_path / "ledger")[-1].as_of == day

    def test_a_tab_beside_one_with_a_day(self, put: Any, tmp_path: Path) -> None:
        second = table("柳河镇", None, firm(5, "云岭柳河行业协会"))
        put("表.xlsx", {"企业": table("柳河镇", Q1, firm(5)), "社会组织": second})
        assert [each.as_of for each in rounds.all_rounds(tmp_path / "ledger")] == ["2025-03-31"]

    def test_its_own_day_wins_over_the_named_one(self, put: Any, tmp_path: Path) -> None:
        ran = put("表.xlsx", table("柳河镇", Q1, firm(5)), "--round", "2025Q2")
        assert "2025-03-31" in ran.out and "以表为准" in ran.out
        [made] = rounds.all_rounds(tmp_path / "ledger")
        assert (made.as_of, made.name) == ("2025-03-31", None)


class TestAgain:
    def test_for_a_new_period_it_is_a_report(self, put: Any, census: Census, tmp_path: Path) -> None:
        path = tmp_path / "石桥镇.xlsx"
        put(path.name, table("石桥镇", None, firm(3)), "--round", "2025Q1")
        made = json.loads(census("ingest", path, "--round", "2025Q2", "--json").out)
        assert (made["unchanged"], made["counts"]["unchanged"]) == (False, 1)
        assert json.loads(census("ingest", path, "--round", "2025Q2", "--json").out)["unchanged"]
        assert json.loads(census("ingest", path, "--round", "2025Q1", "--json").out)["unchanged"]
        assert json.loads(census("ingest", path, "--json").out)["unchanged"]

    def test_a_sheet_that_states_its_day_is_of_that_day(self, put: Any, census: Census, tmp_path: Path) -> None:
        put("石桥镇.xlsx", table("石桥镇", Q1, firm(3)))
        again = census("ingest", tmp_path / "石桥镇.xlsx", "--round", "2025Q2", "--json")
        assert json.loads(again.out)["unchanged"]

    def test_an_inbox_that_nobody_empties_confirms_nothing(
        self, census: Census, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        census("init", ".")
        for town, day in (("柳河镇", None), ("石桥镇", Q1)):
            workbook(f"inbox/{town}.xlsx", table(town, day, firm(3, f"{town}同心商贸有限公司")))
        for day in ("2026-11-21", "2026-11-22", "2027-01-05"):
            monkeypatch.setenv("CENSUS_NOW", f"{day}T21:00:00+08:00")
            census("run")
        assert len(rounds.all_rounds(tmp_path / "ledger")) == 1

    def test_under_a_period_newly_set_only_what_is_put_there_anew(
        self, census: Census, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        census("init", ".")
        workbook("inbox/柳河镇.xlsx", table("柳河镇", None, firm(3)))
        monkeypatch.setenv("CENSUS_NOW", "2025-05-21T21:00:00+08:00")
        census("run")
        real = sheet_days.named

        def third(asked: sheet_days.DayAsked, *, hand: bool) -> Any:
            return real(
                sheet_days.DayAsked(None, None, asked.today, periods.last_begun("2025Q3", "2025-12-01")), hand=hand
            )

        monkeypatch.setattr(sheet_days, "named", third)
        monkeypatch.setenv("CENSUS_NOW", "2025-10-21T21:00:00+08:00")
        census("run")
        assert len(rounds.all_rounds(tmp_path / "ledger")) == 1  # the same name, the same bytes: it lay there
        shutil.copy(tmp_path / "inbox" / "柳河镇.xlsx", tmp_path / "inbox" / "柳河镇三季度.xlsx")
        census("run")
        assert [each.as_of for each in rounds.all_rounds(tmp_path / "ledger")] == ["2025-05-21", "2025-09-30"]


WRONG = "| 云岭宏达机械有限公司 | 若干 | 1 | 否 |"


class TestAnsweredReturn:
    @pytest.fixture
    def answered(self, census: Census, workbook: Workbook, tmp_path: Path) -> Path:
        census("init", ".")
        workbook("inbox/柳河镇.xlsx", table("柳河镇", None, WRONG))
        census("ingest", tmp_path / "inbox", "--round", "2025Q1")
        [made] = (tmp_path / "returns").glob("*.xlsx")
        book = load_workbook(made)
        asked = book["问题清单"]
        [line] = [row for row in range(6, asked.max_row + 1) if asked.cell(row, 6).value == "若干"]
        asked.cell(line, 9).value, asked.cell(line, 10).value = "改正", 77
        book.save(tmp_path / "answered.xlsx")
        return tmp_path / "answered.xlsx"

    def employees(self, held: Any, *words: str) -> Any:
        return held(*words)["云岭宏达机械有限公司"]["employees"]

    @pytest.mark.parametrize("name", ["1退回.xlsx", "退回/柳河镇.xlsx", "龙.xlsx"])
    def test_it_is_entered_once_wherever_it_lies(
        self, answered: Path, census: Census, workbook: Workbook, held: Any, tmp_path: Path, name: str
    ) -> None:
        path = tmp_path / "inbox" / name
        path.parent.mkdir(exist_ok=True)
        shutil.copy(answered, path)
        census("run")
        assert self.employees(held) == 77
        assert rounds.all_rounds(tmp_path / "ledger")[-1].as_of == "2025-03-31"
        for day, number in (("2025年6月30日", 4), ("2025年9月30日", 5)):
            workbook("inbox/柳河镇.xlsx", table("柳河镇", day, firm(number)))
            census("run")
            shutil.copy(answered, tmp_path / "inbox" / f"又一份{number}.xlsx")
            census("run")
            assert (formal(held()), self.employees(held)) == (number, 40)
        assert len(rounds.all_rounds(tmp_path / "ledger")) == 4

    def test_after_the_next_quarter_it_corrects_its_own(
        self, answered: Path, census: Census, workbook: Workbook, held: Any, tmp_path: Path
    ) -> None:
        census("ingest", workbook("二季度.xlsx", table("柳河镇", Q2, firm(4))))
        ran = census("ingest", answered)
        assert ran.code == 0 and "2025-03-31" in ran.out
        assert (self.employees(held), formal(held())) == (40, 4)
        assert self.employees(held, "--round", "2025Q1") == 77
        assert "截止 2025-06-30 · 2025年第二季度" in census("gaps").out
        lines = [each["period"] for each in json.loads(census("rounds", "--trend", "--json").out)]
        assert lines == ["2025Q1", "2025Q2"] and "较2025年第一季度" in census("diff").out
        census("ingest", workbook("三季度.xlsx", table("柳河镇", Q3, "| 云岭宏达机械有限公司 | | 5 | 否 |")))
        assert self.employees(held) is None  # the correction was of the first quarter, and does not come back

    def test_beside_what_it_answers_in_a_ledger_begun_anew(
        self, answered: Path, census: Census, held: Any, tmp_path: Path
    ) -> None:
        shutil.rmtree(tmp_path / "ledger")
        shutil.rmtree(tmp_path / ".census", ignore_errors=True)  # what a ledger that is gone is known by
        shutil.copy(answered, tmp_path / "inbox" / "1退回.xlsx")
        census("ingest", tmp_path / "inbox", "--round", "2025Q1")
        assert self.employees(held) == 77


class TestUndone:
    @pytest.fixture(autouse=True)
    def two(self, put: Any) -> None:
        put("a.xlsx", table("柳河镇", Q1, firm(3)))
        put("b.xlsx", table("石桥镇", Q1, firm(2, "云岭石桥食品有限公司")))

    @pytest.mark.parametrize(
        ("numbers", "left"),
        [
            ("132", ["云岭宏达机械有限公司"]),
            ("1321", []),
            ("2312", []),
            ("1", ["云岭石桥食品有限公司"]),
            ("13135", ["云岭石桥食品有限公司", "云岭宏达机械有限公司"]),
            ("23", ["云岭宏达机械有限公司", "云岭石桥食品有限公司"]),
        ],
    )
    def test_undone_and_brought_back(self, census: Census, held: Any, numbers: str, left: list[str]) -> None:
        for each in numbers:
            ran = census("undo", each)
        assert ran.code == 0, ran.err
        assert sorted(held()) == sorted(left)

    def test_a_round_amid_others_names_a_way_out_that_is_one(self, census: Census, put: Any, held: Any) -> None:
        put("c.xlsx", table("柳河镇", Q2, firm(4)))
        census("undo", "1")
        stop = census("undo", "2")
        for _ in range(4):
            if stop.code == 0:
                break
            number = "".join(mark for mark in stop.err.split("请先撤销轮次")[1] if mark.isdigit())
            assert census("undo", number).code == 0
            stop = census("undo", "2")
        assert stop.code == 0, stop.err

    def test_the_day_of_what_was_undone_no_longer_counts(self, census: Census, put: Any, tmp_path: Path) -> None:
        put("错.xlsx", table("大坪乡", "2062年3月31日", firm(1, "云岭大坪茶业有限公司")))
        census("undo", "3")
        assert rounds.all_rounds(tmp_path / "ledger")[-1].as_of == "2025-03-31"
        assert put("对.xlsx", table("大坪乡", Q2, firm(1, "云岭大坪茶业有限公司"))).code == 0
        assert rounds.all_rounds(tmp_path / "ledger")[-1].as_of == "2025-06-30"

    def test_nobody_is_late_for_it(
        self, census: Census, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "census.toml").write_text(
            '[expected]\ntownships = ["柳河镇"]\ndue = 2026-11-25\n', encoding="utf-8"
        )
        monkeypatch.setenv("CENSUS_NOW", "2026-12-03T09:00:00+08:00")
        assert [census("undo", "1").code, census("ingest", tmp_path / "a.xlsx").code] == [0, 0]
        [town] = [each for each in json.loads(census("missing", "--json").out) if each["township"] == "柳河镇"]
        assert (town["state"], town["days_late"] if "days_late" in town else town["late"]) == ("reported", 0)


def test_a_run_leaves_an_older_sheet_in_the_inbox_and_says_so(
    census: Census, workbook: Workbook, held: Any, tmp_path: Path
) -> None:
    census("init", ".")
    workbook("inbox/三季度.xlsx", table("柳河镇", Q3, firm(5)))
    assert census("run").code == 0
    workbook("inbox/一季度.xlsx", table("柳河镇", Q1, firm(2)))
    for _ in range(2):
        ran = census("run")
        assert ran.code == 3
        digest = json.loads((tmp_path / "reports" / "digest.json").read_text(encoding="utf-8"))
        [left] = digest["left_out"]
        assert (left["file"], left["code"]) == ("一季度.xlsx", "older_sheet") and "2025-09-30" in left["message"]
    assert len(rounds.all_rounds(tmp_path / "ledger")) == 1 and formal(held()) == 5


def test_undoing_a_named_period_takes_back_its_own_round(put: Any, census: Census, held: Any) -> None:
    put("柳河镇.xlsx", table("柳河镇", Q1, firm(5)), "--round", "2025Q1")
    put("石桥镇.xlsx", table("石桥镇", Q2, firm(1, "云岭石桥食品有限公司")), "--round", "2025Q2")
    put("大坪乡.xlsx", table("大坪乡", Q1, firm(2, "云岭大坪茶业有限公司")))
    assert len(held("--round", "2025Q1")) == 2
    assert census("undo", "2025Q2").code == 0
    assert sorted(held()) == ["云岭大坪茶业有限公司", "云岭宏达机械有限公司"]


def test_a_quarter_ends_as_the_last_sheet_of_it_says_whenever_that_came(put: Any, tmp_path: Path) -> None:
    from coverage_census.model.periods import read

    put("柳河镇.xlsx", table("柳河镇", Q1, firm(5)))
    put("柳河镇二季度.xlsx", table("柳河镇", Q2, firm(6)))
    first = rounds.all_rounds(tmp_path / "ledger")[0]
    quarter = read("2025Q1")
    assert quarter is not None
    assert timeline.at_end_of(rounds.all_rounds(tmp_path / "ledger"), first, quarter) == first
    put("石桥镇.xlsx", table("石桥镇", Q1, firm(1, "云岭石桥食品有限公司")))
    every = rounds.all_rounds(tmp_path / "ledger")
    shown = timeline.at_end_of(every, first, quarter)
    assert (shown.number, shown.at, shown.organisations) == (3, "2025-03-31", 2)
    assert (every[2].as_of, every[2].day) == ("2025-06-30", "2025-03-31")


def test_a_sheet_without_a_day_is_how_things_are_now_whatever_the_clock_says(
    put: Any, held: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("年报.xlsx", table("柳河镇", "2026年12月31日", firm(5)))  # made out before the year has ended
    ran = put("更正.xlsx", table("柳河镇", None, firm(6)))
    assert ran.code == 0 and "没有写截止日期" in ran.out and "2026-12-31" in ran.out
    assert formal(held()) == 6
    monkeypatch.setenv("CENSUS_NOW", "2025-11-28T09:00:00+08:00")  # a clock that is a year behind
    assert put("再更正.xlsx", table("柳河镇", None, firm(7))).code == 0
    assert (formal(held()), rounds.all_rounds(tmp_path / "ledger")[-1].as_of) == (7, "2026-12-31")
