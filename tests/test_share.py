"""`census doctor --share`: each primitive of the ledger is tried on the drive, every lie is found, nothing is left."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coverage_census.errors import CensusError
from coverage_census.files.disk import Drive
from coverage_census.ledger.share import mount, probe
from coverage_census.ledger.share.probe import ShareProbe
from coverage_census.words.catalogue import Words
from kit import Census

ORDINARY = "/dev/sda1 / ext4 rw,relatime 0 0\n"


def verdicts(found: ShareProbe) -> dict[str, str]:
    return {each.code: each.verdict for each in found.checks}


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def test_an_ordinary_disk_is_safe_and_left_as_it_was(tmp_path: Path, census: Census) -> None:
    place = tmp_path / "共享盘"
    (place / "ledger" / "rounds").mkdir(parents=True)
    (place / "ledger" / "FORMAT").write_text("{}", encoding="ascii")
    before, when = tree(place), (place / "ledger").stat().st_mtime_ns
    found = probe.examine(place, mounts=ORDINARY)
    assert found.safe is True
    assert {verdict for code, verdict in verdicts(found).items() if code not in ("quota", "power")} == {"ok"}
    assert tree(place) == before
    assert (place / "ledger").stat().st_mtime_ns == when
    assert [each.name for each in place.iterdir()] == ["ledger"]


class Clobbers(Drive):
    """Creating a name that is taken empties what stood there."""

    def create(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640)


class MakesTwice(Drive):
    def mkdir(self, path: Path) -> None:
        path.mkdir(exist_ok=True)


class Drops(Drive):
    """Says that all was written and keeps half."""

    def write(self, handle: int, data: memoryview) -> int:
        os.write(handle, data[: max(1, len(data) // 2)])
        return len(data)


class Flips(Drive):
    """Reads back another byte than was written."""

    def read(self, path: Path) -> bytes:
        data = path.read_bytes()
        return data[:-1] + bytes([data[-1] ^ 1]) if data else data


class FullLater(Drive):
    """Takes everything and says only at the end that there is no room (SMB, NFS)."""

    def fsync(self, handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FailsAtClose(Drive):
    def close(self, handle: int) -> None:
        os.close(handle)
        raise OSError(errno.EIO, os.strerror(errno.EIO))


class NoFolderSync(Drive):
    def fsync_folder(self, path: Path) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


class OldList(Drive):
    """Lists a folder as it was when it was first asked."""

    def __init__(self) -> None:
        self._seen: dict[Path, list[str]] = {}

    def names(self, path: Path) -> list[str]:
        return self._seen.setdefault(path, sorted(each.name for each in path.iterdir()))


class KeepsDeleted(Drive):
    """A removed file lies there for a while."""

    def unlink(self, path: Path) -> None:
        if path.parent.name != "listing" or path.name != "a":
            path.unlink()
        elif path.exists() and path.read_bytes() == b"x":
            path.write_bytes(b"gone")
        else:
            path.unlink()


class SeesNothing(Drive):
    def exists(self, path: Path) -> bool:
        return False


class SeesEverything(Drive):
    def exists(self, path: Path) -> bool:
        return True


class Overwrites(Drive):
    """Renaming onto a full folder replaces it (SMB with RENAME_NOREPLACE)."""

    def rename(self, source: Path, target: Path) -> None:
        import shutil

        shutil.rmtree(target, ignore_errors=True)
        Path(source).rename(target)


class OverwritesInARace(Drive):
    """Looks first and then replaces: right alone, wrong as soon as two come at once."""

    def rename(self, source: Path, target: Path) -> None:
        import shutil
        import time

        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        time.sleep(0.02)
        shutil.rmtree(target, ignore_errors=True)
        Path(source).rename(target)


class Copies(Drive):
    """A rename that leaves the old name behind."""

    def rename(self, source: Path, target: Path) -> None:
        import shutil

        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        shutil.copytree(source, target)


class WritesInPlace(Drive):
    """Replaces a file by writing over it."""

    def replace(self, source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes())
        source.unlink()


class RefusesOpen(Drive):
    """A Windows server: what somebody has open cannot be replaced."""

    def replace(self, source: Path, target: Path) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))


class LocksAnybody(Drive):
    def lock(self, path: Path) -> int | None:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o640)


class LocksForEver(Drive):
    """A lock made of a file, which stays when its process is gone."""

    def lock(self, path: Path) -> int | None:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o640)
        except FileExistsError:
            return None

    def sleep(self, seconds: float) -> None:
        """The test need not wait."""


class NoLocks(Drive):
    def lock(self, path: Path) -> int | None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


class Ahead(Drive):
    """A server whose clock is five minutes behind."""

    def age(self, path: Path) -> float:
        return super().age(path) + 300.0


class WrongDay(Drive):
    def age(self, path: Path) -> float:
        return super().age(path) + 86_400.0


class AsciiOnly(Drive):
    """SMB without iocharset=utf8."""

    def create(self, path: Path) -> int:
        if not path.name.isascii():
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        return super().create(path)


class ShortNames(Drive):
    def create(self, path: Path) -> int:
        return super().create(path.with_name(path.name[:8]))


class OneCase(Drive):
    def create(self, path: Path) -> int:
        if any(each.name.lower() == path.name.lower() for each in path.parent.iterdir()):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        return super().create(path)


class EverybodysBusiness(Drive):
    """A share without rights (SMB: 0777)."""

    def create(self, path: Path) -> int:
        handle = super().create(path)
        os.fchmod(handle, 0o777)
        return handle


class CannotRemove(Drive):
    def unlink(self, path: Path) -> None:
        if path.name == "who":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        path.unlink()

    def sleep(self, seconds: float) -> None:
        """The test need not wait."""


LIES: list[tuple[type[Drive], str, bool | None]] = [
    (Clobbers, "create", False),
    (MakesTwice, "create", False),
    (Drops, "write", False),
    (Flips, "write", False),
    (FullLater, "write", False),
    (FailsAtClose, "write", False),
    (NoFolderSync, "fsync_folder", False),
    (OldList, "listing", False),
    (KeepsDeleted, "listing", False),
    (SeesNothing, "write", False),
    (SeesEverything, "write", False),
    (Overwrites, "rename", False),
    (OverwritesInARace, "race", False),
    (Copies, "rename", False),
    (WritesInPlace, "replace", True),
    (RefusesOpen, "replace", True),
    (LocksAnybody, "lock", True),
    (LocksForEver, "lock", True),
    (Ahead, "clock", True),
    (WrongDay, "sweeping", False),
    (AsciiOnly, "names", True),
    (ShortNames, "names", True),
    (OneCase, "case", True),
    (EverybodysBusiness, "rights", True),
    (CannotRemove, "clean", False),
]


@pytest.mark.parametrize(("lying", "check", "safe"), LIES, ids=lambda each: getattr(each, "__name__", None))
def test_every_lie_is_found(tmp_path: Path, lying: type[Drive], check: str, safe: bool) -> None:
    found = probe.examine(tmp_path, lying(), ORDINARY)
    assert verdicts(found)[check] == "no"
    assert found.safe is safe
    if lying is not CannotRemove:
        assert list(tmp_path.iterdir()) == []
    for lang in ("zh", "en"):
        sentences(found, Words(lang))


def sentences(found: ShareProbe, words: Words) -> None:
    """Every check that fails says what follows."""
    from coverage_census.console import doctor_share as console

    for each in found.checks:
        assert words.has(f"share.check.{each.code}")
        if each.verdict == "no":
            assert console.said(each, words)


def test_a_drive_without_locks_is_safe_and_says_so(tmp_path: Path) -> None:
    found = probe.examine(tmp_path, NoLocks(), ORDINARY)
    assert verdicts(found)["lock"] == "unknown"
    assert found.safe is True


class TestMounts:
    """What the mount table tells; names of people in it are never shown."""

    TABLE = (
        ORDINARY + "//server/两新 /mnt/share cifs rw,username=wang,vers=3.0,soft,cache=loose,iocharset=utf8 0 0\n"
        "server:/export /mnt/nfs nfs4 rw,soft,vers=4.2 0 0\n"
        "server:/export /mnt/my\\040share nfs rw,hard,local_lock=all 0 0\ntmpfs /dev/shm tmpfs rw 0 0\nbad line\n"
    )

    @pytest.mark.parametrize(
        ("folder", "system", "unsafe"),
        [
            ("/mnt/share/a", "cifs", ["cache=loose"]),
            ("/mnt/nfs", "nfs4", ["soft"]),
            ("/mnt/my share/x", "nfs", ["local_lock=all"]),
            ("/mnt/sharedelse", "ext4", []),
            ("/dev/shm/x", "tmpfs", []),
        ],
    )
    def test_the_innermost_mount_counts(self, folder: str, system: str, unsafe: list[str]) -> None:
        found = mount.of(Path(folder), self.TABLE)
        assert found is not None
        assert found.system == system
        assert list(found.unsafe) == unsafe

    @pytest.mark.parametrize(
        ("line", "safe", "check"),
        [
            ("x / cifs rw,username=wang,cache=loose 0 0", False, "options"),
            ("x / nfs rw,soft 0 0", False, "options"),
            ("x / cifs rw,soft,nostrictsync 0 0", False, "options"),
            ("x / tmpfs rw 0 0", False, "mount"),
            ("x / fuse.sshfs rw,user_id=0 0 0", True, "mount"),
        ],
    )
    def test_what_follows(self, tmp_path: Path, line: str, safe: bool, check: str) -> None:
        found = probe.examine(tmp_path, mounts=line)
        assert found.safe is safe
        assert verdicts(found)[check] != "ok"
        assert "wang" not in repr(found)

    def test_without_a_mount_table(self, tmp_path: Path) -> None:
        assert verdicts(probe.examine(tmp_path, mounts=""))["mount"] == "unknown"


def test_the_command_says_it_plainly(tmp_path: Path, census: Census) -> None:
    (tmp_path / "ledger").mkdir()
    ran = census("doctor", "--share", "ledger")
    assert ran.err == ""
    assert "两个进程抢同一个名字，每次只有一个抢到：40 次全对" in ran.out
    document = json.loads(census("doctor", "--share", "ledger", "--json", "--lang", "en").out)
    assert document["safe"] is (ran.code == 0)
    assert ("结论：台账可以放在这里" in ran.out) is (ran.code == 0)
    assert {each["code"] for each in document["checks"]} >= {"create", "race", "lock", "power", "quota"}
    assert list((tmp_path / "ledger").iterdir()) == []


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda place: None, 1, "没有这个文件夹"),
        (lambda place: place.write_text("x", encoding="ascii"), 1, "不是文件夹"),
    ],
)
def test_what_is_no_folder(tmp_path: Path, census: Census, make: Callable[[Path], Any], code: int, said: str) -> None:
    make(tmp_path / "share")
    ran = census("doctor", "--share", "share", "--json")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


class ReadOnly(Drive):
    def mkdir(self, path: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


class Away(Drive):
    def mkdir(self, path: Path) -> None:
        raise OSError(errno.EHOSTDOWN, os.strerror(errno.EHOSTDOWN))


@pytest.mark.parametrize(("drive", "key"), [(ReadOnly(), "no_permission"), (Away(), "share_away")])
def test_where_nothing_can_be_written(tmp_path: Path, drive: Drive, key: str) -> None:
    with pytest.raises(CensusError) as stop:
        probe.examine(tmp_path, drive)
    assert stop.value.key == key


def test_a_real_folder_in_which_nobody_may_write(tmp_path: Path, census: Census) -> None:
    place = tmp_path / "share"
    place.mkdir(mode=0o500)
    if os.access(place, os.W_OK):
        pytest.skip("root may write everywhere")
    assert census("doctor", "--share", "share").code == 1


def test_either_files_or_a_share(census: Census, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    for words in ((), ("a.xlsx", "--share", ".")):
        assert census("doctor", *words).code == 2
