"""The ledger when things go wrong: every call of a commit fails once, writers meet, rounds are damaged by hand."""

import errno
import multiprocessing
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from coverage_census.errors import Busy, CensusError, Damaged, ExitCode
from coverage_census.files import lock
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds
from coverage_census.ledger.store import formats, manifest, rounds_folder, seal
from coverage_census.ledger.write import next_round
from coverage_census.ledger.write.commit import Commit
from coverage_census.model import tables
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round
from soak import faults
from soak.faults import Crash
from soak.works import WORKS, Work
from soak.writing import folder_in_memory

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def put(ledger: Path, file: str, drive: Drive = DRIVE) -> Commit:
    """One organisation in one file."""
    each = Organisation(
        name=f"{file}食品", township="首阳镇", members_formal=3, source=Source(file=file, sheet="S", row=2)
    )
    reading = FileReading(file=file, sha256=file.ljust(64, "0"))
    return next_round.write(
        ledger, tables.table([each]), [reading], [], name=None, as_of="2026-06-30", now=NOON, tool="0.1.0", drive=drive
    )


def names(ledger: Path) -> list[str]:
    """The organisations of the newest round, everything checked on the way."""
    every = rounds.all_rounds(ledger)
    if not every:
        return []
    found: list[str] = pq.read_table(rounds.parquet(ledger, every[-1]), columns=["name"])["name"].to_pylist()
    return found


def add(ledger: Path, file: str, drive: Drive = DRIVE) -> rounds_folder.Added | None:
    """What `put` does at the store, without its tables: a round called `file`, unless there is one."""

    def contents(number: int, parent: seal.Seal | None, nonce: str) -> rounds_folder.Contents | None:
        if file in called(ledger, drive):
            return None
        record = Round(
            number=number, name=file, parent=parent.sha256 if parent else None, nonce=nonce, created_at="", tool="",
            as_of="2026", files=(), scopes=(), organisations=0, confirmed=0, new=0, carried=0, not_reported_again=0,
        )  # fmt: skip
        data = file.encode() * 1000
        return {
            rounds_folder.ORGANISATIONS: data,
            rounds_folder.PROBLEMS: b"",
            rounds_folder.MANIFEST: manifest.written(record),
        }

    return rounds_folder.add(ledger, contents, drive)


def called(ledger: Path, drive: Drive = DRIVE) -> list[str | None]:
    """The names of all rounds, every file of theirs checked."""
    every = list(manifest.chain(ledger, drive))
    for each in every:
        sealed = seal.read(rounds_folder.round_folder(ledger, each.number), drive)
        for name in sealed.hashes:
            seal.content(sealed, name, drive)
    return [each.name for each in every]


AT_THE_STORE = {
    "first round": Work(lambda folder: None, lambda folder, drive: add(folder, "B", drive), called, [], ["B"]),
    "second round": Work(
        lambda folder: add(folder, "A"), lambda folder, drive: add(folder, "B", drive), called, ["A"], ["A", "B"]
    ),
}
EVERYTHING_BUT_THE_FIRST = ("a second round", "undo", "decisions", "a report")


@pytest.fixture
def memory() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield folder


@pytest.mark.parametrize("name", AT_THE_STORE)
def test_every_call_of_a_commit_fails_once(memory: Path, name: str) -> None:
    """Whatever happens where: the ledger is as before or as after, never between, and the next try succeeds."""
    figures = faults.matrix(AT_THE_STORE[name], memory)
    assert figures.wrong == []
    assert figures.cases > 350
    assert set(figures.hit) >= {"create", "write", "fsync", "close", "fsync_folder", "mkdir", "rename", "read", "names"}
    assert set(figures.hit) >= {"lock", "exists"}


@pytest.mark.parametrize("name", EVERYTHING_BUT_THE_FIRST)
def test_every_call_of_everything_that_writes_fails(memory: Path, name: str) -> None:
    """Each call meets two of the faults, which take turns; `make soak` lets it meet them all, and lasting ones."""
    at = (0, 5)
    figures = faults.matrix(
        WORKS[name], memory, lambda nth: [faults.FAULTS[(nth + each) % len(faults.FAULTS)] for each in at]
    )
    assert figures.wrong == []
    assert figures.cases > 10


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.ESTALE])
def test_a_fault_that_lasts(memory: Path, code: int) -> None:
    figures = faults.matrix(AT_THE_STORE["second round"], memory, lambda nth: [code], faults.FOR_EVER)
    assert figures.wrong == []


