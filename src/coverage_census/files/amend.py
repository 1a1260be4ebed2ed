"""A small file that several people's commands amend (census.toml) in; the same with one more amendment out, none lost.

Whoever amends it holds a lock of the workspace, and looks once more before he replaces the file: where there are no
locks, or somebody saves in an editor meanwhile, he begins again with what stands there now.
"""

from collections.abc import Callable
from pathlib import Path

from coverage_census.errors import Busy
from coverage_census.files import disk, lock
from coverage_census.files.disk import DRIVE, Drive

_LOCK = "settings.lock"
_ATTEMPTS = 20


def amend(path: Path, amended: Callable[[bytes], bytes | None], drive: Drive = DRIVE) -> None:
    """`path`, a file of a workspace, becomes what `amended` makes of it; None: it is right as it is."""
    try:
        place = path.parent / disk.MEMORY
        disk.make_folder(place, drive)
        with lock.alone(place / _LOCK, drive, patience=lock.PATIENCE):
            for _ in range(_ATTEMPTS):
                before = drive.read(path)
                after = amended(before)
                if after is None or after == before:
                    return
                if drive.read(path) == before:
                    disk.replace(path, after, drive)
                    return
    except OSError as error:
        raise disk.stopped(error, path) from error
    raise Busy("settings_busy", file=str(path))
