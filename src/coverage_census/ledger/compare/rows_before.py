"""The rounds of a ledger in; those that changed an organisation, and where each row stood in the one before, out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from coverage_census.files.disk import DRIVE
from coverage_census.ledger.periods import row_places
from coverage_census.ledger.store import rounds_folder, seal
from coverage_census.model.rounds import Round


def changing(ledger: Path, every: Iterable[Round]) -> Iterator[Round]:
    """The rounds whose organisations are not, byte for byte, those of the round before."""
    last = None
    for each in every:
        found = seal.read(rounds_folder.round_folder(ledger, each.number), DRIVE).hashes.get(
            rounds_folder.ORGANISATIONS
        )
        if found != last:
            yield each
        last = found


def places(
    ledger: Path, every: Sequence[Round], old: Round | None, new: Round
) -> tuple[Sequence[int | None], Mapping[int, int]]:
    """By row of `new`: its row in `old` (None: it is new there), and rows of `old` that became one with another."""
    found: list[int | None] = [None] * new.organisations
    if old is None:
        return found, {}
    known = row_places.places(every[old.number - 1 : new.number])
    if known is None:
        from coverage_census.ledger.compare import pairing

        for before, after in pairing.pair(ledger, old, new).execute("SELECT old, new FROM pairs").fetchall():
            found[after] = before
        return found, {}
    for run in known.runs:
        found[run.new : run.new + run.length] = range(run.old, run.old + run.length)
    return found, known.merged
