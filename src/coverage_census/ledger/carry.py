"""What came in and the round before in; the next complete state of the ledger out, with what it changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from coverage_census.ledger import spoken
from coverage_census.ledger.duplicates import columns_of
from coverage_census.model import FileReading, about

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class State:
    """The rows of the next round, and what became of the organisations that were named now."""

    table: "pa.Table"
    new: int
    changed: int
    unchanged: int
    renamed: int
    blanked: int  # known before, left blank now on a sheet that asks for it
    carried: Sequence[int]  # rows of the round before that nobody named now


def first_state(intake: "pa.Table", number: int) -> State:
    """The first round: what came in."""
    count = intake.num_rows
    return State(_confirmed(intake, number), new=count, changed=0, unchanged=0, renamed=0, blanked=0, carried=())


def next_state(
    intake: "pa.Table", before: "pa.Table", partners: Sequence[int | None], files: Sequence[FileReading], number: int
) -> State:
    """Every organisation keeps its place; those named now are renewed there, new ones come at the end."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array(partners, pa.int64())
    old = before.take(known)
    intake = _with_what_no_sheet_asked(intake, old, _Sheets(intake, files))
    matched = pc.is_valid(known)
    changed = pc.and_(matched, pc.or_(_any(_differs(intake, old, name) for name in about()), _requalified(intake, old)))
    blanked = pc.and_(matched, _any(_vanished(intake, old, name) for name in about()))
    named = {other: row for row, other in enumerate(partners) if other is not None}
    order = [before.num_rows + named[row] if row in named else row for row in range(before.num_rows)]
    order += [before.num_rows + row for row, other in enumerate(partners) if other is None]
    return State(
        table=pa.concat_tables([before, _confirmed(intake, number)]).take(pa.array(order, pa.int64())),
        new=len(partners) - len(named),
        changed=_count(changed),
        unchanged=len(named) - _count(changed),
        renamed=_count(pc.and_(matched, _differs(intake, old, "name"))),
        blanked=_count(blanked),
        carried=[row for row in range(before.num_rows) if row not in named],
    )


class _Sheets:
    """For every row the sheet it stands on, so that what holds for a sheet becomes a column of rows."""

    def __init__(self, intake: "pa.Table", files: Sequence[FileReading]) -> None:
        import pyarrow as pa

        pairs = list(zip(intake["source_file"].to_pylist(), intake["source_sheet"].to_pylist(), strict=True))
        numbers = {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}
        of_sheet = spoken.fields(files)
        self.fields = [of_sheet.get(pair, spoken.everything()) for pair in numbers]
        self.of_row = pa.array([numbers[pair] for pair in pairs], pa.int32())

    def silent(self, name: str) -> Any:
        """For every row, whether its sheet does not ask for the field; None where all ask."""
        import pyarrow as pa

        silent = [name not in fields for fields in self.fields]
        return pa.array(silent).take(self.of_row) if any(silent) else None


def _with_what_no_sheet_asked(intake: "pa.Table", old: "pa.Table", sheets: _Sheets) -> "pa.Table":
    """`intake` with the old value of each field that its sheet has no column for."""
    import pyarrow.compute as pc

    kept: dict[str, Any] = {}
    for name in about():
        silent = sheets.silent(name)
        if silent is None or not any(old[column].null_count < old.num_rows for column in columns_of(name)):
            continue
        keep = pc.and_(silent, pc.invert(_stated(intake, name)))
        kept[name] = keep
        for column in columns_of(name):
            place = intake.schema.get_field_index(column)
            intake = intake.set_column(place, column, pc.if_else(keep, old[column], intake[column]))
    return _with_old_qualifiers(intake, old, kept)


def _with_old_qualifiers(intake: "pa.Table", old: "pa.Table", kept: dict[str, Any]) -> "pa.Table":
    """A value that is kept keeps its qualifier. Few rows have any, so these go one by one."""
    import pyarrow as pa

    rows = _qualified(old)
    if not rows or not kept:
        return intake
    new = intake["qualifiers"].to_pylist()
    for row in rows:
        pairs = [pair for pair in old["qualifiers"][row].as_py() if pair[0] in kept and kept[pair[0]][row].as_py()]
        new[row] = sorted({**dict(new[row] or ()), **dict(pairs)}.items())
    place = intake.schema.get_field_index("qualifiers")
    return intake.set_column(place, intake.schema.field(place), pa.array(new, intake.schema.field(place).type))


def _qualified(table: "pa.Table") -> list[int]:
    """The rows with a qualifier, found by the offsets: most maps are empty, and none need be built to see that."""
    import numpy as np

    found: list[int] = []
    start = 0
    for chunk in table["qualifiers"].chunks:
        found += (np.flatnonzero(np.diff(chunk.offsets.to_numpy())) + start).tolist()
        start += len(chunk)
    return found


def _requalified(intake: "pa.Table", old: "pa.Table") -> Any:
    """For every row, whether its qualifiers are others than before."""
    import pyarrow as pa

    found = [False] * intake.num_rows
    for row in {*_qualified(intake), *_qualified(old)}:
        found[row] = sorted(intake["qualifiers"][row].as_py() or ()) != sorted(old["qualifiers"][row].as_py() or ())
    return pa.array(found)


def _stated(table: "pa.Table", name: str) -> Any:
    import pyarrow.compute as pc

    return _any(pc.is_valid(table[column]) for column in columns_of(name))


def _vanished(intake: "pa.Table", old: "pa.Table", name: str) -> Any:
    import pyarrow.compute as pc

    return pc.and_(_stated(old, name), pc.invert(_stated(intake, name)))


def _differs(intake: "pa.Table", old: "pa.Table", name: str) -> Any:
    """For every row, whether a field has another value; unknown and unknown is the same."""
    import pyarrow.compute as pc

    pairs = [(intake[column], old[column]) for column in columns_of(name)]
    return _any(pc.coalesce(pc.not_equal(a, b), pc.xor(pc.is_valid(a), pc.is_valid(b))) for a, b in pairs)


def _any(columns: Iterable[Any]) -> Any:
    import pyarrow.compute as pc

    return reduce(pc.or_, columns)


def _count(column: Any) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(column).as_py() or 0)


def _confirmed(table: "pa.Table", number: int) -> "pa.Table":
    import pyarrow as pa

    place = table.schema.get_field_index("confirmed_round")
    return table.set_column(place, table.schema.field(place), pa.repeat(pa.scalar(number, pa.int64()), table.num_rows))
