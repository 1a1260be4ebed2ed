"""Two processes at one drive: who wins a rename, and who holds a lock, as each of them sees it."""

import errno
import multiprocessing
import sys
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from coverage_census.files import disk
from coverage_census.files.disk import Drive

ROUNDS = 40
_WRITERS = 2
_PATIENCE = 60.0  # seconds for one answer; a share that takes longer hangs


class Hung(Exception):
    """A process at the drive gave no answer in time."""


def renames(place: Path, drive: Drive, rounds: int = ROUNDS) -> tuple[int, int]:
    """How many races were run, and in how many not exactly one process won with its own folder whole."""
    writers = [_started(_renamer, place, drive, name) for name in range(_WRITERS)]
    try:
        wrong = 0
        for number in range(rounds):
            for _, line in writers:
                line.send(number)
            won = [name for name, (_, line) in enumerate(writers) if _answer(line)]
            wrong += len(won) != 1 or drive.read(place / f"{number}" / "who") != str(won[0]).encode()
        return rounds, wrong
    finally:
        for process, _ in writers:
            process.kill()
            process.join()


def _renamer(place: Path, drive: Drive, name: int, line: Connection) -> None:
    """Made ready first, so that both rename at once when the word comes."""
    for number in range(ROUNDS):
        own = place / f"{number}-{name}"
        drive.mkdir(own)
        disk.write_new(own / "who", str(name).encode(), drive)
        line.recv()
        try:
            drive.rename(own, place / f"{number}")
        except OSError as error:
            line.send(error.errno not in (errno.EEXIST, errno.ENOTEMPTY))  # a strange error counts as a wrong answer
        else:
            line.send(True)


def hold(path: Path, drive: Drive) -> BaseProcess:
    """A process that holds the lock on `path` until it is killed."""
    process, line = _started(_holder, path, drive)
    if not _answer(line):
        process.kill()
        process.join()
        raise OSError(errno.ENOLCK, "no lock")
    return process


def _holder(path: Path, drive: Drive, line: Connection) -> None:
    try:
        held = drive.lock(path) is not None
    except OSError:
        held = False
    line.send(held)
    line.recv()


def _started(work: Any, *arguments: Any) -> tuple[BaseProcess, Connection]:
    way = "fork" if sys.platform != "win32" else "spawn"
    context: Any = multiprocessing.get_context(way)
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(*arguments, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _answer(line: Connection) -> bool:
    try:
        if not line.poll(_PATIENCE):
            raise Hung
        return bool(line.recv())
    except EOFError:
        raise Hung from None
