"""Rows and sheets in; the county of rows for which nobody named one: the only county that occurs, if one alone does.

Such a county is marked `derived` and worked out anew with every round: where a second county turns up later, a row of
which no sheet said anything is open again, in whatever order the files came.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.store.force import in_force
from coverage_census.model.choices import Qualifier
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.model.rounds import Round
from coverage_census.places import divisions

if TYPE_CHECKING:
    import pyarrow as pa

Values = dict[str, str | int | float | None]
_RANKS = ("县", "市", "区", "旗")
_ENOUGH = 3  # codes of one county, before they tell which county a ledger is of
_SHOWN = 6  # sheets that a question names
MANY = 10_000  # rows of which the different ones are worth finding by machine


@dataclass(frozen=True)
class Placing:
    """Every county that somebody named, by its whole name; `county`: the one for whoever names none (None: open)."""

    named: tuple[str, ...] = ()
    county: str | None = None

    @property
    def is_open(self) -> bool:
        """Two counties occur: of which one a sheet is that names none, only a person can say."""
        return len(self.named) > 1


def judge(
    tables: Sequence["pa.Table"],
    files: Sequence[FileReading],
    rounds: Sequence[Round],
    again: Collection[str | None] = (),
) -> Placing:
    """`tables` hold what sheets stated (`as_stated`); titles and folders count as well, those of earlier rounds too.

    `again`: hashes of files that are being read again: what was understood of them then counts no more.
    """
    named = {each for table in tables for each in _distinct(table["county"])}
    whole = tuple(sorted(_whole({*named, *_of_files(files), *of_rounds(rounds, again)})))
    if len(whole) == 1:
        return Placing(whole, whole[0])
    return Placing(whole, None if whole else _by_codes(tables))


def _distinct(column: "pa.ChunkedArray") -> Iterable[str | None]:
    """Of few rows all: what finds the different ones takes longer to be loaded."""
    return (column.unique() if len(column) > MANY else column).to_pylist()  # type: ignore[no-any-return]


def only_of(rounds: Sequence[Round]) -> str | None:
    """The county of scopes that name none, as far as manifests tell."""
    last = as_read_last(rounds)
    scopes = (scope for each in rounds if last.get(each.number) for scope in each.scopes)
    whole = _whole({*of_rounds(rounds), *(scope.county for scope in scopes)})
    return next(iter(whole)) if len(whole) == 1 else None


def of_rounds(rounds: Sequence[Round], without: Collection[str | None] = ()) -> set[str | None]:
    """The counties that sheets of the rounds in force speak of, each file as it was read last; `without`: hashes."""
    left = (file for files in as_read_last(rounds).values() for file in files)
    return _of_files(file for file in left if file.sha256 is None or file.sha256 not in without)


def as_read_last(rounds: Sequence[Round]) -> dict[int, tuple[FileReading, ...]]:
    """Number of a round in force → its files, without those that were read anew later."""
    seen, found = set[str | None](), dict[int, tuple[FileReading, ...]]()
    for each in reversed(in_force(rounds)):
        found[each.number] = tuple(file for file in each.files if file.sha256 is None or file.sha256 not in seen)
        seen |= {file.sha256 for file in each.files}
    return found


def as_stated(table: "pa.Table") -> "pa.Table":
    """The table without the counties that nobody stated."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ours = _derived(table)
    if not pc.any(ours).as_py():
        return table
    blank = pc.if_else(ours, pa.scalar(None, pa.string()), table["county"])
    return _with(table, blank, ours, None)


