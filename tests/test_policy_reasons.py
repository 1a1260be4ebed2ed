"""The law of reasons: what a reason names, or names as missing, would change the verdict if it were something else."""

import json
import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coverage_census.policy.decide import records
from coverage_census.policy.decide.reasons import Account, label, reason
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
from kit import Census, Workbook, often
from test_policy_completions import (
    BY_TOTAL,
    FLAGS,
    FOR_A_SUPERIOR,
    FORMS,
    KINDS,
    NEAR,
    answers,
    completions,
    less,
    whole,
)

POLICIES = {name: rulebook.load(name, date(2026, 6, 30)) for name in rulebook.names()}
ZH = Words("zh")
COUNTS = ("members_total", "members_formal", "members_probationary")
"""One fact in three cells: what changes one of them changes another."""
BY_MEANING = {"org_form", "members_fulltime"}
"""A blank here has a meaning of its own (组建方式没填的，不列为应单独未单独); asked for all the same."""


@settings(max_examples=often(150), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_what_is_named_as_missing_can_change_the_verdict(data: st.DataObject, name: str) -> None:
    sheet, policy = data.draw(less(data.draw(whole()))), POLICIES[name]
    if name in BY_TOTAL:
        assume(sheet["members_formal"] is not None)
    (facts,) = records.completed([sheet], policy)
    open_ = {rule: end for rule, end in records.ends(facts, policy).items() if end.verdict == "unknown"}
    rows = [(row, answers(row, policy, [])) for row in completions(sheet)] if open_ else []
    for rule, end in open_.items():
        missing = Account(rule, end, facts, policy).missing()
        if rule in FOR_A_SUPERIOR or rule == "joint_regular" or not rows:
            continue  # the other rows of the branch are what is missing
        assert missing, rule
        for field in set(missing) - BY_MEANING - ({"kind"} if name == "three_haves" else set()):
            told = defaultdict(set)
            for row, answer in rows:
                alike = COUNTS if field in COUNTS else (field,)
                told[tuple(value for key, value in row.items() if key not in alike)].add(answer[rule])
            assert any(len(each) > 1 for each in told.values()), (rule, field, missing)


@settings(max_examples=often(150), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_what_settled_it_would_settle_it_otherwise(data: st.DataObject, name: str) -> None:
    """Met and not applicable: with other values of the facts that are named, the rule ends in another way."""
    row, policy = data.draw(whole()), POLICIES[name]
    (facts,) = records.completed([row], policy)
    for rule, end in records.ends(facts, policy).items():
        if end.case is None or end.verdict not in ("met", "exempt") or rule in ("joint_regular", "survey"):
            continue  # other rows settle the one, and the other which sheets came in
        named = Account(rule, end, facts, policy).settled_by()
        assert named, rule
        assert any(_end(row | other, policy, rule) != end.verdict for other in _others(named, row)), (rule, named)


def _end(row: dict[str, Any], policy: Any, rule: str) -> str:
    (facts,) = records.completed([row], policy)
    return str(records.ends(facts, policy)[rule].verdict)


def _others(named: list[str], row: dict[str, Any]) -> list[dict[str, Any]]:
    """Every other value of what is named; the counts of members add up."""
    found: list[dict[str, Any]] = [{}]
    for field in named:
        if field not in COUNTS:
            found = [{**each, field: value} for each in found for value in (row[field], *_values(field))]
    if set(named) & set(COUNTS):
        found = [{**each, "members_formal": formal, "members_probationary": 0, "members_total": formal}
                 for each in found for formal in (row["members_formal"], *NEAR["members_formal"])]  # fmt: skip
    return found


def _values(field: str) -> tuple[Any, ...]:
    known: dict[str, tuple[Any, ...]] = {
        **NEAR,
        **dict.fromkeys(FLAGS, (True, False)),
        "kind": KINDS,
        "org_form": FORMS,
    }
    return known.get(field, (None,))


UNIONS = ("has_union", "has_league", "has_women_org")


@pytest.mark.parametrize("there", [set(each) for n in range(4) for each in combinations(UNIONS, n)])
@pytest.mark.parametrize("kind", ["social_org", "enterprise"])
def test_s2c_names_the_mass_organisations_that_stand_in_for_the_officer(kind: str, there: set[str]) -> None:
    """群团先行 is for social organisations: there they are named, and only those that there are."""
    policy = POLICIES["s2c"]
    row = {"name": "甲", "kind": kind, "has_org": False, "instructors": 0, "members_total": 0}
    (facts,) = records.completed([row | {each: each in there for each in UNIONS}], policy)
    end = records.ends(facts, policy)["formation"]
    said = reason(Account("formation", end, facts, policy), ZH)
    met = kind == "social_org" and bool(there)
    assert end.verdict == ("met" if met else "gap")
    assert {each for each in UNIONS if label(each, ZH) in said} == (there if met else set())


@pytest.mark.parametrize(("kind", "named"), [("enterprise", False), ("cooperative", False), ("social_org", True)])
def test_s2c_misses_mass_organisations_of_social_organisations_only(kind: str, named: bool) -> None:
    policy = POLICIES["s2c"]
    (facts,) = records.completed([{"name": "甲", "kind": kind, "instructors": 0, "members_total": 0}], policy)
    account = Account("formation", records.ends(facts, policy)["formation"], facts, policy)
    assert (set(UNIONS) <= set(account.missing())) is named and "has_org" in account.missing()
    assert ("工会" in reason(account, ZH)) is named


SHEET = """| 柳河镇两新组织党建台账 | | | | | |
| 截止日期：2026年6月30日 | | | | | |
| 单位名称 | 单位类别 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 |
"""


STAFF = ("", "不详", "5-15", "8至12人", "不足20人")
NEVER, PERHAPS = ("不足3名", "2", "1-2", "0至2名", "少于3人"), ("2至4名", "不详", "至少2名")


def test_what_a_sheet_leaves_open_is_unknown_where_it_decides(census: Census, workbook: Workbook) -> None:
    """三有: staff that may be too few. 应建组建率: whoever cannot reach three is neither due nor to be confirmed."""
    staff = [f"| 工{number}厂 | 企业 | {each} | 4 | 4 | 否 |" for number, each in enumerate(STAFF)]
    never = [f"| 少{number}厂 | 企业 | 40 | {each} | | 否 |" for number, each in enumerate(NEVER)]
    perhaps = [f"| 疑{number}厂 | 企业 | 40 | {each} | | 否 |" for number, each in enumerate(PERHAPS)]
    census("ingest", workbook("一.xlsx", SHEET + "\n".join([*staff, *never, *perhaps])))
    found = json.loads(census("gaps", "--list", "--json", "--policy", "three_haves").out)
    open_ = [each for each in found if each["rule"] == "formation" and each["name"].startswith("工")]
    assert [(each["verdict"], each["gap"]) for each in open_] == [("unknown", "unconfirmed")] * len(STAFF)
    assert all("缺少从业人员" in each["reason"] and "应建未建" in each["reason"] for each in open_)
    assert all("employees" in each["facts"] for each in open_)
    assert re.search("缺少.*从业人员", census("explain", "工0厂", "--policy", "three_haves").out)
    for policy, due, unknown in (("official", len(STAFF), len(PERHAPS)), ("three_haves", 0, len(STAFF) + len(PERHAPS))):
        (rate,) = json.loads(census("indicators", "due_rate", "--policy", policy, "--json").out)
        assert (rate["denominator"], rate["unknown"]) == (due, unknown), policy
