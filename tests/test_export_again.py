"""A law: what `census export` wrote, in any format and language, is in an empty workspace the ledger that it was of:
the same content, the same days and periods, the same decisions, and the same when it is exported again."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from coverage_census.ingest.containers.export_files import MARKS
from coverage_census.ledger.export_workbook import counted
from coverage_census.model.choices import GONE, Qualifier
from coverage_census.words.catalogue import LANGS, Words
from kit import Census, Workbook
from reading_case import understood

FORMS = ["a.jsonl", "a.json", "a.csv", "a.parquet", "a.xlsx", "en.xlsx", "copy.ndjson"]
INTERNAL = MARKS - {"name"}
"""Where a row lies in the one ledger or the other."""

SPRING = """
| 柳河镇两新组织台账（截至2026年6月30日） | | | | | | | | | |
| 单位名称 | 单位类别 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织名称 | 经营状态 | 备注 |
| 柳河甲食品有限公司 | 非公有制企业 | 约80 | 3（含预备1名） | | 是 | 单独组建 | 柳河甲党支部 | 正常 | =1+1 |
| 柳河乙服饰有限公司 | 非公有制企业 | 50余 | 2 | 2 | 是 | 联合组建 | 柳河联合党支部 | 正常 | '=先核对 |
| 柳河丙农机有限公司 | 非公有制企业 | 超过100 | 8 | 不足7名 | 否 | | | 正常 | 第一行  第二行 |
| 柳河丁商贸有限公司 | 非公有制企业 | 20-30 | 3至5名 | | 否 | | | 注销 | |
| 柳河戊餐馆 | 个体工商户 | 近20 | 0 | | 否 | | | 停业 | @ |
| 柳河己商会 | 社会组织 | 12人以上 | 至少3 | | | | | | |
"""
AUTUMN = {
    "企业": """
    | 首阳镇非公有制企业台账（截至2026年9月30日） | | | | |
    | 单位名称 | 统一社会信用代码 | 从业人员 | 党员总数 | 是否建立党组织 |
    | 首阳甲制衣有限公司 | | 不超过60 | 12 | 否 |
    | 首阳乙制衣有限公司 | | 三十五 | 2 | |
    """,
    "社会组织": """
    | 首阳镇社会组织台账（截至2026年9月30日） | | | |
    | 单位名称 | 专职工作人员 | 党员总数 | 是否建立党组织 |
    | 首阳甲协会 | 30 | 3 | 否 |
    """,
}
LATER = """
| 柳河镇社会组织台账（截至2026年9月30日） | | | |
| 单位名称 | 从业人员 | 党员总数 | 是否建立党组织 |
| 柳河己商会 | 14 | 4 | 否 |
| 柳河庚学会 | | | 已撤销 |
"""


_MADE = list[Path]()


@pytest.fixture
def county(census: Census, workbook: Workbook, tmp_path: Path) -> Census:
    """Two townships with days of their own, two kinds in one sheet, some of one kind reported again, one gone."""
    if _MADE:  # the same for every test
        shutil.copytree(_MADE[0], tmp_path / "ledger")
        return census
    workbook("柳河镇.xlsx", SPRING)
    workbook("首阳镇.xlsx", AUTUMN)
    workbook("柳河镇社会组织.xlsx", LATER)
    for file in ("柳河镇.xlsx", "首阳镇.xlsx", "柳河镇社会组织.xlsx"):
        assert census("ingest", file, "--no-returns").code in (0, 3)
    shutil.copytree(tmp_path / "ledger", tmp_path / "kept")
    _MADE.append(tmp_path / "kept")
    return census


def content(census: Census, *workspace: Any) -> dict[str, dict[str, Any]]:
    out = census("export", "--format", "jsonl", *workspace).out
    rows = [json.loads(line) for line in out.splitlines()]
    return {row["name"]: {key: row[key] for key in row if key not in INTERNAL} for row in rows}


def differing(one: dict[str, dict[str, Any]], other: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Organisation → field → both values."""
    found = {
        name: {
            key: (one.get(name, {}).get(key), other.get(name, {}).get(key))
            for key in one.get(name, {}) | other.get(name, {})
            if one.get(name, {}).get(key) != other.get(name, {}).get(key)
        }
        for name in one | other
    }
    return {name: fields for name, fields in found.items() if fields}


def decided(census: Census, *workspace: Any) -> list[Any]:
    told = json.loads(census("gaps", "--list", "--json", *workspace).out)
    rates = json.loads(census("indicators", "--json", *workspace).out)
    return [sorted(told, key=lambda each: (each["name"], each["rule"])), rates]


def test_an_export_is_the_ledger_again(county: Census, tmp_path: Path) -> None:
    before, judged = content(county), decided(county)
    assert {each["as_of"] for each in before.values()} == {"2026-06-30", "2026-09-30"}
    said = {word for each in before.values() for word in each["qualifiers"].values()}
    assert said >= {"approx", "at_least", "below", "range"}
    assert [name for name, each in before.items() if each["operating_status"] in GONE] == ["柳河丁商贸有限公司"]
    for name in FORMS:
        asked = ["--format", "jsonl"] if name.endswith(".ndjson") else []
        asked += ["--lang", "en"] if name.startswith("en") else []
        assert county("export", "--out", name, *asked).code == 0
        (tmp_path / f"of_{name}").mkdir()
        there = ("--workspace", tmp_path / f"of_{name}")
        ran = county("ingest", name, "--no-returns", *there)
        assert ran.code == 0, ran.err
        assert differing(content(county, *there), before) == {}, name
        if name in ("a.parquet", "en.xlsx"):
            assert decided(county, *there) == judged, name
    county("ingest", name, "--no-returns", *there)  # nothing new
    assert content(county, *there) == before


