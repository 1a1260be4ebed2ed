"""A courtesy between writers: one waits while another writes. The rename protects the ledger, not this lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coverage_census.files import Drive

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


def _wait(path: Path, drive: Drive) -> int | None:
    for _ in range(round(PATIENCE / _PAUSE)):
        try:
            handle = drive.lock(path)
        except (OSError, ImportError):  # no locks on this drive or system
            return None
        if handle is not None:
            return handle
        drive.sleep(_PAUSE)
    return None


def _release(handle: int, drive: Drive) -> None:
    try:
        drive.close(handle)
    except OSError:
        return
