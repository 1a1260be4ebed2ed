"""What a page says beside coverage: who is left out of every duty, and who still owes a report (催报)."""

from dataclasses import dataclass

from coverage_census.model.outstanding import Missing, TownshipReport
from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.words.catalogue import Words


@dataclass(frozen=True)
class Excluded:
    """An organisation that the policy leaves out, and on what evidence."""

    name: str
    township: str
    why: str
    source: str


@dataclass(frozen=True)
class OwingLine:
    """One township that still owes something."""

    township: str
    state: str
    first_on: str
    late: str
    named: Share
    not_again: int
    errors: int
    to_confirm: int


@dataclass(frozen=True)
class OwingSection:
    """催报: how many of the expected townships reported, by when, and those that still owe something."""

    reported: Share
    due: str
    lines: tuple[OwingLine, ...]


def owing(found: Missing, words: Words) -> OwingSection | None:
    """None where nobody is expected."""
    mine, expected = found.townships, found.expected
    if not expected:
        return None
    reported = sum(each.state == "reported" for each in expected)
    lines = tuple(_line(each, words) for each in mine if each.owes)
    return OwingSection(Share(reported, len(expected)), figures.day(found.due, words) if found.due else "", lines)


def _line(each: TownshipReport, words: Words) -> OwingLine:
    late = words("report.owing.days", days=each.late) if each.late else ""
    return OwingLine(
        township=each.township,
        state=words(f"report.owing.state.{each.state}"),
        first_on=figures.day(each.first_on, words) if each.first_on else "—",
        late=late or "—",
        named=Share(each.named, each.expected),
        not_again=each.not_again,
        errors=each.errors,
        to_confirm=each.to_confirm,
    )
