"""`gaps`, `explain` and `indicators`: a round of the ledger in, decisions under a policy out."""

from collections.abc import Sequence
from typing import Any

from coverage_census.commands.facts import PLACES, Basis, basis, within
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model import Decision, Indicator
from coverage_census.policy import coverage
from coverage_census.policy import explain as explaining
from coverage_census.policy import indicators as rates
from coverage_census.policy.frames import rows
from coverage_census.results import Explanation, GapList, GapTable

GROUPS: dict[str, coverage.Group] = {
    "county": "county",
    "township": "township",
    "kind": "kind",
    "industry": "industry",
    "zone": "zone",
    "scale": "above_scale",
}
_SHOWN = 8  # names offered where several organisations match


def gaps(session: Session, areas: Sequence[str], by: str | None) -> GapTable:
    """Coverage by `by` (townships where nothing is asked), within these areas only."""
    found = basis(session)
    by = by or "township"
    frame = found.decided(carry={*coverage.fields(GROUPS[by]), *_area_columns(by)})
    frame = within(frame, areas, _area_columns(by))
    lines = coverage.by(frame, GROUPS[by], found.policy)
    return GapTable(by, tuple(lines), coverage.total(lines), found.round, found.stamp)


def gap_list(session: Session, areas: Sequence[str], by: str | None) -> GapList:
    """Every decision on every organisation within these areas."""
    found = basis(session)
    frame = within(found.facts(), areas, _area_columns(by))
    return GapList(every_decision(rows(frame), found, session), found.round, found.stamp)


def every_decision(facts: Sequence[dict[str, Any]], found: Basis, session: Session) -> tuple[Decision, ...]:
    """All rules applied to these rows."""
    return tuple(each for row in facts for each in explaining.decisions(row, found.policy, session.words))


def explain(session: Session, asked: str) -> Explanation:
    """The one organisation that is meant, its decisions and the cells its facts came from."""
    from coverage_census.ledger import rounds
    from coverage_census.tables import from_row

    found = basis(session)
    row = _one(found, asked)
    sources = rounds.sources(session.settings.ledger, found.round)
    return Explanation(
        organisation=from_row(row),
        decisions=explaining.decisions(row, found.policy, session.words),
        places=_places(row, sources),
        round=found.round,
        stamp=found.stamp,
    )


def indicators(session: Session, codes: Sequence[str]) -> list[Indicator]:
    """The rates that were asked for, else all of them."""
    found = basis(session)
    frame = found.decided(carry=rates.fields(tuple(codes)))
    return rates.compute(frame, found.policy, session.words, found.round.as_of, tuple(codes))


def _area_columns(by: str | None) -> tuple[str, ...]:
    """Where the name of an area may stand: in the grouping's own column, or it is a county or township."""
    own = GROUPS[by] if by else "township"
    return (own, *(place for place in PLACES if place != own)) if own not in {"kind", "above_scale"} else PLACES


def _one(found: Basis, asked: str) -> dict[str, Any]:
    """The row of the organisation with this code, this name, or the only one whose name contains it."""
    import narwhals as nw

    facts = found.facts()
    name = nw.col("name")
    for condition in (nw.col("uscc") == asked.strip().upper(), name == asked, name.str.contains(asked, literal=True)):
        matching = rows(facts.filter(condition.fill_null(False)))
        if len(matching) == 1:
            return matching[0]
        if matching:
            names = "、".join(_named(row) for row in matching[:_SHOWN])
            raise CensusError("several_organisations", name=asked, count=len(matching), names=names)
    raise CensusError("unknown_organisation", name=asked, near="、".join(_near(facts, asked)))


def _near(facts: Any, asked: str) -> list[str]:
    from rapidfuzz import fuzz, process

    names = [row["name"] for row in rows(facts.select("name"))]
    return [match[0] for match in process.extract(asked, names, scorer=fuzz.ratio, limit=5)]


def _named(row: dict[str, Any]) -> str:
    return f"{row['name']}（{row['township']}）" if row.get("township") else str(row["name"])


def _places(row: dict[str, Any], sources: Sequence[Any]) -> dict[str, str]:
    """Field → file!sheet!cell, from the column map of the sheet that last named the organisation."""
    for source in sources:
        if (source.file.file, source.round) != (row["source_file"], row["confirmed_round"]):
            continue
        for sheet in source.file.sheets:
            if sheet.sheet == row["source_sheet"]:
                where = f"{source.file.file}!{sheet.sheet}!"
                return {
                    column.field: where
                    + (column.column if column.column[-1:].isdigit() else f"{column.column}{row['source_row']}")
                    for column in sheet.columns
                    if column.field
                }
    return {}
