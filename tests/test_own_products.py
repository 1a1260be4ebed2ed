"""Whatever a command makes for people or programs is no survey: each product is made here by running the commands, and
handed in. A new list, page or workbook that nothing tells from a survey fails here."""

import ast
import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import Workbook as Book
from openpyxl import load_workbook

import coverage_census
from coverage_census.cli import app
from coverage_census.console import out
from coverage_census.files import xlsx
from coverage_census.ingest.grid import Grid
from coverage_census.ingest.layout import own_products
from coverage_census.report import render
from coverage_census.words.catalogue import LANGS, Words
from kit import Census, Workbook

SOURCES = Path(coverage_census.__file__).parent
COUNTY = """
| 柳河镇两新组织台账（截至2026年3月31日） | | | | | | | | | |
| 单位名称 | 村 | 所属行业 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 工会 | 党建指导员 |
| 甲陶瓷有限公司 | 东村 | 制造业 | 60 | 4 | 4 | 否 | | 否 | 0 |
| 乙陶瓷有限公司 | 东村 | 制造业 | 30-50 | 2 | 2 | 否 | | 否 | 0 |
| 丙陶瓷有限公司 | 东村 | 制造业 | 12 | 2 | 2 | 否 | | 否 | 0 |
| 丁陶瓷有限公司 | 西村 | 零售业 | 8 | 0 | 0 | 否 | | 否 | 0 |
| 戊陶瓷有限公司 | 西村 | 零售业 | 25 | 3 | 3 | 是 | 单独组建 | 是 | 1 |
| 己陶瓷有限公司 | 西村 | 零售业 | 25 | | | | | | |
"""
LISTS = """
check 柳河镇.xlsx
gaps
gaps --list
indicators
indicators --list overall_rate
indicators --more
indicators --names
indicators --claims 讲话.txt
rules list
rules check
rules compare default official
diff
missing
missing --list
tasks
tasks --list
plan joint --keep
plan liaison --instructors 人才库.xlsx
plan mass
plan list
plan show
plan compare 3 now
fill 空表.xlsx
rounds
rounds --trend
reconcile 名册.xlsx --register union
reconcile --list 漏报
diff --campaign
verify
report --trace 27:R1C1
"""
WORDED = ("gaps", "diff", "missing", "missing --list", "tasks", "tasks --list", "rounds", "verify")
FILES = """
report --html --xlsx --docx --annual
tasks --html --xlsx
missing --xlsx
plan joint --xlsx
"""
READ_BACK = {"export", "template", "fill", "sample", "init"}
"""Commands of which what they write is handed in again."""
SAY_ONLY = {"ingest", "doctor", "undo", "run", "explain"}
"""What these say is prose, a digest, the list of `check`, or a document of JSON alone."""


_MADE = list[Path]()


@pytest.fixture
def county(census: Census, workbook: Workbook, tmp_path: Path) -> Census:
    """Two periods; made once and copied."""
    if _MADE:
        shutil.copytree(_MADE[0], tmp_path, dirs_exist_ok=True)
        return census
    census("init", ".")
    census("ingest", workbook("柳河镇.xlsx", COUNTY), "--no-returns")
    later = COUNTY.replace("甲陶瓷", "甲新陶瓷").replace("3月31", "6月30")
    census("ingest", workbook("柳河镇二.xlsx", later), "--no-returns")
    workbook("空表.xlsx", "| 两新组织党建情况统计表 | | |\n| 单位名称 | 从业人员 | 正式党员 |\n| | | |")
    workbook("名册.xlsx", "| 基层工会名称 | 会员数 |\n| 甲陶瓷有限公司工会 | 9 |\n| 无此单位有限公司工会 | 3 |")
    settings = (tmp_path / "census.toml").read_text(encoding="utf-8")
    campaign = '[campaign]\nname = "攻坚"\nfrom = 2026-03-31\nto = 2027-12-31\ntarget = "90%"\n'
    (tmp_path / "census.toml").write_text(settings.replace("[campaign]\n", campaign, 1), encoding="utf-8")
    (tmp_path / "讲话.txt").write_text("全县两新组织6家，总体组建率20%。", encoding="utf-8")
    census("template", "--instructors", "--out", "人才库.xlsx")
    _MADE.append(Path(shutil.copytree(tmp_path, tmp_path.with_name(tmp_path.name + "_kept"))))
    return census


