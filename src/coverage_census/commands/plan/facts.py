"""A round under a policy in; its organisations as the plans of officers and mass organisations look at them out."""

from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.commands.basis import PLACES, Basis, among
from coverage_census.model.reading import Subject

Row = Mapping[str, Any]


def rows(found: Basis, areas: Sequence[str]) -> list[dict[str, Any]]:
    """The organisations of these areas with all their facts, in one order whatever the ledger's is."""
    from coverage_census.policy.decide import frames, records

    chosen = among(frames.plain_rows(found.table), areas, ("township", "county"))
    chosen = sorted(chosen, key=lambda row: tuple(row[name] or "" for name in (*PLACES, "name", "uscc", "code")))
    return records.completed(chosen, found.policy)


def subject(row: Row) -> Subject:
    return Subject(name=row["name"], uscc=row["uscc"], county=row["county"], township=row["township"])


def key(each: Subject) -> tuple[str, ...]:
    """What one organisation is known by from round to round."""
    return (each.uscc,) if each.uscc else (each.name, each.county or "", each.township or "")


def townships(chosen: Sequence[Row]) -> dict[str, frozenset[str]]:
    """Each township, with the counties that have one of that name (empty: not stated)."""
    found: dict[str, set[str]] = {}
    for row in chosen:
        if row["township"]:
            found.setdefault(row["township"], set()).add(row["county"] or "")
    return {name: frozenset(counties) for name, counties in found.items()}