def test_on_a_full_disk_no_half_written_number_stays(tmp_path: Path) -> None:
    class Full(Drive):
        def write(self, handle: int, data: memoryview) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(CensusError, match="disk_full"):
        rounds_folder.add(tmp_path, lambda number, parent, nonce: {rounds_folder.MANIFEST: b"{}"}, Full())
    assert list((tmp_path / "tmp").iterdir()) == []


def test_an_answer_that_never_came_is_not_called_a_failure(tmp_path: Path) -> None:
    """The round is there and the share goes away: whoever asks is told that it may be there, never that it is not."""

    class Leaves(Drive):
        away = False

        def rename(self, source: Path, target: Path) -> None:
            super().rename(source, target)
            self.away = True
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))

        def read(self, path: Path) -> bytes:
            if self.away:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
            return super().read(path)

        def sleep(self, seconds: float) -> None:
            return

    put(tmp_path, "A")
    with pytest.raises(Busy) as stop:
        put(tmp_path, "B", Leaves())
    assert stop.value.key == "ledger_unsure"
    assert names(tmp_path) == ["A食品", "B食品"]
    assert put(tmp_path, "B").unchanged


def test_a_writer_that_wakes_up_after_days_publishes_nothing_half_swept(tmp_path: Path) -> None:
    """Its staging folder counts as left behind by then; another writer has begun to empty it."""

    class Sleeper(Drive):
        def rename(self, source: Path, target: Path) -> None:
            if target.name.startswith("round="):
                os.utime(source, (0, 0))
                with pytest.raises(Crash):
                    put(tmp_path, "C", Sweeper())
            super().rename(source, target)

        def lock(self, path: Path) -> int | None:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    class Sweeper(Drive):
        def unlink(self, path: Path) -> None:
            super().unlink(path)
            raise Crash

    put(tmp_path, "A")
    with pytest.raises(CensusError):
        put(tmp_path, "B", Sleeper())
    assert names(tmp_path) == ["A食品"]
    put(tmp_path, "B")
    assert names(tmp_path) == ["A食品", "B食品"]


def test_everything_is_on_the_disk_before_the_rename_and_the_name_after(tmp_path: Path) -> None:
    """What a power cut would show: the order in which the drive is asked to keep things."""

    class Recorder(Drive):
        def __init__(self) -> None:
            self.log: list[str] = []
            self.path: dict[int, str] = {}

        def create(self, path: Path) -> int:
            handle = super().create(path)
            self.path[handle] = path.name.partition("-")[0]
            return handle

        def fsync(self, handle: int) -> None:
            self.log.append(f"fsync {self.path[handle]}")
            super().fsync(handle)

        def close(self, handle: int) -> None:
            super().close(handle)
            if handle in self.path:
                self.log.append(f"close {self.path.pop(handle)}")

        def read(self, path: Path) -> bytes:
            if path.parent.parent.name == "tmp":
                self.log.append(f"read {path.name}")
            return super().read(path)

        def fsync_folder(self, path: Path) -> None:
            self.log.append(f"fsync {path.parent.name}/")
            super().fsync_folder(path)

        def rename(self, source: Path, target: Path) -> None:
            self.log.append("rename")
            super().rename(source, target)

        def replace(self, source: Path, target: Path) -> None:
            self.log.append(f"replace {target.parent.name}/{target.name}")
            super().replace(source, target)

    add(tmp_path, "A")
    drive = Recorder()
    add(tmp_path, "B", drive)
    names = ("organisations.parquet", "problems.parquet", "manifest.json", "SHA256SUMS")
    written = [f"{call} {name}" for name in names for call in ("fsync", "close")]
    assert drive.log == [
        *written,
        "fsync tmp/",
        *(f"read {name}" for name in names),
        "rename",
        f"fsync {tmp_path.name}/",
        "fsync anchors",
        "close anchors",
        "replace anchors/000002",
        f"fsync {tmp_path.name}/",
    ]


