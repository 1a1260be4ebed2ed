"""A field and what a person wrote as its right value in; the value, read as a sheet would be, out."""

from typing import Any

from coverage_census.ingest.cells import amounts, choices, codes, counts, parsers
from coverage_census.ingest.cells.clean import UNREADABLE, as_text
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.privacy import redact
from coverage_census.model import stated_day
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
    found: Any = parsers.parser(field)(written)
    if about()[field].holds == "date" and isinstance(written, str):
        found = _day(field, found, written)
    if found is None or found is UNREADABLE or getattr(found, "qualifier", None) is not None:
        return None
    if isinstance(found, parsers.TownshipCell):
        found = found.township if field == "township" else found.county
    elif isinstance(found, amounts.Amount):
        found = found.value
    if isinstance(found, str) and redact.redact_of(field, found):
        return None
    return found if isinstance(found, (str, int, float, bool)) else None


def may_stand(field: str, written: Cell) -> bool:
    """Whether a field that is no text can be read of an answer: 许多 for a total would let its parts decide for that
    person, 看情况 for a yes or no would leave it open again."""
    if field not in about() or about()[field].holds == "text":
        return True
    if about()[field].holds == "count":
        return isinstance(counts.parse(written), counts.Count)
    if parsers.parser(field)(written) is not UNREADABLE or read(field, written) is not None:
        return True
    # 联合党支部 answers whether there is one
    return field == "has_org" and not {choices.org_form(written), choices.org_level(written)} <= {None, UNREADABLE}


def _day(field: str, found: Any, written: str) -> Any:
    """A period is its last day only where it says so (三季度末), or where something is planned for it."""
    whole_year = isinstance(found, str) and len(found) == 4
    if found is UNREADABLE or (whole_year and field == "planned_on"):
        return stated_day.stated(written) or found
    return found
