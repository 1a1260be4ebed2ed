"""Containers: the same table in any container gives the same grid, and every refusal is reached and has words."""

import contextlib
import datetime
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from containers_case import (
    CONTAINERS,
    ROWS,
    SUFFIXES,
    by_csv,
    by_hand_dbf,
    by_hand_xlsb,
    by_hand_xml,
    by_odfpy,
    by_xlsxwriter,
    by_xlwt,
    new_workbook,
)
from coverage_census.ingest.containers import csv as text
from coverage_census.ingest.containers import guard, xls
from coverage_census.ingest.containers.extent import Extent
from coverage_census.ingest.containers.grids import open_grids
from coverage_census.ingest.grid import Cell, Grid, cell_name, column_letters
from coverage_census.ingest.refusal import Refused
from coverage_census.words.catalogue import LANGS, Words


def as_text(rows: list[list[Cell]]) -> list[list[str | None]]:
    """What every container agrees on: csv has only text."""
    return [
        [None if cell is None else f"{cell:g}" if isinstance(cell, int | float) else str(cell) for cell in row]
        for row in rows
    ]


def refusal(data: bytes, suffix: str = "") -> str:
    with pytest.raises(Refused) as stopped:
        open_grids(data, suffix)
    for lang in LANGS:
        words = Words(lang)
        assert words(f"problem.{stopped.value.code}.message", **stopped.value.values)
        assert words(f"problem.{stopped.value.code}.fix", **stopped.value.values)
    return stopped.value.code


@pytest.mark.parametrize("name", CONTAINERS)
def test_the_same_table_gives_the_same_grid(name: str) -> None:
    format_, write = CONTAINERS[name]
    opened = open_grids(write(ROWS), SUFFIXES[format_])
    assert (opened.format, opened.problems) == (format_, ())
    assert [as_text(grid.rows) for grid in opened.grids] == [as_text(ROWS)]


@pytest.mark.parametrize("name", CONTAINERS)
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv", ".et", ".doc"])
def test_the_extension_decides_only_about_a_note(name: str, suffix: str) -> None:
    format_, write = CONTAINERS[name]
    opened = open_grids(write(ROWS), suffix)
    assert as_text(opened.grids[0].rows) == as_text(ROWS)
    usual = {"xlsb": (), "xlsx": (".xlsx",), "xls": (".xls", ".et"), "ods": (), "csv": (".csv",)}.get(format_, ())
    assert [code for code, *_ in opened.problems] == ([] if suffix in usual else ["suffix_mismatch"])


def test_cells_keep_their_type() -> None:
    book, page, out = new_workbook()
    day, moment = datetime.date(2014, 3, 1), datetime.datetime(2014, 3, 1, 12, 30)
    page.append([True, day, moment, datetime.time(8, 30), 3, 2.5, " ", "=1"])
    page["H1"].data_type = "s"
    book.save(out)
    row = open_grids(out.getvalue(), ".xlsx").grids[0].rows[0]
    assert row == [True, day, moment, datetime.time(8, 30), 3.0, 2.5, " ", "=1"]
    assert [type(cell) for cell in row[:3]] == [bool, datetime.date, datetime.datetime]


def test_a_workbook_that_counts_days_from_1904() -> None:
    book, out = xlwt.Workbook(), io.BytesIO()
    book.dates_1904 = True
    style = xlwt.XFStyle()
    style.num_format_str = "yyyy-mm-dd"
    book.add_sheet("Sheet1").write(0, 0, 40237, style)
    book.save(out)
    assert open_grids(out.getvalue(), ".xls").grids[0].rows == [[datetime.date(2014, 3, 1)]]


def test_an_xlsx_that_counts_days_from_1904() -> None:
    book, page, out = new_workbook()
    book.epoch = CALENDAR_MAC_1904
    page["A1"] = datetime.date(2014, 3, 1)
    book.save(out)
    assert b"date1904" in zipfile.ZipFile(out).read("xl/workbook.xml")
    assert open_grids(out.getvalue(), ".xlsx").grids[0].rows == [[datetime.date(2014, 3, 1)]]


