"""Rounds and sheets in; what follows where census.toml names another county (县) than when sheets came in, out.

Of a sheet that names no county, in no folder that does, census.toml says it. Where that changes, the sheets that were
entered before are of the new county too, be they read again or not: the organisations are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger.store.force import in_force
from coverage_census.model.reading import FileReading, SheetReading
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class SetCounty:
    """`now`: what census.toml said of the sheets that came in last; `before`: what it had said of earlier ones."""

    now: str | None = None
    before: frozenset[str] = frozenset()

    def of(self, county: str | None) -> str | None:
        return self.now if county in self.before else county


def set_county(rounds: Sequence[Round], files: Iterable[FileReading] = ()) -> SetCounty:
    """`files`: what comes in after these rounds."""
    news = {sheet.county for sheet in _sheets(files)}
    earlier = [{sheet.county for sheet in _sheets(each.files)} for each in in_force(rounds)]
    now = next((min(each, key=str) for each in (news, *reversed(earlier)) if each), None)
    named = {county for each in (news, *earlier) for county in each if county}
    return SetCounty(now, frozenset(named - {now}))


def rounds_as_set(rounds: Sequence[Round], found: SetCounty) -> tuple[Round, ...]:
    """The rounds with their sheets and scopes under the county of today."""
    return tuple(_as_set(each, found) for each in rounds) if found.before else tuple(rounds)


def table_as_set(table: "pa.Table", rounds: Sequence[Round], found: SetCounty) -> "pa.Table":
    """The rows likewise; sheets with a column for the county say it themselves."""
    import pyarrow as pa

    if not found.before:
        return table
    places = {
        (each.number, file.file, sheet.sheet)
        for each in rounds
        for file in each.files
        for sheet in _sheets([file])
        if not any(column.field == "county" for column in sheet.columns)
    }
    columns = (table[name].to_pylist() for name in ("confirmed_round", "source_file", "source_sheet"))
    county = [
        found.of(said) if place in places else said
        for said, place in zip(table["county"].to_pylist(), zip(*columns, strict=True), strict=True)
    ]
    at = table.schema.get_field_index("county")
    return table.set_column(at, table.schema.field(at), pa.chunked_array([pa.array(county, pa.string())]))


def _sheets(files: Iterable[FileReading]) -> Iterator[SheetReading]:
    for file in files:
        if file.refused is None:
            yield from (sheet for sheet in file.sheets if sheet.county_from == "settings" and sheet.data_rows)


def _as_set(each: Round, found: SetCounty) -> Round:
    ours = {sheet.county for sheet in _sheets(each.files)} & found.before
    if not ours:
        return each
    stated = {sheet.county for file in each.files for sheet in file.sheets if sheet.county_from is None}
    scopes = (
        scope.model_copy(update={"county": found.now}) if scope.county in ours - stated else scope
        for scope in each.scopes
    )
    files = (
        file.model_copy(update={"sheets": tuple(_sheet(sheet, found) for sheet in file.sheets)}) for file in each.files
    )
    return each.model_copy(update={"scopes": tuple(dict.fromkeys(scopes)), "files": tuple(files)})


def _sheet(sheet: SheetReading, found: SetCounty) -> SheetReading:
    return sheet.model_copy(update={"county": found.of(sheet.county)}) if sheet.county_from == "settings" else sheet
