"""The loop of registers: compared, asked about in a workbook, answered, read back; all names are invented."""

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coverage_census.ledger import rounds
from coverage_census.ledger.identity import answers
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.names.core_name import Cores
from kit import Census, Workbook
from register_loop_case import CODE, COUNTY, UNION, answer, ask, asks_nothing, done, keep, lines, market, sheet

LEDGER = (
    f"富民食品有限公司 | 首阳镇 | {CODE[1]} | 12 | 否 | 正常",
    "绿源生态农业开发有限公司 | 首阳镇 | | 20 | 是 | 正常",
    f"宏达机械制造有限公司 | 宁远镇 | {CODE[3]} | 8 | 否 | 正常",
    f"清泉纯净水厂 | 宁远镇 | {CODE[4]} | 5 | 是 | 正常",
)
ROWS = (
    f"富民食品有限公司 | {CODE[1]} | 存续 | 30 | 首阳镇",
    f"绿源生态农业发展有限公司 | {CODE[2]} | 存续 | 20 | 首阳镇",
    f"宏达机械制造有限公司 | {CODE[3]} | 注销 | 8 | 宁远镇",
    f"新来商贸有限公司 | {CODE[5]} | 存续 | 40 | 宁远镇",
    f"城投建设集团有限公司 | {CODE[6]} | 存续 | 90 | 首阳镇",
)
COUNTS = ("数不一致", "富民食品有限公司", "富民食品有限公司")
DOUBT = ("疑似", "绿源生态农业发展有限公司", "绿源生态农业开发有限公司")
CLOSED = ("已注销仍在册", "宏达机械制造有限公司", "宏达机械制造有限公司")
LEFT_OUT = ("名册有、台账无（漏报）", "新来商贸有限公司", "")
STATE_OWNED = ("名册有、台账无（漏报）", "城投建设集团有限公司", "")
OURS_ALONE = ("台账有、名册无", "", "清泉纯净水厂")


@pytest.fixture
def county(census: Census, workbook: Workbook) -> Census:
    done(census("ingest", str(workbook("三镇.xlsx", sheet(*LEDGER)))))
    keep(census, workbook, "market", "市场.xlsx", market(*ROWS))
    return census


def held(folder: Path) -> dict[str, dict[str, Any]]:
    """The organisations of the newest round, by name."""
    found = rounds.relation(folder / "ledger", rounds.find(folder / "ledger", None))
    return {row["name"]: row for row in found.to_arrow_table().to_pylist()}


def entries(folder: Path) -> list[tuple[str, str]]:
    return [
        (str(each.kind), each.subject.name if each.subject else "") for _, each in rounds.all_entries(folder / "ledger")
    ]


def document(census: Census) -> dict[str, Any]:
    (found,) = json.loads(done(census("reconcile", "--register", "market", "--json")).out)
    return dict(found)


