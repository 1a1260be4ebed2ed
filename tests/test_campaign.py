"""专项行动: a campaign of census.toml from what an office types to what its terminal, report and digest say."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from coverage_census import settings
from coverage_census.commands.basis import basis
from coverage_census.commands.diff import campaign
from coverage_census.commands.reconcile.base_list import CODE
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.campaign import CampaignPace
from coverage_census.model.decision import Indicator
from coverage_census.model.stated_percent import stated
from coverage_census.policy.decide import records
from coverage_census.policy.figures import campaign as reckoning
from coverage_census.policy.figures.indicators import definitions
from coverage_census.words import named
from coverage_census.words.catalogue import Words
from kit import Census, Ran, Workbook, often
from test_ledger_undo import NOON

HEAD = (
    "| 乡镇 | 单位名称 | 经营状态 | 正式党员 | 是否建立党组织 | 组建方式 | 是否建立工会 | 是否建立团组织 |"
    " 是否建立妇女组织 | 党建工作指导员 |"
)
TOWNS = ("首阳镇", "文峰镇")
STEMS = (
    "富民食品",
    "兴旺建材",
    "和顺商贸",
    "天河机械",
    "青山木业",
    "长留织造",
    "白鹭茶业",
    "松岭物流",
    "竹影纺织",
    "云栖电子",
)
PLAN = """
[campaign]
name = "两企三新攻坚行动"
from = 2026-03-01
to = 2026-12-31
baseline = "2026Q1"
target = { org_coverage = "90%", "工作覆盖率" = "100%" }
"""


def sheet(built: int, *, unknown: int = 0, served: int = 0) -> str:
    """Ten organisations of two townships: the first built, the last not known, of the others some are served."""
    rows = []
    for number, stem in enumerate(STEMS):
        has = "" if number >= len(STEMS) - unknown else "是" if number < built else "否"
        form = "单独组建" if has == "是" else ""
        officers = 1 if built <= number < built + served else 0
        rows.append(f"| {TOWNS[number % 2]} | {stem}有限公司 | 正常 | 3 | {has} | {form} | 否 | 否 | 否 | {officers} |")
    return "\n".join([HEAD, *rows])


@pytest.fixture
def office(census: Census, workbook: Workbook, tmp_path: Path) -> Census:
    """Four of ten built in the first quarter, seven in the third; two of the other three are served."""
    census("ingest", workbook("一季度.xlsx", sheet(4)), "--round", "2026Q1", "--as-of", "2026-03-31")
    census("ingest", workbook("三季度.xlsx", sheet(7, served=2)), "--round", "2026Q3", "--as-of", "2026-09-30")
    (tmp_path / "census.toml").write_text(PLAN, "utf-8")
    return census


def plan(folder: Path, *changes: tuple[str, str]) -> None:
    text = PLAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "census.toml").write_text(text, "utf-8")


def lines(ran: Ran) -> dict[str, Any]:
    assert (ran.code, ran.err) == (0, ""), ran.err
    return {each["code"]: each for each in json.loads(ran.out)["campaign"]["lines"]}


def test_the_progress_is_told_against_the_baseline(office: Census) -> None:
    found = lines(office("diff", "--campaign", "--json"))
    assert list(found) == ["org_coverage", "work_coverage"]
    org = found["org_coverage"]
    assert (org["numerator_before"], org["denominator_before"], org["numerator"], org["denominator"]) == (4, 10, 7, 10)
    assert (org["target_percent"], org["needed"], org["missing"]) == (90.0, 9, 2)
    # from 40 % on 31 March to 90 % on 31 December: 183 of 275 days on 30 September
    assert org["expected_percent"] == round(40 + 50 * 183 / 275, 2) == 73.27
    assert (org["expected"], org["pace"]) == (8, "behind")
    work = found["work_coverage"]
    assert (work["numerator_before"], work["denominator_before"], work["numerator"], work["denominator"]) == (
        0,
        6,
        2,
        3,
    )
    assert (work["missing"], work["pace"]) == (1, "behind" if Fraction(2, 3) < Fraction(183, 275) else "on_time")


def test_the_document_has_the_whole_diff_below(office: Census) -> None:
    told = json.loads(office("diff", "--campaign", "--json").out)
    assert set(told) == {"campaign", "diff"}
    assert told["diff"] == json.loads(office("diff", "2026Q1", "2026Q3", "--json").out)
    head = {
        name: told["campaign"][name] for name in ("name", "start", "end", "days_left", "over", "baseline", "period")
    }
    assert head == {
        "name": "两企三新攻坚行动", "start": "2026-03-01", "end": "2026-12-31", "days_left": 40, "over": False,
        "baseline": "2026Q1", "period": "2026Q3",
    }  # fmt: skip


def test_the_terminal_says_it_in_both_languages(office: Census) -> None:
    said = office("diff", "--campaign").out
    for words in (
        "还有40天",
        "基数为2026年第一季度",
        "4/10 40.0%",
        "7/10 70.0%",
        "90%",
        "进度滞后",
        "组织覆盖率的升降原因",
    ):
        assert words in said, said
    said = office("diff", "--campaign", "--lang", "en").out
    assert "40 days left" in said and "Organisation coverage" in said and "behind" in said


def test_csv_is_one_table(office: Census) -> None:
    rows = list(csv.DictReader(io.StringIO(office("diff", "--campaign", "--csv").out.lstrip("\ufeff"))))
    assert [each["代码"] for each in rows] == ["org_coverage", "work_coverage"]
    assert (rows[0]["基数分子"], rows[0]["现在分子"], rows[0]["还差（家）"], rows[0]["进度"]) == (
        "4",
        "7",
        "2",
        "进度滞后",
    )


def test_an_earlier_round_may_be_asked_for(office: Census, workbook: Workbook) -> None:
    office("ingest", workbook("年底.xlsx", sheet(9)), "--round", "2026Q4", "--as-of", "2026-11-20")
    assert lines(office("diff", "--campaign", "--json"))["org_coverage"]["pace"] == "reached"
    assert lines(office("diff", "--campaign", "--round", "2026年第三季度", "--json"))["org_coverage"]["missing"] == 2


def test_the_baseline_itself_tells_what_is_to_be_done_and_no_pace(office: Census) -> None:
    ran = office("diff", "--campaign", "--round", "2026Q1", "--json")
    assert json.loads(ran.out)["diff"] is None
    org = lines(ran)["org_coverage"]
    assert (org["missing"], org["pace"], org["expected"]) == (5, None, 4)
    assert "就是基数" in office("diff", "--campaign", "--round", "2026Q1").out


def test_what_is_unknown_decides_no_pace(office: Census, workbook: Workbook, tmp_path: Path) -> None:
    office("ingest", workbook("新表.xlsx", sheet(7, unknown=1)), "--round", "2026Q4", "--as-of", "2026-10-31")
    org = lines(office("diff", "--campaign", "--json"))["org_coverage"]
    assert (org["numerator"], org["unknown"], org["missing"]) == (7, 1, 2)
    assert org["pace"] == "unknown"  # 7 of 10 is behind, 8 would be on time: 40 + 50 × 214 / 275 = 78.9 %
    plan(tmp_path, ('"90%"', '"60%"'))
    assert lines(office("diff", "--campaign", "--json"))["org_coverage"]["pace"] == "reached"


def test_a_baseline_of_which_too_little_is_known_draws_no_line(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    census("ingest", workbook("一季度.xlsx", sheet(2, unknown=8)), "--round", "2026Q1", "--as-of", "2026-03-31")
    census("ingest", workbook("三季度.xlsx", sheet(7)), "--round", "2026Q3", "--as-of", "2026-09-30")
    plan(tmp_path)
    org = lines(census("diff", "--campaign", "--json"))["org_coverage"]
    assert (org["expected"], org["pace"], org["missing"]) == (None, "unknown", 2)
    assert "2/10 资料不足" in census("diff", "--campaign").out


def test_without_a_target_baseline_and_now_alone(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ('target = { org_coverage = "90%", "工作覆盖率" = "100%" }\n', ""))
    found = lines(office("diff", "--campaign", "--json"))
    assert list(found) == ["org_coverage", "work_coverage"]
    assert {found["org_coverage"][name] for name in ("target_percent", "needed", "missing", "expected", "pace")} == {
        None
    }
    said = office("diff", "--campaign").out
    assert "没有写 target" in said and "7/10 70.0%" in said


def test_one_percentage_is_meant_of_organisation_coverage(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ('{ org_coverage = "90%", "工作覆盖率" = "100%" }', '"九成"'))
    found = lines(office("diff", "--campaign", "--json"))
    assert list(found) == ["org_coverage"] and found["org_coverage"]["target_percent"] == 90


@pytest.mark.parametrize(("said", "code"), [("2026Q1", "1"), ("2026年第一季度", "1"), ("1", "1")])
def test_the_baseline_is_called_as_people_call_it(office: Census, tmp_path: Path, said: str, code: str) -> None:
    plan(tmp_path, ('"2026Q1"', f'"{said}"'))
    assert json.loads(office("diff", "--campaign", "--json").out)["diff"]["before"] == int(code)


def test_a_baseline_that_goes_by_a_name(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("ingest", workbook("摸底.xlsx", sheet(4)), "--round", "第一次摸底", "--as-of", "2026-03-31")
    census("ingest", workbook("三季度.xlsx", sheet(7)), "--round", "2026Q3", "--as-of", "2026-09-30")
    plan(tmp_path, ('"2026Q1"', '"第一次摸底"'))
    ran = census("diff", "--campaign")
    assert ran.code == 0 and "基数为第一次摸底（截至2026-03-31）" in ran.out


def test_without_a_baseline_the_last_cut_off_before_the_first_day(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ('baseline = "2026Q1"\n', ""), ("2026-03-01", "2026-04-01"))
    assert json.loads(office("diff", "--campaign", "--json").out)["campaign"]["baseline"] == "2026Q1"
    plan(tmp_path, ('baseline = "2026Q1"\n', ""), ("2026-03-01", "2026-01-01"))  # none before: the first there is
    assert json.loads(office("diff", "--campaign", "--json").out)["campaign"]["baseline"] == "2026Q1"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([('"2026Q1"', '"2025Q4"')], ("2025Q4", "没有这一期", "2026Q1", "baseline")),
        ([('"2026Q1"', '"第二次摸底"')], ("第二次摸底", "没有这一期")),
        ([('"2026Q1"', "9")], ("9", "没有这一期")),
    ],
)
def test_a_baseline_that_is_not_there(
    office: Census, tmp_path: Path, changes: list[tuple[str, str]], words: tuple[str, ...]
) -> None:
    plan(tmp_path, *changes)
    ran = office("diff", "--campaign")
    assert (ran.code, ran.out) == (1, "") and ran.err.count("\n") == 1
    assert all(word in ran.err for word in words), ran.err
    ran = office("report", "--html")  # the report says so and is made
    assert ran.code == 0
    page = (tmp_path / "reports" / "000002" / "coverage.html").read_text("utf-8")
    assert "没有这一期" in page and 'id="campaign"' in page


def test_a_baseline_that_was_undone(office: Census, tmp_path: Path) -> None:
    assert office("undo", "2", "--reason", "报错表了").code == 0
    plan(tmp_path, ('"2026Q1"', '"2026Q3"'))
    ran = office("diff", "--campaign")
    assert (ran.code, ran.out) == (1, "") and "已被撤销" in ran.err
    plan(tmp_path, ('"2026Q1"', '"2"'))
    assert "已被撤销" in office("diff", "--campaign", "--lang", "zh").err
    assert "was undone" in office("diff", "--campaign", "--lang", "en").err


def test_a_round_before_the_baseline(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ('"2026Q1"', '"2026Q3"'))
    ran = office("diff", "--campaign", "--round", "2026Q1")
    assert (ran.code, ran.out) == (1, "")
    assert "2026Q1（截止 2026-03-31）早于专项行动的基数 2026Q3" in ran.err


def test_a_campaign_that_is_over(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ("2026-12-31", "2026-09-15"))
    found = office("diff", "--campaign", "--json")
    assert lines(found)["org_coverage"]["pace"] == "missed"
    told = json.loads(found.out)["campaign"]
    assert (told["days_left"], told["over"]) == (0, True)
    said = office("diff", "--campaign").out
    assert "已结束" in said and "到期未达标" in said
    office("report", "--html")  # the round is of a later day: no section
    assert 'id="campaign"' not in (tmp_path / "reports" / "000002" / "coverage.html").read_text("utf-8")


def test_the_last_day_and_one_that_has_not_begun(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ("2026-12-31", "2026-11-21"))
    assert "今天是最后一天" in office("diff", "--campaign").out
    plan(tmp_path, ("2026-03-01", "2027-01-01"), ("2026-12-31", "2027-12-31"))
    assert "还没有开始" in office("diff", "--campaign").out


def test_a_campaign_of_one_day(office: Census, tmp_path: Path) -> None:
    for day, pace in (("2026-12-31", None), ("2026-09-30", "missed")):
        plan(tmp_path, ("2026-03-01", day), ("2026-12-31", day))
        assert lines(office("diff", "--campaign", "--json"))["org_coverage"]["pace"] == pace


def test_two_entries_of_one_day(office: Census, workbook: Workbook, tmp_path: Path) -> None:
    office("ingest", workbook("补报.xlsx", sheet(8)), "--round", "2026Q3", "--as-of", "2026-09-30")
    plan(tmp_path, ('"2026Q1"', "2"))
    ran = office("diff", "--campaign")
    assert ran.code == 0 and "就是基数" not in ran.out and "7/10 70.0%" in ran.out and "8/10 80.0%" in ran.out


def test_without_a_campaign_it_is_said_what_to_write(office: Census, tmp_path: Path) -> None:
    for text in ("", "[campaign]\n"):
        (tmp_path / "census.toml").write_text(text, "utf-8")
        ran = office("diff", "--campaign")
        assert (ran.code, ran.out) == (2, "") and "[campaign]" in ran.err
    assert office("report", "--html").code == 0
    assert 'id="campaign"' not in (tmp_path / "reports" / "000002" / "coverage.html").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reports_have_it(office: Census, tmp_path: Path, lang: str) -> None:
    ran = office("report", "--html", "--xlsx", "--docx", "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    folder = tmp_path / "reports" / "000002"
    page = (folder / "coverage.html").read_text("utf-8")
    section = page[page.index('<section id="campaign">') :].partition("</section>")[0]
    for part in ("两企三新攻坚行动", "7/10 <b>70.0%</b>", "90%", 'class="pace behind"'):
        assert part in section, section
    with zipfile.ZipFile(folder / "bulletin.docx") as book:
        said = book.read("word/document.xml").decode("utf-8")
    assert "两企三新攻坚行动" in said and "40.0%" in said
    from openpyxl import load_workbook

    sheets = load_workbook(folder / "coverage.xlsx")
    rows = list(sheets["专项行动" if lang == "zh" else "Campaign"].iter_rows(values_only=True))
    assert rows[1][1:5] == ("4/10 40.0%", "7/10 70.0%", "90%", 2)


def test_a_report_on_one_township_is_of_its_organisations(office: Census, tmp_path: Path) -> None:
    assert office("report", "首阳镇", "--html").code == 0
    page = (tmp_path / "reports" / "000002" / "coverage-首阳镇.html").read_text("utf-8")
    assert "2/5 <b>40.0%</b>" in page and "4/5 <b>80.0%</b>" in page


def test_many_are_counted_as_few_are(office: Census, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one, as a table, and county by county."""
    few = lines(office("diff", "--campaign", "--json"))
    office("report", "首阳镇", "--html", "--out", "few")
    monkeypatch.setattr(records, "FEW", 0)
    assert lines(office("diff", "--campaign", "--json")) == few
    office("report", "首阳镇", "--html", "--out", "many")
    pages = [(tmp_path / folder / "coverage-首阳镇.html").read_text("utf-8") for folder in ("few", "many")]
    one, other = (page[page.index('<section id="campaign">') :].partition("</section>")[0] for page in pages)
    assert one == other


