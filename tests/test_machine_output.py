"""stdout is the document: with --json and --csv every command prints one document there and nothing else.

`make test-newest` runs this file with the newest releases of all libraries, which now and then greet on stdout; what
they print below Python is seen too, for the fixture `census` looks at the file descriptors.
"""

import csv
import io
import json
from pathlib import Path

import pytest

from coverage_census.ledger import export
from coverage_census.model import tables
from kit import Census, Workbook

COUNTY = """
| 单位名称       | 村   | 所属行业 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 工会 | 党建指导员 |
| 甲陶瓷有限公司 | 东村 | 制造业   | 60       | 4        | 4        | 否             |          | 否   | 0          |
| 乙陶瓷有限公司 | 东村 | 制造业   | 30-50    | 2        | 2        | 否             |          | 否   | 0          |
| 丙陶瓷有限公司 | 东村 | 制造业   | 12       | 2        | 2        | 否             |          | 否   | 0          |
| 丁陶瓷有限公司 | 西村 | 零售业   | 8        | 0        | 0        | 否             |          | 否   | 0          |
| 戊陶瓷有限公司 | 西村 | 零售业   | 25       | 3        | 3        | 是             | 单独组建 | 是   | 1          |
"""
JSON = """
check 柳河镇.xlsx
doctor 柳河镇.xlsx
ingest 柳河镇.xlsx
ingest 柳河镇.xlsx --dry-run
gaps
gaps --list
gaps --county
explain 甲陶瓷有限公司
indicators
indicators --list overall_rate
indicators --more
indicators --names
rules list
rules show
rules check
rules compare default official
diff
missing
missing --list
tasks
tasks --list
plan joint
plan joint --keep
plan joint --xlsx
plan liaison
plan mass
plan list
plan show
plan compare 1 now
rounds
rounds --trend
verify
export
report --trace 27:R8C1
run
undo 2
"""
NO_CSV = {
    "doctor", "ingest 柳河镇.xlsx --dry-run", "run", "undo", "plan compare", "rules show", "plan show", "report",
}  # fmt: skip


@pytest.fixture
def county(census: Census, workbook: Workbook) -> Census:
    """Two rounds: a plan is kept in the second, so that it has a number."""
    census("init", ".")
    census("ingest", workbook("柳河镇.xlsx", COUNTY), "--as-of", "2026-03-31")
    census("ingest", workbook("柳河镇二.xlsx", COUNTY.replace("甲陶瓷", "甲新陶瓷")), "--as-of", "2026-06-30")
    return census


def document(text: str) -> object:
    """The one JSON document; what stands before or behind it is an error."""
    found = json.loads(text)
    assert text.lstrip()[:1] in "[{" and text.endswith(("]\n", "}\n"))
    return found


def test_json_is_one_document_and_nothing_else(county: Census, workbook: Workbook) -> None:
    for line in JSON.strip().splitlines():
        ran = county(*line.split(), "--json")
        if ran.code in {0, 3, 4}:
            assert isinstance(document(ran.out), list | dict), line
        else:
            assert ran.out == "", line
        assert ran.code in {0, 3} or line in {"plan compare 1 now", "plan liaison"}, (line, ran)


def test_csv_is_one_table_and_nothing_else(county: Census) -> None:
    for line in JSON.strip().splitlines():
        if any(line.startswith(each) for each in NO_CSV):
            continue
        ran = county(*line.split(), "--csv")
        assert ran.code in {0, 3} or line == "plan liaison", (line, ran)
        if not ran.out:
            continue
        assert ran.out.startswith("\ufeff"), line
        head, *rows = [row for row in csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"))) if row]
        assert len(head) > 1 and all(len(row) == len(head) for row in rows), line


def test_exports_are_records_and_nothing_else(county: Census) -> None:
    rows = [json.loads(line) for line in county("export").out.splitlines()]
    assert [each["name"] for each in rows] and all(set(each) >= {"employees_min", "name"} for each in rows)
    assert len(tables.schema().names) + len(export.REPORTED) == len(rows[0])


def test_nothing_but_paths_and_notes_where_files_are_made(county: Census, tmp_path: Path) -> None:
    ran = county("report", "--html", "--xlsx", "--docx", "--annual")
    assert ran.code == 0 and Path(ran.out.splitlines()[-1].split("：")[-1].strip()).suffix in {
        ".html",
        ".xlsx",
        ".docx",
    }
    assert not any(mark in ran.out for mark in ("HiGHS", "Copyright", "Warning"))
