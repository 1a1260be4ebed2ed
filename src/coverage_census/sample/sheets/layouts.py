"""The file `layouts.toml` in; layouts with their columns, and the words that sheets use for choices, out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("layouts.toml")
MASS = ("has_union", "has_league", "has_women_org")
MEMBERS = ("members_formal", "members_probationary", "members_total")


@dataclass(frozen=True)
class SampleColumn:
    """One column: the levels of its heading, the field under it, the option of a ticked group, the cell style."""

    path: tuple[str, ...]
    field: str | None
    option: str | None
    style: str

    @property
    def heading(self) -> str:
        return ">".join(self.path)


@dataclass(frozen=True)
class SampleLayout:
    """One form."""

    name: str
    columns: tuple[SampleColumn, ...]
    traditional: bool = False

    @property
    def levels(self) -> int:
        return max(len(column.path) for column in self.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The canonical fields that the form asks for."""
        found = {column.field for column in self.columns if column.field}
        if "members" in found:
            found |= set(MEMBERS)
        if "mass" in found:
            found |= set(MASS)
        return frozenset(found)

    def options(self, name: str) -> frozenset[str] | None:
        """The boxes of a ticked group, None where any answer can be written."""
        boxes = [column.option for column in self.columns if column.field == name]
        return frozenset(box for box in boxes if box) if any(boxes) else None


@cache
def layout(name: str) -> SampleLayout:
    """The form of that name."""
    table = _file()[name]
    columns = tuple(_column(line) for line in table["columns"])
    return SampleLayout(name, columns, table.get("script") == "traditional")


def choice_words(field: str, value: str) -> list[str]:
    """What sheets write for a choice: 单独组建, 单独建 … for standalone."""
    found: list[str] = _file()["words"][field][value]
    return found


def _column(line: str) -> SampleColumn:
    heading, _, rest = line.partition(" = ")
    target, _, style = rest.partition(" : ")
    field, _, option = target.partition("=")
    return SampleColumn(tuple(heading.split(">")), None if field == "-" else field, option or None, style)


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
