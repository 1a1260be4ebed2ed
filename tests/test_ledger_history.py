"""A long ledger: a reader opens few files, whatever it has; the copy of the small files is never trusted alone."""

import os
import shutil
from pathlib import Path

import pytest

from coverage_census.errors import Damaged
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.store import history, rounds_folder, seal
from coverage_census.ledger.undo import undo as undoing
from coverage_census.ledger.write import next_round
from coverage_census.model.rounds import Entry, EntryKind
from soak.writing import NOON, put, sound

LONG = 30
MOST = 50


class Counting(Drive):
    def __init__(self) -> None:
        self.reads = list[Path]()

    def read(self, path: Path) -> bytes:
        self.reads.append(path)
        return super().read(path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty rounds; the fourth and the last but one are decisions."""
    ledger = tmp_path_factory.mktemp("long") / "ledger"
    for number in range(1, LONG + 1):
        if number in (4, LONG - 1):
            said = Entry(kind=EntryKind.CONFIRMATION, who="县局", when=NOON.isoformat(), finding=f"blank {number}")
            next_round.record(ledger, [said], now=NOON, tool="0")
        else:
            put(ledger, f"{number}.xlsx")
    return ledger


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "ledger")
    return tmp_path / "ledger"


def test_readers_open_few_files_and_see_the_same(ledger: Path) -> None:
    drive, whole = Counting(), Counting()
    short = rounds.all_entries(ledger, drive=drive)
    every = rounds.all_rounds(ledger)
    assert len(drive.reads) <= MOST
    (ledger / history.FILE).unlink()
    assert rounds.all_entries(ledger, drive=whole) == short
    assert rounds.all_rounds(ledger) == every
    assert len(whole.reads) > 2 * LONG
    assert [number for number, _ in short] == [4, LONG - 1]


def test_it_is_made_again_where_it_is_lost(ledger: Path) -> None:
    (ledger / history.FILE).unlink()
    put(ledger, "another.xlsx")
    assert len(history.read(ledger, DRIVE)) == LONG + 1 - history.DIRECT
    assert verify.verify(ledger).damage == ()


@pytest.mark.parametrize("spoil", ["a flipped bit", "cut short", "nothing", "nonsense", "a pipe"])
def test_a_spoilt_copy_is_passed_over(ledger: Path, spoil: str) -> None:
    path = ledger / history.FILE
    data, before = path.read_bytes(), rounds.all_rounds(ledger)
    if spoil == "a pipe":
        path.unlink()
        os.mkfifo(path)
    else:
        flipped = bytearray(data)
        flipped[len(data) // 2] ^= 1
        made = {"a flipped bit": bytes(flipped), "cut short": data[:-9], "nothing": b"", "nonsense": b"[[[[\n{}"}
        path.write_bytes(made[spoil])
    assert rounds.all_rounds(ledger) == before
    assert sound(ledger) == before


def test_the_copy_of_another_ledger_is_passed_over(ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for number in range(LONG):
        put(other, f"其他{number}.xlsx")
    shutil.copy(other / history.FILE, ledger / history.FILE)
    assert rounds.all_rounds(ledger)[0].files[0].file == "1.xlsx"
    undoing.undo(ledger, LONG, reason=None, now=NOON, tool="0")
    for number in range(history.LAZY + 1):
        put(ledger, f"新{number}.xlsx")
    assert sound(ledger)[0].files[0].file == "1.xlsx"
    assert history.read(ledger, DRIVE)[0].sha256 == seal.read(rounds_folder.round_folder(ledger, 1), DRIVE).sha256


def test_recent_damage_is_seen_by_readers_and_old_damage_by_verify(ledger: Path) -> None:
    path = rounds_folder.round_folder(ledger, LONG - 2) / rounds_folder.MANIFEST
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"xlsx", b"xlsm"))
    with pytest.raises(Damaged):
        rounds.all_rounds(ledger)
    path.write_bytes(kept)
    old = rounds_folder.round_folder(ledger, 3) / rounds_folder.MANIFEST
    old.write_bytes(old.read_bytes().replace(b"xlsx", b"xlsm"))
    assert rounds.all_rounds(ledger)
    assert [each.round for each in verify.verify(ledger).damage] == [3]
    shutil.rmtree(old.parent)
    with pytest.raises(Damaged):
        rounds.all_rounds(ledger)
