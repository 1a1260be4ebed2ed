"""Settings that decide how a sheet is read change: it is read anew, and the receipt says which figures moved."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import run_case
from coverage_census.cli import main as cli
from coverage_census.ledger import verify
from coverage_census.ledger.intake import intake
from coverage_census.model.reading import FileReading, SheetReading
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
    again = census("ingest", entered).out
    assert "没有变化" in again and "重新读取" not in again, again  # what moved is told once
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


class Office:
    """An inbox of two quarters and two townships; `night` is a run of that day."""

    def __init__(self, folder: Path, run: Callable[..., Any], set_clock: Callable[[str], None]) -> None:
        self.folder, self.run, self.set_clock = folder, run, set_clock

    def begin(self) -> None:
        self.run("init")
        settings(self.folder, "[run]\nreports = []\n\n[columns]\n")
        for town, names in (("柳河镇", "甲乙"), ("石桥镇", "丙丁")):
            self.sheet(town, "二季度", "2026年6月30日", 40, names)
        self.night("2026-07-02")
        self.sheet("柳河镇", "三季度", "2026年9月30日", 50, "甲")
        self.night("2026-10-02")

    def sheet(self, town: str, quarter: str, day: str, staff: int, names: str) -> None:
        rows = "\n".join(f"| {name}食品有限公司 | {staff} | 3 | 0 | 否 |" for name in names)
        table = f"| {town}两新组织台账 |\n| 截止日期：{day} |\n| {' | '.join(HEAD)} |\n{rows}"
        run_case.book(self.folder / "inbox" / f"{town}{quarter}.xlsx", table)

    def night(self, day: str, *words: str) -> Any:
        self.set_clock(f"{day}T09:00:00+08:00")
        return self.run("run", *words)

    def set(self, text: str, old: str = "[columns]\n") -> None:
        toml = self.folder / "census.toml"
        toml.write_text(toml.read_text(encoding="utf-8").replace(old, text), encoding="utf-8")

    def staff(self, *words: str) -> dict[str, int | None]:
        found = map(json.loads, self.run("export", *words).out.splitlines())
        return {each["name"][0]: each["employees"] for each in found}

    def digest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "reports" / "digest.json").read_text(encoding="utf-8"))
        return found


@pytest.fixture(scope="module")
def two_quarters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office, made once for all tests."""
    folder = tmp_path_factory.mktemp("office")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Office(folder, lambda *words: cli.run(list(words)), lambda now: patch.setenv("CENSUS_NOW", now)).begin()
    return folder


