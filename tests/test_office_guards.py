"""Small decisions behind an office's lists, ledger and figures, each shown as somebody would meet it. All invented.

Every one of them could be taken out of the code without a test that noticed (`make mutants`).
"""

import json
import os
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from coverage_census.files.disk import Drive
from coverage_census.inbox import look as inbox
from coverage_census.ledger.intake import seen
from coverage_census.ledger.write import next_round
from coverage_census.model.days import last_of
from coverage_census.model.reading import Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.plan.joint.candidates import asked
from coverage_census.plan.joint.candidates import branch as joint_branch
from coverage_census.plan.kept.joint import Now
from coverage_census.policy.decide.joint import branch
from coverage_census.report.annual.counting import count
from coverage_census.report.annual.layout import ENTERPRISES
from coverage_census.template import form
from kit import Census, Workbook
from report_case import county, decisions
from tasks_case import ONE, sheet, tasks
from test_living import NOT_BUILT, QUARTER, document, quarter, steps
from test_returns import MERGES, SURVEY, answer, exported, log

# Return workbooks


@pytest.fixture
def returned(workbook: Workbook, census: Census, tmp_path: Path) -> Path:
    workbook("文峰镇.xlsx", {"企业": SURVEY}, MERGES)
    assert census("ingest", "文峰镇.xlsx").code == 0
    return tmp_path / "returns" / "退回_文峰镇_2026年第二季度.xlsx"


def test_a_return_workbook_in_which_somebody_may_be_writing_is_not_overwritten(
    returned: Path, workbook: Workbook, census: Census
) -> None:
    answer(returned, {"企业!E6": ("改正", "3", "还没有写完")})
    half_written = returned.read_bytes()
    workbook("文峰镇.xlsx", {"企业": SURVEY.replace("| 60 |", "| 61 |").replace("| 107 |", "| 108 |")}, MERGES)
    assert census("ingest", "文峰镇.xlsx").code == 0
    assert returned.read_bytes() == half_written
    assert [path.name for path in sorted(returned.parent.glob("*.xlsx"))] == [
        "退回_文峰镇_2026年第二季度.xlsx", "退回_文峰镇_2026年第二季度_2.xlsx",
    ]  # fmt: skip


def test_where_two_rows_may_be_meant_neither_is_corrected(returned: Path, census: Census) -> None:
    """The organisation stands in two rows now: the answer is located, and nothing is written."""

    def twice(book: Any) -> None:
        rows = book["企业"]
        rows["B6"], rows["B7"], rows["B8"] = (
            "文峰镇壬癸养殖有限公司",
            "文峰镇丙丁建材有限公司",
            "文峰镇丙丁建材有限公司",
        )

    answer(returned, {"企业!E6": ("改正", "3", None)}, twice)
    [read] = json.loads(census("check", returned, "--json").out)["files"]
    assert "answer_moved" in {each["code"] for each in read["problems"]}


def test_a_correction_that_cannot_be_read_is_no_decision(returned: Path, census: Census, tmp_path: Path) -> None:
    answer(returned, {"企业!E6": ("改正", "3", None), "企业!F7": ("改正", "许多", None)})
    census("ingest", returned)
    corrected = [each for each in log(tmp_path) if each.kind is EntryKind.CORRECTION]
    assert [(each.field, each.new) for each in corrected] == [("members_total", 3)]
    assert exported(census)["文峰镇戊己商贸有限公司"]["members_formal"] is None


@pytest.mark.parametrize("said", ["许多", "不详", "三五个人吧"])
def test_a_total_that_cannot_be_read_is_not_decided_by_its_parts(
    said: str, returned: Path, census: Census, tmp_path: Path
) -> None:
    """The parts add up to 3, but nobody said so: the answer is reported at its place, the question stays open."""
    answer(returned, {"企业!E6": ("改正", said, None)})
    ran = census("ingest", returned, "--json")
    assert "answer_unreadable" in ran.out
    assert not [each for each in log(tmp_path) if each.kind is EntryKind.CORRECTION]


