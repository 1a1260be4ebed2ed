"""What the fuzzers start from: sheets that might have been sent, their bytes in every container, and damage to them."""

# ruff: noqa: E501   (words side by side)

import csv
import io
import random
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from hypothesis import strategies as st

Row = list[Any]

# All organisations and persons are invented; the numbers have the shape of a person's number and belong to nobody.
PERSONAL = ("110101190001011237", "110101900101123", "13900000001", "6222000000000000017", "1.10101190001011E+17")
HEADINGS = (
    "序号", "单位名称", "企业名称", "所属乡镇", "统一社会信用代码", "从业人员", "党员总数", "正式党员", "预备党员", "是否建立党组织",
    "组建方式", "党组织成立时间", "党建指导员", "未建原因", "备注", "法定代表人", "联系电话", "身份证号", "姓名", "工会", "妇联",
    "年营业收入(万元)", "党组织名称", "类型", "党员情况", "其中", "单位数", "合计",
)  # fmt: skip
VALUES = (
    "合成样例甲有限公司", "合成样例乙合作社", "云溪镇", "石桥乡党委", "是", "否", "√", "×", "约50人", "30-50", "无", "同上", "〃", "2014.3",
    "2014年3月", "201403", "#REF!", "=1+1", "9.11E+17", "合计", "小计", "一、云溪镇（9家）", "注：见附件", "填报单位：云溪镇", "单独",
    "联合组建", "甲", "A", "样例", "☑工会☐妇联", "", " ", "﹣", "１２", *PERSONAL, "联系人：某某某 13900000001", "某某某(13900000001)",
)  # fmt: skip
CELLS = st.one_of(
    st.none(),
    st.sampled_from(HEADINGS),
    st.sampled_from(VALUES),
    st.text(max_size=8),
    st.integers(-5, 10**19),
    st.sampled_from([110101190001011237, 13900000001, 1.10101190001011e17]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(),
)


def of_width(words: Sequence[Any], width: int) -> st.SearchStrategy[Row]:
    return st.lists(st.sampled_from([*words, None]), min_size=width, max_size=width)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Title lines, headings on one to three rows, records, a total: each of them perhaps, and then a few odd cells."""
    width = draw(st.integers(1, 9))
    rows: list[Row] = draw(st.lists(st.lists(CELLS, max_size=2), max_size=2))
    rows += draw(st.lists(of_width(HEADINGS, width), min_size=1, max_size=3))
    rows += draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=7))
    rows += draw(st.lists(of_width((*VALUES, 1, 2, 30), width), max_size=4))
    return [row + [None] * (width - len(row)) for row in rows]


def as_xlsx(rows: Sequence[Row], merges: Sequence[tuple[int, int, int, int]] = (), name: str = "Sheet1") -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int) and abs(value) > 10**15:
                    page.write_number(number, column, float(value))
                elif value is not None:
                    page.write(number, column, value)
        for area in merges:
            if area[:2] != area[2:]:
                page.merge_range(*area, "合并")
    return out.getvalue()


def as_csv(rows: Sequence[Row], encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


# --- damage
TOKENS = (
    b"<", b">", b"&", b'"', b"\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"99999999", b"-1", b"1e308", b"NaN", b"<!DOCTYPE", b"&a;",
    b'r="XFD1048576"', b'ref="A1:XFD1048576"', b't="s"', b't="e"', b't="d"', b"colspan=1000", b"\xef\xbb\xbf", b"PK\3\4", b"PK\5\6",
    "序".encode("gb18030"), "㙍".encode("gb18030")[:3], b"</sheetData>", b'"', b"'", b"\n", b",,,,",
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut, doubled or put in; in a zip often within a part, so that the damage is reached."""
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _part_damaged(data, chance)
    return _bytes_damaged(data, chance)


def _part_damaged(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        hit = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _bytes_damaged(content, chance) if name == hit else content)
    return out.getvalue()


def _bytes_damaged(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(found) + 1)
        size = chance.choice((1, 2, 8, 64))
        match chance.randrange(5):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = chance.choice(TOKENS)
            case 3:
                found[at : at + 4] = chance.choice(TOKENS)
            case _:
                found[at:at] = found[at : at + size]
    if chance.random() < 0.05:
        del found[chance.randrange(len(found) + 1) :]
    return bytes(found)
