"""How far a campaign (专项行动) has come in; the section 专项行动进展 of a page as plain values out."""

from dataclasses import dataclass

from coverage_census.report import figures
from coverage_census.report.figures import Share
from coverage_census.report.page.facts import PageFacts
from coverage_census.words import campaign
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import DASH
from coverage_census.words.rates import lacking


@dataclass(frozen=True)
class CampaignRow:
    """One indicator; `code` of the pace for its colour, empty where nothing can be said."""

    label: str
    before: Share
    now: Share
    unit: str
    target: str
    missing: int | None
    expected: str
    unknown: int
    pace: str
    code: str
    said: str


@dataclass(frozen=True)
class CampaignSection:
    """What it is and how long it takes, what is compared, the lines, how to read them; or why there are none."""

    name: str
    when: str
    compared: str
    heads: tuple[str, ...]
    rows: tuple[CampaignRow, ...]
    note: str
    trouble: str


def section(facts: PageFacts, words: Words) -> CampaignSection | None:
    """None: the round lies in no campaign."""
    found = facts.campaign
    if found is None:
        return None

    def day(iso: str) -> str:
        return figures.day(iso, words) if iso else DASH

    return CampaignSection(
        name=campaign.title(found, words),
        when=campaign.when(found, words, day),
        compared=campaign.compared(found, words, day),
        heads=tuple(campaign.heads(words)),
        rows=tuple(
            CampaignRow(
                label=each.label,
                before=_share(
                    each.numerator_before, each.denominator_before, each.known_before, each.unknown_before, words
                ),
                now=_share(each.numerator, each.denominator, each.known, each.unknown, words),
                unit=each.denominator_label,
                target=campaign.target(each),
                missing=each.missing,
                expected=campaign.expected(each, words),
                unknown=each.unknown,
                pace=campaign.pace(each, words),
                code=each.pace or "",
                said=campaign.said(each, words),
            )
            for each in found.lines
        ),
        note="" if found.trouble else campaign.notes(found, words),
        trouble=found.trouble or "",
    )


def _share(part: int, whole: int, known: int, unknown: int, words: Words) -> Share:
    return Share(
        part, whole, lacking(known, unknown, words("report.unit.organisations"), words) and words("campaign.too_little")
    )