def test_a_correction_says_nothing_of_the_quarter_before(returned: Path, workbook: Workbook, census: Census) -> None:
    """What was put right for June is no mistake of March: a sheet of March that comes late is entered as it is."""
    answer(returned, {"企业!E6": ("改正", "3", None)})
    census("ingest", returned)
    workbook("文峰镇一季度.xlsx", {"企业": SURVEY.replace("2026年6月30日", "2026年3月31日")}, MERGES)
    ran = census("ingest", "文峰镇一季度.xlsx", "--older", "--no-returns", "--json")
    assert "correction_stands" not in ran.out
    lines = [json.loads(line) for line in census("export", "--round", "2026Q1").out.splitlines()]
    assert {each["name"]: each["members_total"] for each in lines}["文峰镇丙丁建材有限公司"] == 5
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 3


def test_undone_a_correction_is_gone_from_the_rounds_in_which_it_stood(
    returned: Path, census: Census, tmp_path: Path
) -> None:
    """A later sheet repeats the mistake and the correction stands against it; undone, what the sheet says is left."""
    answer(returned, {"企业!E6": ("改正", "3", None)})
    census("ingest", returned)
    book = load_workbook(tmp_path / "文峰镇.xlsx")
    book["企业"]["D5"] = 61
    book.save(tmp_path / "再报.xlsx")
    census("ingest", tmp_path / "再报.xlsx", "--no-returns")
    assert exported(census)["文峰镇丙丁建材有限公司"]["members_total"] == 3
    assert census("undo", "2").code == 0
    now = exported(census)
    assert (now["文峰镇丙丁建材有限公司"]["members_total"], now["文峰镇甲乙食品有限公司"]["employees"]) == (5, 61)


def test_an_answer_that_is_read_anew_is_not_given_again(returned: Path, census: Census, tmp_path: Path) -> None:
    """Since then the office has corrected the same cell itself: that a setting changed makes no old answer new."""
    answer(returned, {"企业!E6": ("改正", "3", None)})
    census("ingest", returned)
    subject = Subject(name="文峰镇丙丁建材有限公司", township="文峰镇")
    mended = Entry(
        kind=EntryKind.CORRECTION, who="办公室", when="2026-11-21", field="members_total", new=6, subject=subject
    )
    next_round.record(tmp_path / "ledger", [mended], now=datetime(2026, 11, 21, tzinfo=UTC), tool="0")
    (tmp_path / "census.toml").write_text('[columns]\n"从业人员" = "employees_fulltime"\n', encoding="utf-8")
    census("ingest", "文峰镇.xlsx", returned, "--no-returns")
    now = exported(census)["文峰镇丙丁建材有限公司"]
    assert (now["members_total"], now["employees_fulltime"]) == (6, 12)


# The ledger


class _Noting(Drive):
    """A drive that tells which folders were brought to the disk."""

    def __init__(self) -> None:
        self.synced: list[Path] = []

    def fsync_folder(self, path: Path) -> None:
        self.synced.append(path)
        super().fsync_folder(path)


