"""The law of 待核: what is not known is 'unknown' where it decides, and only there.

A sheet leaves a few facts of an organisation blank or gives them as intervals. Every completion of them is tried: where
two completions come to different answers, the answer on the sheet is 'unknown'; where all come to one, it is that one.
Nothing to be done (met, exempt) is one answer.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coverage_census.policy.decide import records
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from kit import often

DAY = date(2026, 6, 30)
POLICIES = {name: rulebook.load(name, DAY) for name in rulebook.names()}
FLAGS = ("has_org", "has_union", "has_league", "has_women_org", "active", "above_scale")
NEAR = {
    "employees": (0, 2, 3, 9, 10, 11, 29, 30, 50, 51, 100, 101),
    "female_employees": (0, 2, 3),
    "league_members": (0, 2, 3),
    "union_members": (0, 24, 25),
    "instructors": (0, 1),
    "members_total": (0, 1, 2, 3, 4, 49, 50, 99, 100),
    "members_formal": (0, 1, 2, 3, 4, 49, 50, 99, 100),
    "members_probationary": (0, 1, 2),
    "joint_units": (1, 2, 3, 5, 6),
}
"""Both sides of every line that a policy draws."""
KINDS = ("enterprise", "social_org", "cooperative")
FORMS = ("standalone", "joint", "affiliated", "hosted", "temporary")
FOR_A_SUPERIOR = {"fell_below", "level"}
"""What no sheet can settle: whether a branch is to be dissolved, or raised, is decided above."""
BY_TOTAL = {"default", "s2c", "three_haves", "yuexi"}
"""Policies that decide by the total where no formal count is given, and say so (design.md, section 3)."""
Row = dict[str, Any]


@st.composite
def whole(draw: st.DrawFn) -> Row:
    """An organisation of which everything is known; its members are formal, probationary, and both together."""
    row: Row = {name: draw(st.sampled_from(near)) for name, near in NEAR.items() if not name.startswith("members_")}
    row |= {name: draw(st.booleans()) for name in FLAGS}
    formal, probationary = (draw(st.sampled_from(NEAR[f"members_{each}"])) for each in ("formal", "probationary"))
    row |= {"members_formal": formal, "members_probationary": probationary, "members_total": formal + probationary}
    row |= {"kind": draw(st.sampled_from(KINDS)), "org_form": draw(st.sampled_from(FORMS)), "members_fulltime": None}
    return row | {"name": "甲厂", "operating_status": draw(st.sampled_from(["operating", None]))}


@st.composite
def less(draw: st.DrawFn, row: Row, most: int = 3) -> Row:
    """What a careless sheet says of it: up to `most` facts blank, or counts as intervals, perhaps without an end."""
    found = dict(row)
    for name in draw(st.lists(st.sampled_from([*NEAR, *FLAGS, "kind"]), min_size=1, max_size=most, unique=True)):
        found[name] = None
        if name in NEAR and draw(st.booleans()):
            low, high = draw(st.sampled_from([0, 1, 3, 20])), draw(st.sampled_from([0, 1, 3, 20, None]))
            found[f"{name}_min"] = max(0, row[name] - low)
            found[f"{name}_max"] = None if high is None else row[name] + high
    return found


def completions(sheet: Row) -> Iterator[Row]:
    """Every organisation that the sheet may mean, as far as any line between them can tell."""
    blank = [name for name in (*NEAR, *FLAGS, "kind") if sheet[name] is None]
    for values in product(*(_possible(name, sheet) for name in blank)):
        row = {name: value for name, value in sheet.items() if not name.endswith(("_min", "_max"))}
        row |= dict(zip(blank, values, strict=True))
        if row["members_total"] == row["members_formal"] + row["members_probationary"]:
            yield row


def _possible(name: str, sheet: Row) -> list[Any]:
    if name in FLAGS:
        return [True, False]
    if name == "kind":
        return list(KINDS)
    low, high = sheet.get(f"{name}_min"), sheet.get(f"{name}_max")
    sides = {*NEAR[name], *(each for each in (low, high) if each is not None)}
    if name.startswith("members_"):
        sides |= _sums(name, sheet)
    return sorted(each for each in sides if (low is None or each >= low) and (high is None or each <= high))


def _sums(name: str, sheet: Row) -> set[int]:
    """Member counts that make the other two add up."""
    others = [each for each in ("members_formal", "members_probationary", "members_total") if each != name]
    first, second = (_ends(each, sheet) for each in others)
    found = {a + b if name == "members_total" else b - a for a in first for b in second}
    return {each for each in found if each >= 0}


def _ends(name: str, sheet: Row) -> set[int]:
    ends = (sheet.get(f"{name}_min"), sheet.get(f"{name}_max"))
    return {sheet[name]} if sheet[name] is not None else {*NEAR[name], *(each for each in ends if each is not None)}


Told = tuple[str, str | None]


def answers(row: Row, policy: Policy, others: list[Row]) -> dict[str, Told]:
    """Rule → what is to be done: a gap class, nothing, or that nobody can tell; formation with its advice."""
    (facts, *_) = records.completed([row, *others], policy)
    found: dict[str, Told] = {}
    for rule, end in records.ends(facts, policy).items():
        what = "nothing" if end.verdict in ("met", "exempt") else str(end.gap) if end.verdict == "gap" else "unknown"
        found[rule] = what, str(facts["advice"]) if rule == "formation" and not facts["excluded"] else None
    return found


def check(sheet: Row, policy: Policy, others: list[Row]) -> None:
    every = [answers(row, policy, others) for row in completions(sheet)]
    assume(every)
    for rule, (what, advice) in answers(sheet, policy, others).items():
        told = {each[rule] for each in every}
        if rule in FOR_A_SUPERIOR or told == {("unknown", None)}:  # units of its branch have no row at all
            continue
        settled = len({what for what, _ in told}) == 1
        if what == "unknown":
            assert len(told) > 1, (rule, "all completions come to", told)
        else:
            assert settled and (what, True) == (next(iter(told))[0], True), (rule, what, told)
            if advice not in (None, "confirm"):
                assert {each for _, each in told} <= {advice, None}, (rule, advice, told)


@settings(max_examples=often(250), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_unknown_exactly_where_two_completions_differ(data: st.DataObject, name: str) -> None:
    sheet = data.draw(less(data.draw(whole())))
    if name in BY_TOTAL:  # the total stands for a formal count that nobody gave
        assume(sheet["members_formal"] is not None)
    check(sheet, POLICIES[name], [])


@settings(max_examples=often(120), deadline=None)
@given(data=st.data())
def test_who_may_be_left_out_is_unknown_only_where_he_would_have_a_gap(data: st.DataObject) -> None:
    """三有: staff and kind are the facts that leave out; status and remarks that say nothing leave nobody in doubt."""
    row = data.draw(whole()) | {"employees": data.draw(st.sampled_from([8, 9, 10, 12, 28, 29, 30, 33]))}
    sheet = row | {"kind": data.draw(st.sampled_from([row["kind"], None])), "operating_status": None}
    low, high = data.draw(st.sampled_from([0, 1, 5])), data.draw(st.sampled_from([0, 1, 5, None]))
    between = {
        "employees_min": row["employees"] - low,
        "employees_max": None if high is None else row["employees"] + high,
    }
    sheet |= data.draw(st.sampled_from([{}, {"employees": None}, {"employees": None, **between}]))
    check(sheet, POLICIES["three_haves"], [])


@settings(max_examples=often(150), deadline=None)
@given(data=st.data(), name=st.sampled_from(["default", "official", "local_targets", "three_haves", "yuexi"]))
def test_a_joint_branch_is_unknown_where_its_intervals_straddle_a_line(data: st.DataObject, name: str) -> None:
    """合计: units, formal members, all members. A total that nobody gave is no reason to think of more than fifty."""
    sizes = data.draw(
        st.lists(st.sampled_from([(1, 0), (2, 0), (2, 1), (10, 0), (21, 0), (23, 2), (40, 1)]), min_size=1, max_size=4)
    )
    every: Row = data.draw(whole()) | {"has_org": True, "org_form": "joint", "org_name": "东联合支部", "county": "甲县"}
    rows = [
        every
        | {"name": f"{number}厂", "joint_units": len(sizes), "employees": 40}
        | {"members_formal": formal, "members_probationary": more, "members_total": formal + more}
        for number, (formal, more) in enumerate(sizes)
    ]
    sheet = dict(rows[0])
    for field in data.draw(st.sampled_from([["members_total"], ["members_probationary", "members_total"],
                                            ["members_formal", "members_total"]])):  # fmt: skip
        low, high = data.draw(st.sampled_from([0, 2, 20])), data.draw(st.sampled_from([0, 2, 20, None]))
        sheet[f"{field}_min"] = max(0, sheet[field] - low)
        sheet[f"{field}_max"] = None if high is None else sheet[field] + high
        sheet[field] = None
    check(sheet, POLICIES[name], rows[1:])


def test_a_branch_of_42_to_62_members_is_to_be_confirmed() -> None:
    """The limit is 50; 42 to 50 is regular, 51 to 62 is too large."""
    one = {"name": "甲厂", "has_org": True, "org_form": "joint", "org_name": "东联合支部", "members_formal": 20}
    other = one | {"name": "乙厂"}
    for low, high, told in (
        (42, 62, "unknown"),
        (42, 50, "nothing"),
        (51, 62, "irregular_joint"),
        (42, None, "unknown"),
    ):
        some = one | {"members_total_min": low - 20, "members_total_max": None if high is None else high - 20}
        found = answers(some, POLICIES["official"], [other | {"members_total": 20}])
        assert found["joint_regular"] == (told, None), (low, high)
