"""The rounds of a ledger in; how many organisations each period had at its cut-off, and how many were covered, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage_census.ledger import rounds
from coverage_census.ledger.periods.periods import states
from coverage_census.ledger.store import query
from coverage_census.model.rounds import Round


@dataclass(frozen=True)
class Trend:
    """One line of the trend: how many living organisations of a period had a Party organisation at its cut-off."""

    round: int
    name: str | None
    period: str | None
    as_of: str
    organisations: int
    covered: int
    gone: int = 0  # 注销、迁出, in neither count


def trend(ledger: Path, every: Sequence[Round], until: Round) -> tuple[Trend, ...]:
    """Every period up to that of `until`, one line each: how things stood at its cut-off."""
    standing = states(every, until)
    paths = [str(path) for path in rounds.parquets(ledger, standing)]
    counts = query.covered(paths) if paths else {}
    return tuple(
        Trend(each.number, each.name, each.period, each.as_of, *counts.get(path, (0, 0, 0)))
        for each, path in zip(standing, paths, strict=True)
    )
