"""A canonical field in; the parser for the cells of its column out."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from coverage_census.ingest.cells import amounts, choices, codes, counts, dates, options, places
from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare, written
from coverage_census.model.organisation import about

Parser = Callable[[Any], Any]


class TownshipCell(NamedTuple):
    """A 所属乡镇 cell."""

    county: str | None
    township: str | None


_SPECIAL: dict[str, Parser] = {
    "uscc": codes.parse,
    "above_scale": choices.above_scale,
    "venue": choices.venue,
    "active": choices.active,
    "star": choices.star,
    "kind": choices.kind,
    "org_form": choices.org_form,
    "org_level": choices.org_level,
    "operating_status": choices.operating_status,
    "responsibility": choices.responsibility,
    "coverage": choices.coverage,
    "has_union": choices.mass_organisation,
    "has_league": choices.mass_organisation,
    "has_women_org": choices.mass_organisation,
}


def parser(field: str, hint: str = "") -> Parser:
    """The parser of a field's cells; `hint` is what the heading says in brackets (万元, 元)."""
    if field in _SPECIAL:
        return _SPECIAL[field]
    if field in ("township", "county"):
        return place
    if field == "planned_on":
        return lambda value: dates.parse(value, planned=True)
    holds = about()[field].holds if field in about() else "text"
    if holds == "number":
        return amounts.reader(about()[field].yuan or 1.0, hint)
    by_kind: dict[str, Parser] = {"count": counts.parse, "flag": choices.flag, "date": dates.parse}
    return by_kind.get(holds) or _text_of(field)


def text(value: Any) -> str | None:
    """A text that says something; 无, — and 暂无 are nothing."""
    found = written(value)
    if found is None:
        return None
    if len(found) <= 4:
        plain = bare(found)
        if plain.lower() in NOTHING or plain in NONE_WORDS or plain in choices.CROSSES:
            return None
    return found


def place(value: Any) -> TownshipCell | Mark | None:
    """A township; no place has a long number in its name."""
    found = text(value)
    if found and re.search(r"\d(?:[- ]?\d){4}", found):
        return UNREADABLE
    return TownshipCell(*places.township_of(found)) if found else None


def option_text(value: Any) -> str | None:
    """A text that a form may offer as options: what is ticked."""
    if isinstance(value, str) and (found := options.marked(value)) is not None and len(found.labels) > 1:
        return text("、".join(found.chosen))
    return text(value)


def _text_of(field: str) -> Parser:
    return option_text if field in ("village", "industry", "subtype", "not_built_reason", "zone") else text
