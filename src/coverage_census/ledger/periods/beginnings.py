"""The rounds of a ledger in; for each row of the newest one the round in which it was first named, out.

A row keeps its place from round to round, and what is new comes at the end: manifests alone tell it.
"""

from collections.abc import Sequence

from coverage_census.ledger.periods.row_places import Merged
from coverage_census.model.rounds import Round


def of(rounds: Sequence[Round]) -> tuple[int, ...] | None:
    """By row; None where a round amid others was undone: then rows have moved."""
    states: list[tuple[int, ...]] = [()]
    for each in rounds:
        if each.supersedes is None:
            states.append(_after(states[-1], each))
        elif each.supersedes == each.number - 1:
            states.append(states[each.number - 2])
        else:
            return None
    return states[-1]


def _after(before: Sequence[int], each: Round) -> tuple[int, ...]:
    size = each.organisations + len(each.merged)
    rows = [*before[:size], *([each.number] * (size - len(before)))]
    return without(rows, each.merged)


def without(rows: Sequence[int], merged: Merged) -> tuple[int, ...]:
    """Of organisations that are one, the earlier beginning is that of both."""
    found = list(rows)
    for row, into in merged:
        found[into] = min(found[into], found[row])
    went = {row for row, _ in merged}
    return tuple(each for row, each in enumerate(found) if row not in went)
