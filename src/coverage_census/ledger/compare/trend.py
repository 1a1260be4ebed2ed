"""The rounds of a ledger in; how many organisations each period had at its cut-off, and how many were covered, out."""

from collections.abc import Sequence
from pathlib import Path

from coverage_census.ledger import rounds
from coverage_census.ledger.periods.periods import states
from coverage_census.ledger.store import query
from coverage_census.model.movement import Trend
from coverage_census.model.rounds import Round


def trend(ledger: Path, every: Sequence[Round], until: Round) -> tuple[Trend, ...]:
    """Every period up to that of `until`, one line each: how things stood at its cut-off."""
    standing = states(every, until)
    paths = [str(path) for path in rounds.parquets(ledger, standing)]
    counts = query.covered(paths) if paths else {}
    return tuple(
        Trend(each.number, each.name, each.period, each.as_of, *counts.get(path, (0, 0, 0)))
        for each, path in zip(standing, paths, strict=True)
    )
