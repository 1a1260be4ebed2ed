"""A state and the round before it in; rows that are one organisation because a code that came late says so, out.

A code was known under one name; then a sheet without it named another, which was entered as an organisation of its
own; now that one has the code too. They are one where the first was never named beside the second. Whoever lived side
by side, lies elsewhere or is a branch under its head office's code is asked about (`candidates`), never joined.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import keys as identity_keys
from coverage_census.ledger.identity import match
from coverage_census.ledger.identity.answers import Answered
from coverage_census.ledger.identity.keys import IDENTITY
from coverage_census.ledger.periods import beginnings
from coverage_census.model.rounds import Round
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Reunion:
    """`one`: pairs (row that was named now, row that it is one with); `open`: such pairs that a person must decide."""

    one: tuple[tuple[int, int], ...] = ()
    open: tuple[tuple[int, int], ...] = ()


def find(table: "pa.Table", before: "pa.Table", rounds: Sequence[Round], answers: Answered, cores: Cores) -> Reunion:
    """`before` are the rows of the newest of `rounds`; in `table` they stand where they stood, new ones at the end."""
    late = _late(table, before)
    if not late:
        return Reunion()
    begun = beginnings.of(rounds)
    keys = identity_keys.keys({name: table[name].to_pylist() for name in IDENTITY}, cores)
    said, confirmed = answers.of(keys), before["confirmed_round"].to_pylist()
    one, left = list[tuple[int, int]](), list[tuple[int, int]]()
    for row, others in late.items():
        for other in others:
            if said.apart(row, said, other):
                continue
            alone = len(others) == 1 and begun is not None and not _beside(row, other, begun, confirmed)
            free = alone and not _named_now(other, table, len(rounds) + 1)
            (one if free and match.may_be_renamed(keys, row, keys, other) else left).append((row, other))
    return Reunion(tuple(one), tuple(left))


def _late(table: "pa.Table", before: "pa.Table") -> dict[int, list[int]]:
    """Row that has a code only now → the rows that had it before."""
    now, then = table["uscc"].to_pylist()[: before.num_rows], before["uscc"].to_pylist()
    gained = {row: code for row, (code, old) in enumerate(zip(now, then, strict=True)) if code and not old}
    holders: dict[str | None, list[int]] = defaultdict(list)
    counts = Counter(gained.values())
    wanted = {code for code, count in counts.items() if count == 1}  # given to two at once it is nobody's
    for row, code in enumerate(then if wanted else ()):
        if code in wanted and now[row] == code:
            holders[code].append(row)
    return {row: holders[code] for row, code in gained.items() if code in holders}


def _beside(row: int, other: int, begun: Sequence[int], confirmed: Sequence[int | None]) -> bool:
    """Whether one of the two was known when the other was named last: then a clerk listed both."""
    return begun[row] <= (confirmed[other] or 0) and begun[other] <= (confirmed[row] or 0)


def _named_now(row: int, table: "pa.Table", number: int) -> bool:
    return bool(table["confirmed_round"][row].as_py() == number)
