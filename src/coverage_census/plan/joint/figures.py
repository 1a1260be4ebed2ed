"""A plan of joint branches in; how many organisations it is about, and how many it covers, by township, out.

One count for every figure: an organisation that no branch has today, where it is itself, whichever township leads the
group it joins. Units of existing branches are not counted, they are covered already.
"""

from collections import Counter
from typing import NamedTuple

from coverage_census.model.plans.joint import JointPlan, Unit
from coverage_census.plan.joint.townships import Home, home


class JointFigures(NamedTuple):
    """Organisations to be joined or affiliated: those in groups, and those left over."""

    joined: int
    left: int

    @property
    def asked(self) -> int:
        """All of them."""
        return self.joined + self.left


NOBODY = JointFigures(0, 0)


def by_township(plan: JointPlan) -> dict[Home, JointFigures]:
    """Of each township that has any, in order; they add up to `whole`."""
    joined = Counter(home(unit) for group in plan.groups for unit in group.units if _open(unit))
    left = Counter(home(each.unit) for each in plan.leftovers if _open(each.unit))
    return {at: JointFigures(joined[at], left[at]) for at in sorted(joined.keys() | left.keys())}


def whole(plan: JointPlan) -> JointFigures:
    """Of the plan."""
    found = by_township(plan).values()
    return JointFigures(sum(each.joined for each in found), sum(each.left for each in found))


def _open(unit: Unit) -> bool:
    return unit.branch_key is None
