"""The fault matrix: every call to the drive x the machine stops or the call is refused, for everything that writes."""

# ruff: noqa: T201   (it is a command)

import errno
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from coverage_census.errors import CensusError, NotReplaced
from coverage_census.files.disk import DRIVE, Drive
from soak.works import WORKS, Work
from soak.writing import folder_in_memory

CALLS = (
    "create", "write", "fsync", "close", "fsync_folder", "mkdir", "rename", "replace", "unlink", "rmdir", "read",
    "names", "exists", "age", "lock",
)  # fmt: skip
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.ESTALE, errno.EINTR, errno.EROFS)
STOPS = ("before", "torn", "after")
LOST = "lost"
FOR_EVER = 1_000_000
FAULTS: tuple[str | int, ...] = (*STOPS, LOST, *ERRORS)


class Crash(BaseException):
    """The machine stops here."""


class Faulty(Drive):
    """A drive on which the n-th call fails: the machine stops before, after or in the middle of it, or it is refused.

    After a crash nothing reaches the drive any more. "lost": the call works and its answer is an error.
    `times`: for how many calls an error goes on.
    """

    def __init__(self, nth: int, fault: str | int, times: int = 1) -> None:
        self.nth, self.fault, self.calls, self.dead, self.hit = nth, fault, 0, False, ""
        self.open, self.times = set[int](), times

    def __getattribute__(self, name: str) -> object:
        return super().__getattribute__("_wrapped")(name) if name in CALLS else super().__getattribute__(name)

    def _wrapped(self, name: str) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            if self.dead:
                raise Crash
            self.calls += 1
            real: Callable[..., object] = getattr(DRIVE, name)
            if self.nth <= self.calls < self.nth + self.times:
                return self._fail(name, real, arguments)
            return self._note(name, real(*arguments), arguments)

        return call

    def _note(self, name: str, answer: object, arguments: tuple[object, ...]) -> object:
        if name in ("create", "lock") and isinstance(answer, int):
            self.open.add(answer)
        if name == "close":
            self.open = {handle for handle in self.open if handle not in arguments}
        return answer

    def bury(self) -> None:
        """What the kernel does for a dead process: its files are closed, its locks are free."""
        for handle in self.open:
            os.close(handle)
        self.open.clear()

    def _fail(self, name: str, real: Callable[..., object], arguments: tuple[object, ...]) -> object:
        self.hit, self.dead = name, self.fault in STOPS
        if isinstance(self.fault, int):
            raise OSError(self.fault, os.strerror(self.fault))
        if self.fault == "torn" and name == "write":
            handle, data = arguments
            assert isinstance(handle, int)
            assert isinstance(data, memoryview)
            os.write(handle, data[: len(data) // 2])
        elif self.fault != "before":
            self._note(name, real(*arguments), arguments)
        if self.fault == LOST:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        raise Crash

    def sleep(self, seconds: float) -> None:
        return


@dataclass
class Figures:
    """What was tried, and what did not hold."""

    cases: int = 0
    acknowledged: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def told(self) -> str:
        calls = ", ".join(f"{name} {count}" for name, count in sorted(self.hit.items()))
        words = f"{self.cases} cases ({calls}), {self.acknowledged} acknowledged: {len(self.wrong)} wrong"
        return "\n  ".join([words, *self.wrong[:20]])


def matrix(
    work: Work, folder: Path, chosen: Callable[[int], Sequence[str | int]] = lambda nth: FAULTS, times: int = 1
) -> Figures:
    """`chosen(nth)`: the faults that the n-th call is to meet (all of them), and `times` - 1 calls after it."""
    figures, source = Figures(), folder / "source"
    source.mkdir()
    work.begin(source)
    for nth in range(1, 1000):
        last = False
        for fault in chosen(nth):
            place = folder / f"{nth}-{fault}"
            shutil.copytree(source, place)
            drive = Faulty(nth, fault, times)
            wrong = one(work, place, drive, figures)
            figures.wrong += [f"call {nth} ({drive.hit}) {fault}: {wrong}"] if wrong else []
            last = last or not drive.hit  # more calls than there are
            shutil.rmtree(place)
        if last:
            return figures
    raise AssertionError("it never ends")


def one(work: Work, place: Path, drive: Faulty, figures: Figures) -> str:
    """What does not hold after one case; nothing, if it is as it must be."""
    done, told = False, None
    try:
        work.do(place, drive)
        done = True
    except (Crash, CensusError) as stop:
        told = stop
    except Exception as stop:  # noqa: BLE001  that is the finding
        return f"{stop!r} is no answer to a person"
    finally:
        drive.bury()
    figures.cases, figures.acknowledged = figures.cases + 1, figures.acknowledged + done
    figures.hit[drive.hit or "none"] += 1
    found = seen(work, place)
    if found not in (work.before, work.after):
        return f"{found!r} is neither before nor after"
    if (done or not drive.hit) and found != work.after:
        return f"acknowledged, but {found!r}"
    if drive.hit == "rename" and drive.fault == LOST and not done and not isinstance(told, NotReplaced):
        return "it worked, only the answer was lost"
    if work.once and found == work.after:
        return ""
    work.do(place, DRIVE)
    return "" if seen(work, place) == work.after else "the next try does not bring it to its end"


def seen(work: Work, place: Path) -> object:
    try:
        return work.see(place)
    except CensusError as stop:
        return stop


def main() -> None:
    bad, total, began = 0, 0, time.monotonic()
    for name, work in WORKS.items():
        for told, faults, times in (("once", FAULTS, 1), ("from then on", ERRORS, FOR_EVER)):
            with folder_in_memory() as folder:
                figures = matrix(work, folder, partial(lambda faults, nth: faults, faults), times)
            print(f"{name}, {told}: {figures.told()}", flush=True)
            bad, total = bad + len(figures.wrong), total + figures.cases
    print(f"fault matrix: {total} cases, {bad} wrong, {time.monotonic() - began:.0f} s")
    sys.exit(int(bad > 0))


if __name__ == "__main__":
    main()