def test_a_report_on_several_counties(
    census: Census, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for quarter, day, one, other in (("2026Q1", "2026-03-31", 4, 2), ("2026Q3", "2026-09-30", 7, 9)):
        for name, built in (("云岭县", one), ("澄溪县", other)):
            table = sheet(built).replace("| 乡镇 |", "| 县 | 乡镇 |").replace("\n|", f"\n| {name} |")
            table = table.replace("有限公司", f"{name[0]}有限公司")
            ran = census("ingest", workbook(f"{quarter}{name}.xlsx", table), "--round", quarter, "--as-of", day)
            assert ran.code == 0, ran.err
    plan(tmp_path)
    assert census("report", "--html", "--out", "pages").code == 0
    said = {each.name: each.read_text("utf-8") for each in (tmp_path / "pages").glob("*.html")}
    assert "6/20 <b>30.0%</b>" in said["index.html"] and "16/20 <b>80.0%</b>" in said["index.html"]
    assert "4/10 <b>40.0%</b>" in said["coverage-云岭县.html"] and "7/10 <b>70.0%</b>" in said["coverage-云岭县.html"]
    assert "2/10 <b>20.0%</b>" in said["coverage-澄溪县.html"] and "9/10 <b>90.0%</b>" in said["coverage-澄溪县.html"]
    asked = Session(settings.load(tmp_path), Words("zh"), NOON)
    few = campaign.within(asked, basis(asked))
    monkeypatch.setattr(records, "FEW", 0)
    many = campaign.within(asked, basis(asked))
    assert few is not None and many is not None
    for area in ("云岭县", "澄溪县", "没有的县"):
        told = few.progress((area,)).lines
        assert told == many.progress((area,)).lines == replace(many, by_county=True).progress((area,)).lines


def test_the_digest_has_one_line_of_it(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("init", tmp_path)
    for name, table, day in (("一季度", sheet(4), "2026-03-31"), ("三季度", sheet(7, served=2), "2026-09-30")):
        census("ingest", workbook(f"{name}.xlsx", table), "--as-of", day)
    census("run")
    digest = tmp_path / "reports" / "digest.txt"
    assert "攻坚" not in digest.read_text("utf-8")
    plan(tmp_path)
    assert census("run").code == 0
    (said,) = (line for line in digest.read_text("utf-8").splitlines() if "攻坚" in line)
    assert said.startswith(
        "“两企三新攻坚行动”（还有40天）：组织覆盖率70.0%（基数40.0%），目标90%，还差2家，进度滞后；工作覆盖率"
    )
    told = json.loads((tmp_path / "reports" / "digest.json").read_text("utf-8"))["standing"]["campaign"]
    assert [each["code"] for each in told["lines"]] == ["org_coverage", "work_coverage"]
    plan(tmp_path, ('"2026Q1"', '"2025Q1"'))
    assert census("run").code == 0
    (said,) = (line for line in digest.read_text("utf-8").splitlines() if "攻坚" in line)
    assert "没有这一期" in said


# What stands below [campaign] | the line of the file | words of the refusal
SLIPS = [
    ('frm = 2026-03-01\nto = 2026-12-31', 2, ("frm", "from")),
    ('to = 2026-12-31', 1, ("没有写 from",)),
    ('name = "甲"', 1, ("没有写 from",)),
    ('from = 2026-03-01', 1, ("没有写 to",)),
    ('from = "开春"\nto = 2026-12-31', 2, ("from", "日期")),
    ('from = 2026-12-31\nto = 2026-03-01', 3, ("早于开始日 2026-12-31",)),
    ('from = 2026-03-01\nto = 2026-12-31\nbaseline = "2026年第五季度"', 4, ("2026年第五季度",)),
    ('from = 2026-03-01\nto = 2026-12-31\nbaseline = ["2026Q1"]', 4, ("baseline", "文字")),
    ('from = 2026-03-01\nto = 2026-12-31\nname = 3', 4, ("name", "文字")),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = "110%"', 4, ("110%", "超过 100%")),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = 120', 4, ("120", "超过 100%")),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = 0.9', 4, ("0.9", "百分数")),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = "0%"', 4, ("百分数",)),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = -5', 4, ("百分数",)),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = true', 4, ("百分数",)),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = "应建尽建"', 4, ("应建尽建", "百分数")),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = ["90%"]', 4, ("百分数",)),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = { org_covrage = "90%" }', 4, ("org_covrage", "组织覆盖率")),
    ('from = 2026-03-01\nto = 2026-12-31\ntarget = { "组织覆盖" = "90%" }', 4, ("组织覆盖", "org_coverage")),
    ('from = 2026-03-01\nto = 2026-12-31\n[campaign.target]\nwork_coverage = "一百二"', 5, ("一百二", "百分数")),
    ('from = 2026-03-01\nto = 2026-12-31\ncounty = "云岭县"', 4, ("county", "最前面")),
]  # fmt: skip


