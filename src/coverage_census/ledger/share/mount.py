"""A folder in; the file system it lies on, the options it was mounted with, and the room that is left, out."""

import os
from dataclasses import dataclass
from pathlib import Path

ENOUGH = 200_000_000
"""Bytes: a province's round takes 15 MB, and staging needs as much again."""

TRIED = frozenset({"ext4", "ext3", "xfs", "btrfs", "nfs", "nfs4", "cifs", "smb3", "smb2", "zfs", "f2fs", "overlay"})
"""Where rounds were published under load and killed, or whose rename is documented as atomic."""

FORGETFUL = frozenset({"tmpfs", "ramfs", "devtmpfs"})
"""What lies there is gone when the machine is switched off."""

_SMB = frozenset({"cache=loose", "nostrictsync", "ro"})  # soft is how every SMB mount is shown
_NFS = frozenset({"soft", "softerr", "nolock", "local_lock=all", "local_lock=flock", "ro"})
_SMB_NAMES = frozenset({"cifs", "smb3", "smb2", "smbfs"})
_DISK = frozenset({"nobarrier", "barrier=0", "ro"})

_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


@dataclass(frozen=True)
class Mount:
    """`options` may hold names of people (`username=`): only those that are known are ever shown."""

    system: str
    options: tuple[str, ...]

    @property
    def unsafe(self) -> tuple[str, ...]:
        """Options under which an answer of the drive means nothing to other machines, or nothing after a power cut."""
        known = _NFS if self.system.startswith("nfs") else _SMB if self.system in _SMB_NAMES else _DISK
        return tuple(each for each in self.options if each in known)


def of(folder: Path, table: str | None = None) -> Mount | None:
    """The mount that `folder` lies on; None where the system has no mount table."""
    if table is None:
        try:
            table = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    place, best = str(folder.resolve()), None
    depth = -1
    for line in table.splitlines():
        words = line.split(" ")
        if len(words) < 4:
            continue
        at = words[1]
        for escape, mark in _ESCAPES.items():
            at = at.replace(escape, mark)
        if (place == at or place.startswith(at.rstrip("/") + "/")) and len(at) >= depth:
            depth, best = len(at), Mount(words[2], tuple(words[3].split(",")))
    return best


def free(folder: Path) -> int | None:
    """Bytes that this account may still write, as far as the drive tells."""
    try:
        found = os.statvfs(folder)
    except (OSError, AttributeError):
        return None
    return found.f_bavail * found.f_frsize
