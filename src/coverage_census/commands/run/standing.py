"""The newest round in; where the county stands, and what moved since the period before, out."""

from collections import Counter
from dataclasses import replace
from typing import Any

from coverage_census.commands import gaps as deciding
from coverage_census.commands import indicators
from coverage_census.commands.basis import basis
from coverage_census.commands.diff import campaign, diff
from coverage_census.commands.run import registers
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.digest import (
    CountyStanding,
    DueTasks,
    GapOf,
    NotReported,
    Reporting,
)
from coverage_census.model.movement import Movement
from coverage_census.policy.decided import classes
from coverage_census.policy.decided.areas import values
from coverage_census.policy.decided.basis import Basis
from coverage_census.report import standing as figures
from coverage_census.results import Diff
from coverage_census.words.periods import spoken

RATE, BESIDE = "overall_rate", "org_coverage"
"""The headline that every report has, and the rate that is easily taken for it."""


def standing(session: Session) -> CountyStanding:
    """Worked out by the same front doors as `indicators`, `gaps` and `diff`: no figure is the digest's own."""
    found = basis(session)
    told = {each.code: figures.rate(each) for each in indicators.indicators(session, [RATE, BESIDE]).rows}
    rate, beside = told[RATE], told[BESIDE]
    between = _between(session, found)
    opened, closed = _moved(found, between, session) if between else ((), ())
    before = replace(session, round=str(between.before.number)) if between else None
    table, within = deciding.gaps(session, [], None), campaign.within(session, found)
    gaps = table.total
    return CountyStanding(
        round=found.round.number,
        round_name=found.round.name,
        period=found.round.period,
        as_of=found.round.as_of,
        county=session.settings.county or _only(found),
        organisations=gaps.organisations,
        gone=gaps.gone,
        policy=found.policy.name,
        rate=rate,
        beside=beside,
        before=figures.before(rate, _movement(between)) if between else None,
        before_round=spoken(between.before) if between else None,
        before_as_of=between.before.as_of if between else None,
        causes=figures.causes(_movement(between), session.words) if between else (),
        gaps=figures.gaps(gaps, deciding.gaps(before, [], None).total if before else None, session.words),
        irregular_branches=table.irregular_branches,
        new_gaps=opened,
        closed_gaps=closed,
        conversions=figures.conversions(gaps, between.due if between else (), session.words),
        due=_due(found, session),
        reporting=_reporting(session),
        campaign=within.progress() if within is not None else None,
        registers=registers.standing(session),
    )


def _between(session: Session, found: Basis) -> Diff | None:
    """What changed since the cut-off of the period before, if there was one."""
    from coverage_census.ledger.periods import periods

    every = session.rounds()
    earlier = periods.previous(every, found.round)
    return diff.between(session, earlier, found.round, every) if earlier is not None else None


def _reporting(session: Session) -> Reporting:
    """As `census missing` tells it; a roster with a mistake in it stops no run."""
    from coverage_census.commands.missing.missing import missing
    from coverage_census.words.missing import period

    try:
        found = missing(session, detailed=False)
    except CensusError as trouble:
        return Reporting(trouble=session.words(f"errors.{trouble.key}", **trouble.values))
    return Reporting(
        period=period(found, session.words),
        expected=len(found.expected),
        stated=found.basis == "roster",
        not_reported=tuple(
            NotReported(
                county=each.county,
                township=each.township,
                last_as_of=each.last_as_of,
                unreadable=each.state == "unreadable",
            )
            for each in found.not_reported
        ),
        due=found.due,
    )


def _only(found: Basis) -> str | None:
    import narwhals as nw

    counties = values(nw.from_native(found.table), ("county",))
    return next(iter(counties)) if len(counties) == 1 else None


def _movement(between: Diff) -> Movement:
    return next(each for each in between.movements if each.code == RATE)


def _moved(found: Basis, between: Diff, session: Session) -> tuple[tuple[GapOf, ...], tuple[GapOf, ...]]:
    """Gaps in formation that opened, with those that new organisations brought, and that closed."""

    def of(who: Any, gap: str) -> GapOf:
        label = session.words(f"term.gap.{gap}")
        return GapOf(name=who.name, county=who.county, township=who.township, gap=gap, label=label)

    counted = {str(gap) for gap in Gap if gap is not Gap.UNCONFIRMED}
    changed = [each for each in between.judged if each.old.gap != each.new.gap]
    opened = [of(each, each.new.gap) for each in changed if each.new.gap in counted]
    met = [each for each in changed if each.new.verdict == Verdict.MET]  # who is gone has filled no gap
    closed = [of(each, each.old.gap) for each in met if each.old.gap in counted]
    brought = classes.gap_of(found) if between.added else {}
    for who in between.added:
        gap = brought.get((who.name, who.county, who.township))
        if gap in counted:
            opened.append(of(who, gap))
    order = [str(gap) for gap in Gap]
    return tuple(sorted(opened, key=lambda each: order.index(each.gap))), tuple(closed)


def _due(found: Basis, session: Session) -> tuple[DueTasks, ...]:
    """How many tasks are to be done by which day: those that are over, and those due soon, as `census tasks` has it."""
    from coverage_census.commands.tasks import tasks

    every = tasks.of(session, found)
    days = Counter(each.due for each in (*every.overdue, *every.due_soon) if each.due is not None)
    return tuple(
        DueTasks(day=day.isoformat(), count=count, overdue=day < every.calendar.today)
        for day, count in sorted(days.items())
    )
