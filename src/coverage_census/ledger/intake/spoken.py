"""How sheets were understood in; which fields each sheet speaks for, so that a blank elsewhere erases nothing."""

from collections.abc import Sequence

from coverage_census.model.organisation import about
from coverage_census.model.reading import FileReading, SheetReading

# Figures that only make sense together: a sheet with one of them replaces them all, or an old 正式党员 would stand
# beside a new 党员总数 that is smaller.
_TOGETHER = ("people", "members", "org")

# What an organisation is and where it lies is not forgotten because a sheet leaves it out.
_KEPT = frozenset({"name", "uscc", "kind", "county", "township"})

Sheet = tuple[str | None, str | None]


def fields(files: Sequence[FileReading]) -> dict[Sheet, frozenset[str]]:
    """(file, sheet) → the fields whose blanks mean "not known any more" and not "not asked on this sheet"."""
    return {(file.file, sheet.sheet): of_sheet(sheet) for file in files for sheet in file.sheets}


def everything() -> frozenset[str]:
    """For a sheet of which nothing is known: it replaces whatever was there."""
    return frozenset(about()) - _KEPT


def of_sheet(sheet: SheetReading) -> frozenset[str]:
    """The same of one sheet."""
    named = {column.field for column in sheet.columns if column.field is not None}
    groups = {about()[name].group for name in named if name in about()} & set(_TOGETHER)
    together = {name for name, note in about().items() if note.group in groups}
    return frozenset((named | together) - _KEPT) if named else everything()
