"""Settings that decide how a sheet is read change: it is read anew, and the receipt says which figures moved."""

from pathlib import Path

import pytest

from kit import Census, Workbook
from stories_case import book, document, record, records

HEAD = ("单位名称", "用工数额", "正式党员", "预备党员", "是否建立党组织")
DAY = "2025年3月31日"
COLUMNS = '[columns]\n"用工数额" = "employees"\n'


@pytest.fixture
def entered(census: Census, workbook: Workbook) -> Path:
    path = sheet(workbook, "柳河镇.xlsx", DAY, 40, "甲食品有限公司", "乙食品有限公司")
    assert census("ingest", path).code == 0
    return path


def sheet(workbook: Workbook, file: str, day: str | None, staff: int, *names: str) -> Path:
    rows = [(name, staff, 3, 0, "否") for name in names]
    return book(workbook, file, "柳河镇两新组织台账", day, rows, HEAD)


def settings(folder: Path, text: str) -> None:
    (folder / "census.toml").write_text(text, encoding="utf-8")


def rounds(census: Census) -> list[dict[str, object]]:
    found = document(census, "rounds")
    return list(found)


def test_a_line_under_columns(entered: Path, census: Census, tmp_path: Path) -> None:
    assert record(census, "甲食品有限公司")["employees"] is None
    settings(tmp_path, COLUMNS)
    ran = census("ingest", entered)
    assert record(census, "甲食品有限公司")["employees"] == 40
    assert "重新读取：“从业人员”原来 0 家有数，现在 2 家有数，2 家有变化" in ran.out, ran.out
    assert "正式党员" not in ran.out
    count = len(rounds(census))
    assert "没有变化" in census("ingest", entered).out
    assert len(rounds(census)) == count == 2


def test_a_line_that_is_taken_back(entered: Path, census: Census, tmp_path: Path) -> None:
    settings(tmp_path, COLUMNS)
    census("ingest", entered)
    settings(tmp_path, '[columns]\n"用工数额" = "female_employees"\n')
    census("ingest", entered)
    found = record(census, "甲食品有限公司")
    assert (found["female_employees"], found["employees"]) == (40, None)


def test_a_county_in_settings(entered: Path, census: Census, tmp_path: Path) -> None:
    settings(tmp_path, 'county = "云岭县"\n')
    assert "“县（市、区）”原来 0 家有数，现在 2 家有数" in census("ingest", entered).out
    assert {each["county"] for each in records(census)} == {"云岭县"}
    settings(tmp_path, 'county = "北川县"\n')
    census("ingest", entered)
    assert {each["county"] for each in records(census)} == {"北川县"}
    assert len(records(census)) == 2


@pytest.mark.parametrize("text", ['[columns]\n"别的栏" = "employees"\n', 'policy = "official"\n', COLUMNS])
def test_what_does_not_concern_a_file_changes_nothing(
    text: str, census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    rows = [("甲食品有限公司", 40, 3)]
    path = book(workbook, "柳河镇.xlsx", "岳西县柳河镇台账", DAY, rows, ("单位名称", "从业人员", "正式党员"))
    census("ingest", path)
    settings(tmp_path, text)
    assert "没有变化" in census("ingest", path).out
    assert len(rounds(census)) == 1


def test_a_newer_sheet_stays(entered: Path, census: Census, workbook: Workbook, tmp_path: Path) -> None:
    newer = sheet(workbook, "二季度.xlsx", "2025年6月30日", 50, "甲食品有限公司")
    census("ingest", newer)
    settings(tmp_path, COLUMNS)
    census("ingest", entered, newer)
    assert [record(census, f"{name}食品有限公司")["employees"] for name in "甲乙"] == [50, 40]


def test_it_stays_in_its_period(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    path = sheet(workbook, "柳河镇.xlsx", None, 40, "甲食品有限公司")
    census("ingest", path, "--round", "2025Q1", "--as-of", "2025-03-31")
    settings(tmp_path, COLUMNS)
    census("ingest", path)
    assert {(each["name"], each["as_of"]) for each in rounds(census)} == {("2025Q1", "2025-03-31")}


def test_an_inbox(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("init")
    sheet(workbook, "inbox/柳河镇.xlsx", DAY, 40, "甲食品有限公司")
    census("run")
    toml = tmp_path / "census.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("[columns]\n", COLUMNS), encoding="utf-8")
    assert census("run").code == 0
    assert record(census, "甲食品有限公司")["employees"] == 40
    census("run")
    assert len(rounds(census)) == 2


def test_a_guess_that_was_remembered(census: Census, workbook: Workbook) -> None:
    census("init")
    rows = [("甲食品有限公司", 40, 3)]
    path = book(workbook, "柳河镇.xlsx", "柳河镇台账", DAY, rows, ("单位名称", "从业人员数目", "正式党员"))
    census("ingest", path)
    census("check", path, "--remember")
    census("ingest", path)
    assert record(census, "甲食品有限公司")["employees"] == 40
