"""The one seam through which anything is written: bytes in, and on the drive either all of them or none.

Every function takes a `Drive`, the system calls one method each, so that a test can make any single call fail.
`reliability.md` §1.1 and §1.3 measured what shared drives guarantee; the order of the calls follows from there.
"""

import errno
import os
import re
import secrets
import socket
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from coverage_census.errors import Busy, CensusError, NotReplaced

FILE_MODE, FOLDER_MODE = 0o640, 0o750  # staff of the office may read, nobody else; a share sets its own rights
TRIES = 8

# Errors that pass by themselves: somebody has the file open, an answer got lost, a server restarts.
_PASSING = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ESTALE, errno.EAGAIN, errno.EINTR, errno.ETIMEDOUT})
_AWAY = frozenset({
    errno.ESTALE, errno.EBUSY, errno.EAGAIN, errno.EINTR, errno.ETIMEDOUT, errno.EIO, errno.ENOTCONN, errno.EHOSTDOWN,
    errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH, errno.ECONNRESET, errno.ENODEV, errno.ENXIO,
})  # fmt: skip
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_TOLD = {
    errno.EISDIR: "is_folder", errno.ENOTDIR: "not_folder", errno.ENAMETOOLONG: "name_too_long",
    errno.ENOENT: "file_gone",
}  # fmt: skip

Answer = TypeVar("Answer")


class NotAFile(OSError):
    """A pipe, a device or a socket lies where a file should: to read it could wait for ever, or never end."""


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """An ordinary file, to be read; anything else is refused without waiting for it."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        kind = os.fstat(handle).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(kind):
            raise NotAFile(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        with open(handle, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(handle)


class Drive:
    """The calls that reach a drive, and the clock and names a writer needs; none does more than its name says."""

    def create(self, path: Path) -> int:
        """A new file, open for writing; never an existing one, never through a link."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.open(path, flags, FILE_MODE)

    def write(self, handle: int, data: memoryview) -> int:
        return os.write(handle, data)

    def fsync(self, handle: int) -> None:
        os.fsync(handle)

    def close(self, handle: int) -> None:
        os.close(handle)

    def fsync_folder(self, path: Path) -> None:
        if os.name == "nt":  # Windows has no such call
            return
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def mkdir(self, path: Path) -> None:
        os.mkdir(path, FOLDER_MODE)  # noqa: PTH102  the call itself, so that a fault can be put exactly here

    def rename(self, source: Path, target: Path) -> None:
        os.rename(source, target)  # noqa: PTH104

    def replace(self, source: Path, target: Path) -> None:
        os.replace(source, target)  # noqa: PTH105

    def unlink(self, path: Path) -> None:
        path.unlink()

    def rmdir(self, path: Path) -> None:
        path.rmdir()

    def read(self, path: Path) -> bytes:
        """All of a file; of a pipe or a device nothing, and without waiting for it."""
        with opened(path) as file:
            return file.read()

    def names(self, path: Path) -> list[str]:
        return sorted(os.listdir(path))  # noqa: PTH208

    def exists(self, path: Path) -> bool:
        return os.path.lexists(path)

    def age(self, path: Path) -> float:
        """Seconds since the last change."""
        return time.time() - path.lstat().st_mtime

    def clock(self, path: Path) -> float:
        """What time it is by the drive's own clock: a server's and this machine's may differ by minutes."""
        os.utime(path)
        return path.lstat().st_mtime

    def lock(self, path: Path) -> int | None:
        """A kernel lock on `path`, which dies with this process; None where somebody else holds it."""
        import fcntl

        handle = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # SMB says EACCES of a lock that another process holds
            os.close(handle)
            return None
        except OSError:
            os.close(handle)
            raise
        return handle

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def now(self) -> datetime:
        """The local time, for the names of copies."""
        return datetime.now().astimezone()

    def nonce(self) -> str:
        return secrets.token_hex(8)

    def writer(self) -> str:
        """Who is writing, for the name of a staging folder: host and process."""
        return f"{safe_name(socket.gethostname())}-{os.getpid()}"


DRIVE = Drive()

_STAGING = re.compile(r"\.census-[0-9a-f]+\.tmp")


def sweep(folder: Path, orphaned: float, drive: Drive = DRIVE) -> None:
    """Without what writers that were killed left half-written in a folder, `orphaned` seconds ago or earlier."""
    with suppress(OSError):
        for name in drive.names(folder):
            if _STAGING.fullmatch(name) and drive.age(folder / name) > orphaned:
                drive.unlink(folder / name)


MEMORY = ".census"
"""The folder of a workspace in which census keeps what it remembers, beside the ledger."""


def write_new(path: Path, data: bytes, drive: Drive = DRIVE) -> None:
    """`data` in a new file, every byte on the disk when this returns. A failed fsync is never tried again."""
    handle = drive.create(path)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[drive.write(handle, rest) :]
        drive.fsync(handle)
    except BaseException:
        _quietly(drive.close, handle)
        raise
    drive.close(handle)  # a full network drive may say so only here


