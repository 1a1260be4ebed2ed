"""`export`: the organisations of a round, to a file or to stdout, in the format that is named or that the name says."""

import sys
from collections.abc import Sequence
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.files import disk
from coverage_census.ledger import export as exporting
from coverage_census.ledger.export import chosen


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
