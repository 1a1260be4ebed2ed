"""A date of the precision that is known in; the notations in which sheets give it out."""

from collections.abc import Callable
from datetime import date
from random import Random

from coverage_census.sample.sheets.layouts import SampleColumn
from coverage_census.sample.sheets.style import Style, Written, fact, tell
from coverage_census.sample.units.unit import Cell, Day, SampleUnit


def dated(form: Callable[[tuple[str, ...]], Cell | Day], precision: int) -> Style:
    """A date written by `form`, which shows at most `precision` parts of year, month, day."""

    def style(unit: SampleUnit, column: SampleColumn, rng: Random) -> Written:
        value = fact(unit, column)
        if value is None:
            return None, {}
        parts = tuple(str(value).split("-")[:precision])
        return form(parts), tell(column, "-".join(parts))

    return style


def as_serial(parts: tuple[str, ...]) -> Cell:
    if len(parts) < 3:
        return ".".join(parts)
    return (date.fromisoformat("-".join(parts)) - date(1899, 12, 30)).days


def as_day(parts: tuple[str, ...]) -> Cell | Day:
    return Day("-".join(parts)) if len(parts) == 3 else ".".join(parts)


def unpadded(separator: str) -> Callable[[tuple[str, ...]], str]:
    return lambda parts: separator.join(str(int(part)) for part in parts)


dot = dated(unpadded("."), 2)
slash = dated(unpadded("/"), 3)
iso = dated("-".join, 3)
compact = dated("".join, 2)
han = dated(lambda parts: "".join(f"{int(part)}{mark}" for part, mark in zip(parts, "年月日", strict=False)), 2)
serial = dated(as_serial, 3)
excel = dated(as_day, 3)
year = dated(lambda parts: int(parts[0]), 1)
ANY = (dot, iso, slash, han, compact, serial)
"""The notations that one column may mix."""
