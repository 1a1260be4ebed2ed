"""All rounds in; those that still count out: what was undone stays in the ledger and is passed over."""

from collections.abc import Sequence

from coverage_census.model.rounds import Round


def in_force(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """The rounds that nothing has undone, the oldest first; to undo an undoing brings its round back."""
    undone: set[int | None] = set()
    found: list[Round] = []
    for each in reversed(rounds):
        if each.number not in undone:
            undone.add(each.supersedes)
            found.append(each)
    return tuple(reversed(found))