@pytest.mark.parametrize(("below", "line", "words"), SLIPS)
def test_a_slip_is_refused_with_its_line(tmp_path: Path, below: str, line: int, words: tuple[str, ...]) -> None:
    (tmp_path / "census.toml").write_text(f"[campaign]\n{below}\n", "utf-8")
    with pytest.raises(CensusError) as stop:
        settings.load(tmp_path)
    for lang in ("zh", "en"):
        said = Words(lang)(f"errors.{stop.value.key}", **stop.value.values)
        assert str(line) in said and "{" not in said.replace("{ org_coverage", "")
        assert lang == "en" or (f"第 {line} 行" in said and all(word in said for word in words)), said


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("from = 2026-03-01\nto = 2026-12-31", "2026-03-01", "2026-12-31"),
        ('from = "2026年3月1日"\nto = "2026年底"', "2026-03-01", "2026-12-31"),
        ('from = "2026年3月"\nto = "2026年6月"', "2026-03-01", "2026-06-30"),
        ('from = "2026年第二季度"\nto = "2028年底"', "2026-04-01", "2028-12-31"),
        ('from = "2025"\nto = "2027"', "2025-01-01", "2027-12-31"),
    ],
)
def test_days_as_clerks_write_them(tmp_path: Path, written: str, start: str, end: str) -> None:
    (tmp_path / "census.toml").write_text(f"[campaign]\n{written}\n", "utf-8")
    found = settings.load(tmp_path).campaign
    assert found is not None and (found.start, found.end) == (start, end)


