"""Ledgers that older versions wrote (tests/ledgers) are read and carried on; what a newer one wrote is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from coverage_census import __version__
from coverage_census.errors import CensusError, Damaged
from coverage_census.ledger import rounds
from coverage_census.ledger.store import formats, manifest, rounds_folder, seal
from coverage_census.model import tables
from kit import Census, Workbook

STORED = Path(__file__).with_name("ledgers")
OLD = range(1, formats.FORMAT)

LATER = """
| 乡镇 | 单位名称 | 单位类别 | 从业人员 | 党员总数 | 正式党员 | 是否建立党组织 |
| 文峰镇 | 合成样例天河机械有限公司 | 企业 | 81 | 4 | 4 | 是 |
| 文峰镇 | 合成样例新起点科技有限公司 | 企业 | 5 | 0 | 0 | 否 |
"""


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> int:
    """`ledger/` in tmp_path as a census of that format left it."""
    number = int(request.param)
    with ZipFile(STORED / f"format_{number}.zip") as stored:
        stored.extractall(tmp_path / "ledger")
    return number


def files(ledger: Path) -> dict[str, bytes]:
    found = (path for path in ledger.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(ledger).as_posix(): path.read_bytes() for path in found}


def exported(census: Census) -> dict[str, dict[str, Any]]:
    lines = map(json.loads, census("export").out.splitlines())
    return {line["name"]: line for line in lines}


def test_every_older_format_has_its_ledger_and_its_step() -> None:
    assert {path.stem for path in STORED.glob("*.zip")} == {f"format_{number}" for number in OLD}
    assert list(formats.STEPS) == list(OLD)


def test_an_older_ledger_is_read_whole_and_left_as_it_is(old: int, census: Census, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    before = files(ledger)
    assert json.loads(before["FORMAT"])["format"] == old
    every = rounds.all_rounds(ledger)
    assert [each.number for each in every] == list(range(1, 4 if old == 1 else 6))
    assert [each.supersedes for each in every] == [None] * (3 if old == 1 else 4) + [3] * (old > 1)
    assert [each.day for each in every if each.files] == [each.as_of for each in every if each.files]
    assert all(sheet.speaks_for == each.day for each in every for file in each.files for sheet in file.sheets)
    assert census("verify").code == 0
    whole = ["diff"] if old != 3 else ["tasks"]  # of 3 all rounds are of one period: nothing to compare with
    for words in (["rounds"], ["gaps", "--list"], ["indicators"], whole, ["missing"], ["export"]):
        ran = census(*words, "--json") if words != ["export"] else census(*words)
        assert (ran.code, ran.err) == (0, ""), words
    assert exported(census)["合成样例富民食品有限公司"]["members_formal"] == (5 if old == 1 else 4)  # 2: round 3 undone
    assert files(ledger) == before


def test_the_columns_of_an_older_round_are_those_of_today(old: int, tmp_path: Path) -> None:
    """Who adds a field to organisations must say how rounds without it are read."""
    newest = rounds.find(tmp_path / "ledger", None)
    assert rounds.relation(tmp_path / "ledger", newest).columns == tables.schema().names


def test_answers_of_an_older_ledger_still_hold(census: Census, tmp_path: Path) -> None:
    with ZipFile(STORED / "format_2.zip") as stored:
        stored.extractall(tmp_path / "ledger")
    [entry] = rounds.entries(tmp_path / "ledger", rounds.find(tmp_path / "ledger", "4"))
    assert (entry.field, entry.old, entry.new, entry.other, entry.task) == ("employees", 12, 15, None, None)
    assert exported(census)["合成样例兴旺建材有限公司"]["employees"] == 15


def test_the_next_round_raises_the_number_and_rewrites_nothing(
    old: int, census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    before = files(ledger)
    ran = census("ingest", workbook("文峰镇.xlsx", LATER), "--round", "2026Q3")
    assert ran.code == 0 and ("ledger/anchors" in ran.out) is (old < formats.ANCHORED)  # adopted, with a sentence
    after = files(ledger)
    assert json.loads(after.pop("FORMAT")) == {"format": formats.FORMAT, "census": __version__}
    written = {name: data for name, data in before.items() if name.startswith("rounds/")}
    assert {name: after[name] for name in written} == written
    newest = rounds.all_rounds(ledger)[-1]
    assert (newest.organisations, newest.new, newest.confirmed) == (6, 1, 2)
    assert next(iter(json.loads(after[f"rounds/round={newest.number:06d}/manifest.json"]))) == "format"
    assert census("verify").code == 0
    changed = json.loads(census("diff", "--json").out)
    assert [each["name"] for each in changed["added"]] == ["合成样例新起点科技有限公司"]


NEWER = '{"format": 99, "census": "7.0.0"}'


COMMANDS = (["rounds"], ["gaps"], ["verify"], ["missing"], ["diff"], ["export"], ["undo", "1"], ["ingest", "new.xlsx"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_newer_ledger_is_refused_by_name(census: Census, workbook: Workbook, tmp_path: Path, lang: str) -> None:
    with ZipFile(STORED / "format_1.zip") as stored:
        stored.extractall(tmp_path / "ledger")
    workbook("new.xlsx", LATER)
    (tmp_path / "ledger" / "FORMAT").write_text(NEWER, encoding="ascii")
    before = files(tmp_path / "ledger")
    for words in COMMANDS:
        ran = census(*words, "--lang", lang)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1), words
        assert all(word in ran.err for word in ("7.0.0", "99", __version__, f" {formats.FORMAT}"))
    assert files(tmp_path / "ledger") == before


def newer_manifest(ledger: Path) -> None:
    """The last round as a later census might have written it, sealed."""
    folder = rounds_folder.round_folder(ledger, 3)
    found = json.loads((folder / "manifest.json").read_bytes()) | {"format": 99, "tool": "7.0.0", "colour": "red"}
    reseal(folder, json.dumps(found).encode())


def reseal(folder: Path, data: bytes) -> None:
    (folder / "manifest.json").write_bytes(data)
    kept = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != seal.SUMS}
    (folder / seal.SUMS).write_bytes(seal.sums(kept))


def test_a_round_of_a_newer_format_in_an_older_ledger(census: Census, tmp_path: Path) -> None:
    """Somebody copied rounds back and forgot FORMAT."""
    with ZipFile(STORED / "format_1.zip") as stored:
        stored.extractall(tmp_path / "ledger")
    newer_manifest(tmp_path / "ledger")
    for words in (["rounds"], ["gaps"], ["verify"]):
        ran = census(*words)
        assert (ran.code, ran.out) == (1, "")
        assert "7.0.0" in ran.err
        assert "round=000003" in ran.err


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found | {"format": 0},
        lambda found: found | {"format": "1"},
        lambda found: found | {"format": True, "nonce": None},
        lambda found: found | {"colour": "red"},
        lambda found: [found],
        lambda found: {name: value for name, value in found.items() if name != "scopes"},
    ],
)
def test_a_manifest_that_fits_no_format_is_damage(tmp_path: Path, spoil: Callable[[object], object]) -> None:
    with ZipFile(STORED / "format_1.zip") as stored:
        stored.extractall(tmp_path)
    data = (rounds_folder.round_folder(tmp_path, 1) / "manifest.json").read_bytes()
    with pytest.raises(Damaged):
        manifest.parsed(json.dumps(spoil(json.loads(data))).encode(), 1)


def test_each_step_leads_a_manifest_up_one_format() -> None:
    assert formats.upgraded({"number": 1}, "x") == {"number": 1, "supersedes": None, "reason": None}
    undone = {"number": 5, "supersedes": 3, "reason": "报错了表"}
    assert formats.upgraded(dict(undone), "x") == undone
    assert formats.upgraded({"format": formats.FORMAT, **undone}, "x") == undone
    with pytest.raises(CensusError) as stop:
        formats.upgraded({"format": formats.FORMAT + 1}, "x")
    assert stop.value.key == "ledger_newer"


def test_a_backup_beside_the_ledger_is_no_other_format(old: int, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "ledger" / "FORMAT", tmp_path / "ledger" / "FORMAT - 副本")
    assert rounds.all_rounds(tmp_path / "ledger")
