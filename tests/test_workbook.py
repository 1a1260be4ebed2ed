"""The ledger workbook (台账): what stands in its sheets, that its totals are formulas with their values, and that
whatever a township writes into a name stays text."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from coverage_census.report.workbook import book as books
from coverage_census.report.workbook import organisations
from coverage_census.report.workbook.organisations import OrganisationStanding
from coverage_census.report.workbook.sheets import HIGHEST, MOST_CHARACTERS, SheetNames, lines
from kit import Census, Workbook, cells
from report_case import GENERATED, ZH, area, county, decision

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

SOFFICE = shutil.which("soffice")
SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "yuexi"
HEAD = "| 单位名称 | 单位类别 | 乡镇 | 职工人数 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 |"
ROW = "| {name} | 非公有制企业 | {township} | 30 | 4 | 4 | 否 | |"
HOSTILE = (
    '=HYPERLINK("http://example.invalid","x")',
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1)",
    "{{7*7}}",
    "<script>alert(1)</script>",
    "http://example.invalid/",
    "internal:汇总!A1",
    "0012",
    "甲" * 40_000,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample county's workbook in both languages."""
    from coverage_census.cli import main as cli

    folder = tmp_path_factory.mktemp("county")
    assert cli.run(["ingest", str(SAMPLE), "--no-returns", "--workspace", str(folder)]) in (0, 3)
    for lang in ("zh", "en"):
        asked = ["report", "--xlsx", "--lang", lang, "--out", str(folder / lang), "--workspace", str(folder)]
        assert cli.run(asked) == 0
    return {lang: folder / lang / "coverage.xlsx" for lang in ("zh", "en")}


def _book(path: Path, values: bool = False) -> Any:
    return load_workbook(path, data_only=values)


def _table(path: Path, head: str, rows: list[str]) -> Path:
    """A csv file: no spreadsheet program has had a say in what its cells hold."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([
            ["" if cell is None else cell for cell in row] for row in cells("\n".join([head, *rows]))
        ])
    return path


def _xlsx(census: Census, *more: str) -> Any:
    ran = census("report", "--xlsx", *more)
    assert ran.code == 0, ran.err
    return _book(Path(ran.out.splitlines()[-1]))


def test_its_sheets_in_their_order(made: dict[str, Path]) -> None:
    names = _book(made["zh"]).sheetnames
    assert names[:4] == ["汇总", "图表", "指标", "缺口清单"]
    assert names[-2:] == ["口径", "数据来源"]
    assert len([name for name in names if name.endswith(("镇", "乡"))]) == 24


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_list_can_be_read_filtered_and_printed(made: dict[str, Path], lang: str) -> None:
    book = _book(made[lang])
    for sheet in book:
        assert sheet.page_setup.paperSize in {"8", "9", 8, 9}, sheet.title
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0), sheet.title
        assert sheet.print_area, sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title
    lists = [sheet for sheet in book if sheet.title not in {"图表", "Chart", "口径", "Rules"}]
    for sheet in lists:
        assert sheet.freeze_panes, sheet.title
        assert sheet.auto_filter.ref or "task" in sheet.title.lower(), sheet.title
        assert sheet.print_title_rows, sheet.title


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_head_is_broken_and_no_row_is_too_low(made: dict[str, Path], lang: str) -> None:
    """A word of a heading fits its column; a row is as high as its longest text needs."""
    from openpyxl.utils import get_column_letter

    from coverage_census.words.width import width

    book = _book(made[lang])
    for sheet in (each for each in book if each.title in book.sheetnames[2:]):
        head = 2 if sheet.title in {"口径", "Rules"} else 1
        for cell in sheet[head]:
            wide = sheet.column_dimensions[get_column_letter(cell.column)].width
            words = str(cell.value or "").split()
            assert all(width(word) < wide for word in words if word.isascii()), (sheet.title, cell.value)
        for row in sheet.iter_rows(min_row=head + 1, max_row=60):
            for cell in row:
                if cell.value is not None and cell.alignment.wrap_text:
                    wide = sheet.column_dimensions[get_column_letter(cell.column)].width
                    need = min(12 * lines(str(cell.value), wide), HIGHEST)
                    assert (sheet.row_dimensions[cell.row].height or 15) >= need, (sheet.title, cell.coordinate)


def _formulas(path: Path) -> Iterator[tuple[str, str, Any]]:
    """Sheet, cell and stored value of every formula."""
    stored = _book(path, values=True)
    for sheet in _book(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, stored[sheet.title][cell.coordinate].value


def test_totals_are_formulas_with_their_values(made: dict[str, Path]) -> None:
    found = {(sheet, cell): value for sheet, cell, value in _formulas(made["zh"])}
    book = _book(made["zh"])
    total = next(row for row in book["汇总"].iter_rows() if row[1].value == "合计")
    assert str(total[2].value).startswith("=SUBTOTAL(109,")
    assert found["汇总", total[2].coordinate] == 384
    assert round(found["汇总", total[6].coordinate] * 384) == 224
    assert all(value is not None for value in found.values()), "a program that does not calculate shows them too"


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="there is no LibreOffice on this machine")
def test_recalculated_it_says_the_same(made: dict[str, Path], tmp_path: Path) -> None:
    """LibreOffice opens it, works out every formula anew, and finds what is stored."""
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "coverage.xlsx"
    book = _book(made["zh"])  # openpyxl drops stored values, so that nothing is left to copy
    book.save(source)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    anew = _book(tmp_path / "coverage.xlsx", values=True)
    count = 0
    for sheet, cell, value in _formulas(made["zh"]):
        found = anew[sheet][cell].value
        assert found == (pytest.approx(value) if isinstance(value, float) else value), (sheet, cell)
        count += 1
    assert count > 40


def test_bars_colours_and_a_native_chart(made: dict[str, Path]) -> None:
    book = _book(made["zh"])
    rules = [rule.type for each in book["汇总"].conditional_formatting for rule in each.rules]
    assert {"dataBar", "cellIs"} <= set(rules)
    assert "dataBar" in [rule.type for each in book["指标"].conditional_formatting for rule in each.rules]
    assert len(book["图表"]._charts) == 1
    share = book["汇总"]["G6"]
    assert share.number_format == "0.0%"


def test_a_blank_is_never_zero(census: Census, workbook: Workbook) -> None:
    census(
        "ingest",
        workbook("甲镇.xlsx", "| 单位名称 | 职工人数 | 党员总数 |\n| 甲公司 | | |\n| 乙公司 | 0 | 0 |"),
        "--no-returns",
    )
    sheet = _xlsx(census)["甲镇"]
    at = next(cell.column for cell in sheet[1] if "从业人员" in str(cell.value))
    assert {row[0].value: row[at - 1].value for row in sheet.iter_rows(min_row=2)} == {"甲公司": None, "乙公司": 0}


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:12])
def test_a_hostile_name_stays_text(name: str) -> None:
    """As a name, a township, a class's row and a file alike."""
    row: dict[str, Any] = dict.fromkeys((*organisations.FIELDS, "township"))
    row |= {
        "name": name,
        "township": name,
        "org_name": name,
        "source_file": name,
        "source_sheet": None,
        "source_row": 3,
    }
    decided = decision(
        name, name, "standalone", "gap", "unbuilt_standalone", "standalone", "formal", "members_formal=3"
    )
    page = county(county=name, townships=[area(name, 1, 0, 0, {}, 0)], gaps=[decided], policy=name)
    content = books.workbook(page, [OrganisationStanding(row, name, (name,))], ZH, GENERATED)
    found = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in found for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert not [cell for cell in cells if cell.hyperlink], "nothing is a link"
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert all(each.startswith(("=SUBTOTAL(109,", "=IF(")) for each in formulas)
    named = [cell for cell in cells if str(cell.value).startswith(name[:20])]
    assert len(named) >= 6 and {cell.data_type for cell in named} == {"s"}
    assert max(len(str(cell.value)) for cell in cells) <= MOST_CHARACTERS


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("甲[乙]镇", "甲_乙_镇"),
        ("a:b*c?d/e\\f", "a_b_c_d_e_f"),
        ("", "_"),
        ("'", "_"),
        ("乡" * 40, "乡" * 31),
        ("History", "History-2"),
        ("\u202e甲\x00镇", "甲镇"),
    ],
)
def test_names_of_sheets_are_those_that_excel_takes(wanted: str, name: str) -> None:
    assert SheetNames().one(wanted) == name