def test_the_grid_begins_at_a1_and_ends_at_the_last_filled_cell() -> None:
    book, page, out = new_workbook()
    page["C4"] = "单位名称"
    page["XFD4"].font = Font(bold=True)
    page["A1048576"].font = Font(bold=True)
    page.merge_cells("C4:F5")
    page.merge_cells("H9:J9")
    book.create_sheet("隐藏表").sheet_state = "hidden"
    book.save(out)
    first, second = open_grids(out.getvalue(), ".xlsx").grids
    assert first == Grid("Sheet", [[None] * 3, [None] * 3, [None] * 3, [None, None, "单位名称"]], ((3, 2, 3, 2),))
    assert second == Grid("隐藏表", [], (), hidden=True)


def test_merged_areas() -> None:
    for suffix, merged in (
        (".xlsx", merged_xlsx()),
        (".xls", merged_xls()),
        (".ods", merged_ods()),
        (".xlsb", merged_xlsb()),
    ):
        assert open_grids(merged, suffix).grids[0].merges == ((0, 0, 1, 2), (2, 0, 3, 0))


def merged_xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.merge_range("A1:C2", "样例镇台账")
        page.merge_range("A3:A4", "单位名称")
        page.write_row("A5", ["甲", 1, 2])
    return out.getvalue()


def merged_xls() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("Sheet1")
    page.write_merge(0, 1, 0, 2, "样例镇台账")
    page.write_merge(2, 3, 0, 0, "单位名称")
    for column, value in enumerate(["甲", 1, 2]):
        page.write(4, column, value)
    book.save(out)
    return out.getvalue()


def test_a_page_with_spans() -> None:
    page = """<!DOCTYPE html><style>td{}</style><h1>x</h1>
      <table><tr><th colspan=3>样例镇 台账</table>
      <table>
        <tr><th rowspan=2>单位<br>名称</th><th colspan="2">党员</th><th rowspan=99>备注</th></tr>
        <tr><th>正式</th><th>预备</th></tr>
        <tr><td>甲 &lt;厂&gt;<script>x</script></td><td> 3\n </td>
            <td><table><tr><td>嵌套</td></tr></table></td></tr>
      </table>"""
    [grid] = open_grids(page.encode(), ".html").grids
    assert grid.rows == [
        ["样例镇 台账", None, None, None],
        ["单位\n名称", "党员", None, "备注"],
        [None, "正式", "预备", None],
        ["甲 <厂>", "3", "嵌套", None],
    ]
    assert grid.merges == ((0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 3, 3))


def test_errors_stay_visible_and_formulas_without_a_result_are_reported() -> None:
    book, page, out = new_workbook()
    page.append(["甲", "=SUM(B2:B3)", "=[other.xlsx]Sheet1!A1", "#REF!", "3#楼"])
    book.save(out)
    errors = '<c r="A2" t="e"><v>#DIV/0!</v></c><c r="AB2" s="1" t="e"><f>A1</f><v>#N/A</v></c>'
    texts = (
        '<c r="B2" t="str"><f>IF(1,"")</f><v></v></c><c r="C2"><f>1</f><v>1</v></c><c r="D2"><f t="shared" si="0"/></c>'
    )
    data = changed(
        out.getvalue(),
        {PARTS: lambda xml: xml.replace(b"</sheetData>", f'<row r="2">{errors}{texts}</row></sheetData>'.encode())},
    )
    opened = open_grids(data, ".xlsx")
    [grid] = opened.grids
    assert grid.rows[0][:5] == ["甲", None, None, "#REF!", "3#楼"]
    assert (grid.rows[1][0], grid.rows[1][27]) == ("#DIV/0!", "#N/A")
    where = {"count": 3, "cells": "B1、C1、D2", "places": "B1 C1 D2"}
    assert opened.problems == (("formula_without_value", "warning", "Sheet", where),)


def xls_with_errors() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    page = book.add_sheet("台账")
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            if cell is not None:
                page.write(number, column, cell)
    page.row(1).set_cell_error(1, 0x17)
    page.row(2).set_cell_error(5, 0x2A)
    page.row(2).hidden = page.col(0).hidden = True
    page.write(4, 2, xlwt.Formula("1/0"))
    book.save(out)
    not_calculated, divided = b"\x03\0\0\0\0\0\xff\xff", b"\x02\0\x07\0\0\0\xff\xff"
    assert out.getvalue().count(not_calculated) == 1
    return out.getvalue().replace(not_calculated, divided)


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".xls", xls_with_errors()),
        (".xlsb", by_hand_xlsb([*ROWS], (), {(1, 1): (11, 0x17), (2, 5): (3, 0x2A), (4, 2): (11, 7)}, ([2], [0]))),
    ],
)
def test_binary_workbooks_show_their_errors_and_what_they_hide(suffix: str, data: bytes) -> None:
    opened = open_grids(data, suffix)
    rows = opened.grids[0].rows
    assert (rows[1][1], rows[2][5], rows[4][2]) == ("#REF!", "#N/A", "#DIV/0!")
    assert [(code, values) for code, _, _, values in opened.problems] == [
        ("hidden_rows", {"count": 1, "rows": "3"}),
        ("hidden_columns", {"count": 1, "columns": "A"}),
    ]


