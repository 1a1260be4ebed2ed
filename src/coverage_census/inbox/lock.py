"""A workspace in; the place of one unattended run at a time out, and only where its share is really there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coverage_census.errors import Busy
from coverage_census.files import disk
from coverage_census.files.disk import Drive
from coverage_census.inbox import memory
from coverage_census.settings import Settings


def at_home(settings: Settings) -> None:
    """Never in a folder that nobody prepared: where a share is not mounted there is an empty folder in its place."""
    if not settings.made_by_init:
        raise Busy("run_needs_init", folder=str(settings.workspace))
    for folder in (settings.inbox, settings.ledger):
        if not folder.is_dir():
            raise Busy("share_missing", folder=str(folder))


@contextmanager
def alone(settings: Settings, drive: Drive) -> Iterator[Path]:
    """The lock of this workspace: a courtesy that dies with its process; where a drive has no locks, go on."""
    path = memory.path(settings).with_name(memory.LOCK)
    try:
        disk.make_folder(path.parent, drive)
        if not drive.exists(path):
            disk.write_new(path, b"", drive)
    except FileExistsError:
        pass
    except OSError as error:
        raise disk.stopped(error, path) from error
    try:
        handle = drive.lock(path)
        busy = handle is None
    except (PermissionError, ImportError, OSError) as error:
        if isinstance(error, PermissionError):
            raise disk.stopped(error, path) from error
        handle, busy = None, False
    if busy:
        raise Busy("run_busy", folder=str(settings.workspace))
    try:
        yield path
    finally:
        if handle is not None:
            drive.close(handle)
