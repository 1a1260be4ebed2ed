"""Whatever has happened to a ledger, every command names it, refuses, or reads what is sound; none repairs anything."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from coverage_census.errors import ExitCode
from coverage_census.ledger.store import rounds_folder, seal
from kit import Census, Workbook

TABLE = """
| 乡镇 | 单位名称 | 正式党员 |
| {town} | 合成样例{name}有限公司 | 3 |
"""
READ = {
    "gaps": ["gaps", "--township"],
    "explain": ["explain", "合成样例富民食品有限公司"],
    "indicators": ["indicators"],
    "diff": ["diff"],
    "report": ["report", "--html", "--out", "page"],
    "export": ["export", "--format", "csv", "--out", "all.csv"],
    "rounds": ["rounds"],
    "missing": ["missing"],
}
DAYS = ("2026-03-31", "2026-06-30", "2026-09-30")
WRITE = {"ingest": ["ingest", "新来的.xlsx"], "undo": ["undo", "3", "--reason", "试"]}


def round_(ledger: Path, number: int, name: str = "") -> Path:
    return rounds_folder.round_folder(ledger, number) / name


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def linked(path: Path, *, same: bool) -> None:
    """Somebody moved the file and left a link."""
    away = path.parents[3] / "elsewhere"
    shutil.copy(path, away)
    path.unlink()
    path.symlink_to(away)
    if not same:
        flip(away)


def points(ledger: Path, where: str) -> None:
    """A list of hashes that wants a file outside its round."""
    outside = ledger.parent / "secret.jsonl"
    outside.write_bytes(b"{}\n")
    sums = round_(ledger, 3, seal.SUMS)
    sums.write_text(sums.read_text(encoding="ascii") + f"{seal.sha256(b'{}')}  {where}\n", encoding="ascii")


def exchange(ledger: Path) -> None:
    """A round of the workspace beside it, copied here with all its hashes in order."""
    shutil.rmtree(round_(ledger, 2))
    shutil.copytree(round_(ledger.parent / "other" / "ledger", 2), round_(ledger, 2))


def strangers(ledger: Path) -> None:
    for name in ("Thumbs.db", "~$round=000004", "round=000003 - 副本.txt"):
        (ledger / "rounds" / name).write_bytes(b"?")
    shutil.copytree(round_(ledger, 3), ledger / "rounds" / "round=000003 - 副本")
    (round_(ledger, 3) / "~$organisations.parquet").write_bytes(b"?")


def resealed(ledger: Path) -> None:
    """Somebody edited the newest round and made its list of hashes anew."""
    folder = round_(ledger, 3)
    table = folder / "problems.parquet"
    table.write_bytes((round_(ledger.parent / "other" / "ledger", 3) / "problems.parquet").read_bytes() + b"\n")
    kept = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != seal.SUMS}
    (folder / seal.SUMS).write_bytes(seal.sums(kept))


def crlf(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def lost(ledger: Path, *numbers: int) -> None:
    for number in numbers:
        shutil.rmtree(round_(ledger, number))


def renamed_before(ledger: Path) -> None:
    as_of_format_4(ledger)
    renamed(ledger, " (1)")


def emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def renamed(ledger: Path, name: str, number: int = 3) -> None:
    round_(ledger, number).rename(ledger / "rounds" / f"round={number:06d}{name}")


def another_computers(ledger: Path) -> None:
    """Two computers entered the third round without knowing of each other; the share kept both."""
    away = ledger.parent / "away"
    shutil.copytree(round_(ledger, 3), away)
    manifest = away / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"2026-09-30", b"2026-09-29"))
    kept = {path.name: path.read_bytes() for path in away.iterdir() if path.name != seal.SUMS}
    (away / seal.SUMS).write_bytes(seal.sums(kept))
    away.rename(ledger / "rounds" / "round=000003-冲突-PC1")


def pipes(ledger: Path) -> None:
    for path in (round_(ledger, 3, "manifest.json"), round_(ledger, 3, "problems.parquet")):
        path.unlink()
        os.mkfifo(path)


def without_anchor(ledger: Path) -> None:
    shutil.rmtree(ledger / "anchors")


def as_of_format_4(ledger: Path) -> None:
    """As an older census left it, and then its newest round was renamed."""
    shutil.rmtree(ledger / "anchors")
    (ledger / "FORMAT").write_text('{"format": 4, "census": "0.1.0"}', encoding="ascii")


@dataclass(frozen=True)
class Case:
    """What is done, and the exit codes: of all commands, and of those that see more or less of it."""

    do: Callable[[Path], object]
    usual: int
    but: tuple[tuple[str, int], ...] = ()

    def code(self, command: str) -> int:
        return dict(self.but).get(command, self.usual)


DAMAGED, DONE, STOPPED = int(ExitCode.DAMAGED), int(ExitCode.DONE), int(ExitCode.STOPPED)
NEWEST = (("rounds", DONE),)  # the list of rounds does not need the newest table; nobody writes on it
CASES = {
    "a bit of the newest data": Case(
        lambda ledger: flip(round_(ledger, 3, "organisations.parquet")), DAMAGED, NEWEST
    ),
    "a bit of old data": Case(
        lambda ledger: flip(round_(ledger, 1, "organisations.parquet")), DONE,
        # a report says what changed since then, a card since when a gap has been open
        (("verify", DAMAGED), ("diff", DAMAGED), ("report", DAMAGED), ("explain", DAMAGED)),
    ),
    "an edited manifest": Case(lambda ledger: flip(round_(ledger, 2, "manifest.json")), DAMAGED),
    "a lost round": Case(lambda ledger: shutil.rmtree(round_(ledger, 2)), DAMAGED),
    "a lost list of hashes": Case(lambda ledger: round_(ledger, 3, seal.SUMS).unlink(), DAMAGED),
    "a lost table": Case(
        lambda ledger: round_(ledger, 3, "organisations.parquet").unlink(), DAMAGED, NEWEST
    ),
    "an empty round": Case(lambda ledger: round_(ledger, 4).mkdir(), DAMAGED),
    "a round of another workspace": Case(exchange, DAMAGED),
    "a list that climbs out": Case(lambda ledger: points(ledger, "../../secret.jsonl"), DAMAGED),
    "a list with an absolute path": Case(lambda ledger: points(ledger, str(ledger.parent / "secret.jsonl")), DAMAGED),
    "a link to something else": Case(
        lambda ledger: linked(round_(ledger, 3, "organisations.parquet"), same=False), DAMAGED, NEWEST
    ),
    "a link to the same": Case(lambda ledger: linked(round_(ledger, 3, "organisations.parquet"), same=True), DONE),
    "strangers' files": Case(strangers, DONE),
    "a lost newest round": Case(lambda ledger: shutil.rmtree(round_(ledger, 3)), DAMAGED),
    "two lost newest rounds": Case(
        lambda ledger: lost(ledger, 2, 3), DAMAGED
    ),
    "all rounds lost": Case(lambda ledger: shutil.rmtree(ledger / "rounds"), DAMAGED),
    "a renamed newest round": Case(lambda ledger: renamed(ledger, " (1)"), DAMAGED),
    "a newest round in conflict": Case(lambda ledger: renamed(ledger, "-冲突-PC1"), DAMAGED),
    "an emptied newest round": Case(lambda ledger: emptied(round_(ledger, 3)), DAMAGED),
    "a newest round of empty files": Case(
        lambda ledger: [path.write_bytes(b"") for path in round_(ledger, 3).iterdir()], DAMAGED
    ),
    "an edited newest round, sealed anew": Case(resealed, DAMAGED),
    "edited problems of the newest round": Case(
        lambda ledger: flip(round_(ledger, 3, "problems.parquet")), DONE,
        (("verify", DAMAGED), ("ingest", DAMAGED), ("undo", DAMAGED), ("missing", DAMAGED), ("report", DAMAGED)),
    ),
    "other line endings in the newest list": Case(lambda ledger: crlf(round_(ledger, 3, seal.SUMS)), DAMAGED),
    "other line endings in an old list": Case(lambda ledger: crlf(round_(ledger, 1, seal.SUMS)), DAMAGED),
    "another computer's third round": Case(
        another_computers, DONE, (("verify", DAMAGED), ("ingest", DAMAGED), ("undo", DAMAGED))
    ),
    "no anchor any more": Case(without_anchor, DAMAGED),
    "an anchor of nonsense": Case(lambda ledger: flip(ledger / "anchors" / "000003"), DAMAGED),
    "an older ledger whose newest round is renamed": Case(
        renamed_before, DONE,
        (("verify", DAMAGED), ("ingest", DAMAGED), ("undo", STOPPED)),
    ),
    "pipes in the newest round": Case(pipes, DAMAGED),
    "a newer census": Case(
        lambda ledger: (ledger / "FORMAT").write_text('{"format": 99, "census": "9.0"}', encoding="ascii"), STOPPED
    ),
    "a format of nonsense": Case(lambda ledger: (ledger / "FORMAT").write_bytes(b"\0"), DAMAGED),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two workspaces on one share, of three rounds each, a quarter each."""
    from openpyxl import Workbook as Book

    from coverage_census.cli import main as cli

    folder, before = tmp_path_factory.mktemp("share"), Path.cwd()
    for place, names in ((folder, ("富民食品", "兴旺建材", "和顺商贸")), (folder / "other", ("甲一", "乙二", "丙三"))):
        place.mkdir(exist_ok=True)
        os.chdir(place)
        try:
            assert cli.run(["init", "."]) == DONE
            for name, town, day in zip(names, ("首阳镇", "中关镇", "和平乡"), DAYS, strict=True):
                book = Book()
                for row in (["乡镇", "单位名称", "正式党员"], [town, f"合成样例{name}有限公司", 3]):
                    book.worksheets[0].append(row)
                book.save(place / f"{name}.xlsx")
                assert cli.run(["ingest", f"{name}.xlsx", "--as-of", day]) == DONE
        finally:
            os.chdir(before)
    yield folder


