"""One side of a comparison: the rows of a table column by column, and where each of its values stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coverage_census.model.register import ListedSide

if TYPE_CHECKING:
    import pyarrow as pa

Value = str | int | float | bool | None
Cells = Callable[[int, str], str]
"""Row and field → where it stands: file!sheet!cell."""


@dataclass(frozen=True)
class Side:
    """The ledger or a register; `table` has columns of `tables.schema()`, not all of them."""

    table: "pa.Table"
    cells: Cells

    @cached_property
    def size(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> Sequence[Value]:
        """The values of a field; all unknown where the side has no such column."""
        if name not in self._known:
            there = name in self.table.column_names
            self._known[name] = self.table[name].to_pylist() if there else [None] * self.size
        return self._known[name]

    @cached_property
    def _known(self) -> dict[str, Sequence[Value]]:
        return {}

    def texts(self, name: str) -> list[str | None]:
        """A column of texts."""
        return [None if value is None else str(value) for value in self.column(name)]

    def text(self, row: int, name: str) -> str | None:
        """A value that is a text."""
        value = self.column(name)[row]
        return None if value is None else str(value)

    def listed(self, row: int) -> ListedSide:
        """The row as a list shows it."""
        name, uscc, county, township = (self.text(row, each) for each in ("name", "uscc", "county", "township"))
        return ListedSide(row, name or "", uscc, county, township, self.cells(row, "name"), self.text(row, "kind"))
