"""Organisations with their facts and ends in; how many joint branches (个) stand behind those (家) with a gap, out."""

from collections.abc import Iterable, Mapping

from coverage_census.model.decision import Gap
from coverage_census.model.record import Facts
from coverage_census.policy.decide.frames import Frame, rows
from coverage_census.policy.decide.joint import branch
from coverage_census.policy.decide.verdicts import Outcome
from coverage_census.policy.files.policy import Policy

FIELDS = ("county", "org_form", "org_name", "operating_status")
"""The columns that say which branch an organisation is in."""


def of_records(decided: Iterable[tuple[Facts, Mapping[str, Outcome]]]) -> int:
    """Of a few that were decided one by one (`records`)."""
    return _count(facts for facts, ends in decided if any(end.gap is Gap.IRREGULAR_JOINT for end in ends.values()))


def of_frame(frame: Frame, policy: Policy) -> int:
    """Of a frame of `decide.ends` that carries `FIELDS`."""
    from coverage_census.policy.figures.coverage import gap_flag

    flag = gap_flag(policy, Gap.IRREGULAR_JOINT, set(frame.columns))
    return 0 if flag is None else _count(rows(frame.filter(flag).select(*FIELDS)))


def _count(found: Iterable[Facts]) -> int:
    """One that nobody named is a branch by itself."""
    names = [branch(facts) for facts in found]
    return len({name for name in names if name is not None}) + names.count(None)
