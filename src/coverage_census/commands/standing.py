"""The newest round in; where the county stands, and what moved since the round before, out."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from coverage_census.commands import deciding, diffing, figures
from coverage_census.commands.facts import Basis, basis, values
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.decision import AreaCoverage, Gap, Verdict
from coverage_census.model.digest import Due, GapCount, GapOf, Rate, Reporting, Standing, Step
from coverage_census.results import Diff

RATE = "org_coverage"
SOON = timedelta(days=60)
_WHO = ("name", "county", "township")


def standing(session: Session) -> Standing:
    """Worked out by the same front doors as `indicators`, `gaps` and `diff`: no figure is the digest's own."""
    found = basis(session)
    now = figures.indicators(session, [RATE]).rows[0]
    rate = Rate(
        code=RATE,
        label=now.label,
        numerator=now.numerator,
        denominator=now.denominator,
        denominator_label=now.denominator_label,
    )
    between = diffing.diff(session, None, None, None) if found.round.number > 1 else None
    opened, closed = _moved(found, between, session) if between else ((), ())
    before = replace(session, round=str(between.before.number)) if between else None
    return Standing(
        round=found.round.number,
        round_name=found.round.name,
        as_of=found.round.as_of,
        county=session.settings.county or _only(found),
        organisations=found.round.organisations,
        policy=found.policy.name,
        rate=rate,
        before=_before(rate, between) if between else None,
        before_round=(between.before.name or str(between.before.number)) if between else None,
        causes=_causes(between, session) if between else (),
        gaps=_gaps(
            deciding.gaps(session, [], None).total, deciding.gaps(before, [], None).total if before else None, session
        ),
        new_gaps=opened,
        closed_gaps=closed,
        due=_due(found, session),
        reporting=_reporting(session),
    )


def _reporting(session: Session) -> Reporting:
    """As `census missing` tells it; a roster with a mistake in it stops no run."""
    from coverage_census.commands.missing import missing

    try:
        found = missing(session, detailed=False)
    except CensusError as trouble:
        return Reporting(trouble=session.words(f"errors.{trouble.key}", **trouble.values))
    names = tuple(each.township for each in found.not_reported if each.township)
    return Reporting(expected=len(found.expected), not_reported=names, due=found.due)


def _only(found: Basis) -> str | None:
    import narwhals as nw

    counties = values(nw.from_native(found.table), ("county",))
    return next(iter(counties)) if len(counties) == 1 else None


def _before(rate: Rate, between: Diff) -> Rate:
    moved = between.movements[0]
    return rate.model_copy(update={"numerator": moved.numerator_before, "denominator": moved.denominator_before})


def _causes(between: Diff, session: Session) -> tuple[Step, ...]:
    return tuple(
        Step(
            cause=step.cause,
            label=session.words(f"console.diff.cause.{step.cause}"),
            organisations=step.organisations,
            numerator=step.numerator,
            denominator=step.denominator,
            rate=step.rate,
        )
        for step in between.movements[0].steps
        if step.organisations
    )


def _gaps(now: AreaCoverage, before: AreaCoverage | None, session: Session) -> tuple[GapCount, ...]:
    """Every class that has a gap now or had one, the most severe first."""
    counts = ((gap, now.gaps.get(gap, 0), before.gaps.get(gap, 0) if before else None) for gap in Gap)
    return tuple(
        GapCount(gap=gap, label=session.words(f"term.gap.{gap}"), count=count, before=was)
        for gap, count, was in counts
        if count or was
    )


def _moved(found: Basis, between: Diff, session: Session) -> tuple[tuple[GapOf, ...], tuple[GapOf, ...]]:
    """Gaps in formation that opened, with those that new organisations brought, and that closed."""

    def of(who: Any, gap: str) -> GapOf:
        label = session.words(f"term.gap.{gap}")
        return GapOf(name=who.name, county=who.county, township=who.township, gap=gap, label=label)

    counted = {str(gap) for gap in Gap if gap is not Gap.UNCONFIRMED}
    changed = [each for each in between.judged if each.old.gap != each.new.gap]
    opened = [of(each, each.new.gap) for each in changed if each.new.gap in counted]
    closed = [of(each, each.old.gap) for each in changed if each.old.gap in counted and each.new.gap not in counted]
    brought = _gap_of(found) if between.added else {}
    for who in between.added:
        gap = brought.get((who.name, who.county, who.township))
        if gap in counted:
            opened.append(of(who, gap))
    order = [str(gap) for gap in Gap]
    return tuple(sorted(opened, key=lambda each: order.index(each.gap))), tuple(closed)


def _gap_of(found: Basis) -> dict[tuple[Any, ...], str]:
    """Organisation → its gap in formation."""
    from coverage_census.policy.frames import rows

    frame = found.judged({*_WHO}, ("formation",)).select(*_WHO, "gap_formation")
    return {tuple(row[name] for name in _WHO): row["gap_formation"] for row in rows(frame) if row["gap_formation"]}


def _due(found: Basis, session: Session) -> tuple[Due, ...]:
    """How many gaps the policy wants closed by which day: those that are over, and the next ones."""
    if not found.policy.deadlines or not found.is_few:
        return ()
    from coverage_census.policy import deadlines, frames, records

    today = session.now.astimezone().date()
    days = Counter(
        day
        for facts in records.completed(frames.plain_rows(found.table), found.policy)
        for rule, end in records.ends(facts, found.policy).items()
        if end.verdict is Verdict.GAP and (day := deadlines.due_on(rule, facts, found.policy)) is not None
    )
    return tuple(
        Due(day=day.isoformat(), count=count, overdue=day < today)
        for day, count in sorted(days.items())
        if day <= today + SOON
    )
