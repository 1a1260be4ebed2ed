"""A round and its counts in; the title block and the one sentence that says how things stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coverage_census.model.decision import AreaCoverage, Indicator, PolicyStamp
from coverage_census.model.rounds import Round
from coverage_census.report import figures
from coverage_census.report.page.gap_lists import GapCounts
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent
from coverage_census.words.periods import called
from coverage_census.words.rates import coverage_rate, lacking


@dataclass(frozen=True)
class Heading:
    """Title block: what is reported, as of when, by which policy, worked out when.

    `in_force` is the day whose policy was asked for, where it is another than the cut-off date.
    """

    title: str
    as_of: str
    round: str
    policy: str
    version: str
    in_force: str
    generated_at: str


def heading(title: str, policy: str, round: Round, stamp: PolicyStamp, generated_at: datetime, words: Words) -> Heading:
    """Title, cut-off day, period, policy and when it was made, as people read them."""
    return Heading(
        title=title,
        as_of=figures.day(round.as_of, words),
        round=called(round, words),
        policy=policy,
        version=stamp.version,
        in_force="" if stamp.as_of.startswith(round.as_of) else figures.day(stamp.as_of, words),
        generated_at=figures.minute(generated_at, words),
    )


def intake(round: Round, words: Words) -> str:
    """What came in with the round, and what it carries forward."""
    return words(
        "report.intake",
        confirmed=_organisations(round.confirmed, words),
        new=figures.number(round.new, words.lang),
        carried=_organisations(round.carried, words),
        silent=figures.number(round.not_reported_again, words.lang),
    )


def as_it_was(round: Round, words: Words) -> str:
    """The period that figures are compared with: 2026年第一季度（截至2026年3月31日）."""
    return words("report.as_it_was", period=called(round, words), as_of=figures.day(round.as_of, words))


def conclusion(county: str | None, total: AreaCoverage, round: Round, counts: GapCounts, words: Words) -> str:
    """Each organisation stands in it once: who has a gap and is to be confirmed too is named as one of the former."""
    if not total.organisations:
        return words("report.conclusion.nothing", county=county or words("report.here"))
    clauses = [
        words(
            "report.conclusion.coverage",
            as_of=figures.day(round.as_of, words),
            county=county or words("report.here"),
            organisations=_organisations(total.organisations, words),
            covered=figures.number(total.covered, words.lang),
            rate=coverage_rate(total, words),
            not_covered=figures.number(total.not_covered, words.lang),
        )
    ]
    if total.unknown:
        clauses.append(words("report.conclusion.unknown", unknown=figures.number(total.unknown, words.lang)))
    key = "report.conclusion.gaps" if counts.with_gap else "report.conclusion.no_gaps"
    clauses.append(words(key, organisations=_organisations(counts.with_gap, words)))
    if counts.both:
        clauses.append(words("report.conclusion.both", organisations=_organisations(counts.both, words)))
    if more := counts.to_confirm - counts.both:
        clauses.append(words("report.conclusion.confirm", organisations=_organisations(more, words)))
    if total.gone:
        clauses.append(words("gone.clause", count=figures.number(total.gone, words.lang)))
    return "".join(clauses) + words("report.conclusion.stop")


def beside(indicators: Sequence[Indicator], words: Words) -> str:
    """组织覆盖率 in one line: what it leaves out that the headline (总体组建率) counts."""
    found = next((each for each in indicators if each.code == "org_coverage"), None)
    if found is None or not found.denominator:
        return ""
    rate = lacking(found.known, found.unknown, words("report.unit.organisations"), words)
    parts = {"part": found.numerator, "whole": found.denominator}
    rate = rate or percent(found.numerator, found.denominator)
    return words("report.conclusion.beside", label=found.label, rate=rate, **parts)


def change(total: AreaCoverage, before: Round | None, earlier: Sequence[AreaCoverage], words: Words) -> str:
    """How many more living organisations there are than in the round before, which `earlier` shows by area."""
    if before is None:
        return ""
    there_were = sum(each.organisations for each in earlier) if earlier else before.organisations
    more = total.organisations - there_were
    key = "report.change." + ("more" if more > 0 else "fewer" if more < 0 else "same")
    return words(
        key,
        round=called(before, words),
        as_of=figures.day(before.as_of, words),
        organisations=_organisations(abs(more), words),
    )


def _organisations(count: int, words: Words) -> str:
    """Organisations with their unit: 384家, never 个."""
    unit = words("report.unit.organisation" if count == 1 else "report.unit.organisations")
    return words("report.counted", number=figures.number(count, words.lang), unit=unit)
