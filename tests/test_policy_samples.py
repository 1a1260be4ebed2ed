"""The published figures come out of the samples: S2a 9.8% and 11/50, S0 10/10, S4 58.3/29.7/6.0/11.2% and 98 due."""

import gzip
import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from coverage_census.model import tables
from coverage_census.model.organisation import Organisation, about
from coverage_census.policy.decide import columns, explain, frames
from coverage_census.policy.figures import indicators
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
ZH = Words("zh")


@cache
def sample(name: str) -> pa.Table:
    """The organisations of a sample as they truly are."""
    path = next((SAMPLES / name).glob("truth.json*"))
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    fields = {*about(), "qualifiers", "bounds"}
    return tables.table(
        Organisation(**{field: value for field, value in each.items() if field in fields})
        for each in json.loads(text)["organisations"]
    )


def _figures(name: str, policy: str, *codes: str) -> dict[str, tuple[int, int, str]]:
    book = rulebook.load(policy, date(2026, 1, 1))
    frame = columns.ends(sample(name), book, rules=())
    found = indicators.compute(frame, book, ZH, "2026-01-01", codes)
    return {each.code: (each.numerator, each.denominator, percent(each.numerator, each.denominator)) for each in found}


def _decided(name: str, policy: str) -> list[dict[str, Any]]:
    return frames.rows(columns.columns(sample(name), rulebook.load(policy, date(2026, 1, 1))))


@pytest.mark.parametrize("policy", ["default", "official", "s2a"])
def test_the_city_of_s2a(policy: str) -> None:
    found = _figures("city", policy, "overall_rate", "active_rate")
    assert found == {"overall_rate": (316, 3222, "9.8%"), "active_rate": (11, 50, "22.0%")}


@pytest.mark.parametrize("policy", ["default", "official", "tiandeng", "s2b"])
def test_the_county_of_s0(policy: str) -> None:
    assert _figures("tiandeng", policy, "due_rate") == {"due_rate": (10, 10, "100.0%")}


def test_tiandeng_reaches_its_own_target() -> None:
    target = rulebook.load("tiandeng", date(2026, 1, 1)).targets["due_built"]
    (numerator, denominator, _) = _figures("tiandeng", "tiandeng", target.indicator)[target.indicator]
    assert 100 * numerator == target.percent * denominator


def test_the_county_of_s4() -> None:
    codes = ("overall_rate", "union_rate", "league_rate", "women_rate")
    assert _figures("yuexi", "yuexi", *codes) == {
        "overall_rate": (224, 384, "58.3%"),
        "union_rate": (114, 384, "29.7%"),
        "league_rate": (23, 384, "6.0%"),
        "women_rate": (43, 384, "11.2%"),
    }


def test_98_organisations_of_s4_owe_50_unions_26_leagues_and_35_womens_organisations() -> None:
    unbuilt = [row for row in _decided("yuexi", "yuexi") if row["has_org"] is False]
    due = Counter(rule for row in unbuilt for rule in ("union", "league", "women") if row[f"verdict_{rule}"] == "gap")
    assert due == {"union": 50, "league": 26, "women": 35}
    assert sum(any(row[f"verdict_{rule}"] == "gap" for rule in due) for row in unbuilt) == 98


def test_what_is_due_in_s4_has_its_day() -> None:
    policy = rulebook.load("yuexi", date(2020, 7, 6))
    owing = [row for row in _decided("yuexi", "yuexi") if row["has_org"] is False and row["verdict_union"] == "gap"]
    for row in owing:
        (union,) = [each for each in explain.decisions(row, policy, ZH) if each.rule == "union"]
        assert union.facts["due_on"] == "2020-07-31" and union.citation.document.startswith("岳西县")


@pytest.mark.parametrize("name", ["yuexi", "city", "tiandeng"])
@pytest.mark.parametrize("policy", rulebook.names())
def test_every_policy_judges_every_organisation_of_a_sample(name: str, policy: str) -> None:
    rows = _decided(name, policy)
    assert len(rows) == sample(name).num_rows
    for rule in rulebook.load(policy, date(2026, 1, 1)).rules:
        assert {row[f"verdict_{rule}"] for row in rows} <= {"met", "gap", "exempt", "unknown"}


def test_s2c_judges_social_organisations_otherwise_than_default() -> None:
    by_default = {row["name"]: row for row in _decided("yuexi", "default")}
    differing = [row for row in _decided("yuexi", "s2c") if row["advice"] != by_default[row["name"]]["advice"]]
    assert all(row["kind"] == "social_org" or row["basis"] != "formal" for row in differing)
