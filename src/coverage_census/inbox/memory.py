"""What earlier runs said, in `.census/run.json`: so that each is said once a day, and nothing is worked out twice.

It stands outside the ledger on purpose: the ledger holds facts and human decisions and is never edited, while this is
made again by the next run. Lost or garbled, it costs a repeated line and a second of work.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from coverage_census import __version__
from coverage_census.files import disk
from coverage_census.files.disk import Drive
from coverage_census.model.record import Facts
from coverage_census.settings import Settings

FOLDER, FILE, LOCK = disk.MEMORY, "run.json", "run.lock"
_FORMAT = 1


@dataclass(frozen=True)
class Met:
    """A file that was not taken in: as which bytes, why, since which day, and when that was said last."""

    sha256: str | None
    code: str
    since: str
    told: str
    values: Mapping[str, str | int | float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportMade:
    """A report: what it rests on (None: it is to be made again), and its files, the one that people open last."""

    key: str | None
    paths: tuple[str, ...]

    def stands(self, key: str, workspace: Path) -> bool:
        return self.key == key and bool(self.paths) and (workspace / self.paths[-1]).exists()


@dataclass(frozen=True)
class Memory:
    """`answers_for` names the program and settings that gave the answers in `met`; `head` is the newest round then."""

    met: Mapping[str, Met] = field(default_factory=dict)
    head: tuple[int, str] | None = None
    answers_for: str | None = None
    settled: str | None = None  # the inbox and ledger of which nothing was new
    standing_of: str | None = None
    standing: Facts | None = None
    made: Mapping[str, ReportMade] = field(default_factory=dict)  # reports by what they are called in census.toml
    troubled: str | None = None  # the day on which trouble with a report was told last


def path(settings: Settings) -> Path:
    return settings.workspace / FOLDER / FILE


def load(settings: Settings, drive: Drive) -> Memory:
    """What was kept; nothing where it cannot be read."""
    try:
        kept = json.loads(drive.read(path(settings)))
        if kept.pop("format") != _FORMAT:
            return Memory()
        met = {str(name): Met(**each) for name, each in kept.pop("met").items()}
        made = {str(name): ReportMade(each["key"], tuple(each["paths"])) for name, each in kept.pop("made").items()}
        head = kept.pop("head")
        return Memory(met=met, made=made, head=(int(head[0]), str(head[1])) if head else None, **kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Memory()


def keep(settings: Settings, memory: Memory, drive: Drive) -> None:
    data = json.dumps({"format": _FORMAT, **asdict(memory)}, indent=1).encode() + b"\n"
    disk.replace(path(settings), data, drive)


def answers_for(settings: Settings) -> str:
    """Program and settings on which the reading of a file depends."""
    columns = json.dumps([settings.county, dict(settings.columns)], sort_keys=True)
    return f"{__version__} {hashlib.sha256(columns.encode()).hexdigest()[:16]}"


def settled_as(settings: Settings, hashes: Mapping[str, str], head: tuple[int, str] | None, day: str | None) -> str:
    """The whole of an inbox and a ledger in one hash, with the `day` that is named for sheets that state none: where it
    is the same as last time, nothing can be new."""
    whole = json.dumps([sorted(hashes.items()), head, answers_for(settings), *([day] if day else [])])
    return hashlib.sha256(whole.encode()).hexdigest()
