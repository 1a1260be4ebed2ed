"""A cluster with pins in; the cluster without those that no branch could keep, and why each cannot, out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from coverage_census.model.plans.joint import PlanSentence
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.solver.cluster import Cluster


class Wrong(NamedTuple):
    """Items that cannot be together, and each reason (a key of the catalogue `plan`)."""

    numbers: tuple[int, ...]
    why: tuple[PlanSentence, ...]


def checked(cluster: Cluster) -> tuple[Cluster, tuple[Wrong, ...]]:
    """Without the wrong pins, whose items are then planned like any others."""
    wrong = tuple(Wrong(numbers, why) for numbers in cluster.pinned if (why := tuple(_why(numbers, cluster))))
    dropped = {each.numbers for each in wrong}
    kept = tuple(numbers for numbers in cluster.pinned if numbers not in dropped)
    return replace(cluster, together=kept), wrong


def _why(numbers: tuple[int, ...], cluster: Cluster) -> Iterator[PlanSentence]:
    """Too many for one branch, whoever else joins; too far apart; or to be kept apart at the same time."""
    tally = limits.together(cluster.items[number].tally for number in numbers)
    for said in limits.broken(tally, cluster.limits):
        if said.code in ("wrong.too_many_units", "wrong.too_many_members"):
            yield said
    if sum(cluster.items[number].open for number in numbers) > 1:
        yield PlanSentence(code="wrong.two_branches")
    elif not any(_reaches_all(lead, numbers, cluster) for lead in numbers):
        yield PlanSentence(code="wrong.too_far")
    if any(one in numbers and other in numbers for one, other in cluster.apart):
        yield PlanSentence(code="wrong.kept_apart")


def _reaches_all(lead: int, numbers: tuple[int, ...], cluster: Cluster) -> bool:
    at = cluster.items[lead].place
    return all(costs.reach(cluster.items[number].place, at, cluster.cost) for number in numbers if number != lead)
