"""Undo: the state is as if the round had never come; nothing is deleted, and what it brought may come again."""

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.errors import CensusError
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.undo import undo as undoing
from coverage_census.ledger.write import next_round
from coverage_census.model import tables
from coverage_census.model.choices import Kind
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import ColumnReading, FileReading, SheetReading
from coverage_census.model.rounds import Round
from kit import Census, Workbook, often

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
Rows = Sequence[Organisation]


def put(ledger: Path, file: str, rows: Rows, fields: Sequence[str] = ("name", "members_formal", "has_union")) -> Round:
    """One file of one sheet that has these columns."""
    columns = tuple(ColumnReading(column=chr(65 + at), heading=each, field=each) for at, each in enumerate(fields))
    sheet = SheetReading(sheet="S", kind="ledger", columns=columns)
    reading = FileReading(file=file, sha256=file.ljust(64, "0"), sheets=(sheet,))
    placed = [
        each.model_copy(update={"source": Source(file=file, sheet="S", row=row)}) for row, each in enumerate(rows, 2)
    ]
    return next_round.write(
        ledger, tables.table(placed), [reading], [], name=None, as_of="2026-06-30", now=NOON, tool="0"
    ).round


def org(name: str, formal: int | None = None, *, uscc: str | None = None, union: bool | None = None) -> Organisation:
    return Organisation(
        name=name, uscc=uscc, kind=Kind.ENTERPRISE, county="天等县", township="首阳镇", members_formal=formal,
        has_union=union,
    )  # fmt: skip


def undo(ledger: Path, number: int) -> Round:
    return undoing.undo(ledger, number, reason="报错了表", now=NOON, tool="0")


def held(ledger: Path) -> dict[str, Organisation]:
    """Everything but which round confirmed it: numbers of rounds differ between ledgers."""
    found = rounds.relation(ledger, rounds.find(ledger, None))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return {each.name: each.model_copy(update={"confirmed_round": None}) for each in map(tables.from_row, rows)}


def test_the_newest_round(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3), org("兴旺建材", 1)])
    before = held(tmp_path)
    put(tmp_path, "B.xlsx", [org("富民食品", 5), org("和顺商贸", 0)])
    made = undo(tmp_path, 2)
    assert held(tmp_path) == before
    assert (made.number, made.supersedes, made.reason, made.organisations, made.carried) == (3, 2, "报错了表", 2, 2)
    assert len(rounds.all_rounds(tmp_path)) == 3
    assert verify.verify(tmp_path).damage == ()


def test_the_only_round_leaves_an_empty_state_that_can_be_begun_again(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3)])
    undo(tmp_path, 1)
    assert held(tmp_path) == {}
    again = put(tmp_path, "A.xlsx", [org("富民食品", 3)])
    assert (again.number, again.new, list(held(tmp_path))) == (3, 1, ["富民食品"])


def test_its_files_may_come_again_and_those_of_other_rounds_are_still_known(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3)])
    put(tmp_path, "B.xlsx", [org("富民食品", 5)])
    undo(tmp_path, 2)
    assert put(tmp_path, "A.xlsx", [org("富民食品", 3)]).number == 3  # nothing new: the newest round is told
    assert put(tmp_path, "B.xlsx", [org("富民食品", 5)]).number == 4
    assert held(tmp_path)["富民食品"].members_formal == 5


def test_an_older_round_where_a_later_one_speaks_of_others(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3), org("兴旺建材", 1)])
    put(tmp_path, "B.xlsx", [org("富民食品", 5), org("误报单位", 9)])
    put(tmp_path, "C.xlsx", [org("和顺商贸", 2)])
    undo(tmp_path, 2)
    found = held(tmp_path)
    assert {name: each.members_formal for name, each in found.items()} == {"富民食品": 3, "兴旺建材": 1, "和顺商贸": 2}


def test_what_a_later_sheet_did_not_ask_for_goes_back_too(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3, union=False)])
    put(tmp_path, "B.xlsx", [org("富民食品", 5, union=True)])
    put(tmp_path, "C.xlsx", [org("富民食品", 6)], fields=("name", "members_formal"))
    assert held(tmp_path)["富民食品"].has_union is True
    undo(tmp_path, 2)
    assert (held(tmp_path)["富民食品"].members_formal, held(tmp_path)["富民食品"].has_union) == (6, False)


