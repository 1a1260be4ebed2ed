"""A year of one county, in any order of arrival, against a count that knows nothing of the ledger.

Three townships report enterprises and social organisations each quarter. Sheets come late, are corrected on the same
day, ask for more or less than before, are sent twice, taken back and brought back, answered in return workbooks;
organisations are founded, renamed under their code, cancelled, and forgotten. What the commands say in the end must be
what the plain count below says: of every organisation the newest word on each field, by the day its sheet speaks for.
"""

import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

from coverage_census.commands import verify_undo
from coverage_census.commands.ingest import ingest
from coverage_census.commands.session import Session
from coverage_census.errors import ExitCode
from coverage_census.ingest import read
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.periods import timeline
from coverage_census.model import periods
from coverage_census.model.incoming import Incoming
from coverage_census.model.periods import PeriodLength
from coverage_census.results import IngestReceipt
from coverage_census.sample.units import uscc
from coverage_census.settings import Settings
from coverage_census.words.catalogue import Words
from kit import often

NOW = datetime.fromisoformat("2026-02-10T09:00:00+08:00")
ORDERS = int(os.environ.get("YEAR_ORDERS", "0")) or often(2)
TOWNS = ("柳河镇", "石桥镇", "大坪乡")
KINDS = ("企业", "社会组织")
DAYS = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31")
HEADS = {
    "name": "单位名称", "uscc": "统一社会信用代码", "kind": "单位类别", "employees": "从业人员",
    "members_formal": "正式党员", "has_org": "是否建立党组织", "operating_status": "经营状态",
}  # fmt: skip
WRITTEN: Mapping[Any, str] = {True: "是", False: "否", "operating": "正常经营", "closed": "注销", None: ""}
ALWAYS = ("name", "uscc", "kind", "operating_status")

Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What one file says: of which scope, for which day, and which fields it asks for.

    `after`: how many sheets of its scope and day it follows, being a correction of them. `answers`: it is a return
    workbook of that file, answered.
    """

    file: str
    town: str
    kind: str
    day: str
    rows: tuple[Row, ...]
    fields: tuple[str, ...]
    after: float = 0
    answers: str | None = None


def the_year(chance: random.Random) -> list[Sheet]:
    """Sheets of four quarters; everything in them is invented."""
    found = []
    for at, (town, kind) in enumerate((town, kind) for town in TOWNS for kind in KINDS):
        firms = [firm(town, kind, 10 * at + number, chance) for number in range(4)]
        for quarter, day in enumerate(DAYS):
            firms = [grown(each, quarter, number, chance) for number, each in enumerate(firms)]
            if quarter == 1:
                firms.append(firm(town, kind, 10 * at + 5, chance))
            named = firms if quarter < 3 else firms[1:]  # the first is forgotten in the last quarter
            fields = tuple(name for name in HEADS if name in ALWAYS or chance.random() < 0.7)
            sheet = Sheet(f"{town}{kind}{day}.xlsx", town, kind, day, tuple(named), fields)
            found.append(sheet)
            if (at, quarter) == ASKED:  # a word where a number belongs: the sheet goes back
                wrong = ({**named[0], "employees": UNREADABLE}, *named[1:])
                found[-1] = replace(sheet, rows=wrong, fields=tuple(HEADS))
            elif chance.random() < 0.3:
                again = tuple({**each, "members_formal": 40 + number} for number, each in enumerate(named))
                found.append(replace(sheet, file=f"更正{sheet.file}", rows=again, fields=tuple(HEADS), after=1))
    return found


ASKED = (0, 1)  # scope and quarter of the sheet that goes back
UNREADABLE = "若干"


def firm(town: str, kind: str, number: int, chance: random.Random) -> Row:
    word = "商贸有限公司" if kind == "企业" else "行业协会"
    return {
        "name": f"{town[:2]}{NUMERALS[number % 10]}{NUMERALS[number // 10]}号{word}",
        "uscc": uscc.make("91" if kind == "企业" else "51", "349900", number + 1),
        "kind": kind, "employees": chance.randrange(3, 90), "members_formal": chance.randrange(6),
        "has_org": chance.random() < 0.4, "operating_status": "operating",
    }  # fmt: skip


NUMERALS = "甲乙丙丁戊己庚辛壬癸"


def grown(each: Row, quarter: int, number: int, chance: random.Random) -> Row:
    """A quarter later: other figures, a branch, another name, or the end."""
    found = {**each, "employees": each["employees"] + quarter, "members_formal": chance.randrange(30)}
    found["has_org"] = each["has_org"] or chance.random() < 0.2
    if number == 1 and quarter == 2:
        found["name"] = each["name"].replace("号", "号新")
    if number == 2 and quarter == 3:
        found["operating_status"] = "closed"
    return found


# --- the count: plain Python, no word of the census ---------------------------------------------------------------


class Counted(NamedTuple):
    """Organisations by code, and how many there are and have a branch."""

    rows: dict[str, Row]
    organisations: int
    covered: int


def counted(sheets: Iterable[Sheet], until: str) -> Counted:
    """On one day: of every organisation the newest word on each field."""
    rows: dict[str, Row] = {}
    for sheet in sorted(sheets, key=lambda each: (each.day, each.after)):
        if sheet.day <= until:
            for row in sheet.rows:
                known = rows.setdefault(row["uscc"], dict.fromkeys(HEADS) | {"township": sheet.town})
                known.update({name: None if row[name] == UNREADABLE else row[name] for name in sheet.fields})
    return Counted(rows, len(rows), sum(row["has_org"] is True for row in rows.values()))


# --- the desk: workbooks and real commands ------------------------------------------------------------------------


class Desk:
    """Workbooks that are read once, and ledgers in which they are entered in one order after another."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.read = folder, dict[str, read.FilesRead]()

    def write(self, sheet: Sheet) -> Path:
        book = Workbook()
        page = book.worksheets[0]
        page.append([f"{sheet.town}{sheet.kind}党建台账"])
        page.append([f"截止日期：{sheet.day[:4]}年{int(sheet.day[5:7])}月{int(sheet.day[8:])}日"])
        page.append([HEADS[name] for name in sheet.fields])
        for row in sheet.rows:
            page.append([WRITTEN.get(row[name], row[name]) if name in WORDED else row[name] for name in sheet.fields])
        path = self.folder / sheet.file
        book.save(path)
        return path

    def once(self, incoming: Sequence[Incoming], columns: Mapping[str, str]) -> read.FilesRead:
        """Instead of `read.read`: each workbook is read in its jail once, however often it comes."""
        import pyarrow as pa

        for each in incoming:
            if each.label not in self.read:
                self.read[each.label] = REAL(([each]), columns)
        found = [self.read[each.label] for each in incoming]
        return read.FilesRead(
            tuple(file for each in found for file in each.files),
            pa.concat_tables([each.table for each in found]),
            tuple(one for each in found for one in each.problems),
        )

    def answered(self, sheet: Sheet) -> Sheet:
        """The return workbook of a sheet with a number beside what could not be read, as the township sends it."""
        (self.folder / "asking").mkdir()
        receipt = ingest.ingest(self.session("asking"), [self.folder / sheet.file])
        [made] = [each.path for each in receipt.sent_back if each.path]
        book = load_workbook(made)
        asked = book["问题清单"]
        [line] = [row for row in range(6, asked.max_row + 1) if asked.cell(row, 6).value == UNREADABLE]
        asked.cell(line, 9).value, asked.cell(line, 10).value = "改正", 77
        book.save(self.folder / "1退回的表.xlsx")
        rows = tuple({**each, "employees": 77} if each["employees"] == UNREADABLE else each for each in sheet.rows)
        return replace(sheet, file="1退回的表.xlsx", rows=rows, after=0.5, answers=sheet.file)

    def session(self, ledger: str, *, older: bool = False) -> Session:
        return Session(Settings(self.folder / ledger), Words("zh"), NOW, older=older)

    def enter(self, ledger: str, files: Sequence[str]) -> IngestReceipt:
        """As the office does: where something is set aside it is asked in."""
        paths = [self.folder / each for each in files]
        receipt = ingest.ingest(self.session(ledger), paths, returns=False)
        if receipt.code is ExitCode.SET_ASIDE:
            receipt = ingest.ingest(self.session(ledger, older=True), paths, returns=False)
        assert receipt.code is ExitCode.DONE, receipt.problems
        return receipt


