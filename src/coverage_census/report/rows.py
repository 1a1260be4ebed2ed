"""Decided organisations in; the file of rows beside a page out: one line each, to search, filter and print."""

from collections.abc import Sequence
from dataclasses import dataclass

from coverage_census.report.heading import Heading
from coverage_census.words.catalogue import Lang


@dataclass(frozen=True)
class Option:
    """One value that the rows can be filtered by; `code` is what links and cells use."""

    code: str
    label: str


@dataclass(frozen=True)
class Row:
    """One organisation. `org` is yes, no or unknown; `classes` are codes of its gaps, `unconfirmed` among them."""

    name: str
    township: str
    kind: str
    org: str
    form: str
    formal: str
    members: str
    employees: str
    advice: str
    classes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class RowsPage:
    """Every organisation that the page counts, by township and name."""

    lang: Lang
    heading: Heading
    page_file: str
    townships: tuple[Option, ...]
    kinds: tuple[Option, ...]
    orgs: tuple[Option, ...]
    classes: tuple[Option, ...]
    rows: Sequence[Row]

    def label(self, code: str) -> str:
        """What a class is called."""
        return next(each.label for each in self.classes if each.code == code)
