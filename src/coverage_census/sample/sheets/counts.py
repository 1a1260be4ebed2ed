"""A count in; the ways in which sheets put it, exactly or loosely, out."""

from random import Random

from coverage_census.sample.sheets import dates
from coverage_census.sample.sheets.layouts import SampleColumn
from coverage_census.sample.sheets.style import CellTells, Style, Written, fact, tell
from coverage_census.sample.units.unit import Cell, Inexact, SampleUnit

_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_SMALL = "零一二三四五六七八九十"


def number(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    value = fact(unit, column)
    return value, tell(column, value)


def with_unit(word: str) -> Style:
    def style(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
        value = fact(unit, column)
        return (None if value is None else f"{value}{word}"), tell(column, value)

    return style


def wide(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    value = fact(unit, column)
    return (None if value is None else str(value).translate(_DIGITS)), tell(column, value)


def mixed(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    """Counts as they come: 3, "3", 3名, ３, 三名, 无; dates in any notation."""
    value = fact(unit, column)
    if value is None:
        return None, {}
    if isinstance(value, str):
        return rng.choice(dates.ANY)(unit, column, rng)
    shapes: list[Cell] = [value, value, str(value), f"{value}名", f"{value}人", str(value).translate(_DIGITS)]
    if value == 0:
        shapes += ["无", "0名"]
    elif value <= 10:
        shapes.append(f"{_SMALL[value]}名")
    return rng.choice(shapes), tell(column, value)


def loose(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    found = unit.inexact.get(column.field or "")
    if found is None:
        return mixed(unit, column, rng)
    return found.text, _tell_inexact(column, found)


def _tell_inexact(column: SampleColumn, found: Inexact) -> dict[str, CellTells]:
    assert column.field is not None
    return {column.field: CellTells(found.value, found.qualifier, (found.low, found.high))}


def lumped(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    value = fact(unit, column)
    return value, ({} if value is None else {"members_total": CellTells(value, "lumped")})


def plus(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
    """2+1, 2正1预: formal and probationary in one cell."""
    formal, new, total = (unit.get(f"members_{part}") for part in ("formal", "probationary", "total"))
    if found := unit.inexact.get("members_total"):
        return found.text, {"members_total": CellTells(found.value, found.qualifier, (found.low, found.high))}
    if total is None:
        return None, {}
    if formal is None or (total == 0 and rng.random() < 0.5):
        return total, {"members_total": CellTells(total)}
    text = rng.choice((f"{formal}+{new}", f"{formal}正{new}预"))
    parts = {"members_formal": CellTells(formal), "members_probationary": CellTells(new)}
    return text, parts | {"members_total": CellTells(total, "derived")}
