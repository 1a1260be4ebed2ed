"""The ledger as its callers see it: files come in day after day, and any round can be had back."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coverage_census.errors import CensusError
from coverage_census.ledger import rounds
from coverage_census.ledger.write import next_round
from coverage_census.ledger.write.commit import Commit
from coverage_census.model import tables
from coverage_census.model.choices import Kind
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import ColumnReading, FileReading, Level, Problem, SheetReading

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ALL = ("name", "uscc", "kind", "township", "employees", "members_total", "members_formal", "has_org", "has_union")


def organisation(text: str, file: str = "A.xlsx", row: int = 2) -> Organisation:
    """`name | township | members_formal`, where `?` is unknown; everything invented."""
    name, township, formal = (part.strip() for part in text.split("|"))
    return Organisation(
        name=name,
        county="天等县",
        township=None if township == "?" else township,
        kind=Kind.ENTERPRISE,
        members_formal=None if formal == "?" else int(formal),
        source=Source(file=file, sheet="Sheet1", row=row),
    )


def reading(file: str, sha: str = "", fields: Sequence[str] = ALL, refused: str | None = None) -> FileReading:
    columns = tuple(ColumnReading(column=chr(65 + at), heading=each, field=each) for at, each in enumerate(fields))
    sheet = SheetReading(sheet="Sheet1", kind="ledger", header_rows=(1, 1), data_rows=1, columns=columns)
    return FileReading(file=file, format="xlsx", sha256=(sha or file).ljust(64, "0"), sheets=(sheet,), refused=refused)


def ingest(
    ledger: Path,
    files: dict[str, str],
    *,
    sha: dict[str, str] | None = None,
    fields: Sequence[str] = ALL,
    name: str | None = None,
    as_of: str = "2026-06-30",
    problems: Sequence[Problem] = (),
) -> Commit:
    """One `census ingest`: file name → its rows, one a line."""
    organisations = [
        organisation(line, file, row)
        for file, text in files.items()
        for row, line in enumerate((line for line in text.strip().splitlines() if line.strip()), start=2)
    ]
    readings = [reading(file, (sha or {}).get(file, file + text), fields) for file, text in files.items()]
    return next_round.write(
        ledger, tables.table(organisations), readings, problems, name=name, as_of=as_of, now=NOON, tool="0.1.0"
    )


def held(ledger: Path, which: str | None = None) -> dict[str, Organisation]:
    found = rounds.relation(ledger, rounds.find(ledger, which))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return {each.name: each for each in map(tables.from_row, rows)}


def test_a_second_township_adds_to_the_first(tmp_path: Path) -> None:
    first = ingest(tmp_path / "ledger", {"A.xlsx": "富民食品有限公司 | 首阳镇 | 3\n兴旺建材厂 | 首阳镇 | ?"})
    second = ingest(tmp_path / "ledger", {"B.xlsx": "和顺商贸有限公司 | 宁远镇 | 0"})
    assert (first.receipt.new, second.receipt.new, second.receipt.carried) == (2, 1, 2)
    assert second.receipt.not_reported_again == 0
    found = held(tmp_path / "ledger")
    assert {name: each.confirmed_round for name, each in found.items()} == {
        "富民食品有限公司": 1,
        "兴旺建材厂": 1,
        "和顺商贸有限公司": 2,
    }
    assert found["兴旺建材厂"].members_formal is None
    assert found["和顺商贸有限公司"].members_formal == 0


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    each = Organisation(
        name="=富民\n食品",
        uscc="91450000MA5K00001X",
        county="天等县",
        employees=50,
        qualifiers={"employees": "approx", "members_total": "below"},  # type: ignore[dict-item]
        bounds={"employees": (40, 60), "members_total": (0, 2)},
        registered_on="2013-06",
        revenue_10k=12.5,
        has_org=False,
        source=Source(file="A.xlsx", sheet="Sheet1", row=7),
    )
    next_round.write(
        tmp_path, tables.table([each]), [reading("A.xlsx")], [], name=None, as_of="2026", now=NOON, tool="0.1.0"
    )
    assert held(tmp_path) == {each.name: each.model_copy(update={"confirmed_round": 1})}


class TestNothingNew:
    A, B = {"A.xlsx": "富民食品 | 首阳镇 | 3"}, {"B.xlsx": "和顺商贸 | 宁远镇 | 0"}

    def test_the_same_bytes_again(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.A)
        again = ingest(tmp_path, self.A)
        assert (again.unchanged, again.round.number, again.already_in) == (True, 1, (("A.xlsx", 1),))
        assert len(rounds.all_rounds(tmp_path)) == 1

    def test_a_then_b_then_a(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.A)
        ingest(tmp_path, self.B)
        assert ingest(tmp_path, self.A).unchanged
        assert ingest(tmp_path, self.A | self.B).unchanged

    def test_an_old_file_after_its_successor_is_news(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.A)
        ingest(tmp_path, {"A2.xlsx": "富民食品 | 首阳镇 | 4"})
        back = ingest(tmp_path, self.A)
        assert not back.unchanged
        assert held(tmp_path)["富民食品"].members_formal == 3

    def test_an_inbox_that_nobody_empties(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.A)
        both = self.A | {"A2.xlsx": "富民食品 | 首阳镇 | 4"}
        second = ingest(tmp_path, both)
        assert [each.file for each in second.round.files] == ["A2.xlsx"]
        assert held(tmp_path)["富民食品"].members_formal == 4
        assert ingest(tmp_path, both).unchanged

    def test_a_workbook_saved_again_without_a_change(self, tmp_path: Path) -> None:
        rows = tables.table([organisation("富民食品 | 首阳镇 | 3")])
        for sha in ("1", "2"):
            file = reading("A.xlsx", sha).model_copy(update={"content_sha256": "c" * 64})
            found = next_round.write(tmp_path, rows, [file], [], name=None, as_of="2026", now=NOON, tool="0.1.0")
        assert found.unchanged

    def test_one_new_file_among_known_ones(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.A)
        found = ingest(tmp_path, self.A | self.B)
        assert (found.round.number, found.already_in, found.receipt.new) == (2, (("A.xlsx", 1),), 1)
        assert held(tmp_path)["富民食品"].confirmed_round == 1


class TestReportedAgain:
    def test_who_is_left_out_is_carried_and_counted(self, tmp_path: Path) -> None:
        ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3\n兴旺建材 | 首阳镇 | 1\n和顺商贸 | 宁远镇 | 1"})
        found = ingest(tmp_path, {"A2.xlsx": "天等县富民食品有限公司 | 首阳镇 | 3"})
        assert found.receipt.not_reported_again == found.round.not_reported_again == 1
        assert (found.receipt.carried, found.receipt.changed, found.receipt.renamed) == (2, 1, 1)
        assert {name: each.confirmed_round for name, each in held(tmp_path).items()} == {
            "天等县富民食品有限公司": 2,
            "兴旺建材": 1,
            "和顺商贸": 1,
        }

    def test_equal_rows_are_unchanged_but_confirmed(self, tmp_path: Path) -> None:
        ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3"})
        found = ingest(tmp_path, {"A2.xlsx": "富民食品 | 首阳镇 | 3"})
        assert (found.receipt.unchanged, found.receipt.changed, found.unchanged) == (1, 0, False)
        assert held(tmp_path)["富民食品"].confirmed_round == 2

    def test_a_blank_on_a_sheet_that_asks_makes_unknown(self, tmp_path: Path) -> None:
        ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3"})
        found = ingest(tmp_path, {"A2.xlsx": "富民食品 | 首阳镇 | ?"})
        assert found.receipt.blanked == 1
        assert held(tmp_path)["富民食品"].members_formal is None

    def test_a_sheet_that_does_not_ask_erases_nothing(self, tmp_path: Path) -> None:
        ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3"})
        found = ingest(tmp_path, {"U.xlsx": "富民食品 | 首阳镇 | ?"}, fields=("name", "has_union"))
        assert (found.receipt.blanked, found.receipt.unchanged) == (0, 1)
        assert held(tmp_path)["富民食品"].members_formal == 3

    def test_a_new_total_does_not_stand_beside_old_parts(self, tmp_path: Path) -> None:
        ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3"})
        ingest(tmp_path, {"T.xlsx": "富民食品 | 首阳镇 | ?"}, fields=("name", "members_total"))
        assert held(tmp_path)["富民食品"].members_formal is None


class TestScope:
    TOWN = {"A.xlsx": "富民食品 | 首阳镇 | 3\n兴旺建材 | 首阳镇 | 1\n和顺商贸 | 首阳镇 | 1"}

    def test_a_short_list_of_the_same_town_reports_it(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.TOWN)
        assert ingest(tmp_path, {"A2.xlsx": "富民食品 | 首阳镇 | 3"}).receipt.not_reported_again == 2

    def test_a_list_of_a_park_does_not_report_the_towns_it_lies_in(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.TOWN)
        park = ingest(tmp_path, {"园区.xlsx": "富民食品 | 首阳镇 | 4\n大同电子 | 宁远镇 | 0\n大有电子 | 宁远镇 | 0"})
        assert (park.receipt.changed, park.receipt.carried, park.receipt.not_reported_again) == (1, 2, 0)
        assert [scope.township for scope in park.round.scopes] == ["宁远镇"]
        assert ingest(tmp_path, self.TOWN).unchanged

    def test_two_parts_of_one_list(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.TOWN)
        part = {"B.xlsx": "大同电子 | 首阳镇 | 0"}
        assert ingest(tmp_path, part).receipt.not_reported_again == 0
        assert ingest(tmp_path, self.TOWN).unchanged
        assert ingest(tmp_path, part).unchanged

    def test_another_kind_in_the_same_town(self, tmp_path: Path) -> None:
        ingest(tmp_path, self.TOWN)
        each = organisation("首阳商会 | 首阳镇 | 0", "S.xlsx").model_copy(update={"kind": Kind.SOCIAL_ORG})
        found = next_round.write(
            tmp_path, tables.table([each]), [reading("S.xlsx")], [], name=None, as_of="2026", now=NOON, tool="0"
        )
        assert found.receipt.not_reported_again == 0


class TestSeveralFilesAtOnce:
    FILES = {
        "A.xlsx": "富民食品有限公司 | 首阳镇 | 3\n第一幼儿园 | 首阳镇 | 1",
        "B.xlsx": "天等县富民食品有限公司 | 首阳镇 | ?\n第二幼儿园 | 首阳镇 | 2",
    }

    def test_one_organisation_in_two_files_counts_once_and_is_said(self, tmp_path: Path) -> None:
        found = ingest(tmp_path, self.FILES)
        assert (found.round.organisations, found.receipt.duplicates) == (3, 1)
        problem = found.problems[0]
        assert (problem.code, problem.level, problem.file, problem.cell) == (
            "duplicate_across_files",
            Level.WARNING,
            "B.xlsx",
            "A2",
        )
        assert (problem.values["other_file"], problem.values["other_row"]) == ("A.xlsx", 2)
        assert rounds.problems(tmp_path, found.round) == found.problems

    def test_contradictions_are_named(self, tmp_path: Path) -> None:
        found = ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3", "B.xlsx": "富民食品 | 首阳镇 | 2"})
        assert [each.code for each in found.problems] == ["duplicate_contradicts"]
        assert found.problems[0].values["fields"] == "members_formal"
        assert held(tmp_path)["富民食品"].members_formal == 3

    def test_a_copy_of_a_file_counts_once_and_is_said_once(self, tmp_path: Path) -> None:
        rows = "富民食品 | 首阳镇 | 3\n兴旺建材 | 首阳镇 | 1"
        both = {"首阳镇.xlsx": rows, "首阳镇(1).xlsx": rows}
        same = dict.fromkeys(both, "same")
        found = ingest(tmp_path, both, sha=same)
        assert (found.round.organisations, found.receipt.duplicates) == (2, 0)
        assert [(each.code, each.level) for each in found.problems] == [("same_file", Level.NOTE)]
        assert ingest(tmp_path, both, sha=same).unchanged

    def test_the_order_of_files_does_not_matter(self, tmp_path: Path) -> None:
        ingest(tmp_path / "1", self.FILES)
        ingest(tmp_path / "2", dict(reversed(self.FILES.items())))
        assert held(tmp_path / "1") == held(tmp_path / "2")


class TestFinding:
    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Path:
        ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3"}, name="2026Q1", as_of="2026-03-31")
        ingest(tmp_path, {"B.xlsx": "和顺商贸 | 宁远镇 | 0"}, name="2026Q2", as_of="2026-06")
        ingest(tmp_path, {"C.xlsx": "和美商贸 | 宁远镇 | 0"}, name="2026Q2", as_of="2026-06-30")
        return tmp_path

    @pytest.mark.parametrize(
        ("wanted", "as_of", "number"),
        [
            (None, None, 3),
            ("2026Q1", None, 1),
            ("2026Q2", None, 3),
            ("2", None, 2),
            ("000002", None, 2),
            (None, date(2026, 6, 30), 3),
            (None, date(2026, 6, 15), 1),
            (None, date(2026, 5, 31), 1),
        ],
    )
    def test_by_name_number_and_day(self, ledger: Path, wanted: str | None, as_of: date | None, number: int) -> None:
        assert rounds.find(ledger, wanted, as_of).number == number

    def test_what_is_not_there(self, ledger: Path, tmp_path: Path) -> None:
        for wanted, day, key in (("2027", None, "unknown_round"), (None, date(2025, 1, 1), "no_round_by")):
            with pytest.raises(CensusError) as stop:
                rounds.find(ledger, wanted, day)
            assert stop.value.key == key
        with pytest.raises(CensusError) as stop:
            rounds.find(tmp_path / "none", None)
        assert stop.value.key == "no_round"


def test_sources_are_the_files_that_still_confirm_something(tmp_path: Path) -> None:
    note = Problem(
        code="uscc_invalid", level=Level.WARNING, file="B.xlsx", values={"n": 1, "s": "甲", "x": 1.5, "y": None}
    )
    ingest(tmp_path, {"A.xlsx": "富民食品 | 首阳镇 | 3"})
    ingest(tmp_path, {"B.xlsx": "和顺商贸 | 宁远镇 | 0"}, problems=[note])
    last = ingest(tmp_path, {"A2.xlsx": "富民食品 | 首阳镇 | 4"}).round
    assert [(each.round, each.file.file) for each in rounds.sources(tmp_path, last)] == [(3, "A2.xlsx"), (2, "B.xlsx")]
    assert rounds.problems(tmp_path, last) == ()
    assert rounds.open_problems(tmp_path, last) == (note,)


def test_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(CensusError) as stop:
        next_round.write(tmp_path, tables.table([]), [], [], name=None, as_of="2026", now=NOON, tool="0.1.0")
    assert stop.value.key == "nothing_to_keep"
    assert not (tmp_path / "rounds").exists()


def test_the_manifest_can_be_read_by_people(tmp_path: Path) -> None:
    ingest(tmp_path, {"首阳镇.xlsx": "富民食品 | 首阳镇 | 3"}, name="2026Q1")
    told = json.loads((tmp_path / "rounds/round=000001/manifest.json").read_text(encoding="utf-8"))
    assert (told["name"], told["parent"], told["created_at"]) == ("2026Q1", None, "2026-07-01T12:00:00+00:00")
    scope = {"county": "天等县", "township": "首阳镇", "kind": "enterprise", "as_of": "2026-06-30"}
    assert told["scopes"] == [scope]
