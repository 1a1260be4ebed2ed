"""Names of areas in; the organisations of a round that lie there, as columns or as rows, out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coverage_census.places.areas import Area


PLACES = ("county", "township")


def within(frame: Any, areas: Iterable[str], columns: Collection[str]) -> Any:
    """Only the rows of these areas; a name that none of `columns` holds is refused with the nearest ones."""
    import narwhals as nw

    wanted = tuple(areas)
    if not wanted:
        return frame
    from coverage_census.policy.decide.frames import rows

    there = rows(frame.select(*columns).unique())
    return frame.filter(nw.any_horizontal(*(_flag(area, columns) for area in meant(there, wanted)), ignore_nulls=True))


def inside(frame: Any, areas: Collection[str]) -> Any:
    """The same by the names of the ledger (none: all); an area that is not there has no row, and nothing is refused."""
    import narwhals as nw

    if not areas:
        return frame
    return frame.filter(nw.any_horizontal(*(nw.col(place).is_in(list(areas)) for place in PLACES), ignore_nulls=True))


def _flag(area: "Area", columns: Collection[str]) -> Any:
    import narwhals as nw

    named = nw.any_horizontal(*((nw.col(name) == area.name).fill_null(False) for name in columns), ignore_nulls=True)
    return named if area.county is None else named & (nw.col("county") == area.county).fill_null(True)


def among(every: Sequence[dict[str, Any]], areas: Iterable[str], columns: Collection[str]) -> Sequence[dict[str, Any]]:
    """The same of a few rows."""
    wanted = tuple(areas)
    if not wanted:
        return every
    found = meant([{name: row[name] for name in columns} for row in every], wanted)
    return [row for row in every if any(area.has(row["county"], *(row[name] for name in columns)) for area in found)]


def meant(rows: Iterable[Mapping[str, Any]], areas: Iterable[str]) -> "tuple[Area, ...]":
    """The areas that these names stand for, among the places of the rows."""
    from coverage_census.places import areas as spelled

    there = list(rows)
    others = {str(value) for row in there for name, value in row.items() if name not in PLACES and value is not None}
    return spelled.meant(areas, {(row.get("county"), row.get("township")) for row in there}, others)


def values(frame: Any, columns: Iterable[str]) -> set[str]:
    """Every text that stands in one of these columns."""
    from coverage_census.policy.decide.frames import rows

    found = (row[name] for name in columns for row in rows(frame.select(name).unique()))
    return {str(value) for value in found if value is not None}
