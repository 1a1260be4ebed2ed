"""What a column style gives: the cell as written and what it tells, and the two ways to look at a unit's fact."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from coverage_census.sample.sheets.layouts import SampleColumn
from coverage_census.sample.units.unit import Cell, Day, SampleUnit


@dataclass(frozen=True)
class CellTells:
    """What a cell tells about a field."""

    value: Any
    qualifier: str | None = None
    bounds: tuple[int, int | None] | None = None


Written = tuple[Cell | Day, dict[str, CellTells]]
Style = Callable[[SampleUnit, SampleColumn, Random], Written]


def tell(column: SampleColumn, value: Any) -> dict[str, CellTells]:
    return {} if value is None or column.field is None else {column.field: CellTells(value)}


def fact(unit: SampleUnit, column: SampleColumn) -> Any:
    return unit.get(column.field) if column.field else None
