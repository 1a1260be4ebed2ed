"""What a coverage page is made of: everything that is worked out before, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from coverage_census.model.campaign import CampaignProgress
from coverage_census.model.decision import AreaCoverage, Decision, Indicator, PolicyStamp
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Round
from coverage_census.report.page import gap_lists
from coverage_census.report.page.base import BaseSection
from coverage_census.report.page.charts import Chart
from coverage_census.report.page.excluded_and_owing import Excluded, OwingSection
from coverage_census.report.page.gap_lists import QuotedRule
from coverage_census.report.page.proposals import Proposals


@dataclass(frozen=True)
class PageFacts:
    """What a coverage page is made of.

    `gaps` are the decisions with verdict gap, and on formation also unknown; `sources` the files that the round's
    organisations come from, each with the round that brought it; `policy` is the policy's title. `counts` None: `gaps`
    are all there are; else they are those to list. `rows_file` is the name of the file beside the page that lists every
    organisation, empty where there is none; `links` leads from an area to its own page; `earlier` is what `townships`
    was at the cut-off of the period before, under the same policy.
    """

    county: str | None
    round: Round
    before: Round | None
    stamp: PolicyStamp
    total: AreaCoverage
    townships: Sequence[AreaCoverage]
    kinds: Sequence[AreaCoverage]
    indicators: Sequence[Indicator]
    gaps: Sequence[Decision]
    problems: Sequence[Problem]
    sources: Sequence[tuple[FileReading, Round]]
    rules: Sequence[QuotedRule]
    generated_at: datetime
    title: str | None = None
    policy: str | None = None
    counts: gap_lists.GapCounts | None = None
    charts: Sequence[Chart] = ()
    excluded: Sequence[Excluded] = ()
    owing: OwingSection | None = None
    proposals: Proposals | None = None
    owners: gap_lists.Owners | None = None
    rows_file: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    earlier: Sequence[AreaCoverage] = ()
    campaign: CampaignProgress | None = None
    base: BaseSection | None = None

    @property
    def whole(self) -> bool:
        """What a round tells of itself is not true of a part of it."""
        return self.total.organisations + self.total.gone == self.round.organisations