def test_a_workbook_that_cannot_be_looked_through_says_so() -> None:
    """A directory whose stream is longer than its sectors: the reader may take it, errors cannot be told."""
    data = bytearray(xls_with_errors())
    data[0x44:0x48] = struct.pack("<I", 2**31)  # where more of the sector table would be
    data[0x48:0x4C] = struct.pack("<I", 3)
    with contextlib.suppress(Refused):
        assert [code for code, *_ in open_grids(bytes(data), ".xls").problems] == ["errors_unseen"]
    with pytest.raises(ValueError, match="sector"):
        xls.left_out(bytes(data))


def merged_xlsb() -> bytes:
    rows: list[list[Cell]] = [["样例镇台账"], [], ["单位名称"], [], ["甲", 1, 2]]
    return by_hand_xlsb(rows, [(0, 0, 1, 2), (2, 0, 3, 0)])


def merged_ods() -> bytes:
    def cell(text: str, attributes: str) -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    words = 'office:value-type="string"'
    title = cell("样例镇台账", f'{words} table:number-columns-spanned="3" table:number-rows-spanned="2"')
    name = cell("单位名称", f'{words} table:number-rows-spanned="2"')
    error = cell("#DIV/0!", 'table:formula="of:=1/0" office:value-type="float" office:value="0"')
    covered, empty = "<table:covered-table-cell {}/>", "<table:table-cell {}/>"
    rows = [
        title + covered.format('table:number-columns-repeated="2"'),
        covered.format('table:number-columns-repeated="3"'),
        name + cell("人数", words),
        covered.format(""),
        cell("甲", words) + error + cell("1", 'office:value-type="float" office:value="1"'),
    ]
    rest = empty.format('table:number-columns-repeated="16384"')
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body += f'<table:table-row table:number-rows-repeated="1048571">{rest}</table:table-row>'

    def replaced(xml: bytes) -> bytes:
        return re.sub(rb"<table:table-row>.*</table:table-row>", body.encode(), xml, flags=re.DOTALL)

    return changed(by_odfpy([["x"]]), {"content.xml": replaced})


def test_excel_2003_xml_in_full() -> None:
    column = '<Column ss:Width="50"/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>'
    first = (
        '<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">样例镇<B>台账</B></Data></Cell></Row>'
    )
    second = (
        '<Row ss:Index="3" ss:Hidden="1">'
        '<Cell ss:Index="2"><Data ss:Type="DateTime">2014-03-01T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#REF!</Data></Cell>'
        '<Cell ss:Formula="=RC[-1]"/><Cell><Data ss:Type="Number">1e3</Data></Cell></Row>'
    )
    space = "urn:schemas-microsoft-com:office:excel"
    options = f'<WorksheetOptions xmlns="{space}"><Visible>SheetHidden</Visible></WorksheetOptions>'
    opened = open_grids(by_hand_xml([], column + first + second, options), ".xls")
    [grid] = opened.grids
    assert grid.rows == [
        ["样例镇台账", None, None, None, None, None],
        [None] * 6,
        [None, datetime.date(2014, 3, 1), True, "#REF!", None, 1000.0],
    ]
    assert (grid.merges, grid.hidden, opened.format) == (((0, 0, 1, 2),), True, "xml")
    assert {code: values for code, _, _, values in opened.problems} == {
        "suffix_mismatch": {"suffix": ".xls", "format": "xml"},
        "formula_without_value": {"count": 1, "cells": "E3", "places": "E3"},
        "hidden_rows": {"count": 1, "rows": "3"},
        "hidden_columns": {"count": 2, "columns": "C-D"},
    }


