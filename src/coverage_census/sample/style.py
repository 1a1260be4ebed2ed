"""What a column style gives: the cell as written and what it tells, and the two ways to look at a unit's fact."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from coverage_census.sample.layouts import Column
from coverage_census.sample.unit import Cell, Day, Unit


@dataclass(frozen=True)
class Told:
    """What a cell tells about a field."""

    value: Any
    qualifier: str | None = None
    bounds: tuple[int, int | None] | None = None


Written = tuple[Cell | Day, dict[str, Told]]
Style = Callable[[Unit, Column, Random], Written]


def tell(column: Column, value: Any) -> dict[str, Told]:
    return {} if value is None or column.field is None else {column.field: Told(value)}


def fact(unit: Unit, column: Column) -> Any:
    return unit.get(column.field) if column.field else None
