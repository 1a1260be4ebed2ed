"""A filled form and who was put where in; it is read as any form is, and what it says otherwise is counted."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from coverage_census.ingest.containers import grids
from coverage_census.ingest.fill.tables import FilledPlace
from coverage_census.ingest.fill.words import agrees
from coverage_census.ingest.sheets import any_sheet
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import Organisation


def read_back(
    data: bytes, request_file: str, county: str | None, office: Mapping[str, str]
) -> dict[tuple[str, int], Organisation]:
    """The organisations that the filled form gives, by sheet and row."""
    from coverage_census.ingest.records import arrow
    from coverage_census.model import tables

    incoming = Incoming(Path(request_file), request_file, county)
    facts = []
    for grid in grids.open_grids(data, ".xlsx").grids:
        facts += any_sheet.read(grid, incoming, office).facts
    found = {}
    for each in tables.records(arrow.table(facts)):
        if each.source is not None and each.source.row is not None:
            found[each.source.sheet or "", each.source.row] = each
    return found


def differences(
    placed: Sequence[FilledPlace], read: Mapping[tuple[str, int], Organisation]
) -> list[tuple[FilledPlace, int]]:
    """Each cell that does not say what the ledger says, by its organisation and column."""
    found = []
    for each in placed:
        theirs = read.get((each.sheet, each.row))
        for index, name in each.said.items():
            if theirs is None or not agrees(name, each.organisation, theirs):
                found.append((each, index))
    return found