def test_excel_2003_xml_that_declares_another_encoding_than_it_has() -> None:
    for said in ("UTF-8", "GB_2312-80", "utf-7"):
        data = by_hand_xml([["样例"]]).decode().replace('"1.0"', f'"1.0" encoding="{said}"').encode("gb18030")
        assert open_grids(data, ".xml").grids[0].rows == [["样例"]]


def test_a_dbase_table() -> None:
    fields = [("企业名称", "C", 20), ("从业人数", "N", 6), ("成立时间", "D", 8), ("党组织", "L", 1), ("备注", "M", 10)]
    rows = [
        ("", "合成样例㙍商行", "12", "20140301", "T", "1"),
        ("*", "合成样例删去了", "8", "20140301", "F", "2"),
        ("", "合成样例乙", "******", "00000000", "?", ""),
    ]
    opened = open_grids(by_hand_dbf(fields, rows), ".dbf")
    assert opened.grids[0].rows == [
        ["企业名称", "从业人数", "成立时间", "党组织"],
        ["合成样例㙍商行", 12.0, datetime.date(2014, 3, 1), True],
        ["合成样例乙", None, None, None],
    ]
    assert opened.problems == (("unread_fields", "warning", None, {"count": 1, "names": "备注"}),)
    traditional = by_hand_dbf([("企業名稱", "C", 20)], [("", "樣例商行")], "big5", 0x78)
    assert open_grids(traditional, ".dbf").grids[0].rows == [["企業名稱"], ["樣例商行"]]


def test_hidden_rows_and_columns_are_read_and_said_to_be_hidden() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("台账")
        for number in range(9):
            page.write_row(number, 0, ["甲", number, number, number])
        for number in (2, 3, 4, 7, 20):
            page.set_row(number, None, None, {"hidden": True})
        page.set_column("C:D", None, None, {"hidden": True})
        page.set_column("G:XFD", None, None, {"hidden": True})
    opened = open_grids(out.getvalue(), ".xlsx")
    assert len(opened.grids[0].rows) == 9
    assert opened.problems == (
        ("hidden_rows", "note", "台账", {"count": 4, "rows": "3-5、8"}),
        ("hidden_columns", "note", "台账", {"count": 2, "columns": "C-D"}),
    )


def test_hidden_rows_and_columns_in_opendocument() -> None:
    def hide(xml: bytes) -> bytes:
        column = b'<table:table-column/><table:table-column table:visibility="collapse"/>'
        return xml.replace(b"<table:table-row>", column + b'<table:table-row table:visibility="filter">', 1)

    opened = open_grids(changed(by_odfpy(ROWS), {"content.xml": hide}), ".ods")
    assert [(code, values["count"]) for code, _, _, values in opened.problems] == [
        ("hidden_rows", 1),
        ("hidden_columns", 1),
    ]


def test_what_hides_many_rows_is_found_whatever_chunk_it_stands_in() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for number in range(30_000):
            page.write_row(number, 0, ["合成样例有限公司", number, number])
            page.set_row(number, 15, None, {"hidden": number % 2 == 1})
    [(code, _, _, values)] = open_grids(out.getvalue(), ".xlsx").problems
    assert (code, values["count"]) == ("hidden_rows", 15_000)


@pytest.mark.parametrize(
    ("damage", "cell"),
    [
        (lambda xml: xml.replace(b'ref="A1:D5"', b'ref=""'), "合成样例甲有限公司"),
        (lambda xml: re.sub(rb'(<c r="A4")[^>]*>.*?</c>', rb'\1 t="e"><v>#SPILL!</v></c>', xml), "#SPILL!"),
    ],
    ids=["dimension", "an error of newer programs"],
)
def test_what_the_first_reader_cannot_take_the_second_reads(damage: Callable[[bytes], bytes], cell: str) -> None:
    with_a_day: list[list[Cell]] = [*ROWS, ["合成样例丙", datetime.date(2014, 3, 1)]]
    book, page, out = new_workbook()
    for row in with_a_day[:-1]:
        page.append(row)
    page["F1"] = datetime.datetime(2014, 3, 1)
    page.merge_cells("A1:D1")
    book.create_sheet("隐藏表").sheet_state = "hidden"
    book.save(out)
    data = changed(out.getvalue(), {PARTS: lambda xml: damage(xml.replace(b'ref="A1:F5"', b'ref="A1:D5"'))})
    first, second = open_grids(data, ".xlsx").grids
    assert as_text([row[:4] for row in first.rows[:3]]) == as_text(ROWS[:3])
    assert (first.rows[0][5], first.rows[3][0]) == (datetime.date(2014, 3, 1), cell)
    assert (first.merges, second.hidden) == (((0, 0, 0, 3),), True)


