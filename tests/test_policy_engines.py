"""One definition, four ways to run it: DuckDB, pyarrow, pandas and record by record give the same answers."""

from datetime import date
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from coverage_census.model import tables
from coverage_census.model.choices import CHOICES, OrgForm
from coverage_census.policy.decide import columns, explain, frames
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language import facts
from coverage_census.words.catalogue import Words
from kit import often

DAY = date(2026, 1, 1)
POLICIES = {name: rulebook.load(name, DAY) for name in ("default", "official", "s2a", "s2c", "tiandeng")}
ZH = Words("zh")

COUNTS = {
    "members_total": 6, "members_formal": 5, "members_probationary": 3, "employees": 120, "female_employees": 5,
    "league_members": 5, "union_members": 30, "instructors": 2, "joint_units": 7,
    "members_fulltime": 4, "employees_fulltime": 4,
}  # fmt: skip
FLAGS = ("has_org", "above_scale", "active", "has_union", "has_league", "has_women_org")


def _count(most: int) -> st.SearchStrategy[tuple[int | None, int | None, int | None]]:
    """Unknown, exact, or an interval with or without an upper end: (value, min, max)."""
    near = st.sampled_from(sorted({n for n in (0, 1, 2, 3, 4, 5, 6, 24, 25, 50, 51, 100, 101, most) if n <= most}))
    exact = near.map(lambda n: (n, None, None))
    between = st.tuples(near, near).map(lambda ends: (None, min(ends), max(ends)))
    open_end = near.map(lambda n: (n, n, None))
    return st.one_of(st.just((None, None, None)), exact, exact, between, open_end)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """A row as careless as townships can make it: blanks, bounds, counts that contradict each other."""
    row: dict[str, Any] = {
        "county": draw(st.sampled_from([None, "甲县", "乙县"])),
        "org_name": draw(st.sampled_from([None, "东联合支部", "东 联合支部", "（西）支部", "(西)支部"])),
        "org_form": draw(st.sampled_from([None, *(form.value for form in OrgForm), "joint", "joint"])),
        "kind": draw(st.sampled_from([None, "enterprise", "social_org", "social_org"])),
        "operating_status": draw(st.sampled_from([None, *(each.value for each in CHOICES["operating_status"])])),
        "not_built_reason": draw(st.sampled_from([None, "应建未建", "不符合条件尚未建立", "没有党员"])),
    }
    for name, most in COUNTS.items():
        row[name], row[name + tables.LOW], row[name + tables.HIGH] = draw(_count(most))
    return row | {name: draw(st.sampled_from([None, True, False])) for name in FLAGS}


def _table(some: list[dict[str, Any]]) -> pa.Table:
    full = [dict.fromkeys(tables.schema().names) | row for row in some]
    return pa.Table.from_pylist(
        [row | {"name": f"单位{number:03}"} for number, row in enumerate(full)], schema=tables.schema()
    )


def _engines(table: pa.Table) -> dict[str, Any]:
    return {"duckdb": duckdb.connect().from_arrow(table), "pyarrow": table, "pandas": table.to_pandas()}


def _wanted(policy: Policy) -> list[str]:
    wanted = ["name", "advice", "basis", "due", "liaison_due", "excluded", "stated_due"]
    wanted += [f"{kind}_{rule}" for rule in policy.rules for kind in ("verdict", "gap")]
    branches = "joint_regular" in policy.rules  # else nobody asks for the other rows of a branch
    intervals = [name for name in facts.INTERVALS if branches or not name.startswith("joint_")]
    return wanted + [f"{name}_{end}" for name in intervals for end in ("low", "high")]


def _sorted(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: str(row["name"]))


class Standing:
    """The columns of a policy over one DuckDB table whose rows each example replaces: the query is built once."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.engine = duckdb.connect()
        self.engine.from_arrow(_table([])).create("ledger")
        ledger = self.engine.table("ledger")
        self.columns = columns.columns(ledger, policy).select(*_wanted(policy))
        fields = [
            *tables.schema().names,
            *(f"joint_{what}_{end}" for what in ("size", "formal", "members") for end in ("low", "high")),
        ]
        self.facts = columns.facts(ledger, policy).select(*fields)

    def refill(self, some: list[dict[str, Any]]) -> None:
        self.engine.execute("DELETE FROM ledger")
        self.engine.from_arrow(_table(some)).insert_into("ledger")

    def one_by_one(self) -> list[dict[str, Any]]:
        found = []
        for row in frames.rows(self.facts):
            answer: dict[str, Any] = explain.complete(row, self.policy)
            for each in explain.decisions(row, self.policy, ZH):
                answer |= {f"verdict_{each.rule}": each.verdict.value, f"gap_{each.rule}": each.gap and each.gap.value}
                assert each.reason and each.facts and each.citation.text
            found.append({name: answer[name] for name in _wanted(self.policy)})
        return _sorted(found)


@cache
def under(policy: str) -> Standing:
    return Standing(POLICIES[policy])


@settings(max_examples=often(20), deadline=None)
@given(some=st.lists(rows(), min_size=1, max_size=12), policy=st.sampled_from(sorted(POLICIES)))
def test_every_record_is_explained_as_the_columns_decide(some: list[dict[str, Any]], policy: str) -> None:
    standing = under(policy)
    standing.refill(some)
    assert standing.one_by_one() == _sorted(frames.rows(standing.columns))


@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(some=st.lists(rows(), min_size=40, max_size=60), policy=st.sampled_from(sorted(POLICIES)))
def test_every_engine_agrees(some: list[dict[str, Any]], policy: str) -> None:
    standing = under(policy)
    standing.refill(some)
    expected = _sorted(frames.rows(standing.columns))
    table = _table(some)
    for native in (table, table.to_pandas()):
        found = frames.rows(columns.columns(native, POLICIES[policy]).select(*_wanted(POLICIES[policy])))
        assert found == expected  # in the order of the table, too


def test_bounds_are_named_as_in_tables() -> None:
    assert (facts.LOW, facts.HIGH) == (tables.LOW, tables.HIGH)


@pytest.mark.parametrize("engine", ["duckdb", "pyarrow", "pandas"])
def test_a_table_with_few_columns_is_enough(engine: str) -> None:
    small = pa.table({"name": ["甲厂"], "members_formal": [3], "has_org": [False]})
    (row,) = frames.rows(columns.columns(_engines(small)[engine], POLICIES["default"]))
    assert (row["advice"], row["verdict_formation"], row["gap_formation"]) == (
        "standalone",
        "gap",
        "unbuilt_standalone",
    )
    assert row["verdict_union"] == "unknown"