def test_a_crash_leaves_nothing_that_readers_see_and_is_swept_up(tmp_path: Path) -> None:
    class Dies(Drive):
        def rename(self, source: Path, target: Path) -> None:
            raise Crash

        def unlink(self, path: Path) -> None:
            raise Crash

    put(tmp_path, "A")
    with pytest.raises(Crash):
        put(tmp_path, "B", Dies())
    (left,) = (tmp_path / "tmp").iterdir()
    assert (left / "SHA256SUMS").exists()
    assert names(tmp_path) == ["A食品"]
    put(tmp_path, "C")
    assert left.exists()  # it may be somebody's work
    (tmp_path / "tmp" / "FORMAT-1").write_bytes(b"")
    for path in (left, tmp_path / "tmp" / "FORMAT-1"):
        os.utime(path, (0, 0))
    put(tmp_path, "D")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_another_writer_is_first(tmp_path: Path) -> None:
    """Between looking at the head and publishing somebody else publishes: everything starts again from the new head."""

    class Overtaken(Drive):
        overtaken = False

        def rename(self, source: Path, target: Path) -> None:
            if not self.overtaken and target.name.startswith("round="):
                self.overtaken = True
                put(tmp_path, "B")
            super().rename(source, target)

        def lock(self, path: Path) -> int | None:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    put(tmp_path, "A")
    assert put(tmp_path, "C", Overtaken()).round.number == 3
    assert names(tmp_path) == ["A食品", "B食品", "C食品"]
    assert list((tmp_path / "tmp").iterdir()) == []


def test_the_same_file_from_two_writers_is_one_round(tmp_path: Path) -> None:
    class Overtaken(Drive):
        overtaken = False

        def nonce(self) -> str:
            if not self.overtaken:
                self.overtaken = True
                put(tmp_path, "A")
            return super().nonce()

        def lock(self, path: Path) -> int | None:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    found = put(tmp_path, "A", Overtaken())
    assert (found.unchanged, found.round.number, len(rounds.all_rounds(tmp_path))) == (True, 1, 1)


def _writer(ledger: Path, who: int, count: int) -> None:
    for number in range(count):
        put(ledger, f"{who}-{number}")


@pytest.mark.parametrize("writers", [2, 4])
def test_concurrent_writers_lose_nothing(tmp_path: Path, writers: int) -> None:
    spawn = multiprocessing.get_context("fork")
    running = [spawn.Process(target=_writer, args=(tmp_path, who, 3)) for who in range(writers)]
    for each in running:
        each.start()
    for each in running:
        each.join(60)
        assert each.exitcode == 0
    assert len(rounds.all_rounds(tmp_path)) == writers * 3
    assert sorted(names(tmp_path)) == sorted(f"{who}-{number}食品" for who in range(writers) for number in range(3))


def test_the_lock_is_a_courtesy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "A")
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    held = DRIVE.lock(tmp_path / lock.FILE)
    assert held is not None
    assert put(tmp_path, "B").round.number == 2  # waited, then went on without
    os.close(held)


