"""Pages and old XML are read row by row: what a large honest one takes, and what stands in cells within cells."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coverage_census.ingest.containers import html, xml2003

ROWS, COLUMNS = 6_000, 30
PEAK = """
import importlib, pathlib, resource, sys
read = importlib.import_module("coverage_census.ingest.containers." + sys.argv[1]).read
import lxml.etree
read(b"<table><tr><td>1</td></tr></table>") if sys.argv[1] == "html" else None
data = pathlib.Path(sys.argv[2]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read(data)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / len(data))
"""


def page(cell: Callable[[int], str] = "<td>样例{}号</td>".format) -> str:
    rows = ("".join(cell(row * COLUMNS + column) for column in range(COLUMNS)) for row in range(ROWS))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def workbook() -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = page('<ss:Cell><ss:Data ss:Type="String">样例{}号</ss:Data></ss:Cell>'.format).replace("tr>", "ss:Row>")
    table = rows.replace("table>", "ss:Table>")
    return f'<ss:Workbook xmlns:ss="{space}"><ss:Worksheet ss:Name="台账">{table}</ss:Worksheet></ss:Workbook>'


@pytest.mark.parametrize(("container", "made", "times"), [("html", page, 12), ("xml2003", workbook, 4)])
def test_memory_for_a_large_one_is_a_few_times_its_cells(
    container: str, made: Callable[[], str], times: int, tmp_path: Path
) -> None:
    """Its tree took twenty-five times its size, and fifteen."""
    (tmp_path / "large").write_bytes(made().encode())
    peak = subprocess.run(
        [sys.executable, "-c", PEAK, container, str(tmp_path / "large")], capture_output=True, text=True, check=True
    ).stdout
    assert float(peak) < times


def test_cells_within_cells_are_read_with_the_cell_around_them() -> None:
    """A table that lays out a page: its own line, then the table in it; one that has more cells itself: all as text."""
    inner = "<table><tr><td>单位名称</td><td>党员数</td></tr><tr><td>青禾<br>纸箱厂</td><td>3</td></tr></table>"
    laid_out = html.read(f"<table><tr><td>台账</td></tr><tr><td>{inner}</td></tr></table>".encode())
    assert laid_out.rows == [["台账"], ["单位名称", "党员数"], ["青禾\n纸箱厂", "3"]]
    whole = html.read(f"<table><tr><td>甲<td>乙<td>丙<td>丁<td>戊 {inner} 己</table>".encode())
    assert whole.rows == [["甲", "乙", "丙", "丁", "戊 单位名称党员数青禾\n纸箱厂3 己"]]


def test_rows_within_cells_without_end_take_no_more_than_their_size() -> None:
    read = html.read(b"<table>" + b"<tr><td>x<div>" * 3_000)
    assert len(read.rows) == 3_000
    assert max(len(str(row[0])) for row in read.rows if row) < 6_100


def test_a_script_is_no_text_of_a_cell() -> None:
    assert html.read(b"<table><tr><td>1<script>x</script>2<style>y</style></table>").rows == [["12"]]


def test_only_the_first_table_of_a_sheet_counts_and_rows_of_others_do_not() -> None:
    row = "<Row><Cell><Data>{}</Data></Cell></Row>".format
    sheet = f'<Worksheet Name="一"><Table><Column Index="2" Hidden="1"/>{row(1)}<x>{row(2)}</x>{row(3)}</Table>'
    sheet += f"<Table>{row(4)}</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"
    book = f'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">{row(0)}{sheet}</Workbook>'
    [found] = xml2003.read(book.encode())
    assert (found.name, found.rows, found.hidden) == ("一", [["1"], ["3"]], True)
    assert found.left_out.hidden_columns == {(1, 1)}
