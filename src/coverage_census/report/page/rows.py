"""Decided organisations in; the file of rows beside a page out: one line each, to search, filter and print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coverage_census.report.page.heading import Heading
from coverage_census.words.catalogue import Lang


@dataclass(frozen=True)
class Option:
    """One value that the rows can be filtered by; `code` is what links and cells use."""

    code: str
    label: str


class Row(NamedTuple):
    """One organisation, as a template unpacks it (by name it may take any of it, at four times the cost).

    `org` is yes, no or unknown, and `has_org` its word; `classes` are the codes of its gaps, `unconfirmed` among them,
    and `gaps` their names; `first` is the township where the row is its first one, else empty.
    """

    first: str
    org: str
    classes: str
    name: str
    township: str
    kind: str
    has_org: str
    form: str
    formal: str
    members: str
    employees: str
    advice: str
    gaps: str


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