def make_folder(path: Path, drive: Drive = DRIVE) -> None:
    """`path` with all its parents; names that were new are on the disk when this returns."""
    missing: list[Path] = []
    while not path.is_dir():
        missing.append(path)
        path = path.parent
    for folder in reversed(missing):
        try:
            drive.mkdir(folder)
        except FileExistsError:
            if not folder.is_dir():
                raise
        drive.fsync_folder(folder.parent)


def publish(staging: Path, final: Path, drive: Drive = DRIVE) -> None:
    """One rename of a full folder to a name that nobody has yet: the compare-and-swap of the ledger.

    FileExistsError: somebody was first. object other OSError: it may have worked all the same (a lost reply); only the
    caller can tell, by what it wrote inside. The caller also brings the new name to the disk (fsync of the folder).
    """
    if drive.exists(final):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final))
    try:
        _patiently(lambda: drive.rename(staging, final), drive)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTEMPTY):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final)) from error
        raise


def replace(path: Path, data: bytes, drive: Drive = DRIVE) -> None:
    """`data` as the file `path`, whatever stood there: for what can be made again (reports, exports, settings).

    Where the target cannot be replaced (open in WPS or Excel) the old file stays whole, the new one lies beside it
    under a dated name, and NotReplaced says so.
    """
    try:
        make_folder(path.parent, drive)
        staging = path.with_name(f".census-{drive.nonce()}.tmp")
        _stage(staging, data, drive)
    except OSError as error:
        raise stopped(error, path) from error
    try:
        _patiently(lambda: drive.replace(staging, path), drive)
    except OSError as error:
        copy = _dated_copy(staging, path, drive, error)
        raise NotReplaced("not_replaced", file=str(path), copy=copy.name) from error
    except BaseException:  # told to stop
        _quietly(drive.unlink, staging)
        raise
    _quietly(drive.fsync_folder, path.parent)  # a name lost to a power cut: the file is made again by the next run


def put(path: Path, data: bytes, staging: Path, drive: Drive = DRIVE) -> None:
    """`data` as the small file `path`, whatever stood there, on the disk when this returns; by way of `staging` on the
    same drive, which never stays behind. For what must not be lost; errors are the drive's own."""
    try:
        write_new(staging, data, drive)
        _patiently(lambda: drive.replace(staging, path), drive)
    except BaseException:
        _quietly(drive.unlink, staging)
        raise
    drive.fsync_folder(path.parent)


def stopped(error: OSError, path: Path) -> CensusError:
    """What a drive's refusal means to a person: full, not allowed, away for the moment, or its own words."""
    if isinstance(error, NotAFile):
        return CensusError("not_a_file", file=str(error.filename or path))
    if error.errno in _FULL:
        return CensusError("disk_full", file=str(path))
    if error.errno in _FORBIDDEN:
        return CensusError("no_permission", file=str(path))
    if error.errno in _AWAY:
        return Busy("share_away", file=str(path))
    if error.errno in _TOLD:
        return CensusError(_TOLD[error.errno], file=str(path))
    return CensusError("cannot_write", file=str(path), code=error.errno or type(error).__name__)


def safe_name(text: str) -> str:
    """`text` as one part of a file name that every share takes: at most 80 characters and 240 bytes, never empty."""
    name = "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter)[0] != "C")
    name = _NOT_IN_NAMES.sub("_", name).strip().lstrip("~$.-").strip()[:80]
    while len(name.encode("utf-8")) > 240:
        name = name[:-1]
    name = name.rstrip(". ")
    if not name:
        return "_"
    return f"_{name}" if _RESERVED.match(name) else name


_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)


def _stage(staging: Path, data: bytes, drive: Drive) -> None:
    try:
        write_new(staging, data, drive)
    except BaseException:
        _quietly(drive.unlink, staging)
        raise


def _dated_copy(staging: Path, path: Path, drive: Drive, reason: OSError) -> Path:
    """The staged file under a dated name beside its target; without one, nothing stays behind and `reason` is told."""
    moment = drive.now().strftime("%Y%m%d-%H%M%S")
    for ending in ("", *(f"-{number}" for number in range(2, 100))):
        copy = path.with_name(f"{path.stem}.{moment}{ending}{path.suffix}")
        if drive.exists(copy):
            continue
        try:
            drive.rename(staging, copy)
        except OSError:
            break
        return copy
    _quietly(drive.unlink, staging)
    raise stopped(reason, path) from reason


def _patiently(call: Callable[[], Answer], drive: Drive) -> Answer:
    """`call`, again after a growing pause while its error is one that passes."""
    for attempt in range(TRIES - 1):
        try:
            return call()
        except OSError as error:
            if error.errno not in _PASSING:
                raise
        drive.sleep(0.05 * 2**attempt)
    return call()


def _quietly(call: Callable[..., object], *arguments: object) -> None:
    """`call` on the way out of something worse."""
    try:
        call(*arguments)
    except OSError:
        return