def test_a_name_of_a_person_does_not_pass_the_door(tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text(
        '[campaign]\nname = "攻坚行动（联系人13812345678）"\nfrom = 2026-03-01\nto = 2026-12-31\n', "utf-8"
    )
    found = settings.load(tmp_path).campaign
    assert found is not None and found.name is not None and "138" not in found.name and "攻坚行动" in found.name


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("90%", "90"), ("９０％", "90"), ("90", "90"), (" 90 % ", "90"), ("92.5%", "92.5"), ("≥90%", "90"),
        ("90%以上", "90"), ("90%及以上", "90"), ("90%（含）以上", "90"),
        ("不低于85%", "85"), ("达到95%", "95"), ("百分之九十", "90"), ("百分之九十五", "95"),
        ("百分之90", "90"), ("百分之百", "100"),
        ("百分之十", "10"), ("百分之二十一", "21"),
        ("九成", "90"), ("九成五", "95"), ("八成半", "85"), ("9成", "90"),
        ("十成", "100"), ("0.9", "0.9"), ("", None), ("%", None), ("九十", None), ("应建尽建", None), ("90个", None),
        ("-5%", None), ("百分之", None), ("9成成", None), ("90%-95%", None), ("1e2", None), ("²0%", "20"),
    ],
)  # fmt: skip
def test_percentages_as_offices_write_them(said: str, percent: str | None) -> None:
    found = stated(said)
    assert (None if found is None else str(found)) == percent