def test_the_past_is_exported_as_of_its_day(county: Census, tmp_path: Path) -> None:
    assert county("export", "--as-of", "2026-06-30", "--out", "then.csv").code == 0
    (tmp_path / "there").mkdir()
    there = ["--workspace", tmp_path / "there"]
    assert county("ingest", "then.csv", "--no-returns", *there).code == 0
    [held] = json.loads(county("rounds", "--json", *there).out)
    assert held["as_of"] == "2026-06-30"
    assert held["period"] == json.loads(county("rounds", "--json").out)[0]["period"]
    assert {each["as_of"] for each in content(county, *there).values()} == {"2026-06-30"}


def test_an_export_older_than_the_ledger_is_set_aside(county: Census) -> None:
    county("export", "--as-of", "2026-06-30", "--out", "then.jsonl")
    before = content(county)
    ran = county("ingest", "then.jsonl", "--no-returns")
    assert ran.code == 3, ran.err
    assert content(county) == before


def test_a_name_that_a_period_was_given_goes_along(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("柳河镇.xlsx", SPRING.replace("（截至2026年6月30日）", ""))
    census("ingest", "柳河镇.xlsx", "--round", "第一次摸底", "--no-returns")
    census("export", "--out", "摸底.xlsx")
    (tmp_path / "there").mkdir()
    census("ingest", "摸底.xlsx", "--no-returns", "--workspace", tmp_path / "there")
    [held] = json.loads(census("rounds", "--json", "--workspace", tmp_path / "there").out)
    assert held["name"] == "第一次摸底"


def test_two_that_are_alike_stay_two(county: Census, tmp_path: Path) -> None:
    """As people said in another ledger, which the export does not tell."""
    county("export", "--out", "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    again = next(json.loads(line) for line in lines if "首阳甲制衣" in line) | {"members_total": 1, "source_row": 99}
    (tmp_path / "b.jsonl").write_text("\n".join([*lines, json.dumps(again)]), encoding="utf-8")
    (tmp_path / "there").mkdir()
    assert county("ingest", "b.jsonl", "--no-returns", "--workspace", tmp_path / "there").code in (0, 3)
    out = county("export", "--workspace", tmp_path / "there").out
    assert len(out.splitlines()) == len(lines) + 1


def test_problems_lie_on_the_sheet_that_people_see(county: Census, tmp_path: Path) -> None:
    """Each day is read apart; the workbook has one sheet."""
    county("export", "--out", "a.csv")
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert text.count('"35"') == 1
    (tmp_path / "b.csv").write_text(text.replace('"35"', '"许多"'), encoding="utf-8-sig")
    ran = county("check", "b.csv", "--json")
    [file] = json.loads(ran.out)["files"]
    [wrong] = [each for each in file["problems"] if each["level"] == "error"]
    assert (wrong["sheet"], wrong["field"]) == ("Sheet1", "employees")
    row = next(number for number, line in enumerate(text.split("\n"), start=1) if "首阳乙" in line)
    assert wrong["cell"].endswith(str(row))
    (tmp_path / "there").mkdir()
    assert county("ingest", "b.csv", "--workspace", tmp_path / "there").code in (0, 3)  # with its return workbook


@pytest.mark.parametrize("lang", LANGS)
def test_every_wording_of_a_count_gives_its_number_back(lang: Any) -> None:
    dice, words = random.Random(7), Words(lang)
    cases: list[tuple[int, int, int | None, Qualifier]] = []
    for kind in Qualifier:
        for _ in range(40):
            value = dice.randint(0, 300)
            low = dice.choice([0, value, value + 1, max(0, value - 9)])
            cases.append((value, low, dice.choice([None, value, value - 1, value + 9, low + 5]), kind))
    head: list[object] = [
        "name",
        "employees",
        "employees_min",
        "employees_max",
        "qualifiers",
        *sorted(MARKS - {"name"}),
    ]
    rows: list[list[object]] = [
        [
            f"柳河{number}厂",
            counted(value, low, high, kind, words),
            low,
            high,
            json.dumps({"employees": kind}),
            1,
            1,
            1,
            1,
        ]
        for number, (value, low, high, kind) in enumerate(cases)
        if high is None or high >= low
    ]
    data = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in [head, *rows])
    read = understood(data.encode(), "导出.tsv", {}).organisations
    wanted = [case for case in cases if case[2] is None or case[2] >= case[1]]
    assert [each.employees for each in read] == [value for value, *_ in wanted]
    assert [each.qualifiers["employees"] for each in read] == [kind for *_, kind in wanted]
    assert [each.bounds["employees"] for each in read] == [(low, high) for _, low, high, _ in wanted]


@pytest.mark.parametrize(
    "text", ['{"a": 1}', '[{"name": "柳河甲厂"}]', "[]", "{}", '{"name": "x"}\n{"name": "y"}', '{\n "a": [\n 1\n ]\n}']
)
def test_other_json_is_named(census: Census, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    ran = census("check", "a.json")
    assert ran.code == 3
    assert "JSON" in ran.out + ran.err


@pytest.mark.parametrize(
    "text", ["[表一],单位名称,正式党员\n1,柳河甲食品有限公司,3", '{"单位名称",正式党员\n柳河甲厂,3']
)
def test_text_that_only_begins_like_json_is_text(census: Census, tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    ran = census("check", "a.csv", "--json")
    assert json.loads(ran.out)["files"][0]["format"] == "csv"


def test_a_foreign_parquet_is_named(census: Census, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"name": ["柳河甲厂"], "employees": [3]}), tmp_path / "a.parquet")
    assert "Parquet" in (ran := census("check", "a.parquet")).out + ran.err
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-40])
    assert census("check", "b.parquet").code == 3
