"""Organisations with their facts and a policy in; what a plan of mass organisations counts and cannot count, out."""

from collections import Counter
from collections.abc import Sequence

from coverage_census.model.decision import Gap
from coverage_census.model.mass_plan import MassKind, MassLeft, MassTally
from coverage_census.model.reading import Subject
from coverage_census.model.record import Facts
from coverage_census.policy.decide.verdicts import ended
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.plans import liaison_and_mass

FLAG: dict[MassKind, str] = {"union": "has_union", "league": "has_league", "women": "has_women_org"}


def counts(kind: MassKind, row: Facts, policy: Policy) -> dict[str, int]:
    """How many there surely are: the lower bound of a number that is not exact."""
    names = {each.count for each in policy.mass if each.kind == kind}
    numbers = {name: row[name] if row.get(f"{name}_min") is None else row[f"{name}_min"] for name in names}
    return {name: number for name, number in numbers.items() if number is not None}


def due(kind: MassKind, row: Facts, policy: Policy) -> bool:
    """Whether the policy finds that it should have one."""
    return kind in policy.rules and ended(policy, kind, row).gap is Gap.MASS_ORG_MISSING


def _lacking(kind: MassKind, row: Facts) -> bool:
    return row[FLAG[kind]] is False and not row["excluded"]


def uncounted(kind: MassKind, chosen: Sequence[Facts], policy: Policy) -> list[MassLeft]:
    """Those that lack one and whose number is not stated: nothing can be proposed, and nothing ruled out."""
    return [
        MassLeft(subject=Subject.of(row), kind=kind, due=False, reason="count_unknown")
        for row in chosen
        if _lacking(kind, row) and liaison_and_mass.forms(row, policy, kind).doubt
    ]


def tally(kind: MassKind, chosen: Sequence[Facts], policy: Policy, made: int, left: int) -> MassTally:
    """How many have one, lack one, and are proposed one (`made`) or cannot be (`left`)."""
    counted = [row for row in chosen if not row["excluded"]]
    flags = Counter(row[FLAG[kind]] for row in counted)
    planned = any(each.kind == kind for each in policy.mass)
    return MassTally(
        kind=kind, planned=planned, has=flags[True], lacks=flags[False], unknown=flags[None],
        due=sum(due(kind, row, policy) for row in counted), proposed=made,
        nobody=flags[False] - made - left if planned else 0,
    )  # fmt: skip
