"""Writes reports/templates/bulletin.docx: an empty bulletin in the layout of GB/T 9704-2012, to be edited in Word.

A4; margins 37 mm above, 35 mm below, 28 mm left, 26 mm right, which leaves the 156 × 225 mm of the standard; 22 lines
of 28 characters of size 3 (16 pt). Title in 小标宋 size 2, headings in 黑体, openings in 楷体, text in 仿宋.
Fonts are named, not embedded. Run `make templates` after a change here; an office's own copy wins over ours.
"""

import math
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).parents[2] / "reports" / "templates" / "bulletin.docx"
BODY, TITLE, HEADING, OPENING = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(14)
LINES, CHARACTERS = 22, 28
WIDTH, HEIGHT = 156, 225  # mm of the text on a page
MM = 72 / 25.4  # points


def make() -> None:
    document = Document()
    _page(document.sections[0])
    _defaults(document)
    _normal(document.styles["Normal"])
    _numbers(document)
    _text(document)
    document.core_properties.title = "通报模板"
    document.core_properties.author = ""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(TARGET))


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)  # the number stands 7 mm below the text
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(int(HEIGHT * MM / LINES * 20)))


def _defaults(document: Any) -> None:
    """Size and spacing of type for the whole document."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:sz", "w:szCs"):
        size = properties.find(qn(name))
        if size is None:
            size = OxmlElement(name)
            properties.append(size)
        size.set(qn("w:val"), "32")
    # A grid of characters narrower than the type takes two cells a character in LibreOffice and one in Word; type set
    # a quarter of a point closer gives 28 characters a line in both.
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), str(math.floor((WIDTH * MM / CHARACTERS - 16) * 20)))
    properties.insert(1, closer)
    language = properties.find(qn("w:lang"))
    language.set(qn("w:eastAsia"), "zh-CN")


def _normal(style: Any) -> None:
    style.font.size = SIZE_3
    _fonts(style.element.get_or_add_rPr(), BODY)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1
    form.widow_control = False
    for name in ("w:wordWrap", "w:autoSpaceDE", "w:autoSpaceDN"):  # figures break and stand like characters
        element = OxmlElement(name)
        element.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().append(element)


def _fonts(properties: Any, chinese: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), font)


def _numbers(document: Any) -> None:
    """— 1 — in 宋体 size 4, on the right of odd pages and on the left of even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        indent = paragraph.paragraph_format
        indent.right_indent = indent.left_indent = SIZE_4
        for part in ("— ", None, " —"):
            run = paragraph.add_run(part or "")
            run.font.size = SIZE_4
            _fonts(run._r.get_or_add_rPr(), "宋体")
            if part is None:
                _field(run, "PAGE")


def _field(run: Any, name: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _text(document: Any) -> None:
    _paragraph(document, "{{ page.title }}", TITLE, SIZE_2, centre=True)
    document.add_paragraph()
    _paragraph(document, "{{ page.addressee }}")
    _paragraph(document, "{{ page.lead }}", indent=True)
    _section(document, "overall", condition=False)
    _section(document, "townships")
    _table(document)
    for name in ("gaps", "due", "next"):
        _section(document, name)
    document.add_paragraph()
    for text in ("{{ page.sign }}", "{{ page.day }}"):
        last = _paragraph(document, text)
        last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        last.paragraph_format.right_indent = Pt(16 * 4)  # 右空四字
        last.paragraph_format.keep_with_next = text != "{{ page.day }}"


def _section(document: Any, name: str, *, condition: bool = True) -> None:
    if condition:
        _control(document, f"{{%p if page.{name} %}}")
    heading = _paragraph(document, f"{{{{ page.{name}.heading }}}}", HEADING, indent=True)
    heading.paragraph_format.keep_with_next = True
    _control(document, f"{{%p for each in page.{name}.paragraphs %}}")
    line = _paragraph(document, "{{ each.lead }}", OPENING, indent=True)
    _run(line, "{{ each.text }}", BODY, SIZE_3)
    _control(document, "{%p endfor %}")
    if condition:
        _control(document, "{%p endif %}")


def _control(document: Any, tag: str) -> None:
    document.add_paragraph(tag)


def _paragraph(
    document: Any, text: str, font: str = BODY, size: Any = SIZE_3, *, centre: bool = False, indent: bool = False
) -> Any:
    paragraph = document.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if indent:
        _indent(paragraph)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: Any) -> None:
    run = paragraph.add_run(text)
    run.font.size = size
    _fonts(run._r.get_or_add_rPr(), font)


def _indent(paragraph: Any) -> None:
    """The first line two characters in, whatever their size."""
    properties = paragraph._p.get_or_add_pPr()
    element = properties.find(qn("w:ind"))
    if element is None:
        element = OxmlElement("w:ind")
        properties.append(element)
    element.set(qn("w:firstLineChars"), "200")
    element.set(qn("w:firstLine"), str(2 * 16 * 20))


def _table(document: Any) -> None:
    """The ranking; its head is repeated on every page, and no line is broken over two."""
    caption = _paragraph(document, "{{ page.caption }}", HEADING, SIZE_4, centre=True)
    caption.paragraph_format.keep_with_next = True
    widths = (14, 38, 20, 20, 20, 24, 20)  # mm, 156 together
    table = document.add_table(rows=4, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    rows = (
        [f"{{{{ page.head[{column}] }}}}" for column in range(len(widths))],
        ["{%tr for line in page.lines %}"] + [""] * (len(widths) - 1),
        [f"{{{{ line[{column}] }}}}" for column in range(len(widths))],
        ["{%tr endfor %}"] + [""] * (len(widths) - 1),
    )
    for number, texts in enumerate(rows):
        for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
            cell = table.rows[number].cells[column]
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _off_the_grid(paragraph)
            _run(paragraph, text, HEADING if number == 0 else BODY, Pt(12))
        _row(table.rows[number], head=number == 0)
    _paragraph(document, "", size=Pt(8))


def _off_the_grid(paragraph: Any) -> None:
    """Smaller type in a table keeps its own distance of lines."""
    element = OxmlElement("w:snapToGrid")
    element.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().append(element)


def _row(row: Any, *, head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    names = ("w:cantSplit", "w:tblHeader") if head else ("w:cantSplit",)
    for name in names:
        properties.append(OxmlElement(name))


if __name__ == "__main__":
    make()
