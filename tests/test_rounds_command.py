"""`census rounds` as a clerk reads it: whole on eighty columns, and what a round without sheets is."""

import json
from pathlib import Path

import pytest

from kit import Census
from run_case import QINGSHI, QINGSHI_LATER, book


@pytest.mark.parametrize(
    ("lang", "marks"),
    [
        ("zh", ["（人工记录）", "（撤销 1）", "“人工记录”：没有报表"]),
        ("en", ["(decisions)", "(undoes 1)", "“decisions”: no sheet came in"]),
    ],
)
def test_rounds_of_sheets_of_people_and_of_undoing(
    census: Census, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, marks: list[str]
) -> None:
    census("ingest", book(tmp_path / "9.xlsx", QINGSHI))
    assert marks[2] not in census("rounds", "--lang", lang).out
    census("ingest", book(tmp_path / "10.xlsx", QINGSHI_LATER))
    task = json.loads(census("tasks", "--json", "--list").out)[0]["id"]
    assert census("tasks", "--done", task, "--evidence", "批复1号").code == 0
    assert census("undo", "1").code == 0
    monkeypatch.setenv("COLUMNS", "80")
    shown = census("rounds", "--lang", lang).out
    assert all(mark in shown for mark in marks)
    assert [line.count("2026-") for line in shown.splitlines()[3:9] if "2026-" in line] == [2, 2, 2, 2]
    assert shown.count("2026-11-21") == 4  # the day on which each came in, whole
    found = [row.split(",")[0].strip('"') for row in census("rounds", "--csv", "--lang", lang).out.splitlines()[1:]]
    third, fourth = {"zh": ("2026年第三季度", "2026年第四季度"), "en": ("Q3 2026", "Q4 2026")}[lang]
    between = " " if lang == "en" else ""
    assert found == [third, fourth, *(f"{fourth}{between}{mark}" for mark in marks[:2])]
