"""Decided organisations in; the file of rows beside a page out: one line each, to search, filter and print."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from coverage_census.model.choices import Kind
from coverage_census.model.decision import Gap
from coverage_census.model.record import Facts
from coverage_census.model.tables import HIGH, LOW
from coverage_census.report.page.heading import Heading
from coverage_census.words.catalogue import Lang, Words
from coverage_census.words.labels import count_text


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


def page(organisations: Sequence[tuple[Facts, Set[Gap]]], heading: Heading, page_file: str, words: Words) -> RowsPage:
    """Every organisation, with the gaps that it has, as a line of the file beside the page `page_file`, by township and
    name."""
    lying = sorted(organisations, key=lambda each: unknown_last(each[0]))
    labels = _Labels(words)
    townships = dict.fromkeys(labels.township(row) for row, _ in lying)
    first = set(townships)
    found = [_row(row, gaps, labels, first) for row, gaps in lying]
    kinds = {row["kind"] for row, _ in lying}
    there = set[Gap]().union(*(gaps for _, gaps in lying))
    called = [words(f"term.kind.{kind.value}") for kind in Kind if kind.value in kinds]
    return RowsPage(
        lang=words.lang,
        heading=heading,
        page_file=page_file,
        townships=tuple(Option(each, each) for each in townships),
        kinds=tuple(Option(label, label) for label in called),
        orgs=tuple(Option(code, words(f"report.rows.org.{code}")) for code in ("yes", "no", "unknown")),
        classes=tuple(Option(gap.value, words(f"term.gap.{gap.value}")) for gap in Gap if gap in there),
        rows=found,
    )


class _Labels:
    """What a value is called: looked up once, since thousands of rows say the same few things."""

    def __init__(self, words: Words) -> None:
        self.words, self.not_stated = words, words("report.not_stated")
        self.terms: dict[tuple[str, str], str] = {}
        self.classes: dict[int, tuple[str, str]] = {}

    def term(self, field: str, value: str) -> str:
        found = self.terms.get((field, value))
        return found or self.terms.setdefault((field, value), self.words(f"{field}.{value}"))

    def org(self, code: str) -> str:
        found = self.terms.get(("org", code))
        return found or self.terms.setdefault(("org", code), self.words(f"report.rows.org.{code}"))

    def township(self, row: Facts) -> str:
        return str(row["township"] or self.not_stated)

    def count(self, row: Facts, field: str) -> str:
        """30至50 where the count is not exact, blank where it is not known."""
        value = row[field]
        if value is None or row.get(field + LOW) is None:
            return "" if value is None else str(value)
        return str(count_text(value, row[field + LOW], row.get(field + HIGH), self.words))

    def gaps(self, found: Set[Gap]) -> tuple[str, str]:
        """Codes and names; rows that end alike share the very set."""
        if id(found) not in self.classes:
            codes = [gap.value for gap in Gap if gap in found]
            names = self.words("report.enumeration").join(self.words(f"term.gap.{code}") for code in codes)
            self.classes[id(found)] = (" ".join(codes), names)
        return self.classes[id(found)]


def _row(row: Facts, found: Set[Gap], labels: _Labels, first: set[str]) -> Row:
    """`first` are the townships that have had no row yet."""
    township, has = labels.township(row), row["has_org"]
    org = "unknown" if has is None else "yes" if has else "no"
    codes, names = labels.gaps(found)
    new = township in first
    first.discard(township)
    counts = ("members_formal", "members_total", "employees")
    formal, members, employees = (labels.count(row, field) for field in counts)
    return Row(
        township if new else "",
        org,
        codes,
        row["name"],
        township,
        labels.term("term.kind", row["kind"]) if row["kind"] else labels.not_stated,
        labels.org(org),
        labels.term("term.org_form", row["org_form"]) if row["org_form"] else "",
        formal,
        members,
        employees,
        "" if row["excluded"] else labels.term("term.advice", row["advice"]),
        names,
    )


def unknown_last(row: Facts) -> tuple[bool, str, str]:
    """The order of rows: by township, those without one last, then by name."""
    return row["township"] is None, row["township"] or "", row["name"]
