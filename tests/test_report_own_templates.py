"""`report --template NAME`: an office's own templates in their own folder, filled with the page's data."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from kit import Census, Workbook

SHEET = """
| 单位名称 | 单位类别 | 职工人数 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 |
| 甲&乙机械有限公司 | 非公有制企业 | 30 | 5 | 4 | 否 | |
| 丙商会 | 社会组织 | 6 | 1 | 1 | 是 | 挂靠 |
"""


@pytest.fixture
def templates(census: Census, workbook: Workbook, tmp_path: Path) -> Path:
    """The folder for the office's own templates, beside a ledger of one round."""
    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    folder = tmp_path / "reports" / "templates"
    folder.mkdir(parents=True)
    return folder


def test_a_text_says_what_the_page_says_and_escapes_nothing(templates: Path, census: Census) -> None:
    text = "{{ page.conclusion }}\n{% for row in rows %}{{ row.name }}：{{ row.gaps }}\n{% endfor %}"
    (templates / "短信.txt.j2").write_text(text, encoding="utf-8")
    ran = census("report", "--template", "短信")
    assert ran.code == 0, ran.err
    written = Path(ran.out.splitlines()[-1])
    assert written.name == "短信.txt"
    said = written.read_text(encoding="utf-8")
    assert "共有两新组织2家" in said and "甲&乙机械有限公司：应建未建" in said


def test_a_page_builds_on_ours_and_escapes(templates: Path, census: Census) -> None:
    own = '{% extends "census:coverage.html.j2" %}{% block conclusion %}<p>{{ bulletin.title }}</p>{% endblock %}'
    (templates / "领导版.html.j2").write_text(own, encoding="utf-8")
    ran = census("report", "--template", "领导版", "--html")
    assert ran.code == 0, ran.err
    names = [Path(line).name for line in ran.out.splitlines()]
    assert {"领导版.html", "coverage.html"} <= set(names)
    html = (templates.parent / "000001" / "领导版.html").read_text(encoding="utf-8")
    assert "通报</p>" in html and "甲&amp;乙机械有限公司" in html


def test_a_word_document_of_ones_own(templates: Path, census: Census) -> None:
    document = Document()
    document.add_paragraph("{{ page.heading.title }}：{{ page.total.share.text }}")
    document.add_paragraph("{{ rows[0].name }}")
    document.save(str(templates / "签报.docx"))
    ran = census("report", "--template", "签报")
    assert ran.code == 0, ran.err
    made = Document(io.BytesIO(Path(ran.out.splitlines()[-1]).read_bytes()))
    assert made.paragraphs[0].text.endswith("：50.0%")
    assert "&" in made.paragraphs[1].text or "丙" in made.paragraphs[1].text


def test_one_name_with_several_endings_is_all_of_them(templates: Path, census: Census) -> None:
    for ending in ("txt", "md"):
        (templates / f"要情.{ending}.j2").write_text("{{ page.heading.as_of }}", encoding="utf-8")
    names = [Path(line).name for line in census("report", "--template", "要情").out.splitlines()]
    assert names == ["要情.md", "要情.txt"]
    assert [Path(line).name for line in census("report", "--template", "要情.md").out.splitlines()] == ["要情.md"]


@pytest.mark.parametrize("name", ["没有", "../census", "base", "coverage.html.j2/.."])
def test_a_name_that_is_none_is_refused_with_the_known_ones(name: str, templates: Path, census: Census) -> None:
    (templates / "要情.txt.j2").write_text("x", encoding="utf-8")
    (templates / "base.html.j2").write_text("x", encoding="utf-8")
    ran = census("report", "--template", name)
    assert (ran.code, ran.out) == (2, "")
    assert "要情" in ran.err and ran.err.count("\n") == 1


def test_an_office_without_templates_is_told_so(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("文峰镇.xlsx", SHEET), "--no-returns")
    ran = census("report", "--template", "要情")
    assert ran.code == 2 and "一个也没有" in ran.err


@pytest.mark.parametrize(
    "template", ["一\n{{ page.headline }}", "一\n{% if %}", "一\n{{ rows[99].name }}", "一\n{{ page.__class__ }}"]
)
def test_a_mistake_names_file_and_line_and_the_old_one_stays(template: str, templates: Path, census: Census) -> None:
    own = templates / "要情.txt.j2"
    own.write_text("旧", encoding="utf-8")
    old = Path(census("report", "--template", "要情").out.splitlines()[-1])
    own.write_text(template, encoding="utf-8")
    ran = census("report", "--template", "要情")
    assert (ran.code, ran.out) == (1, "")
    assert "要情.txt.j2" in ran.err and "2" in ran.err
    assert old.read_text(encoding="utf-8") == "旧"


def test_a_word_document_that_is_none(templates: Path, census: Census) -> None:
    (templates / "签报.docx").write_text("不是", encoding="utf-8")
    ran = census("report", "--template", "签报")
    assert ran.code == 1 and "签报.docx" in ran.err
    with zipfile.ZipFile(templates / "空.docx", "w") as archive:
        archive.writestr("a", "b")
    assert census("report", "--template", "空").code == 1