def test_the_settings_know_every_indicator() -> None:
    assert set(named.indicators()) == {*definitions(), CODE}


def test_the_base_list_is_a_target_too(office: Census, tmp_path: Path) -> None:
    plan(tmp_path, ("org_coverage = ", "base_coverage = "))
    said = office("diff", "--campaign").out
    assert "摸排覆盖率还没有数" in said and "工作覆盖率" in said
    rows = [f"{stem}有限公司,存续,12" for stem in (*STEMS[:3], "新起点科技")]
    register = tmp_path / "市场名册.csv"
    text = "\n".join(["云岭县市场主体名册,,", "截止日期：2026年9月30日,,", "企业名称,登记状态,从业人数", *rows])
    register.write_text(text, "utf-8-sig")
    assert office("reconcile", register, "--register", "market").code == 0
    base = lines(office("diff", "--campaign", "--json"))["base_coverage"]
    assert (base["numerator_before"], base["numerator"], base["denominator"], base["missing"]) == (3, 3, 4, 1)
    assert "还没有数" not in office("diff", "--campaign").out
    office("report", "--html")
    page = (tmp_path / "reports" / "000002" / "coverage.html").read_text("utf-8")
    assert "3/4 <b>75.0%</b>" in page[page.index('<section id="campaign">') :].partition("</section>")[0]


