"""专项行动 (campaign): a named stretch of time with its own baseline, and how far an office has come in it."""

from enum import StrEnum

from coverage_census.model.record import Record


class CampaignPace(StrEnum):
    """How a rate stands beside the straight line from the baseline to the target; on its first day nothing is late."""

    REACHED = "reached"  # 已达标
    ON_TIME = "on_time"  # 进度正常
    BEHIND = "behind"  # 进度滞后
    MISSED = "missed"  # 到期未达标: the facts are of the last day or later
    UNKNOWN = "unknown"  # 待核: what is not known decides it


class CampaignLine(Record):
    """One indicator, at the baseline and now, under one policy; counts are of organisations (家).

    `target_percent` and `expected_percent` (where the straight line is on the day of the facts) are of 100. `needed` is
    how many of those below the line now it takes to reach the target, `missing` how many of them are still to be done,
    `expected` how many there should be by that day. `unknown`: of whom it is not known, now.
    """

    code: str
    label: str
    numerator_before: int
    denominator_before: int
    known_before: int
    unknown_before: int
    numerator: int
    denominator: int
    denominator_label: str
    known: int
    unknown: int
    target_percent: float | None = None
    needed: int | None = None
    missing: int | None = None
    expected_percent: float | None = None
    expected: int | None = None
    pace: CampaignPace | None = None


class CampaignProgress(Record):
    """专项行动进展: days are ISO; `days_left` counts from the day of this run, 0 when it is over.

    `trouble`: why there is nothing to compare (the baseline is not there), as a sentence; then `lines` is empty.
    """

    name: str | None
    start: str
    end: str
    today: str
    days_left: int
    over: bool
    baseline: str | None  # the period of the baseline: its key, else its name
    baseline_round: int | None
    baseline_as_of: str | None
    period: str
    round: int
    as_of: str  # the day that the figures are of
    lines: tuple[CampaignLine, ...] = ()
    untold: tuple[str, ...] = ()  # names of indicators with a target for which there are no figures yet
    trouble: str | None = None
