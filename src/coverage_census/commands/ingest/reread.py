"""Settings changed: the files of the ledger that they make read otherwise in; where they lie today, and those that lie
nowhere, out. An inbox that is emptied (`run --archive`) keeps them in a folder of its own."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.files import file_hash
from coverage_census.inbox import files as gathering
from coverage_census.ingest import reading_hash
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.rounds import Round
from coverage_census.settings import FILE

LOST = "not_read_anew"
"""What is said of files that settings make read otherwise and that are not at hand."""

_SHOWN = 6


@dataclass(frozen=True)
class Again:
    """`incoming`: to be read again, called as when they came in; `lost`: those that lie neither in the inbox nor in its
    archive, the newest first."""

    incoming: tuple[Incoming, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, str | int | float | None]:
        """How many are lost, and the first of them."""
        more = "…" if len(self.lost) > _SHOWN else ""
        return {"count": len(self.lost), "files": "、".join(self.lost[:_SHOWN]) + more}

    @property
    def told(self) -> tuple[Problem, ...]:
        """One warning for all that are lost."""
        said = Problem(code=LOST, level=Level.WARNING, file=FILE, values=self.values)
        return (said,) if self.lost else ()


NOTHING = Again()


def again(session: Session, rounds: tuple[Round, ...], here: Collection[str | None]) -> Again:
    """`rounds`: all of the ledger; `here`: the hashes of files that are at hand anyway."""
    wanted = {file.sha256: file for file in _otherwise(session, rounds) if file.sha256 not in here}
    if not wanted:
        return NOTHING
    found = {sha256: path for path, sha256 in _lying(session, {file.size for file in wanted.values()})}
    inbox, county = session.settings.inbox, session.settings.county
    incoming = [
        gathering.as_then(found[sha256], inbox, file.file, county, session.now)
        for sha256, file in wanted.items()
        if sha256 in found
    ]
    missing = [file for sha256, file in wanted.items() if sha256 not in found and not _followed(session, rounds, file)]
    return Again(tuple(gathering.apart(incoming)), _still_resting(session, rounds, missing))


def _otherwise(session: Session, rounds: tuple[Round, ...]) -> Iterator[FileReading]:
    """Each file of the ledger as it was read last, the newest first, if settings are others now."""
    from coverage_census.ledger.intake import seen
    from coverage_census.ledger.intake.counties import as_read_last

    county = session.settings.county
    for files in as_read_last(rounds).values():
        for file in files:
            if file.refused is None and file.sha256 is not None and not file.said_nothing:
                then = gathering.as_then(Path(), session.settings.inbox, file.file, county)
                same = reading_hash.as_now(session.settings.columns, [then])(then.label, file)
                if not same and not seen.undone({file.file: file.sha256}, rounds):
                    yield file


def _lying(session: Session, sizes: Collection[int]) -> Iterator[tuple[Path, str]]:
    """What lies in the inbox and in its archive that may be one of these, by its size."""
    for path in gathering.files_below(session.settings.inbox):
        try:
            maybe = os.lstat(path).st_size in sizes
        except OSError:
            continue
        if maybe and (sha256 := file_hash.sha256(path)) is not None:
            yield path, sha256


def _followed(session: Session, rounds: tuple[Round, ...], file: FileReading) -> bool:
    """Whether the county alone is another, and the ledger has followed census.toml already."""
    from coverage_census.ledger.set_county import set_county

    ours = {sheet.county for sheet in file.sheets if sheet.county_from == "settings"}
    if len(ours) != 1 or set_county(rounds).now != session.settings.county:
        return False
    return file.read_with in reading_hash.fitting(ours.pop(), session.settings.columns, file)


def _still_resting(session: Session, rounds: tuple[Round, ...], files: list[FileReading]) -> tuple[str, ...]:
    """Those on which an organisation rests today."""
    from coverage_census.ledger import rounds as ledger

    if not files:
        return ()
    resting = {each.file.sha256 for each in ledger.sources(session.settings.ledger, rounds[-1])}
    return tuple(file.file for file in files if file.sha256 in resting)
