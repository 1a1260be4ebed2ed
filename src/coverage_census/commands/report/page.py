"""Decided organisations in; the coverage page, and the organisations that it counts, as plain values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.commands.session import Session
from coverage_census.model.campaign import CampaignProgress
from coverage_census.model.decision import AreaCoverage, Decision, Indicator
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Round
from coverage_census.policy.decided import classes
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.pairs import Pair
from coverage_census.policy.figures import branches, coverage
from coverage_census.report.page import areas, gap_lists
from coverage_census.report.page.base import BaseSection
from coverage_census.report.page.charts import Chart
from coverage_census.report.page.excluded_and_owing import Excluded, OwingSection
from coverage_census.report.page.facts import PageFacts
from coverage_census.report.page.gap_lists import LISTED, Owners, QuotedRule
from coverage_census.report.page.page import CoveragePage
from coverage_census.report.page.proposals import Proposals
from coverage_census.results import Diff


@dataclass(frozen=True)
class Papers:
    """Where a round's figures come from: its files, each with the round that brought it, and their problems."""

    sources: Sequence[tuple[FileReading, Round]]
    problems: Sequence[Problem]

    def of(self, files: set[str]) -> "Papers":
        """Those of these files only."""
        mine = [each for each in self.sources if each[0].file in files]
        return Papers(mine, [each for each in self.problems if each.file in files])


def papers(session: Session, found: Basis) -> Papers:
    from coverage_census.ledger import rounds as store

    ledger = session.settings.ledger
    by_number = {each.number: each for each in session.rounds()}
    sources = [(each.file, by_number[each.round]) for each in store.sources(ledger, found.round)]
    return Papers(sources, store.open_problems(ledger, found.round))


@dataclass(frozen=True)
class Material:
    """Everything that the reports on some areas of a round are made of, worked out once."""

    found: Basis
    areas: tuple[str, ...]
    pairs: Sequence[Pair]
    indicators: Sequence[Indicator]
    papers: Papers
    before: Round | None = None  # the round before, where the page is about all of the round
    charts: tuple[Chart, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    owing: OwingSection | None = None
    proposals: Proposals | None = None
    lines: Mapping[coverage.Group, Sequence[AreaCoverage]] = field(default_factory=dict)  # coverage, counted once
    earlier: Sequence[AreaCoverage] = ()  # by township in the round before, under the same policy
    between: Diff | None = None  # what changed since the round before
    campaign: CampaignProgress | None = None  # of these areas, where the round lies in one
    base: BaseSection | None = None  # 底数, where the page is about all of the round

    @property
    def living(self) -> Sequence[Pair]:
        """Those that the page counts; who is gone (注销、迁出) is only named."""
        return [pair for pair in self.pairs if not pair[0]["gone"]]

    @property
    def silent(self) -> int:
        """未再上报: of a part of the round it is not known."""
        return 0 if self.areas else self.found.round.not_reported_again

    @property
    def county(self) -> str | None:
        """The only county there is."""
        known = {row["county"] for row, _ in self.pairs if row["county"]}
        return known.pop() if len(known) == 1 else None


def page(session: Session, made: Material, rows_file: str = "") -> CoveragePage:
    """The coverage page; with a file of rows beside it, it lists only so many of a class."""
    from coverage_census.report.page import page as pages

    found, words = made.found, session.words
    own = words("console.separator").join(made.areas)
    order = {each.group or "": place for place, each in enumerate(areas.by_rank(made.lines["township"]))}
    most = LISTED if rows_file else None
    listed = classes.listed(made.pairs, found.policy, words, order, most)
    facts = PageFacts(
        county=own or session.settings.county or made.county,
        round=found.round,
        before=made.before,
        stamp=found.stamp,
        total=coverage.total(made.lines["kind"]),
        townships=made.lines["township"],
        kinds=made.lines["kind"],
        indicators=made.indicators,
        gaps=listed,
        problems=made.papers.problems,
        sources=made.papers.sources,
        rules=rules(found, session),
        generated_at=session.now.astimezone(),
        policy=getattr(found.policy.title, words.lang),
        counts=gap_lists.counted_in(classes.gathered(made.pairs), branches.of_records(made.pairs)),
        charts=made.charts,
        excluded=made.excluded,
        owing=made.owing,
        proposals=made.proposals,
        owners=_owners(made, session, listed),
        rows_file=rows_file,
        earlier=made.earlier,
        campaign=made.campaign,
        base=made.base,
    )
    return pages.coverage(facts, words)


def _owners(made: Material, session: Session, listed: Sequence[Decision]) -> Owners:
    """Whose task it is, for everybody in a list."""
    from coverage_census.commands.tasks.owners import owners

    named = {(each.name, each.uscc, each.county, each.township) for each in listed}
    whose = owners(session, made.found.policy, {(row["county"], row["township"]) for row, _ in made.pairs})
    rows = (((row["name"], row["uscc"], row["county"], row["township"]), row) for row, _ in made.pairs)
    return {who: whose.of(row).name for who, row in rows if who in named}


def rules(found: Basis, session: Session) -> list[QuotedRule]:
    return [
        QuotedRule(code, getattr(rule.title, session.words.lang), found.policy.citation(code, None))
        for code, rule in found.policy.rules.items()
    ]


def lines(pairs: Sequence[Pair], found: Basis) -> dict[coverage.Group, Sequence[AreaCoverage]]:
    """Coverage by everything that a page groups it by."""
    groups: tuple[coverage.Group, ...] = ("township", "kind", "industry")
    return {group: coverage.of_records(pairs, group, found.policy) for group in groups}
