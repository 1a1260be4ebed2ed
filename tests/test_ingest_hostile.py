"""What a file earns by its rows and by nothing else: padding, declared sizes and repeated parts cost the sender's file,
not the reader. The files are made here; all organisations are invented."""

import io
import random
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from coverage_census.ingest.containers import grids, package
from coverage_census.ingest.jail import parent, worth
from coverage_census.ingest.refusal import Refused
from coverage_census.model.incoming import Incoming

HEAD = ["单位名称", "所属乡镇", "从业人数", "党员总数", "正式党员人数", "备注"]
SHEET = "xl/worksheets/sheet1.xml"
FREE = worth.MB


def rows(count: int, more: int = 0) -> list[list[object]]:
    source = random.Random(5)
    body = [
        [
            f"样例{n}号有限公司",
            f"样例{n % 20}镇",
            source.randrange(300),
            4,
            3,
            "",
            *source.choices([0, 1, "是", ""], k=more),
        ]
        for n in range(count)
    ]
    return [[*HEAD, *(f"附加{n}" for n in range(more))], *body]


def workbook(count: int = 3) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(rows(count)):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def csv(count: int, more: int = 0) -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in rows(count, more)).encode()


def changed(data: bytes, changes: dict[str, bytes], more: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str = SHEET) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def names(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(package.taken(data).data)) as archive:
        assert archive.testzip() is None
        return set(archive.namelist())


def test_a_reader_gets_the_parts_that_relations_lead_to_and_no_others() -> None:
    padded = changed(workbook(), {}, {"xl/pad/a.xml": b"<a>" + b" " * 5_000_000, "xl/media/b.png": b"\x89PNG"})
    assert names(padded) == names(workbook())
    assert package.taken(padded).unpacked == package.taken(workbook()).unpacked
    assert SHEET in names(padded)


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused() -> None:
    data = bytearray(changed(workbook(), {SHEET: part(workbook()) + b" " * 9_000}))
    at = data.rfind(SHEET.encode()) - 46  # its entry in the directory
    size = int.from_bytes(data[at + 24 : at + 28], "little")
    data[at + 24 : at + 28] = (size - 8_000).to_bytes(4, "little")
    with pytest.raises(Refused, match="tampered"):
        package.taken(bytes(data))


def test_rows_that_differ_are_proved() -> None:
    for data in (workbook(40_000), csv(60_000)):
        found = worth.of(data)
        assert found.proved > found.unpacked / 3
        assert found.seconds > 2


NOISE = random.Random(1).randbytes(3_000_000).hex().encode()
CELLS = b"<row>" + b"<c><v>1</v></c>" * 16 + b"</row>"


@pytest.mark.parametrize(
    "data",
    [
        changed(workbook(), {SHEET: part(workbook()).replace(b"</sheetData>", CELLS * 40_000 + b"</sheetData>")}),
        changed(workbook(), {SHEET: part(workbook()) + b"<!--" + NOISE + b"-->"}),
        changed(workbook(), {"xl/sharedStrings.xml": b"<sst><si><t>" + NOISE + b"</t></si></sst>"}),
        changed(workbook(), {SHEET: b" " * 9_000_000 + part(workbook())}),
        "单位名称,党员总数\n".encode() + b"\n" * 9_000_000,
        "单位名称,党员总数\n".encode() + b'"","",""\n' * 1_000_000,
        b"<table>" + (b"<tr>" + b"<td>" * 9_000 + b"</tr>") * 200 + b"</table>",
    ],
    ids=["cells", "comment", "string", "blanks", "lines", "quotes", "td"],
)
def test_what_is_padded_or_repeated_proves_nothing(data: bytes) -> None:
    found = worth.of(data)
    assert (found.proved, found.seconds) == (0, 0)


def test_a_part_that_three_sheets_name_is_read_once_and_said_so() -> None:
    book = part(workbook(), "xl/workbook.xml")
    sheet = book[book.index(b"<sheet ") : book.index(b"</sheets>")]
    more = b"".join(sheet.replace("台账".encode(), f"又{n}".encode()).replace(b'"1"', b'"%d"' % n) for n in (2, 3))
    opened = grids.open_grids(changed(workbook(), {"xl/workbook.xml": book.replace(sheet, sheet + more)}), ".xlsx")
    assert [grid.name for grid in opened.grids] == ["台账"]
    [(code, _, where, values)] = opened.problems
    assert (code, where, values) == ("same_part", "台账", {"count": 2, "names": "又2、又3"})


@pytest.mark.parametrize("before", [b" " * 1_200_000, b" <!-- " + b"x" * 1_200_000 + b" -->\n" * 2])
def test_errors_are_seen_however_a_part_begins(before: bytes) -> None:
    cells = b'<row r="9"><c r="A9" t="e"><v>#REF!</v></c><c r="B9"><f>X1</f></c></row></sheetData>'
    sheet = part(workbook())
    sheet = before + sheet[sheet.index(b"<worksheet") :].replace(b"</sheetData>", cells)
    opened = grids.open_grids(changed(workbook(), {SHEET: sheet}), ".xlsx")
    assert opened.grids[0].rows[8][0] == "#REF!"
    assert [code for code, *_ in opened.problems] == ["formula_without_value"]


def test_merged_areas_that_overlap_count_once() -> None:
    areas = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % n for n in range(1, 3_000))
    sheet = part(workbook()).replace(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")
    [grid] = grids.open_grids(changed(workbook(), {SHEET: sheet}), ".xlsx").grids
    assert grid.merges == ((0, 0, 3, 5),)


@pytest.mark.slow
@pytest.mark.usefixtures("real_jail")
def test_a_large_honest_table_is_read(tmp_path: Path) -> None:
    file = Incoming(tmp_path / "大.csv", "大.csv")
    file.path.write_bytes(csv(60_000, more=24))
    [(reading, table, _)] = parent.run([file], {})
    assert reading.refused is None
    assert table is not None
    assert table.num_rows == 60_000
