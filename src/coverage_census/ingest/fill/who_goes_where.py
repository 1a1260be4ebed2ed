"""The organisations and the tables of a form in; who goes into which table, and why some go into none, out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from coverage_census.ingest.fill import ended
from coverage_census.ingest.fill.layout import Region, TableToFill
from coverage_census.ingest.layout.context import Context
from coverage_census.model.organisation import Organisation
from coverage_census.places import divisions


@dataclass
class TableShare:
    """What goes into one table: for each of its regions the organisations, in their order."""

    table: TableToFill
    parts: list[list[Organisation]] = field(default_factory=list)


def shares(
    tables: Sequence[TableToFill], organisations: Sequence[Organisation]
) -> tuple[list[TableShare], Counter[str]]:
    """Every table takes all that its title and its sections speak of; who is in no table is counted by the reason."""
    found = [TableShare(table, [[] for _ in table.regions]) for table in tables]
    left: Counter[str] = Counter()
    for each in organisations:
        reasons = [_place(each, share) for share in found]
        if all(reasons) and reasons:
            left[str(reasons[0])] += 1
    return found, left


def refused(each: Organisation, says: Context) -> str | None:
    """Why a form that says this of itself is not for the organisation: its kind, its place; None where it is."""
    if says.kind is not None and each.kind != says.kind:
        return "kind" if each.kind is not None else "no_kind"
    if says.township is not None and each.township != says.township:
        return "township" if each.township is not None else "no_township"
    known = says.county is not None and divisions.county(says.county)
    return "county" if known and each.county not in (None, says.county) else None


def _place(each: Organisation, share: TableShare) -> str | None:
    if reason := ended.refused(each, share.table.gone) or refused(each, share.table.says):
        return reason
    reason = None
    for region, part in zip(share.table.regions, share.parts, strict=True):
        reason = refused(each, region.says) or _village(each, region)
        if reason is None:
            part.append(each)
            return None
    return reason


def _village(each: Organisation, region: Region) -> str | None:
    return "village" if region.village is not None and each.village != region.village else None
