"""What sort of sheet each is, and what becomes of every cell of it. All names are invented."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kinds_case
from coverage_census.ingest.cells.clean import NOTHING, bare
from coverage_census.ingest.containers import grids
from coverage_census.ingest.grid import Grid, column_letters, place_of
from coverage_census.ingest.layout import header, row_words
from kit import cells, often
from reading_case import Understood, book, understand, understood

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
UNREAD = ("unmapped_column", "unmapped_column_near")


@pytest.mark.parametrize("name", kinds_case.every())
def test_a_sheet_is_taken_for_what_it_is(name: str) -> None:
    case = kinds_case.every()[name]
    if case.get("waits"):
        pytest.xfail(case["waits"])
    assert list(kinds_case.failures(case)) == []


def left_alone(data: bytes, read: Understood) -> Iterator[str]:
    """Cells of ledgers that were neither read nor dropped, are not known and not reported."""
    held = {grid.name: grid for grid in grids.open_grids(data, "").grids}
    for sheet in read.file.sheets:
        if sheet.kind == "ledger" and sheet.header_rows is not None:
            yield from _of_ledger(held[sheet.sheet], sheet.sheet, read)


def _of_ledger(grid: Grid, name: str, read: Understood) -> Iterator[str]:
    sheet = next(each for each in read.file.sheets if each.sheet == name)
    mine = [each for each in read.problems if each.sheet == name]
    reported = {place for each in mine for place in _places(str(each.values.get("places") or ""), each.cell)}
    headings = {"".join(filter(str.isalpha, each.cell or "")) for each in mine if each.code in UNREAD}
    headed = {each.column for each in sheet.columns if each.field or each.dropped or each.skipped} | headings
    sources = [each.source for each in read.organisations if each.source and each.source.sheet == name]
    rows = {source.row - 1 for source in sources if source.row}
    assert sheet.header_rows
    for row, column in ((r, c) for r in range(sheet.header_rows[1], len(grid.rows)) for c in range(len(grid.rows[r]))):
        cell = grid.rows[row][column]
        if cell is None or (row, column) in reported:
            continue
        if row in rows and column_letters(column) not in headed:
            yield f"{column_letters(column)}{row + 1} {cell!r}"
        elif row not in rows and not _announces(grid, row) and not any(place[0] == row for place in reported):
            yield f"row {row + 1}: {cell!r}"


def _announces(grid: Grid, row: int) -> bool:
    """A total, a note, a section, a sample, numbers of columns, a header again, or nothing but a number or dashes."""
    said = [bare(cell) for cell in grid.rows[row] if cell is not None]
    words = [text for text in said if text.lower() not in NOTHING and not text.isdecimal()]
    return (
        len(words) <= 1
        or header.is_number_row(grid.rows[row])
        or any(row_words.telling(text, True) for text in words)
        or len(words) == len(said)
    )


def _places(areas: str, cell: str | None) -> Iterator[tuple[int, int]]:
    for area in [*areas.split(), *([cell] if cell else [])]:
        ends = [place for place in map(place_of, area.split(":")) if place]
        if ends:
            first, last = ends[0], ends[-1]
            yield from (
                (row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)
            )


HEADINGS = st.sampled_from([
    "职工人数",
    "党员总数",
    "是否建立党组织",
    "地址",
    "蓝标",
    "备注",
    "负责人",
    "联系电话",
    "",
    "组建方式",
    "所属行业",
    "序号",
])
VALUES = st.sampled_from([None, None, 3, 0, "是", "无", "—", "河口街3号", "某甲", "约5人", "占比", "12.5%"])
NAMES = st.sampled_from([
    "青禾米业有限公司",
    "白石渡造船厂",
    "河口商会",
    "老陈面馆",
    None,
    "合计",
    "其中：企业",
    "河口镇",
    "填表人：某甲",
])


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_cell_of_a_ledger_is_read_dropped_known_or_reported(data: st.DataObject) -> None:
    heads = ["单位名称", "党员人数", *data.draw(st.lists(HEADINGS, min_size=1, max_size=5))]
    rows = [
        [data.draw(NAMES), *(data.draw(VALUES) for _ in heads[1:])]
        for _ in range(data.draw(st.integers(min_value=1, max_value=6)))
    ]
    made = book([[each or None for each in heads], ["青禾米业有限公司", 3, *[None] * (len(heads) - 2)], *rows])
    assert list(left_alone(made, understood(made, "台账.xlsx", {}))) == []


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xlsx"))[:12], ids=lambda path: path.name)
def test_every_cell_of_the_samples_is_accounted_for(path: Path) -> None:
    data = path.read_bytes()
    assert list(left_alone(data, understood(data, path.name, {}))) == []


def test_cells_without_a_heading_are_named() -> None:
    read = understand("""
    | 单位名称 | 职工人数 | | 党员总数 |
    | 青禾米业有限公司 | 30 | 另有学徒 | 4 |
    | 白石渡造船厂 | 12 | | 2 |
    """)
    assert read.found == [("cells_left", "C2")]
    assert read.sheet.understood.columns == 1 and read.sheet.understood.cells == round(9 / 10, 3)


def test_values_that_belong_to_no_label_of_a_card_are_named() -> None:
    read = understand("""
    | 单位名称 | 青禾米业有限公司 | |
    | 职工人数 | 30 | 另有学徒五名 |
    | 党员总数 | 4 | |
    | 是否建立党组织 | 是 | |
    """)
    assert (read.sheet.kind, read.found) == ("card", [("cells_left", "C2")])


def test_a_telephone_beside_the_labels_of_a_card_is_dropped_aloud() -> None:
    read = understand("""
    | 单位名称 | 青禾米业有限公司 | 职工人数 | 30 |
    | 党员总数 | 4 | 是否建立党组织 | 是 |
    | 其它 | 13900000101 | 另 | 无 |
    """)
    assert (read.sheet.kind, ("personal_cells", "B3") in read.found) == ("card", True)
    assert "139000001" not in str(read)


def test_two_shops_of_one_name_are_asked_about() -> None:
    read = understand("""
    | 单位名称 | 所属乡镇 | 地址 | 职工人数 |
    | 便民超市 | 河口镇 | 南街3号 | 2 |
    | 便民超市 | 河口镇 | 北街81号 | 3 |
    | 便民超市 | 河口镇 | 河口镇南街3号 | 2 |
    """)
    assert [each for each in read.found if "same" in each[0] or each[0] == "duplicate"] == [
        ("same_name_elsewhere", "A3"),
        ("duplicate", "A4"),
    ]


def test_a_table_without_one_name_is_an_error() -> None:
    read = understand("""
    | 单位名称 | 填报企业 | 职工人数 |
    | | 青禾米业有限公司 | 30 |
    | | 白石渡造船厂 | 12 |
    """)
    assert ("no_names", "A1") in read.serious


def test_how_much_of_a_roll_up_was_understood() -> None:
    read = understand({"汇总": cells(kinds_case.every()["roll-up by township"]["sheets"]["汇总"])})
    assert (read.sheet.understood.columns, read.sheet.understood.cells) == (1, 1)


def test_stray_zeros_and_bad_bytes_of_a_text_table() -> None:
    text = "单位名称,职工人数\r\n青禾米业有限公司,30\r\n白石渡造船厂,12\r\n河口养鸭专业合作社,8\r\n" * 2
    read = understood(text.replace("厂,", "厂\0,", 1).encode("gb18030"), "台账.csv", {})
    assert ("stray_zeros", None) in read.found and len(read.organisations) >= 3
    data = text.encode()
    at = data.index("白石渡".encode()) + 1
    with pytest.raises(grids.Refused) as refused:
        understood(data[:at] + b"\xff" + data[at + 1 :], "台账.csv", {})
    assert (refused.value.code, refused.value.values["line"]) == ("bad_byte", 3)


def test_parts_of_a_package_named_the_way_of_windows() -> None:
    buffer = io.BytesIO()
    plain = io.BytesIO(book("| 单位名称 | 职工人数 |\n| 青禾米业有限公司 | 30 |"))
    with zipfile.ZipFile(plain) as made, zipfile.ZipFile(buffer, "w") as other:
        for name in made.namelist():
            other.writestr(zipfile.ZipInfo(name.replace("/", "\\")), made.read(name))
    assert [each.name for each in understood(buffer.getvalue(), "台账.xlsx", {}).organisations] == ["青禾米业有限公司"]


def _left_of_card(grid: Grid, read: Understood) -> Iterator[str]:
    """Cells of a sheet of cards that are no label, no value, no line of their own and not reported."""
    reported = {place for each in read.problems for place in _places(str(each.values.get("places") or ""), each.cell)}
    values = {place_of(each.column) for each in read.sheet.columns}
    labels = {part for each in read.sheet.columns for part in each.heading.split(">")}
    names = {each.name for each in read.organisations} | {"项目"}
    for row, cells_ in enumerate(grid.rows):
        said = [cell for cell in cells_ if cell is not None]
        for column, cell in enumerate(cells_):
            known = cell is None or len(said) == 1 or cell in labels | names or (row, column) in values | reported
            group = column == 0 and cells_[1] is None  # in front of labels of its own
            if not known and not group:
                yield f"{column_letters(column)}{row + 1} {cell!r}"


STRAYS = st.sampled_from([None, None, None, "另有学徒", "甲", 7, "见附件", "请核"])


@st.composite
def cards_with_strays(draw: st.DrawFn) -> list[list[Any]]:
    """A card whose labels stand one or two a row, now and then with something behind its values."""
    labels = draw(st.lists(HEADINGS.filter(bool), min_size=3, max_size=7, unique=True))
    pairs = [("单位名称", "青禾米业有限公司"), ("党员人数", 3), *((label, draw(VALUES)) for label in labels)]
    wide = draw(st.booleans())
    rows: list[list[Any]] = [["河口镇企业情况登记表", None, None, None, None]]
    for at in range(0, len(pairs), 2 if wide else 1):
        beside = pairs[at + 1] if wide and at + 1 < len(pairs) else (None, None)
        rows.append([*pairs[at], *beside, draw(STRAYS)])
    return rows


@st.composite
def tables_on_their_side(draw: st.DrawFn) -> list[list[Any]]:
    """Fields down, organisations across, the names above with or without a label; perhaps a remark behind."""
    labels = draw(
        st.lists(st.sampled_from(["职工人数", "地址", "备注", "组建方式"]), min_size=1, max_size=4, unique=True)
    )
    corner = draw(st.sampled_from(["项目", "单位名称", None]))
    rows: list[list[Any]] = [[corner, "青禾米业有限公司", "白石渡造船厂", None]]
    for label in ["党员人数", "是否建立党组织", *labels]:
        value = st.sampled_from(["是", "否"]) if label.startswith("是否") else st.sampled_from([3, 0, 12])
        rows.append([label, draw(value), draw(value), draw(STRAYS)])
    return rows


@settings(max_examples=often(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(cards_with_strays(), tables_on_their_side()))
def test_every_cell_of_a_card_is_read_dropped_known_or_reported(rows: list[list[Any]]) -> None:
    read = understood(book(rows), "登记表.xlsx", {})
    if read.file.sheets and read.sheet.kind == "card":
        assert list(_left_of_card(Grid("Sheet1", [list(row) for row in rows]), read)) == []
    else:  # nothing was taken from it, and that is said
        assert read.organisations == [] or read.sheet.kind == "ledger"
