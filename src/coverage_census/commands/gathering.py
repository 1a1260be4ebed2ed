"""What was typed on the command line in; the files to read out, each with its label and the place of its folder."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from coverage_census.errors import CensusError
from coverage_census.ingest import privacy
from coverage_census.ingest.incoming import Incoming

# In a folder only these are taken; a file that is named on the command line is read whatever it is called.
SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".dbf", ".xml", ".html", ".htm"}
SUFFIXES |= {".mht", ".mhtml", ".numbers"}  # refused, but not passed over in silence

# Left by Excel, WPS, LibreOffice and browsers beside or instead of a workbook (reliability.md, section 6).
_PASSING = re.compile(r"^(~\$|\.|~wps|desktop\.ini$|thumbs\.db$)|\.(tmp|part|crdownload)$", re.IGNORECASE)
_COUNTY = re.compile(r"^[一-鿿]{1,10}[县市区旗]$")
_TOWNSHIP = re.compile(r"^[一-鿿]{1,10}(镇|乡|街道|街道办事处|苏木)$")


def gather(paths: Sequence[Path], county: str | None) -> list[Incoming]:
    """Every file that is meant, folders searched to the bottom, in the order of their names; none is a stop."""
    found = [file for path in paths for file in _files(path)]
    if not found:
        raise CensusError("no_files", where="、".join(str(path) for path in paths))
    base = _base(found)
    return _apart([_incoming(path, base, county) for path in dict.fromkeys(found)])


def _apart(incoming: list[Incoming]) -> list[Incoming]:
    """Files whose names became the same when numbers were hidden in them are counted: …, … (2)."""
    seen = Counter[str]()
    apart = []
    for each in incoming:
        seen[each.label] += 1
        count = seen[each.label]
        apart.append(each if count == 1 else replace(each, label=f"{each.label} ({count})"))
    return apart


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        if not os.path.lexists(path):
            raise CensusError("no_such_file", file=str(path))
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            if not _PASSING.search(name) and Path(name).suffix.lower() in SUFFIXES:
                yield Path(folder, name)


def _base(paths: Iterable[Path]) -> Path:
    """The deepest folder that holds all of them: labels are short and tell no path of this machine."""
    return Path(os.path.commonpath([path.absolute().parent for path in paths]))


def _incoming(path: Path, base: Path, county: str | None) -> Incoming:
    inside = path.absolute().relative_to(base)
    places = [base.name, *inside.parts[:-1]]
    return Incoming(
        path=path,
        label=privacy.hidden(inside.as_posix()),
        county=_last(_COUNTY, places) or county,
        township=_last(_TOWNSHIP, places),
    )


def _last(pattern: re.Pattern[str], names: Iterable[str]) -> str | None:
    return next((name for name in reversed(list(names)) if pattern.match(name)), None)
