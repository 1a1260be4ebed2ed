"""A file in; its hash and what tells that it was not touched since, out. Nothing but an ordinary file is opened."""

import hashlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

_CHUNK = 1 << 20


class Look(NamedTuple):
    """What two looks at a file compare."""

    size: int
    mtime_ns: int
    inode: int


def look(path: Path) -> Look | None:
    """None: it is gone, or no ordinary file."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    return Look(found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def sha256(path: Path) -> str | None:
    """None where it cannot be read, or was written to meanwhile; a pipe or a device is never waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    try:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            return None
        found = hashlib.sha256()
        while chunk := os.read(handle, _CHUNK):
            found.update(chunk)
        after = os.fstat(handle)
    except OSError:
        return None
    finally:
        os.close(handle)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return found.hexdigest() if same else None