@pytest.fixture
def office(two_quarters: Path, census: Census, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    shutil.copytree(two_quarters, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path, census, lambda now: monkeypatch.setenv("CENSUS_NOW", now))


@pytest.mark.parametrize("archived", [False, True])
def test_every_period_is_read_again_wherever_its_files_lie(office: Office, census: Census, archived: bool) -> None:
    if archived:
        office.night("2026-10-03", "--archive")
        office.sheet("柳河镇", "二季度", "2026年10月31日", 60, "甲")  # another file under the old name
        office.night("2026-11-02", "--archive")
    before = {each["township"]: each["first_on"] for each in document(census, "missing", "--round", "2026Q2")}
    office.set(COLUMNS)
    ran = office.night("2026-11-20")
    assert ran.code == 0, ran.out
    assert office.staff("--round", "2026Q2") == {"甲": 40, "乙": 40, "丙": 40, "丁": 40}
    assert office.staff("--round", "2026Q3") == {"甲": 50, "乙": 40, "丙": 40, "丁": 40}
    assert office.staff() == {"甲": 60 if archived else 50, "乙": 40, "丙": 40, "丁": 40}
    assert "合计 0 → 160（截止 2026-06-30）" in ran.out, ran.out
    assert f"合计 0 → {180 if archived else 170}" in ran.out
    assert len(office.digest()["read_again"]) == (4 if archived else 3)
    assert office.digest()["accepted"] == []
    after = {each["township"]: each["first_on"] for each in document(census, "missing", "--round", "2026Q2")}
    assert after == before == {"柳河镇": "2026-07-02", "石桥镇": "2026-07-02"}
    count = len(rounds(census))
    assert office.night("2026-11-21").out == ""
    assert len(rounds(census)) == count
    assert not verify.verify(office.folder / "ledger").damage


def test_the_receipt_of_ingest_reads_the_rest_again_too(office: Office, census: Census, workbook: Workbook) -> None:
    office.night("2026-10-03", "--archive")
    office.set(COLUMNS)
    newer = sheet(workbook, "新表.xlsx", "2026年10月31日", 70, "甲食品有限公司")
    ran = census("ingest", newer)
    assert "合计 0 → 160（截止 2026-06-30）" in ran.out, ran.out
    assert office.staff() == {"甲": 70, "乙": 40, "丙": 40, "丁": 40}
    assert office.staff("--round", "2026Q2")["甲"] == 40


def test_a_file_that_is_gone_is_named_until_it_is_there(office: Office, census: Census) -> None:
    kept = (office.folder / "inbox" / "石桥镇二季度.xlsx").read_bytes()
    (office.folder / "inbox" / "石桥镇二季度.xlsx").unlink()
    office.set(COLUMNS)
    ran = office.night("2026-11-20")
    assert ran.code == 3 and "石桥镇二季度.xlsx" in ran.out and "放回 inbox" in ran.out
    assert office.staff()["丙"] is None
    assert office.night("2026-11-20").out == ""
    (office.folder / "inbox" / "放回.xlsx").write_bytes(kept)
    assert office.night("2026-11-21").code == 0
    assert office.staff() == {"甲": 50, "乙": 40, "丙": 40, "丁": 40} == office.staff("--round", "2026Q3")
    assert {each["first_on"] for each in document(census, "missing", "--round", "2026Q2")} == {"2026-07-02"}


@pytest.mark.parametrize("lost", [False, True])
def test_another_county_holds_the_same_organisations(office: Office, census: Census, lost: bool) -> None:
    office.set('county = "云岭"\n\n[run]\n', "[run]\n")
    office.night("2026-10-03", "--archive")
    assert {each["county"] for each in records(census)} == {"云岭"}
    if lost:
        shutil.rmtree(office.folder / "inbox" / "已处理")
    office.set('county = "北川县"', 'county = "云岭"')
    office.sheet("柳河镇", "四季度", "2026年10月31日", 60, "甲")
    ran = office.night("2026-11-20")
    assert [(each["name"][0], each["county"]) for each in records(census)] == [(each, "北川县") for each in "甲乙丙丁"]
    assert "北川县" in ran.out.split("单位：")[0].split("\n", 1)[1], ran.out
    assert [each["county"] for each in document(census, "missing", "--round", "2026Q2")] == ["北川县", "北川县"]
    assert {each["named"] for each in document(census, "missing", "--round", "2026Q2")} == {2}
    assert office.night("2026-11-21").out == ""


def test_what_people_corrected_stands(office: Office, census: Census, workbook: Workbook) -> None:
    from coverage_census.ledger.write import next_round as ledger
    from coverage_census.model.reading import Subject
    from coverage_census.model.rounds import Entry, EntryKind

    mended = [
        Entry(
            kind=EntryKind.CORRECTION,
            who="办公室",
            when="2026-10-05",
            field="employees",
            new=new,
            subject=Subject(name=f"{name}食品有限公司", township=town),
        )
        for name, town, new in (
            ("甲", "柳河镇", 98),
            ("丙", "石桥镇", 99),
        )  # the period's own sheet, an older one
    ]
    ledger.record(office.folder / "ledger", mended, now=datetime(2026, 10, 5, tzinfo=UTC), tool="0")
    office.set(COLUMNS)
    office.night("2026-11-20")
    assert office.staff() == {"甲": 98, "乙": 40, "丙": 99, "丁": 40}
    assert office.staff("--round", "2026Q2") == {"甲": 40, "乙": 40, "丙": 40, "丁": 40}


def test_two_quarters_in_one_workbook(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    tabs = {
        name: f"柳河镇两新组织台账\n截止日期：{day}\n{' | '.join(HEAD)}\n甲食品有限公司 | {staff} | 3 | 0 | 否"
        for name, day, staff in (("二季度", "2026年6月30日", 40), ("三季度", "2026年9月30日", 50))
    }
    path = workbook("柳河镇.xlsx", tabs)
    census("ingest", path)
    settings(tmp_path, COLUMNS)
    census("ingest", path)
    assert record(census, "甲食品有限公司")["employees"] == 50
    assert json.loads(census("export", "--round", "2026Q2").out)["employees"] == 40


def test_a_column_that_is_no_longer_one_is_forgotten(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    settings(tmp_path, '[columns]\n"星牌" = "venue"\n')
    rows = [("甲食品有限公司", 40, 3, "是")]
    head = ("单位名称", "从业人员", "正式党员", "星牌")
    for quarter, day in (("二季度", "2026年6月30日"), ("三季度", "2026年9月30日")):
        path = book(workbook, f"报表/{quarter}.xlsx", "柳河镇两新组织台账", day, rows, head)
        census("ingest", path)
    assert record(census, "甲食品有限公司")["venue"] is True
    settings(tmp_path, "")
    ran = census("ingest", tmp_path / "报表")
    assert "“是” 1 → 0 家" in ran.out, ran.out
    assert record(census, "甲食品有限公司")["venue"] is None
    assert json.loads(census("export", "--round", "2026Q2").out)["venue"] is None


def test_how_a_forgotten_value_was_known_is_forgotten_too(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    """Beside one whose count stays known."""
    settings(tmp_path, COLUMNS)
    head = ("单位名称", "从业人员", *HEAD[2:])
    other = book(workbook, "石桥镇.xlsx", "石桥镇两新组织台账", DAY, [("乙食品有限公司", 40, 3, 0, "否")], head)
    path = book(workbook, "柳河镇.xlsx", "柳河镇两新组织台账", DAY, [("甲食品有限公司", "约50人", 3, 0, "否")], HEAD)
    census("ingest", other, path)
    assert record(census, "甲食品有限公司")["qualifiers"]["employees"] == "approx"
    settings(tmp_path, "")
    census("ingest", path)
    forgotten = record(census, "甲食品有限公司")
    assert (forgotten["employees"], forgotten["employees_min"]) == (None, None)
    assert "employees" not in forgotten["qualifiers"]


def test_what_is_read_again_goes_first_the_newest_before_the_older() -> None:
    days = {"一季度": "2026-03-31", "二季度": "2026-06-30", "三季度": "2026-09-30", "新报": "2026-12-31"}
    files = tuple(
        FileReading(file=name, format="xlsx", sha256=name, sheets=(
            SheetReading(sheet="表", kind="ledger", data_rows=1, speaks_for=day),
        ))
        for name, day in days.items()
    )  # fmt: skip
    columns = {"source_file": list(days), "source_sheet": ["表"] * 4, "county": [None] * 4}
    table = pa.table(columns | {"township": ["柳河镇"] * 4, "kind": ["enterprise"] * 4})
    made = intake.steps(intake.Intake(table, files, again=frozenset({"一季度", "二季度", "三季度"})))
    assert [step.table["source_file"].to_pylist() for step in made] == [["三季度"], ["二季度"], ["一季度"], ["新报"]]
