"""A line of a review workbook in; a problem at its cell out; and organisations by what a line may call them."""

from collections.abc import Iterable

from coverage_census.model.forms import FormLine
from coverage_census.model.plans.joint import Unit
from coverage_census.model.reading import Level, Problem
from coverage_census.plan.joint.townships import Key, key

Value = str | int | float | None


def problem(line: FormLine, code: str, at: str, level: Level = Level.ERROR, **values: Value) -> Problem:
    """One problem of a workbook, with its sheet and cell."""
    return Problem(
        code=code, level=level, file=line.file, sheet=line.sheet, cell=line.at.get(at), values=dict(values)
    )  # fmt: skip


def named(units: Iterable[Unit]) -> dict[str, list[Key]]:
    """Organisations by name and by code."""
    found: dict[str, list[Key]] = {}
    for unit in units:
        for text in {unit.name, unit.uscc} - {None}:
            found.setdefault(str(text), []).append(key(unit))
    return found
