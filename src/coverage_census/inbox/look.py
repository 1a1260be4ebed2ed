"""The inbox in; the files that may be read now, and those that may not with the reason, out. No sheet is opened.

What is being copied, edited or written is left where it is and met again by the next run. A zip proves by its end
record that it is whole; a text file or an .xls proves nothing, so it must have been still for a while.
"""

import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from coverage_census.files import file_hash
from coverage_census.files.disk import Drive
from coverage_census.inbox.files import PASSING, SUFFIXES, label_of
from coverage_census.inbox.open_files import OpenFiles

ARCHIVES = ("已处理", "processed")  # where --archive moves files to, in either language
STILL = 60.0  # seconds without a change after which a file is taken as written
BETWEEN_LOOKS = 10.0
GIVEN_UP = 24 * 3600.0  # a copy that has not gone on for a day will not
DEEPEST = 32
_ZIP, _END = b"PK\3\4", b"PK\5\6"
_LONGEST_END = 22 + 65_535  # the end record of a zip with the longest comment
_SYSTEM_FOLDERS = ("@", "#", "$", ".", "__MACOSX")  # of NAS boxes, Windows and macOS


class Left(NamedTuple):
    """A file that is not read, why, and whether that may pass by itself."""

    label: str
    code: str
    waiting: bool
    values: Mapping[str, str | int | float | None] = {}


class _Found(NamedTuple):
    path: Path
    label: str
    is_file: bool


@dataclass(frozen=True)
class Looked:
    """`ready`: files that may be read, each with its hash; `open`: those that somebody is working on."""

    ready: Mapping[Path, str]
    open: Mapping[Path, str]
    left: tuple[Left, ...]


def look(inbox: Path, drive: Drive, now: float) -> Looked:
    """`now`: what the drive's own clock says, because a server's and this machine's may differ by minutes."""
    left: list[Left] = []
    found = list(_walk(inbox, left))
    owners = OpenFiles(found_each.path for found_each in found)
    candidates: dict[Path, _Found] = {}
    for each in _apart(found, left):
        if code := _why_not(each, now):
            left.append(code)
        elif not PASSING.search(each.path.name):
            candidates[each.path] = each
    _settle(candidates, left, drive, now)
    ready, in_use = dict[Path, str](), dict[Path, str]()
    for path, each in candidates.items():
        sha256 = file_hash.sha256(path)
        if sha256 is None:
            left.append(Left(each.label, "unreadable" if path.exists() else "no_such_file", True))
        else:
            # The mark of an editor that crashed stays for ever: it is believed for a day.
            (in_use if owners.editing(path, now - GIVEN_UP) else ready)[path] = sha256
    return Looked(ready, in_use, tuple(left))


def _walk(inbox: Path, left: list[Left]) -> Iterator[_Found]:
    """Every entry below, in the order of the names; links are named and not followed."""
    waiting = [(inbox, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            if folder == inbox:
                raise
            left.append(Left(label_of(folder.relative_to(inbox)), "unreadable_folder", True))
            continue
        folders = []
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(_SYSTEM_FOLDERS) and not (depth == 0 and entry.name in ARCHIVES):
                    folders.append((path, depth + 1))
            else:
                yield _Found(path, label_of(path.relative_to(inbox)), entry.is_file(follow_symlinks=False))
        if depth < DEEPEST:
            waiting += reversed(folders)
        else:
            left += (Left(label_of(path.relative_to(inbox)), "too_deep", False) for path, _ in folders)


def _apart(found: list[_Found], left: list[Left]) -> Iterator[_Found]:
    """Without files whose names differ in case only: on a Windows share each of them stands for the other."""
    alike: dict[tuple[Path, str], list[_Found]] = defaultdict(list)
    for each in found:
        alike[each.path.parent, each.path.name.casefold()].append(each)
    for same in alike.values():
        hashes = {file_hash.sha256(each.path) for each in same} if len(same) > 1 else {None}
        if len(hashes) == 1:
            yield from same
        else:
            others = {each.label: "、".join(other.label for other in same if other is not each) for each in same}
            left += (Left(each.label, "case_clash", False, {"other": others[each.label]}) for each in same)


def _why_not(each: _Found, now: float) -> Left | None:
    name = each.path.name
    if PASSING.search(name):
        return None
    if not each.is_file:
        return Left(each.label, "not_a_file", False)
    if each.path.suffix.lower() not in SUFFIXES:
        return Left(each.label, "no_spreadsheet_name", False)
    try:
        found = os.lstat(each.path)
    except OSError:
        return Left(each.label, "no_such_file", True)  # Excel saves by taking the name away for a moment
    if not stat.S_ISREG(found.st_mode):
        return Left(each.label, "not_a_file", False)
    if found.st_size == 0:
        return Left(each.label, "empty_file", now - found.st_mtime < GIVEN_UP)
    return None


def _settle(candidates: dict[Path, _Found], left: list[Left], drive: Drive, now: float) -> None:
    """Take out what is still being written: a zip without its end, and whatever moves between two looks."""
    young: dict[Path, file_hash.Look] = {}
    for path, each in list(candidates.items()):
        seen = file_hash.look(path)
        whole = is_whole(path)
        if seen is None or whole is False:
            del candidates[path]
            fresh = seen is None or now - seen.mtime_ns / 1e9 < GIVEN_UP
            left.append(Left(each.label, "no_such_file" if seen is None else "half_copied", fresh))
        elif whole is None and now - seen.mtime_ns / 1e9 < STILL:
            young[path] = seen
    if not young:
        return
    drive.sleep(BETWEEN_LOOKS)
    for path, seen in young.items():
        if file_hash.look(path) != seen:
            left.append(Left(candidates.pop(path).label, "still_moving", True))


def is_whole(path: Path) -> bool | None:
    """Whether the content proves that every byte is there; None: it proves nothing either way."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None  # whoever reads it next says why
    try:
        size = os.fstat(handle).st_size
        head = os.pread(handle, 4, 0)
        tail = os.pread(handle, _LONGEST_END, max(0, size - _LONGEST_END))
    except OSError:
        return None
    finally:
        os.close(handle)
    if not head.strip(b"\0"):  # room was made for it, the content is yet to come
        return False
    return _ends(tail, size) if head == _ZIP else None


def _ends(tail: bytes, size: int) -> bool:
    """Whether a zip's last record is there and its directory lies before it."""
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return False
    length, start = (int.from_bytes(tail[at + from_ : at + from_ + 4], "little") for from_ in (12, 16))
    return length + start <= size - len(tail) + at or 0xFFFFFFFF in (length, start)
