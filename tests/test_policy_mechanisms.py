"""policy/mechanisms.toml: nothing in a source document stays without a row, and what a row points to is there."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.words.catalogue import entries

FILE = Path(rulebook.__file__).with_name("mechanisms.toml")
WRITTEN = tomllib.loads(FILE.read_text(encoding="utf-8"))
REASONS = WRITTEN["reasons"]
ROWS: dict[str, dict[str, Any]] = {
    each: row for document, rows in WRITTEN.items() if document != "reasons" for each, row in rows.items()
}
# How many mechanisms each source document has, in the order in which the project first listed them.
COUNTS = {
    "S0": 12, "S1a": 7, "S1b": 9, "S1c": 7, "S1d": 2, "S1e": 7, "S2a": 16, "S2b": 18, "S2c": 15, "S2d": 1, "S2e": 1,
    "S3": 9, "S4": 12,
}  # fmt: skip
LATER = {"tasks": 7, "plan": 7, "missing": 5, "diff": 5}


@cache
def _policy(name: str) -> Policy:
    return rulebook.load(name, date(2026, 1, 1))


def test_every_mechanism_has_one_row() -> None:
    assert list(ROWS) == [f"{document}-{n}" for document, count in COUNTS.items() for n in range(1, count + 1)]
    assert all(each in WRITTEN[each.partition("-")[0]] for each in ROWS)


@pytest.mark.parametrize("each", ROWS)
def test_a_row_says_one_thing_in_both_languages(each: str) -> None:
    row = ROWS[each]
    assert row["zh"] and row["en"]
    assert set(row) - {"zh", "en", "planned"} in ({"entry"}, {"command"}, {"reason"})


@pytest.mark.parametrize("each", [each for each in ROWS if "entry" in ROWS[each]])
def test_the_entry_is_there(each: str) -> None:
    name, _, path = ROWS[each]["entry"].partition(": ")
    part, _, key = path.partition(".")
    assert part in ("rules", "parameters", "deadlines", "modes", "targets")
    assert key in getattr(_policy(name), part), ROWS[each]["entry"]


@pytest.mark.parametrize("each", [each for each in ROWS if "command" in ROWS[each]])
def test_the_command_is_there_or_planned(each: str) -> None:
    command, planned = ROWS[each]["command"], ROWS[each].get("planned")
    assert (planned is None and f"command.{command}" in entries("help")) or planned == LATER[command]


def test_every_reason_is_given_in_both_languages_and_used() -> None:
    assert {row["reason"] for row in ROWS.values() if "reason" in row} == set(REASONS)
    assert all(reason["zh"].endswith("。") and reason["en"].endswith(".") for reason in REASONS.values())
