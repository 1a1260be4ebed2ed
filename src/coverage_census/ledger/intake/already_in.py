"""An intake and the ledger's past in; which of its files the ledger has taken in already and nothing has overtaken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coverage_census.ledger.intake.intake import Intake
from coverage_census.ledger.periods.cut_off import Default
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store.force import in_force
from coverage_census.ledger.store.taken_in import TakenIn
from coverage_census.model.choices import Kind
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
    taken_in = TakenIn.by(past.rounds)
    earlier = _earlier(intake, taken_in)
    whole = _earlier(intake.whole, taken_in).values() if intake.whole is not None else ()
    beside = _beside([*earlier.values(), *whole])
    later = [(each, _by_place(each.scopes)) for each in in_force(past.rounds)]
    return {name: each.round for name, each in earlier.items() if _holds(each, beside, later, past)}


def _earlier(intake: Intake, taken_in: TakenIn) -> dict[str, _Earlier]:
    """The files of which the content came in before, by their names."""
    readable = [each for each in intake.files if each.refused is None]
    earlier: dict[str, _Earlier] = {}
    for each in readable:
        if found := _came_in(each, intake, taken_in):
            stated = None if any(sheet.as_of is None for sheet in each.entering) else _newest(each)
            scopes = intake.scopes.get(each.file, ())
            earlier[each.file] = _Earlier(*found, scopes, stated, bool(each.return_of))
    for each in readable:  # two files of one name: both or none
        if _came_in(each, intake, taken_in) is None:
            earlier.pop(each.file, None)
    return earlier


def _newest(file: FileReading) -> str | None:
    return max((each.speaks_for or "" for each in file.entering), default=None)


def _came_in(file: FileReading, intake: Intake, taken_in: TakenIn) -> tuple[int, str] | None:
    """The last round in force that took in the same bytes or the same cell content, and under which name.

    A file that was not understood then and is now (its headings stand in census.toml) did not come in, nor one of
    which a sheet did not, or speaks for a newer day now.
    """
    found = [
        (each.number, other)
        for each, other in _newest_first(taken_in.like(file))
        if file.said_nothing or not other.said_nothing
    ]
    if not found:
        return None
    whole = bool(file.return_of) or all(
        any(covers(other, sheet, file, intake.default, older=intake.older) for _, other in found)
        for sheet in file.entering
    )
    return (found[0][0], found[0][1].file) if whole else None


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


def _newest_first(pairs: Sequence[tuple[Round, FileReading]]) -> list[tuple[Round, FileReading]]:
    """The newest round first, the files of one round in their order."""
    return sorted(pairs, key=lambda pair: -pair[0].number)


_Places = Mapping[tuple[str | None, Kind | None], Sequence[Scope]]


def _by_place(scopes: Iterable[Scope]) -> _Places:
    found = defaultdict[tuple[str | None, Kind | None], list[Scope]](list)
    for each in scopes:
        found[each.township, each.kind].append(each)
    return found


def _beside(files: Iterable[_Earlier]) -> Mapping[int, _Places]:
    """By the round with which they came in, what all of them speak for."""
    scopes = defaultdict[int, set[Scope]](set)
    for each in files:
        scopes[each.round].update(each.scopes)
    return {number: _by_place(own) for number, own in scopes.items()}


def _on(scopes: Collection[Scope], places: _Places) -> list[Scope]:
    """Those at these places that lie on one of `scopes`."""
    near = {place: places[place] for place in {(each.township, each.kind) for each in scopes} if place in places}
    return list(overlapping(scopes, [each for own in near.values() for each in own]))


def _holds(file: _Earlier, beside: Mapping[int, _Places], rounds: Sequence[tuple[Round, _Places]], past: Past) -> bool:
    if file.returned:
        return True
    later = ((each, places) for each, places in rounds if each.number > file.round)
    words = [scope.as_of or each.day or "" for each, places in later for scope in _on(file.scopes, places)]
    if not words or (file.day is not None and min(words) > file.day):
        return True
    if any(number > file.round and _on(file.scopes, places) for number, places in beside.items()):
        return True
    return not past.taken_over(file.round, file.name)


def overlapping(some: Collection[Scope], others: Collection[Scope]) -> Iterator[Scope]:
    """Those of `others` that lie on one of `some`."""
    places = {(each.township, each.kind): set[str | None]() for each in some}
    for each in some:
        places[each.township, each.kind].add(each.county)
    for each in others:
        counties = places.get((each.township, each.kind))
        if counties and (each.county is None or None in counties or each.county in counties):
            yield each