class TestDamage:
    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Path:
        for file in "ABC":
            put(tmp_path, file)
        return tmp_path

    @pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"])
    def test_an_edited_file_is_found_by_whoever_lists_rounds(self, ledger: Path, name: str) -> None:
        path = ledger / "rounds" / "round=000002" / name
        path.write_bytes(path.read_bytes().replace(b"0", b"1", 1))
        with pytest.raises(Damaged) as stop:
            rounds.all_rounds(ledger)
        assert stop.value.exit_code is ExitCode.DAMAGED

    @pytest.mark.parametrize("name", ["organisations.parquet", "problems.parquet"])
    def test_a_flipped_bit_in_the_data_is_found_by_whoever_reads_it(self, ledger: Path, name: str) -> None:
        path = ledger / "rounds" / "round=000003" / name
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        which = rounds.find(ledger, None)
        with pytest.raises(Damaged):
            rounds.relation(ledger, which) if name.startswith("org") else rounds.problems(ledger, which)
        if name.startswith("org"):
            with pytest.raises(Damaged):
                put(ledger, "D")

    @pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", "organisations.parquet"])
    def test_a_missing_file(self, ledger: Path, name: str) -> None:
        (ledger / "rounds" / "round=000003" / name).unlink()
        with pytest.raises(Damaged):
            rounds.relation(ledger, rounds.find(ledger, None))

    def test_a_missing_round(self, ledger: Path) -> None:
        shutil.rmtree(ledger / "rounds" / "round=000002")
        with pytest.raises(Damaged) as stop:
            rounds.all_rounds(ledger)
        assert stop.value.values["missing"] == "round=000002"

    def test_a_round_put_in_the_place_of_another(self, ledger: Path) -> None:
        first, second = ledger / "rounds" / "round=000001", ledger / "rounds" / "round=000002"
        shutil.rmtree(first)
        shutil.copytree(second, first)
        with pytest.raises(Damaged):
            rounds.all_rounds(ledger)

    def test_a_forged_round_does_not_fit_the_chain(self, ledger: Path, tmp_path: Path) -> None:
        other = tmp_path / "other"
        for file in "XY":
            put(other, file)
        shutil.rmtree(ledger / "rounds" / "round=000002")
        shutil.copytree(other / "rounds" / "round=000002", ledger / "rounds" / "round=000002")
        with pytest.raises(Damaged) as stop:
            rounds.all_rounds(ledger)
        assert stop.value.key == "ledger_chain"

    def test_a_list_that_points_outside(self, ledger: Path) -> None:
        place = ledger / "rounds" / "round=000003"
        sums = place / "SHA256SUMS"
        sums.write_text("0" * 64 + "  ../../secret.json\n" + sums.read_text(encoding="ascii"), encoding="ascii")
        with pytest.raises(Damaged):  # by itself, in the order of lists, before any anchor or chain
            seal.read(place, DRIVE)
        with pytest.raises(Damaged):
            rounds.relation(ledger, rounds.find(ledger, None))

    def test_strangers_files_are_not_seen(self, ledger: Path) -> None:
        for name in ("Thumbs.db", "~$round=000004", "round=4", "round=000004 - 副本"):
            (ledger / "rounds" / name).mkdir()
        (ledger / "rounds" / "desktop.ini").write_text("x", encoding="ascii")
        assert len(rounds.all_rounds(ledger)) == 3
        assert put(ledger, "D").round.number == 4

    def test_a_stray_file_called_like_a_round_is_damage(self, ledger: Path) -> None:
        (ledger / "rounds" / "round=000004").write_text("x", encoding="ascii")
        with pytest.raises(Damaged):
            rounds.all_rounds(ledger)

    @pytest.mark.parametrize("text", ['{"format": 99}', '{"format": 0}', '{"format": "1"}', "{", "[]", None])
    def test_a_format_that_is_not_ours(self, ledger: Path, text: str | None) -> None:
        path = ledger / "FORMAT"
        path.unlink() if text is None else path.write_text(text, encoding="ascii")
        for call in (lambda: rounds.all_rounds(ledger), lambda: put(ledger, "D")):
            with pytest.raises(CensusError) as stop:
                call()
            newer = text == '{"format": 99}'
            assert stop.value.key == ("ledger_newer" if newer else "ledger_damaged")
            assert isinstance(stop.value, Damaged) is not newer

    def test_rounds_of_an_older_format_are_read_and_the_next_one_raises_the_number(self, ledger: Path) -> None:
        (ledger / "FORMAT").write_text('{"format": 1}', encoding="ascii")
        assert len(rounds.all_rounds(ledger)) == 3
        assert put(ledger, "D").round.number == 4
        assert (ledger / "FORMAT").read_bytes() == formats.written()
        assert len(rounds.all_rounds(ledger)) == 4

    def test_staff_can_check_it_themselves(self, ledger: Path) -> None:
        for folder in (ledger / "rounds").iterdir():
            done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
            assert done.returncode == 0, done.stdout


def test_a_drive_that_gives_back_something_else_is_not_trusted(tmp_path: Path) -> None:
    class Liar(Drive):
        def read(self, path: Path) -> bytes:
            data = super().read(path)
            return data[:-1] + b"?" if "tmp" in path.parts[-3:] and path.suffix == ".parquet" else data

    with pytest.raises(Busy) as stop:
        put(tmp_path / "ledger", "A", Liar())
    assert stop.value.key == "drive_lies"
    assert rounds.all_rounds(tmp_path / "ledger") == ()


def test_what_lies_in_a_round(tmp_path: Path) -> None:
    put(tmp_path, "A")
    put(tmp_path, "B")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        ".lock",
        "FORMAT",
        "anchors/000001",
        "anchors/000002",
        *(
            f"rounds/round=00000{number}/{name}"
            for number in (1, 2)
            for name in ("SHA256SUMS", "manifest.json", "organisations.parquet", "problems.parquet")
        ),
    ]
    assert (tmp_path / "FORMAT").read_bytes() == formats.written()


def test_another_began_the_ledger_between_two_looks(tmp_path: Path) -> None:
    """One writer finds no FORMAT; before it lists the rounds, the other has written both: nothing is damaged."""
    ledger = tmp_path / "ledger"

    class Meanwhile(Drive):
        met = False

        def read(self, path: Path) -> bytes:
            try:
                return super().read(path)
            except FileNotFoundError:
                if path.name == formats.FILE and not self.met:
                    self.met = True
                    put(ledger, "乙")
                raise

    drive = Meanwhile()
    assert put(ledger, "甲", drive).round is not None
    assert drive.met
    assert len(rounds.all_rounds(ledger)) == 2