def test_names_of_sheets_are_unique_whatever_their_case() -> None:
    names = SheetNames()
    given = [names.one(each) for each in ("Town", "TOWN", "town", "乡" * 40, "乡" * 41, "汇总", "汇总")]
    assert len({each.casefold() for each in given}) == len(given)
    assert all(len(each) <= 31 for each in given)


def test_townships_of_any_name_get_a_sheet(census: Census, tmp_path: Path) -> None:
    townships = ["甲/乙镇", "甲?乙镇", "指标", "很" * 35 + "镇"]
    rows = [ROW.format(name=f"第{at}公司", township=each) for at, each in enumerate(townships)]
    census("ingest", _table(tmp_path / "县.csv", HEAD, rows), "--no-returns")
    names = _xlsx(census).sheetnames
    assert len(set(names)) == len(names)
    assert {"甲_乙镇", "甲_乙镇-2", "指标-2"} <= set(names)


@pytest.mark.parametrize(("count", "sheets"), [(60, 60), (61, 1)])
def test_more_townships_than_anybody_leafs_through_share_a_sheet(
    count: int, sheets: int, census: Census, tmp_path: Path
) -> None:
    rows = [ROW.format(name=f"第{at}公司", township=f"样例{at:02}镇") for at in range(count)]
    census("ingest", _table(tmp_path / "县.csv", HEAD, rows), "--no-returns")
    book = _xlsx(census)
    there = [name for name in book.sheetnames if name.startswith("样例") or name == "台账"]
    assert len(there) == sheets
    if sheets == 1:
        assert [cell.value for cell in book["台账"][1]][:2] == ["单位名称", "乡镇（街道）"]
        assert book["台账"].max_row == 1 + count


def test_the_same_round_is_the_same_workbook(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("甲镇.xlsx", f"{HEAD}\n{ROW.format(name='甲公司', township='甲镇')}"), "--no-returns")
    first, second = (Path(census("report", "--xlsx", "--out", out).out.splitlines()[-1]) for out in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_an_english_workbook_has_no_chinese_punctuation(made: dict[str, Path]) -> None:
    sheet = _book(made["en"])["Gaps"]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row[4:8] if cell.value]
    assert not [text for text in said if any(mark in text for mark in "；、，。")]
