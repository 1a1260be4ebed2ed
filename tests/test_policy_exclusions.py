"""Who is left out, by which policy, and on what evidence: a ledger, never a silent filter."""

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from coverage_census.model import tables
from coverage_census.policy.decide import columns, frames
from coverage_census.policy.figures import exclusions
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words

DAY = date(2026, 1, 1)
ROWS: list[dict[str, Any]] = [
    {"name": "已注销厂", "operating_status": "closed", "employees": 30}
    | {"source_file": "文峰镇.xlsx", "source_sheet": "企业", "source_row": 7},
    {"name": "小厂", "employees": 7},
    {"name": "大约小厂", "employees": 8, "employees_min": 6, "employees_max": 9},
    {"name": "也许小厂", "employees_min": 5, "employees_max": 15},
    {"name": "不详厂"},
    {"name": "停业厂", "operating_status": "suspended", "employees": 50, "remarks": "停业，无固定场所"},
    {"name": "大厂", "employees": 10, "operating_status": "operating"},
]


def _table() -> pa.Table:
    blank = dict.fromkeys(tables.schema().names)
    return pa.Table.from_pylist([blank | row for row in ROWS], schema=tables.schema())


def _engines(table: pa.Table) -> list[Any]:
    return [table, table.to_pandas(), duckdb.connect().from_arrow(table)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("default", {"已注销厂": "经营状态：注销"}),
        (
            "three_haves",
            {
                "已注销厂": "经营状态：注销",
                "小厂": "从业人员：7名",
                "大约小厂": "从业人员：6-9名",
                "停业厂": "经营状态：停业、备注：停业，无固定场所",
            },
        ),
    ],
)
def test_who_is_left_out_and_why(name: str, expected: dict[str, str]) -> None:
    policy = rulebook.load(name, DAY)
    for native in _engines(_table()):
        found = exclusions.excluded(native, policy)
        assert {each.name: exclusions.reason(each, Words("zh")) for each in found} == expected
        assert found == exclusions.excluded(columns.ends(native, policy), policy)


@pytest.mark.parametrize("name", rulebook.names())
def test_the_ledger_of_exclusions_and_the_decisions_agree(name: str) -> None:
    policy = rulebook.load(name, DAY)
    left_out = {row["name"] for row in frames.rows(columns.columns(_table(), policy)) if row["excluded"]}
    assert left_out == {each.name for each in exclusions.excluded(_table(), policy)}


def test_the_evidence_is_file_sheet_and_row() -> None:
    first, *_ = exclusions.excluded(_table(), rulebook.load("default", DAY))
    assert first.source is not None
    assert (first.source.file, first.source.sheet, first.source.row) == ("文峰镇.xlsx", "企业", 7)
    assert first.facts == {"operating_status": "closed"}
    assert exclusions.reason(first, Words("en")) == "Operating status: Closed"


def test_a_small_table_is_enough() -> None:
    small = pa.table({"name": ["甲厂"], "operating_status": ["shell"]})
    (found,) = exclusions.excluded(small, rulebook.load("default", DAY))
    assert (found.name, found.source, found.uscc) == ("甲厂", None, None)
