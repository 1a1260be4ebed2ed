"""What people want of a plan (who is where, who must and must not share a group) in; the plan that does it out.

Groups as a person wrote them stand. With pins everything else is planned anew, exactly, under them; without pins the
other groups stay as the solver had them, and only those whose group could not be kept are planned anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coverage_census.model.joint_plan import Group, JointPlan, Leftover, PlanSentence, Unit
from coverage_census.model.plan_review import ReviewFigures
from coverage_census.model.record import Facts
from coverage_census.plan.joint import costs, irregular_branches, limits
from coverage_census.plan.joint.candidates import asked
from coverage_census.plan.joint.joint import PlanFrame, by_branch, numbered, plan
from coverage_census.plan.joint.reviewed_groups import Parts
from coverage_census.plan.joint.townships import NO_PINS, Key, Pins, key


@dataclass(frozen=True)
class Wanted:
    """`same` are numbers of the solver's groups that stand, `groups` those that a person made and that break nothing,
    `out` who is to be in none; everybody else is planned under `pins`."""

    same: frozenset[int]
    groups: tuple[tuple[Unit, ...], ...] = ()
    out: tuple[Unit, ...] = ()
    pins: Pins = NO_PINS


class Reviewing:
    """One plan of the solver, and what it was made of."""

    def __init__(self, rows: Sequence[Facts], frame: PlanFrame, base: JointPlan) -> None:
        self.rows, self.frame, self.base = rows, frame, base
        keep, cost = limits.bounds(frame.limits), costs.points(frame.weights, frame.neighbours.pairs)
        self._settled = [irregular_branches.settled(branch, keep, cost) for branch in asked(rows).branches]
        self.parts = Parts(self._settled, keep, cost)

    def units(self) -> dict[Key, Unit]:
        """Everybody whom the plan has a place for, or none."""
        inside = [unit for group in self.base.groups for unit in group.units]
        return {key(unit): unit for unit in (*inside, *(left.unit for left in self.base.leftovers))}

    def done(self, wanted: Wanted) -> JointPlan:
        """The plan as it is wanted; where nothing is, the solver's own."""
        pinned = wanted.pins != NO_PINS
        if not wanted.groups and not wanted.out and not pinned and len(wanted.same) == len(self.base.groups):
            return self.base
        stay = [] if pinned else [group for group in self.base.groups if group.number in wanted.same]
        made = [self.parts.group(units) for units in wanted.groups]
        fixed = {key(unit) for group in (*stay, *made) for unit in group.units} | {key(unit) for unit in wanted.out}
        left = [each for each in self.base.leftovers if not pinned and key(each.unit) not in fixed]
        rest = self._rest(fixed | {key(each.unit) for each in left}, wanted.pins)
        found = [self._pointed(group, wanted.pins) for group in rest.groups]
        over = (*left, *(_by_hand(unit, self.base) for unit in wanted.out), *rest.leftovers)
        groups = numbered([*stay, *made, *found])
        return self.base.model_copy(
            update={
                "groups": groups, "leftovers": over, "adjustments": self._adjusted(groups, over),
                "proofs": rest.proofs if pinned else (),
            }
        )  # fmt: skip

    def _rest(self, fixed: set[Key], pins: Pins) -> JointPlan:
        """Everybody else, as if the others were not there; who is left of a branch is all there is of it."""
        torn = {row["joint_branch"] for row in self.rows if _key(row) in fixed} - {None}
        rows = [row for row in self.rows if _key(row) not in fixed]
        left = [_without_statement(row) if row["joint_branch"] in torn else row for row in rows]
        return plan(left, replace(self.frame, pins=pins))

    def _pointed(self, group: Group, pins: Pins) -> Group:
        """The same group; where it holds a pin across townships its place is that of its lead unit."""
        inside = {key(unit) for unit in group.units}
        if group.township == group.units[0].township or not any(keys <= inside for keys in pins.together):
            return group
        return group.model_copy(update={"township": group.units[0].township, "stage": 2})

    def _adjusted(self, groups: Sequence[Group], over: Sequence[Leftover]) -> object:
        touched = by_branch(groups)
        mended = [
            irregular_branches.finished(each, touched.get(each.draft.key if each.draft else "", ()), over)
            for each in self._settled
        ]  # fmt: skip
        return irregular_branches.ordered([each for each in mended if each is not None])

    def figures(self, made: JointPlan) -> ReviewFigures:
        """Points by term; who is covered counts those in existing branches too."""
        terms: dict[str, int] = {}
        for group in made.groups:
            for term, points in group.cost.items():
                terms[term] = terms.get(term, 0) + points
        terms["dissolved"] = self.parts.dissolved(made.groups)
        return ReviewFigures(groups=len(made.groups), covered=_covered(made.groups), cost=terms)


def _covered(groups: Iterable[Group]) -> int:
    return sum(group.size for group in groups)


def _key(row: Facts) -> Key:
    return (row["county"] or "", row["township"] or "", row["uscc"] or row["name"])


def _without_statement(row: Facts) -> Facts:
    return {**row, **dict.fromkeys(("joint_units", "joint_units_min", "joint_units_max"))}


def _by_hand(unit: Unit, base: JointPlan) -> Leftover:
    before = next((left for left in base.leftovers if left.unit == unit), None)
    if before is not None:
        return before
    return Leftover(unit=unit, reason="by_hand", said=PlanSentence(code="left.by_hand"), host=None)
