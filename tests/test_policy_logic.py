"""Laws of deciding with less knowledge: a blur may turn an answer into “cannot tell”, never into another answer."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.model import tables
from coverage_census.policy.decide import explain
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
from kit import often

POLICIES = {
    name: rulebook.load(name, date(2026, 1, 1)) for name in ("default", "official", "s2b", "s2c", "tiandeng", "yuexi")
}
FLAGS = ("has_org", "has_union", "has_league", "has_women_org", "active")
COUNTS = {"employees": 110, "female_employees": 4, "league_members": 4, "union_members": 26, "instructors": 1}

FOR_A_SUPERIOR = {"fell_below", "level"}
"""What no sheet can settle: whether a branch is to be dissolved, or raised, is decided above."""


@st.composite
def exact(draw: st.DrawFn) -> dict[str, Any]:
    """An organisation of which everything is known, and nothing contradicts itself."""
    row: dict[str, Any] = {name: draw(st.integers(0, most)) for name, most in COUNTS.items()}
    row |= {name: draw(st.booleans()) for name in FLAGS}
    formal, probationary = draw(st.integers(0, 4)), draw(st.integers(0, 2))
    row |= {"members_formal": formal, "members_probationary": probationary, "members_total": formal + probationary}
    row |= {"above_scale": draw(st.booleans()), "kind": draw(st.sampled_from(["enterprise", "social_org"]))}
    return row | {"name": "甲厂", "org_form": draw(st.sampled_from(["standalone", "affiliated"]))}


@st.composite
def blurred(draw: st.DrawFn, row: dict[str, Any]) -> dict[str, Any]:
    """The same organisation as a careless sheet has it: some fields blank, some counts only about right."""
    found = dict(row)
    for name in (*COUNTS, *FLAGS, "members_formal", "members_probationary", "members_total"):
        how = draw(st.sampled_from(["kept", "kept", "blank", "between", "open"]))
        if how == "blank":
            found[name] = None
        elif how != "kept" and name not in FLAGS:
            low, high = max(0, row[name] - draw(st.integers(0, 3))), row[name] + draw(st.integers(0, 3))
            found |= {name: None, name + tables.LOW: low, name + tables.HIGH: high if how == "between" else None}
    return found


@settings(max_examples=often(200), deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(POLICIES)))
def test_knowing_less_never_gives_another_answer(data: st.DataObject, name: str) -> None:
    whole = data.draw(exact())
    less = data.draw(blurred(whole))
    known = {each.rule: each for each in explain.decisions(whole, POLICIES[name], Words("zh"))}
    for guess in explain.decisions(less, POLICIES[name], Words("zh")):
        truth = known[guess.rule]
        if name in ("default", "s2c", "yuexi") and guess.basis == "total" != truth.basis:
            return  # that is what `default` is for, and why it says so
        if less["members_total"] is None and less["members_probationary"] is None and guess.advice == "liaison":
            return  # a sheet that says no formal members and nothing else: read as none
        if guess.advice != "confirm":
            assert guess.advice == truth.advice
        if guess.gap == "no_liaison" and less["has_org"] is None:
            continue  # no members, and no instructor: nobody says that there is an organisation (design.md, section 3)
        if guess.verdict not in ("unknown", truth.verdict):
            assert {guess.verdict, truth.verdict} == {"met", "exempt"}, guess.reason
        if guess.verdict == "gap":
            assert guess.gap == truth.gap


@given(whole=exact(), name=st.sampled_from(sorted(POLICIES)))
def test_whoever_reports_everything_is_never_to_be_confirmed(whole: dict[str, Any], name: str) -> None:
    found = explain.decisions(whole, POLICIES[name], Words("zh"))
    assert all(each.verdict != "unknown" for each in found if each.rule not in FOR_A_SUPERIOR)


LIGHT = """
import sys
from datetime import date
import duckdb
from coverage_census.policy.figures import coverage, indicators
from coverage_census.policy.decide import columns as decide, explain, frames
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
policy = rulebook.load("default", date(2026, 1, 1))
table = duckdb.read_parquet(sys.argv[1])
frame = decide.ends(table, policy, carry={*coverage.fields("county"), *indicators.fields()}, keep=True)
assert coverage.by(frame, "county", policy) and indicators.compute(frame, policy, Words("zh"), "2026")
assert explain.decisions(frames.rows(decide.facts(table, policy))[0], policy, Words("zh"))
print([name for name in ("pandas", "pyarrow", "openpyxl") if name in sys.modules])
"""


def test_deciding_loads_nothing_heavy(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([dict.fromkeys(tables.schema().names) | {"name": "甲厂"}], schema=tables.schema())
    pq.write_table(table, tmp_path / "organisations.parquet")
    command = [sys.executable, "-c", LIGHT, str(tmp_path / "organisations.parquet")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")
