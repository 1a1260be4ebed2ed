"""A policy in; the limits of joint branches and the weights of a plan out, each with its citation."""

from coverage_census.model.plans.joint import Limit, Limits, Nearness, Weight, Weights
from coverage_census.policy.files.document import ParameterEntry, PlanWeight
from coverage_census.policy.files.policy import Policy

# 超过 (more_than) and 不满 (less_than) leave the number itself out.
_OFF_BY = {"at_least": 0, "more_than": 1, "at_most": 0, "less_than": -1}


def limits(policy: Policy) -> Limits | None:
    """What every joint branch must keep; None where the policy has no `[plan]`, or a number that is long over."""
    if policy.plan is None:
        return None
    found = {each: _limit(name, policy) for each, name in policy.plan.limits().items()}
    if any(limit is None for limit in found.values()):
        return None
    return Limits.model_validate(found)


def weights(policy: Policy) -> Weights | None:
    """What makes one plan better than another."""
    if policy.plan is None:
        return None
    terms = {term: _weight(policy.plan.weight(term)) for term in Weights.model_fields if term != "farthest"}
    return Weights(farthest=Nearness(policy.plan.farthest), **terms)


def contradiction(found: Limits) -> tuple[Limit, Limit] | None:
    """Two limits that no branch can keep together: the one from below, the one from above."""
    if found.units_min.value > found.units_max.value:
        return found.units_min, found.units_max
    if found.formal_min.value > found.members_max.value:
        return found.formal_min, found.members_max
    return None


def _limit(name: str, policy: Policy) -> Limit | None:
    entry: ParameterEntry | None = policy.parameters.get(name) or policy.later.get(name)
    if entry is None:
        return None
    return Limit(
        parameter=name,
        value=entry.value + _OFF_BY[entry.operator],
        citation=entry.citation.citation(),
        since=entry.since.isoformat(),
        later=name not in policy.parameters,
    )


def _weight(written: PlanWeight) -> Weight:
    quoted = written.citation
    return Weight(
        points=dict(written.points),
        own_choice=written.own_choice,
        citation=None if quoted is None else quoted.citation(),
    )
