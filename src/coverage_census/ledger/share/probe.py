"""A folder on a drive in; which of the ledger's primitives hold there, each tried out, out (`reliability.md` §1.1).

Everything happens in one folder of its own, which is removed again; nothing else in the folder is read or touched.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.share import mount as share_mount
from coverage_census.ledger.share import races

Verdict = Literal["ok", "no", "unknown"]
Values = Mapping[str, str | int | float | None]

_DATA = "台账".encode() + bytes(range(256)) * 4096  # 1 MB
_LONG_NAME = "两新组织党建覆盖台账" * 8  # 80 characters, 240 bytes: as long as `files.safe_name` makes them
_SKEW = 60.0  # seconds
_WRONG_DAY = 12 * 3600.0  # staging folders are swept by age, after a day


@dataclass(frozen=True)
class Check:
    """One primitive. `needed`: without it rounds can be lost; else only convenience is."""

    code: str
    verdict: Verdict
    needed: bool
    values: Values = field(default_factory=dict)
    why: str | None = None  # in the words of the system


@dataclass(frozen=True)
class ShareProbe:
    """What was found. `safe` None: something that is needed could not be tried out."""

    folder: Path
    system: str | None  # what file system it is, as the mount table calls it
    safe: bool | None
    checks: tuple[Check, ...]


class _Lie(Exception):
    """A primitive did something else than it said."""


def examine(folder: Path, drive: Drive = DRIVE, mounts: str | None = None) -> ShareProbe:
    """Every primitive tried out in `folder`; `mounts` stands for the mount table in tests."""
    if not folder.is_dir():
        raise CensusError("no_such_folder" if not folder.exists() else "no_folder", folder=str(folder))
    place = folder / f".census-probe-{drive.writer()}-{drive.nonce()}"
    try:
        drive.mkdir(place)
    except OSError as error:
        raise disk.stopped(error, folder) from error
    try:
        checks = list(_tried(place, drive))
    finally:
        left = _swept(place, drive)
    mount = share_mount.of(folder, mounts)
    checks += [_clean(place, left), *_surroundings(folder, mount)]
    needed = [each.verdict for each in checks if each.needed]
    safe = False if "no" in needed else None if "unknown" in needed else True
    return ShareProbe(folder, mount.system if mount else None, safe, tuple(checks))


def _tried(place: Path, drive: Drive) -> Iterator[Check]:
    """Each in a folder of its own, so that one that fails does not lead the next astray."""
    for code, needed, attempt in _ATTEMPTS:
        own = place / code
        try:
            drive.mkdir(own)
            yield Check(code, "ok", needed, attempt(own, drive) or {})
        except _Lie as lie:
            yield Check(code, "no", needed, {"found": str(lie)})
        except races.Hung:
            yield Check(code, "unknown", needed, why="hung")
        except (OSError, ImportError) as error:
            unknown = isinstance(error, ImportError) or error.errno in (errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK)
            verdict: Verdict = "unknown" if unknown and not needed else "no"
            yield Check(code, verdict, needed, why=_called(error))


def _called(error: OSError | ImportError) -> str:
    """What the system calls it (ENOSPC): its sentences are English only, or in the language of the machine."""
    return errno.errorcode.get(getattr(error, "errno", None) or 0, type(error).__name__)


def _create(place: Path, drive: Drive) -> None:
    """A name that is taken is refused, and what stood there stays."""
    disk.write_new(place / "one", b"first", drive)
    try:
        disk.write_new(place / "one", b"second", drive)
    except FileExistsError:
        pass
    else:
        raise _Lie("clobbers")
    _expect(drive.read(place / "one") == b"first", "clobbers")
    try:
        drive.mkdir(place)
    except FileExistsError:
        return
    raise _Lie("clobbers")


def _write(place: Path, drive: Drive) -> None:
    """A megabyte, fsynced and closed, reads back the same through a second handle."""
    disk.write_new(place / "data", _DATA, drive)
    _expect(drive.read(place / "data") == _DATA, "differs")
    _expect(drive.exists(place / "data"), "differs")
    _expect(not drive.exists(place / "nothing"), "differs")


def _fsync_folder(place: Path, drive: Drive) -> None:
    disk.write_new(place / "data", b"x", drive)
    drive.fsync_folder(place)


def _listing(place: Path, drive: Drive) -> None:
    """What was just made is listed, and what was removed is not."""
    for name in ("b", "a"):
        disk.write_new(place / name, b"x", drive)
    _expect(drive.names(place) == ["a", "b"], "stale")
    drive.unlink(place / "a")
    drive.mkdir(place / "c")
    drive.rmdir(place / "c")
    _expect(drive.names(place) == ["b"] and not drive.exists(place / "a"), "stale")


def _rename(place: Path, drive: Drive) -> None:
    """A full folder takes a free name, and never that of another full folder."""
    for name in ("first", "second"):
        drive.mkdir(place / name)
        disk.write_new(place / name / "who", name.encode(), drive)
    drive.rename(place / "first", place / "final")
    _expect(drive.read(place / "final" / "who") == b"first" and not drive.exists(place / "first"), "differs")
    try:
        drive.rename(place / "second", place / "final")
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise
    else:
        raise _Lie("clobbers")
    _expect(drive.read(place / "final" / "who") == b"first", "clobbers")
    _expect(drive.read(place / "second" / "who") == b"second", "clobbers")


def _replace(place: Path, drive: Drive) -> None:
    """Whoever reads sees the old file or the new one, whole."""
    disk.write_new(place / "page", b"old", drive)
    disk.write_new(place / "new", b"new", drive)
    with (place / "page").open("rb") as reading:
        drive.replace(place / "new", place / "page")
        _expect(reading.read() == b"old", "torn")
    _expect(drive.read(place / "page") == b"new" and drive.names(place) == ["page"], "torn")


def _race(place: Path, drive: Drive) -> Values:
    """Two processes rename onto one name, many times: exactly one may win, and it is that one's folder."""
    rounds, wrong = races.renames(place, drive)
    _expect(not wrong, f"{wrong}/{rounds}")
    return {"rounds": rounds}


