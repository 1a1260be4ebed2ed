"""An intake and the ledger's past in; which of its files the ledger has taken in already and nothing has overtaken."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coverage_census.ledger.intake.intake import Intake
from coverage_census.ledger.periods.cut_off import Default
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store.force import in_force
from coverage_census.model.reading import FileReading, SheetReading
from coverage_census.model.rounds import Round, Scope


@dataclass(frozen=True)
class _Earlier:
    """A file whose content came in before: with which round, under which name, and what it names.

    `day`: the day that its sheets state; None where one of them states none. `returned`: it is a return workbook.
    """

    round: int
    name: str
    scopes: Collection[Scope]
    day: str | None
    returned: bool


def already_in(intake: Intake, past: Past) -> dict[str, int]:
    """File → the round with which it came in, for files that say nothing new.

    The same cells for a newer day are news: a report of a new period; so they are for an older day that somebody names
    now, for want of one on the sheet. A, B, A again is nothing new while no later file
    has spoken for what A named, or while that later file lies beside it now, as in an inbox that nobody empties, or if
    A states an older day than its successor. Only A alone, given again after its successor, is meant as news. What was
    answered in a return workbook is entered once. Beside it lies whatever came with it, in whatever step it is entered.
    """
    earlier = _earlier(intake, past)
    beside = [*earlier.values(), *(_earlier(intake.whole, past).values() if intake.whole is not None else ())]
    return {name: each.round for name, each in earlier.items() if _holds(each, beside, past)}


def _earlier(intake: Intake, past: Past) -> dict[str, _Earlier]:
    """The files of which the content came in before, by their names."""
    readable = [each for each in intake.files if each.refused is None]
    earlier: dict[str, _Earlier] = {}
    for each in readable:
        if found := _came_in(each, intake, past.rounds):
            stated = None if any(sheet.as_of is None for sheet in each.entering) else _newest(each)
            scopes = intake.scopes.get(each.file, ())
            earlier[each.file] = _Earlier(*found, scopes, stated, bool(each.return_of))
    for each in readable:  # two files of one name: both or none
        if _came_in(each, intake, past.rounds) is None:
            earlier.pop(each.file, None)
    return earlier


def names_then(intake: Intake, past: Past) -> dict[str, str]:
    """File → what it was called when its content came in last."""
    found = ((each.file, _came_in(each, intake, past.rounds)) for each in intake.files if each.refused is None)
    return {file: came[1] for file, came in found if came}


def copies(files: Sequence[FileReading]) -> dict[str, str]:
    """File → the file before it that it is a copy of (首阳镇(1).xlsx beside 首阳镇.xlsx)."""
    found: dict[str, str] = {}
    readable = [each for each in files if each.refused is None]
    for place, each in enumerate(readable):
        first = next((other.file for other in readable[:place] if same(each, other)), each.file)
        if first != each.file and first not in found:
            found[each.file] = first
    return found


def _newest(file: FileReading) -> str | None:
    return max((each.speaks_for or "" for each in file.entering), default=None)


def _came_in(file: FileReading, intake: Intake, rounds: Sequence[Round]) -> tuple[int, str] | None:
    """The last round in force that took in the same bytes or the same cell content, and under which name.

    A file that was not understood then and is now (its headings stand in census.toml) did not come in, nor one of
    which a sheet did not, or speaks for a newer day now.
    """
    found = [
        (each.number, other)
        for each in reversed(in_force(rounds))
        for other in each.files
        if other.refused is None and same(file, other) and (file.said_nothing or not other.said_nothing)
    ]
    if not found:
        return None
    whole = bool(file.return_of) or all(
        any(covers(other, sheet, file, intake.default, older=intake.older) for _, other in found)
        for sheet in file.entering
    )
    return (found[0][0], found[0][1].file) if whole else None


def same(one: FileReading, other: FileReading) -> bool:
    """The same bytes, or the same cells."""
    by_bytes = one.sha256 is not None and one.sha256 == other.sha256
    return by_bytes or (one.content_sha256 is not None and one.content_sha256 == other.content_sha256)


def covers(other: FileReading, sheet: SheetReading, file: FileReading, default: Default, *, older: bool) -> bool:
    """Whether a sheet came in with `other`, a reading of the same content, for the day that it speaks for now."""
    then = next((each for each in other.entering if each.sheet == sheet.sheet), None)
    if then is None or (older and then.aside):
        return False
    day = sheet.speaks_for or default.day
    if default.named == "now" and sheet.as_of is None and file.return_of is None:
        return then.speaks_for == day  # somebody has said for which day, be it an earlier one
    if default.named == "no" or (then.speaks_for or "") >= day:
        return True
    lay_there = (file.file, file.sha256) == (other.file, other.sha256)
    return default.named == "lying" and lay_there


def _holds(file: _Earlier, beside: Collection[_Earlier], past: Past) -> bool:
    if file.returned:
        return True
    later_rounds = (each for each in in_force(past.rounds) if each.number > file.round)
    words = [scope.as_of or each.day or "" for each in later_rounds for scope in overlapping(file.scopes, each.scopes)]
    if not words or (file.day is not None and min(words) > file.day):
        return True
    if any(other.round > file.round and overlap(file.scopes, other.scopes) for other in beside):
        return True
    return not past.taken_over(file.round, file.name)


def overlap(some: Collection[Scope], others: Collection[Scope]) -> bool:
    """Whether two files speak for one kind of organisation in one township; an unstated county may be any."""
    return next(overlapping(some, others), None) is not None


def overlapping(some: Collection[Scope], others: Collection[Scope]) -> Iterator[Scope]:
    """Those of `others` that lie on one of `some`."""
    places = {(each.township, each.kind): set[str | None]() for each in some}
    for each in some:
        places[each.township, each.kind].add(each.county)
    for each in others:
        counties = places.get((each.township, each.kind))
        if counties and (each.county is None or None in counties or each.county in counties):
            yield each
