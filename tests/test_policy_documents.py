"""tests/cases/documents: what each source document says of an organisation, by columns and by explanation alike."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from coverage_census.model import tables
from coverage_census.model.decision import Decision
from coverage_census.policy.decide import columns, explain, frames
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import LANGS, Words

FOLDER = Path(__file__).with_name("cases") / "documents"
DAY = date(2026, 1, 1)
OWN_DAYS = {"yuexi": date(2020, 7, 6)}  # whose deadline is one day of one year
CASES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["case"] for path in sorted(FOLDER.glob("*.toml"))}
NUMBERED = [(name, number, case) for name, cases in CASES.items() for number, case in enumerate(cases)]


@cache
def policy(name: str) -> Policy:
    return rulebook.load(name, OWN_DAYS.get(name, DAY))


@cache
def answers(name: str) -> list[dict[str, Any]]:
    blank = dict.fromkeys(tables.schema().names)
    rows = [blank | case["facts"] | {"name": str(n), "county": f"{n}县"} for n, case in enumerate(CASES[name])]
    table = duckdb.connect().from_arrow(pa.Table.from_pylist(rows, schema=tables.schema()))
    return sorted(frames.rows(columns.columns(table, policy(name))), key=lambda row: int(row["name"]))


def _decisions(name: str, facts: dict[str, Any], lang: str = "zh") -> dict[str, Decision]:
    words = Words("zh") if lang == "zh" else Words("en")
    return {each.rule: each for each in explain.decisions({"name": "甲单位", **facts}, policy(name), words)}


@pytest.mark.parametrize(("name", "number", "case"), NUMBERED, ids=[f"{n}-{c['name']}" for n, _, c in NUMBERED])
def test_case(name: str, number: int, case: dict[str, Any]) -> None:
    row, decisions = answers(name)[number], _decisions(name, case["facts"])
    for rule in set(case) - {"name", "facts"}:
        said, decision = case[rule], decisions[rule]
        assert (row[f"verdict_{rule}"], row[f"gap_{rule}"]) == (said["verdict"], said.get("gap")), rule
        assert (decision.verdict.value, decision.gap and decision.gap.value) == (said["verdict"], said.get("gap")), rule
        assert decision.facts.get("due_on") == said.get("due_on")
        assert said.get("advice") in (None, row["advice"]) and decision.advice.value == row["advice"]
        assert said.get("basis") in (None, row["basis"]) and decision.basis == row["basis"]


@pytest.mark.parametrize("lang", LANGS)
def test_reasons_are_sentences_with_nothing_left_open(lang: str) -> None:
    for name, _, case in NUMBERED:
        for decision in _decisions(name, case["facts"], lang).values():
            assert decision.reason.endswith("。" if lang == "zh" else "."), decision.reason
            assert "{" not in decision.reason and "None" not in decision.reason, decision.reason
            assert decision.facts and decision.citation.text


def test_the_hole_in_the_texts_is_said_and_read() -> None:
    hole = {"members_formal": 2, "members_probationary": 1, "members_total": 3, "has_org": False}
    for name in ("default", "official", "local_targets", "tiandeng", "s2b", "yuexi"):
        (reading,) = explain.readings(hole, policy(name), Words("zh"))
        assert "空白" in reading and "联合组建" in reading
        assert "hole" in explain.readings(hole, policy(name), Words("en"))[0]
    (by_s2c,) = explain.readings(hole | {"kind": "social_org"}, policy("s2c"), Words("zh"))
    assert "包括3名" in by_s2c


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"members_formal": 3, "members_total": 3, "has_org": False}, ()),
        ({"members_formal": 2, "members_total": 2, "has_org": False}, ()),
        ({"members_formal": 7, "has_org": False}, ("支部委员会",)),
        ({"members_total": 3, "has_org": False}, ("按党员总数判定",)),
        ({"employees": 100, "members_total": 0, "has_org": False}, ("正好100名",)),
        ({"members_formal": 4, "has_org": True, "org_form": "temporary"}, ("临时党支部",)),
    ],
)
def test_a_reading_is_given_only_where_it_matters(facts: dict[str, Any], expected: tuple[str, ...]) -> None:
    found = explain.readings(facts, policy("default"), Words("zh"))
    assert len(found) == len(expected) and all(part in each for part, each in zip(expected, found, strict=True))


def test_part_time_members_do_not_oblige_and_the_reason_says_so() -> None:
    facts = CASES["official"][0]["facts"]
    decision = _decisions("official", facts)["formation"]
    assert "其中专职工作人员中1名" in decision.reason and decision.facts["members_fulltime"] == 1
    (reading,) = explain.readings(facts, policy("official"), Words("zh"))
    assert "专职工作人员中有3名以上正式党员" in reading
