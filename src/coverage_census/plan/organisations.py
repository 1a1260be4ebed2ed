"""Rows of a round in; organisations as plans know them from round to round, and their townships, out."""

from collections.abc import Mapping, Sequence
from typing import Any

from coverage_census.model.reading import Subject

Row = Mapping[str, Any]


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
