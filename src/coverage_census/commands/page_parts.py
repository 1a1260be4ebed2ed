"""A round and some areas of it in; what the pages need beside coverage: indicators, charts, exclusions, reminders."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coverage_census.commands import decided, missing
from coverage_census.commands.decided import Pair
from coverage_census.commands.facts import PLACES, Basis, within
from coverage_census.commands.page import Material, Papers, lines, papers
from coverage_census.commands.session import Session
from coverage_census.model.choices import OrgForm
from coverage_census.model.decision import AreaCoverage, Indicator
from coverage_census.model.joint_plan import JointPlan
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.outstanding import Missing
from coverage_census.model.rounds import Round
from coverage_census.policy import coverage
from coverage_census.report import areas as tables
from coverage_census.report import charts, more, proposals
from coverage_census.report.figures import Share
from coverage_census.results import Diff
from coverage_census.words.catalogue import Words

RATE = "overall_rate"
INDUSTRIES = 12  # the largest ones; the many small ones would hide them


@dataclass(frozen=True)
class Plans:
    """The newest kept plans, each with the round that keeps it."""

    joint: tuple[int, JointPlan] | None
    liaison: tuple[int, LiaisonPlan] | None


def kept(session: Session, found: Basis) -> Plans:
    from coverage_census.commands import plan_keeping

    joint = plan_keeping.latest(session, found.round, "joint")
    liaison = plan_keeping.latest(session, found.round, "liaison")
    return Plans(
        (joint[0].number, joint[1].joint) if joint and joint[1].joint else None,
        (liaison[0].number, liaison[1].liaison) if liaison and liaison[1].liaison else None,
    )


def material(session: Session, found: Basis, areas: Sequence[str], *, everything: bool) -> Material:
    """All that the reports on `areas` (none: all of the round) are made of."""
    pairs = decided.decided(found, areas, everything)
    rates = indicators(session, found, within(found.decided(), areas, PLACES))
    owed = missing.missing(session, areas, detailed=False)
    behind, plans = papers(session, found), kept(session, found)
    return compose(session, found, tuple(areas), pairs, rates, behind, owed, plans)


def indicators(session: Session, found: Basis, frame: Any) -> list[Indicator]:
    from coverage_census.policy import indicators as rates

    return rates.compute(frame, found.policy, session.words, found.round.as_of)


def compose(
    session: Session,
    found: Basis,
    areas: tuple[str, ...],
    pairs: Sequence[Pair],
    rates: Sequence[Indicator],
    behind: Papers,
    owed: Missing,
    plans: Plans,
) -> Material:
    """The same from what is known already; of a part of a round only the files are shown that its rows come from."""
    if areas:
        behind = behind.of({row["source_file"] for row, _ in pairs})
    earlier = before(session, found) if not areas else None
    between = None if earlier is None else _between(session, earlier, found.round)
    made = Material(found, areas, pairs, rates, behind, earlier, lines=lines(pairs, found), between=between)
    words = session.words
    return replace(
        made,
        charts=_charts(made, words),
        excluded=_excluded(made, words),
        owing=more.owing(owed, words),
        earlier=() if earlier is None else in_round(session, found, earlier, "township"),
        proposals=proposals.proposals(plans.joint, plans.liaison, areas, words),
    )


def in_round(session: Session, found: Basis, earlier: Round, group: coverage.Group) -> Sequence[AreaCoverage]:
    """Coverage in another round under the policy of `found`: what changed is then the facts, not the rules."""
    from coverage_census.ledger import rounds as store

    then = replace(found, round=earlier, table=store.relation(session.settings.ledger, earlier), engine="duckdb")
    if then.is_few:
        return coverage.of_records(decided.decided(then, (), False), group, found.policy)
    return coverage.by(then.decided(carry=coverage.fields(group)), group, found.policy)


def _between(session: Session, earlier: Round, later: Round) -> Diff:
    from coverage_census.commands import diffing

    return diffing.diff(session, str(earlier.number), str(later.number), None)


def before(session: Session, found: Basis) -> Round | None:
    """The round to compare with: the one before the last news; a kept plan or a tick is none."""
    from coverage_census.commands import diffing
    from coverage_census.ledger import rounds as store

    every = store.all_rounds(session.settings.ledger)[: found.round.number]
    return diffing.before_news(every) if any(each.files for each in every[1:]) else None


def _charts(made: Material, words: Words) -> tuple[charts.Chart, ...]:
    industries = sorted(made.lines["industry"], key=lambda each: -each.organisations)
    groups = (
        ("townships", "township", tables.by_rank(made.lines["township"])),
        ("kinds", "kind", made.lines["kind"]),
        ("industries", "industry", [each for each in industries if each.group][:INDUSTRIES]),
    )
    forms = charts.forms(_forms(made, words), words)
    rates = coverage_charts(groups, coverage.total(made.lines["kind"]), words)
    return (*rates, *((forms,) if forms is not None else ()), *_over_time(made.between, words))


def coverage_charts(
    groups: Iterable[tuple[str, str, Sequence[AreaCoverage]]], total: AreaCoverage, words: Words
) -> tuple[charts.Chart, ...]:
    """A chart of bars for each group: its code, what it groups by, its lines."""
    drawn = (
        charts.coverage(code, words(f"report.column.{of}"), tables.table(lines, total, words).lines, words)
        for code, of, lines in groups
    )
    return tuple(each for each in drawn if each is not None)


def over_time(session: Session, found: Basis, earlier: Round | None) -> tuple[charts.Chart, ...]:
    """The trend, and why the rate moved since an earlier round, of all organisations."""
    return _over_time(_between(session, earlier, found.round) if earlier else None, session.words)


def _over_time(between: Diff | None, words: Words) -> tuple[charts.Chart, ...]:
    drawn = (_trend(between, words), _waterfall(between, words)) if between is not None else ()
    return tuple(each for each in drawn if each is not None)


def _forms(made: Material, words: Words) -> dict[str, int]:
    counts = Counter(row["org_form"] for row, _ in made.pairs if row["has_org"])
    known = {words(f"term.org_form.{form.value}"): counts[form.value] for form in OrgForm}
    return dict(sorted(known.items(), key=lambda pair: -pair[1])) | {words("report.unknown"): counts[None]}


def _trend(between: Diff, words: Words) -> charts.Chart | None:
    points = [
        charts.Point(_called(each.name, each.round, words), Share(each.covered, each.organisations))
        for each in between.trend
        if each.round <= between.after.number
    ]
    return charts.trend(points, words)


def _called(name: str | None, number: int, words: Words) -> str:
    return name or words("report.round_numbered", number=number)


def _waterfall(between: Diff, words: Words) -> charts.Chart | None:
    way = next(each for each in between.movements if each.code == RATE)
    causes = [
        charts.Cause(words(f"console.diff.cause.{step.cause.value}"), step.organisations, step.rate or 0.0)
        for step in way.steps
    ]
    ends = [
        charts.Point(words("report.round_numbered", number=each.number), share)
        for each, share in (
            (between.before, Share(way.numerator_before, way.denominator_before)),
            (between.after, Share(way.numerator_after, way.denominator_after)),
        )
    ]
    return charts.waterfall(ends[0], causes, ends[1], words)


def _excluded(made: Material, words: Words) -> tuple[more.Excluded, ...]:
    from coverage_census.policy import exclusions

    found = exclusions.of_rows([row for row, _ in made.pairs if row["excluded"]], made.found.policy)
    return tuple(
        more.Excluded(
            name=each.name,
            township=each.township or words("report.not_stated"),
            why=exclusions.reason(each, words),
            source=each.source.place if each.source else "",
        )
        for each in found
    )
