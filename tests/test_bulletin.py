"""The bulletin for Word: it says what the figures say, looks as GB/T 9704 asks, and offices edit its template."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from coverage_census.report.render import our_templates
from kit import Census, Workbook

HEAD = "| 单位名称 | 单位类别 | 所属乡镇 | 职工人数 | 党员总数 | 正式党员 | 是否建立党组织 | 组建方式 | 成立时间 |"
FIRST = f"""
{HEAD}
| 甲机械有限公司 | 非公有制企业 | 文峰镇 | 60 | 5 | 5 | 是 | 单独组建 | 2015-03-01 |
| 乙木业有限公司 | 非公有制企业 | 文峰镇 | 20 | 4 | 4 | 否 | | 2026-05-02 |
| 丙茶业有限公司 | 非公有制企业 | 河图镇 | 8 | 0 | 0 | 否 | | 2018-01-01 |
"""


def _text(path: str) -> list[str]:
    from docx import Document

    return [paragraph.text for paragraph in Document(path).paragraphs if paragraph.text]


def _bulletin(census: Census, *options: str) -> list[str]:
    ran = census("report", "--docx", *options)
    assert ran.code == 0, ran.err
    return _text(ran.out.splitlines()[-1])


def test_what_it_says(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("岳西县.xlsx", FIRST), "--no-returns", "--as-of", "2026-09-30")
    said = _bulletin(census)
    assert said[0].endswith("两新组织党的组织覆盖情况的通报")
    assert said[1] == "各乡镇（街道）党（工）委："
    assert said[2].startswith("现将截至2026年9月30日两新组织党的组织覆盖情况通报如下。")
    assert said[2].endswith("数据取自2026年第三季度台账，按“通行口径”判定。")
    assert said[3] == "一、总体情况"
    assert "共有两新组织3家，已建立党组织（含联合、挂靠等方式）1家，总体组建率33.3%，未建立2家" in said[4]
    assert "应建组建率50.0%（1/2）" in "".join(said)
    assert "低于总体水平（33.3%）的有1个：河图镇。" in said
    assert "（一）应建未建1家。分布在文峰镇1家。由所属党（工）委指导，单独组建党支部。" in said
    assert "已超过期限" not in "".join(said)  # new this year: until 31 December
    assert said[-2:] == ["（发文机关署名）", "2026年11月21日"]


def test_nothing_is_said_that_the_figures_do_not_support(census: Census, workbook: Workbook) -> None:
    sheet = "\n".join([HEAD, "| 甲机械有限公司 | 非公有制企业 | 文峰镇 | 6 | 5 | 5 | 是 | 单独组建 | 2015-03-01 |"])
    census("ingest", workbook("岳西县.xlsx", sheet), "--no-returns", "--as-of", "2019-09-30")
    lines = _bulletin(census)
    said = "".join(lines)
    for word in ("居前", "低于", "相比", "上升", "期限", "其中，", "待核"):
        assert word not in said, word
    headings = [line for line in lines if re.match("[一二三四五]、", line)]
    assert headings == ["一、总体情况", "二、存在的缺口"], "sections without a sentence are not numbered"


def test_the_change_since_the_last_round_has_its_causes(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("岳西县.xlsx", FIRST), "--no-returns", "--as-of", "2026-06-30")
    second = FIRST.replace("| 4 | 4 | 否 | |", "| 4 | 4 | 是 | 单独组建 |")
    census("ingest", workbook("岳西县二.xlsx", second), "--no-returns", "--as-of", "2026-09-30")
    said = "".join(_bulletin(census))
    assert "较2026年第二季度（截至2026年6月30日），总体组建率由33.3%升至66.7%，上升33.4个百分点" in said
    assert re.search(r"涉及：[^。]*1家。", said)


def test_english(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("岳西县.xlsx", FIRST), "--no-returns", "--as-of", "2026-09-30")
    said = _bulletin(census, "--lang", "en")
    assert said[3] == "I. Overview"
    assert said[-1] == "21 November 2026"
    assert not re.search(r"[，。、；：]", "".join(said)), "no Chinese punctuation in an English text"


def test_the_layout_is_that_of_gb_t_9704() -> None:
    with zipfile.ZipFile(our_templates() / "bulletin.docx") as archive:
        document, styles = (archive.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
        fonts = [name for name in archive.namelist() if "font" in name.lower() and name.endswith((".odttf", ".ttf"))]
    size = {key: int(value) for key, value in re.findall(r'w:(top|bottom|left|right)="(\d+)"', document)}
    millimetres = {key: round(value / 20 / 72 * 25.4) for key, value in size.items()}
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    pitch = int(re.findall(r'w:linePitch="(\d+)"', document)[0]) / 20
    assert int(225 / 25.4 * 72 // pitch) == 22
    closer = int(re.findall(r'<w:rPrDefault>.*?<w:spacing w:val="(-\d+)"', styles)[0]) / 20
    assert int(156 / 25.4 * 72 // (16 + closer)) == 28
    for font in ("仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"):
        assert f'w:eastAsia="{font}"' in document, font
    assert not fonts, "fonts are named, never embedded"


@pytest.mark.parametrize("name", ["{{7*7}}有限公司", "<script>alert(1)</script>公司", "甲&乙公司", "{%p if x %}公司"])
def test_a_name_stays_text(name: str, census: Census, workbook: Workbook) -> None:
    sheet = FIRST.replace("乙木业有限公司", name)
    census("ingest", workbook("岳西县.xlsx", sheet), "--no-returns", "--as-of", "2026-09-30")
    assert f"：{name}（文峰镇，" in "".join(_bulletin(census))


def _own(folder: Path, old: str, new: str) -> Path:
    """Our template with one text exchanged, as an office's own."""
    target = folder / "reports" / "templates" / "bulletin.docx"
    target.parent.mkdir(parents=True)
    sink = io.BytesIO()
    with zipfile.ZipFile(our_templates() / "bulletin.docx") as source, zipfile.ZipFile(sink, "w") as copy:
        for item in source.infolist():
            content = source.read(item)
            copy.writestr(
                item, content.replace(old.encode(), new.encode()) if item.filename.endswith(".xml") else content
            )
    target.write_bytes(sink.getvalue())
    return target


def test_an_office_edits_its_own_template(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    _own(tmp_path, "{{ page.sign }}", "中共某县委两新工委办公室")
    census("ingest", workbook("岳西县.xlsx", FIRST), "--no-returns")
    assert _bulletin(census)[-2] == "中共某县委两新工委办公室"


@pytest.mark.parametrize("wrong", ["{{ page.nobody }}", "{{ page.sign", "{% if %}"])
def test_a_mistake_in_a_template_is_named_and_the_old_bulletin_stays(
    wrong: str, census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    census("ingest", workbook("岳西县.xlsx", FIRST), "--no-returns")
    old = Path(census("report", "--docx").out.splitlines()[-1]).read_bytes()
    _own(tmp_path, "{{ page.sign }}", wrong)
    ran = census("report", "--docx")
    assert (ran.code, ran.out) == (1, "")
    assert "bulletin.docx" in ran.err
    assert (tmp_path / "reports" / "000001" / "bulletin.docx").read_bytes() == old


def test_a_template_that_is_no_word_document(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("ingest", workbook("岳西县.xlsx", FIRST), "--no-returns")
    target = tmp_path / "reports" / "templates" / "bulletin.docx"
    target.parent.mkdir(parents=True)
    target.write_text("通报")
    ran = census("report", "--docx")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "不是 Word 文档" in ran.err
