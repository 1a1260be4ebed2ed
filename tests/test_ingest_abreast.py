"""Large workbooks, which are read while their guard still streams: the same answer, and the guard's word counts."""

import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from coverage_census.ingest import wire
from coverage_census.ingest.containers import guard
from coverage_census.ingest.jail import parent
from coverage_census.ingest.workbook import read_workbook
from coverage_census.model.incoming import Incoming

ROWS = 1_100


def small() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([
            ["企业名称", "党员人数"],
            ["样例一商行", 1],
            ["样例二商行", 2],
            ["样例三商行", 3],
        ]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def large(end: str = "", cell: str = "") -> bytes:
    """An invented ledger between long comments: 34 MB, hardly packed; `cell` in its last row, `end` after it."""
    source = random.Random(7)
    lines = [_row(1, "企业名称", "党员人数")]
    for row in range(2, ROWS):
        lines += [_row(row, f"样例{row}商行", str(row % 9)), f"<!--{source.randbytes(15_500).hex()}-->"]
    sheet = f"<worksheet><sheetData>{''.join(lines)}<row>{cell}</row></sheetData></worksheet>{end}"
    out = io.BytesIO()
    pack = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with zipfile.ZipFile(io.BytesIO(small())) as old, pack as new:
        for part in old.namelist():
            new.writestr(part, sheet if part == "xl/worksheets/sheet1.xml" else old.read(part))
    return out.getvalue()


def _row(number: int, *texts: str) -> str:
    cells = (f'<c r="{"AB"[at]}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts))
    return f'<row r="{number}">{"".join(cells)}</row>'


def test_a_large_workbook_says_what_it_says_when_the_guard_comes_first(tmp_path: Path) -> None:
    data = large()
    assert guard.may_be_read_meanwhile(data)
    file = Incoming(tmp_path / "大.xlsx", "大.xlsx")
    file.path.write_bytes(data)
    [(reading, table, problems)] = parent.run([file], {})
    one_after_the_other = read_workbook(data, file, {})
    assert table is not None
    assert table.num_rows == ROWS - 2
    assert (reading, wire.whole(table), problems) == one_after_the_other


@pytest.mark.parametrize(
    ("end", "cell", "refused"),
    [
        ("<!DOCTYPE x>", "", "tampered"),
        ("", '<c r="XFD1048576"><v>1</v></c>', "too_far"),  # calamine aborts here, as a rule before the guard ends
    ],
)
def test_what_the_guard_refuses_is_refused_whatever_became_of_the_reading(
    tmp_path: Path, end: str, cell: str, refused: str
) -> None:
    files = [Incoming(tmp_path / name, name) for name in ("大.xlsx", "小.xlsx")]
    files[0].path.write_bytes(large(end, cell))
    files[1].path.write_bytes(small())
    (first, nothing, _), (second, table, _) = parent.run(files, {})
    assert (first.refused, nothing) == (refused, None)
    assert second.refused is None
    assert table is not None
    assert table.num_rows == 3


@pytest.mark.parametrize(
    ("work", "code"),
    [
        ("verdict()", 0),
        ("raise MemoryError", 86),
        ("raise ValueError", 87),
        ("os.kill(os.getpid(), signal.SIGABRT)", 87),
        ("os.kill(os.getpid(), signal.SIGKILL)", 86),
        ("os.kill(os.getpid(), signal.SIGXCPU)", -24),
    ],
)
def test_the_death_of_the_reading_is_passed_on(work: str, code: int) -> None:
    script = f"""
import os, signal
from coverage_census.ingest import fork as abreast
def work(verdict):
    {work}
abreast.run(lambda: "allowed", work)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == code


def test_only_what_is_packed_like_a_workbook_is_read_meanwhile() -> None:
    assert not guard.may_be_read_meanwhile(small())  # small
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", "<workbook/>")
        new.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b"<c/>" * (10 << 20))
    assert not guard.may_be_read_meanwhile(out.getvalue())  # 40 MB in 0.1
