"""Units and their lead unit in; the points that a joint branch costs out, one function a term: fewer are better."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Literal

from coverage_census.model.plans.joint import Industry, Nearness, Weights
from coverage_census.places.nearness import Place, nearness
from coverage_census.places.neighbours import Pair
from coverage_census.plan.joint.limits import Bounds, Tally, proven

Likeness = Literal["division", "section", "unknown", "other"]
_ORDER = tuple(Nearness)


@dataclass(frozen=True)
class Points:
    """The points of the policy, how far a plan may look, and which townships lie side by side."""

    distance: dict[Nearness, int]
    industry: dict[Likeness, int]
    dissolved: int
    branch: int
    unproven: int
    farthest: Nearness = Nearness.COUNTY
    neighbours: Set[Pair] = frozenset()


def points(weights: Weights, neighbours: Set[Pair] = frozenset()) -> Points:
    """The numbers alone."""
    return Points(
        distance={level: weights.distance.points[level.value] for level in Nearness},
        industry={
            "division": weights.industry.points["division"],
            "section": weights.industry.points["section"],
            "unknown": weights.industry.points["unknown"],
            "other": weights.industry.points["other"],
        },
        dissolved=weights.dissolved.points["each"],
        branch=weights.branch.points["each"],
        unproven=weights.unproven.points["each"],
        farthest=weights.farthest,
        neighbours=neighbours,
    )


def reach(place: Place, lead: Place, cost: Points) -> Nearness | None:
    """How near a unit is to the lead unit; None: too far for one branch, and never across counties."""
    level = nearness(place, lead, cost.neighbours)
    if level is None or _ORDER.index(level) > _ORDER.index(cost.farthest):
        return None
    return level


def likeness(one: Industry | None, other: Industry | None) -> Likeness:
    """行业相近: by division, then by section of GB/T 4754."""
    if one is None or other is None:
        return "unknown"
    if one.section != other.section:
        return "other"
    return "division" if one.division is not None and one.division == other.division else "section"


def distance(place: Place, lead: Place, cost: Points) -> int | None:
    """地域相邻: points of one unit for its way to the lead unit; None: out of reach."""
    level = reach(place, lead, cost)
    return None if level is None else cost.distance[level]


def industry(one: Industry | None, lead: Industry | None, cost: Points) -> int:
    """行业相近: points of one unit for not being in the lead unit's business."""
    return cost.industry[likeness(one, lead)]


def dissolved(branches: int, cost: Points) -> int:
    """保持稳定: points for existing regular branches that are not kept whole."""
    return branches * cost.dissolved


def branch(branches: int, cost: Points) -> int:
    """便于管理: points for every branch there is to lead."""
    return branches * cost.branch


def unproven(tally: Tally, keep: Bounds, cost: Points) -> int:
    """Points for a branch whose formal members must still be confirmed."""
    return 0 if proven(tally, keep) else cost.unproven
