"""What happened to organisations between rounds: each event once, under its own name; and the causes add up."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.ledger import rounds
from coverage_census.ledger.compare import causes, changes, pairing
from coverage_census.ledger.undo import undo
from coverage_census.ledger.write import next_round
from coverage_census.model import tables
from coverage_census.model.choices import Kind, OperatingStatus
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import ColumnReading, FileReading, SheetReading, Subject
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.sample.units import uscc
from kit import often

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
FIELDS = ("name", "uscc", "township", "has_org", "operating_status", "members_formal")
CODES = [uscc.make("91", "451425", number) for number in range(12)]


def org(name: str, town: str = "首阳镇", *, code: str | None = None, built: bool | None = False) -> Organisation:
    return Organisation(
        name=name, uscc=code, kind=Kind.ENTERPRISE, county="天等县", township=town, has_org=built,
        operating_status=OperatingStatus.OPERATING,
    )  # fmt: skip


def put(ledger: Path, file: str, rows: Sequence[Organisation]) -> None:
    columns = tuple(ColumnReading(column=chr(65 + at), heading=each, field=each) for at, each in enumerate(FIELDS))
    sheet = SheetReading(sheet="S", kind="ledger", columns=columns)
    reading = FileReading(file=file, sha256=file.ljust(64, "0"), sheets=(sheet,))
    placed = [
        each.model_copy(update={"source": Source(file=file, sheet="S", row=row)}) for row, each in enumerate(rows, 2)
    ]
    table = tables.table(placed)
    next_round.write(ledger, table, [reading], [], name=None, as_of="2026-06-30", now=NOON, tool="0")


def decide(ledger: Path, kind: EntryKind, name: str, other: str | None = None, reason: str | None = None) -> None:
    entry = Entry(
        kind=kind, who="李经办", when="2026-07-01", reason=reason, subject=Subject(name=name),
        other=Subject(name=other) if other else None,
    )  # fmt: skip
    next_round.record(ledger, [entry], now=NOON, tool="0")


def paired(ledger: Path) -> Any:
    """The first round beside the newest one, with marks as a policy would set them: built, of those that operate."""
    every = rounds.all_rounds(ledger)
    connection = pairing.pair(ledger, every[0], every[-1])
    connection.execute("CREATE VIEW touched AS SELECT * FROM pairs")
    for table, view in (("marks_before", "before"), ("marks_same", "before"), ("marks_after", "after")):
        ended = "coalesce(operating_status IN ('closed', 'moved', 'shell'), false)"
        connection.execute(
            f"CREATE TABLE {table} AS SELECT row, {ended} AS excluded, (NOT {ended})::INT AS d_r, "
            f"(NOT {ended} AND coalesce(has_org, false))::INT AS n_r FROM {view}"
        )
    return connection


def test_each_event_under_its_own_name(tmp_path: Path) -> None:
    put(
        tmp_path,
        "1.xlsx",
        [
            org("更名前食品", code=CODES[0]), org("迁移建材", code=CODES[1]), org("合并一商贸"), org("合并二织造"),
            org("注销运输", built=True), org("不变农资", built=True),
        ],
    )  # fmt: skip
    put(
        tmp_path,
        "2.xlsx",
        [
            org("更名后饮料", code=CODES[0]), org("迁移建材", "宁远镇", code=CODES[1]), org("合并成贸易"),
            org("新来科技", built=True), org("不变农资", built=True),
        ],
    )  # fmt: skip
    decide(tmp_path, EntryKind.SAME, "合并一商贸", "合并成贸易")
    decide(tmp_path, EntryKind.SAME, "合并二织造", "合并成贸易")
    decide(tmp_path, EntryKind.LEFT, "注销运输", reason="注销通知书（虚构）")
    connection = paired(tmp_path)
    fields = changes.fields(connection)
    assert [each.name for each in changes.added(connection)] == ["新来科技"]
    assert changes.gone(connection) == ()
    assert [(each.old, each.new) for each in changes.moved(fields)] == [("首阳镇", "宁远镇")]
    renamed = {(each.old, each.new) for each in changes.renamed(fields)}
    assert renamed == {("更名前食品", "更名后饮料"), ("合并一商贸", "合并成贸易")}
    merged = [({who.name for who in each.whos}, each.into.name) for each in changes.merged(connection)]
    assert merged == [({"合并一商贸", "合并二织造"}, "合并成贸易")]
    entries = [entry for _, entry in rounds.all_entries(tmp_path)]
    left = changes.left(connection, entries)
    assert [(each.who.name, each.status, each.evidence) for each in left] == [
        ("注销运输", "closed", "注销通知书（虚构）")
    ]
    found = causes.movement(connection, "r", "2026-06-30")
    assert (found.numerator_before, found.denominator_before) == (2, 6)
    assert (found.numerator_after, found.denominator_after) == (2, 5)
    steps = {each.cause.value: (each.numerator, each.denominator) for each in found.steps}
    assert steps == {
        "policy": (0, 0),
        "newly_built": (0, 0),
        "newly_registered": (1, 1),
        "reopened": (0, 0),
        "org_dissolved": (0, 0),
        "closed_out": (-1, -1),
        "excluded": (0, 0),
        "corrected_data": (0, -1),
    }


ORG = st.tuples(st.integers(0, 7), st.sampled_from(["首阳镇", "宁远镇"]), st.booleans(), st.booleans())
ROUND = st.lists(ORG, min_size=1, max_size=7, unique_by=lambda each: each[0])
ASK = st.tuples(
    st.sampled_from([EntryKind.SAME, EntryKind.DIFFERENT, EntryKind.LEFT]), st.integers(0, 7), st.integers(0, 7)
)


@settings(max_examples=often(20), deadline=None)
@given(st.lists(ROUND, min_size=2, max_size=3), st.lists(ASK, max_size=4))
def test_nothing_is_two_events_and_the_causes_add_up(reports: list[list[Any]], asked: list[Any]) -> None:
    words = "甲乙丙丁戊己庚辛"
    with tempfile.TemporaryDirectory() as name:
        ledger = Path(name)
        for number, report in enumerate(reports):
            rows = [
                org(f"{words[key]}字号商贸", town, code=CODES[key] if coded else None, built=built)
                for key, town, coded, built in report
            ]
            put(ledger, f"{number}.xlsx", rows)
        for kind, one, other in asked:
            if kind is EntryKind.LEFT or one != other:
                decide(ledger, kind, f"{words[one]}字号商贸", f"{words[other]}字号商贸")
        connection = paired(ledger)
        fields = changes.fields(connection)
        added, gone, merged = changes.added(connection), changes.gone(connection), changes.merged(connection)
        every = rounds.all_rounds(ledger)
        assert gone == ()
        assert not {each.who for each in changes.closed(fields)} & set(added)
        went = sum(len(each.whos) - 1 for each in merged)
        rows = connection.execute("SELECT count(*) FROM merged").fetchall()[0][0]
        assert every[-1].organisations == every[0].organisations + len(added) - rows
        assert went <= rows
        found = causes.movement(connection, "r", "2026-06-30")  # raises where the steps do not add up
        assert found.denominator_after - found.denominator_before == sum(each.denominator for each in found.steps)


def test_a_merger_that_was_undone_is_no_event(tmp_path: Path) -> None:
    put(tmp_path, "1.xlsx", [org("合并一商贸"), org("合并二织造"), org("不变农资")])
    decide(tmp_path, EntryKind.SAME, "合并一商贸", "合并二织造")
    put(tmp_path, "2.xlsx", [org("新来科技")])
    assert len(changes.merged(paired(tmp_path))) == 1
    undo.undo(tmp_path, 3, reason=None, now=NOON, tool="0")
    undo.undo(tmp_path, 2, reason=None, now=NOON, tool="0")
    connection = paired(tmp_path)
    assert changes.added(connection) == changes.gone(connection) == ()
    assert changes.merged(connection) == ()
