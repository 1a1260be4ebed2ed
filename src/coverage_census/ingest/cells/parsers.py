"""A canonical field in; the parser for the cells of its column out."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from coverage_census.ingest.cells import choices, codes, counts, dates
from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare, simplified, written
from coverage_census.ingest.layout import context
from coverage_census.model.choices import Qualifier
from coverage_census.model.organisation import about

MOST = 10**8
Parser = Callable[[Any], Any]


class Place(NamedTuple):
    """A 所属乡镇 cell."""

    county: str | None
    township: str | None


class Amount(NamedTuple):
    """Money, in the unit of its field."""

    value: float
    qualifier: Qualifier | None = None


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
}
_AMOUNT = re.compile(
    r"^(约|近|大约)?(\d[\d,]*(?:\.\d+)?)(多|余)?(万|亿|千|百万|千万)?(元|万元|亿元)?(?:人民币)?(多|余|左右|以上)?(?:/年)?(?:\([^)]*\))?$"
)
_FACTOR = {
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    None: 1.0,
    "元": 1.0,
    "万元": 1e4,
    "亿元": 1e8,
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
        return _amounts(field, hint)
    by_kind: dict[str, Parser] = {"count": counts.parse, "flag": choices.flag, "date": dates.parse}
    return by_kind.get(holds) or _text_of(field)


def text(value: Any) -> str | None:
    """A text that says something; 无, — and 暂无 are nothing."""
    if isinstance(value, str) and len(value) > 4 and value.isalnum():  # nearly every name: nothing in it to clean
        return value
    found = written(value)
    if found is None:
        return None
    if len(found) <= 4:
        plain = simplified(bare(found))
        if plain.lower() in NOTHING or plain in NONE_WORDS or plain in choices.CROSSES:
            return None
    return found


def place(value: Any) -> Place | Mark | None:
    """A township; no place has a long number in its name."""
    found = text(value)
    if found and re.search(r"\d(?:[- ]?\d){4}", found):
        return UNREADABLE
    return Place(*context.township_of(found)) if found else None


def simplified_text(value: Any) -> str | None:
    """For sheets in traditional script: the ledger keeps simplified words."""
    found = text(value)
    return simplified(found) if found else None


def _text_of(field: str) -> Parser:
    return simplified_text if field in ("village", "industry", "subtype", "not_built_reason", "zone") else text


def _amounts(field: str, hint: str) -> Parser:
    """Yuan or 万元: the unit in the cell, else in the heading, else the field's own."""
    base = 1e4 if field == "revenue_10k" else 1.0
    match = re.search(r"亿元|万元|元", hint)
    default = _FACTOR[match[0]] if match else base

    def amount(value: Any) -> Amount | Mark | None:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return None if value != value else _amount(value * default / base)
        said = bare(value).strip("。;；")
        if said.lower() in NOTHING or said in ("是", "有", "√"):
            return None
        if said in NONE_WORDS or said in ("否", "×"):
            return Amount(0.0) if said in NONE_WORDS else None
        return _read_amount(said, default, base)

    return amount


def _read_amount(said: str, default: float, base: float) -> Amount | Mark:
    found = _AMOUNT.match(said)
    if found is None:
        return UNREADABLE
    place, unit = found[4], found[5]
    number = float(found[2].replace(",", ""))
    yuan = number * _FACTOR[place] * _FACTOR[unit] if place or unit else number * default
    over = found[3] or found[6] in ("多", "余", "以上")
    qualifier = Qualifier.AT_LEAST if over else Qualifier.APPROX if found[1] or found[6] == "左右" else None
    return _amount(yuan / base, qualifier)


def _amount(value: float, qualifier: Qualifier | None = None) -> Amount | Mark:
    """Beyond a hundred million in its unit it is no money, but a telephone or a code in the wrong column."""
    return Amount(round(value, 6), qualifier) if 0 <= value < MOST else UNREADABLE
