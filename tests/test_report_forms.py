"""Every form of a report alike: what a township writes stays text, and what cannot be made says what to do."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from coverage_census.commands.report import files
from kit import Census, Workbook

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

FORMS = {"--html": "coverage.html", "--xlsx": "coverage.xlsx", "--docx": "bulletin.docx", "--annual": "annual.xlsx"}
HOSTILE = (
    "=1+2有限公司",
    "+cmd|' /C calc'!A0",
    "-2+3有限公司",
    "@SUM(A1)有限公司",
    "{{7*7}}有限公司",
    "{% for x in y %}公司",
    "<script>alert(1)</script>公司",
    '" onmouseover="alert(1)公司',
    "甲&乙<b>公司",
)
SHEET = """
| 单位名称 | 单位类别 | 乡镇 | 职工人数 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 |
| 甲机械有限公司 | 非公有制企业 | 文峰镇 | 30 | 5 | 4 | 否 | |
| 丙商会 | 社会组织 | 河口乡 | 6 | 1 | 1 | 是 | 挂靠 |
"""


class Texts(HTMLParser):
    """The texts of a page, and the tags that are open for each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts, self.tags = list[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")], attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _ledger(folder: Path, census: Census, *names: str) -> None:
    """Two counties, in each of which organisations and their townships bear these names."""
    rows = [["单位名称", "单位类别", "县", "乡镇", "职工人数", "党员总数", "正式党员", "是否建立党组织"]]
    for county in ("甲县", "乙县"):
        rows += [[name, "非公有制企业", county, name, "30", "5", "4", "否"] for name in names]
        rows.append([f"{county}商会", "社会组织", county, f"{county}镇", "6", "1", "1", "否"])
    with (folder / "台账.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    ran = census("ingest", "台账.csv", "--no-returns")
    assert ran.code in (0, 3), ran.err


def _html(path: Path) -> Iterator[str]:
    html = path.read_text(encoding="utf-8")
    found = Texts(html)
    assert found.tags.count("script") == 1
    yield from found.texts


def _workbook(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert str(cell.value).startswith(("=SUBTOTAL(109,", "=IF("))
                else:
                    yield str(cell.value)


def _document(path: Path) -> Iterator[str]:
    for paragraph in Document(io.BytesIO(path.read_bytes())).paragraphs:
        yield paragraph.text


def test_a_hostile_name_stays_text_in_every_form(census: Census, tmp_path: Path) -> None:
    _ledger(tmp_path, census, *HOSTILE)
    ran = census("report", *FORMS, "--out", "out")
    assert ran.code == 0, ran.err
    counted = dict.fromkeys(HOSTILE, 0)
    for path in sorted((tmp_path / "out").iterdir()):
        read = {".html": _html, ".xlsx": _workbook, ".docx": _document}[path.suffix]
        texts = list(read(path))
        for name in HOSTILE:
            counted[name] += any(name in text for text in texts)
        assert not any(text.strip() == "49有限公司" for text in texts), "no template runs what it shows"
    assert min(counted.values()) >= 5, "two counties' pages and rows, and the workbook"


def test_a_hostile_name_cannot_run_in_csv(census: Census, tmp_path: Path) -> None:
    _ledger(tmp_path, census, *HOSTILE)
    census("export", "--format", "csv", "--out", "台账2.csv")
    listed = census("gaps", "--list", "--csv").out.encode()
    traced = census("report", "--annual", "--trace", "R1C1", "--csv").out.encode()
    for content in ((tmp_path / "台账2.csv").read_bytes(), listed, traced):
        assert content.startswith(b"\xef\xbb\xbf"), "Excel opens it as Chinese"
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        live = [cell for cell in cells if re.match(r"[=+\-@|\t\r]", cell) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)]
        assert not live


@pytest.mark.parametrize(
    "areas", [["a/b\\c:d*e?f"], ["CON"], ["甲" * 200], [f"第{at}镇" for at in range(90)], ["甲\u202e\x00镇. "]]
)
def test_file_names_are_safe_on_a_share(areas: list[str]) -> None:
    name = files.name("coverage-rows", areas, "html")
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\u202e]', name)
    assert len(name.encode()) <= 250 and name.endswith(".html") and not name.removesuffix(".html").endswith((".", " "))


@pytest.mark.parametrize("form", FORMS)
def test_without_a_round_it_says_what_to_do(form: str, census: Census, tmp_path: Path) -> None:
    ran = census("report", form)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "census ingest" in ran.err
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("words", "says"), [(("--round", "9"), "9"), (("没有的镇",), "没有的镇"), (("--policy", "没有"), "没有")]
)
def test_what_is_not_known_is_refused_and_nothing_is_written(
    form: str, words: tuple[str, ...], says: str, census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    census("ingest", workbook("台账.xlsx", SHEET), "--no-returns")
    ran = census("report", *words, form)
    assert (ran.code in (1, 2), ran.out, ran.err.count("\n")) == (True, "", 1)
    assert says in ran.err
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("form", FORMS)
def test_a_round_of_nothing_in_force_is_a_report_too(form: str, census: Census, workbook: Workbook) -> None:
    """An area whose only organisation is closed: nothing to divide by, and nothing breaks."""
    closed = "| 单位名称 | 乡镇 | 经营状况 | 职工人数 |\n| 甲公司 | 文峰镇 | 注销 | |\n| 乙公司 | 河口乡 | 正常 | 5 |"
    census("ingest", workbook("台账.xlsx", closed), "--no-returns")
    ran = census("report", "文峰镇", form)
    assert ran.code == 0, ran.err
    assert Path(ran.out.splitlines()[-1]).stat().st_size > 1000


@pytest.mark.parametrize(("form", "file"), FORMS.items())
def test_a_report_that_is_open_elsewhere_stays_and_the_others_are_written(
    form: str, file: str, census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    """A folder in its place refuses to be replaced, as a file does that WPS holds open on a share."""
    census("ingest", workbook("台账.xlsx", SHEET), "--no-returns")
    (tmp_path / "out" / file).mkdir(parents=True)
    (tmp_path / "out" / file / "open").write_text("旧", encoding="utf-8")
    ran = census("report", *FORMS, "--out", "out")
    assert (ran.code, ran.err.count("\n")) == (4, 1)
    assert file in ran.err and "WPS" in ran.err
    assert (tmp_path / "out" / file / "open").read_text(encoding="utf-8") == "旧"
    there = {each.name for each in (tmp_path / "out").iterdir()}
    assert set(FORMS.values()) <= there
    copy = next(each for each in there if each.startswith(Path(file).stem + ".") and each != file)
    assert (tmp_path / "out" / copy).stat().st_size > 1000, "the new one lies beside it"
    assert not [each for each in there if each.startswith(".census")], "nothing half-written"


def test_a_countys_page_that_is_open_keeps_no_other_from_being_written(census: Census, tmp_path: Path) -> None:
    _ledger(tmp_path, census, "甲公司")
    (tmp_path / "out" / "coverage-甲县.html" / "open").mkdir(parents=True)
    ran = census("report", *FORMS, "--out", "out")
    assert (ran.code, ran.err.count("\n")) == (4, 1) and "coverage-甲县.html" in ran.err
    there = {each.name for each in (tmp_path / "out").iterdir()}
    assert {"index.html", "coverage-乙县.html", "coverage-rows-甲县.html", "coverage.xlsx", "bulletin.docx"} <= there


def test_no_form_at_all_names_them(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("台账.xlsx", SHEET), "--no-returns")
    ran = census("report")
    assert ran.code == 2 and "--html --xlsx --docx --annual --template" in ran.err


def test_a_document_is_a_sound_archive(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("ingest", workbook("台账.xlsx", SHEET), "--no-returns")
    census("report", *FORMS, "--out", "out")
    for path in (tmp_path / "out").glob("*[ld][so][xc]*"):
        if path.suffix in {".xlsx", ".docx"}:
            assert zipfile.ZipFile(path).testzip() is None


PLACES_MOVE = """
| 县 | 乡镇 | 单位名称 | 单位类别 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 |
| 甲县 | 东乡 | 甲机械有限公司 | 非公有制企业 | 5 | 4 | {east} | |
| 甲县 | 西乡 | 乙机械有限公司 | 非公有制企业 | 5 | 4 | {west} | |
| 乙县 | 东乡 | 丙机械有限公司 | 非公有制企业 | 5 | 4 | 是 | 单独组建 |
"""


def test_a_countys_page_says_how_places_moved(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    """As a part of the province and asked for alone; two townships of one name are each compared with themselves."""
    census("ingest", workbook("a.xlsx", PLACES_MOVE.format(east="是", west="否")), "--as-of", "2026-06-30")
    census("ingest", workbook("b.xlsx", PLACES_MOVE.format(east="否", west="是")), "--as-of", "2026-09-30")
    census("report", "--html", "--out", "全省")
    census("report", "甲县", "--html", "--out", "一县")
    for path in (tmp_path / "全省" / "coverage-甲县.html", tmp_path / "一县" / "coverage-甲县.html"):
        html = path.read_text(encoding="utf-8")
        moved = dict(re.findall(r'<tr><td class="n rank".*?class="away">(.*?)</span>.*?class="stay">(.*?)</th>', html))
        assert moved == {"上升1位": "西乡", "下降1位": "东乡"}, path
        hidden = set(re.findall(r"\.(\w+)(?=[^{}]*\{display:none\})", html.partition("@media print{")[2]))
        assert "filters" in hidden
        for classes, arrow in re.findall(r'<small class="([^"]*)"><span aria-hidden="true">([▲▼])', html):
            assert not hidden & set(classes.split()), arrow  # both are printed
