"""`census missing` (催报): who has not reported in a period, and what each township owes, to the last organisation."""

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from coverage_census.cli import main as cli
from kit import Census, Workbook, cells

HEAD = "| 乡镇 | 单位名称 | 单位类别 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 是否建立党组织 | 经营状态 |"


def table(*rows: str) -> str:
    return "\n".join([HEAD, *(f"| {row} |" for row in rows)])


# Q2: everybody reports. Q3: 首阳镇 on time, one organisation left out, one contradiction sent again; 文峰镇 late;
# 长留乡 not at all; 天河乡 sends what nobody can read; 福星镇 is on the roster and has never reported.
Q2 = {
    "首阳镇.xlsx": table(
        "首阳镇 | 富民食品有限公司 | 企业 | 40 | 5 | 4 | 1 | 是 | 正常",
        "首阳镇 | 兴旺建材有限公司 | 企业 | 12 | 9 | 2 | 1 | 否 | 正常",  # 2 + 1 is not 9
        "首阳镇 | 和顺商贸有限公司 | 企业 | 8 | 0 | 0 | 0 | 否 | 正常",
        "首阳镇 | 大发运输有限公司 | 企业 | 8 | 0 | 0 | 0 | 否 | 注销",
        "首阳镇 | 首阳镇商会 | 社会组织 | 3 | 0 | 0 | 0 | 否 | 正常",
    ),
    "文峰镇.xlsx": table("文峰镇 | 天河机械有限公司 | 企业 | 80 | 3 | 3 | 0 | 是 | 正常"),
    "长留乡.xlsx": table(
        "长留乡 | 长留织造有限公司 | 企业 | 30 | 1 | 1 | 0 | 否 | 正常",
        "长留乡 | 长留竹业合作社 | 合作社 | 9 |  |  |  | 否 | 正常",
    ),
}
Q3 = {
    "首阳镇.xlsx": table(
        "首阳镇 | 富民食品有限公司 | 企业 | 44 | 6 | 5 | 1 | 是 | 正常",
        "首阳镇 | 兴旺建材有限公司 | 企业 | 13 | 8 | 2 | 1 | 否 | 正常",  # again
        "首阳镇 | 新起点科技有限公司 | 企业 | 5 |  |  |  | 否 | 正常",
    ),
}
TOML = """
[expected]
townships = ["首阳镇", "文峰镇", "长留乡", "天河乡", "福星镇人民政府"]
due = { "2026Q2" = 2026-06-30, "2026Q3" = 2026-09-30, "2026Q4" = "2026-12-31" }
answer_to = "某某县委两新工委"
"""


