"""The command line as typed: help, refusals, exit codes, and the machine contract on stdout."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from coverage_census import __version__
from kit import Census, Workbook

SURVEY = """
| 文峰镇两新组织党建情况统计表（合成样例） | | | | | | |
| 填报单位：文峰镇 | | | | 截止日期：2026年6月30日 | | |
| 序号 | 企业名称 | 从业人员 | 正式党员 | 预备党员 | 是否建立党组织 | 党建指导员人数 |
| 1 | 文峰镇甲乙食品有限公司 | 60 | 3 | 0 | 否 | 0 |
| 2 | 文峰镇丙丁建材有限公司 | 12 | 2 | 1 | 否 | 0 |
| 3 | 文峰镇戊己商贸有限公司 | 5 | 0 | 0 | 否 | 0 |
| 4 | 文峰镇庚辛机械有限公司 | 30 | 5 | 0 | 是 | |
| 合计 | | 107 | 10 | 1 | | |
"""

COMMANDS = (
    "init",
    "template",
    "sample",
    "check",
    "ingest",
    "gaps",
    "explain",
    "indicators",
    "report",
    "rounds",
    "export",
    "verify",
    "undo",
    "diff",
)


def test_version_needs_no_typer() -> None:
    probe = "import sys\nfrom coverage_census.cli import main\ntry: main.main(['--version'])\n"
    probe += "finally: print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["census", __version__, "False"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_speaks_the_language_and_fits_80_columns(census: Census, command: str, lang: str) -> None:
    from coverage_census.words.width import width

    ran = census(command, "--help", "--lang", lang)
    assert ran.code == 0
    assert ran.out.startswith("用法：" if lang == "zh" else "Usage: ")
    assert all(width(line) <= 80 for line in ran.out.splitlines()), ran.out


def test_help_follows_the_office_settings(census: Census, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('language = "en"\n', encoding="utf-8")
    assert census("--help").out.startswith("Usage: ")
    assert census("--help", "--lang", "zh").out.startswith("用法：")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gasp",), "gaps"),
        (("gaps", "--lsit"), "--list"),
        (("check",), "缺少"),
        (("gaps", "--county", "--kind"), "一种"),
        (("gaps", "--as-of", "yesterday"), "2026-06-30"),
        (("gaps", "--lang", "fr"), "zh"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(census: Census, words: tuple[str, ...], said: str) -> None:
    ran = census(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("words", [("gaps",), ("indicators",), ("export",), ("report", "--html"), ("explain", "甲")])
def test_without_a_round_every_reader_says_what_to_do(census: Census, words: tuple[str, ...]) -> None:
    ran = census(*words)
    assert (ran.code, ran.out) == (1, "")
    assert "census ingest" in ran.err


def test_the_two_commands_in_an_empty_folder(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("survey.xlsx", SURVEY)
    assert census("ingest", "survey.xlsx").code == 0
    gaps = census("gaps", "--county")
    assert gaps.code == 0
    assert "25.0%" in gaps.out and "未注明" in gaps.out
    report = census("report", "--html")
    assert report.code == 0
    path = Path(report.out.splitlines()[-1])
    assert (tmp_path / path).read_text(encoding="utf-8").startswith("<!doctype html>")


def test_json_is_one_document_and_every_key_is_there(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("survey.xlsx", SURVEY))
    found = json.loads(census("gaps", "--list", "--json").out)
    keys = {
        "name",
        "uscc",
        "township",
        "advice",
        "basis",
        "verdict",
        "gap",
        "rule",
        "reason",
        "citation",
        "policy",
        "facts",
    }
    for each in found:
        assert keys <= set(each)
        assert each["rule"] and each["reason"] and each["facts"]
        assert set(each["citation"]) == {"document", "article", "text", "paraphrased"}
        assert all(each["citation"][key] for key in ("document", "article", "text"))
        assert set(each["policy"]) == {"name", "version", "as_of"} and all(each["policy"].values())
    advice = {each["name"]: each["advice"] for each in found}
    assert advice == {
        "文峰镇甲乙食品有限公司": "standalone",
        "文峰镇丙丁建材有限公司": "joint_or_affiliated",
        "文峰镇戊己商贸有限公司": "liaison",
        "文峰镇庚辛机械有限公司": "standalone",
    }
    gaps = {(each["name"], each["gap"]) for each in found if each["rule"] == "formation"}
    assert ("文峰镇甲乙食品有限公司", "unbuilt_standalone") in gaps
    assert ("文峰镇丙丁建材有限公司", "members_uncovered") in gaps
    assert ("文峰镇戊己商贸有限公司", "no_liaison") in gaps
    assert ("文峰镇庚辛机械有限公司", None) in gaps


def test_the_same_file_again_changes_nothing_and_says_so(census: Census, workbook: Workbook) -> None:
    path = workbook("survey.xlsx", SURVEY)
    census("ingest", path)
    again = census("ingest", path)
    assert again.code == 0 and "没有变化" in again.out
    assert len(json.loads(census("rounds", "--json").out)) == 1


def test_a_second_township_adds_to_the_first(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("a.xlsx", SURVEY))
    census("ingest", workbook("b.xlsx", SURVEY.replace("文峰镇", "青山镇")))
    rows = [json.loads(line) for line in census("export").out.splitlines()]
    assert len(rows) == 8
    assert {row["township"] for row in rows} == {"文峰镇", "青山镇"}
    assert {row["confirmed_round"] for row in rows} == {1, 2}


def test_one_bad_file_never_stops_the_others(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("in/survey.xlsx", SURVEY)
    (tmp_path / "in" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "in" / "empty.xlsx").write_bytes(b"")
    ran = census("ingest", "in")
    assert ran.code == 3
    assert "broken.xlsx" in ran.out and "empty.xlsx" in ran.out
    assert len(census("export").out.splitlines()) == 4


def test_an_unknown_area_gets_the_nearest(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("survey.xlsx", SURVEY))
    ran = census("gaps", "--township", "文锋镇")
    assert ran.code == 2 and "文峰镇" in ran.err


def test_csv_opens_as_chinese_and_runs_no_formula(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("survey.xlsx", SURVEY.replace("文峰镇甲乙食品有限公司", "@SUM(1+1)有限公司")))
    out = census("gaps", "--list", "--csv").out
    assert out.startswith("\ufeff")
    names = {row[0] for row in csv.reader(io.StringIO(out[1:]))}
    assert "'@SUM(1+1)有限公司" in names and "@SUM(1+1)有限公司" not in names


def test_explain_cites_the_article_and_the_cell(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("survey.xlsx", SURVEY))
    ran = census("explain", "丙丁建材")
    assert ran.code == 0
    assert "联合组建或挂靠" in ran.out and "survey.xlsx!Sheet1!D5" in ran.out


def test_explain_offers_names_when_several_or_none_match(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("survey.xlsx", SURVEY))
    several = census("explain", "文峰镇")
    assert several.code == 1 and "甲乙食品" in several.err
    none = census("explain", "文峰镇甲乙食品厂有限公司")
    assert none.code == 1 and "甲乙食品" in none.err


def test_indicators_print_numerator_and_denominator(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("survey.xlsx", SURVEY))
    found = {each["code"]: each for each in json.loads(census("indicators", "--json").out)}
    assert (found["overall_rate"]["numerator"], found["overall_rate"]["denominator"]) == (1, 4)
    assert (found["due_rate"]["numerator"], found["due_rate"]["denominator"]) == (1, 2)
    unknown = census("indicators", "no_such_rate")
    assert unknown.code == 2 and "census indicators --names" in unknown.err


def test_init_makes_a_workspace_and_leaves_what_is_there(census: Census, tmp_path: Path) -> None:
    assert census("init", "office").code == 0
    settings = tmp_path / "office" / "census.toml"
    settings.write_text('county = "某某县"\n', encoding="utf-8")
    assert census("init", "office").code == 0
    assert settings.read_text(encoding="utf-8") == 'county = "某某县"\n'
    assert {path.name for path in (tmp_path / "office").iterdir()} >= {"inbox", "ledger", "returns", "reports"}


def test_a_wrong_setting_is_named_with_the_nearest(census: Census, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('contry = "某某县"\n', encoding="utf-8")
    ran = census("rounds")
    assert ran.code == 1 and "contry" in ran.err and "county" in ran.err


def test_template_is_never_overwritten_unasked(census: Census, tmp_path: Path) -> None:
    assert census("template").code == 0
    assert census("template").code == 1
    assert census("template", "--force").code == 0
    assert census("check", "填报表.xlsx").code == 0
