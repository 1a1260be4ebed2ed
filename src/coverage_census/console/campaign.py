"""How far a campaign (专项行动) has come in; a table for the terminal with what changed below it, JSON or CSV out."""

from typing import Any

from coverage_census.console import diff, out
from coverage_census.model.campaign import CampaignLine
from coverage_census.results import CampaignDiff
from coverage_census.words import campaign
from coverage_census.words.catalogue import Words

_CSV = (
    ("csv", "code"),
    ("head", "indicator"),
    *(("csv", name) for name in ("numerator_before", "denominator_before", "numerator", "denominator", "target")),
    ("head", "missing"),
    ("head", "expected"),
    ("csv", "expected_rate"),
    ("head", "unknown"),
    ("head", "pace"),
)


def show(found: CampaignDiff, words: Words, *, as_json: bool, as_csv: bool) -> None:
    """Progress, then what changed since the baseline; CSV is the table of progress alone."""
    progress = found.progress
    if as_json:
        changes = None if found.diff is None else diff.document(found.diff)
        return out.as_json({"campaign": progress, "diff": changes})
    if as_csv:
        heads = [words(f"campaign.{group}.{name}") for group, name in _CSV]
        return out.as_csv(heads, (_row(each, words) for each in progress.lines))
    out.paragraph(campaign.when(progress, words))
    out.paragraph(campaign.compared(progress, words))
    out.line()
    out.table(
        campaign.heads(words),
        [campaign.cells(each, words) for each in progress.lines],
        right=campaign.FIGURES,
        wrap=(0,),
    )
    out.paragraph(campaign.notes(progress, words))
    if found.diff is not None:
        out.line()
        diff.show(found.diff, words, as_json=False, as_csv=False)
    return None


def _row(each: CampaignLine, words: Words) -> list[Any]:
    before = each.numerator_before, each.denominator_before
    pace = None if each.pace is None else campaign.pace(each, words)
    aimed = each.target_percent, each.missing, each.expected, each.expected_percent
    return [each.code, each.label, *before, each.numerator, each.denominator, *aimed, each.unknown, pace]
