"""`census rounds --trend` and the conversions that are due in `census diff`."""

import csv
import io
import json
from pathlib import Path

import pytest

from kit import Census, Workbook

HEAD = "| 乡镇 | 单位名称 | 经营状态 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织成立时间 |"


def table(*rows: str) -> str:
    return "\n".join([HEAD, *(f"| {row} |" for row in rows)])


FIRST = table(
    "首阳镇 | 富民食品有限公司 | 正常 | 5 | 5 | 是 | 单独 | 2019",
    "首阳镇 | 兴旺建材有限公司 | 正常 | 2 | 2 | 是 | 挂靠 | 2020",
    "首阳镇 | 和顺商贸有限公司 | 正常 | 2 | 2 | 是 | 临时 | 2025-03",
    "首阳镇 | 天河机械有限公司 | 正常 | 4 | 4 | 是 | 联合 | 2021",
    "首阳镇 | 青山木业有限公司 | 正常 | 0 | 0 | 否 | | ",
)
SECOND = table(
    "首阳镇 | 富民食品有限公司 | 正常 | 5 | 5 | 是 | 单独 | 2019",
    "首阳镇 | 兴旺建材有限公司 | 正常 | 3 | 3 | 是 | 挂靠 | 2020",  # now three: due
    "首阳镇 | 和顺商贸有限公司 | 正常 | 3 | 3 | 是 | 临时 | 2025-03",  # a temporary branch, due
    "首阳镇 | 天河机械有限公司 | 正常 | 4 | 4 | 是 | 联合 | 2021",  # due since the first round
    "首阳镇 | 青山木业有限公司 | 正常 | 1 | 1 | 是 | 联合 | 2026-05",
)


@pytest.fixture
def two(census: Census, workbook: Workbook) -> Census:
    census("ingest", workbook("a.xlsx", FIRST), "--as-of", "2026-03-31", "--round", "2026Q1")
    census("ingest", workbook("b.xlsx", SECOND), "--as-of", "2026-06-30", "--round", "2026Q2")
    return census


def test_each_round_has_its_rate_as_indicators_says_it(two: Census) -> None:
    ran = two("rounds", "--trend", "--json")
    assert (ran.code, ran.err) == (0, "")
    lines = json.loads(ran.out)
    assert [(line["name"], line["as_of"], line["organisations"]) for line in lines] == [
        ("2026Q1", "2026-03-31", 5), ("2026Q2", "2026-06-30", 5),
    ]  # fmt: skip
    for line in lines:
        told = json.loads(two("indicators", "org_coverage", "overall_rate", "--round", line["name"], "--json").out)
        for rate, figure in zip(line["rates"], told, strict=True):
            same = ("code", "label", "numerator", "denominator", "unknown", "rate")
            assert {name: rate[name] for name in same} == {name: figure[name] for name in same}
            assert line["policy"] == figure["policy"]


def test_the_table_says_n_of_n_and_under_which_policy(two: Census) -> None:
    out = two("rounds", "--trend").out
    assert "2/5 40.0%" in out  # standalone and joint; affiliated and temporary are not counted
    assert "3/5 60.0%" in out
    assert "+20.0" in out
    assert "default 2022-01-01" in out
    assert "points" in two("rounds", "--trend", "--lang", "en").out
    rows = list(csv.DictReader(io.StringIO(two("rounds", "--trend", "--csv").out.removeprefix("\ufeff"))))
    assert [(row["name"], row["code"], row["numerator"], row["denominator"]) for row in rows] == [
        ("2026Q1", "org_coverage", "2", "5"), ("2026Q1", "overall_rate", "4", "5"),
        ("2026Q2", "org_coverage", "3", "5"), ("2026Q2", "overall_rate", "5", "5"),
    ]  # fmt: skip


def test_each_round_is_judged_by_the_text_of_its_own_day(two: Census, tmp_path: Path) -> None:
    policies = {line["policy"]["as_of"] for line in json.loads(two("rounds", "--trend", "--json").out)}
    assert policies == {"2026-03-31", "2026-06-30"}
    asked = json.loads(two("rounds", "--trend", "--as-of", "2026-07-01", "--json").out)
    assert {line["policy"]["as_of"] for line in asked} == {"2026-07-01"}
    strict = json.loads(two("rounds", "--trend", "--policy", "official", "--json").out)
    assert {line["policy"]["name"] for line in strict} == {"official"}


def test_what_was_undone_is_no_step_of_the_way(two: Census) -> None:
    two("undo", "2", "--reason", "报错了")
    assert [line["name"] for line in json.loads(two("rounds", "--trend", "--json").out)] == ["2026Q1"]


def test_an_empty_ledger_has_no_trend(census: Census) -> None:
    assert census("rounds", "--trend", "--json").out.strip() == "[]"
    assert census("rounds", "--trend").code == 0


def test_conversions_that_are_due_are_listed_once_with_since_when(two: Census) -> None:
    ran = two("diff", "--json")
    assert ran.code == 0
    due = {each["name"]: each for each in json.loads(ran.out)["due"]}
    assert {name: (each["form"], each["new"], each["since"]) for name, each in due.items()} == {
        "兴旺建材有限公司": ("affiliated", True, "2026-06-30"),
        "和顺商贸有限公司": ("temporary", True, "2026-06-30"),
        "天河机械有限公司": ("joint", False, "2026-03-31"),
    }
    assert due["兴旺建材有限公司"]["members_formal"] == 3
    out = two("diff").out
    assert "条件已具备、应转为单独组建：3" in out
    assert "和顺商贸有限公司：临时" in out
