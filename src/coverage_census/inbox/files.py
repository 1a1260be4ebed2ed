"""What was typed on the command line in; the files to read out, each with its label and the place of its folder."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath

from coverage_census.errors import CensusError
from coverage_census.model.incoming import Incoming
from coverage_census.privacy import door

# In a folder only these are taken; a file that is named on the command line is read whatever it is called.
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".dbf", ".xml", ".html", ".htm"}
SUFFIXES |= {".mht", ".mhtml", ".numbers"}  # refused, but not passed over in silence

# Left by Excel, WPS, LibreOffice and browsers beside or instead of a workbook (reliability.md, section 6).
PASSING = re.compile(
    r"^(~\$|\.|~wps|~wrl|desktop\.ini$|thumbs\.db$|[0-9a-f]{8}$)|\.(tmp|part|partial|crdownload|download)$",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"^[一-鿿]{1,10}[县市区旗]$")
_TOWNSHIP = re.compile(r"^[一-鿿]{1,10}(镇|乡|街道|街道办事处|苏木)$")


def gather(paths: Sequence[Path], county: str | None, now: datetime | None = None) -> list[Incoming]:
    """Every file that is meant, folders searched to the bottom, in the order of their names; none is a stop."""
    found = [file for path in paths for file in _files(path)]
    if not found:
        raise CensusError("no_files", where="、".join(str(path) for path in paths))
    base = _base(found)
    return apart([_incoming(path, base, county, now) for path in dict.fromkeys(found)])


def within(base: Path, paths: Iterable[Path], county: str | None, now: datetime | None = None) -> list[Incoming]:
    """Files below `base`, labelled from there: an inbox calls a file the same whatever else lies in it."""
    return apart([_incoming(path, base.absolute(), county, now) for path in paths])


def apart(incoming: Iterable[Incoming]) -> list[Incoming]:
    """Files whose names became the same when numbers were hidden in them are counted: …, … (2)."""
    seen = Counter[str]()
    found = []
    for each in incoming:
        seen[each.label] += 1
        count = seen[each.label]
        found.append(each if count == 1 else replace(each, label=f"{each.label} ({count})"))
    return found


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        if not os.path.lexists(path):
            raise CensusError("no_such_file", file=str(path))
        yield path
        return
    yield from files_below(path)


def files_below(path: Path) -> Iterator[Path]:
    """Every file of a folder, searched to the bottom, that may be a report."""
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            if not PASSING.search(name) and Path(name).suffix.lower() in SUFFIXES:
                yield Path(folder, name)


def _base(paths: Iterable[Path]) -> Path:
    """The deepest folder that holds all of them: labels are short and tell no path of this machine."""
    return Path(os.path.commonpath([path.absolute().parent for path in paths]))


def _incoming(path: Path, base: Path, county: str | None, now: datetime | None) -> Incoming:
    inside = path.absolute().relative_to(base)
    return _lying(path, base.name, inside, county, now)


def as_then(path: Path, inbox: Path, label: str, county: str | None, now: datetime | None = None) -> Incoming:
    """A file that was moved since, as it lay in the inbox when it came in as `label`."""
    return _lying(path, inbox.absolute().name, PurePath(label), county, now)


def _lying(path: Path, folder: str, inside: PurePath, county: str | None, now: datetime | None) -> Incoming:
    places = [readable(part) for part in (folder, *inside.parts[:-1])]
    own = _last(_COUNTY, places)
    return Incoming(
        path=path,
        label=label_of(inside),
        county=own or county,
        township=_last(_TOWNSHIP, places),
        folder=door.hidden(places[0], place=True),
        today=now.astimezone().date().isoformat() if now else None,
        county_from="folder" if own else "settings" if county else None,
    )


def label_of(inside: PurePath) -> str:
    """What people call a file: its path below the folder that was given, fit to be printed, nobody's number in it."""
    return door.hidden(readable(inside.as_posix()), place=True)


def readable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 (a zip from Windows) are GBK, and no mark moves the cursor."""
    try:
        text = os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        text = os.fsencode(name).decode("gb18030", errors="replace")
    except UnicodeEncodeError:
        text = name
    return "".join(mark if mark.isprintable() or unicodedata.category(mark) == "Zs" else "?" for mark in text)


def _last(pattern: re.Pattern[str], names: Iterable[str]) -> str | None:
    return next((name for name in reversed(list(names)) if pattern.match(name)), None)
