"""The rounds between two in; which rows of the earlier one stand where in the later one, run by run, out.

A row keeps its place from round to round, except that rows which went into others (并入) leave no gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coverage_census.model.rounds import Round

Merged = tuple[tuple[int, int], ...]
"""(row that went, row that it went into), both by their places before any row went."""


class RowRun(NamedTuple):
    """`length` rows that stand side by side in both rounds."""

    old: int
    new: int
    length: int


class RowPlaces(NamedTuple):
    """Rows that are still there, and rows that went into others (old place → new place of the other)."""

    runs: tuple[RowRun, ...]
    merged: Mapping[int, int]


def places(between: Sequence[Round]) -> RowPlaces | None:
    """From the first of `between` to the last; None where a round amid others was undone: then rows have moved."""
    states = [RowPlaces((RowRun(0, 0, between[0].organisations),), {})]
    for number, each in enumerate(between[1:], start=1):
        if each.supersedes is None:
            states.append(_after(states[-1], each.merged))
        elif each.supersedes == each.number - 1 and number > 1:
            states.append(states[-2])
        elif each.supersedes == each.number - 1:  # the first of them is undone: what it brought stood at the end
            if between[0].merged:
                return None
            kept = min(each.organisations, between[0].organisations)
            states.append(RowPlaces((RowRun(0, 0, kept),), {}))
        else:
            return None
    return states[-1]


def turned(places: RowPlaces) -> RowPlaces:
    """The way back; what went into others is there again."""
    return RowPlaces(tuple(RowRun(new, old, length) for old, new, length in places.runs), {})


def after(organisations: int, merged: Merged) -> RowPlaces:
    """From a round of so many rows to the next, which merges some."""
    return _after(RowPlaces((RowRun(0, 0, organisations),), {}), merged)


def _after(before: RowPlaces, merged: Merged) -> RowPlaces:
    """One more round; `merged` is in the places of the round before it."""
    if not merged:
        return before
    went = dict(merged)
    runs = [piece for run in before.runs for piece in _pieces(run, sorted(went))]
    here = {run.old + at - run.new: at for run in before.runs for at in went if run.new <= at < run.new + run.length}
    into = {old: went[at] for old, at in here.items()} | {old: went.get(at, at) for old, at in before.merged.items()}
    return RowPlaces(
        tuple(RowRun(old, new - _before(new, merged), length) for old, new, length in runs),
        {old: at - _before(at, merged) for old, at in into.items()},
    )


def _pieces(run: RowRun, went: Sequence[int]) -> Iterator[RowRun]:
    """What is left of a run when single rows of it go."""
    at = run.new
    for gone in (*(each for each in went if run.new <= each < run.new + run.length), run.new + run.length):
        if gone > at:
            yield RowRun(run.old + at - run.new, at, gone - at)
        at = gone + 1


def _before(place: int, merged: Merged) -> int:
    return sum(1 for row, _ in merged if row < place)
