"""Rounds of human decisions only: they carry everything forward, hold until undone, and report nobody."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coverage_census.errors import CensusError
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.undo import undo as undoing
from coverage_census.ledger.write import next_round
from coverage_census.ledger.write.commit import Commit
from coverage_census.model import tables
from coverage_census.model.choices import Kind, OperatingStatus
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import ColumnReading, FileReading, SheetReading, Subject
from coverage_census.model.rounds import Entry, EntryKind

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
FIELDS = ("name", "members_formal", "operating_status")


def put(ledger: Path, file: str, *rows: Organisation) -> Commit:
    columns = tuple(ColumnReading(column=chr(65 + at), heading=each, field=each) for at, each in enumerate(FIELDS))
    sheet = SheetReading(sheet="S", kind="ledger", columns=columns)
    reading = FileReading(file=file, sha256=file.ljust(64, "0"), sheets=(sheet,))
    placed = [
        each.model_copy(update={"source": Source(file=file, sheet="S", row=row)}) for row, each in enumerate(rows, 2)
    ]
    table = tables.table(placed)
    return next_round.write(ledger, table, [reading], [], name=None, as_of="2026-06-30", now=NOON, tool="0")


def org(name: str, formal: int | None = None, status: OperatingStatus | None = None) -> Organisation:
    return Organisation(
        name=name, kind=Kind.ENTERPRISE, county="天等县", township="首阳镇", members_formal=formal,
        operating_status=status,
    )  # fmt: skip


def entry(kind: EntryKind, name: str | None = None, **more: object) -> Entry:
    subject = Subject(name=name, township="首阳镇") if name else None
    return Entry.model_validate({"kind": kind, "who": "李经办", "when": "2026-07-01", "subject": subject, **more})


def decide(ledger: Path, *entries: Entry) -> Commit:
    return next_round.record(ledger, entries, now=NOON, tool="0")


def undo(ledger: Path, number: int) -> None:
    undoing.undo(ledger, number, reason=None, now=NOON, tool="0")


def held(ledger: Path) -> dict[str, Organisation]:
    found = rounds.relation(ledger, rounds.find(ledger, None))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return {each.name: each for each in map(tables.from_row, rows)}


TICK = entry(EntryKind.DONE, task="T-1", reason="批复文号（虚构）")


def test_a_tick_carries_everything_forward(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3), org("兴旺建材"))
    before = held(tmp_path)
    commit = decide(tmp_path, TICK)
    assert (commit.round.number, commit.unchanged, commit.entries) == (2, False, (TICK,))
    assert held(tmp_path) == before
    assert {each.confirmed_round for each in before.values()} == {1}
    made = commit.round
    assert (made.files, made.scopes, made.confirmed, made.carried, made.not_reported_again) == ((), (), 0, 2, 0)
    assert made.as_of == "2026-06-30"
    assert verify.verify(tmp_path).damage == ()


def test_every_decision_in_force_with_its_round(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3))
    opened = entry(EntryKind.OPENED, task="T-1")
    decide(tmp_path, TICK)
    decide(tmp_path, opened)
    assert rounds.all_entries(tmp_path) == ((2, TICK), (3, opened))
    assert rounds.all_entries(tmp_path, rounds.find(tmp_path, "2")) == ((2, TICK),)
    undo(tmp_path, 2)
    assert rounds.all_entries(tmp_path) == ((3, opened),)
    undo(tmp_path, 4)
    assert rounds.all_entries(tmp_path) == ((2, TICK), (3, opened))


def test_a_correction_is_entered_and_kept_against_the_old_mistake(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3), org("兴旺建材", 1))
    commit = decide(tmp_path, entry(EntryKind.CORRECTION, "富民食品", field="members_formal", new=5))
    assert [(each.old, each.new) for each in commit.entries] == [(3, 5)]
    assert held(tmp_path)["富民食品"].members_formal == 5
    put(tmp_path, "B.xlsx", org("富民食品", 3), org("兴旺建材", 2))
    assert {name: each.members_formal for name, each in held(tmp_path).items()} == {"富民食品": 5, "兴旺建材": 2}


def test_an_assignment_does_not_end_a_correction(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3))
    decide(tmp_path, entry(EntryKind.CORRECTION, "富民食品", field="members_formal", new=5))
    decide(tmp_path, entry(EntryKind.ASSIGNED, "富民食品", task="T-1", field="members_formal", new="首阳镇党委"))
    put(tmp_path, "B.xlsx", org("富民食品", 3))
    assert held(tmp_path)["富民食品"].members_formal == 5


def test_who_has_left_is_closed_and_stays_so(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3, OperatingStatus.OPERATING), org("兴旺建材"))
    decide(tmp_path, entry(EntryKind.LEFT, "富民食品", reason="注销通知书（虚构）"))
    assert held(tmp_path)["富民食品"].operating_status is OperatingStatus.CLOSED
    put(tmp_path, "B.xlsx", org("富民食品", 3, OperatingStatus.OPERATING), org("兴旺建材", 2))
    assert held(tmp_path)["富民食品"].operating_status is OperatingStatus.CLOSED


def test_undone_after_sheets_the_sheets_hold(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3, OperatingStatus.OPERATING), org("兴旺建材"))
    decide(tmp_path, entry(EntryKind.LEFT, "富民食品", reason="注销通知书（虚构）"))
    put(tmp_path, "B.xlsx", org("富民食品", 4, OperatingStatus.OPERATING), org("兴旺建材", 2))
    undo(tmp_path, 2)
    found = held(tmp_path)["富民食品"]
    assert (found.operating_status, found.members_formal) == (OperatingStatus.OPERATING, 4)


def test_a_blank_does_not_end_a_correction(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3))
    decide(tmp_path, entry(EntryKind.CORRECTION, "富民食品", field="members_formal", new=5))
    commit = put(tmp_path, "B.xlsx", org("富民食品", None))
    assert held(tmp_path)["富民食品"].members_formal == 5
    assert [each.code for each in commit.problems] == ["correction_stands"]


def test_undone_before_a_sheet_comes_who_left_is_back(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3, OperatingStatus.OPERATING), org("兴旺建材"))
    decide(tmp_path, entry(EntryKind.LEFT, "富民食品", reason="注销通知书（虚构）"))
    undo(tmp_path, 2)
    assert held(tmp_path)["富民食品"].operating_status is OperatingStatus.OPERATING


def test_nobody_of_that_name(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3))
    commit = decide(tmp_path, entry(EntryKind.LEFT, "和顺商贸"))
    assert (commit.unchanged, [each.code for each in commit.problems]) == (True, ["decision_unknown"])
    assert len(rounds.all_rounds(tmp_path)) == 1


def test_without_a_ledger_there_is_nothing_to_decide_about(tmp_path: Path) -> None:
    with pytest.raises(CensusError, match="no_round"):
        decide(tmp_path, TICK)
    assert list(tmp_path.iterdir()) == []


def pair(kind: EntryKind, name: str, other: str, **more: object) -> Entry:
    return entry(kind, name, other=Subject(name=other, township="首阳镇"), **more)


class TestIdentity:
    def test_one_organisation_with_two_names_stands_once_and_stays_so(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3), org("兴旺建材", 1), org("和顺商贸"))
        put(tmp_path, "B.xlsx", org("富民食品加工", 4))
        commit = decide(tmp_path, pair(EntryKind.SAME, "富民食品", "富民食品加工"))
        assert (commit.round.merged, commit.round.organisations) == (((3, 0),), 3)
        found = held(tmp_path)
        assert list(found) == ["富民食品加工", "兴旺建材", "和顺商贸"]
        assert found["富民食品加工"].members_formal == 4
        assert verify.verify(tmp_path).damage == ()
        put(tmp_path, "C.xlsx", org("富民食品", 5), org("兴旺建材", 1))
        assert {name: each.members_formal for name, each in held(tmp_path).items()} == {
            "富民食品": 5, "兴旺建材": 1, "和顺商贸": None,
        }  # fmt: skip

    def test_undone_they_are_two_again(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3), org("兴旺建材", 1))
        put(tmp_path, "B.xlsx", org("富民食品加工", 4))
        before = held(tmp_path)
        decide(tmp_path, pair(EntryKind.SAME, "富民食品", "富民食品加工"))
        undo(tmp_path, 3)
        assert held(tmp_path) == before
        put(tmp_path, "C.xlsx", org("富民食品", 5))
        assert held(tmp_path)["富民食品加工"].members_formal == 4

    def test_undone_after_others_came(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3), org("富民食品加工", 4))
        decide(tmp_path, pair(EntryKind.SAME, "富民食品", "富民食品加工"))
        put(tmp_path, "B.xlsx", org("兴旺建材", 1))
        undo(tmp_path, 2)
        assert {name: each.members_formal for name, each in held(tmp_path).items()} == {
            "富民食品": 3, "富民食品加工": 4, "兴旺建材": 1,
        }  # fmt: skip

    def test_a_round_that_named_them_as_one_is_named(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3), org("富民食品加工", 4))
        decide(tmp_path, pair(EntryKind.SAME, "富民食品", "富民食品加工"))
        put(tmp_path, "B.xlsx", org("富民食品", 1))
        with pytest.raises(CensusError, match="undo_rests"):
            undo(tmp_path, 2)

    def test_an_answer_rests_on_the_round_that_brought_one_of_the_two(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3))
        put(tmp_path, "B.xlsx", org("富民食品加工", 4))
        decide(tmp_path, pair(EntryKind.SAME, "富民食品", "富民食品加工"))
        with pytest.raises(CensusError, match="undo_rests"):
            undo(tmp_path, 2)

    def test_an_answer_about_nobody(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3))
        commit = decide(tmp_path, pair(EntryKind.DIFFERENT, "富民食品", "富民食品加工"))
        assert (commit.unchanged, [each.code for each in commit.problems]) == (True, ["decision_unknown"])

    def test_the_answer_two_holds_in_later_rounds(self, tmp_path: Path) -> None:
        code = "91450000MA5K00001X"
        one = org("富民食品", 3).model_copy(update={"uscc": code})
        two = org("大发建材", 4).model_copy(update={"uscc": code})
        assert [each.code for each in put(tmp_path, "A.xlsx", one, two).problems] == ["uscc_shared"]
        decide(tmp_path, pair(EntryKind.DIFFERENT, "富民食品", "大发建材"))
        later = put(tmp_path, "B.xlsx", two.model_copy(update={"members_formal": 6}), one)
        assert (later.problems, later.receipt.new) == ((), 0)
        assert {name: each.members_formal for name, each in held(tmp_path).items()} == {"富民食品": 3, "大发建材": 6}

    def test_three_names_of_one(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3), org("富民食品加工", 4), org("富民食品厂", 5))
        decide(
            tmp_path,
            pair(EntryKind.SAME, "富民食品", "富民食品加工"),
            pair(EntryKind.SAME, "富民食品厂", "富民食品加工"),
        )
        assert list(held(tmp_path)) == ["富民食品"]

    def test_contradicting_answers_are_located_and_not_taken(self, tmp_path: Path) -> None:
        put(tmp_path, "A.xlsx", org("富民食品", 3), org("富民食品加工", 4))
        decide(tmp_path, pair(EntryKind.DIFFERENT, "富民食品", "富民食品加工"))
        wrong = pair(EntryKind.SAME, "富民食品加工", "富民食品").model_copy(update={"who": "认定.xlsx!待认定!H6"})
        commit = decide(tmp_path, wrong)
        assert commit.unchanged
        assert [(each.code, each.file, each.cell) for each in commit.problems] == [
            ("answer_contradicts", "认定.xlsx", "H6")
        ]
        undo(tmp_path, 2)
        assert not decide(tmp_path, wrong).unchanged


def test_a_correction_of_a_correction_holds_against_every_value_before_it(tmp_path: Path) -> None:
    put(tmp_path, "A.xlsx", org("富民食品", 3))
    for new in (5, 6):
        decide(tmp_path, entry(EntryKind.CORRECTION, "富民食品", field="members_formal", new=new))
    for name, members in (("B.xlsx", 3), ("C.xlsx", 5)):
        commit = put(tmp_path, name, org("富民食品", members), org("兴旺建材", members))
        assert held(tmp_path)["富民食品"].members_formal == 6
        assert [each.code for each in commit.problems] == ["correction_stands"]
    put(tmp_path, "D.xlsx", org("富民食品", 4))
    assert held(tmp_path)["富民食品"].members_formal == 4
