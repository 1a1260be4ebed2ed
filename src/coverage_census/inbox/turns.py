"""In which order a run reads its files, and for how long: no slow file keeps a quick one out of the ledger.

First everybody's turn is short, and what was read in it is entered at once; then those have theirs that need longer, as
long as the run has time. Who had no turn is told so and is the first of the next run.
"""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coverage_census.inbox.look import Left
from coverage_census.inbox.memory import Met
from coverage_census.model.incoming import Incoming

SHORT_SECONDS = 5.0  # a turn of an ordinary workbook takes a tenth of one, also beside others
LARGE_BYTES = 8 << 20  # an honest one of this size needs a long turn
SHORT_TURNS, ALL_TURNS = 600.0, 900.0  # seconds from the beginning; the script of cron ends a run after 1800
NO_TURN, SLOW = "no_turn", "slow_file"
"""Codes of files that wait for the next run: without a turn, or needing a long one that this run had no time for."""


class Turns(NamedTuple):
    """Who reads first, and who when the others are in the ledger."""

    short: list[Incoming]
    long: list[Incoming]


@dataclass(frozen=True)
class Hours:
    """Until when, of time.monotonic(), a run gives short turns, and turns at all."""

    short: float
    all: float

    @classmethod
    def from_now(cls) -> "Hours":
        now = time.monotonic()
        return cls(now + SHORT_TURNS, now + ALL_TURNS)


def of(unread: Sequence[Incoming], met: Mapping[str, Met]) -> Turns:
    """`met`: what earlier runs said of files that stayed; whoever had no turn then comes first, the slow ones last."""
    turns = Turns([], [])
    for each in unread:
        (turns.long if _slow(each, met.get(each.label)) else turns.short).append(each)
    turns.short.sort(key=lambda each: (not _waited(met.get(each.label)), each.label))
    turns.long.sort(key=lambda each: (_since(met.get(each.label)), each.label))
    return turns


def left(none: Sequence[Incoming], slow: Sequence[Incoming]) -> list[Left]:
    """Those who wait for the next run."""
    return [*(Left(each.label, NO_TURN, True) for each in none), *(Left(each.label, SLOW, True) for each in slow)]


def _slow(incoming: Incoming, met: Met | None) -> bool:
    if met is not None and met.code in (SLOW, "too_slow"):
        return True
    try:
        return os.lstat(incoming.path).st_size >= LARGE_BYTES
    except OSError:  # whoever reads it next says why
        return False


def _waited(met: Met | None) -> bool:
    return met is not None and met.code == NO_TURN


def _since(met: Met | None) -> str:
    """Whoever waits for a long turn, the oldest first; whoever had one in vain, after the new ones."""
    return "~" if met is None else met.since if met.code == SLOW else "~~"
