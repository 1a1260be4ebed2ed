"""Two plans of one kind in; which parts are equal, changed, gone or new, and what they cover and cost, out.

Parts are told apart by the organisations in them: equal sets are equal, of the others those that share most are one
part that changed. Whichever plan is named first, the pairs are the same.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coverage_census.model.joint_plan import JointPlan, Unit
from coverage_census.model.kept_plan import Label, Now, Plan, PlanComparison, PlanKind, PlanPart, PlanSide
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.mass_plan import MassPlan
from coverage_census.model.reading import Subject
from coverage_census.plan.kept.liaison_and_mass import mass_parts

Key = tuple[str, ...]


class PlanPiece(NamedTuple):
    """A part and what it is told apart by; two parts of one `sort` that share organisations may be one, with the
    same `mark` and the same organisations they are equal."""

    part: PlanPart
    sort: str
    names: Mapping[Key, str]
    mark: tuple[str, ...] = ()

    @property
    def units(self) -> frozenset[Key]:
        """The organisations."""
        return frozenset(self.names)


Called = tuple[str, Label | None]
"""How the command line names a plan, and its label if it is a kept one."""


def compare(one: tuple[Called, Plan], other: tuple[Called, Plan], kind: PlanKind) -> PlanComparison:
    """Both must be of `kind`."""
    before, after = pieces(one[1]), pieces(other[1])
    equal, pairs = _matched(before, after)
    taken_before = {number for number, _ in (*equal, *pairs)}
    taken_after = {number for _, number in (*equal, *pairs)}
    covered_before, covered_after = _covered(before), _covered(after)
    return PlanComparison(
        kind=kind, one=_side(*one, before), other=_side(*other, after), equal=len(equal),
        changed=tuple((before[a].part, after[b].part) for a, b in sorted(pairs)),
        gone=tuple(each.part for n, each in enumerate(before) if n not in taken_before),
        new=tuple(each.part for n, each in enumerate(after) if n not in taken_after),
        only_one=_beyond(covered_before, covered_after), only_other=_beyond(covered_after, covered_before),
    )  # fmt: skip


def pieces(plan: Plan) -> list[PlanPiece]:
    """The parts of a plan of any kind."""
    if isinstance(plan, JointPlan):
        return [_piece(group.number, None, group.units) for group in plan.groups]
    if isinstance(plan, LiaisonPlan):
        numbered = enumerate(plan.assignments, start=1)
        return [_piece(number, each.officer, [each.subject], "", (each.officer,)) for number, each in numbered]
    found = []
    for number, those in enumerate(mass_parts(plan), start=1):
        mark = (those[0].form, those[0].joins or "")
        found.append(_piece(number, those[0].kind, [each.subject for each in those], those[0].kind, mark))
    return found


def _piece(
    number: int, what: str | None, units: Sequence[Unit | Subject], sort: str = "", mark: tuple[str, ...] = ()
) -> PlanPiece:
    part = PlanPart(number=number, what=what, units=tuple(unit.name for unit in units))
    return PlanPiece(part, sort, {key(unit): unit.name for unit in units}, mark)


def key(each: Unit | Subject) -> Key:
    """What an organisation is known by from plan to plan."""
    return (each.uscc,) if each.uscc else (each.name, each.county or "", each.township or "")


Pairs = list[tuple[int, int]]


def _matched(before: Sequence[PlanPiece], after: Sequence[PlanPiece]) -> tuple[Pairs, Pairs]:
    """Equal ones first; then by how many organisations they share, equal choices by the organisations themselves."""
    where: dict[tuple[str, Key], list[int]] = {}
    for number, each in enumerate(after):
        for unit in each.units:
            where.setdefault((each.sort, unit), []).append(number)
    often: dict[tuple[int, int], int] = {}
    for number, each in enumerate(before):
        for unit in each.units:
            for found in where.get((each.sort, unit), ()):
                often[number, found] = often.get((number, found), 0) + 1

    def rank(pair: tuple[int, int]) -> tuple[object, ...]:
        one, other = before[pair[0]], after[pair[1]]
        same = one.units == other.units and one.mark == other.mark
        ends = sorted([sorted(one.units), sorted(other.units)])
        return (not same, -often[pair], *ends, *sorted([one.mark, other.mark]))

    equal: Pairs = []
    pairs: Pairs = []
    left_before, left_after = set(range(len(before))), set(range(len(after)))
    for pair in sorted(often, key=rank):
        if pair[0] in left_before and pair[1] in left_after:
            left_before.discard(pair[0])
            left_after.discard(pair[1])
            (pairs if rank(pair)[0] else equal).append(pair)
    return equal, pairs


def _covered(parts: Sequence[PlanPiece]) -> dict[tuple[str, Key], str]:
    """Each organisation that has a part, with its name; of mass organisations once for each kind."""
    return {(each.sort, unit): name for each in parts for unit, name in each.names.items()}


def _beyond(one: Mapping[tuple[str, Key], str], other: Mapping[tuple[str, Key], str]) -> tuple[PlanPart, ...]:
    """What one covers that the other does not."""
    return tuple(
        PlanPart(number=0, what=sort or None, units=(one[sort, unit],))
        for sort, unit in sorted(one.keys() - other.keys())
    )


def _side(called: Called, plan: Plan, parts: Sequence[PlanPiece]) -> PlanSide:
    joint = isinstance(plan, JointPlan)
    return PlanSide(
        called=called[0], label=called[1], parts=len(parts), covered=len(_covered(parts)),
        branches=len(parts) if joint else None, cost=cost(plan),
    )  # fmt: skip


def cost(plan: Plan) -> dict[str, int]:
    """Points by term, and all together; a plan of mass organisations has none."""
    if isinstance(plan, MassPlan):
        return {}
    if isinstance(plan, LiaisonPlan):
        return {"all": sum(each.cost for each in plan.assignments)}
    terms: dict[str, int] = {}
    for group in plan.groups:
        for term, points in group.cost.items():
            terms[term] = terms.get(term, 0) + points
    terms["dissolved"] = _dissolved(plan) * plan.weights.dissolved.points["each"]
    return {**terms, "all": sum(terms.values())}


def _dissolved(plan: JointPlan) -> int:
    """Regular branches whose units a plan parts."""
    at: dict[str, set[int]] = {}
    for number, unit in [(group.number, unit) for group in plan.groups for unit in group.units]:
        if unit.branch_key is not None:
            at.setdefault(unit.branch_key, set()).add(number)
    for left in plan.leftovers:
        if left.unit.branch_key is not None:
            at.setdefault(left.unit.branch_key, set()).add(0)
    irregular = {each.key for each in plan.adjustments}
    return sum(len(numbers) > 1 for key_of, numbers in at.items() if key_of not in irregular)


def as_they_stand(found: PlanComparison, one: Mapping[int, Now], other: Mapping[int, Now]) -> PlanComparison:
    """With what became of every part that differs: what is done is gone from a new plan for that reason."""

    def told(part: PlanPart, side: Mapping[int, Now]) -> PlanPart:
        return part.model_copy(update={"now": side.get(part.number)})

    return found.model_copy(
        update={
            "changed": tuple((told(before, one), told(after, other)) for before, after in found.changed),
            "gone": tuple(told(each, one) for each in found.gone),
            "new": tuple(told(each, other) for each in found.new),
        }
    )
