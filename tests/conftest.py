"""What all tests share: small tables in a test become workbooks, and `census` runs as typed in a folder of its own."""

import gc
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from coverage_census.cli import main as cli
from coverage_census.ingest.jail import parent
from kit import Census, Golden, Ran, Workbook, cells
from nursery import Nursery

gc.set_threshold(cli._SELDOM)  # as `census` does at its start: looking for cycles took a twentieth of all tests
CLOCK = "2026-11-21T09:00:00+08:00"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept-golden", action="store_true", help="write what the tests found into tests/golden/")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden("report_zh.html", text)`: equal to tests/golden/…; else what was found lies in build/golden/."""

    def compare(name: str, found: str) -> None:
        expected = Path(__file__).with_name("golden") / name
        actual = Path(__file__).parents[1] / "build" / "golden" / name
        if request.config.getoption("--accept-golden"):
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(found, encoding="utf-8", newline="\n")
        if not expected.is_file() or expected.read_text(encoding="utf-8") != found:
            actual.parent.mkdir(parents=True, exist_ok=True)
            actual.write_text(found, encoding="utf-8", newline="\n")
            pytest.fail(f"tests/golden/{name} differs: look at build/golden/{name}, accept with `make golden`")

    return compare


@pytest.fixture(scope="session", autouse=True)
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Children of the jail come by fork: their imports would be a third of all that the tests take."""
    with Nursery(tmp_path_factory.mktemp("nursery")) as found, pytest.MonkeyPatch.context() as patch:
        patch.setattr(parent, "COMMAND", found.command)
        yield


@pytest.fixture
def real_jail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children as users have them."""
    monkeypatch.setattr(parent, "COMMAND", parent.child("coverage_census.ingest.jail.child"))


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """`workbook("文峰镇.xlsx", "| 单位名称 | … |")` or `workbook(name, {"企业": table, …})`: a file in tmp_path."""

    def make(name: str, sheets: str | Mapping[str, str], merges: Mapping[str, list[str]] | None = None) -> Path:
        from openpyxl import Workbook as Book

        book = Book()
        book.remove(book.worksheets[0])
        for title, table in ({"Sheet1": sheets} if isinstance(sheets, str) else sheets).items():
            sheet = book.create_sheet(title)
            for row in cells(table):
                sheet.append(row)
            for area in (merges or {}).get(title, []):
                sheet.merge_cells(area)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return make


@pytest.fixture
def census(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Census:
    """`census("gaps", "--county")` in tmp_path, with a fixed clock and in Chinese unless it says otherwise."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CENSUS_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CENSUS_NOW", CLOCK)
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: Any) -> Ran:
        capfd.readouterr()
        code = cli.run([str(word) for word in words])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
