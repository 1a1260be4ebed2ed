"""Laws of reading: order, sheets and file format change nothing, and no grid at all makes the reader stumble."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coverage_census.ingest.grid import Grid
from coverage_census.ingest.records import arrow
from coverage_census.ingest.sheets import any_sheet
from coverage_census.model import tables
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation
from kit import often
from reading_case import Understood, book, understand, understood

HEADER = [
    "单位名称",
    "所属乡镇",
    "从业人员",
    "党员总数",
    "正式党员",
    "是否建立党组织",
    "组建方式",
    "党组织成立时间",
    "党建指导员",
    "备注",
]
Row = list[Any]

NAMES = (
    st
    .lists(st.sampled_from("晨新石白绿青云山水木金银春秋"), min_size=3, max_size=5)
    .map("".join)
    .map("{}加工厂".format)
)
COUNTS = st.one_of(
    st.integers(0, 300), st.sampled_from(["约50人", "120余人", "不足3名", "30-50", "无", "3名", "三名", "—", None])
)
ROWS = st.lists(
    st.tuples(
        NAMES, st.sampled_from(["云溪镇", "石桥乡党委", None]), COUNTS, COUNTS, st.sampled_from([0, 1, 2, 3, None, "2名"]),
        st.sampled_from(["是", "否", "√", "已建", None]), st.sampled_from(["单独", "联合组建", "挂靠", "派驻", None]),
        st.sampled_from(["2014.3", "2014年3月", "201403", 41091, "2013年底", None]), st.sampled_from([0, 1, "是", "否", None]),
        st.sampled_from(["季节性用工较多", "无", None]),
    ).map(list),
    min_size=2, max_size=8, unique_by=lambda row: row[0],
)  # fmt: skip
FEW = settings(max_examples=often(10), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def facts(read: Understood) -> Counter[str]:
    return Counter(each.model_copy(update={"source": None}).model_dump_json() for each in read.organisations)


@FEW
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[Row], chance: Any) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert facts(understand([HEADER, *rows])) == facts(understand([HEADER, *shuffled]))


@FEW
@given(ROWS, st.randoms())
def test_the_order_of_columns_changes_nothing(rows: list[Row], chance: Any) -> None:
    order = list(range(len(HEADER)))
    chance.shuffle(order)
    turned = [[row[place] for place in order] for row in [HEADER, *rows]]
    assert facts(understand([HEADER, *rows])) == facts(understand(turned))


@FEW
@given(ROWS, st.integers(1, 7))
def test_several_sheets_hold_what_one_sheet_holds(rows: list[Row], cut: int) -> None:
    parts = {"一": [HEADER, *rows[:cut]], "二": [HEADER, *rows[cut:]]}
    assert facts(understand([HEADER, *rows])) == facts(understand(parts))


@FEW
@given(ROWS)
def test_the_format_changes_nothing(rows: list[Row]) -> None:
    table = [HEADER, *rows]
    expected = facts(understood(book(table), "台账.xlsx", {}))
    for suffix, data in (("csv", as_csv(table)), ("xls", as_xls(table)), ("ods", as_ods(table))):
        assert facts(understood(data, f"台账.{suffix}", {})) == expected, suffix


def as_csv(table: list[Row]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(table)
    return buffer.getvalue().encode("gb18030")


def as_xls(table: list[Row]) -> bytes:
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Sheet1")
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            if value is not None:
                sheet.write(i, j, value)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def as_ods(table: list[Row]) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    made = OpenDocumentSpreadsheet()
    sheet = Table(name="Sheet1")
    for row in table:
        line = TableRow()
        for value in row:
            typed = (
                {"valuetype": "float", "value": value}
                if isinstance(value, int)
                else {"valuetype": "string"}
                if value
                else {}
            )
            cell = TableCell(**typed)
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    made.spreadsheet.addElement(sheet)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


WORDS = st.sampled_from([
    *HEADER, "企业名称", "姓名", "党员情况", "总数", "正式", "预备", "其中", "合计", "小计", "一、云溪镇（9家）", "云溪镇", "前进村", "填报单位：云溪镇", "√", "×",
    "企业类型", "私营企业", "类别", "党委", "单位", "覆盖情况", "组织覆盖", "同上", "〃", "#REF!", "注：见附件", "填表人：某某", "甲", "A", "社会组织名称",
    "法定代表人", "联系电话", "统一社会信用代码", "9.11E+17", "☑工会☐妇联", "建立群团组织", "单位数", "建立党委的", "没有党员的", "()", "（", "", " ",
])  # fmt: skip
CELLS = st.one_of(
    st.none(), WORDS, st.text(max_size=6), st.integers(-5, 10**19), st.floats(), st.booleans(), st.datetimes(), st.dates(),
    st.times(), st.timedeltas(),
)  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    width, height = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    rows = [[draw(CELLS) or None for _ in range(width)] for _ in range(height)]
    areas = draw(
        st.lists(st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(0, 3), st.integers(0, 3)), max_size=4)
    )
    merges = tuple((top, left, top + down, left + right) for top, left, down, right in areas)
    return Grid(draw(st.sampled_from(["Sheet1", "花名册", "云溪镇"])), rows, merges, draw(st.booleans()))


@settings(max_examples=often(200), deadline=None)
@given(grids())
def test_no_grid_makes_the_reader_stumble(grid: Grid) -> None:
    read = any_sheet.read(grid, Incoming(Path("表.xlsx"), "表.xlsx"), {})
    read.check()
    read.check_totals({})
    table = arrow.table(read.facts)
    assert table.schema == tables.schema()
    records: list[Organisation] = list(tables.records(table))  # every row satisfies the model
    assert len(records) == read.reading.data_rows
    assert isinstance(table, pa.Table)
