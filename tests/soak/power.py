"""Commits for ever, and what a power cut left of it: both halves of `netfs powerloss`.

usage: power.py commit   rounds into D without end; each one that `census` would report as done is a line in ACKED
       power.py verify   exit 1 if anything in ACKED is not in D, or if the ledger is not sound
"""

# ruff: noqa: T201   (it is a command)

import os
import secrets
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import verify
from coverage_census.ledger.undo import undo
from soak.writing import NOON, acknowledge, acknowledged, put, sound, took_in

EVERY = 5  # one commit in so many is an undo
PAUSE = 0.3  # seconds; the next fsync would bring a name to the disk that this commit forgot
MOST = 40  # rounds of one ledger; then another one beside it: beginnings are cut short too


class Hasty(Drive):
    """`power.py commit nofsync` or `nofolder`: the planted bugs that show that the power really went."""

    def __init__(self, left_out: str) -> None:
        self._left_out = left_out

    def fsync(self, handle: int) -> None:
        if self._left_out != "nofsync":
            super().fsync(handle)

    def fsync_folder(self, path: Path) -> None:
        if not self._left_out:
            super().fsync_folder(path)


def commit(folder: Path, log: Path, drive: Drive) -> None:
    while True:
        ledger = folder / f"ledger-{len(acknowledged(log)) // MOST}"
        name = secrets.token_hex(4)
        made = put(ledger, name, drive).round.number
        acknowledge(log, f"{ledger.name} {made} {name}")
        time.sleep(PAUSE)
        if made % EVERY == 0:
            undone = undo.undo(ledger, made, reason="soak", now=NOON, tool="soak", drive=drive)
            acknowledge(log, f"{ledger.name} {undone.number} undo-{made}")
            time.sleep(PAUSE)
        disk.replace(folder / "report.txt", f"{made}".encode() * 1000, drive)


def check(folder: Path, log: Path) -> list[str]:
    """What is wrong; a ledger of which nothing was acknowledged may be anything that is not damage."""
    wrong = []
    wanted = [line.split(" ") for line in acknowledged(log)]
    for ledger in sorted(path for path in folder.glob("ledger-*") if path.is_dir()):
        try:
            every = sound(ledger)
            wrong += [f"{ledger.name}: {each}" for each in verify.verify(ledger).damage]
        except CensusError as stop:
            wrong.append(f"{ledger.name}: {stop}")
            continue
        taken = took_in(every)
        for named, number, name in wanted:
            if named == ledger.name:
                which = int(number)
                undoing = which <= len(every) and every[which - 1].supersedes is not None
                there = undoing if name.startswith("undo-") else taken.get(name) == [which]
                wrong += [] if there else [f"{named}: round {which} with {name} is lost"]
    lost = {named for named, _, _ in wanted} - {path.name for path in folder.glob("ledger-*")}
    report = folder / "report.txt"
    if report.exists():
        text = report.read_text(encoding="utf-8")
        wrong += [] if text and text == text[: len(text) // 1000] * 1000 else ["report.txt is neither old nor new"]
    return wrong + [f"{name} is lost" for name in sorted(lost)]


def main() -> None:
    folder, log = Path(os.environ["D"]), Path(os.environ["ACKED"])
    match sys.argv[1:]:
        case ["commit"]:
            commit(folder, log, DRIVE)
        case ["commit", ("nofsync" | "nofolder") as left_out]:
            commit(folder, log, Hasty(left_out))
        case ["verify"]:
            wrong = check(folder, log)
            print(f"{len(acknowledged(log))} acknowledged, {len(wrong)} wrong: {'; '.join(wrong[:4])}")
            sys.exit(int(bool(wrong)))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
