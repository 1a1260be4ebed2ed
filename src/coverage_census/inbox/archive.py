"""`run --archive`: files that the ledger holds, moved into a folder of this run; nothing is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coverage_census.files import disk, file_hash
from coverage_census.files.disk import Drive
from coverage_census.inbox.look import ARCHIVES
from coverage_census.words.catalogue import Words


@dataclass(frozen=True)
class Archived:
    """`notes` say what could not be moved."""

    folder: Path | None
    moved: tuple[str, ...]
    notes: tuple[str, ...]


NOTHING = Archived(None, (), ())


def archive(inbox: Path, lying: Mapping[str, tuple[Path, str]], now: datetime, words: Words, drive: Drive) -> Archived:
    """Move what is in the ledger: by label, where each file lies and its hash. The folder is made by this run alone, so
    that no name in it can be taken."""
    if not lying:
        return NOTHING
    moment = now.astimezone().strftime("%Y-%m-%d-%H%M%S")
    name = ARCHIVES[0] if words.lang == "zh" else ARCHIVES[1]
    moved, stayed = list[str](), list[str]()
    try:
        folder = _new(inbox / name, moment, drive)
        for label, (source, sha256) in lying.items():
            done = _moved(source, folder / source.relative_to(inbox), sha256, drive)
            (moved if done else stayed).append(label)
    except OSError as error:
        stop = disk.stopped(error, inbox)
        return Archived(None, tuple(moved), (words(f"errors.{stop.key}", **stop.values),))
    notes = (words("run.not_moved", files=words("console.separator").join(stayed)),) if stayed else ()
    return Archived(folder, tuple(moved), notes)


def _new(parent: Path, moment: str, drive: Drive) -> Path:
    disk.make_folder(parent, drive)
    for number in range(1, 1000):
        folder = parent / (moment if number == 1 else f"{moment}-{number}")
        try:
            drive.mkdir(folder)
        except FileExistsError:
            continue
        drive.fsync_folder(parent)
        return folder
    raise FileExistsError(parent)


def _moved(source: Path, target: Path, sha256: str, drive: Drive) -> bool:
    """False: it is not what was read any more, or somebody holds it; then it stays, or goes back where it was."""
    if file_hash.sha256(source) != sha256:
        return False
    disk.make_folder(target.parent, drive)
    try:
        drive.rename(source, target)
    except PermissionError:
        return False
    if file_hash.sha256(target) == sha256:
        drive.fsync_folder(target.parent)
        return True
    if not drive.exists(source):
        drive.rename(target, source)
    return False