def book(path: Path, rows: str) -> str:
    from openpyxl import Workbook as Book

    made = Book()
    for row in cells(rows):
        made.worksheets[0].append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)
    return str(path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two periods, ingested once for all tests."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "census.toml").write_text(TOML, encoding="utf-8")
    broken = folder / "2026Q3" / "天河乡.xlsx"
    broken.parent.mkdir()
    broken.write_bytes(b"PK\3\4" + bytes(60))
    late = {"文峰镇.xlsx": Q2["文峰镇.xlsx"].replace("80", "81")}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        days = (("2026-06-20", "2026Q2", Q2), ("2026-09-28", "2026Q3", Q3), ("2026-10-05", "2026Q3", late))
        for day, name, tables in days:
            patch.setenv("CENSUS_NOW", f"{day}T09:00:00+08:00")
            paths = [book(folder / name / file, rows) for file, rows in tables.items()]
            paths += [str(broken)] if tables is late else []
            assert cli.run(["ingest", *paths, "--round", name, "--as-of", day]) in (0, 3)
    return folder


@pytest.fixture
def county(census: Census, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Census:
    """Two periods as above, the clock at 2026-10-08."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("CENSUS_NOW", "2026-10-08T09:00:00+08:00")
    return census


def found(census: Census, *words: str) -> dict[str, dict[str, Any]]:
    ran = census("missing", "--json", *words)
    assert (ran.code, ran.err) == (0, "")
    return {each["township"]: each for each in json.loads(ran.out)}


def owed(town: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["standing"] for each in town["organisations"]}


def test_who_has_reported_and_when(county: Census) -> None:
    towns = found(county)
    assert list(towns) == ["首阳镇", "文峰镇", "长留乡", "天河乡", "福星镇"]
    assert [town["state"] for town in towns.values()] == [
        "reported", "reported", "not_reported", "unreadable", "not_reported",
    ]  # fmt: skip
    assert [town["late"] for town in towns.values()] == [0, 5, 8, 8, 8]
    assert [town["first_on"] for town in towns.values()] == ["2026-09-28", "2026-10-05", None, None, None]
    assert [town["last_on"] for town in towns.values()] == ["2026-09-28", "2026-10-05", "2026-06-20", None, None]
    assert towns["长留乡"]["last_name"] == "2026Q2"
    assert towns["天河乡"]["unreadable"] == ["天河乡.xlsx"]
    assert towns["首阳镇"]["period"] == {
        "name": "2026Q3", "period": "2026Q3", "since": None, "rounds": [2, 3], "due": "2026-09-30",
        "as_of": "2026-09-30",
        "basis": "roster",
    }  # fmt: skip


def test_a_file_that_nobody_could_read_is_the_report_of_its_own_township(census: Census, tmp_path: Path) -> None:
    """五河镇 ends with the name of 河镇, and so do files of 五河镇; whose a file is, its own name says."""
    (tmp_path / "census.toml").write_text(
        '[expected]\ntownships = ["五河镇", "河镇", "河镇乡", "上河镇", "首阳镇"]\n', encoding="utf-8"
    )
    broken = [tmp_path / name for name in ("五河镇两新组织台账.xlsx", "上河9月.xlsx")]
    for path in broken:
        path.write_bytes(b"PK\3\4" + bytes(60))
    read = book(tmp_path / "首阳镇.xlsx", Q2["首阳镇.xlsx"])
    assert census("ingest", read, *broken, "--round", "2026Q3", "--as-of", "2026-09-30", "--no-returns").code == 3
    towns = found(census)
    assert {name: town["unreadable"] for name, town in towns.items() if town["unreadable"]} == {
        "五河镇": ["五河镇两新组织台账.xlsx"]
    }
    assert [towns[name]["state"] for name in ("河镇", "河镇乡", "首阳镇")] == [
        "not_reported",
        "not_reported",
        "reported",
    ]


def test_what_is_owed_organisation_by_organisation(county: Census) -> None:
    town = found(county)["首阳镇"]
    # 商贸 is not named again; nobody spoke for social organisations; 运输 has ended and owes nothing.
    assert (town["expected"], town["named"], town["not_again"]) == (5, 3, 1)
    assert town["completeness"] == 0.6
    assert town["kinds_owed"] == ["social_org"]
    standing = owed(town)
    assert standing["和顺商贸有限公司"] == "not_again"
    assert standing["首阳镇商会"] == "not_reported"
    assert "大发运输有限公司" not in standing
    assert owed(found(county)["长留乡"]) == {"长留织造有限公司": "not_reported", "长留竹业合作社": "not_reported"}


def test_an_error_that_comes_again_is_counted_as_repeated(county: Census) -> None:
    town = found(county)["首阳镇"]
    assert (town["errors"], town["repeated"]) == (1, 1)
    [wrong] = [each for each in town["organisations"] if each["name"] == "兴旺建材有限公司"]
    [finding] = wrong["findings"]
    assert (finding["code"], finding["level"], finding["times"]) == ("members_sum", "error", 2)
    assert finding["message"]
    assert finding["fix"]


def test_a_mistake_that_was_mended_is_owed_no_more(
    county: Census, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CENSUS_NOW", "2026-10-09T09:00:00+08:00")
    mended = Q3["首阳镇.xlsx"].replace("| 13 | 8 |", "| 13 | 3 |")
    county("ingest", workbook("2026Q3/again/首阳镇.xlsx", mended), "--round", "2026Q3", "--as-of", "2026-10-09")
    town = found(county)["首阳镇"]
    assert (town["errors"], town["repeated"], town["reports"]) == (0, 0, 2)
    assert town["late"] == 0  # the first report counts


def test_facts_that_decide_nothing_yet_are_asked_for(county: Census) -> None:
    town = found(county)["首阳镇"]
    [new] = [each for each in town["organisations"] if each["name"] == "新起点科技有限公司"]
    assert new["standing"] == "named"
    assert "members_formal" in new["facts"] or "members_total" in new["facts"]
    assert town["to_confirm"] == 3  # of the two without members nobody says whether an officer was sent
    assert found(county)["长留乡"]["to_confirm"] == 1  # the cooperative


def test_a_period_in_which_nobody_has_reported_yet(county: Census) -> None:
    towns = found(county, "--round", "2026Q4")
    assert {town["state"] for town in towns.values()} == {"not_reported"}
    assert {town["late"] for town in towns.values()} == {0}
    assert towns["首阳镇"]["last_name"] == "2026Q3"
    assert county("missing", "--round", "2027Q1").code == 1


def test_an_earlier_period_is_seen_as_it_was(county: Census) -> None:
    towns = found(county, "--round", "2026Q2")
    assert [towns[name]["state"] for name in ("首阳镇", "长留乡", "天河乡")] == ["reported", "reported", "not_reported"]
    assert (towns["首阳镇"]["expected"], towns["首阳镇"]["named"], towns["首阳镇"]["gone"]) == (4, 4, 1)
    assert "新起点科技有限公司" not in owed(towns["首阳镇"])
    assert towns["首阳镇"]["repeated"] == 0


def test_only_the_areas_that_are_asked_for(county: Census) -> None:
    assert list(found(county, "长留乡")) == ["长留乡"]
    ran = county("missing", "长溜乡")
    assert ran.code == 2
    assert "长留乡" in ran.err


def test_without_a_roster_it_is_those_who_have_reported(county: Census, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text("", encoding="utf-8")
    towns = found(county)
    assert set(towns) == {"首阳镇", "文峰镇", "长留乡"}
    assert {town["late"] for town in towns.values()} == {None}
    ran = county("missing")
    assert "未报 1 个：长留乡" in ran.out
    assert "按报过的乡镇算" in ran.out


def test_a_roster_is_a_file_of_the_office(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[expected]\nroster = "乡镇名单.xlsx"\n', encoding="utf-8")
    workbook(
        "乡镇名单.xlsx", "| 序号 | 乡镇（街道） | 联系人 |\n| 1 | 首阳镇 | 王某某 |\n| 2 | 长留乡人民政府 | 李某某 |"
    )
    assert [(name, town["on_roster"]) for name, town in found(county).items()] == [
        ("首阳镇", True), ("长留乡", True), ("文峰镇", False),
    ]  # fmt: skip
    ran = county("missing")
    assert "不在应报名单上、但报来了的：文峰镇" in ran.out
    assert "王某" not in ran.out
    (tmp_path / "乡镇名单.xlsx").unlink()
    assert county("missing").code == 1
    workbook("乡镇名单.xlsx", "| 序号 | 品名 |\n| 1 | 茶叶 |")
    ran = county("missing")
    assert (ran.code, ran.out) == (1, "")
    assert "乡镇名单.xlsx" in ran.err


def test_a_register_says_which_organisations_are_expected(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text(TOML + 'register = "名册.csv"\n', encoding="utf-8")
    lines = [
        "企业名称,所属乡镇",
        "富民食品有限公司,首阳镇",
        "和顺商贸有限公司,首阳镇",
        "从没报过有限公司,首阳镇",
        "福星门业有限公司,福星镇",
    ]
    (tmp_path / "名册.csv").write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    towns = found(county)
    assert (towns["首阳镇"]["expected"], towns["首阳镇"]["named"], towns["首阳镇"]["never"]) == (3, 1, 1)
    assert owed(towns["首阳镇"])["从没报过有限公司"] == "never"
    assert owed(towns["福星镇"]) == {"福星门业有限公司": "never"}
    assert "台账里有、名册上没有的" in county("missing").out


def test_an_empty_ledger_with_a_roster_owes_everything(census: Census, tmp_path: Path) -> None:
    assert census("missing").code == 1
    (tmp_path / "census.toml").write_text(TOML, encoding="utf-8")
    towns = found(census, "--round", "2026Q4")
    assert len(towns) == 5
    assert {town["state"] for town in towns.values()} == {"not_reported"}
    assert census("missing", "--xlsx").code == 0


def test_rounds_without_a_name_belong_to_their_quarter(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("a.xlsx", Q2["长留乡.xlsx"]), "--as-of", "2026-06-30")
    census("ingest", workbook("b.xlsx", Q2["首阳镇.xlsx"]), "--as-of", "2026-07-10")
    census("ingest", workbook("c.xlsx", Q2["文峰镇.xlsx"]), "--as-of", "2026-09-10")
    towns = found(census)
    assert towns["首阳镇"]["period"]["since"] == "2026-07-01"
    assert {name: town["state"] for name, town in towns.items()} == {
        "长留乡": "not_reported", "首阳镇": "reported", "文峰镇": "reported",
    }  # fmt: skip


def test_what_was_undone_was_not_reported(county: Census) -> None:
    county("undo", "3", "--reason", "报错了")
    assert found(county)["文峰镇"]["state"] == "not_reported"


@pytest.mark.parametrize(
    "wrong",
    ['townships = "首阳镇"', "townships = [1]", 'due = "九月底"', 'due = { "2026Q3" = "x" }', "dew = 2026-09-30"],
)
def test_a_mistake_in_the_settings_is_named(census: Census, tmp_path: Path, wrong: str) -> None:
    (tmp_path / "census.toml").write_text(f"[expected]\n{wrong}\n", encoding="utf-8")
    ran = census("missing")
    assert (ran.code, ran.out) == (1, "")
    assert "census.toml" in ran.err


def test_the_table_and_the_list(county: Census) -> None:
    ran = county("missing")
    assert ran.code == 0
    for said in (
        "应报乡镇 5 个，已报 2 个，未报 3 个：长留乡、天河乡、福星镇",
        "逾期 4 个：文峰镇（逾期5天）",
        "截止 2026-09-30",
    ):
        assert said in ran.out
    assert "首阳镇：社会组织的表还没有报。" in ran.out
    assert "天河乡：天河乡.xlsx 读不了" in ran.out
    listed = county("missing", "--list", "首阳镇").out
    assert "和顺商贸有限公司" in listed
    assert "连续第2次" in county("missing", "--list", "--csv", "首阳镇").out
    english = county("missing", "--lang", "en").out
    assert "5 townships to report: 2 have, 3 have not" in english


def test_csv_has_a_line_a_township_or_an_organisation(county: Census) -> None:
    rows = list(csv.DictReader(io.StringIO(county("missing", "--csv").out.removeprefix("\ufeff"))))
    assert [row["乡镇（街道）"] for row in rows] == ["首阳镇", "文峰镇", "长留乡", "天河乡", "福星镇"]
    assert [row["逾期天数"] for row in rows] == ["0", "5", "8", "8", "8"]
    listed = list(csv.DictReader(io.StringIO(county("missing", "--list", "--csv").out.removeprefix("\ufeff"))))
    assert {row["单位名称"] for row in listed} >= {"和顺商贸有限公司", "长留竹业合作社"}


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    from openpyxl import load_workbook

    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(path)}


def test_the_reminders_have_a_sheet_a_township_that_owes_something(county: Census, tmp_path: Path) -> None:
    ran = county("missing", "--xlsx")
    assert ran.code == 0
    path = tmp_path / "reports" / "000003" / "催报单_2026年第三季度.xlsx"
    assert str(path) in ran.out.splitlines()[-1]
    found = sheets(path)
    assert next(iter(found)) == "报送情况"
    assert {"首阳镇", "长留乡", "天河乡", "福星镇"} <= set(found)
    text = "\n".join(str(cell) for row in found["首阳镇"] for cell in row if cell is not None)
    for said in (
        "首阳镇催报单",
        "某某县委两新工委",
        "和顺商贸有限公司",
        "本期未再上报",
        "连续第2次",
        "不要写 0",
        "社会组织的表还没有报",
    ):
        assert said in text
    assert "已逾期 8 天" in "".join(str(cell) for row in found["长留乡"] for cell in row)
    twice = county("missing", "--out", "again.xlsx")
    assert twice.code == 0
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reminders_print_on_a4_with_repeated_headings(county: Census, tmp_path: Path, lang: str) -> None:
    from openpyxl import load_workbook

    county("missing", "--out", "r.xlsx", "--lang", lang)
    for sheet in load_workbook(tmp_path / "r.xlsx"):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter is not None
        assert "&P" in str(sheet.oddFooter.center.text)
    assert load_workbook(tmp_path / "r.xlsx").worksheets[1].print_title_rows


def test_a_name_that_looks_like_a_formula_stays_text(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    evil = "=1+1@总公司"
    rows = table(
        f"'=cmd镇 | {evil} | 企业 | 9 |  |  |  | 否 | 正常", "'=cmd镇 | +好+有限公司 | 企业 | 9 |  |  |  | 否 | 正常"
    )
    census("ingest", workbook("a.xlsx", rows.replace("'=cmd镇", "首[阳]*镇")))
    census("missing", "--out", "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    assert not any("<f>" in text for name, text in parts.items() if "worksheets" in name)
    assert not any("externalLink" in name for name in parts)
    assert "+好+有限公司" in parts["xl/sharedStrings.xml"]
    assert any("首_阳__镇" in name for name in sheets(tmp_path / "r.xlsx"))


def test_too_many_sheets_are_refused(census: Census, tmp_path: Path) -> None:
    names = ", ".join(f'"第{number}镇"' for number in range(201))
    (tmp_path / "census.toml").write_text(f"[expected]\ntownships = [{names}]\n", encoding="utf-8")
    ran = census("missing", "--out", "r.xlsx")
    assert ran.code == 2
    assert not (tmp_path / "r.xlsx").exists()