REAL = read.read
WORDED = ("has_org", "operating_status")


def in_some_order(sheets: Sequence[Sheet], chance: random.Random) -> list[list[Sheet]]:
    """The sheets one after another or a few at once; a correction after what it corrects."""
    mixed = list(sheets)
    chance.shuffle(mixed)
    places = {(each.town, each.kind, each.day): [] for each in mixed}  # type: ignore[var-annotated]
    for at, each in enumerate(mixed):
        places[each.town, each.kind, each.day].append(at)
    for own in places.values():
        for at, sheet in zip(own, sorted((mixed[at] for at in own), key=lambda each: each.after), strict=True):
            mixed[at] = sheet
    found, at = [], 0
    while at < len(mixed):
        size = chance.choice((1, 1, 1, 2, 3))
        batch = mixed[at : at + size]
        scopes = [(each.town, each.kind, each.day) for each in batch]
        batch = batch[:1] if len(set(scopes)) < len(scopes) else batch
        found.append(batch)
        at += len(batch)
    return found


def mishaps(desk: Desk, ledger: str, batch: list[Sheet], chance: random.Random) -> None:
    """Taken back and brought back, taken back and entered again, or sent twice: nothing comes of it."""
    files, what = [each.file for each in batch], chance.random()
    if what < 0.15:
        assert desk.enter(ledger, files).unchanged
    elif what < 0.3:
        last = rounds.all_rounds(desk.folder / ledger / "ledger")[-1].number
        undone = verify_undo.undo(desk.session(ledger), str(last), "报错了表")
        if chance.random() < 0.5:
            verify_undo.undo(desk.session(ledger), str(undone.round.number), None)
        else:
            desk.enter(ledger, files)


