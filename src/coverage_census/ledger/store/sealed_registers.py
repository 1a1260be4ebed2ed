"""Where kept registers (名册) lie below a ledger: ledger/registers/union/2026-09-30-1f0c2a…/, sealed like a round."""

from collections.abc import Iterator
from pathlib import Path

from coverage_census.files import disk
from coverage_census.files.disk import Drive

FOLDER, ROWS, MANIFEST = "registers", "rows.parquet", "manifest.json"
FILES = (ROWS, MANIFEST)


def places(ledger: Path, drive: Drive) -> Iterator[str]:
    """Every entry, below the folder of registers; what begins like a hidden or temporary file is nobody's."""
    for kind in _names(ledger / FOLDER, drive):
        for name in _names(ledger / FOLDER / kind, drive):
            if not name.startswith((".", "~")):
                yield f"{kind}/{name}"


def _names(folder: Path, drive: Drive) -> list[str]:
    try:
        return drive.names(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise disk.stopped(error, folder) from error
