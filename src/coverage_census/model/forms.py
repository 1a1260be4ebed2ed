"""Small tables that are no ledger (人才库, 志愿, 处理情况 …): which columns a form has, and the lines read from one."""

from typing import Literal

from coverage_census.model.reading import Problem
from coverage_census.model.record import Record

Value = str | int | tuple[str, ...] | None


class FormColumn(Record):
    """One column: the headings it goes by, and whether it holds text, a count, or several texts in one cell. `blank`:
    the empty form has it; if not, it is only read."""

    key: str
    headings: tuple[str, ...]
    holds: Literal["text", "count", "list"] = "text"
    blank: bool = True


class Form(Record):
    """A table is this form where all headings in `marks` (keys of columns) stand in one row."""

    name: str
    columns: tuple[FormColumn, ...]
    marks: tuple[str, ...]


class FormLine(Record):
    """One line of a form; `cells` has every key, None (for a list: nothing) where the cell is blank or unreadable."""

    form: str
    file: str
    sheet: str
    row: int
    cells: dict[str, Value]
    at: dict[str, str]  # key → cell; only of the columns that stand on the sheet
    unreadable: tuple[str, ...] = ()  # keys whose cell holds something that is not what the column asks for

    def text(self, key: str) -> str | None:
        """The cell of a text column."""
        found = self.cells.get(key)
        return found if isinstance(found, str) else None

    def number(self, key: str) -> int | None:
        """The cell of a count column."""
        found = self.cells.get(key)
        return found if isinstance(found, int) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The cell of a list column, in the order it is written in."""
        found = self.cells.get(key)
        return found if isinstance(found, tuple) else ()


class FormsRead(Record):
    """What stands in one file of forms; `forms` names those that were found, with lines or without."""

    file: str
    sha256: str | None
    forms: tuple[str, ...]
    lines: tuple[FormLine, ...]
    problems: tuple[Problem, ...]
