"""A field and what a person wrote as its right value in; the value, read as a sheet would be, out."""

from typing import Any

from coverage_census.ingest import codes, counts, privacy, values
from coverage_census.ingest.cleaning import UNREADABLE, as_text
from coverage_census.ingest.grid import Cell
from coverage_census.model.organisation import about


def read(field: str, written: Cell) -> str | int | float | bool | None:
    """None where it cannot be read, says nothing, is not exact, or may be a person's number."""
    if field not in about():
        return None
    if field == "uscc":
        code = as_text(written).strip().upper()
        return code if codes.valid(code) else None
    if about()[field].holds == "count":
        count = counts.parse(written)
        return count.value if isinstance(count, counts.Count) and count.qualifier is None else None
    found: Any = values.parser(field)(written)
    if found is None or found is UNREADABLE or getattr(found, "qualifier", None) is not None:
        return None
    if isinstance(found, values.Place):
        found = found.township if field == "township" else found.county
    elif isinstance(found, values.Amount):
        found = found.value
    if isinstance(found, str) and privacy.redact(found):
        return None
    return found if isinstance(found, (str, int, float, bool)) else None