def test_whoever_hears_that_a_file_is_in_may_throw_it_away(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    """Its round may have come from another machine a moment ago: its name is on the disk before that is said."""
    workbook("文峰镇.xlsx", {"企业": SURVEY}, MERGES)
    census("ingest", "文峰镇.xlsx", "--no-returns")
    [file] = json.loads(census("rounds", "--json").out)[0]["files"]
    drive = _Noting()
    found = seen.seen(tmp_path / "ledger", {"文峰镇.xlsx": file["sha256"]}, drive=drive)
    assert set(found.files) == {"文峰镇.xlsx"}
    assert tmp_path / "ledger" / "rounds" in drive.synced


def test_founded_after_the_round_before_is_newly_built_though_nobody_had_answered(
    census: Census, workbook: Workbook
) -> None:
    head, plain = f"{QUARTER} 党组织成立时间 |", "河湾茶厂 | 柳河镇 | 正常 | 40 | 3 | {} | | | | | {}"
    for number, row in ((1, plain.format("", "")), (2, plain.format("是", "2026年5月"))):
        day = ("2026-03-31", "2026-06-30")[number - 1]
        census("ingest", workbook(f"{number}.xlsx", f"{head}\n| {row} |"), "--as-of", day)
    assert steps(document(census("diff", "--json")))["newly_built"] == (1, 0)


def test_a_township_owes_nothing_for_whoever_is_gone(census: Census, workbook: Workbook) -> None:
    quarter(census, workbook, 1, NOT_BUILT.format("河湾茶厂", "正常"), NOT_BUILT.format("东岭木业公司", "注销"))
    [town] = document(census("missing", "--json", "--round", "2026Q1"))
    assert [each["name"] for each in town["organisations"] if each["standing"] != "named"] == []
    quarter(census, workbook, 2, NOT_BUILT.format("石门货运公司", "正常"))
    [town] = document(census("missing", "--json"))
    assert [each["name"] for each in town["organisations"] if each["standing"] != "named"] == ["河湾茶厂"]


def test_a_line_of_the_register_is_not_owed_where_it_is_known_to_be_gone(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    (tmp_path / "census.toml").write_text('[expected]\nregister = "名册.csv"\n', encoding="utf-8")
    register = "企业名称,所属乡镇\n河湾茶厂,柳河镇\n东岭木业公司,柳河镇\n"
    (tmp_path / "名册.csv").write_text(register, encoding="utf-8-sig")
    quarter(census, workbook, 1, NOT_BUILT.format("河湾茶厂", "正常"), NOT_BUILT.format("东岭木业公司", "注销"))
    [town] = document(census("missing", "--json", "--round", "2026Q1"))
    assert (town["expected"], town["named"], town["never"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("partial", "day"), [("2026", "2026-12-31"), ("2026-02", "2026-02-28"), ("2026-12", "2026-12-31")]
)
def test_a_year_alone_may_mean_its_last_day(partial: str, day: str) -> None:
    assert last_of(partial) == day


# Tasks


def test_one_township_name_in_two_counties_is_two_committees(census: Census, workbook: Workbook) -> None:
    rows = "| 单位名称 | 县 | 乡镇 | 正式党员 | 是否建立党组织 |"
    rows += "\n| 青石坡木业公司 | 甲县 | 城关镇 | 4 | 否 |\n| 白鹭渡茶厂 | 乙县 | 城关镇 | 4 | 否 |"
    rows += "\n| 松涛岭厂 | 甲县 | 文峰镇 | 5 | 否 |"
    census("ingest", workbook("两县.xlsx", rows), "--as-of", "2026-09-30", "--no-returns")
    found = json.loads(census("tasks", "--list", "--json").out)
    owners = {each["name"]: each["owner"] for each in found if each["rule"] == "formation"}
    assert owners == {"青石坡木业公司": "甲县城关镇党委", "白鹭渡茶厂": "乙县城关镇党委", "松涛岭厂": "文峰镇党委"}


def test_a_person_owns_no_task(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("一.xlsx", sheet(ONE)), "--as-of", "2026-09-30", "--no-returns")
    task = tasks(census)["union 白鹭渡茶厂"]["id"]
    ran = census("tasks", "--assign", task, "--owner", "某小萌")
    assert (ran.code, ran.out) == (2, "") and "某小萌" not in ran.err
    assert len(json.loads(census("rounds", "--json").out)) == 1


# Reports


def test_the_list_of_irregular_branches_gives_its_advice() -> None:
    irregular = """
    | 单位名称 | 乡镇 | 规则 | 判定 | 缺口 | 建议 | 依据 | 事实 |
    | 甲厂 | 文峰镇 | standalone | gap | irregular_joint | joint_or_affiliated | | members_formal=1 |
    """
    shown = {each.code: each for each in county(gaps=decisions(irregular)).gaps}
    assert shown["irregular_joint"].advised and shown["irregular_joint"].rows[0].advice
    assert not shown["mass_org_missing"].advised


@pytest.mark.parametrize(("employees", "columns"), [(49, set()), (50, {"over_50"}), (100, {"over_50", "over_100"})])
def test_50人以上_begins_with_50(employees: int, columns: set[str]) -> None:
    row = {
        "name": "甲有限公司", "kind": "enterprise", "subtype": "私营企业", "has_org": False, "org_form": None,
        "org_level": None, "org_name": None, "employees": employees, "instructors": 0, "members_total": 0,
        "members_relation_out": 0, "formal_duty_low": 0, "formal_duty_high": 0, "members_low": 0, "members_high": 0,
        "county": None,
    }  # fmt: skip
    table = count(ENTERPRISES, [row], lambda each: None)
    assert {column for column in ("over_50", "over_100") if table.value("units", column)} == columns


def test_every_line_of_the_form_checks_itself(census: Census, tmp_path: Path) -> None:
    assert census("template", "--out", "表.xlsx").code == 0
    sheet = load_workbook(tmp_path / "表.xlsx").worksheets[0]
    areas = [area for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges]
    areas += [area for each in sheet.conditional_formatting for area in each.sqref.ranges]
    assert areas and {(area.min_row, area.max_row) for area in areas} == {(form.FIRST + 1, form.FIRST + 2000)}


# The inbox


class _Still(Drive):
    def __init__(self) -> None:
        self.slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


@pytest.mark.parametrize(("age", "looks"), [(30, 2), (59, 2), (61, 1)])
def test_a_text_file_counts_as_written_after_a_minute(age: int, looks: int, tmp_path: Path) -> None:
    path, now = tmp_path / "报表.csv", time.time()
    path.write_text("单位名称,从业人员\n", encoding="utf-8")
    os.utime(path, (now - age, now - age))
    drive = _Still()
    assert list(inbox.look(tmp_path, drive, now).ready) == [path]
    assert drive.slept == inbox.BETWEEN_LOOKS * (looks - 1)


# The policy


OWN = """
extends = "s2b"
title = { zh = "本县口径", en = "Our own" }
about = { zh = "样例。", en = "A sample." }
[deadlines.later]
since = 2020-01-01
rules = ["union"]
days = 60
citation = { document = "本县任务清单（样例）", article = "期限", text = "发现之日起60日内" }
[deadlines.sooner]
since = 2020-01-01
rules = ["union"]
days = 30
citation = { document = "本县任务清单（样例）", article = "群团", text = "发现之日起30日内" }
"""


def test_a_total_that_contradicts_the_formal_members_makes_no_duty(census: Census, workbook: Workbook) -> None:
    """2 formal and 1 probationary are not 9: the two that are stated count, not the eight that would be left."""
    head = "| 单位名称 | 乡镇 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 |"
    rows = f"{head}\n| 青石坡木业公司 | 文峰镇 | 9 | 2 | 1 | 否 |"
    census("ingest", workbook("一.xlsx", rows), "--as-of", "2026-09-30", "--no-returns")
    found = json.loads(census("explain", "青石坡木业公司", "--json").out)
    [formation] = [each for each in found if each["rule"] == "formation"]
    assert formation["advice"] == "joint_or_affiliated"


def test_whoever_cannot_be_decided_is_counted_as_to_be_confirmed(census: Census, workbook: Workbook) -> None:
    head = "| 单位名称 | 乡镇 | 正式党员 | 是否建立党组织 |"
    rows = f"{head}\n| 青石坡木业公司 | 文峰镇 | | 否 |\n| 松涛岭厂 | 文峰镇 | 4 | 是 |"
    census("ingest", workbook("一.xlsx", rows), "--as-of", "2026-09-30", "--no-returns")
    line = next(each for each in census("gaps", "--township").out.splitlines() if "文峰镇" in each)
    report = census("gaps", "--township", "--json").out
    assert '"to_confirm": 1' in report, (line, report[:800])


def test_of_two_deadlines_the_earlier_one_binds(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "本县.toml").write_text(OWN.replace("s2b", "default"), encoding="utf-8")
    census("ingest", workbook("一.xlsx", sheet(ONE)), "--as-of", "2026-09-30", "--no-returns")
    assert tasks(census, "--policy", "本县")["union 白鹭渡茶厂"]["due"] == "2026-10-30"


def test_a_target_is_reached_by_whole_organisations(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    """85% of three are 2.55: it takes three."""
    ours = (
        OWN
        + """
[targets.own]
since = 2020-01-01
indicator = "with_members_rate"
percent = 85
citation = { document = "本县目标（样例）", article = "覆盖", text = "达到85%以上" }
"""
    )
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "本县.toml").write_text(ours.replace("s2b", "default"), encoding="utf-8")
    built = ONE.replace(
        "| 白鹭渡茶厂 | | 样例县 | 文峰镇 | 8 | 0 | 0 |", "| 白鹭渡茶厂 | | 样例县 | 文峰镇 | 8 | 1 | 1 |"
    )
    census("ingest", workbook("一.xlsx", sheet(built)), "--as-of", "2026-09-30", "--no-returns")
    [rate] = json.loads(census("indicators", "with_members_rate", "--policy", "本县", "--json").out)
    assert (rate["numerator"], rate["denominator"], rate["target_missing"]) == (1, 3, 2)


def test_one_name_of_a_joint_branch_in_two_counties_is_two_branches() -> None:
    rows = [{"org_form": "joint", "org_name": "茶业联合党支部", "county": of} for of in ("甲县", "乙县", "甲县")]
    assert len({branch(row) for row in rows}) == 2


# Plans


def _row(**facts: object) -> Mapping[str, Any]:
    """An organisation as plans see it; what is not said is not known."""
    return defaultdict(lambda: None, {"name": "甲一茶厂", "county": "某县", "township": "甲镇", **facts})


def test_whoever_the_policy_leaves_out_takes_nobody_in() -> None:
    """A shell (空壳) that has a branch of its own is no host."""
    own: dict[str, object] = {"org_form": "standalone", "has_org": True, "verdict_formation": "exempt"}
    assert asked([_row(**own, excluded=True)]).hosts == ()
    assert len(asked([_row(**own, excluded=False)]).hosts) == 1


def test_a_joint_branch_has_as_many_units_as_its_sheet_states() -> None:
    rows = [_row(name=name, org_form="joint", org_name="茶业联合党支部", joint_units=5) for name in ("甲", "乙")]
    found = joint_branch("某县/茶业联合党支部", rows)
    assert (found.size_low, found.size_high, found.formal_high) == (5, 5, None)


def test_an_organisation_of_the_same_name_under_another_code_is_not_the_planned_one() -> None:
    planned, other = "91340828MA2TE0T16A", "91340828MA2TE0T24W"  # invented
    here: dict[str, str | None] = {"name": "甲一茶厂", "uscc": other, "county": "某县", "township": "甲镇"}
    assert Now([here]).find("甲一茶厂", planned, "某县", "甲镇") is None
    assert Now([here | {"uscc": None}]).find("甲一茶厂", planned, "某县", "甲镇") is not None


# What is typed


def test_a_day_outside_the_period_that_is_named_beside_it_is_a_slip(census: Census, workbook: Workbook) -> None:
    path = workbook("一.xlsx", sheet(ONE))
    ran = census("ingest", path, "--round", "2026Q1", "--as-of", "2026-09-30")
    assert ran.code == 2 and "2026Q1" in ran.err and "2026-09-30" in ran.err
    assert json.loads(census("rounds", "--json").out) == []
    assert census("ingest", path, "--round", "2026Q2", "--as-of", "2026-07-05", "--no-returns").code in (0, 3)
