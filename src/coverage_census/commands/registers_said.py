"""Human answers on who is who (同一单位, 不是) in; which names of ledger and register they make one, or two, out."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import answers, keys
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.names.core_name import Cores
from coverage_census.registers.matching.sides import Names, SaidPairs

if TYPE_CHECKING:
    from coverage_census.ledger.identity.answers import SaidOfRows

Said = Callable[[Names, Names], SaidPairs]


def by(entries: Sequence[Entry], register: str) -> Said:
    """The answers in force, ready for the names of two sides; that a row of another register is somebody else says
    nothing of this one's rows."""
    cores = Cores()
    own = [each for each in entries if each.kind is not EntryKind.DIFFERENT or each.whose in (None, register)]
    holding = answers.judge(own, (), cores, registers=True).holding

    def said(ours: Names, theirs: Names) -> SaidPairs:
        if not holding:
            return SaidPairs()
        one = holding.of(_keys(ours, cores))
        other = holding.of(_keys(theirs, cores), listed=True)
        return SaidPairs(_same(one, other), _different(one, other))

    return said


def _keys(side: Names, cores: Cores) -> keys.Keys:
    blank = [None] * len(side)
    columns = {"name": side.name, "uscc": side.uscc, "county": side.county, "township": side.township, "kind": blank}
    return keys.keys({name: list(column) for name, column in columns.items()}, cores)


def _same(one: "SaidOfRows", other: "SaidOfRows") -> list[tuple[int, int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for row, group in other.groups():
        members[group].append(row)
    return [(row, each) for row, group in one.groups() for each in members.get(group, ())]


def _different(one: "SaidOfRows", other: "SaidOfRows") -> list[tuple[int, int]]:
    return [(row, each) for row in one.subjects for each in other.subjects if one.apart(row, other, each)]
