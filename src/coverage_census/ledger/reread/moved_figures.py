"""States of the ledger before and after files were read again in; which figures moved by it, out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.ledger.reread.rows import Anew
from coverage_census.ledger.set_county import SetCounty
from coverage_census.ledger.store.parquet import Column
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level, Problem

if TYPE_CHECKING:
    import pyarrow as pa

_FIGURES = {"count": "read_anew_sum", "number": "read_anew_sum", "flag": "read_anew_yes"}


_FIGURE_CODES = frozenset({"read_anew", "read_anew_county", *_FIGURES.values()})

Values = dict[str, str | int | float | None]


@dataclass(frozen=True)
class StateSide:
    """A state as of `day` before and after; what was a row before stands at the same place after, unless it `went`."""

    day: str
    before: "pa.Table"
    after: "pa.Table"
    went: Collection[int] = ()


def figures(sides: Iterable[StateSide], anew: Anew, *, alone: bool) -> tuple[Problem, ...]:
    """Field by field, of the present and of past days; `alone`: nothing else came in."""
    if not anew:
        return ()
    return tuple(one for side in sides for one in _moved(side, anew, alone=alone))


def county(side: StateSide, found: SetCounty, pairs: Collection[tuple[str | None, int | None]]) -> tuple[Problem, ...]:
    """That organisations followed census.toml into another county whose sheets were not at hand to be read again;
    `pairs`: file and round of those that were."""
    if not found.before:
        return ()
    columns = (_stayed(side)[name].to_pylist() for name in ("source_file", "confirmed_round", "county"))
    rows = zip(*columns, side.after["county"].to_pylist(), strict=False)
    went = [
        (old, file)
        for file, number, old, new in rows
        if old in found.before and new == found.now and (file, number) not in pairs
    ]
    if not went:
        return ()
    values: Values = {"old": "、".join(sorted({old for old, _ in went})), "new": found.now, "count": len(went)}
    return (Problem(code="county_follows", level=Level.NOTE, file=went[0][1], field="county", values=values),)


def _stayed(side: StateSide) -> "pa.Table":
    """The rows before that are there after, in their order."""
    import pyarrow as pa

    stayed = [row for row in range(side.before.num_rows) if row not in side.went]
    return side.before.take(pa.array(stayed, pa.int64()))


def together(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Of several steps: one figure is told once, as it was before the first and is after the last."""
    found: dict[object, Problem] = {}
    for place, each in enumerate(problems):
        key = (each.code, each.field, each.values["day"]) if each.code in _FIGURE_CODES else place
        first = found.get(key)
        if first is not None:
            kept = {name: first.values[name] for name in ("old", "was") if name in first.values}
            changed = max(int(one.values["changed"] or 0) for one in (first, each))
            each = first.model_copy(update={"values": each.values | kept | {"changed": changed}})
        found[key] = each
    return tuple(found.values())


def _moved(side: StateSide, anew: Anew, *, alone: bool) -> Iterator[Problem]:
    import pyarrow as pa

    then = _stayed(side)
    now = side.after.slice(0, then.num_rows)
    if not alone:
        pairs = {pair for origin in anew.values() for pair in origin.pairs}
        rests = zip(then["source_file"].to_pylist(), then["confirmed_round"].to_pylist(), strict=True)
        own = pa.array([row for row, pair in enumerate(rests) if pair in pairs], pa.int64())
        then, now = then.take(own), now.take(own)
    file = min(anew)
    for name, note in about().items():
        old, new = _values(then, name), _values(now, name)
        changed = sum(one != other for one, other in zip(old, new, strict=True))
        if changed and name not in ("name", "uscc"):
            values: Values = {
                "old": _known(old),
                "new": _known(new),
                "changed": changed,
                "day": side.day,
            }
            code = "read_anew_county" if name == "county" else _FIGURES.get(note.holds, "read_anew")
            if name == "county":
                values |= {"was": _named(then[name]), "is": _named(now[name])}
            elif code != "read_anew":
                values |= {"was": _sum(then[name]), "is": _sum(now[name])}
            yield Problem(code=code, level=Level.NOTE, file=file, field=name, values=values)


def _known(values: Sequence[tuple[object, ...]]) -> int:
    return sum(any(cell is not None for cell in value) for value in values)


def _sum(column: Column) -> int | float:
    """Of figures their sum, of yes and no how often it is yes."""
    import pyarrow.compute as pc

    total = pc.sum(column).as_py() or 0
    return int(total) if total == int(total) else round(total, 2)


def _named(column: Column) -> str:
    return "、".join(sorted(column.drop_null().unique().to_pylist())) or "—"


def _values(table: "pa.Table", name: str) -> list[tuple[object, ...]]:
    return list(zip(*(table[column].to_pylist() for column in columns_of(name)), strict=True))
