"""A made-up organisation: everything that is true of it, before any sheet shows a part of it."""

from dataclasses import dataclass, field
from typing import Any

Cell = str | int | float | None
"""What stands in a cell; a date stands as `Day`."""


@dataclass(frozen=True)
class Day:
    """A cell that holds a true date (of the spreadsheet's own kind), written ISO."""

    iso: str


@dataclass(frozen=True)
class Inexact:
    """A count as people put it: 约50人 is 50, approx, between 40 and 60."""

    text: str
    value: int
    qualifier: str
    low: int
    high: int | None


@dataclass
class SampleUnit:
    """`facts` are canonical fields; `inexact` the counts that its sheet puts loosely; `needs` the fields that its sheet
    has to ask for, or the sample would miss its figures; `cases` what it is an example of."""

    facts: dict[str, Any]
    inexact: dict[str, Inexact] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    cases: list[str] = field(default_factory=list)
    written_code: str | None = None  # where the code on the sheet is no valid USCC
    group: int | None = None  # units of one joint branch share it

    @property
    def name(self) -> str:
        return str(self.facts["name"])

    def get(self, name: str) -> Any:
        return self.facts.get(name)
