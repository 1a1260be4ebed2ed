"""What follows a commit (return workbooks, questions, the digest) and may have been cut off by a crash in between.

Before a round is written, a note of its files is laid down in `.census/owed/`; it goes when all that follows is done. A
note that is still there, of files that are in the ledger, says what the next run has to finish.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coverage_census.files import disk
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.model.reading import FileReading
from coverage_census.settings import Settings

FOLDER = "owed"


@dataclass(frozen=True)
class OwedNote:
    """One note: the files of an intake by their hash, and since when it lies there, by the drive's own clock. `path`
    None: it could not be laid down."""

    path: Path | None
    files: Mapping[str, str]  # sha256 → how the file was called
    since: float = 0.0


def begin(settings: Settings, readings: Iterable[FileReading], drive: Drive = DRIVE) -> OwedNote:
    """Laid down before the round; where a drive refuses it, the ledger is still written."""
    found = {each.sha256: each.file for each in readings if each.sha256 and not each.refused}
    folder = _folder(settings)
    path = folder / f"{drive.nonce()}.json"
    try:
        disk.make_folder(folder, drive)
        disk.put(path, json.dumps(found).encode(), folder / f".census-{path.stem}.tmp", drive)
    except OSError:
        return OwedNote(None, found)
    return OwedNote(path, found)


def pending(settings: Settings, drive: Drive = DRIVE) -> tuple[OwedNote, ...]:
    """The notes that are still there, whatever cut their writers off."""
    found = list[OwedNote]()
    with suppress(OSError):
        for name in drive.names(_folder(settings)):
            path = _folder(settings) / name
            if path.suffix == ".json":
                with suppress(OSError, ValueError, AttributeError):
                    noted = json.loads(drive.read(path))
                    found.append(
                        OwedNote(path, {str(sha): str(name) for sha, name in noted.items()}, path.lstat().st_mtime)
                    )
    return tuple(found)


def entered(settings: Settings, notes: Sequence[OwedNote], drive: Drive = DRIVE) -> dict[str, str]:
    """Of the files in these notes those that came into the ledger, by their hash: what followed may be missing."""
    from coverage_census.ledger import rounds

    ledger = settings.ledger
    if not notes or not ledger.exists():
        return {}
    taken = {file.sha256 for each in rounds.all_rounds(ledger, drive) for file in each.files if not file.refused}
    return {sha: name for note in notes for sha, name in note.files.items() if sha in taken}


def done(notes: Iterable[OwedNote], finished: Collection[str], drive: Drive = DRIVE) -> None:
    """The notes of which every file is finished go; what could not be removed costs a second look."""
    for note in notes:
        if note.path is not None and set(note.files) <= set(finished):
            with suppress(OSError):
                drive.unlink(note.path)
            for folder in (note.path.parent, note.path.parent.parent):
                with suppress(OSError):
                    drive.rmdir(folder)


def _folder(settings: Settings) -> Path:
    return settings.workspace / disk.MEMORY / FOLDER
