"""Figures of a round and how they moved in; what a digest says of them out."""

from collections.abc import Iterable

from coverage_census.model.decision import AreaCoverage, Gap, Indicator
from coverage_census.model.digest import Conversion, Conversions, GapCount, Rate, RateStep
from coverage_census.model.due import ConversionDue
from coverage_census.model.movement import Movement
from coverage_census.words.catalogue import Words


def rate(now: Indicator) -> Rate:
    """An indicator as a digest tells it."""
    return Rate(
        code=now.code,
        label=now.label,
        numerator=now.numerator,
        denominator=now.denominator,
        denominator_label=now.denominator_label,
        known=now.known,
        unknown=now.unknown,
    )


def before(rate: Rate, moved: Movement) -> Rate:
    """The same rate as it stood in the earlier round."""
    return rate.model_copy(update={"numerator": moved.numerator_before, "denominator": moved.denominator_before})


def causes(moved: Movement, words: Words) -> tuple[RateStep, ...]:
    """What each cause did that concerned anybody."""
    return tuple(
        RateStep(
            cause=step.cause,
            label=words(f"console.diff.cause.{step.cause}"),
            organisations=step.organisations,
            numerator=step.numerator,
            denominator=step.denominator,
            rate=step.rate,
        )
        for step in moved.steps
        if step.organisations
    )


def gaps(now: AreaCoverage, before: AreaCoverage | None, words: Words) -> tuple[GapCount, ...]:
    """Every class that has a gap now or had one, the most severe first."""
    counts = ((gap, now.gaps.get(gap, 0), before.gaps.get(gap, 0) if before else None) for gap in Gap)
    return tuple(
        GapCount(gap=gap, label=words(f"term.gap.{gap}"), count=count, before=was)
        for gap, count, was in counts
        if count or was
    )


def conversions(now: AreaCoverage, due: Iterable[ConversionDue], words: Words) -> Conversions:
    """As `census diff` lists them; before there are two rounds nobody can say which are new."""
    new = tuple(
        Conversion(
            name=each.name,
            county=each.county,
            township=each.township,
            form=each.form,
            label=words(f"term.org_form.{each.form}" if each.form else "console.unknown"),
        )
        for each in due
        if each.new
    )
    return Conversions(count=now.gaps.get(Gap.SHOULD_BE_STANDALONE, 0), new=new)