def test_errors_in_opendocument_stay_visible() -> None:
    assert open_grids(merged_ods(), ".ods").grids[0].rows[4] == ["甲", "#DIV/0!", 1.0]


# --- packages, part by part
PARTS = "xl/worksheets/sheet1.xml"


def changed(
    data: bytes, changes: dict[str, Callable[[bytes], bytes]], extra: Iterable[tuple[str, bytes]] = ()
) -> bytes:
    """The package with some of its parts passed through functions, and with more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, changes.get(part.filename, bytes)(old.read(part)))
        for name, content in extra:
            new.writestr(name, content)
    return out.getvalue()


def with_cells(cells: str) -> bytes:
    """A good sheet and these rows after it."""
    end = f"{cells}</sheetData>".encode()
    return changed(by_xlsxwriter(ROWS), {PARTS: lambda xml: xml.replace(b"</sheetData>", end)})


def ole(*streams: str) -> bytes:
    """As much of an old compound file as is needed to name its streams."""
    entries = b"".join(
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes(62)
        for name in ("Root Entry", *streams)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """The same package as a program of zips leaves it that puts a password on every part."""
    found = bytearray(data)
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for each in re.finditer(sign, data):
            found[each.start() + flags] |= 1
    return bytes(found)


GOOD = by_xlsxwriter(ROWS)
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


def declared(xml: bytes) -> bytes:
    return (
        xml.replace(b"?>", b"?>" + ENTITY, 1)
        if b"?>" in xml
        else b'<?xml version="1.0" encoding="UTF-8"?>' + ENTITY + xml
    )


def wide(xml: bytes) -> bytes:
    return declared(xml).decode().replace("UTF-8", "UTF-16").encode("utf-16")


def in_utf_32(xml: bytes) -> bytes:
    return declared(xml).decode().replace("UTF-8", "UTF-32").encode("utf-32")


def in_utf_7(xml: bytes) -> bytes:
    """After a head that says so, a declaration that consists of no < and no !."""
    return b'<?xml version="1.0" encoding="utf-7"?>' + ENTITY.decode().encode("utf-7") + _without_head(xml)


def in_ebcdic(xml: bytes) -> bytes:
    """A head in plain letters, the rest as no guard of bytes sees it; or all of it."""
    text = '<?xml version="1.0" encoding="cp037"?>' + ENTITY.decode() + _without_head(xml).decode("latin-1")
    return text.encode("cp037", "replace")


def _without_head(xml: bytes) -> bytes:
    return xml[xml.index(b"?>") + 2 :] if xml.startswith(b"<?xml") else xml


REFUSED: dict[str, tuple[bytes, str]] = {
    "no bytes": (b"", "empty_file"),
    "only zeros": (bytes(70_000), "half_copied"),
    "half an xlsx": (GOOD[: len(GOOD) // 2], "half_copied"),
    "second half zeros": (GOOD[:3000].ljust(len(GOOD), b"\0"), "half_copied"),
    "half an xls": (by_xlwt(ROWS)[:2000], "half_copied"),
    "utf-8 cut inside a character": (by_csv("utf-8")(ROWS)[:-9], "half_copied"),
    "a flipped bit": (GOOD.replace(GOOD[60:64], b"\xff\xff\xff\xff", 1), "damaged"),
    "xml that stops": (changed(GOOD, {PARTS: lambda xml: xml[:-80]}), "damaged"),
    "ods that never closes": (
        changed(
            by_odfpy(ROWS), {"content.xml": lambda xml: xml.replace(b"</table:table></office:spread", b"</tablsheet")}
        ),
        "damaged",
    ),
    "password": (ole("EncryptedPackage", "EncryptionInfo"), "encrypted"),
    "parts with a password": (locked(GOOD), "encrypted"),
    "pdf": (b"%PDF-1.7\n", "not_a_spreadsheet"),
    "png": (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
    "jpeg": (b"\xff\xd8\xff\xe0", "not_a_spreadsheet"),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"), "not_a_spreadsheet"),
    "doc": (ole("WordDocument"), "not_a_spreadsheet"),
    "zip": (zipped("readme.txt"), "not_a_spreadsheet"),
    "empty zip": (zipped(), "not_a_spreadsheet"),
    "rar": (b"Rar!\x1a\x07\x00", "not_a_spreadsheet"),
    "other xml": (b"<?xml version='1.0'?><a/>", "not_a_spreadsheet"),
    "numbers": (zipped("Index/Document.iwa"), "numbers_file"),
    "older numbers": (zipped("index.apxl", "Index.zip"), "numbers_file"),
    "excel 5": (ole("Book"), "other_format"),
    "excel 2": (b"\x09\x00\x04\x00\x02\x00\x10\x00", "other_format"),
    "half a dbase table": (by_hand_dbf([("单位", "C", 9)], [("", "样例")] * 9)[:-20], "half_copied"),
    "dbase without fields": (by_hand_dbf([], []), "damaged"),
    "dbase in another code page": (by_hand_dbf([("NAME", "C", 9)], [("", "café")], "cp1252"), "unknown_encoding"),
    "excel 2003 xml that declares": (by_hand_xml(ROWS).replace(b"<Workbook", ENTITY + b"<Workbook"), "tampered"),
    "excel 2003 xml in utf-16 that declares": (
        by_hand_xml(ROWS).replace(b"<Workbook", ENTITY + b"<Workbook").decode().encode("utf-16"),
        "tampered",
    ),
    "half an excel 2003 xml": (by_hand_xml(ROWS)[:600], "damaged"),
    "excel 2003 xml that reaches too far": (
        by_hand_xml([], '<Row ss:Index="1048576"><Cell ss:Index="16384"><Data ss:Type="String">x</Data></Cell></Row>'),
        "too_many_cells",
    ),
    "web archive": (b"MIME-Version: 1.0\r\n\r\n", "other_format"),
    "page without a table": (b"<html><body>404 Not Found</body></html>", "not_a_spreadsheet"),
    "page of spans": (b"<table>" + b"<tr><td colspan=9999999 rowspan=999999>x" * 999 + b"</table>", "too_many_cells"),
    "binary": (bytes(range(256)) * 10, "unknown_encoding"),
    "relations that are no XML": (
        changed(by_hand_xlsb(ROWS), {"xl/_rels/workbook.bin.rels": lambda xml: b"\0" + xml}),
        "damaged",
    ),
    "xlsb with half a record": (
        changed(by_hand_xlsb(ROWS), {"xl/workbook.bin": lambda part: part[:30] + part[31:]}),
        "damaged",
    ),
    "big5": ("單位名稱,從業人員\n合成樣例,5\n".encode("big5"), "unknown_encoding"),
    "utf-16 without mark": (by_csv("utf-16-le")(ROWS), "unknown_encoding"),
    "escape codes": ("样例\x1b[31m,1\n".encode(), "unknown_encoding"),
    "quote that never ends": ('单位名称,人数\n"'.encode() + "样例,1\n".encode() * 50_000, "open_quote"),
    "a row of a million fields": (b"," * 1_000_000, "too_many_cells"),
    "too many parts": (zipped(*map(str, range(guard.MAX_PARTS + 1))), "too_many_parts"),
    "one cell in the last corner": (with_cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too_far"),
    "the same in single quotes": (with_cells("<row r='1048576'><c\nr='XFD1048576'><v>1</v></c></row>"), "too_far"),
    "the same with a prefix": (
        with_cells('<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        "too_far",
    ),
    "row beyond any sheet": (with_cells('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'), "too_far"),
    "column beyond any sheet": (with_cells('<row r="9"><c r="ZZZZZZZ9"><v>1</v></c></row>'), "too_far"),
    "wide rows without references": (
        with_cells("<row>" + "<c><v>1</v></c>" * 9000 + "</row>" + "<row><c/></row>" * 9000),
        "too_far",
    ),
    "entity in a sheet": (changed(GOOD, {PARTS: declared}), "tampered"),
    "entity in the strings": (changed(GOOD, {"xl/sharedStrings.xml": declared}), "tampered"),
    "entity in utf-16": (changed(GOOD, {PARTS: wide}), "tampered"),
    **{
        f"entity in {part} of {name}": (changed(data, {part: hides}), "tampered")
        for name, data, parts in (
            ("xlsx", GOOD, ("_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", PARTS)),
            ("xlsb", by_hand_xlsb(ROWS), ("xl/_rels/workbook.bin.rels",)),
            ("ods", by_odfpy(ROWS), ("content.xml", "styles.xml", "META-INF/manifest.xml")),
        )
        for part in parts
        for hides in (declared, wide, in_utf_32, in_utf_7, in_ebcdic)
    },
    "excel 2003 xml in utf-32 that declares": (in_utf_32(by_hand_xml(ROWS)), "tampered"),
    "part that leads out": (changed(GOOD, {}, [("../../planted.txt", b"x")]), "tampered"),
    "part from the root": (changed(GOOD, {}, [("/planted.txt", b"x")]), "tampered"),
    "part with a drive": (changed(GOOD, {}, [("c:\\planted.txt", b"x")]), "tampered"),
    "part in two spellings": (changed(GOOD, {}, [(PARTS.upper(), b"x")]), "tampered"),
    "bomb": (changed(GOOD, {}, [("xl/media/a.xml", b" " * (11 << 20))]), "zip_bomb"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_own_code(name: str) -> None:
    data, code = REFUSED[name]
    assert refusal(data) == code


def test_a_file_over_the_limit() -> None:
    assert refusal(b"x" * (guard.MAX_FILE + 1)) == "too_large"


def test_too_many_sheets() -> None:
    book, out = openpyxl.Workbook(write_only=True), io.BytesIO()
    for number in range(201):
        book.create_sheet(f"村{number}")
    book.save(out)
    assert refusal(out.getvalue()) == "too_many_sheets"


def test_too_many_cells() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:  # stored: no ratio gives it away
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/_rels/workbook.xml.rels", '<r><Relationship Id="a" Target="worksheets/sheet1.xml"/></r>')
        archive.writestr(PARTS, b"<sheetData>" + (b"<row>" + b"<c/>" * 9999 + b"</row>") * 2001)
    assert refusal(out.getvalue()) == "too_many_cells"


@pytest.mark.parametrize("chunk", [1, 7, 64, 1000, guard.CHUNK])
def test_the_extent_does_not_depend_on_where_chunks_end(chunk: int) -> None:
    rows = "".join(
        f'<row r="{r}"><c r="A{r}"/><c r="AB{r}" t="s"><v>1</v></c><c s="1" r="ZZ{r}"/></row>' for r in range(1, 120)
    )
    xml = f"<worksheet><cols><col r:id='x'/></cols><sheetData>{rows}</sheetData></worksheet>".encode()
    seen = Extent()
    for at in range(0, len(xml), chunk):
        seen.look(xml[at : at + chunk])
    seen.end()
    assert (seen.cells, seen.rows, seen.height, seen.width) == (357, 119, 119, 702)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=5), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back_from_any_encoding(rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out).writerows(rows)
    for encoding in ("utf-8-sig", "utf-16"):
        assert text.decode(out.getvalue().encode(encoding)) == out.getvalue()


@given(st.binary(max_size=300), st.sampled_from(["", ".xlsx", ".csv"]))
def test_no_bytes_raise_anything_but_refused(data: bytes, suffix: str) -> None:
    for start in (
        b"",
        b"PK\3\4",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<html><table>",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x03",
    ):
        try:
            opened = open_grids(start + data, suffix)
        except Refused as refused:
            assert Words("zh")(f"problem.{refused.code}.message", **refused.values)
        else:
            assert all(len({len(row) for row in grid.rows}) <= 1 for grid in opened.grids)


def test_codes_that_other_systems_protect_from_excel() -> None:
    data = '代码,名称\n="0123","甲"\n="",乙\n'.encode()
    assert open_grids(data, ".csv").grids[0].rows == [["代码", "名称"], ["0123", "甲"], [None, "乙"]]


@pytest.mark.parametrize(
    ("table", "delimiter"),
    [
        ("台账\n名称,人数\n甲,1\n乙,2\n", ","),
        ("名称\t地址\n甲\t一村,二组\n乙\t三村,四组\n", "\t"),
        ("名称;收入\n甲;1,5\n乙;2,5\n", ";"),
        ('名称,地址\n"甲\t乙\t丙\t丁",一\n', ","),
        ("只有一列\n甲\n", ","),
    ],
)
def test_the_delimiter_by_content(table: str, delimiter: str) -> None:
    assert text.delimiter_of(table) == delimiter


def test_names_of_cells() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert cell_name(6, 4) == "E7"
