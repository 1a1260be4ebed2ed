"""A courtesy between writers: one waits while another writes. The rename protects the ledger, not this lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coverage_census.errors import Busy
from coverage_census.files.disk import Drive

FILE = ".lock"
PATIENCE = 30.0  # seconds; then go on without
_PAUSE = 0.1


@contextmanager
def courtesy(folder: Path, drive: Drive) -> Iterator[None]:
    """Hold the ledger's lock if it can be had in time. It dies with its process, so no stale lock can exist."""
    handle = _wait(folder / FILE, drive)
    try:
        yield
    finally:
        if handle is not None:
            _release(handle, drive)


@contextmanager
def alone(path: Path, drive: Drive, patience: float) -> Iterator[None]:
    """Hold the lock `path`, or be refused: what it guards has nothing else that protects it. Where a drive knows no
    locks, go on."""
    try:
        handle = _patient(path, drive, patience)
    except (OSError, ImportError):
        handle = None
    else:
        if handle is None:
            raise Busy("settings_busy", file=str(path.parent.parent))
    try:
        yield
    finally:
        if handle is not None:
            _release(handle, drive)


def _wait(path: Path, drive: Drive) -> int | None:
    try:
        return _patient(path, drive, PATIENCE)
    except (OSError, ImportError):  # no locks on this drive or system
        return None


def _patient(path: Path, drive: Drive, patience: float) -> int | None:
    for _ in range(round(patience / _PAUSE)):
        handle = drive.lock(path)
        if handle is not None:
            return handle
        drive.sleep(_PAUSE)
    return None


def _release(handle: int, drive: Drive) -> None:
    try:
        drive.close(handle)
    except OSError:
        return
