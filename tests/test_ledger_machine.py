"""Writers that stop between any two calls, readers, undoing, bit rot, leftovers and wrong clocks, in any order.

The model is a list: what the n-th round said when it was first seen. `SOAK=1500` plays as often (`make soak`).
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from coverage_census.errors import Busy, CensusError, Damaged
from coverage_census.files import lock
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds, verify
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store import rounds_folder, seal
from coverage_census.ledger.store.force import in_force
from coverage_census.ledger.undo import undo as undoing
from coverage_census.model.rounds import Round
from soak.writing import NOON, memory, put, sound, took_in

LONG = int(os.environ.get("SOAK", "0"))  # so many plays instead of a few
FILES = [f"{letter}.xlsx" for letter in "ABCDEF"]
STRANGERS = ("Thumbs.db", "~$round=000002", "round=000002 - 副本", "desktop.ini", "round=2")
CALLS = (
    "create", "write", "fsync", "close", "fsync_folder", "mkdir", "rename", "replace", "unlink", "rmdir", "read",
    "names", "exists", "age", "lock",
)  # fmt: skip
REFUSALS = {"already_undone", "undo_rests", "no_round"}


class Stopped(BaseException):
    """This writer's process is gone."""


class Gate(Drive):
    """A drive on which every single call waits until the machine lets it through."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.turn, self.done, self.dead, self.open = threading.Semaphore(0), threading.Semaphore(0), False, set[int]()
        self._clock = clock

    def __getattribute__(self, name: str) -> object:
        return super().__getattribute__("_gated")(name) if name in CALLS else super().__getattribute__(name)

    def _gated(self, name: str) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            self.done.release()
            self.turn.acquire()
            if self.dead:
                raise Stopped
            answer = getattr(DRIVE, name)(*arguments)
            if name in ("create", "lock") and isinstance(answer, int):
                self.open.add(answer)
            if name == "close":
                self.open -= set(arguments)
            return answer + self._clock() if name == "age" else answer

        return call

    def sleep(self, seconds: float) -> None:
        return


class Writer:
    """A command as a thread; between two of its steps anything may happen."""

    def __init__(self, work: Callable[[Drive], Round], clock: Callable[[], float]) -> None:
        self.drive, self.ended = Gate(clock), False
        self.made: Round | None = None
        self.stop: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        self.drive.done.acquire()

    def _live(self) -> None:
        try:
            self.made = self._work(self.drive)
        except BaseException as stop:  # noqa: BLE001  the machine judges it
            self.stop = stop
        finally:
            for handle in self.drive.open:  # what the kernel does for a process that ended
                os.close(handle)
            self.ended = True
            self.drive.done.release()

    def step(self, count: int) -> None:
        for _ in range(count):
            if self.ended:
                return
            self.drive.turn.release()
            self.drive.done.acquire()

    def kill(self) -> None:
        self.drive.dead = True
        while not self.ended:
            self.drive.turn.release()
            self.drive.done.acquire()
        self._thread.join()


class Ledger(RuleBasedStateMachine):
    """Rounds as they were when they were first seen, against what lies on the drive."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=memory()))
        self.writers: list[Writer] = []
        self.model: list[tuple[str, tuple[str, ...], int | None]] = []  # seal, files, which round it undoes
        self.acknowledged: dict[int, str] = {}  # by number: the nonce
        self.rotten: tuple[Path, bytes] | None = None
        self.ahead = 0.0  # seconds by which the drive's clock has run ahead
        self.was_ahead = False
        self.day = NOON

    def teardown(self) -> None:
        for each in self.writers:
            each.kill()
        shutil.rmtree(self.folder)

    # what writers do

    @precondition(lambda self: len(self.writers) < 3)
    @rule(file=st.sampled_from(FILES))
    def begins_an_ingest(self, file: str) -> None:
        self._begin(lambda drive: put(self.folder, file, drive).round)

    @precondition(lambda self: len(self.writers) < 3 and self.model)
    @rule(back=st.integers(0, 3))
    def begins_an_undo(self, back: int) -> None:
        number = max(1, len(self.model) - back)
        day = self.day
        self._begin(
            lambda drive: undoing.undo(self.folder, number, reason="报错了表", now=day, tool="machine", drive=drive)
        )

    def _begin(self, work: Callable[[Drive], Round]) -> None:
        self.writers.append(Writer(work, lambda: self.ahead))

    @precondition(lambda self: self.writers)
    @rule(which=st.integers(0, 2), count=st.sampled_from([1, 2, 3, 5, 8, 13, 21, 34, 55, 500]))
    def goes_on(self, which: int, count: int) -> None:
        writer = self.writers[which % len(self.writers)]
        writer.step(count)
        if writer.ended:
            self._settle(writer)

    @precondition(lambda self: self.writers)
    @rule(which=st.integers(0, 2))
    def is_killed(self, which: int) -> None:
        self.writers.pop(which % len(self.writers)).kill()

    def _settle(self, writer: Writer) -> None:
        self.writers.remove(writer)
        if writer.made is not None:
            self.acknowledged[writer.made.number] = writer.made.nonce
            return
        stop = writer.stop
        told = isinstance(stop, CensusError) and (
            stop.key in REFUSALS
            or isinstance(stop, Busy)
            or (isinstance(stop, Damaged) and self.rotten is not None)
            or (stop.key in ("cannot_write", "file_gone") and self.was_ahead)  # swept away while it slept
        )
        if not told:
            raise AssertionError(f"a writer stopped: {stop!r}") from stop

    # what else happens

    @rule(days=st.sampled_from([-365, -1, 0, 1, 365]))
    def the_clock_jumps(self, days: int) -> None:
        self.day, self.ahead = NOON + timedelta(days=days), days * 86400.0
        self.was_ahead = self.was_ahead or days > 0

    @rule(name=st.sampled_from(STRANGERS), inside=st.booleans())
    def a_stranger_leaves_something(self, name: str, inside: bool) -> None:
        beside = self.folder / "rounds"
        if not beside.is_dir():
            return
        place = beside / f"round={len(self.model):06d}" if inside and self.model else beside
        if "round" in name:
            (place / name).mkdir(exist_ok=True)
        else:
            (place / name).write_bytes(b"?")

    @rule(number=st.integers(1, 9))
    def somebody_died_here(self, number: int) -> None:
        if (self.folder / "tmp").is_dir():
            left = self.folder / "tmp" / f"{number:06d}-host-1-{len(list((self.folder / 'tmp').iterdir()))}"
            left.mkdir(exist_ok=True)
            (left / "organisations.parquet").write_bytes(b"PAR1")

    @precondition(lambda self: self.model and self.rotten is None)
    @rule(which=st.integers(0, 8), file=st.integers(0, 4), where=st.floats(0, 0.999), bit=st.integers(0, 7))
    def a_bit_rots(self, which: int, file: int, where: float, bit: int) -> None:
        """Whoever reads that file is told; nobody is told anything else; `verify` names it and what to restore."""
        folder = rounds_folder.round_folder(self.folder, which % len(self.model) + 1)
        parts = [rounds_folder.ORGANISATIONS, rounds_folder.PROBLEMS, rounds_folder.MANIFEST, seal.SUMS]
        path = folder / parts[file % len(parts)]
        data = path.read_bytes()
        spoilt = bytearray(data)
        spoilt[int(where * len(data))] ^= 1 << bit
        path.write_bytes(spoilt)
        self.rotten = (path, data)
        with pytest.raises(Damaged):
            sound(self.folder)
        found = verify.verify(self.folder)
        assert any(each.round == which % len(self.model) + 1 for each in found.damage)
        assert path.read_bytes() == bytes(spoilt)

    @precondition(lambda self: self.rotten is not None)
    @rule()
    def it_is_restored(self) -> None:
        assert self.rotten is not None
        self.rotten[0].write_bytes(self.rotten[1])
        self.rotten = None

    # what must always hold

    @invariant()
    def everything_is_as_it_was_when_first_seen(self) -> None:
        if self.rotten is not None:
            return
        every = sound(self.folder)
        lying = [
            (seal.read(rounds_folder.round_folder(self.folder, each.number), DRIVE).sha256,
             tuple(file.file for file in each.files), each.supersedes)
            for each in every
        ]  # fmt: skip
        assert lying[: len(self.model)] == self.model, "a round changed or went away"
        self.model = lying
        for number, nonce in self.acknowledged.items():
            assert every[number - 1].nonce == nonce, f"round {number} was acknowledged"
        if every:
            self._state(every)

    def _state(self, every: tuple[Round, ...]) -> None:
        """The newest state holds one organisation for each file that came in and was not taken back."""
        standing = in_force(every)
        assert all(len(numbers) == 1 for numbers in took_in(standing).values()), "a file counts twice"
        table = pq.read_table(rounds.parquet(self.folder, every[-1]), columns=["name"])
        assert sorted(table["name"].to_pylist()) == sorted(f"合成{file}食品" for file in took_in(standing))
        assert verify.verify(self.folder).damage == ()


LEDGERS = Ledger.TestCase
LEDGERS.settings = settings(
    max_examples=LONG or 25,
    stateful_step_count=50 if LONG else 30,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=list(HealthCheck),
)


class TestLedgers(LEDGERS):  # type: ignore[misc,valid-type]
    """Collected by pytest under a name of its own."""

    @pytest.fixture(autouse=True)
    def impatient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lock, "PATIENCE", 0.3)
        for each in vars(Past).values():  # writers are threads here: one that is paused may not hold up another
            if isinstance(each, cached_property) and hasattr(each, "lock"):  # Python 3.11
                monkeypatch.setattr(each, "lock", nullcontext())
