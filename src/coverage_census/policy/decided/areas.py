"""Names of areas in; the organisations of a round that lie there, as columns or as rows, out."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from coverage_census.model.record import Facts, Row
from coverage_census.policy.decide.frames import Frame

if TYPE_CHECKING:
    import narwhals as nw

    from coverage_census.places.areas import Area


PLACES = ("county", "township")


def within(frame: Frame, areas: Iterable[str], columns: Collection[str]) -> Frame:
    """Only the rows of these areas; a name that none of `columns` holds is refused with the nearest ones."""
    import narwhals as nw

    wanted = tuple(areas)
    if not wanted:
        return frame
    from coverage_census.policy.decide.frames import rows

    there = rows(frame.select(*columns).unique())
    return frame.filter(nw.any_horizontal(*(_flag(area, columns) for area in meant(there, wanted)), ignore_nulls=True))


def inside(frame: Frame, areas: Collection[str]) -> Frame:
    """The same by the names of the ledger (none: all); an area that is not there has no row, and nothing is refused."""
    import narwhals as nw

    if not areas:
        return frame
    return frame.filter(nw.any_horizontal(*(nw.col(place).is_in(list(areas)) for place in PLACES), ignore_nulls=True))


def _flag(area: "Area", columns: Collection[str]) -> "nw.Expr":
    import narwhals as nw

    named = nw.any_horizontal(*((nw.col(name) == area.name).fill_null(False) for name in columns), ignore_nulls=True)
    return named if area.county is None else named & (nw.col("county") == area.county).fill_null(True)


def among(every: Sequence[Row], areas: Iterable[str], columns: Collection[str]) -> Sequence[Row]:
    """The same of a few rows."""
    wanted = tuple(areas)
    if not wanted:
        return every
    found = meant([{name: row[name] for name in columns} for row in every], wanted)
    return [row for row in every if any(area.has(row["county"], *(row[name] for name in columns)) for area in found)]


def meant(rows: Iterable[Facts], areas: Iterable[str]) -> "tuple[Area, ...]":
    """The areas that these names stand for, among the places of the rows."""
    from coverage_census.places import areas as spelled

    there = list(rows)
    others = {str(value) for row in there for name, value in row.items() if name not in PLACES and value is not None}
    return spelled.meant(areas, {(row.get("county"), row.get("township")) for row in there}, others)


def values(frame: Frame, columns: Iterable[str]) -> set[str]:
    """Every text that stands in one of these columns."""
    from coverage_census.policy.decide.frames import rows

    found = (row[name] for name in columns for row in rows(frame.select(name).unique()))
    return {str(value) for value in found if value is not None}
