"""How files were understood in; whether anything of them was kept out of the ledger, out."""

from collections.abc import Iterable, Sequence

from coverage_census.model.reading import FileReading

OLDER = frozenset({"older_sheet", "future_sheet"})
"""What a file is set aside with of which the ledger holds something newer, or that is of a day still to come."""


def set_aside(files: Iterable[FileReading]) -> bool:
    """Whether a file or a sheet was left out; sheets of instructions and of statistics are no loss to a ledger."""
    return any(file.refused or any(sheet.kind == "roster" for sheet in file.sheets) for file in files)


def kept_out(files: Sequence[FileReading]) -> bool:
    """Of an ingest: also whether a file gave nothing to enter, such as a sound table of statistics alone, or was only
    compared, as another office's register."""
    registers = any(sheet.register_of for file in files for sheet in file.sheets)
    return registers or set_aside(files) or any(file.gave_nothing for file in files)