def held(folder: Path, which: Any) -> dict[str, Row]:
    found = rounds.relation(folder, which)
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.fetchall())
    return {row["uscc"]: row for row in rows}


FIELDS = ("name", "township", "employees", "members_formal", "has_org", "operating_status")


def same(found: Mapping[str, Row], wanted: Counted) -> None:
    assert found.keys() == wanted.rows.keys()
    for code, row in wanted.rows.items():
        assert {name: found[code][name] for name in FIELDS} == {name: row[name] for name in FIELDS}, row["name"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("year"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "read", made.once)
        yield made


@pytest.fixture(scope="module")
def sheets(desk: Desk) -> list[Sheet]:
    found = the_year(random.Random(2025))
    for each in found:
        desk.write(each)
    [asked] = [each for each in found if any(row["employees"] == UNREADABLE for row in each.rows)]
    return [*found, desk.answered(asked)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(ORDERS))
def test_the_same_year_in_any_order(desk: Desk, sheets: list[Sheet], seed: int) -> None:
    chance, ledger = random.Random(seed), f"order-{seed}"
    (desk.folder / ledger).mkdir()
    for batch in in_some_order(sheets, chance):
        desk.enter(ledger, [each.file for each in batch])
        mishaps(desk, ledger, batch, chance)
    folder = desk.folder / ledger / "ledger"
    every = rounds.all_rounds(folder)
    assert every[-1].as_of == DAYS[-1]
    same(held(folder, rounds.find(folder, None)), counted(sheets, DAYS[-1]))
    closings = list({periods.of(each.as_of, PeriodLength.QUARTER): each for each in timeline.closings(every)}.values())
    assert [each.as_of for each in closings] == list(DAYS)
    for day, closing in zip(DAYS, closings, strict=True):
        same(held(folder, closing), counted(sheets, day))
    assert not verify.verify(folder).damage
