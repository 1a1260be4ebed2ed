"""What the tool itself made is no survey: told by its mark, else by its sheets; what is to be read back is read."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coverage_census.files import xlsx
from coverage_census.ingest.grid import Grid
from coverage_census.ingest.layout import own_products
from coverage_census.ingest.refusal import Refused
from coverage_census.ingest.workbook import read_workbook
from coverage_census.model.incoming import Incoming
from coverage_census.words.catalogue import Words, entries
from kit import Census, Workbook

LEDGER = [["单位名称", "从业人员", "正式党员"], ["柳河甲食品有限公司", "12", "3"]]
TABLE = "| 单位名称 | 从业人员 | 正式党员 | 是否建立党组织 |\n| 柳河甲食品有限公司 | 12 | 3 | 否 |"


def made(product: str | None) -> bytes:
    sink = io.BytesIO()
    with xlsx.workbook(sink, product) as book:
        sheet = book.add_worksheet("柳河镇")
        for row, cells in enumerate(LEDGER):
            sheet.write_row(row, 0, cells)
    return sink.getvalue()


def saved_again(data: bytes, without: str = "") -> bytes:
    """As another program writes it; `without` the name or the property."""
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    if without == "name":
        del book.defined_names[xlsx.MARK]
    if without == "property":
        del book.custom_doc_props[xlsx.MARK]
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def refusal(data: bytes) -> str | None:
    try:
        _, table, problems = read_workbook(data, Incoming(Path("表.xlsx"), "表.xlsx"), {})
    except Refused as refused:
        return refused.code
    return next((each.code for each in problems if each.code.startswith("own_") and table.num_rows == 0), None)


@pytest.mark.parametrize("product", sorted(xlsx.PRODUCTS))
def test_every_product_bears_a_mark_that_outlives_other_programs(product: str) -> None:
    data = made(product)
    for each in (data, saved_again(data), saved_again(data, "name"), saved_again(data, "property")):
        assert refusal(each) == f"own_{product}"
    assert f"own_{product}.message" in entries("problem")


def test_what_bears_no_mark_is_read() -> None:
    assert refusal(made(None)) is None
    assert refusal(saved_again(made(None))) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_older_ones_are_told_by_their_sheets(lang: Any) -> None:
    words = Words(lang)

    def grids(table: str, *keys: str, top: str = "", second: str = "") -> list[Grid]:
        return [Grid(words(f"{table}.{key}"), [[top], [second]]) for key in keys]

    for product, found in {
        "coverage": grids("workbook.sheet", "summary", "chart", "indicators", "gaps", "rules", "sources"),
        "annual": grids("annual.sheet", "t27", "t30", "pending", "notes"),
        "plan_review": grids("review.sheet", "groups", "pairs", "sums", "basis"),
        "tasks": grids("tasks.sheet", "name", second=words("tasks.sheet.how")),
        "reminder": grids("missing.sheet", "overview", top=words("missing.sheet.overview_title", period="2026-09-30")),
        None: grids("workbook.sheet", "summary", "chart"),
    }.items():
        assert own_products.by_sheets(found) == product
    assert own_products.by_sheets([]) is None


def test_commands_refuse_what_commands_made(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("柳河镇.xlsx", "| 柳河镇两新组织台账（截至2026年9月30日） | | | |\n" + TABLE)
    assert census("ingest", "柳河镇.xlsx", "--no-returns").code == 0
    census("report", "--xlsx", "--annual")
    census("tasks", "--xlsx", "--out", "销号.xlsx")
    census("missing", "--xlsx", "--out", "催报.xlsx")
    products = [*(tmp_path / "reports").rglob("*.xlsx"), *tmp_path.glob("销号*"), *tmp_path.glob("催报*")]
    assert len(products) >= 4, products
    before = census("rounds", "--json").out
    ran = census("ingest", *products)
    assert ran.code == 3, ran.err
    assert (ran.out + ran.err).count("本系统（census）自己生成的") >= len(products)
    assert census("rounds", "--json").out == before


def test_templates_and_filled_forms_are_read(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    workbook("柳河镇.xlsx", TABLE)
    census("ingest", "柳河镇.xlsx", "--no-returns")
    workbook("空表.xlsx", "| 两新组织党建情况统计表 | | |\n| 单位名称 | 从业人员 | 正式党员 |\n| | | |")
    assert census("fill", "空表.xlsx", "--out", "填好.xlsx").code == 0
    assert census("check", "填好.xlsx").code == 0
    census("template", "--out", "填报表.xlsx")
    assert census("check", "填报表.xlsx").code == 0
