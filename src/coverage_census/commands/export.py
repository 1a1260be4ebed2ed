"""`export`: the organisations of a round, to a file or to stdout, in the format that is named or that the name says."""

import sys
from collections.abc import Sequence
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.files import disk
from coverage_census.ledger import export as exporting

_ENDINGS: dict[str, exporting.Format] = {f".{form}": form for form in exporting.FORMATS} | {".ndjson": "jsonl"}

_ALSO = {"excel": "xlsx"}


def export(session: Session, named: Sequence[str], out: Path | None) -> None:
    """`named`: the formats that --format, --json and --csv ask for."""

    if out is not None and (out.is_dir() or not out.name):
        raise WrongUsage("export_to_folder", folder=str(out))
    form = chosen(named, out)
    found = session.find(session.round, session.as_of)
    chunks = exporting.chunks(session.settings.ledger, found, form, session.words, session.rounds())
    if out is not None:
        disk.replace(out, b"".join(chunks))
        return
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def chosen(named: Sequence[str], out: Path | None) -> exporting.Format:
    """One format: what was named, else what the file's ending says, else jsonl; two that differ are refused."""
    asked = list(dict.fromkeys(_named(each) for each in named))
    if len(asked) > 1:
        raise WrongUsage("export_two_formats", one=asked[0], other=asked[1])
    ending = out.suffix.casefold() if out is not None else ""
    said = _ENDINGS.get(ending)
    if said is None:
        if ending and not asked:
            raise WrongUsage("export_ending", ending=ending, known="、".join(f".{each}" for each in exporting.FORMATS))
        return asked[0] if asked else "jsonl"
    if asked and asked[0] != said:
        raise WrongUsage("export_contradicts", file=str(out), ending=ending, format=asked[0])
    return said


def _named(said: str) -> exporting.Format:
    plain = said.strip().casefold().removeprefix(".")
    form = _ENDINGS.get(f".{_ALSO.get(plain, plain)}")
    if form is None:
        raise WrongUsage("unknown_format", format=said, known="、".join(exporting.FORMATS))
    return form
