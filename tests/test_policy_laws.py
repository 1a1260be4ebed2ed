"""Laws on random organisations: an answer holds whatever the unknown turns out to be, and 若…则… is what comes out."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.policy.decide import explain, records
from coverage_census.policy.figures import what_if
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import Words
from kit import often

DAY = date(2026, 6, 30)
POLICIES = {name: rulebook.load(name, DAY) for name in rulebook.names()}
ZH = Words("zh")
FLAGS = ("has_org", "has_union", "has_league", "has_women_org", "active", "above_scale")
COUNTS = {"employees": 130, "female_employees": 5, "league_members": 5, "union_members": 30, "instructors": 2}
FORMS = ["standalone", "joint", "affiliated", "hosted", "area", "industry", "temporary"]
KINDS = ["enterprise", "social_org", "cooperative", "sole_trader", "other"]
BY_TOTAL = {"default", "s2c", "three_haves", "yuexi"}
"""Policies that decide by the total where no formal count is given, and say so (design.md, section 3)."""


@st.composite
def whole(draw: st.DrawFn) -> dict[str, Any]:
    """An organisation of which everything is known and nothing contradicts itself."""
    near = st.sampled_from([0, 1, 2, 3, 4, 9, 10, 29, 30, 49, 50, 51, 99, 100, 101, 120])
    row: dict[str, Any] = {name: draw(near if name == "employees" else st.integers(0, COUNTS[name])) for name in COUNTS}
    row |= {name: draw(st.booleans()) for name in FLAGS}
    formal, probationary = draw(st.integers(0, 6)), draw(st.integers(0, 3))
    row |= {"members_formal": formal, "members_probationary": probationary, "members_total": formal + probationary}
    row |= {"members_fulltime": draw(st.integers(0, formal + probationary)), "kind": draw(st.sampled_from(KINDS))}
    row |= {"org_form": draw(st.sampled_from(FORMS)), "joint_units": draw(st.integers(1, 7))}
    return row | {"name": "甲厂", "operating_status": "operating", "address": "某路1号", "remarks": "无"}


@st.composite
def less(draw: st.DrawFn, row: dict[str, Any], form: bool = False) -> dict[str, Any]:
    """What a careless sheet says of it: some fields blank, some counts as intervals.

    Two blanks have a meaning of their own in the policies, and stay out unless asked for: a form that is not stated
    (组建方式没填的，不列为应单独未单独), and full-time members that a sheet does not tell apart (仍按正式党员).
    """
    found = dict(row)
    counts = (*COUNTS, "members_formal", "members_probationary", "members_total", "members_fulltime", "joint_units")
    for name in (*counts, *FLAGS, "kind", *(("org_form",) if form else ())):
        how = draw(st.sampled_from(["kept", "kept", "blank", "between", "open"]))
        if how == "blank":
            found[name] = None if form or name != "members_fulltime" else row[name]
        elif how != "kept" and name in counts:
            low, high = max(0, row[name] - draw(st.integers(0, 3))), row[name] + draw(st.integers(0, 3))
            found |= {name: None, f"{name}_min": low, f"{name}_max": high if how == "between" else None}
    return found


def decided_by_total(guess: Any, policy: str) -> bool:
    return policy in BY_TOTAL and guess.basis == "total"


@settings(max_examples=often(400), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_an_answer_holds_whatever_the_unknown_turns_out_to_be(data: st.DataObject, name: str) -> None:
    """`row` is one completion of `sheet`; every completion is drawn sooner or later."""
    row = data.draw(whole())
    sheet = data.draw(less(row))
    policy = POLICIES[name]
    truth = {each.rule: each for each in explain.decisions(row, policy, ZH)}
    for guess in explain.decisions(sheet, policy, ZH):
        told = truth[guess.rule]
        if told.verdict == "exempt" and explain.complete(row, policy)["excluded"]:
            continue  # three_haves leaves out only whom the sheet itself shows to lack one
        if decided_by_total(guess, name) and guess.rule in ("formation", "fell_below"):
            continue  # by the total, and it says so
        if guess.verdict == "gap":
            assert (told.verdict, told.gap) == ("gap", guess.gap), guess.reason
        elif guess.verdict in ("met", "exempt"):
            assert told.verdict in ("met", "exempt"), guess.reason  # in both there is nothing to be done
        if guess.advice != "confirm" and not decided_by_total(guess, name):
            assert guess.advice == told.advice, guess.reason


@settings(max_examples=often(150), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_no_gap_where_an_unknown_value_would_make_it_met(data: st.DataObject, name: str) -> None:
    """The form too: no gap rests on a form that nobody stated."""
    row = data.draw(whole())
    sheet = data.draw(less(row)) | {"org_form": data.draw(st.sampled_from([None, row["org_form"]]))}
    for guess in explain.decisions(sheet, POLICIES[name], ZH):
        if guess.verdict == "gap" and not decided_by_total(guess, name):
            told = next(each for each in explain.decisions(row, POLICIES[name], ZH) if each.rule == guess.rule)
            excluded = explain.complete(row, POLICIES[name])["excluded"]
            assert told.verdict == "gap" or excluded, guess.reason


def replayed(row: dict[str, Any], said: what_if.IfThen, value: Any) -> dict[str, Any]:
    """The organisation as the card changes it, done by hand."""
    clean = {f"{said.field}_min": None, f"{said.field}_max": None, said.field: value}
    if said.kind == "promoted":
        return row | clean | {"members_probationary": row["members_probationary"] - 1}
    step = value - row[said.field] if said.kind in ("more", "fewer") else 0
    if said.field == "members_formal" and step and row.get("members_total") is not None:
        clean["members_total"] = row["members_total"] + step
    return row | clean


def answers(row: dict[str, Any], policy: Policy, rule: str) -> what_if.WhatIfAnswer:
    (found,) = [each for each in explain.decisions(row, policy, ZH) if each.rule == rule]
    return what_if.WhatIfAnswer(found.advice, found.verdict, found.gap)


@settings(max_examples=often(250), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_if_then_is_what_comes_out(data: st.DataObject, name: str) -> None:
    """Every line of every card: change the fact as it says, and the answer is what it said."""
    row, policy = data.draw(less(data.draw(whole()), form=True)), POLICIES[name]
    rule = data.draw(st.sampled_from(sorted(policy.rules)))
    now = answers(row, policy, rule)
    for said in what_if.neighbours(row, policy, rule):
        first, last = said.values[0], said.values[-1]
        open_ended = [first + 40] if last is None and isinstance(first, int) else []
        for value in {each for each in (first, last, *open_ended) if each is not None}:
            assert answers(replayed(row, said, value), policy, rule) == said.answer, (said, value)
        assert said.same == (said.answer == now)


@settings(max_examples=often(150), deadline=None)
@given(data=st.data(), name=st.sampled_from(["default", "official", "three_haves", "s2c"]))
def test_if_then_in_a_joint_branch_moves_the_whole_branch(data: st.DataObject, name: str) -> None:
    policy, together = (
        POLICIES[name],
        {"has_org": True, "org_form": "joint", "org_name": "东联合支部", "county": "甲县"},
    )
    rows = [data.draw(less(data.draw(whole()))) | together for _ in range(data.draw(st.integers(2, 4)))]
    rows = [row | {"name": f"{number}厂", "joint_units": row["joint_units"] if data.draw(st.booleans()) else None}
            for number, row in enumerate(rows)]  # fmt: skip
    for rule in ("joint_regular", "formation"):
        for said in what_if.neighbours(records.completed(rows, policy)[0], policy, rule):
            changed = [replayed(rows[0], said, said.values[0]), *rows[1:]]
            assert answers(records.completed(changed, policy)[0], policy, rule) == said.answer, (rule, said)
