"""A state and the answers on identity in; the state with each organisation once, and who went into whom, out."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import duplicates, keys
from coverage_census.ledger.identity.answers import Answered
from coverage_census.ledger.identity.keys import PLACED
from coverage_census.ledger.periods.row_places import Merged
from coverage_census.model.record import Row
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa

Moment = tuple[str, int]
"""(day, number of the round): of two words on one field the later one counts."""

When = Callable[[int | None, str | None, str | None], Moment]
"""Of what a row rests on (round, file, sheet) the moment."""


@dataclass(frozen=True)
class Joined:
    """The rows that are left, in their order."""

    table: "pa.Table"
    merged: Merged = ()


def join(
    table: "pa.Table", answers: Answered, cores: Cores, when: When, one: Collection[tuple[int, int]] = ()
) -> Joined:
    """Of an organisation's rows the first keeps its place; what was reported of the latest day holds, whichever came in
    first; others fill its blanks.

    `one`: pairs that are one though nobody was asked.
    """
    import pyarrow as pa

    groups = _together([*_answered(table, answers, cores), *map(list, one)])
    several = [sorted(each) for each in groups if len(each) > 1]
    if not several:
        return Joined(table)
    new = pa.Table.from_pylist([_one(table, each, when) for each in several], schema=table.schema)
    at = {each[0]: table.num_rows + place for place, each in enumerate(several)}
    merged = tuple(sorted((row, each[0]) for each in several for row in each[1:]))
    went = {row for row, _ in merged}
    order = [at.get(row, row) for row in range(table.num_rows) if row not in went]
    return Joined(pa.concat_tables([table, new]).take(pa.array(order, pa.int64())), merged)


def _answered(table: "pa.Table", answers: Answered, cores: Cores) -> Collection[list[int]]:
    if not answers.group:
        return ()
    rows = keys.keys({name: table[name].to_pylist() for name in PLACED}, cores)
    groups: dict[int, list[int]] = defaultdict(list)
    for row, group in answers.of(rows).groups():
        groups[group].append(row)
    return groups.values()


def _together(groups: Sequence[Sequence[int]]) -> list[set[int]]:
    """Groups that share a row are one."""
    found: list[set[int]] = []
    for each in groups:
        touching = [group for group in found if not group.isdisjoint(each)]
        found = [group for group in found if group not in touching] + [set(each).union(*touching)]
    return found


def _one(table: "pa.Table", rows: Sequence[int], when: When) -> Row:
    values: list[Row] = table.take(list(rows)).to_pylist()
    rests = ("confirmed_round", "source_file", "source_sheet")
    last, *others = sorted(values, key=lambda each: when(*(each[name] for name in rests)), reverse=True)
    for each in others:
        duplicates.fill(last, each)
    return last


def place(row: int, merged: Merged) -> int:
    """Where a row that stayed stands after the others went."""
    return row - bisect_left(merged, (row, -1))