CODE = "91450000MA5K00001X"


def test_refused_where_a_later_round_was_recognised_by_it(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3, uscc=CODE)])
    put(tmp_path, "B.xlsx", [org("新华饮料", 4, uscc=CODE)])  # renamed: only the code tells
    put(tmp_path, "C.xlsx", [org("新华饮料", 5)])
    with pytest.raises(CensusError) as stop:
        undo(tmp_path, 2)
    assert (stop.value.key, stop.value.values["later"]) == ("undo_rests", "3")
    assert len(rounds.all_rounds(tmp_path)) == 3
    undo(tmp_path, 3)
    undo(tmp_path, 2)
    assert list(held(tmp_path)) == ["富民食品"]


def test_twice_is_refused_and_undoing_the_undoing_brings_it_back(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", [org("富民食品", 3)])
    put(tmp_path, "B.xlsx", [org("富民食品", 5)])
    there = held(tmp_path)
    undo(tmp_path, 2)
    with pytest.raises(CensusError) as stop:
        undo(tmp_path, 2)
    assert (stop.value.key, stop.value.values["by"]) == ("already_undone", 3)
    undo(tmp_path, 3)
    assert held(tmp_path) == there
    assert put(tmp_path, "B.xlsx", [org("富民食品", 5)]).number == 4  # in force again, so nothing new
    undo(tmp_path, 2)
    assert held(tmp_path)["富民食品"].members_formal == 3


_NAMES = ["富民食品", "兴旺建材", "和顺商贸", "天河机械"]
_COLUMNS = ["members_formal", "has_union", "venue", "industry"]


@st.composite
def _sheet(draw: st.DrawFn) -> tuple[list[Organisation], list[str]]:
    fields = ["name", *draw(st.lists(st.sampled_from(_COLUMNS), min_size=1, unique=True))]
    values = {
        "members_formal": st.none() | st.integers(0, 5), "has_union": st.none() | st.booleans(),
        "venue": st.none() | st.booleans(), "industry": st.none() | st.sampled_from(["农业", "建材"]),
    }  # fmt: skip
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=1, unique=True))
    return [org(name).model_copy(update={field: draw(values[field]) for field in fields[1:]}) for name in names], fields


@settings(max_examples=often(20), deadline=None)
@given(st.lists(_sheet(), min_size=1, max_size=4), st.data())
def test_as_if_it_had_never_come(sheets: list[tuple[list[Organisation], list[str]]], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(sheets)))
    with tempfile.TemporaryDirectory() as folder:
        whole, without = Path(folder, "whole"), Path(folder, "without")
        for place, (rows, fields) in enumerate(sheets, start=1):
            put(whole, f"{place}.xlsx", rows, fields)
            if place != number:
                put(without, f"{place}.xlsx", rows, fields)
        undo(whole, number)
        assert held(whole) == (held(without) if len(sheets) > 1 else {})
        assert verify.verify(whole).damage == ()


TABLE = """
| 乡镇 | 单位名称 | 正式党员 | 是否建立党组织 |
| 首阳镇 | 富民食品有限公司 | {formal} | {built} |
"""


def test_as_typed(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("a.xlsx", TABLE.format(formal=2, built="否")), "--round", "2026Q2")
    census("ingest", workbook("b.xlsx", TABLE.format(formal=30, built="是")), "--round", "2026Q3")
    ran = census("undo", "2026Q3", "--reason", "首阳镇多写了一个零，电话13800138000")
    assert ran.code == 0 and "已撤销第 2 号记录" in ran.out and "新记第 3 号" in ran.out
    assert "（撤销 2）" in census("rounds").out
    found = json.loads(census("rounds", "--json").out)
    assert [each["supersedes"] for each in found] == [None, None, 2]
    assert "多写了一个零" in found[2]["reason"] and "13800138000" not in found[2]["reason"]
    assert [json.loads(line)["members_formal"] for line in census("export").out.splitlines()] == [2]
    again = census("undo", "2")
    assert (again.code, again.out) == (1, "") and "census undo 3" in again.err
    assert "census undo 3" in census("undo", "2", "--lang", "en").err
    assert json.loads(census("undo", "3", "--json").out)["supersedes"] == 3
    assert census("undo", "9").code == 1
    assert census("undo").code == 2
