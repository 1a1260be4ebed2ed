"""A round and some areas of it in; what the pages need beside coverage: indicators, charts, exclusions, reminders."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coverage_census.commands.diff import campaign
from coverage_census.commands.missing import missing
from coverage_census.commands.report import base, round_before
from coverage_census.commands.report.page import Material, Papers, lines, papers
from coverage_census.commands.session import Session
from coverage_census.model.decision import AreaCoverage, Indicator
from coverage_census.model.kept_plan import KINDS
from coverage_census.model.outstanding import Missing
from coverage_census.model.rounds import Round
from coverage_census.policy.decided import pairs as decided
from coverage_census.policy.decided.areas import meant
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.pairs import Pair
from coverage_census.policy.figures import coverage
from coverage_census.policy.figures import rates as figures
from coverage_census.policy.figures.campaigning import Campaigning
from coverage_census.report.page import charts, excluded_and_owing, proposals
from coverage_census.report.page import over_time as drawing
from coverage_census.report.page.proposals import KeptPlans
from coverage_census.results import Diff
from coverage_census.words.catalogue import Words

RATE = "overall_rate"


def kept(session: Session, found: Basis) -> KeptPlans:
    """The newest kept plan of each kind, and how it stands in this round."""
    from coverage_census.commands.plan import kept_standing as standing
    from coverage_census.plan.kept.liaison_and_mass import mass_parts

    joint, liaison, mass = (standing.newest(session, found.round, kind) for kind in KINDS)
    return KeptPlans(
        joint=(joint[0], joint[1].joint) if joint and joint[1].joint else None,
        liaison=(liaison[0], liaison[1].liaison) if liaison and liaison[1].liaison else None,
        mass=(mass[0], mass_parts(mass[1].mass)) if mass and mass[1].mass else None,
    )


@dataclass(frozen=True)
class Beside:
    """What a page shows beside decisions; `past` is its coverage by township in the period before."""

    papers: Papers
    owed: Missing
    plans: KeptPlans
    past: Sequence[AreaCoverage]
    campaign: Campaigning | None = None


def material(session: Session, found: Basis, areas: Sequence[str], *, everything: bool) -> Material:
    """All that the reports on `areas` (none: all of the round) are made of."""
    pairs = decided.decided(found, areas, everything)
    areas = [area.name for area in meant((row for row, _ in pairs), areas)]  # as the ledger writes them
    rates = figures.rates(found, session.words, areas=areas)
    owed = missing.missing(session, areas, detailed=False)
    earlier = round_before.before(session, found)
    past = round_before.past(session, found, earlier).by("township", areas)
    beside = Beside(papers(session, found), owed, kept(session, found), past, campaign.within(session, found))
    made = compose(session, found, tuple(areas), pairs, rates, beside)
    return made if areas else replace(since(session, made, earlier), base=base.of(session))


def compose(
    session: Session,
    found: Basis,
    areas: tuple[str, ...],
    pairs: Sequence[Pair],
    rates: Sequence[Indicator],
    beside: Beside,
) -> Material:
    """The same from what is known already; of a part of a round only the files are shown that its rows come from."""
    behind, words = beside.papers, session.words
    if areas:
        behind = behind.of({row["source_file"] for row, _ in pairs})
    made = Material(found, areas, pairs, rates, behind, lines=lines(pairs, found), earlier=beside.past)
    return replace(
        made,
        charts=_charts(made, words),
        excluded=_excluded(made, words),
        owing=excluded_and_owing.owing(beside.owed, words),
        proposals=proposals.proposals(beside.plans, areas, words),
        campaign=beside.campaign.progress(areas) if beside.campaign is not None else None,
    )


def since(session: Session, made: Material, earlier: Round | None) -> Material:
    """With what changed since the period before: it is worked out for all of a round only."""
    between = round_before.between(session, earlier, made.found.round)
    drawn = (*made.charts, *over_time(between, session.words))
    return replace(made, before=earlier, between=between, charts=drawn)


def _charts(made: Material, words: Words) -> tuple[charts.Chart, ...]:
    lines, forms = made.lines, Counter(row["org_form"] for row, _ in made.living if row["has_org"])
    return charts.of_page(
        lines["township"], lines["kind"], lines["industry"], coverage.total(lines["kind"]), forms, words
    )


def over_time(between: Diff | None, words: Words) -> tuple[charts.Chart, ...]:
    if between is None:
        return ()
    way = next(each for each in between.movements if each.code == RATE)
    return drawing.drawn(between.before, between.after, between.trend, way, words)


def _excluded(made: Material, words: Words) -> tuple[excluded_and_owing.Excluded, ...]:
    from coverage_census.policy.figures import exclusions

    found = exclusions.of_rows([row for row, _ in made.pairs if row["excluded"]], made.found.policy)
    return tuple(
        excluded_and_owing.Excluded(
            name=each.name,
            township=each.township or words("report.not_stated"),
            why=exclusions.reason(each, words),
            source=each.source.place if each.source else "",
        )
        for each in found
    )
