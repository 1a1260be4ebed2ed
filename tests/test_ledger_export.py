"""What `census export` gives: one record an organisation, unknown as null, and nothing that runs in a spreadsheet."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from coverage_census.ledger import export
from coverage_census.ledger.write import next_round
from coverage_census.model import tables
from coverage_census.model.choices import Kind, Qualifier
from coverage_census.model.organisation import Organisation, Source, about, fields_of
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round
from coverage_census.policy.decide import explain, records
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
from kit import Census, Workbook

ROWS = [
    Organisation(
        name="=富民“食品”\n",
        kind=Kind.ENTERPRISE,
        county="天等县",
        registered_on="2013-06",
        members_total=4,
        has_org=False,
        revenue_10k=12.5,
        employees=30,
        members_formal=7,
        qualifiers={"members_total": Qualifier.LUMPED, "employees": Qualifier.RANGE, "members_formal": Qualifier.BELOW},
        bounds={"employees": (30, 50), "members_formal": (0, 6)},
        source=Source(file="首阳镇.xlsx", sheet="企业", row=7),
    ),
    Organisation(
        name="和顺商贸",
        county="天等县",
        employees=101,
        qualifiers={"employees": Qualifier.AT_LEAST},
        bounds={"employees": (101, None)},
        source=Source(file="首阳镇.xlsx", sheet="企业", row=8),
    ),
    Organisation(name="安和商贸", county="天等县", source=Source(file="首阳镇.xlsx", sheet="企业", row=9)),
]


@pytest.fixture
def ledger(tmp_path: Path) -> tuple[Path, Round]:
    reading = FileReading(file="首阳镇.xlsx", sha256="0" * 64)
    now = datetime(2026, 7, 1, tzinfo=UTC)
    commit = next_round.write(tmp_path, tables.table(ROWS), [reading], [], name=None, as_of="2026", now=now, tool="0")
    return tmp_path, commit.round


def exported(ledger: tuple[Path, Round], form: export.Format) -> bytes:
    return b"".join(export.chunks(*ledger, form, Words("zh")))


def expected(each: Organisation) -> dict[str, Any]:
    source = each.source or Source(file="")
    return {
        **{name: getattr(each, name) for name in about()},
        **{
            f"{name}_{end}": each.bounds[name][place] if name in each.bounds else None
            for name in fields_of("count")
            for place, end in enumerate(("min", "max"))
        },
        "qualifiers": dict(each.qualifiers),
        "as_of": "2026-12-31",
        "period": "2026Q4",
        "confirmed_round": 1,
        "source_file": source.file,
        "source_sheet": source.sheet,
        "source_row": source.row,
    }


def test_jsonl(ledger: tuple[Path, Round]) -> None:
    lines = exported(ledger, "jsonl").decode("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [expected(each) for each in ROWS]


def test_csv(ledger: tuple[Path, Round]) -> None:
    data = exported(ledger, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    first, second, third = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert first["name"] == "'=富民“食品”\n"
    assert (first["registered_on"], first["members_total"], first["has_org"], first["revenue_10k"]) == (
        "2013-06",
        "4",
        "false",
        "12.5",
    )
    assert json.loads(first["qualifiers"]) == {
        "employees": "range",
        "members_formal": "below",
        "members_total": "lumped",
    }
    assert (first["employees"], first["employees_min"], first["employees_max"]) == ("30", "30", "50")
    assert (second["employees_min"], second["employees_max"]) == ("101", "")
    assert (first["source_row"], first["confirmed_round"]) == ("7", "1")
    assert {key for key, value in third.items() if value} == {
        "name", "county", "as_of", "period", "confirmed_round", "source_file", "source_sheet", "source_row",
    }  # fmt: skip


def test_parquet(ledger: tuple[Path, Round], tmp_path: Path) -> None:
    (tmp_path / "export.parquet").write_bytes(exported(ledger, "parquet"))
    found = pq.read_table(tmp_path / "export.parquet")
    assert tuple(found.schema.names) == export.columns()
    rows = [{**row, "qualifiers": dict(row["qualifiers"])} for row in found.to_pylist()]
    assert rows == [expected(each) for each in ROWS]


def test_the_formats_agree_on_their_columns(ledger: tuple[Path, Round]) -> None:
    header = next(csv.reader(io.StringIO(exported(ledger, "csv").decode("utf-8-sig"), newline="")))
    assert tuple(header) == tuple(json.loads(exported(ledger, "jsonl").splitlines()[0])) == export.columns()


def test_json_is_one_array(ledger: tuple[Path, Round]) -> None:
    assert json.loads(exported(ledger, "json")) == [expected(each) for each in ROWS]


def test_a_workbook_has_chinese_headings_and_every_column(ledger: tuple[Path, Round]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported(ledger, "xlsx"))).active
    assert sheet is not None
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert len(head) == len(export.columns()) == len(set(head))
    assert {"单位名称", "统一社会信用代码", "从业人员", "从业人员（至少）", "从业人员（至多）", "数字说明"} <= set(head)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    ends = (
        "从业人员",
        "从业人员（至少）",
        "从业人员（至多）",
        "正式党员",
        "党员总数",
        "单位类别",
        "是否建立党组织",
        "年营业收入（万元）",
    )
    assert [tuple(each[name] for name in ends) for each in found] == [
        ("30至50", 30, 50, "不足7", 4, "非公有制企业", "否", 12.5),
        ("至少101", 101, None, None, None, None, None, None),
        (None,) * 8,
    ]
    assert found[0]["单位名称"] == "=富民“食品”\n"  # a text, no formula


COUNTY = """
| 单位名称     | 从业人员  | 党员总数  | 正式党员 | 预备党员 | 是否建立党组织 | 组建方式 | 党组织名称   | 工会 |
| 甲陶瓷公司   | 超过100名 | 8         | 不足7名  |          | 否             |          |              | 否   |
| 乙陶瓷公司   | 30-50     | 2         | 2        |          | 否             |          |              | 是   |
| 丙陶瓷公司   | 约100     | 3至5名    |          | 1        | 否             |          |              |      |
| 丁陶瓷公司   | 20余      | 2-4       | 2-4      |          | 是             | 联合     | 联合党支部   |      |
| 戊陶瓷公司   | 12        | 1         | 1        |          | 是             | 联合     | 联合党支部   |      |
| 己陶瓷公司   | 近60      | 不少于3名 | 3        |          | 否             |          |              | 否   |
| 庚陶瓷公司   | 8         |           |          |          | 否             |          |              |      |
| 辛陶瓷公司   | 5         | 0         | 0        |          |                |          |              |      |
"""


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("policy", ["default", "official"])
def test_decisions_are_made_again_from_an_export_alone(
    census: Census, workbook: Workbook, tmp_path: Path, form: export.Format, policy: str
) -> None:
    workbook("柳河镇.xlsx", COUNTY)
    assert census("ingest", "柳河镇.xlsx", "--as-of", "2026-06-30").code == 0
    listed = json.loads(census("gaps", "--list", "--json", "--policy", policy).out)
    assert census("export", "--out", f"全部.{form}").code == 0
    rows = plain(tmp_path / f"全部.{form}", form)
    rules = rulebook.load(policy, date(2026, 6, 30))
    told = [one for facts in records.completed(rows, rules) for one in explain.decisions(facts, rules, Words("zh"))]
    key = ("name", "rule", "advice", "basis", "verdict", "gap", "reason", "facts")
    found = [{name: one[name] for name in key} for one in (json.loads(each.model_dump_json()) for each in told)]
    assert sorted(map(repr, found)) == sorted(repr({name: each[name] for name in key}) for each in listed)
    # Without the ends it would not do: the values alone decide otherwise.
    bare = [{name: None if name[-4:] in ("_min", "_max") else value for name, value in row.items()} for row in rows]
    told = [one for facts in records.completed(bare, rules) for one in explain.decisions(facts, rules, Words("zh"))]
    assert sorted(each.reason for each in told) != sorted(each["reason"] for each in listed)


def plain(path: Path, form: str) -> list[dict[str, Any]]:
    """The records of an export, with values of their types."""
    if form == "parquet":
        return [{**row, "qualifiers": dict(row["qualifiers"] or ())} for row in pq.read_table(path).to_pylist()]
    if form == "jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    whole = {each for each in export.columns() if each.endswith(("_min", "_max", "_row", "_round"))}
    whole |= {*fields_of("count"), *fields_of("star")}

    def value(name: str, text: str) -> Any:
        if text == "":
            return None
        if name in fields_of("flag"):
            return text == "true"
        if name in fields_of("number"):
            return float(text)
        return int(text) if name in whole else json.loads(text) if name == "qualifiers" else text

    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: value(name, text) for name, text in row.items()} for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        (("--out", "全部.csv"), b'\xef\xbb\xbf"name"'),
        (("--out", "全部.CSV"), b'\xef\xbb\xbf"name"'),
        (("--out", "全部.jsonl"), b'{"name"'),
        (("--out", "全部.ndjson"), b'{"name"'),
        (("--out", "全部.json"), b'[\n{"name"'),
        (("--out", "全部.parquet"), b"PAR1"),
        (("--out", "全部.xlsx"), b"PK"),
        (("--out", "全部"), b'{"name"'),
        (("--out", "全部.txt", "--format", "CSV"), b'\xef\xbb\xbf"name"'),
        (("--out", "全部.xlsx", "--format", "xlsx"), b"PK"),
        (("--out", "全部.dat", "--csv"), b'\xef\xbb\xbf"name"'),
    ],
)
def test_a_file_is_what_its_ending_says(
    census: Census, workbook: Workbook, tmp_path: Path, words: tuple[str, ...], starts: bytes
) -> None:
    workbook("柳河镇.xlsx", COUNTY)
    census("ingest", "柳河镇.xlsx")
    assert census("export", *words).code == 0
    assert (tmp_path / words[1]).read_bytes().startswith(starts)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "全部.csv", "--format", "jsonl"), "一致"),
        (("--out", "全部.xlsx", "--csv"), "一致"),
        (("--out", "全部.parquet", "--format", "csv"), "一致"),
        (("--out", "全部.docx"), ".docx"),
        (("--out", "全部.xls"), ".xlsx"),
        (("--format", "excle"), "excle"),
        (("--json", "--csv"), "两种"),
    ],
)
def test_an_ending_that_says_another_thing_is_refused(
    census: Census, workbook: Workbook, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    workbook("柳河镇.xlsx", COUNTY)
    census("ingest", "柳河镇.xlsx")
    ran = census("export", *words)
    assert (ran.code, ran.out) == (2, "") and said in ran.err
    assert not any(path.name.startswith("全部") for path in tmp_path.iterdir())


def test_a_count_that_is_not_exact_is_shown_as_an_interval(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("柳河镇.xlsx", COUNTY)
    census("ingest", "柳河镇.xlsx", "--as-of", "2026-06-30")
    card = census("explain", "甲陶瓷公司").out
    assert "至少101名" in card and "0至6名" in card and " 7名" not in card
    census("report", "--html", "--xlsx", "--out", "页")
    page = next((tmp_path / "页").rglob("*rows*.html")).read_text("utf-8")
    assert "30至50" in page and "至少101" in page and ">30<" not in page
    book = openpyxl.load_workbook(next((tmp_path / "页").rglob("*.xlsx")))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"30至50", "至少101", 12} <= cells and 30 not in cells
