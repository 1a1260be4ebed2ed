"""Made-up registers: what truth.json says of their rows stands there, and matching them makes no wrong link."""

from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import uscc as checker

from coverage_census.registers.matching.match import match
from coverage_census.registers.matching.sides import Names
from coverage_census.sample import truth
from coverage_census.sample.make import make
from kit import Census

KINDS = ["civil", "league", "market", "tax", "union", "women"]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("sample")
    make(folder, "yuexi", registers=True)
    return folder / "registers", truth.load(folder)


def cells(folder: Path, row: dict[str, Any]) -> list[Any]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(folder / row["file"])
    found: list[Any] = book.get_sheet_by_name(row["sheet"]).to_python(skip_empty_area=False)[row["row"] - 1]
    return found


def test_the_truth_names_the_rows(told: tuple[Path, dict[str, Any]]) -> None:
    folder, document = told
    assert sorted({row["register"] for row in document["registers"]}) == KINDS
    surveyed = {each["name"] for each in document["organisations"]}
    for row in document["registers"][::40]:
        assert row["name"] in cells(folder, row)
    for row in document["registers"]:
        assert set(row["organisations"]) <= surveyed
        assert row["organisations"] or row["case"]


def test_every_case_is_there(told: tuple[Path, dict[str, Any]]) -> None:
    cases = {row["case"] for row in told[1]["registers"]}
    assert cases >= {
        "renamed", "still_listed", "branch", "numbered", "sister_elsewhere_in_town", "sister_in_another_trade",
        "same_name_in_another_township", "one_code_two_firms", "not_surveyed", "old_number", "survey_says_none",
        "joint_union", "joint_union_and_others", "area_union",
    }  # fmt: skip


def test_the_same_seed_gives_the_same(told: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    make(tmp_path, "yuexi", registers=True)
    assert truth.load(tmp_path) == told[1]


def test_without_being_asked_there_is_none(census: Census, tmp_path: Path) -> None:
    assert census("sample", "--out", tmp_path / "plain").code == 0
    assert not (tmp_path / "plain" / "registers").exists()
    assert census("sample", "--registers", "--out", tmp_path / "with").code == 0
    assert len(list((tmp_path / "with" / "registers").iterdir())) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_wrong_link(told: tuple[Path, dict[str, Any]], kind: str) -> None:
    folder, document = told
    survey = document["organisations"]
    ours = Names(
        [each["name"] for each in survey], [each.get("uscc") for each in survey], [None] * len(survey),
        [each["county"] for each in survey], [each["township"] for each in survey],
    )  # fmt: skip
    rows = [row for row in document["registers"] if row["register"] == kind]
    names = [(row, name) for row in rows for name in dict.fromkeys((row["name"], *row["organisations"][1:]))]
    column = {"market": 1, "tax": 0}.get(kind)
    codes = [None if column is None else str(cells(folder, row)[column]) for row, _ in names]
    valid = [code if code and checker.is_valid(code) else None for code in codes]
    nothing = [None] * len(names)
    theirs = Names(
        [name for _, name in names], valid, [None if good else code for good, code in zip(valid, codes, strict=True)],
        ["岳西县"] * len(names), nothing, [row["row"] for row, _ in names],
    )  # fmt: skip
    found = match(ours, theirs)
    linked = {(survey[each.ours]["name"], names[each.theirs][0]["row"]) for each in found.links}
    asked = {(survey[each.ours]["name"], names[each.theirs][0]["row"]) for each in found.doubts}
    true = {(name, row["row"]) for row in rows for name in row["organisations"]}
    assert not linked - true
    assert len(true & linked) >= 0.85 * len(true), sorted(true - linked)
    assert len(true & (linked | asked)) >= 0.97 * len(true), sorted(true - linked - asked)
