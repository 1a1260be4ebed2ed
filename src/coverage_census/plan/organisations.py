"""Rows of a round in; their townships, each with the counties that have one of that name, out."""

from collections.abc import Sequence

from coverage_census.model.record import Facts


def townships(chosen: Sequence[Facts]) -> dict[str, frozenset[str]]:
    """Each township, with the counties that have one of that name (empty: not stated)."""
    found: dict[str, set[str]] = {}
    for row in chosen:
        if row["township"]:
            found.setdefault(row["township"], set()).add(row["county"] or "")
    return {name: frozenset(counties) for name, counties in found.items()}
