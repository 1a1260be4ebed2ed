"""What came in and the round before in; the next complete state of the ledger out, with what it changed."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.intake import spoken
from coverage_census.ledger.periods.row_places import Merged
from coverage_census.ledger.store.parquet import Column
from coverage_census.ledger.write import qualifiers as qualified
from coverage_census.model.choices import GONE
from coverage_census.model.organisation import about, of_the_branch
from coverage_census.model.reading import FileReading
from coverage_census.model.record import Row
from coverage_census.model.tables import PROVENANCE

if TYPE_CHECKING:
    import pyarrow as pa

    from coverage_census.ledger.write.behind import Behind


@dataclass(frozen=True)
class NextState:
    """The rows of the next round, and what became of the organisations that were named now."""

    table: "pa.Table"
    new: int
    changed: int
    unchanged: int
    renamed: int
    blanked: int  # known before, left blank now on a sheet that asks for it
    carried: Sequence[int]  # rows of the round before that nobody named now
    merged: Merged = ()  # rows that went into others, because somebody said that they are one


def first_state(intake: "pa.Table") -> NextState:
    """The first round: what came in."""
    place = intake.schema.get_field_index("confirmed_round")
    table = intake.set_column(place, intake.schema.field(place), _each(1, intake.num_rows))
    return NextState(table, new=intake.num_rows, changed=0, unchanged=0, renamed=0, blanked=0, carried=())


def _each(number: int, rows: int) -> "pa.ChunkedArray":
    """A column of one number. Of a list, an array or a scalar pyarrow would ask whether it is one of pandas (0.3 s)."""
    import pyarrow as pa

    return pa.chunked_array([
        pa.Array.from_buffers(pa.int64(), rows, [None, pa.py_buffer(array("q", [number]) * rows)])
    ])


def next_state(
    intake: "pa.Table",
    before: "pa.Table",
    partners: Sequence[int | None],
    files: Sequence[FileReading],
    number: int,
    behind: "Behind | None" = None,
) -> NextState:
    """Every organisation keeps its place; those named now are renewed there, new ones come at the end.

    `behind`: rows of sheets that came late, of which something newer is known; what that said stays.
    """
    import pyarrow as pa

    merge = _Merge(intake, before, partners, files, behind)
    columns: Row = {}
    for name in about():
        columns |= merge.field(name)
    columns["qualifiers"] = merge.qualifiers()
    columns |= {name: merge.joined(before[name], merge.origin(name, intake[name])) for name in PROVENANCE}
    confirmed = merge.origin("confirmed_round", _each(number, intake.num_rows))
    columns["confirmed_round"] = merge.joined(before["confirmed_round"], confirmed)
    changed, named = _count(merge.changed), len(merge.named)
    return NextState(
        table=pa.table({name: columns[name] for name in before.schema.names}, schema=before.schema),
        new=len(partners) - named,
        changed=changed,
        unchanged=named - changed,
        renamed=merge.renamed,
        blanked=_count(merge.blanked),
        carried=[row for row in range(before.num_rows) if row not in merge.named or merge.named[row] in merge.late],
    )


class _Merge:
    """Two tables becoming one, a field at a time: a province's rows are wide, and most fields empty in all of them."""

    def __init__(
        self,
        intake: "pa.Table",
        before: "pa.Table",
        partners: Sequence[int | None],
        files: Sequence[FileReading],
        behind: "Behind | None",
    ) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        self.intake, self.before, self.sheets = intake, before, _Sheets(intake, files)
        self.behind = behind
        self.late = behind.rows if behind is not None else frozenset[int]()
        self.known = pa.array(partners, pa.int64())
        self.matched = pc.is_valid(self.known)
        self.named = {other: row for row, other in enumerate(partners) if other is not None}
        stays = [before.num_rows + self.named[row] if row in self.named else row for row in range(before.num_rows)]
        comes = [before.num_rows + row for row, other in enumerate(partners) if other is None]
        self.order = pa.array(stays + comes, pa.int64())
        self.changed = self.blanked = pa.repeat(pa.scalar(False), intake.num_rows)
        self.gone, self.dissolved = self._gone(), self._dissolved()
        self.renamed = 0
        self.kept: Row = {}  # field → the rows that keep its old value

    def field(self, name: str) -> Row:
        """The columns of one field in the next round."""
        import pyarrow as pa
        import pyarrow.compute as pc

        names = columns_of(name)
        new, before = [self.intake[each] for each in names], [self.before[each] for each in names]
        if all(column.null_count == len(column) for column in (*new, *before)):
            empty = {column.type: pa.nulls(len(self.order), column.type) for column in new}
            return {each: empty[column.type] for each, column in zip(names, new, strict=True)}
        old = [column.take(self.known) for column in before]
        silent = self.sheets.silent(name)
        keep = pc.and_(silent, pc.invert(_stated(new))) if silent is not None else None
        newer = self.behind.on(name) if self.behind is not None else None
        if newer is not None:
            keep = newer if keep is None else pc.or_(keep, newer)
        if keep is not None:  # no column for it on that sheet, or something newer is known: what is known stays known
            self.kept[name] = keep
            new = [pc.if_else(keep, a, b) for a, b in zip(old, new, strict=True)]
        self._note(name, old, new)
        return {each: self.joined(a, b) for each, a, b in zip(names, before, new, strict=True)}

    def origin(self, name: str, new: Column) -> Column:
        """Where a row comes from, and in which round: of late ones that of the newer word stays."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.late:
            return new
        late = pa.array([row in self.late for row in range(self.intake.num_rows)])
        return pa.chunked_array([pc.if_else(late, self.before[name].take(self.known), new).combine_chunks()])

    def qualifiers(self) -> Column:
        old = self.before["qualifiers"].take(self.known)
        new = qualified.with_kept(self.intake["qualifiers"], old, self.kept, self.late)
        self._change(qualified.differ(new, old))
        return self.joined(self.before["qualifiers"], new)

    def joined(self, before: Column, new: Column) -> Column:
        """A column of the next round: rows of before in their places, renewed ones in theirs, new ones at the end."""
        import pyarrow as pa

        return pa.chunked_array([*before.chunks, *new.chunks], before.type).take(self.order)

    def _note(self, name: str, old: Sequence[Any], new: Sequence[Any]) -> None:
        import pyarrow.compute as pc

        differs = _any(_differ(a, b) for a, b in zip(old, new, strict=True))
        self._change(differs)
        vanished = pc.and_(_stated(old), pc.invert(_stated(new)))
        self.blanked = pc.or_(self.blanked, pc.and_(pc.and_(self.matched, vanished), pc.invert(self._follows(name))))
        if name == "name":
            self.renamed = _count(pc.and_(self.matched, differs))

    def _follows(self, name: str) -> Column:
        """For every row, whether a blank follows from what became of it: who is gone tells no more, nor does a branch
        that was dissolved."""
        import pyarrow.compute as pc

        return pc.or_(self.gone, self.dissolved) if name in of_the_branch() else self.gone

    def _gone(self) -> Column:
        import pyarrow as pa
        import pyarrow.compute as pc

        old, new = self.before["operating_status"].take(self.known), self.intake["operating_status"]
        return pc.is_in(pc.coalesce(new, old), pa.array([each.value for each in GONE]))

    def _dissolved(self) -> Column:
        """yes → no."""
        import pyarrow.compute as pc

        old, new = self.before["has_org"].take(self.known), self.intake["has_org"]
        return pc.coalesce(pc.and_(old, pc.invert(new)), False)

    def _change(self, differs: Column) -> None:
        import pyarrow.compute as pc

        self.changed = pc.or_(self.changed, pc.and_(self.matched, differs))


class _Sheets:
    """For every row the sheet it stands on, so that what holds for a sheet becomes a column of rows."""

    def __init__(self, intake: "pa.Table", files: Sequence[FileReading]) -> None:
        import pyarrow as pa

        pairs = list(zip(intake["source_file"].to_pylist(), intake["source_sheet"].to_pylist(), strict=True))
        numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
        of_sheet = spoken.fields(files)
        self.fields = [of_sheet.get(pair, spoken.everything()) for pair in numbers]
        self.of_row = pa.array([numbers[pair] for pair in pairs], pa.int32())

    def silent(self, name: str) -> Column:
        """For every row, whether its sheet does not ask for the field; None where all ask."""
        import pyarrow as pa

        silent = [name not in fields for fields in self.fields]
        return pa.array(silent).take(self.of_row) if any(silent) else None


def _stated(columns: Iterable[Column]) -> Column:
    import pyarrow.compute as pc

    return _any(pc.is_valid(column) for column in columns)


def _differ(one: Column, other: Column) -> Column:
    """For every row, whether the values differ; unknown and unknown is the same."""
    import pyarrow.compute as pc

    return pc.coalesce(pc.not_equal(one, other), pc.xor(pc.is_valid(one), pc.is_valid(other)))


def _any(columns: Iterable[Column]) -> Column:
    import pyarrow.compute as pc

    return reduce(pc.or_, columns)


def _count(column: Column) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(column).as_py() or 0)
