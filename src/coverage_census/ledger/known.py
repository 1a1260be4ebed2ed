"""Files that came in, and all rounds; which of the files the ledger has already taken in and nothing has overtaken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from coverage_census.model import FileReading, Round, Scope


@dataclass(frozen=True)
class _Earlier:
    """A file whose content came in before: with which round, and what it speaks for."""

    round: int
    scopes: Collection[Scope]


Scopes = Mapping[str, Collection[Scope]]


def already_in(files: Sequence[FileReading], scopes: Scopes, rounds: Sequence[Round]) -> dict[str, int]:
    """File name → the round with which it came in, for files that say nothing new.

    A, B, A again is nothing new while no later file speaks for what A speaks for, or while that later file lies
    beside it now, as in an inbox that nobody empties. Only A alone, given again after its successor, is meant as news.
    """
    earlier = {
        each.file: _Earlier(number, scopes.get(each.file, ()))
        for each in files
        if (number := _came_in(each, rounds)) is not None
    }
    twice = {each.file for each in files if each.file not in earlier}  # two files of one name: both or none
    known = {name: each for name, each in earlier.items() if name not in twice}
    return {name: each.round for name, each in known.items() if _holds(each, known.values(), rounds)}


def _came_in(file: FileReading, rounds: Sequence[Round]) -> int | None:
    """The last round that took in the same bytes or the same cell content."""
    for each in reversed(rounds):
        for other in each.files:
            if other.refused is None and _same(file, other):
                return each.number
    return None


def _same(one: FileReading, other: FileReading) -> bool:
    by_bytes = one.sha256 is not None and one.sha256 == other.sha256
    return by_bytes or (one.content_sha256 is not None and one.content_sha256 == other.content_sha256)


def _holds(file: _Earlier, beside: Collection[_Earlier], rounds: Sequence[Round]) -> bool:
    if not any(overlap(file.scopes, later.scopes) for later in rounds[file.round :]):
        return True
    return any(other.round > file.round and overlap(file.scopes, other.scopes) for other in beside)


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
