"""A command that is stopped after its round, at any call: the next one finishes what follows. All names invented."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coverage_census.files.disk import Drive
from kit import Census, Workbook
from soak.faults import Crash

TABLE = """
| 乡镇 | 单位名称 | 从业人员 | 党员总数 | 正式党员 |
| 首阳镇 | 合成样例富民食品有限公司 | 12 | 3 | 4 |
| 首阳镇 | 合成样例兴旺建材有限公司 | 9 | 2 | 5 |
"""
LONG = bool(os.environ.get("SOAK"))  # every call instead of those that give or take a name
CHANGING = ("create", "write", "fsync", "close", "fsync_folder", "mkdir", "rename", "replace", "unlink", "rmdir")


@contextmanager
def stopped_at(nth: int, counted: list[str]) -> Iterator[None]:
    """The n-th call that changes anything on the drive after the round was published, and all that follow, never come;
    what came is noted in `counted`."""
    kept = {name: getattr(Drive, name) for name in (*CHANGING, "lock")}
    state = {"published": False}
    held = set[int]()

    def wrapped(name: str) -> Callable[..., Any]:
        def call(self: Drive, *arguments: Any) -> Any:
            if state["published"] and len(counted) >= nth:
                raise Crash
            if state["published"] and name in CHANGING:
                counted.append(name)
            answer = kept[name](self, *arguments)
            if name == "lock" and answer is not None:
                held.add(answer)
            if name == "close":
                held.difference_update(arguments)
            if name == "rename" and arguments[1].name.startswith("round="):
                state["published"] = True
            return answer

        return call

    for name in kept:
        setattr(Drive, name, wrapped(name))
    try:
        yield
    except Crash:
        pass
    finally:
        for name, method in kept.items():
            setattr(Drive, name, method)
        for handle in held:  # what the kernel does for a dead process
            os.close(handle)


def left(folder: Path) -> set[str]:
    """What a county office sees of it."""
    places = ("returns", "reports")
    found = {
        str(path.relative_to(folder)) for place in places for path in (folder / place).rglob("*") if path.is_file()
    }
    return {name for name in found if "digests" not in name and ".census-" not in name}


def notes(folder: Path) -> list[Path]:
    return list((folder / ".census").glob("owed/*.json"))


@pytest.mark.parametrize("command", ["ingest", "run"])
def test_whatever_call_a_crash_meets_the_next_run_finishes(
    census: Census, workbook: Workbook, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["ingest", "inbox"] if command == "ingest" else ["run"]

    def prepared(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        assert census("init").code == 0
        made = workbook("首阳镇.xlsx", TABLE)
        made.rename(folder / "inbox" / made.name)
        os.utime(folder / "inbox" / made.name, (1, 1))
        return folder

    whole = prepared("whole")
    counted: list[str] = []
    with stopped_at(10_000, counted):
        assert census(*words).code in (0, 3)
    wanted = left(whole)
    assert any(name.startswith("returns/") for name in wanted) and notes(whole) == []
    names = ("replace", "unlink", "rename")  # between these nothing changes that a reader sees
    steps = [nth for nth, name in enumerate(counted) if name in names] if not LONG else range(len(counted))
    for nth in steps if LONG or command == "ingest" else [*steps[::4], steps[-1]]:
        folder = prepared(f"at {nth}")
        met: list[str] = []
        with stopped_at(nth, met):
            census(*words)
        ran = census(*words)
        assert ran.code in (0, 3), (nth, ran)
        assert left(folder) == wanted, (nth, ran)
        assert notes(folder) == []
        assert census("verify").code == 0
        if command == "run" and not (folder / ".census" / "run.json").exists():
            raise AssertionError("nothing is remembered")
        assert len(list((folder / "ledger" / "rounds").iterdir())) == 1