class TestLoop:
    def test_nothing_is_asked_twice(self, county: Census, tmp_path: Path) -> None:
        path = ask(county, tmp_path / "1.xlsx")
        assert set(lines(path)) == {COUNTS, DOUBT, CLOSED, LEFT_OUT, STATE_OWNED, OURS_ALONE}
        said = {
            COUNTS: "以名册为准", DOUBT: "同一单位", CLOSED: "以台账为准", LEFT_OUT: "漏报补录",
            STATE_OWNED: "不属两新", OURS_ALONE: "以台账为准",
        }  # fmt: skip
        ran = done(county("ingest", str(answer(path, said))))
        assert "漏报补录 1 家，不属两新 1 家，以台账为准 2 项" in ran.out
        assert "更正" in ran.out and "同一单位 1 对" in ran.out
        now = held(tmp_path)
        assert now["富民食品有限公司"]["employees"] == 30
        assert now["宏达机械制造有限公司"]["operating_status"] == "operating"
        added = now["新来商贸有限公司"]
        assert (added["uscc"], added["township"], added["confirmed_round"]) == (CODE[5], "宁远镇", 0)
        assert (added["source_file"], added["source_row"]) == ("市场.xlsx", 5)
        assert "城投建设集团有限公司" not in now and len(now) == 5
        assert asks_nothing(county, tmp_path / "2.xlsx")
        told = document(county)
        assert told["answered"] == 6
        assert "其中已答复 6 条" in county("reconcile", "--register", "market").out

    def test_every_answer_says_who_and_where(self, county: Census, tmp_path: Path) -> None:
        path = answer(ask(county, tmp_path / "核对.xlsx"), {COUNTS: "以名册为准", STATE_OWNED: "不属两新"})
        done(county("ingest", str(path)))
        first, other = sorted((each for _, each in rounds.all_entries(tmp_path / "ledger")), key=lambda each: each.kind)
        assert (first.kind, first.old, first.new, first.field) == (EntryKind.CORRECTION, 12, 30, "employees")
        assert first.source is not None and first.source.place == "市场.xlsx!Sheet1!2" and first.source.cell == "D2"
        assert first.who == "核对.xlsx!数不一致!J5" and first.reason == "电话核实" and first.whose == "market"
        assert other.source is not None and other.source.cell == "A6"

    def test_the_same_workbook_twice_changes_nothing(self, county: Census, tmp_path: Path) -> None:
        said = {COUNTS: "以名册为准", LEFT_OUT: "漏报补录", OURS_ALONE: "以台账为准"}
        path = answer(ask(county, tmp_path / "1.xlsx"), said)
        done(county("ingest", str(path)))
        before = entries(tmp_path)
        openpyxl.load_workbook(path).save(tmp_path / "又一份.xlsx")
        for each in (path, tmp_path / "又一份.xlsx"):
            done(county("ingest", str(each)))
        assert entries(tmp_path) == before and len(rounds.all_rounds(tmp_path / "ledger")) == 2
        answer(path, {DOUBT: "不同"})  # one answer more: only that is news
        done(county("ingest", str(path)))
        assert entries(tmp_path) == [*before, ("different", "绿源生态农业开发有限公司")]

    def test_half_of_it_answered_the_rest_is_asked_again(self, county: Census, tmp_path: Path) -> None:
        done(county("ingest", str(answer(ask(county, tmp_path / "1.xlsx"), {COUNTS: "以台账为准"}))))
        assert set(lines(ask(county, tmp_path / "2.xlsx"))) == {DOUBT, CLOSED, LEFT_OUT, STATE_OWNED, OURS_ALONE}

    def test_two_that_are_not_one_are_asked_by_themselves(self, county: Census, tmp_path: Path) -> None:
        done(county("ingest", str(answer(ask(county, tmp_path / "1.xlsx"), {DOUBT: "不同"}))))
        asked = set(lines(ask(county, tmp_path / "2.xlsx")))
        assert DOUBT not in asked
        assert {("名册有、台账无（漏报）", DOUBT[1], ""), ("台账有、名册无", "", DOUBT[2])} <= asked

    def test_what_changed_since_is_asked_again(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        done(county("ingest", str(answer(ask(county, tmp_path / "1.xlsx"), {COUNTS: "以台账为准"}))))
        keep(county, workbook, "market", "市场十月.xlsx", market(ROWS[0].replace("30", "33"), *ROWS[1:]), "2026-10-31")
        assert COUNTS in lines(ask(county, tmp_path / "2.xlsx"))
        keep(county, workbook, "market", "市场冬月.xlsx", market(*ROWS), "2026-11-20")
        assert COUNTS not in lines(ask(county, tmp_path / "3.xlsx"))  # as it was answered
        again = sheet(LEDGER[0].replace("| 12", "| 14"), *LEDGER[1:])
        done(county("ingest", str(workbook("三镇四季度.xlsx", again))))
        assert COUNTS in lines(ask(county, tmp_path / "4.xlsx"))

    def test_in_english(self, county: Census, tmp_path: Path) -> None:
        done(county("reconcile", "--xlsx", "--out", str(tmp_path / "en.xlsx"), "--lang", "en"))
        page = ("Figures differ", "富民食品有限公司", "富民食品有限公司")
        done(county("ingest", str(answer(tmp_path / "en.xlsx", {page: "Register holds"}))))
        assert held(tmp_path)["富民食品有限公司"]["employees"] == 30

    def test_a_dry_run_writes_nothing(self, county: Census, tmp_path: Path) -> None:
        path = answer(ask(county, tmp_path / "1.xlsx"), {COUNTS: "以名册为准", LEFT_OUT: "漏报补录"})
        ran = done(county("ingest", "--dry-run", str(path)))
        assert "新来商贸有限公司" in ran.out and "30" in ran.out
        assert not entries(tmp_path)

    def test_it_is_not_written_over_another(self, county: Census, tmp_path: Path) -> None:
        ask(county, tmp_path / "1.xlsx")
        assert county("reconcile", "--xlsx", "--out", str(tmp_path / "1.xlsx")).code != 0
        for _ in range(2):
            done(county("reconcile", "--xlsx"))
        assert len(list((tmp_path / "returns").glob("核对表_*.xlsx"))) == 2


class TestListed:
    """漏报补录: of the base list, and not surveyed yet."""

    @pytest.fixture
    def listed(self, county: Census, tmp_path: Path) -> Census:
        done(county("ingest", str(answer(ask(county, tmp_path / "1.xlsx"), {LEFT_OUT: "漏报补录"}))))
        return county

    def test_verify_and_export(self, listed: Census, tmp_path: Path) -> None:
        assert done(listed("verify"))
        told = [json.loads(line) for line in done(listed("export", "--format", "jsonl")).out.splitlines()]
        (own,) = (each for each in told if each["name"] == "新来商贸有限公司")
        assert (own["confirmed_round"], own["as_of"], own["kind"]) == (0, None, None)

    def test_diff_calls_it_new(self, listed: Census) -> None:
        assert "新来商贸有限公司" in done(listed("diff", "1", "2")).out

    def test_a_sheet_that_names_it_confirms_it(self, listed: Census, workbook: Workbook, tmp_path: Path) -> None:
        own = "新来商贸有限公司 | 宁远镇 | | 41 | 否 | 正常"
        done(listed("ingest", str(workbook("宁远镇.xlsx", sheet(*LEDGER[2:], own)))))
        found = held(tmp_path)["新来商贸有限公司"]
        assert (found["confirmed_round"], found["employees"], found["uscc"]) == (3, 41, CODE[5])
        assert len(held(tmp_path)) == 5
        assert done(listed("verify"))

    def test_it_is_never_silent(self, listed: Census, workbook: Workbook, tmp_path: Path) -> None:
        """Its township reports and does not name it: it was never reported, so it is not 未再上报."""
        done(listed("ingest", str(workbook("宁远镇.xlsx", sheet(*LEDGER[2:])))))
        newest = rounds.find(tmp_path / "ledger", None)
        assert newest.not_reported_again == 0 and newest.organisations == 5
        assert held(tmp_path)["新来商贸有限公司"]["confirmed_round"] == 0
        assert "未再上报：0" in done(listed("diff", "2", "3")).out
        owed = done(listed("missing", "--list")).out
        assert "从未报过" in next(line for line in owed.splitlines() if "新来商贸" in line)
        assert done(listed("verify"))

    def test_of_a_known_kind_it_is_not_silent_either(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        head = "企业名称 | 统一社会信用代码 | 登记状态 | 县 | 乡镇 | 单位类别"
        table = f"{head}\n新来商贸有限公司 | {CODE[5]} | 存续 | {COUNTY} | 宁远镇 | 企业"
        keep(county, workbook, "market", "市场十月.xlsx", table, "2026-10-31")
        done(county("ingest", str(answer(ask(county, tmp_path / "1.xlsx"), {LEFT_OUT: "漏报补录"}))))
        assert held(tmp_path)["新来商贸有限公司"]["kind"] == "enterprise"
        done(county("ingest", str(workbook("宁远镇.xlsx", sheet(*LEDGER[2:])))))
        assert rounds.find(tmp_path / "ledger", None).not_reported_again == 0
        assert "未再上报：0" in done(county("diff", "2", "3")).out

    def test_undo_takes_it_back(self, listed: Census, tmp_path: Path) -> None:
        done(listed("undo", "2"))
        assert "新来商贸有限公司" not in held(tmp_path)
        assert LEFT_OUT in lines(ask(listed, tmp_path / "2.xlsx"))  # nobody has answered any more
        assert done(listed("verify"))

    def test_undo_of_another_round_leaves_it(self, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        done(census("ingest", str(workbook("首阳镇.xlsx", sheet(*LEDGER[:2])))))
        done(census("ingest", str(workbook("宁远镇.xlsx", sheet(*LEDGER[2:])))))
        keep(census, workbook, "market", "市场.xlsx", market(*ROWS))
        done(census("ingest", str(answer(ask(census, tmp_path / "1.xlsx"), {LEFT_OUT: "漏报补录"}))))
        done(census("undo", "2"))
        assert set(held(tmp_path)) == {"富民食品有限公司", "绿源生态农业开发有限公司", "新来商贸有限公司"}
        assert held(tmp_path)["新来商贸有限公司"]["confirmed_round"] == 0
        assert done(census("verify"))

    def test_it_stays_through_late_sheets(self, listed: Census, workbook: Workbook, tmp_path: Path) -> None:
        """A sheet of a day before anything else came in: past states are revised, the added one is of the present."""
        late = sheet(*LEDGER[:2])
        done(listed("ingest", str(workbook("首阳镇旧表.xlsx", late)), "--as-of", "2026-03-31", "--older"))
        assert "新来商贸有限公司" in held(tmp_path) and len(held(tmp_path)) == 5
        again = sheet(*LEDGER, f"新来商贸有限公司 | 宁远镇 | {CODE[5]} | 41 | 否 | 正常")
        done(listed("ingest", str(workbook("县级.xlsx", again))))
        assert held(tmp_path)["新来商贸有限公司"]["employees"] == 41 and len(held(tmp_path)) == 5
        done(listed("diff", "2", "4"))
        assert done(listed("verify"))

    def test_two_registers_list_it_once(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        own = workbook("税务.xlsx", f"纳税人名称 | 纳税人识别号 | 个税人数\n新来商贸有限公司 | {CODE[5]} | 38")
        assert "已留存" in county("reconcile", str(own), "--register", "tax").out
        path = tmp_path / "1.xlsx"
        ask(county, path)
        book = openpyxl.load_workbook(path)
        page = book["名册有、台账无（漏报）"]
        rows = [row for row in page.iter_rows(min_row=5) if str(row[2].value).startswith("新来商贸")]
        assert {row[1].value for row in rows} == {"市场监管登记名册", "税务名册"}
        for row in rows:
            row[9].value = "漏报补录"
        book.save(path)
        done(county("ingest", str(path)))
        assert len(held(tmp_path)) == 5 and held(tmp_path)["新来商贸有限公司"]["township"] == "宁远镇"

    def test_a_code_that_another_has_by_now(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        path = ask(county, tmp_path / "核对.xlsx")
        own = f"大发建材厂 | 宁远镇 | {CODE[5]} | 3 | 否 | 正常"
        done(county("ingest", str(workbook("宁远镇.xlsx", sheet(*LEDGER[2:], own)))))
        ran = county("ingest", str(answer(path, {LEFT_OUT: "漏报补录"})))
        assert "核对.xlsx!名册有、台账无（漏报）!J5" in ran.out and "台账里是另一家的" in ran.out
        assert not entries(tmp_path) and len(held(tmp_path)) == 5


class TestConflicts:
    def two(self, county: Census, folder: Path) -> tuple[Path, Path]:
        first = ask(county, folder / "甲.xlsx")
        shutil.copy(first, folder / "乙.xlsx")
        return first, folder / "乙.xlsx"

    @pytest.mark.parametrize(
        ("line", "one", "other", "cell"),
        [
            (COUNTS, "以名册为准", "以台账为准", "数不一致!J5"),
            (COUNTS, "以台账为准", "以名册为准", "数不一致!J5"),
            (DOUBT, "同一单位", "不同", "疑似!J5"),
            (DOUBT, "不同", "同一单位", "疑似!J5"),
            (LEFT_OUT, "漏报补录", "不属两新", "名册有、台账无（漏报）!J5"),
            (LEFT_OUT, "不属两新", "漏报补录", "名册有、台账无（漏报）!J5"),
            (DOUBT, "同一单位", "不属两新", "疑似!J5"),
        ],
    )
    def test_the_later_of_two_people_is_told(
        self, county: Census, tmp_path: Path, line: tuple[str, str, str], one: str, other: str, cell: str
    ) -> None:
        first, second = self.two(county, tmp_path)
        done(county("ingest", str(answer(first, {line: one}))))
        before, state = entries(tmp_path), held(tmp_path)
        ran = county("ingest", str(answer(second, {line: other})))
        assert f"乙.xlsx!{cell}" in ran.out and "甲.xlsx" in ran.out, ran.out
        assert entries(tmp_path) == before and held(tmp_path) == state

    def test_at_once_the_second_is_told_as_well(self, county: Census, tmp_path: Path) -> None:
        first, second = self.two(county, tmp_path)
        answer(first, {COUNTS: "以名册为准", LEFT_OUT: "不属两新"})
        answer(second, {COUNTS: "以台账为准", LEFT_OUT: "漏报补录"})
        ran = county("ingest", str(first), str(second))
        assert ran.out.count("不一致，这一条没有采纳") == 2
        assert len(entries(tmp_path)) == 2

    def test_one_row_is_not_two_organisations(self, census: Census, workbook: Workbook, tmp_path: Path) -> None:
        same = ("富民食品店 | 首阳镇 | | 2 | 否 | 正常", "富民食品店 | 宁远镇 | | 3 | 否 | 正常")
        done(census("ingest", str(workbook("三镇.xlsx", sheet(*same)))))
        keep(census, workbook, "market", "市场.xlsx", market("富民食品店 | | 存续 | | "))
        path = ask(census, tmp_path / "1.xlsx")
        pages = openpyxl.load_workbook(path)
        assert pages["疑似"].max_row == 6  # a candidate a line
        pages["疑似"]["J5"], pages["疑似"]["J6"] = "同一单位", "同一单位"
        pages.save(path)
        ran = census("ingest", str(path))
        assert "疑似!J6" in ran.out and "不一致，这一条没有采纳" in ran.out
        assert len(rounds.find(tmp_path / "ledger", None).merged) == 0
        assert rounds.find(tmp_path / "ledger", None).organisations == 2

    def test_answers_on_registers_marry_nobody_in_the_ledger(
        self, census: Census, workbook: Workbook, tmp_path: Path
    ) -> None:
        """The register's row names no township, so it could be either: only the one that was named is it."""
        same = ("富民食品店 | 首阳镇 | | 2 | 否 | 正常", "富民食品店 | 宁远镇 | | 3 | 否 | 正常")
        done(census("ingest", str(workbook("三镇.xlsx", sheet(*same)))))
        keep(census, workbook, "market", "市场.xlsx", market("富民食品店 | | 存续 | | "))
        path = ask(census, tmp_path / "1.xlsx")
        pages = openpyxl.load_workbook(path)
        pages["疑似"]["J5"] = "同一单位"
        pages.save(path)
        done(census("ingest", str(path)))
        assert rounds.find(tmp_path / "ledger", None).organisations == 2
        told = document(census)
        assert told["steps"] == {"person": 1}
        done(census("ingest", str(workbook("四季度.xlsx", sheet(*same)))))
        assert rounds.find(tmp_path / "ledger", None).organisations == 2


def test_negative_answers_are_transitive(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    """R1 is the ledger's A; that B is not R1 keeps B from all that A is, also from R2, which a person said is A."""
    ours = ("绿源生态农业开发有限公司 | 首阳镇 | | 20 | 否 | 正常", "绿源生态农业开发中心 | 首阳镇 | | 20 | 否 | 正常")
    theirs = ("绿源生态农业发展有限公司 | | 存续 | 20 | 首阳镇", "绿源生态农业开发公司工厂 | | 存续 | 20 | 首阳镇")
    done(census("ingest", str(workbook("三镇.xlsx", sheet(*ours)))))
    keep(census, workbook, "market", "市场.xlsx", market(*theirs))
    for number in range(6):
        path = ask(census, tmp_path / f"{number}.xlsx")
        open_ = [line for line in lines(path) if line[0] == "疑似"] if path else []
        pairs = [(line[1], line[2]) for line in open_]
        if not open_:
            break
        same = {(theirs[0].split(" |")[0], ours[0].split(" |")[0])}
        line = open_[0]
        done(census("ingest", str(answer(path, {line: "同一单位" if line[1:] in same else "不同"}))))
    assert number < 4 and not pairs


class TestGone:
    def test_from_the_register(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        path = ask(county, tmp_path / "核对.xlsx")
        keep(county, workbook, "market", "市场十月.xlsx", market(*ROWS[1:3], ROWS[4]), "2026-10-31")
        said = {COUNTS: "以名册为准", LEFT_OUT: "漏报补录", DOUBT: "同一单位"}
        ran = county("ingest", str(answer(path, said)))
        assert "核对.xlsx!数不一致!J5" in ran.out and "核对.xlsx!名册有、台账无（漏报）!J5" in ran.out
        assert "已不在最近一份名册里" in ran.out
        assert entries(tmp_path) == [("same", "绿源生态农业开发有限公司")]  # the others are taken
        assert held(tmp_path)["富民食品有限公司"]["employees"] == 12

    def test_from_the_ledger(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        more = sheet("新桥物流有限公司 | 宁远镇 | | 9 | 否 | 正常")
        done(county("ingest", str(workbook("宁远镇.xlsx", more))))
        keep(
            county,
            workbook,
            "market",
            "市场十月.xlsx",
            market(*ROWS, "新桥物流有限公司 | | 存续 | 19 | 宁远镇"),
            "2026-10-31",
        )
        path = ask(county, tmp_path / "核对.xlsx")
        done(county("undo", "2"))
        line = ("数不一致", "新桥物流有限公司", "新桥物流有限公司")
        for does in ("以名册为准", "以台账为准"):
            ran = county("ingest", str(answer(path, {line: does, COUNTS: "以台账为准"})))
            assert "不在台账里" in ran.out, ran.out
        assert entries(tmp_path) == [("ledger_holds", "富民食品有限公司")]

    def test_the_ledger_has_moved_on(self, county: Census, workbook: Workbook, tmp_path: Path) -> None:
        path = ask(county, tmp_path / "核对.xlsx")
        again = sheet(LEDGER[0].replace("| 12", "| 14"), *LEDGER[1:])
        done(county("ingest", str(workbook("四季度.xlsx", again))))
        ran = county("ingest", str(answer(path, {COUNTS: "以名册为准"})))
        assert "出表时台账是 12" in ran.out and "现在是 14" in ran.out
        assert held(tmp_path)["富民食品有限公司"]["employees"] == 14 and not entries(tmp_path)

    @pytest.mark.parametrize(
        ("said", "told"), [("也许", "看不明白"), ("漏报补录", "不能这样处理"), ("不属两新", "不能这样处理")]
    )
    def test_what_does_not_fit(self, county: Census, tmp_path: Path, said: str, told: str) -> None:
        ran = county("ingest", str(answer(ask(county, tmp_path / "核对.xlsx"), {COUNTS: said})))
        assert "数不一致!J5" in ran.out and told in ran.out
        assert not entries(tmp_path)

    def test_a_hidden_sheet_that_somebody_worked_on(self, county: Census, tmp_path: Path) -> None:
        """What no register lists cannot come in by it, be it a person's name; nor a value of another kind."""
        path = answer(ask(county, tmp_path / "核对.xlsx"), {LEFT_OUT: "漏报补录", COUNTS: "以名册为准"})
        book = openpyxl.load_workbook(path)
        for row in book["_census"].iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    text = cell.value.replace("新来商贸有限公司", "王小明").replace(CODE[5], "451425199001010010")
                    cell.value = text.replace('"employees", 30', '"employees", "三十"')
        book.save(path)
        ran = county("ingest", str(path))
        assert "程序出错" not in ran.err and not entries(tmp_path)
        assert set(held(tmp_path)) == {row.split(" |")[0] for row in LEDGER}


def test_a_span_is_told_and_takes_an_exact_number(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    done(census("ingest", str(workbook("三镇.xlsx", sheet(LEDGER[0].replace("| 12", "| 10余人"))))))
    keep(census, workbook, "market", "市场.xlsx", market(ROWS[0].replace("| 30", "| 9")))
    path = ask(census, tmp_path / "1.xlsx")
    assert "名册 9名，台账 11-19" in lines(path)[COUNTS][0]
    done(census("ingest", str(answer(path, {COUNTS: "以名册为准"}))))
    found = held(tmp_path)["富民食品有限公司"]
    assert (found["employees"], found["employees_min"], found["employees_max"]) == (9, None, None)
    assert asks_nothing(census, tmp_path / "2.xlsx")


def test_what_a_register_says_of_two_makes_them_not_one_in_the_ledger() -> None:
    """Neither for matching sheets nor for joining rows."""
    row, *ours = (Subject(name="富民食品店", county=COUNTY, township=each) for each in (None, "首阳镇", "宁远镇"))
    said = [
        Entry(kind=EntryKind.SAME, who="核对.xlsx!疑似!J5", when="2026-11-21", subject=each, other=row, whose="market")
        for each in ours
    ]
    assert not answers.judge(said, (), Cores()).holding
    assert len(set(answers.judge(said, (), Cores(), registers=True).holding.group.values())) == 1


class TestUnions:
    """Sheet and register disagree whether there is a union: a person says which of the two is right."""

    @pytest.fixture
    def asked(self, census: Census, workbook: Workbook, tmp_path: Path) -> Path:
        done(census("ingest", str(workbook("三镇.xlsx", sheet(*LEDGER)))))
        rows = (f"富民食品有限公司工会委员会 | 9 | {COUNTY} | 首阳镇", f"温泉镇联合工会 | 30 | {COUNTY} |")
        keep(census, workbook, "union", "工会.xlsx", "\n".join([UNION, *rows]))
        return ask(census, tmp_path / "1.xlsx", "--register", "工会")

    def test_either_way(self, census: Census, asked: Path, tmp_path: Path) -> None:
        said = {
            ("数不一致", "富民食品有限公司工会委员会", "富民食品有限公司"): "以名册为准",
            ("台账有、名册无", "", "清泉纯净水厂"): "以名册为准",
            ("台账有、名册无", "", "绿源生态农业开发有限公司"): "以台账为准",
            ("疑似", "温泉镇联合工会", ""): "不属两新",
        }
        assert set(lines(asked)) == set(said)
        done(census("ingest", str(answer(asked, said))))
        now = held(tmp_path)
        assert [now[each.split(" |")[0]]["has_union"] for each in LEDGER] == [True, True, False, False]
        assert asks_nothing(census, tmp_path / "2.xlsx")
