"""A survey and three registers that disagree on purpose: what they contradict is unknown until a person answers, and
then the county's figures come out, 384 / 224 / 114 / 23 / 43. The sample county is invented."""

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kit import Census

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "yuexi"
OFFICES = {
    "union": ("has_union", "基层工会名称", "工会委员会"),
    "league": ("has_league", "团组织全称", "团支部"),
    "women": ("has_women_org", "妇女组织名称", "妇委会"),
}


def figures(census: Census) -> dict[str, tuple[int, int, int]]:
    asked = ("overall_rate", "union_rate", "league_rate", "women_rate")
    rows = json.loads(census("indicators", *asked, "--json").out)
    return {each["code"]: (each["numerator"], each["denominator"], each["unknown"]) for each in rows}


def register(folder: Path, kind: str, known: list[dict[str, Any]]) -> str:
    """Everybody who has one, but for the first three; and two who say that they have none."""
    field, heading, ending = OFFICES[kind]
    have = [each for each in known if each[field] and each["operating_status"] not in ("closed", "moved")]
    none = [each for each in known if each[field] is False and each["uscc"] and "分" not in each["name"]]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ([heading, "类型"], *([each["name"] + ending, "单独"] for each in (*have[3:], *none[:2]))):
        sheet.append(row)
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return str(path)


@pytest.fixture
def county(census: Census, tmp_path: Path) -> Census:
    shutil.copytree(SAMPLE, tmp_path / "inbox", ignore=shutil.ignore_patterns("truth.json"))
    assert census("ingest", "inbox", "--no-returns").code in (0, 3)
    return census


def test_what_registers_contradict_is_unknown_until_a_person_answers(county: Census, tmp_path: Path) -> None:
    truth = {"overall_rate": (224, 384), "union_rate": (114, 384), "league_rate": (23, 384), "women_rate": (43, 384)}
    surveyed = figures(county)
    assert {code: each[:2] for code, each in surveyed.items()} == truth
    known = [json.loads(line) for line in county("export", "--format", "jsonl").out.splitlines()]
    for kind in OFFICES:
        assert county("reconcile", register(tmp_path, kind, known), "--register", kind).code in (0, 3)
    open_ = figures(county)
    for code in ("union_rate", "league_rate", "women_rate"):
        assert open_[code][0] == truth[code][0] - 3, code  # three that the register does not know
        assert open_[code][2] == surveyed[code][2] + 5, code
    assert open_["overall_rate"] == surveyed["overall_rate"]

    made = county("reconcile", "--xlsx")
    assert made.code == 0
    (path,) = (tmp_path / "returns").glob("*.xlsx")
    book, answered = openpyxl.load_workbook(path), 0
    for sheet in book.worksheets:
        if sheet.sheet_state == "hidden":
            continue
        head = next((row for row in sheet.iter_rows(max_row=12) if any(cell.value == "处理" for cell in row)), None)
        if head is None:
            continue
        place = next(number for number, cell in enumerate(head, start=1) if cell.value == "处理")
        for row in range(int(head[0].row or 0) + 1, sheet.max_row + 1):
            if sheet.cell(row, 1).value is not None:
                sheet.cell(row, place).value = "以 台 账 为 准。" if answered % 2 else "以台账为准"
                answered += 1
    book.save(path)
    assert answered >= 15
    assert county("ingest", str(path)).code in (0, 3)
    assert figures(county) == surveyed
    assert "以台账为准" not in county("reconcile", "--xlsx").err


def test_explain_says_which_two_sources_contradict(county: Census, tmp_path: Path) -> None:
    known = [json.loads(line) for line in county("export", "--format", "jsonl").out.splitlines()]
    county("reconcile", register(tmp_path, "union", known), "--register", "union")
    (line, *_) = json.loads(county("reconcile", "--list", "not_in_register", "--json").out)
    told = county("explain", line["in_ledger"]["uscc"] or line["in_ledger"]["name"]).out
    assert "两边不一" in "".join(told.split())
