"""The reader scored on the samples against their truth: every field of every organisation right or reported."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from coverage_census.ingest.read import FilesRead, read
from coverage_census.model import tables
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation, about
from coverage_census.sample import truth
from coverage_census.sample.make import What, make

SHIPPED = Path(__file__).parents[1] / "data" / "samples"
BESIDE = {"qualifiers", "bounds", "may", "source", "cases", "again"}
# A sum of parts is exact too; everything else that makes a count inexact has to be said.
EXACT = {None, "derived"}
Place = tuple[str, str | None, int]


@dataclass
class Score:
    """`right` fields, those left `unknown`, and those `wrong` without a problem at their row."""

    right: int = 0
    reported: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        given, wanted = self.right + len(self.wrong), self.right + self.unknown.total() + len(self.wrong)
        return (
            f"precision {self.right}/{given} = {self.right / given:.2%}, recall {self.right}/{wanted} = "
            f"{self.right / wanted:.2%}, wrong but reported {self.reported}, left unknown {dict(self.unknown)}"
        )


def score(folder: Path) -> Score:
    """Reads all workbooks of a sample and compares row by row."""
    intake = _read(folder)
    one_sheet = {each.file: each.sheets[0].sheet for each in intake.files if each.sheets}
    found = {_place(each): each for each in tables.records(intake.table)}
    result = Score()
    troubled = _troubled(intake)
    for entry in _entries(truth.load(folder)):
        source = entry["source"]
        place = (source["file"], source["sheet"] or one_sheet.get(source["file"]), source["row"])
        record = found.pop(place, None)
        if record is None:
            result.wrong.append(f"{place}: the row was not read")
        else:
            _compare(record, entry, place, troubled, result)
    result.wrong += [f"{place}: no organisation stands here" for place in found]
    return result


def _read(folder: Path) -> FilesRead:
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("truth."))
    return read([Incoming(path, path.name) for path in paths])


def _place(each: Organisation) -> Place:
    assert each.source is not None
    assert each.source.row is not None
    return each.source.file, each.source.sheet, each.source.row


def _entries(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in document["organisations"]:
        yield row
        yield from row["again"]


def _troubled(intake: FilesRead) -> set[tuple[Place, str | None]]:
    """Rows and fields that a problem points at."""
    found = set()
    for problem in intake.problems:
        row = _row(problem.cell)
        if row is not None:
            found.add(((problem.file, problem.sheet, row), problem.field))
    return found


def _compare(record: Organisation, entry: dict[str, Any], place: Place, troubled: set[Any], result: Score) -> None:
    told = {name: value for name, value in entry.items() if name not in BESIDE}
    for name in about():
        value, wanted = getattr(record, name), told.get(name)
        if value is None:
            if wanted is not None:
                result.unknown[name] += 1
        elif name in told and _same(value, wanted) and _same_interval(record, entry, name):
            result.right += 1
        elif name not in told and _may(entry["may"], name, value):
            continue
        elif (place, name) in troubled:
            result.reported += 1
        else:
            result.wrong.append(f"{place} {name}: {wanted!r} was read as {value!r} {record.bounds.get(name, '')}")


def _same(value: object, wanted: object) -> bool:
    """Texts in either script, blanks inside them left aside."""
    return value == wanted or (isinstance(wanted, str) and _folded(value) == _folded(wanted))


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def _folded(value: object) -> str:
    return str(_simplified().convert("".join(str(value).split())))


def _same_interval(record: Organisation, entry: dict[str, Any], name: str) -> bool:
    qualifier, wanted = record.qualifiers.get(name), entry["qualifiers"].get(name)
    if qualifier is None or wanted is None:
        return {qualifier, wanted} <= EXACT
    bounds = entry["bounds"].get(name)
    return str(qualifier) == wanted and (bounds is None or record.bounds.get(name) == tuple(bounds))


def _may(may: dict[str, Any], name: str, value: object) -> bool:
    return name in may and (may[name] is None or may[name] == value)


CODES = {
    "repeated_row": "duplicate",
    "wrong_check_digit": "uscc_check",
    "old_number": "uscc_old",
    "destroyed_code": "uscc_float",
    "roster": "roster",
    "wrong_total": "total_mismatch",
    "wrong_sum": "members_sum",
    "wrong_section_count": "section_count",
}
"""What the truth wants reported, and the code under which the reader reports it."""


def _missed(intake: FilesRead, reported: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What should have been reported and was not."""
    said = {(each.code, each.file, _row(each.cell)) for each in intake.problems}
    dropped = {
        (each.file, column.column)
        for each in intake.files
        for sheet in each.sheets
        for column in sheet.columns
        if column.dropped == "personal"
    }
    return [
        each
        for each in reported
        if (
            (each["file"], each["column"]) not in dropped
            if each["what"] == "personal_column"
            else (CODES[each["what"]], each["file"], each.get("row")) not in said
        )
    ]


def _row(cell: str | None) -> int | None:
    digits = "".join(character for character in cell or "" if character.isdigit())
    return int(digits) if digits else None


@pytest.mark.parametrize("what", ["yuexi", "city", "tiandeng"])
def test_no_field_is_silently_wrong(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = score(SHIPPED / what)
    with capsys.disabled():
        sys.stdout.write(f"\n{what}: {found}\n")
    assert not found.wrong, "\n".join(found.wrong[:40])


@pytest.mark.parametrize("what", ["yuexi", 1500])
def test_nor_on_a_sample_of_another_seed(what: What | int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, what, seed=7)
    found = score(tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\n{what}, seed 7: {found}\n")
    assert not found.wrong, "\n".join(found.wrong[:40])


def test_what_is_wrong_on_the_sheets_is_reported_and_nothing_else_is_an_error() -> None:
    folder = SHIPPED / "yuexi"
    intake = _read(folder)
    # What two files both name is found by the ledger, not by the reader of one file.
    told = [each for each in truth.load(folder)["reported"] if each["what"] != "reported_twice"]
    assert len(told) > 20
    assert _missed(intake, told) == []
    errors = {(each.code, each.file) for each in intake.problems if each.level == "error"}
    serious = {"roster", "wrong_sum", "wrong_section_count"}
    assert errors <= {(CODES[each["what"]], each["file"]) for each in told if each["what"] in serious}


def test_the_published_figures_survive_the_reading() -> None:
    rows: dict[str, Organisation] = {}
    for each in tables.records(_read(SHIPPED / "yuexi").table):
        rows.setdefault(each.uscc or _folded(each.name), each)
    assert len(rows) == 392
    rows = {key: each for key, each in rows.items() if each.operating_status not in ("closed", "moved")}
    flags = ("has_org", "has_union", "has_league", "has_women_org")
    assert len(rows) == 384
    assert {name: sum(getattr(each, name) is True for each in rows.values()) for name in flags} == {
        "has_org": 224,
        "has_union": 114,
        "has_league": 23,
        "has_women_org": 43,
    }
    lacking = [_lacking(each) for each in rows.values() if each.has_org is False]
    assert Counter(flag for flags_of_one in lacking for flag in flags_of_one) == {
        "has_union": 50,
        "has_league": 26,
        "has_women_org": 35,
    }
    assert sum(bool(flags_of_one) for flags_of_one in lacking) == 98


def _lacking(each: Organisation) -> set[str]:
    due = {"has_union": "employees", "has_league": "league_members", "has_women_org": "female_employees"}
    return {flag for flag, people in due.items() if getattr(each, flag) is False and _least(each, people) >= 3}


def _least(each: Organisation, people: str) -> int:
    return each.bounds[people][0] if people in each.bounds else getattr(each, people) or 0
