"""Power cuts without a power switch: after every single call, what had reached the disk is before or after."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coverage_census.errors import Busy, CensusError, Damaged
from soak.power_cut import CUTS, PowerCut
from soak.works import WORKS, Work, count
from soak.writing import folder_in_memory, put


@pytest.fixture
def memory() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield folder


def lost(work: Work, memory: Path, left_out: Callable[[str, Path], bool] = lambda call, path: False) -> list[str]:
    """What a cut after any call would have broken; empty is how it must be."""
    place, aside, found = memory / "live", memory / "cut", list[str]()
    place.mkdir()
    work.begin(place)

    def look(drive: PowerCut, allowed: tuple[object, ...] = (work.before, work.after)) -> None:
        for names in CUTS:
            drive.left(names, aside)
            try:
                seen = work.see(aside)
                if seen not in allowed:
                    found.append(f"{drive.calls} {names}: {seen!r}")
            except CensusError as stop:
                found.append(f"{drive.calls} {names}: {stop!r}")
            shutil.rmtree(aside)

    drive = PowerCut(place, look, left_out)
    work.do(place, drive)
    look(drive, (work.after,))  # it is told as done
    assert drive.calls > 3
    shutil.rmtree(place)
    return found


@pytest.mark.parametrize("name", WORKS)
def test_a_cut_after_any_call_leaves_before_or_after(memory: Path, name: str) -> None:
    assert lost(WORKS[name], memory) == []


CARELESS: dict[str, tuple[str, Callable[[str, Path], bool]]] = {
    "no file of a round is synced": ("a second round", lambda call, path: call == "fsync"),
    "the data are not": ("a second round", lambda call, path: path.name == "organisations.parquet"),
    "the list of hashes is not": ("a second round", lambda call, path: path.name == "SHA256SUMS"),
    "the staging folder is not": ("a second round", lambda call, path: path.parent.name == "tmp"),
    "rounds/ is not": ("a second round", lambda call, path: call == "fsync_folder" and path.name == "rounds"),
    "rounds/ is not, after an undo": ("undo", lambda call, path: call == "fsync_folder" and path.name == "rounds"),
    "FORMAT is not": ("the first round", lambda call, path: path.name.startswith("FORMAT-")),
    "the ledger is not": ("the first round", lambda call, path: (call, path.name) == ("fsync_folder", "ledger")),
    "the workspace is not": ("the first round", lambda call, path: call == "fsync_folder" and path.name == "live"),
    "no folder is": ("decisions", lambda call, path: call == "fsync_folder"),
    "a report is not": ("a report", lambda call, path: call == "fsync"),
}  # fmt: skip


@pytest.mark.parametrize("planted", CARELESS)
def test_a_missing_fsync_is_found(memory: Path, planted: str) -> None:
    name, left_out = CARELESS[planted]
    assert lost(WORKS[name], memory, left_out)


@pytest.mark.parametrize("name", ["the first round", "a second round", "undo", "decisions"])
def test_an_fsync_that_failed_is_not_believed_when_asked_again(memory: Path, name: str) -> None:
    """The system says so once and calls the bytes written; whoever asks again is told that all is well."""
    work, told = WORKS[name], 0
    for nth in range(1, 100):
        place = memory / str(nth)
        place.mkdir()
        work.begin(place)
        drive = PowerCut(place, failing=nth)
        try:
            work.do(place, drive)
        except Busy as stop:
            told += stop.key == "ledger_unsure"
            continue
        assert work.see(drive.left("no names", memory / f"cut-{nth}")) == work.after, nth
        if drive.fsyncs < nth:  # it makes no more of them
            break
    # Only these come after the round can be seen: of rounds/, the anchor, anchors/; where that is new, of the ledger.
    assert told == (4 if name == "the first round" else 3)


def test_a_round_whose_writer_died_before_its_name_was_on_the_disk(memory: Path) -> None:
    """Who is then told that the file is in already may throw it away: so its name is brought to the disk first."""

    class Dies(PowerCut):
        def fsync_folder(self, path: Path) -> None:
            if path.name == "rounds":
                raise Damaged("the process ends here")
            super().fsync_folder(path)

    (memory / "live").mkdir()
    put(memory / "live" / "ledger", "A")
    drive = Dies(memory / "live")
    with pytest.raises(Damaged):
        put(memory / "live" / "ledger", "B", drive)
    assert count(drive.left("no names", memory / "lost")) == 1
    again = PowerCut(memory / "live")
    again.top = drive.top
    assert put(memory / "live" / "ledger", "B", again).unchanged
    assert count(again.left("no names", memory / "kept")) == 2


class Died(BaseException):
    """The process ends here; the machine goes on."""


@pytest.mark.parametrize("name", ["the first round", "a second round"])
def test_the_next_one_answers_for_what_a_dead_one_left(memory: Path, name: str) -> None:
    """One process dies after its n-th call, the next one is told that all is done: then the power goes."""
    work = WORKS[name]
    for nth in range(1, 200):
        place = memory / str(nth)
        place.mkdir()
        work.begin(place)

        def die(drive: PowerCut, nth: int = nth) -> None:
            if drive.calls == nth:
                raise Died

        first = PowerCut(place, die)
        with contextlib.suppress(Died):
            work.do(place, first)
        second = PowerCut(place)
        second.top = first.top
        work.do(place, second)
        seen = work.see(second.left("no names", memory / f"cut-{nth}"))
        assert seen == work.after, nth
        if first.calls < nth:
            return
