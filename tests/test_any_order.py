"""Whatever the order in which sheets come in, the newest day holds, and diff says why. All organisations invented."""

from collections.abc import Sequence

import pytest

from coverage_census.sample.units import uscc
from kit import Census, Workbook
from stories_case import HEAD, Row, book, document, records

X, Y, Z = (uscc.make("91", "349900", serial) for serial in (231, 232, 233))
OLD, NEW, BACK, LOST = "云岭养殖有限公司", "云岭生态养殖有限公司", "云岭砖瓦厂", "云岭纸品厂"
ASKED = (*HEAD, "经营状态")


def firm(name: str, code: str | None, formal: int, built: str, status: str = "正常") -> Row:
    return (name, code, 40, formal, formal, 0, built, status)


# The code of the first comes with its second sheet, its new name with the third; the second is gone and comes back; the
# third is named no more in September.
SHEETS: dict[str, Sequence[Row]] = {
    "3": [firm(OLD, None, 3, "否"), firm(BACK, Y, 1, "否"), firm(LOST, Z, 0, "否")],
    "6": [firm(OLD, X, 4, "否"), firm(BACK, Y, 1, "否", "注销"), firm(LOST, Z, 0, "否")],
    "9": [firm(NEW, X, 5, "是"), firm(BACK, Y, 1, "否")],
}


@pytest.mark.parametrize("order", ("369", "396", "963"))
def test_the_newest_day_holds_in_any_order(order: str, census: Census, workbook: Workbook) -> None:
    for month in order:
        book(workbook, f"{month}.xlsx", "石桥镇两新组织党建台账", f"2025年{month}月28日", SHEETS[month], ASKED)
        assert census("ingest", f"{month}.xlsx", "--older", "--no-returns").code == 0
    now = {
        each["name"]: (each["uscc"], each["members_total"], each["has_org"], each["as_of"]) for each in records(census)
    }
    assert now == {
        NEW: (X, 5, True, "2025-09-28"),
        BACK: (Y, 1, False, "2025-09-28"),
        LOST: (Z, 0, False, "2025-06-28"),
    }
    found = document(census, "diff")
    assert [(each["old"], each["new"]) for each in found["renamed"]] == [(OLD, NEW)]
    assert [each["name"] for each in found["reopened"]] == [BACK]
    assert [each["name"] for each in found["silent"]] == [LOST]
    (overall,) = [each for each in found["movements"] if each["code"] == "overall_rate"]
    moved = {
        each["cause"]: (each["numerator"], each["denominator"]) for each in overall["steps"] if each["organisations"]
    }
    assert moved == {"newly_built": (1, 0), "reopened": (0, 1)}


def test_the_same_cells_for_an_earlier_period_that_somebody_names(census: Census, workbook: Workbook) -> None:
    """Entered for today, for want of a day on the sheet; then named: refused as older, or entered."""
    book(workbook, "a.xlsx", "石桥镇两新组织党建台账", None, SHEETS["6"], ASKED)
    assert census("ingest", "a.xlsx", "--no-returns").code == 0
    assert census("ingest", "a.xlsx", "--round", "2025Q1", "--no-returns").code == 3
    assert census("ingest", "a.xlsx", "--round", "2025Q1", "--older", "--no-returns").code == 0
    assert next(each["as_of"] for each in document(census, "rounds", "--trend")) == "2025-03-31"
    assert "没有变化" in (again := census("ingest", "a.xlsx", "--round", "2025Q1", "--older")).out + again.err
    assert "没有变化" in (plain := census("ingest", "a.xlsx")).out + plain.err