def _lock(place: Path, drive: Drive) -> None:
    """Held by one process it is refused to another; it dies with its process."""
    path = place / "lock"
    holder = races.hold(path, drive)
    try:
        _expect(drive.lock(path) is None, "both")
    finally:
        holder.kill()
        holder.join()
    for _ in range(20):
        handle = drive.lock(path)
        if handle is not None:
            drive.close(handle)
            return
        drive.sleep(0.1)
    raise _Lie("stays")


def _clock(place: Path, drive: Drive) -> Values:
    """The drive's clock beside this machine's."""
    disk.write_new(place / "now", b"x", drive)
    skew = round(drive.age(place / "now"), 1)
    _expect(abs(skew) < _SKEW, f"{skew:+.0f}")
    return {"seconds": abs(skew)}


def _sweeping(place: Path, drive: Drive) -> None:
    """A writer removes staging that is a day old; where the clocks differ by as much, it would remove its own."""
    disk.write_new(place / "now", b"x", drive)
    age = drive.age(place / "now")
    _expect(abs(age) < _WRONG_DAY, f"{age / 3600:+.0f}")


def _names(place: Path, drive: Drive) -> None:
    """Chinese names, short and as long as reports and return workbooks may have."""
    for name in ("首阳镇（定稿）.xlsx", _LONG_NAME):
        disk.write_new(place / name, b"x", drive)
        _expect(name in drive.names(place) and drive.read(place / name) == b"x", "mangled")


def _case(place: Path, drive: Drive) -> None:
    """Whether 表.XLSX and 表.xlsx are two files."""
    disk.write_new(place / "a.XLSX", b"upper", drive)
    try:
        disk.write_new(place / "a.xlsx", b"lower", drive)
    except FileExistsError:
        raise _Lie("one") from None


def _rights(place: Path, drive: Drive) -> None:
    """Whether others are kept out as asked; a share often sets its own rights."""
    disk.write_new(place / "mine", b"x", drive)
    mode = (place / "mine").stat().st_mode & 0o777
    _expect(os.name == "nt" or mode & 0o007 == 0, f"{mode:o}")


_Attempt = Callable[[Path, Drive], Values | None]
_ATTEMPTS: tuple[tuple[str, bool, _Attempt], ...] = (
    ("create", True, _create),
    ("write", True, _write),
    ("fsync_folder", True, _fsync_folder),
    ("listing", True, _listing),
    ("rename", True, _rename),
    ("race", True, _race),
    ("sweeping", True, _sweeping),
    ("replace", False, _replace),
    ("lock", False, _lock),
    ("clock", False, _clock),
    ("names", False, _names),
    ("case", False, _case),
    ("rights", False, _rights),
)


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Lie(otherwise)


def _surroundings(folder: Path, mount: "share_mount.Mount | None") -> Iterator[Check]:
    """What the mount table and the free space tell."""
    if mount is None:
        yield Check("mount", "unknown", False)
    else:
        bad = ", ".join(mount.unsafe)
        yield Check("options", "no" if bad else "ok", True, {"system": mount.system, "found": bad})
        if mount.system in share_mount.FORGETFUL:
            yield Check("mount", "no", True, {"system": mount.system, "found": "forgetful"})
        else:
            known = mount.system in share_mount.TRIED
            yield Check("mount", "ok" if known else "unknown", False, {"system": mount.system})
    free = share_mount.free(folder)
    if free is None:
        yield Check("space", "unknown", False)
    else:
        yield Check("space", "ok" if free >= share_mount.ENOUGH else "no", False, {"free": round(free / 1e6)})
    yield Check("quota", "unknown", False)  # only a write that fails tells; a failed write loses nothing
    yield Check("power", "unknown", False)  # only a power cut tells whether the disk keeps what it says it kept


def _swept(place: Path, drive: Drive) -> str | None:
    """Remove the folder with all that is in it; why not, where it stays."""
    for attempt in range(5):
        try:
            _remove(place, drive)
            return "left" if os.path.lexists(place) else None
        except OSError as error:
            why = _called(error)
            time.sleep(0.05 * 2**attempt)
    return why


def _remove(place: Path, drive: Drive) -> None:
    for name in os.listdir(place):  # noqa: PTH208  what is really there, whatever the drive under test says
        each = place / name
        if each.is_dir() and not each.is_symlink():
            _remove(each, drive)
        else:
            drive.unlink(each)
    drive.rmdir(place)


def _clean(place: Path, left: str | None) -> Check:
    return Check("clean", "no" if left else "ok", True, {"found": place.name} if left else {}, left)