def rate(numerator: int, denominator: int, untold: int = 0, doubtful: int = 0) -> Indicator:
    """`untold` of the denominator are not known; `doubtful` may be below the line or not."""
    return Indicator(
        code="org_coverage", label="组织覆盖率", numerator=numerator, denominator=denominator, denominator_label="家",
        rate=numerator / denominator if denominator else None, counted="organisations", as_of="2026-09-30",
        definition="", source="", by_total_basis=0, unknown=untold + doubtful, known=denominator - untold,
    )  # fmt: skip


counts = st.integers(0, 40)


@given(st.tuples(counts, counts), st.tuples(counts, counts, counts, counts), st.integers(2, 100), st.fractions(0, 1))
@examples(max_examples=often(200), deadline=None)
def test_a_pace_holds_however_the_unknown_turn_out(
    before: tuple[int, int], now: tuple[int, int, int, int], target: int, gone_by: Fraction
) -> None:
    """A law: whoever is found out later, a pace other than 待核 stays true."""
    from decimal import Decimal

    first = rate(before[0], sum(before))
    above, below, untold, doubtful = now
    aimed = {"org_coverage": Decimal(target)}
    known = reckoning.lines([first], [rate(above, above + below + untold, untold, doubtful)], aimed, gone_by)[0]
    assert known.needed is not None and known.missing == max(0, known.needed - above)
    if known.pace in (None, CampaignPace.UNKNOWN):
        return
    for more in {0, untold}:
        for inside in {0, doubtful}:
            for built in {0, inside}:
                whole = above + below + untold + inside
                found = reckoning.lines([first], [rate(above + more + built, whole)], aimed, gone_by)[0]
                if known.pace is CampaignPace.ON_TIME:
                    assert found.pace in (CampaignPace.ON_TIME, CampaignPace.REACHED)
                elif whole:
                    assert found.pace is known.pace


@given(st.integers(0, 30), st.integers(1, 30), st.integers(2, 100), st.fractions(0, 1), st.fractions(0, 1))
@examples(max_examples=often(100), deadline=None)
def test_the_line_never_falls(part: int, more: int, target: int, one: Fraction, other: Fraction) -> None:
    from decimal import Decimal

    first, now = rate(part, part + more), rate(part, part + more)
    early, late = (
        reckoning.lines([first], [now], {"org_coverage": Decimal(target)}, each)[0] for each in sorted((one, other))
    )
    assert early.expected is not None and late.expected is not None and late.needed is not None
    assert early.expected <= late.expected <= late.needed


def test_an_indicator_that_has_no_denominator() -> None:
    from decimal import Decimal

    (line,) = reckoning.lines([rate(0, 0)], [rate(0, 0)], {"org_coverage": Decimal(90)}, Fraction(1, 2))
    assert (line.needed, line.missing, line.expected, line.pace) == (0, 0, None, CampaignPace.UNKNOWN)
