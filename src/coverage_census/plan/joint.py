"""Decided rows, limits and weights in; the plan of joint branches (联合组建方案) out: the front door of `plan joint`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.joint_plan import Group, JointPlan, Limits, Proof, Unit, Weights
from coverage_census.model.reading import Level, Problem
from coverage_census.places.neighbours import Neighbours
from coverage_census.plan import adjust, costs, hosts, leftovers, limits
from coverage_census.plan import groups as grouping
from coverage_census.plan.candidates import Asked, Row, asked
from coverage_census.plan.cluster import Solution
from coverage_census.plan.costs import Points
from coverage_census.plan.counties import second
from coverage_census.plan.limits import Bounds
from coverage_census.plan.townships import Member, Township, tally, townships
from coverage_census.plan.workers import every


@dataclass(frozen=True)
class Frame:
    """What a plan is made under, and what it is to say about that."""

    round: int
    policy: PolicyStamp
    limits: Limits
    weights: Weights
    neighbours: Neighbours
    inputs: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def plan(rows: Iterable[Row], frame: Frame) -> JointPlan:
    """The whole plan: townships first, then what they leave over, by county."""
    there, keep = asked(rows), limits.bounds(frame.limits)
    cost = costs.points(frame.weights, frame.neighbours.pairs)
    settled = [adjust.settled(branch, keep, cost) for branch in there.branches]
    free = [*there.free, *(unit for each in settled for unit in each.free)]
    placed, placeless = [u for u in free if u.township], [u for u in free if not u.township]
    towns = townships(
        placed, [b for each in settled for b in each.kept], [m for each in settled for m in each.whole], keep, cost
    )
    solutions = every([town.cluster for town in towns])
    first = [group for town, solution in zip(towns, solutions, strict=True) for group in _groups(town, solution)]
    left = [m for town, solution in zip(towns, solutions, strict=True) for m in _left(town, solution)]
    left += [Member((unit,), tally=tally(unit)) for unit in placeless]
    after = second(first, left, keep, cost)
    groups = _numbered(after.groups)
    still = [unit for member in after.left for unit in member.units]
    can = hosts.hosts(there.hosts, {unit.county or "" for unit in still})
    over = leftovers.leftovers(still, groups, can, keep, cost)
    touched = _by_branch(groups)
    mended = [adjust.finished(each, touched.get(each.draft.key if each.draft else "", ()), over) for each in settled]
    proofs = [_proof(town, solution) for town, solution in zip(towns, solutions, strict=True)]
    return JointPlan(
        round=frame.round, policy=frame.policy, limits=frame.limits, weights=frame.weights, groups=groups,
        leftovers=over, adjustments=adjust.ordered([each for each in mended if each is not None]), unconfirmed=there.unconfirmed,
        proofs=(*proofs, *after.proofs), problems=(*frame.problems, *problems(there, placeless, towns, frame)),
        inputs=dict(frame.inputs),
    )  # fmt: skip


def _by_branch(groups: Sequence[Group]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for group in groups:
        for key in dict.fromkeys(unit.branch_key for unit in group.units if unit.branch_key):
            found.setdefault(key, []).append(group)
    return found


def _groups(town: Township, solution: Solution) -> list[Group]:
    found = [grouping.group(numbers, kept, town.cluster, town.members, 1) for numbers, kept in solution.groups]
    return [group.model_copy(update={"county": town.home[0] or None, "township": town.home[1]}) for group in found]


def _left(town: Township, solution: Solution) -> list[Member]:
    inside = {number for numbers, _ in solution.groups for number in numbers}
    return [member for number, member in enumerate(town.members) if number not in inside]


def _numbered(groups: Sequence[Group]) -> tuple[Group, ...]:
    """By place and lead unit, counted through."""
    names = {"new": 0, "regrouped": 0, "extended": 1, "kept": 2}
    ordered = sorted(groups, key=lambda g: (g.county or "", g.township or "", names[g.change], g.units[0].name, g.units[0].uscc or ""))
    return tuple(group.model_copy(update={"number": number}) for number, group in enumerate(ordered, start=1))


def _proof(town: Township, solution: Solution) -> Proof:
    weight = town.cluster.weight
    return Proof(
        stage=1, county=town.home[0] or None, township=town.home[1], candidates=weight,
        covered=weight - solution.uncovered, most=weight - solution.least_uncovered,
        cost=solution.cost, bound=solution.bound,
    )  # fmt: skip


def problems(there: Asked, placeless: Sequence[Unit], towns: Sequence[Township], frame: Frame) -> list[Problem]:
    """What a person should look at; the rest is planned all the same."""
    found = list(frame.neighbours.problems)
    keep = limits.bounds(frame.limits)
    if limits.contradict(keep):
        values = {
            "units_min": keep.units_min, "units_max": keep.units_max,
            "formal_min": keep.formal_min, "members_max": keep.members_max,
        }  # fmt: skip
        file = f"{frame.policy.name}.toml"
        found.append(Problem(code="limits_contradict", level=Level.ERROR, file=file, values={**values}))
    later = [each for each in (frame.limits.units_min, frame.limits.units_max, frame.limits.formal_min, frame.limits.members_max) if each.later]
    if later:
        values_of_later = {"since": max(each.since for each in later), "day": frame.policy.as_of, "number": len(later)}
        found.append(Problem(code="limits_later", level=Level.NOTE, file=f"{frame.policy.name}.toml", values={**values_of_later}))
    found += [_at(unit, "no_township", Level.WARNING) for unit in placeless]
    found += [_at(unit, "branch_without_name", Level.NOTE) for unit in there.nameless]
    for town in towns:
        free = [member for member in town.members if member.branch is None]
        if len(free) > 1 and not any(u.village or u.zone or u.address for m in free for u in m.units):
            values_of = {"township": town.home[1], "number": len(free)}
            source = free[0].units[0].source
            found.append(
                Problem(code="no_place_names", level=Level.NOTE, file=source.file if source else "", values={**values_of})
            )
    if not there.free:
        found.append(Problem(code="no_candidates", level=Level.NOTE, file=""))
    return found


def _at(unit: Unit, code: str, level: Level) -> Problem:
    source = unit.source
    cell = None if source is None or source.row is None else f"{source.row}"
    return Problem(
        code=code, level=level, file=source.file if source else "", sheet=source.sheet if source else None, cell=cell,
        values={"name": unit.name},
    )  # fmt: skip


def covered_by(plan: JointPlan) -> Mapping[str, int]:
    """Organisations by what becomes of them."""
    fresh = sum(1 for group in plan.groups for unit in group.units if unit.branch_key is None)
    return {"joined": fresh, "left": len(plan.leftovers), "adjusted": len(plan.adjustments)}

