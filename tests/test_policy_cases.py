"""tests/cases: what policy people expect of each rule, run through columns and through explanations alike."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from coverage_census.model import tables
from coverage_census.model.decision import Decision
from coverage_census.policy.decide import columns, explain, frames, reasons
from coverage_census.policy.decide.verdicts import ways
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.facts import interval
from coverage_census.policy.language.record_algebra import OneRecord
from coverage_census.words.catalogue import Words, entries

CASES = Path(__file__).with_name("cases")
DAY = date(2026, 1, 1)
SHIPPED = ("default", "official")
EXPECTED = ("advice", "basis", "verdict", "gap")


@cache
def policy(name: str) -> Policy:
    return rulebook.load(name, DAY)


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Policy, rule, and the case with what this policy answers."""
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", ()):
            for name in case.get("policies", SHIPPED):
                if path.stem in policy(name).rules:
                    differs = {} if name not in case else dict.fromkeys(EXPECTED) | case[name]
                    yield name, path.stem, case | differs


@cache
def answers(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All cases of one policy in one table, each in a county of its own: their columns, and their facts."""
    blank = dict.fromkeys(tables.schema().names)
    some = []
    for number, (_, _, case) in enumerate(_of(name)):
        first = blank | case["facts"] | {"name": str(number), "county": f"{number}县"}
        same = {field: case["facts"].get(field) for field in ("has_org", "org_form", "org_name")}
        some += [
            first,
            *(
                first | blank | same | {"county": f"{number}县", "name": "其他"} | each
                for each in case.get("others", ())
            ),
        ]
    table = duckdb.connect().from_arrow(pa.Table.from_pylist(some, schema=tables.schema()))
    found = []
    for frame in (columns.columns(table, policy(name)), columns.facts(table, policy(name))):
        own = [row for row in frames.rows(frame) if row["name"] != "其他"]
        found.append(sorted(own, key=lambda row: int(row["name"])))
    return found[0], found[1]


def _of(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [each for each in cases() if each[0] == name]


def _decision(name: str, rule: str, number: int, lang: str = "zh") -> Decision:
    words = Words("zh") if lang == "zh" else Words("en")
    return next(each for each in explain.decisions(answers(name)[1][number], policy(name), words) if each.rule == rule)


NUMBERED = [(name, rule, n, case) for name in SHIPPED for n, (_, rule, case) in enumerate(_of(name))]


@pytest.mark.parametrize(
    ("name", "rule", "number", "case"),
    NUMBERED,
    ids=[f"{name}-{rule}-{case['name']}" for name, rule, _, case in NUMBERED],
)
def test_case(name: str, rule: str, number: int, case: dict[str, Any]) -> None:
    row, decision = answers(name)[0][number], _decision(name, rule, number)
    assert (row[f"verdict_{rule}"], row[f"gap_{rule}"]) == (case["verdict"], case.get("gap"))
    assert (decision.verdict.value, decision.gap and decision.gap.value) == (case["verdict"], case.get("gap"))
    if rule == "formation":
        assert (row["advice"], row["basis"]) == (case["advice"], case.get("basis"))
    assert (decision.advice.value, decision.basis) == (row["advice"], row["basis"])


@pytest.mark.parametrize(("name", "rule"), [(name, rule) for name in SHIPPED for rule in policy(name).rules])
def test_every_end_of_a_rule_has_a_case(name: str, rule: str) -> None:
    ends = {(end.verdict.value, end.gap and end.gap.value) for _, end in ways(policy(name), rule, OneRecord({}))}
    assert ends == {(case["verdict"], case.get("gap")) for _, of, case in _of(name) if of == rule}


@pytest.mark.parametrize(("name", "rule"), [(name, rule) for name in SHIPPED for rule in policy(name).rules])
def test_both_sides_of_every_threshold_have_a_case(name: str, rule: str) -> None:
    asked = policy(name).rules[rule].conditions()
    if rule == "formation":
        asked += [case.when for case in policy(name).advice]
    some = [answers(name)[1][number] for number, (_, of, _) in enumerate(_of(name)) if of == rule]
    for leaf in (leaf for condition in asked for leaf in condition.leaves() if leaf.reaches):
        value, operator = policy(name).bounds[leaf.reaches or ""]
        ends = [interval(OneRecord(row), leaf.fact or "") for row in some]
        exact = {low for low, high in ends if low == high}
        sides = {value - 1, value} if operator in ("at_least", "less_than") else {value, value + 1}
        assert sides <= exact, f"{leaf.fact} {operator} {value}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reasons_are_sentences_with_nothing_left_open(lang: str) -> None:
    for name, rule, number, case in NUMBERED:
        decision = _decision(name, rule, number, lang)
        assert decision.reason.endswith("。" if lang == "zh" else "."), decision.reason
        assert "{" not in decision.reason and "None" not in decision.reason, decision.reason
        assert "未填名" not in decision.reason
        if case["verdict"] == "unknown":
            assert ("缺少" if lang == "zh" else "missing: ") in decision.reason
        assert decision.facts


@pytest.mark.parametrize(
    ("facts", "words", "shown"),
    [
        ({"members_formal": 2, "members_probationary": 1}, "正式党员2名（另有预备党员1名，不计入）", 2),
        ({"members_formal": 3, "members_formal_min": 3}, "正式党员至少3名", "3+"),
        ({"members_formal_min": 2, "members_formal_max": 4}, "正式党员2至4名", "2-4"),
        ({"members_total": 5}, "党员5名（正式党员数未填，按党员总数判定）", None),
        ({"members_formal": 1, "members_total": 4}, "正式党员1名（党员共4名）", 1),
        ({}, "党员数未填", None),
    ],
)
def test_a_reason_says_which_counts_decided(facts: dict[str, Any], words: str, shown: int | str | None) -> None:
    decision, *_ = explain.decisions({"name": "甲厂", **facts}, policy("default"), Words("zh"))
    assert decision.reason.startswith(words), decision.reason
    assert decision.facts["members_formal"] == shown


def test_what_is_missing_is_named() -> None:
    row = {"name": "甲厂", "members_total": 5}
    decision, *_ = explain.decisions(row, policy("official"), Words("zh"))
    assert decision.reason == "党员5名，正式党员数未填，无法判定应单独组建、联合组建还是选派联络员，缺少正式党员。"
    assert decision.citation.article == "第四条" and decision.policy.name == "official"


def test_one_record_alone_does_not_know_its_joint_branch() -> None:
    row = {"name": "甲厂", "has_org": True, "org_form": "joint", "org_name": "样例联合支部", "members_formal": 1}
    (decision,) = [
        each for each in explain.decisions(row, policy("default"), Words("zh")) if each.rule == "joint_regular"
    ]
    assert decision.verdict.value == "unknown" and "联合单位数" in decision.reason


def test_every_end_has_a_sentence_of_its_own() -> None:
    for name in SHIPPED:
        for rule in policy(name).rules:
            for _, end in ways(policy(name), rule, OneRecord({})):
                if (rule, end.verdict) != ("formation", "exempt") or end.case is None:
                    assert reasons.sentence_key(rule, end) in entries("policy"), (rule, end)