def lines_calling(name: str) -> set[tuple[str, int]]:
    """File and line of every call of `….name(…)`."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                found.add((path.name, node.lineno))
    return found


def refused(census: Census, *files: Path | str) -> dict[str, list[str]]:
    """File → the codes that kept it out; a file that may enter has none."""
    told = json.loads(census("check", *files, "--json").out)["files"]
    return {
        each["file"]: [one["code"] for one in each["problems"] if one["level"] == "error"]
        for each in told
        if not any(sheet["data_rows"] for sheet in each["sheets"])
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_list_is_told(county: Census, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """Of those in English the ones whose headings are words; every list is made in Chinese."""
    called, as_csv = set[tuple[str, int]](), out.as_csv

    def noted(*given: Any) -> None:
        frame = sys._getframe(1)
        called.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        as_csv(*given)

    monkeypatch.setattr(out, "as_csv", noted)
    made = []
    for number, line in enumerate(LISTS.strip().splitlines() if lang == "zh" else WORDED):
        ran = county(*line.split(), "--csv", "--lang", lang)
        assert ran.out, (line, ran)
        made.append(tmp_path / f"表{number}.csv")
        made[-1].write_text(ran.out, encoding="utf-8", newline="")
    told = refused(county, *made)
    assert {f"{each.name}": told.get(each.name) for each in made if not _own(told.get(each.name, []))} == {}
    if lang != "zh":
        return
    near = {(file, line + more) for file, line in called for more in range(-6, 7)}
    assert lines_calling("as_csv") - near == set(), "a list that no line of LISTS makes"


def _own(codes: list[str]) -> bool:
    return len(codes) == 1 and codes[0].startswith("own_")


def test_json_of_every_command_is_refused(county: Census, tmp_path: Path) -> None:
    made = []
    for number, line in enumerate([
        "gaps",
        "gaps --list",
        "indicators",
        "tasks --list",
        "missing",
        "plan joint",
        "run",
    ]):
        made.append(tmp_path / f"数{number}.json")
        made[-1].write_text(county(*line.split(), "--json").out, encoding="utf-8")
    told = refused(county, *made)
    assert told == {each.name: ["no_export"] for each in made}


def test_every_command_is_looked_at() -> None:
    """A new command is put into LISTS or FILES, or among those that are read back or only speak."""
    known = {line.split()[0] for line in (LISTS.strip() + FILES.rstrip()).splitlines()}
    assert set(app.build(Words("zh")).commands) - known == READ_BACK - {"fill"} | SAY_ONLY  # type: ignore[attr-defined]


_PRODUCTS = dict[str, list[Path]]()


def products(census: Census, tmp_path: Path, lang: str = "zh") -> list[Path]:
    """What FILES make; made once in each language."""
    if lang not in _PRODUCTS:
        before = set(tmp_path.rglob("*"))
        for line in FILES.strip().splitlines():
            assert census(*line.split(), "--lang", lang).code == 0, line
        suffixes = {".xlsx", ".html", ".docx"}
        _PRODUCTS[lang] = sorted(each for each in set(tmp_path.rglob("*")) - before if each.suffix in suffixes)
    return _PRODUCTS[lang]


def test_every_file_is_told(county: Census, tmp_path: Path) -> None:
    made = products(county, tmp_path)
    assert len(made) >= 9
    before = county("rounds", "--json").out
    ran = county("ingest", *made, "--json")
    assert ran.code == 3
    assert county("rounds", "--json").out == before
    told = refused(county, *made)
    assert set(told) == {each.name for each in made}
    for suffix, code in ((".html", "own_page"), (".docx", "not_a_spreadsheet")):
        assert {one for name, codes in told.items() if name.endswith(suffix) for one in codes} == {code}


@pytest.mark.parametrize("lang", LANGS)
def test_one_tab_alone_is_told_by_its_headings(county: Census, tmp_path: Path, lang: str) -> None:
    """Saved as csv by a person, or copied into a workbook of its own: no mark, no other sheets."""
    left = []
    for path in products(county, tmp_path, lang):
        for name, rows in _tabs(path):
            if _holds_organisations(rows, lang) and own_products.of_sheet(Grid(name, rows)) is None:
                left.append(f"{path.name} {name}")
    assert left == []


def _tabs(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    if path.suffix == ".html":
        tables = html.parse(str(path)).getroot().iter("table")
        rows = [[cell.text_content() for cell in row] for table in tables for row in table.iter("tr")]
        yield "页", rows
    if path.suffix == ".xlsx":
        for sheet in load_workbook(path):
            yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]


def _holds_organisations(rows: list[list[Any]], lang: str) -> bool:
    """Whether a sheet names organisations, each in a row of its own."""
    cells = {str(cell) for row in rows for cell in row if cell is not None}
    return any(each in cells for each in ("乙陶瓷有限公司", "丙陶瓷有限公司", "己陶瓷有限公司"))


def test_a_copied_tab_beside_a_survey_stays_outside(county: Census, tmp_path: Path) -> None:
    book = next(
        each for each in products(county, tmp_path) if each.name.startswith("coverage") and each.suffix == ".xlsx"
    )
    copied = Book()
    survey: Any = copied.active
    survey.title = "台账"
    for row in (["单位名称", "从业人员", "正式党员", "是否建立党组织"], ["壬陶瓷有限公司", 12, 3, "否"]):
        survey.append(row)
    for sheet in load_workbook(book):
        tab = copied.create_sheet(sheet.title + "复制")
        for cells in sheet.iter_rows(values_only=True):
            tab.append(cells)
    copied.save(tmp_path / "报表.xlsx")
    told = json.loads(county("check", "报表.xlsx", "--json").out)["files"][0]
    assert {each["sheet"]: each["data_rows"] for each in told["sheets"] if each["data_rows"]} == {"台账": 1}
    assert "own_coverage" in {each["code"] for each in told["problems"]}


def test_every_workbook_that_is_made_says_what_it_is() -> None:
    """One that bears no mark is on the list of those that are read back."""
    unmarked = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "xlsx.workbook" and len(node.args) == 1:
                unmarked.add(str(path.relative_to(SOURCES)))
    assert unmarked == {
        "ledger/export_workbook.py",
        "returns/pairs.py",
        "returns/register_review.py",
        "template/workbook.py",
        "template/instructors.py",
    }


def test_every_page_bears_the_mark() -> None:
    folder = render.our_templates()
    for path in folder.glob("*.html.j2"):
        text = path.read_text(encoding="utf-8")
        assert "{% extends" in text or path.name in ("base.html.j2", "parts.html.j2"), path.name
    base = (folder / "base.html.j2").read_text(encoding="utf-8")
    assert f'<meta name="{xlsx.MARK}" content="page">' in base


SURVEYS = [
    ["序号", "单位名称", "乡镇", "从业人员", "正式党员", "是否建立党组织", "组建方式", "责任单位", "期限"],
    ["单位名称", "统一社会信用代码", "党员总数", "未建原因", "组建建议", "备注"],
    ["乡镇", "单位数", "已建", "未建", "覆盖率"],
    ["县", "乡镇", "单位名称", "选派理由", "党建工作指导员", "方式"],
    ["单位名称", "类别", "人数", "是否建立工会", "建会方式", "牵头单位"],
    ["name", "uscc", "township", "members_total", "has_org"],
]


@pytest.mark.parametrize("head", SURVEYS)
def test_what_townships_write_is_not_ours(head: list[Any]) -> None:
    assert own_products.of_sheet(Grid("台账", [list(head), ["柳河甲厂", *head[1:]]])) is None


def test_marks_outlive_other_formats(county: Census, tmp_path: Path) -> None:
    """As LibreOffice writes them; WPS keeps names and properties likewise."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    county("tasks", "--xlsx", "--out", tmp_path / "o")
    [book] = (tmp_path / "o").glob("*.xlsx")
    for form in ("xls", "ods"):
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        subprocess.run([office, home, "--headless", "--convert-to", form, "--outdir", tmp_path / "p", book],
                       check=True, capture_output=True, timeout=120)  # fmt: skip
    for path in (tmp_path / "p").iterdir():
        assert own_products.marked(path.read_bytes()) == "tasks", path.name


def test_a_list_keeps_its_headings_through_a_spreadsheet(county: Census, tmp_path: Path) -> None:
    """A person opened the CSV, put a title above it and saved it as a workbook."""
    rows = list(csv.reader(io.StringIO(county("gaps", "--list", "--csv").out.removeprefix("\ufeff"))))
    book = Book()
    sheet: Any = book.active
    for row in [["柳河镇缺口（6月）"], [], *rows]:
        sheet.append(row)
    book.save(tmp_path / "缺口.xlsx")
    assert refused(county, "缺口.xlsx") == {"缺口.xlsx": ["own_listing"]}
