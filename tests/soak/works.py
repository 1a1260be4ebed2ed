"""What writes to a drive, each as one piece of work between two states; the fault matrix and the power cuts do them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coverage_census.files import disk
from coverage_census.files.disk import Drive
from coverage_census.ledger.undo import undo as undoing
from coverage_census.ledger.write import next_round
from coverage_census.model.rounds import Entry, EntryKind
from soak.writing import NOON, put, sound


@dataclass(frozen=True)
class Work:
    """`begin` makes the state before, `see` tells which state lies in a folder (everything checked on the way)."""

    begin: Callable[[Path], object]
    do: Callable[[Path, Drive], object]
    see: Callable[[Path], object]
    before: object
    after: object
    once: bool = False  # done twice it is refused: there is nothing left to undo


def count(folder: Path) -> int:
    return len(sound(folder / "ledger"))


def page(folder: Path) -> bytes | None:
    path = folder / "reports" / "coverage.html"
    return path.read_bytes() if path.exists() else None


def decide(folder: Path, drive: Drive) -> None:
    said = Entry(kind=EntryKind.CONFIRMATION, who="县局", when=NOON.isoformat(), finding="blank")
    if count(folder) < 2:  # the same words twice would be two decisions
        next_round.record(folder / "ledger", [said], now=NOON, tool="0", drive=drive)


def undo(folder: Path, drive: Drive) -> None:
    undoing.undo(folder / "ledger", 2, reason=None, now=NOON, tool="0", drive=drive)


def ingest(name: str) -> Callable[[Path, Drive], object]:
    return lambda folder, drive: put(folder / "ledger", name, drive)


def report(folder: Path, drive: Drive) -> None:
    disk.replace(folder / "reports" / "coverage.html", b"new", drive)


def ledger(names: str) -> Callable[[Path], None]:
    def made(folder: Path) -> None:
        for name in names:
            put(folder / "ledger", name)

    return made


WORKS = {
    "the first round": Work(ledger(""), ingest("A"), count, 0, 1),
    "a second round": Work(ledger("A"), ingest("B"), count, 1, 2),
    "undo": Work(ledger("AB"), undo, count, 2, 3, once=True),
    "decisions": Work(ledger("A"), decide, count, 1, 2),
    "the first report": Work(lambda folder: None, report, page, None, b"new"),
    "a report": Work(
        lambda folder: disk.replace(folder / "reports" / "coverage.html", b"old"), report, page, b"old", b"new"
    ),
}