@pytest.fixture
def ledger(made: Path, census: Census, workbook: Workbook, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    workbook("新来的.xlsx", TABLE.format(town="和平乡", name="新来"))
    return tmp_path / "ledger"


def every_byte(folder: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in found.items() if name != ".lock"}


@pytest.mark.parametrize("name", CASES)
def test_every_command_behaves(census: Census, ledger: Path, name: str) -> None:
    case = CASES[name]
    case.do(ledger)
    before = every_byte(ledger)
    for command, words in {**READ, "verify": ["verify"], **WRITE}.items():
        ran = census(*words)
        assert ran.code == case.code(command), (command, ran)
        assert "Traceback" not in ran.err and "程序出错" not in ran.err, (command, ran)
        if ran.code in (DAMAGED, STOPPED) and command != "verify":
            assert len(ran.err.strip().splitlines()) == 1, (command, ran)
            assert re.search(r"round=\d{6}|FORMAT|9\.0|anchors|2026Q2", ran.err), (
                command,
                ran,
            )  # it names what and where
        if ran.code != DONE or command not in WRITE:
            assert every_byte(ledger) == before, f"{command} changed the ledger"


def test_what_the_anchor_cannot_tell_the_hash_elsewhere_does(census: Census, ledger: Path) -> None:
    """Where the anchor was put back together with the rounds, the hash that the digest mailed tells."""
    head = seal.sha256(round_(ledger, 3, seal.SUMS).read_bytes())
    shutil.rmtree(round_(ledger, 3))
    (ledger / "anchors" / "000003").unlink()
    shutil.rmtree(ledger.parent / ".census")
    assert census("verify").code == DONE
    assert census("verify", "--anchor", head).code == DAMAGED
    assert census("gaps").code == DONE


def test_what_run_remembers_tells_too(census: Census, ledger: Path) -> None:
    """The anchor is copied to where `run` keeps its memory: a whole ledger that was put back is known there."""
    assert census("ingest", "新来的.xlsx").code == DONE
    copy = (ledger.parent / ".census" / "anchor").read_bytes()
    assert copy == (ledger / "anchors" / "000004").read_bytes()
    shutil.rmtree(round_(ledger, 4))
    (ledger / "anchors" / "000004").unlink()
    before = every_byte(ledger)
    for words in (["verify"], ["ingest", "新来的.xlsx"], ["undo", "3"]):
        ran = census(*words)
        assert ran.code == DAMAGED and ".census" in ran.out + ran.err, ran
    assert every_byte(ledger) == before
    shutil.rmtree(ledger.parent / ".census")
    assert census("ingest", "新来的.xlsx").code == DONE


def test_a_renamed_newest_round_is_named_and_renamed_back(census: Census, ledger: Path) -> None:
    renamed(ledger, "-冲突-PC1")
    for words in (["verify"], ["ingest", "新来的.xlsx"]):
        ran = census(*words)
        assert "round=000003-冲突-PC1" in ran.out + ran.err
    (ledger / "rounds" / "round=000003-冲突-PC1").rename(round_(ledger, 3))
    assert census("verify").code == census("ingest", "新来的.xlsx").code == DONE


def test_a_writer_that_died_before_the_anchor_is_finished(census: Census, ledger: Path) -> None:
    """The anchor is behind by the one round: readers read it, and the next writer anchors it, whatever else he does."""
    (ledger / "anchors" / "000003").unlink()
    before = every_byte(ledger)
    assert census("gaps").code == census("verify").code == census("rounds").code == DONE
    assert every_byte(ledger) == before
    assert census("ingest", "和顺商贸.xlsx").code == DONE  # nothing new
    assert census("ingest", "新来的.xlsx").code == DONE
    assert sorted(path.name for path in (ledger / "anchors").iterdir()) == ["000003", "000004"]
    assert census("verify").code == DONE


def test_two_workspaces_keep_apart(census: Census, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert "兴旺" not in census("export", "--format", "csv", "--out", "b.csv", "--workspace", other).out
    assert census("ingest", "富民食品.xlsx", "--workspace", other).code == DONE
    assert len(list((other / "ledger" / "rounds").iterdir())) == 4
    assert len(list((ledger / "rounds").iterdir())) == 3
    for place in (tmp_path, other):
        assert census("verify", "--workspace", place).code == DONE


def test_the_clock_a_year_back(
    census: Census, ledger: Path, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds follow one another by number and chain, whatever a clock says."""
    left = ledger / "tmp" / "000004-host-1-0"
    left.mkdir(parents=True)
    monkeypatch.setenv("CENSUS_NOW", "2025-11-21T09:00:00+08:00")
    assert census("ingest", "新来的.xlsx").code == DONE
    assert census("verify").code == DONE
    assert "合成样例新来有限公司" in census("explain", "合成样例新来有限公司").out
    assert census("undo", "4", "--reason", "时钟不对").code == DONE
    assert left.exists()  # nothing was swept that may be somebody's work
    monkeypatch.setenv("CENSUS_NOW", "2026-11-22T09:00:00+08:00")
    assert census("ingest", workbook("又来.xlsx", TABLE.format(town="和平乡", name="又来"))).code == DONE
    assert census("gaps").code == census("diff").code == census("rounds").code == census("verify").code == DONE
