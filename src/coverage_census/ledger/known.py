"""An intake and the ledger's past in; which of its files the ledger has taken in already and nothing has overtaken."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coverage_census.ledger.force import in_force
from coverage_census.ledger.intake import Intake
from coverage_census.ledger.past import Past
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round, Scope


@dataclass(frozen=True)
class _Earlier:
    """A file whose content came in before: with which round, under which name, and what it names."""

    round: int
    name: str
    scopes: Collection[Scope]


def already_in(intake: Intake, past: Past) -> dict[str, int]:
    """File → the round with which it came in, for files that say nothing new.

    A, B, A again is nothing new while no later file has spoken for what A named, or while that later file lies
    beside it now, as in an inbox that nobody empties. Only A alone, given again after its successor, is meant as news.
    """
    readable = [each for each in intake.files if each.refused is None]
    earlier: dict[str, _Earlier] = {}
    for each in readable:
        if found := _came_in(each, past.rounds):
            earlier[each.file] = _Earlier(*found, intake.scopes.get(each.file, ()))
    for each in readable:  # two files of one name: both or none
        if _came_in(each, past.rounds) is None:
            earlier.pop(each.file, None)
    return {name: each.round for name, each in earlier.items() if _holds(each, earlier.values(), past)}


def names_then(intake: Intake, past: Past) -> dict[str, str]:
    """File → what it was called when its content came in last."""
    found = ((each.file, _came_in(each, past.rounds)) for each in intake.files if each.refused is None)
    return {file: came[1] for file, came in found if came}


def copies(files: Sequence[FileReading]) -> dict[str, str]:
    """File → the file before it that it is a copy of (首阳镇(1).xlsx beside 首阳镇.xlsx)."""
    found: dict[str, str] = {}
    readable = [each for each in files if each.refused is None]
    for place, each in enumerate(readable):
        first = next((other.file for other in readable[:place] if _same(each, other)), each.file)
        if first != each.file and first not in found:
            found[each.file] = first
    return found


def _came_in(file: FileReading, rounds: Sequence[Round]) -> tuple[int, str] | None:
    """The last round in force that took in the same bytes or the same cell content, and under which name.

    A file that was not understood then and is now (its headings stand in census.toml) did not come in.
    """
    for each in reversed(in_force(rounds)):
        for other in each.files:
            if other.refused is None and _same(file, other) and (file.said_nothing or not other.said_nothing):
                return each.number, other.file
    return None


def _same(one: FileReading, other: FileReading) -> bool:
    by_bytes = one.sha256 is not None and one.sha256 == other.sha256
    return by_bytes or (one.content_sha256 is not None and one.content_sha256 == other.content_sha256)


def _holds(file: _Earlier, beside: Collection[_Earlier], past: Past) -> bool:
    later_rounds = (each for each in in_force(past.rounds) if each.number > file.round)
    if not any(overlap(file.scopes, later.scopes) for later in later_rounds):
        return True
    if any(other.round > file.round and overlap(file.scopes, other.scopes) for other in beside):
        return True
    return not past.taken_over(file.round, file.name)


def overlap(some: Collection[Scope], others: Collection[Scope]) -> bool:
    """Whether two files speak for one kind of organisation in one township; an unstated county may be any."""
    places = {(each.township, each.kind): set[str | None]() for each in some}
    for each in some:
        places[each.township, each.kind].add(each.county)
    for each in others:
        counties = places.get((each.township, each.kind))
        if counties and (each.county is None or None in counties or each.county in counties):
            return True
    return False
