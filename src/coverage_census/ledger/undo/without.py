"""A ledger's past and one of its rounds in; the newest state as it would be had that round never come, out.

The rounds after it are played again, cell by cell: what a later round changed or stated itself stays, everything else
is as it was without the round. Rows keep their places from round to round, so no name has to be matched again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coverage_census.errors import CensusError
from coverage_census.ledger.identity import match, merging
from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.identity.keys import IDENTITY
from coverage_census.ledger.intake import scopes, spoken
from coverage_census.ledger.intake.intake import keys
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store import entries
from coverage_census.ledger.store.parquet import Column
from coverage_census.ledger.undo import reported
from coverage_census.model.organisation import about
from coverage_census.model.rounds import Round
from coverage_census.model.row import Row
from coverage_census.model.tables import PROVENANCE
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa

# A row always says these of its own organisation, if not in a column then by its sheet's title.
_ITS_OWN = frozenset({"name", "kind", "county", "township"})


@dataclass(frozen=True)
class StateWithout:
    """Rows without the round, and the place that each has in the round as it was written; -1 for one that had gone."""

    table: "pa.Table"
    places: Any  # numpy

    def is_(self, written: "pa.Table") -> bool:
        """Whether it is what was written, row for row: what follows on it is what followed."""
        import numpy as np

        same = self.table.num_rows == written.num_rows and np.array_equal(self.places, np.arange(written.num_rows))
        return bool(same and self.table.equals(written))


def without(past: Past, number: int) -> "pa.Table":
    """The rows of the head without round `number`; refused where a later round cannot stand without it."""
    chain = built_on(past.rounds)
    later = [each for each in chain if each > number]
    if not later:
        return _before(past, number).table
    plain, gone = _left_out(past.rounds, chain, number)
    if not gone <= set(plain):
        raise _rests(number, later, [each for each in later if each not in plain] or later)
    if not gone:
        return past.table(plain[-1])
    for out in sorted(gone):
        _check_late(past, past.rounds[out - 1], [one for one in plain if one > out and one not in gone], number)
    first, resting = min(gone), list[int]()
    decided = [one for each in gone for one in past.entries_of(each) if one.kind in entries.STATES]
    joined, state, as_written = set[int](), _before(past, first), False
    for each in (past.rounds[one - 1] for one in plain if one >= first):
        if as_written and each.number not in gone:
            continue
        if each.number in gone:
            state = _without_mergers(_before(past, each.number) if as_written else state, each)
            joined |= {merging.place(into, each.merged) for _, into in each.merged}
            as_written = False
            continue
        new = reported.as_reported(past.table(each.number), past.problems(each.number), decided)
        step = _Step(new, past.table(each.number - 1), state, each)
        state = step.state()
        if step.rests() or step.names(joined) or (joined and each.merged):
            resting.append(each.number)
        # Later sheets have said all of it anew: what was written on it stands, until the next round that goes.
        as_written = not (decided or joined) and state.is_(past.table(each.number))
    if resting:
        raise _rests(number, later, resting)
    return past.table(plain[-1]) if as_written else state.table


def _left_out(rounds: Sequence[Round], chain: Sequence[int], number: int) -> tuple[list[int], set[int]]:
    """The rounds to be played again, without those that go now and those that the last undoings took out of them."""
    plain = list(chain)
    undoings = list[int]()
    while plain and rounds[plain[-1] - 1].supersedes is not None:
        undoings.append(plain.pop())
    gone = {undone for each in undoings if each != number and (undone := rounds[each - 1].supersedes)}
    return plain, gone if number in undoings else gone | {number}


def built_on(rounds: Sequence[Round]) -> tuple[int, ...]:
    """The rounds of which the newest state is built, the oldest first: each was written on what the one before left.

    Where the newest of them is undone, the state before it is back, and an undoing undone leaves none of both. The
    undoing of a round amid others made a state of its own, and stays until it is undone itself.
    """
    after: list[tuple[int, ...]] = [()]
    for each in rounds:
        before = after[-1]
        if each.supersedes is None:
            after.append((*before, each.number))
        elif rounds[each.supersedes - 1].supersedes is not None and before == after[each.supersedes]:
            after.append(after[each.supersedes - 1])
        elif before and before[-1] == each.supersedes:
            after.append(before[:-1])
        else:
            after.append((*before, each.number))
    return after[-1]


def _rests(number: int, later: Sequence[int], resting: Sequence[int]) -> CensusError:
    """What rests on it, and the newest round: to undo that first always works, and then the next."""
    return CensusError("undo_rests", round=number, later="、".join(map(str, resting)), last=later[-1])


def _check_late(past: Past, undone: Round, later: Sequence[int], asked: int) -> None:
    """A sheet that came late found its place among those that were there: it is taken back before any of them."""
    known, day = scopes.held([undone]), undone.day or undone.as_of
    first = min((each.as_of or day for each in undone.scopes), default=day)
    resting = []
    for each in (past.rounds[number - 1] for number in later):
        words = ((one.as_of or each.day or each.as_of, (one.county, one.township, one.kind)) for one in each.scopes)
        behind = any(when < (scopes.newest(place, known) or "") for when, place in words)
        if behind or any(state.as_of >= first for state in each.past):
            resting.append(each.number)
    if resting:
        raise _rests(asked, later, resting)


def _before(past: Past, number: int) -> StateWithout:
    import numpy as np

    table = past.table(number - 1) if number > 1 else past.table(1).slice(0, 0)
    return StateWithout(table, np.arange(table.num_rows))


def _without_mergers(before: StateWithout, undone: Round) -> StateWithout:
    """The same rows, by their places in the undone round; those that it merged away have none."""
    import numpy as np

    went = np.isin(before.places, [row for row, _ in undone.merged])
    shift = np.searchsorted(np.array([row for row, _ in undone.merged]), before.places)
    return StateWithout(before.table, np.where(went, -1, before.places - shift))


class _Step:
    """One later round: `new` and `old` are what was written, `known` is what would have been known before it."""

    def __init__(self, new: "pa.Table", old: "pa.Table", known: StateWithout, record: Round) -> None:
        import numpy as np

        self.record, self.known = record, known
        named = _numpy(_equal(new["confirmed_round"], record.number))
        at = np.full(max(old.num_rows, new.num_rows) + len(record.merged), -1)  # place → row of `known`
        standing = np.flatnonzero(known.places >= 0)
        at[known.places[standing]] = standing
        went = [row for row, _ in record.merged]
        # one of two that were merged is there only with the undone round: the merger rests on it
        self.broken = any((at[row] < 0) != (at[into] < 0) for row, into in record.merged)
        came = np.delete(np.arange(new.num_rows + len(went)), went)  # place in this round → in the one before
        named |= came >= old.num_rows  # what a person added (漏报补录) no sheet has named
        at = at[came]
        self.places = np.flatnonzero((at >= 0) | named)
        self.at, self.named = at[self.places], named[self.places]
        self.new = new.take(self.places)
        came = came[self.places]
        self.old = old.take(_or_null(np.where(came < old.num_rows, came, -1)))
        self.kept = known.table.take(_or_null(self.at))
        self.extra = known.table.take(np.flatnonzero(known.places < 0))
        self.taken: Row = {}  # field → which rows have what the round itself says

    def state(self) -> StateWithout:
        """The rows of the newest state without what the round said, in the columns of the ledger."""
        import numpy as np
        import pyarrow as pa

        columns: Row = {}
        for name in about():
            columns |= self._field(name)
        columns["qualifiers"] = self._qualifiers()
        for name in (*PROVENANCE, "confirmed_round"):
            own = self.named | self._differs([name])
            columns[name] = self._chosen(name, own)
        table = pa.table({name: columns[name] for name in self.new.schema.names}, schema=self.new.schema)
        gone = np.full(self.extra.num_rows, -1)
        return StateWithout(pa.concat_tables([table, self.extra]), np.concatenate([self.places, gone]))

    def names(self, places: Collection[int]) -> bool:
        """Whether it names an organisation at one of these places of the undone round."""
        if not places or self.record.merged:
            return False
        return any(int(place) in places for place in self.places[self.named])

    def rests(self) -> bool:
        """Whether an organisation of this round was recognised by what only the undone round had said of it.

        To be asked after `state`.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        if self.broken:
            return True
        keyed = _differ([(self.kept[name], self.old[name]) for name in IDENTITY])
        rows = np.flatnonzero(self.named & keyed)
        if not len(rows):
            return False
        claimed = set(self.at[self.named & ~keyed].tolist())
        free = [row for row in range(self.known.table.num_rows) if row not in claimed]
        cores = Cores()
        codes = pc.if_else(pa.array(self.taken["uscc"]), self.new["uscc"], None)  # not those that were only carried on
        told = self.new.set_column(self.new.schema.get_field_index("uscc"), "uscc", codes)
        mine = keys(told.take(rows), cores)
        found = match.across(mine, keys(self.known.table.take(pa.array(free, pa.int64())), cores)).of
        place = {row: index for index, row in enumerate(free)}
        return any(partner != place.get(int(self.at[row])) for row, partner in zip(rows, found, strict=True))

    def _field(self, name: str) -> Row:
        names = columns_of(name)
        own = self._differs(names) | (self.named & self._spoken(name))
        self.taken[name] = own
        return {each: self._chosen(each, own) for each in names}

    def _spoken(self, name: str) -> Column:
        """Which rows stand on a sheet that speaks for the field."""
        import numpy as np

        if name in _ITS_OWN:
            return np.ones(len(self.places), dtype=bool)
        asks = {sheet: name in fields for sheet, fields in self._sheets.items()}
        return np.array([asks.get(sheet, True) for sheet in self._sheet_of]) if asks else self.named

    @cached_property
    def _sheets(self) -> Mapping[spoken.Sheet, frozenset[str]]:
        coded: dict[spoken.Sheet, frozenset[str]] = {
            (file.file, sheet.sheet): frozenset({"uscc"} & {column.field for column in sheet.columns})
            for file in self.record.files
            for sheet in file.sheets
        }
        return {sheet: fields | coded[sheet] for sheet, fields in spoken.fields(self.record.files).items()}

    @cached_property
    def _sheet_of(self) -> Sequence[spoken.Sheet]:
        return list(zip(self.new["source_file"].to_pylist(), self.new["source_sheet"].to_pylist(), strict=True))

    def _differs(self, names: Sequence[str]) -> Column:
        """Which rows this round changed, in any of these columns."""
        return _differ([(self.new[name], self.old[name]) for name in names])

    def _chosen(self, name: str, own: Column) -> Column:
        import pyarrow as pa
        import pyarrow.compute as pc

        return pc.if_else(pa.array(own), self.new[name], self.kept[name])

    def _qualifiers(self) -> Column:
        """约, 不足 …: each goes with the value that it belongs to."""
        import pyarrow as pa

        pairs = zip(self.new["qualifiers"].to_pylist(), self.kept["qualifiers"].to_pylist(), strict=True)
        found = []
        for row, (new, kept) in enumerate(pairs):
            mine = [pair for pair in new or () if self.taken[pair[0]][row]]
            theirs = [pair for pair in kept or () if not self.taken[pair[0]][row]]
            found.append(sorted((*mine, *theirs)))
        return pa.chunked_array([pa.array(found, self.new["qualifiers"].type)])


def _differ(pairs: Sequence[tuple[Column, Column]]) -> Column:
    """For every row, whether any of the pairs differs; unknown and unknown is the same."""
    import numpy as np
    import pyarrow.compute as pc

    found = np.zeros(len(pairs[0][0]), dtype=bool)
    for one, other in pairs:
        differs = pc.coalesce(pc.not_equal(one, other), pc.xor(pc.is_valid(one), pc.is_valid(other)))
        found |= _numpy(differs)
    return found


def _equal(column: Column, number: int) -> Column:
    import pyarrow.compute as pc

    return pc.fill_null(pc.equal(column, number), False)


def _numpy(column: Column) -> Column:
    import numpy as np

    return np.asarray(column.to_numpy(), dtype=bool)


def _or_null(rows: Column) -> Column:
    """Row numbers to take by, -1 for a row of nulls."""
    import pyarrow as pa

    return pa.array(rows, pa.int64(), mask=rows < 0)
