"""Few rows are decided one by one, many as a table: the same facts, ends and counts either way."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.policy.decide import columns, explain, frames, records
from coverage_census.policy.decided import for_plans
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import coverage, indicators
from kit import Census, often
from ledger_case import survey
from test_policy_engines import POLICIES, ZH, _table, rows


@settings(max_examples=often(3), deadline=None)
@given(some=st.lists(rows(), min_size=1, max_size=12), policy=st.sampled_from(sorted(POLICIES)))
def test_record_by_record_as_by_column(some: list[dict[str, Any]], policy: str) -> None:
    import duckdb

    under = POLICIES[policy]
    table = _table([row | {"township": f"{row['county'] or ''}镇"} for row in some])
    relation = duckdb.connect().from_arrow(table)
    one_by_one = records.completed(frames.plain_rows(relation), under)
    by_column = {row["name"]: row for row in frames.rows(columns.facts(relation, under))}
    for facts in one_by_one:
        expected = explain.decisions(by_column[facts["name"]], under, ZH)
        assert explain.decisions(facts, under, ZH) == expected
        for end in ("joint_size_low", "joint_size_high", "joint_formal_low", "joint_formal_high"):
            assert facts[end] == by_column[facts["name"]][end], end
    decided = [(facts, records.ends(facts, under)) for facts in one_by_one]
    frame = columns.ends(relation, under)
    groups: tuple[coverage.Group | None, ...] = (None, "county", "township", "kind", "above_scale")
    for group in groups:
        assert coverage.of_records(decided, group, under) == coverage.by(frame, group, under)
    told = under, ZH, "2026-06-30"
    assert indicators.of_records(one_by_one, *told) == indicators.compute(frame, *told)
    worded = frames.rows(columns.columns(relation, under, ["formation"]))
    in_words = {row["name"]: (row["verdict_formation"], row["gap_formation"]) for row in worded}
    for facts in one_by_one:
        assert tuple(records.in_words(facts, under, "formation").values()) == in_words[facts["name"]]


@pytest.mark.parametrize("seed", range(often(2)))
def test_commands_say_the_same_of_few_as_of_many(
    census: Census, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    looked_at, decided = [], for_plans.joint

    def noted(found: Basis, areas: Sequence[str], fields: Sequence[str]) -> list[dict[str, Any]]:
        looked_at.append(decided(found, areas, fields))
        return looked_at[-1]

    monkeypatch.setattr(for_plans, "joint", noted)
    census("ingest", survey(tmp_path / "云岭县.csv", seed, "2026年6月30日"))
    census("plan", "joint", "--keep", "--name", "甲")
    asked = (("indicators", "--json"), ("plan", "joint", "--json"), ("plan", "show", "甲", "--json"))
    few = [census(*words) for words in asked]
    monkeypatch.setattr(records, "FEW", -1)
    assert [census(*words) for words in asked] == few and not any(ran.code for ran in few)
    by_record, by_column = (sorted(each, key=lambda row: str(row["name"])) for each in looked_at[-2:])
    assert by_record == by_column and any(row["org_form"] not in (None, "joint") for row in by_record)


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_no_rows_at_all(policy: str) -> None:
    assert coverage.of_records([], "county", POLICIES[policy]) == []
    (line,) = coverage.of_records([], None, POLICIES[policy])
    assert (line.organisations, line.rate) == (0, None)