def filled(table: "pa.Table", placing: Placing) -> "pa.Table":
    """The table with the county of `placing` where none was stated, and 岳西 written as 岳西县 where that occurs."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = _spelled(table, placing.named)
    missing = pc.is_null(table["county"])
    if placing.county is None or not pc.any(missing).as_py():
        return table
    county = pc.if_else(missing, pa.scalar(placing.county), table["county"])
    return _with(table, county, missing, Qualifier.DERIVED)


def asked(table: "pa.Table", placing: Placing) -> tuple[Problem, ...]:
    """One question for all sheets that name no county where several occur; `table`: rows as they were placed."""
    import pyarrow.compute as pc

    if not placing.is_open:
        return ()
    lost = table.filter(pc.is_null(table["county"])).select(["source_file", "source_sheet"])
    sheets = [(row["source_file"], row["source_sheet"]) for row in lost.to_pylist()]
    return tuple(_question(list(dict.fromkeys(sheets)), placing)) if sheets else ()


def assumed(table: "pa.Table", news: Sequence[FileReading], placing: Placing) -> tuple[Problem, ...]:
    """One note that says of which county the sheets were taken to be that came in now and name none."""
    if placing.county is None:
        return ()
    import pyarrow.compute as pc

    lost = table.filter(pc.is_null(table["county"]))["source_file"].unique().to_pylist()
    files = [each.file for each in news if each.file in set(lost)]
    if not files:
        return ()
    values: Values = {"county": placing.county, "count": len(files), "files": "、".join(files[:_SHOWN])}
    code = "county_assumed" if placing.named else "county_by_codes"
    return (Problem(code=code, level=Level.NOTE, file=files[0], field="county", values=values),)


def _question(sheets: Sequence[tuple[str | None, str | None]], placing: Placing) -> Iterator[Problem]:
    names = "、".join("!".join(filter(None, each)) for each in sheets[:_SHOWN])
    values: Values = {"counties": "、".join(placing.named), "count": len(sheets)}
    values["sheets"] = names if len(sheets) <= _SHOWN else f"{names}…"
    yield Problem(code="county_open", level=Level.NOTE, file=sheets[0][0] or "", field="county", values=values)


def _of_files(files: Iterable[FileReading]) -> set[str | None]:
    return {sheet.county for file in files if file.refused is None for sheet in file.sheets}


def _whole(named: Collection[str | None]) -> set[str]:
    """Each county once: 岳西 is 岳西县 where that is named too."""
    known = {each for each in named if each}
    return {each for each in known if not _fuller(each, known)}


def _fuller(name: str, known: Collection[str]) -> list[str]:
    return [name + rank for rank in _RANKS if name + rank in known]


def _spelled(table: "pa.Table", named: Collection[str]) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    column = table["county"]
    for name in column.unique().to_pylist():
        fuller = _fuller(name, named) if name else []
        if len(fuller) == 1:
            column = pc.if_else(pc.equal(column, name), pa.scalar(fuller[0]), column)
    return table if column is table["county"] else table.set_column(*_at(table, "county"), column)


def _by_codes(tables: Sequence["pa.Table"]) -> str | None:
    """The county in which all codes were given out, if it is one and the divisions know it."""
    codes = {code for table in tables for code in table["uscc"].drop_null().unique().to_pylist()}
    places = {code[2:8] for code in codes}
    if len(codes) < _ENOUGH or len(places) != 1:
        return None
    found = divisions.county(places.pop())
    return found[0].name if len(found) == 1 else None


def _derived(table: "pa.Table") -> object:
    """For every row whether its county is one of ours."""
    import pyarrow as pa
    import pyarrow.compute as pc

    said = pc.map_lookup(table["qualifiers"], pa.scalar("county"), "first")
    return pc.fill_null(pc.equal(said, Qualifier.DERIVED.value), False)


def _with(table: "pa.Table", county: Any, rows: Any, qualifier: Qualifier | None) -> "pa.Table":
    """The table with another county column, and in `rows` another qualifier of it."""
    import pyarrow as pa

    pairs = table["qualifiers"].to_pylist()
    for row, ours in enumerate(rows.to_pylist()):
        if ours:
            others = [pair for pair in pairs[row] or () if pair[0] != "county"]
            pairs[row] = sorted([*others, ("county", qualifier.value)] if qualifier else others)
    qualifiers = pa.chunked_array([pa.array(pairs, table.schema.field("qualifiers").type)])
    return table.set_column(*_at(table, "county"), county).set_column(*_at(table, "qualifiers"), qualifiers)


def _at(table: "pa.Table", name: str) -> tuple[int, "pa.Field"]:
    place = table.schema.get_field_index(name)
    return place, table.schema.field(place)
