"""Files in; the day (截止日期) that each of their sheets speaks for, and the order in which they are entered, out.

A sheet speaks for the day that it states; else for that of the workbook it stands in; a return workbook (退回表) for
the day of the file that it was made of; else for the day that whoever hands it in has named.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from coverage_census.ledger.store.force import in_force
from coverage_census.model import days
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round

Sheet = tuple[str | None, str | None]
"""(file, sheet)."""


class Default(NamedTuple):
    """The day of sheets that state none. `named`: by somebody who asks for a period or a day (now), by a setting under
    which the files may have been lying for long (lying), or by nobody (no)."""

    day: str
    named: Literal["now", "lying", "no"] = "no"


class Ahead(NamedTuple):
    """`files` with a sheet that states a day still to come, and the last day (`latest`) that any may speak for now."""

    files: frozenset[str] = frozenset()
    latest: str = ""


NOT_AHEAD = Ahead()
"""No file states a day still to come."""


class ReturnedRound(NamedTuple):
    """The round that sent a workbook back, and the day of what it was about."""

    round: int
    day: str


def dated(
    files: Iterable[FileReading], default: Default, asked: Mapping[str, ReturnedRound]
) -> tuple[FileReading, ...]:
    """The same readings; each sheet that can hold organisations says the day it speaks for."""
    return tuple(each if each.refused else _dated(each, default, asked.get(each.file)) for each in files)


def _dated(file: FileReading, default: Default, asked: ReturnedRound | None) -> FileReading:
    stated = {each.as_of for each in file.sheets if each.as_of}
    day = asked.day if asked else default.day
    if len(stated) == 1:
        day = days.last_of(stated.pop())
    sheets = tuple(
        each.model_copy(update={"speaks_for": days.last_of(each.as_of) if each.as_of else day})
        if each.kind in ("ledger", "card")
        else each
        for each in file.sheets
    )
    return file.model_copy(update={"sheets": sheets})


def asked(files: Iterable[FileReading], rounds: Sequence[Round]) -> dict[str, ReturnedRound]:
    """File → what it answers, for return workbooks of files that the ledger holds: by their bytes, else their name."""
    found = {}
    for each in files:
        if each.return_of:
            holds = [_answer(each, other, one) for one in reversed(in_force(rounds)) for other in one.files]
            best = max((one for one in holds if one is not None), key=lambda one: one[0], default=None)
            if best:
                found[each.file] = best[1]
    return found


def _answer(file: FileReading, other: FileReading, each: Round) -> tuple[bool, ReturnedRound] | None:
    if other.refused or other.return_of:
        return None
    same = file.return_sha256 is not None and file.return_sha256 == other.sha256
    if not same and other.file != file.return_of:
        return None
    day = max((sheet.speaks_for or "" for sheet in other.entering), default="") or each.day
    return (same, ReturnedRound(each.number, day)) if day else None


def days_of(files: Iterable[FileReading]) -> dict[Sheet, str]:
    """(file, sheet) → the day it speaks for."""
    return {(file.file, each.sheet): each.speaks_for for file in files for each in file.entering if each.speaks_for}


def newest(rounds: Sequence[Round]) -> str | None:
    """The newest day that a sheet in force speaks for."""
    standing = in_force(rounds)
    found = max((each.day for each in standing if each.day), default=None)
    return found or (days.last_of(standing[-1].as_of) if standing else None)


Key = tuple[str, bool]
"""(day, whether it is a return workbook): what is smaller is entered first."""


def order(sheets: Mapping[Sheet, tuple[Key, Iterable[tuple[object, object, object]]]]) -> list[set[Sheet]]:
    """Sheets (with the places they name) in as many steps as it takes that no step has two words on one scope.

    One step where nothing is said twice; else by periods, and within a period as often as need be.
    """
    if not _twice(sheets):
        return [set(sheets)]
    from coverage_census.model import periods

    by_period: dict[str, list[Sheet]] = {}
    for sheet, (key, _) in sheets.items():
        by_period.setdefault(periods.month(key[0]).last, []).append(sheet)
    found: list[set[Sheet]] = []
    for _, own in sorted(by_period.items()):
        found += _levels({sheet: sheets[sheet] for sheet in own})
    return found


def _levels(sheets: Mapping[Sheet, tuple[Key, Iterable[tuple[object, object, object]]]]) -> list[set[Sheet]]:
    levels: list[set[Sheet]] = []
    last: dict[tuple[object, object], list[tuple[object, Key, int]]] = {}  # township, kind → county, key, level
    for sheet, (key, places) in sorted(sheets.items(), key=lambda each: each[1][0]):
        at = 0
        for county, *scope in places:
            for other, other_key, level in last.get((scope[0], scope[1]), ()):
                if other_key < key and (other == county or other is None or county is None):
                    at = max(at, level + 1)
        for county, *scope in places:
            last.setdefault((scope[0], scope[1]), []).append((county, key, at))
        while len(levels) <= at:
            levels.append(set())
        levels[at].add(sheet)
    return levels


def _twice(sheets: Mapping[Sheet, tuple[Key, Iterable[tuple[object, object, object]]]]) -> bool:
    if len({key for key, _ in sheets.values()}) <= 1:
        return False
    return len(_levels(sheets)) > 1
