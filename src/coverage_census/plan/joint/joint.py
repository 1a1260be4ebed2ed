"""Decided rows, limits and weights in; the plan of joint branches out: the front door of `plan joint`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.joint_plan import Adjustment, Group, JointPlan, Leftover, Limits, PlanProof, Unit, Weights
from coverage_census.model.reading import Level, Problem
from coverage_census.model.record import Facts
from coverage_census.places.neighbours import Neighbours
from coverage_census.plan.joint import costs, hosts, irregular_branches, leftovers, limits, regroup
from coverage_census.plan.joint import groups as grouping
from coverage_census.plan.joint.candidates import Candidates, asked
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.counties import second
from coverage_census.plan.joint.limits import Bounds
from coverage_census.plan.joint.regroup import Third, third
from coverage_census.plan.joint.solver.cluster import Solution
from coverage_census.plan.joint.solver.workers import every
from coverage_census.plan.joint.townships import NO_PINS, Member, Pins, TownshipCluster, key, tally, townships


@dataclass(frozen=True)
class PlanFrame:
    """What a plan is made under, and what it is to say about that. Groups of an `earlier` plan stay together as
    existing branches do: unless fewer would be covered, or it costs more points than that is worth."""

    round: int
    policy: PolicyStamp
    limits: Limits
    weights: Weights
    neighbours: Neighbours
    inputs: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    earlier: tuple[tuple[Unit, ...], ...] = ()  # groups of a kept plan that are not formed yet
    based_on: int | None = None  # which plan that is
    period: str | None = None  # of the round: its key, else its name
    pins: Pins = NO_PINS  # 必须同组、不得同组, as a person asked


def plan(rows: Iterable[Facts], frame: PlanFrame) -> JointPlan:
    """The whole plan: townships first, then what they leave over, by county; then a county once more as a whole, where
    that covers more."""
    there, keep = asked(rows), limits.bounds(frame.limits)
    cost = costs.points(frame.weights, frame.neighbours.pairs)
    settled = [irregular_branches.settled(branch, keep, cost) for branch in there.branches]
    free = [*there.free, *(unit for each in settled for unit in each.free)]
    placeless = [unit for unit in free if not unit.township]
    towns = _towns([unit for unit in free if unit.township], settled, keep, cost, frame)
    solutions = every([town.cluster for town in towns])
    after = _across(towns, solutions, placeless, regroup.SearchFrame(keep, cost, frame.pins))
    groups = numbered(after.groups)
    still = [unit for member in after.left for unit in member.units]
    can = hosts.hosts(there.hosts, {unit.county or "" for unit in still})
    over = leftovers.leftovers(still, groups, can, keep, cost)
    alone = [each for each in zip(towns, solutions, strict=True) if each[0].home not in after.redone]
    proofs = [_proof(town, solution) for town, solution in alone]
    return JointPlan(
        round=frame.round, period=frame.period, policy=frame.policy, limits=frame.limits, weights=frame.weights,
        groups=groups, leftovers=over, adjustments=_mended(settled, groups, over), unconfirmed=there.unconfirmed,
        proofs=(*proofs, *after.proofs), problems=(*frame.problems, *problems(there, placeless, towns, frame)),
        inputs=dict(frame.inputs), based_on=frame.based_on,
    )  # fmt: skip


def _towns(
    placed: Sequence[Unit],
    settled: Sequence[irregular_branches.SettledBranch],
    keep: Bounds,
    cost: Points,
    frame: PlanFrame,
) -> tuple[TownshipCluster, ...]:
    """One search a township, over candidates and what existing branches come to."""
    kept = [branch for each in settled for branch in each.kept]
    whole = [member for each in settled for member in each.whole]
    earlier = {key(unit): number for number, units in enumerate(frame.earlier) for unit in units}
    return townships(placed, kept, whole, keep, cost, earlier, frame.pins)


def _across(
    towns: Sequence[TownshipCluster],
    solutions: Sequence[Solution],
    placeless: Sequence[Unit],
    under: regroup.SearchFrame,
) -> Third:
    """Whoever the townships leave over, by county."""
    pairs = list(zip(towns, solutions, strict=True))
    found = [group for town, solution in pairs for group in _groups(town, solution)]
    nowhere = [Member((unit,), tally=tally(unit)) for unit in placeless]
    left = [*(member for town, solution in pairs for member in _left(town, solution)), *nowhere]
    after = second(found, left, under.keep, under.cost, under.pins)
    return third(towns, after, nowhere, under)


def _mended(
    settled: Sequence[irregular_branches.SettledBranch], groups: Sequence[Group], over: Sequence[Leftover]
) -> tuple[Adjustment, ...]:
    """Irregular branches with what the plan does about them."""
    touched = by_branch(groups)
    found = [
        irregular_branches.finished(each, touched.get(each.draft.key if each.draft else "", ()), over)
        for each in settled
    ]
    return irregular_branches.ordered([each for each in found if each is not None])


def by_branch(groups: Sequence[Group]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for group in groups:
        for branch in dict.fromkeys(unit.branch_key for unit in group.units if unit.branch_key):
            found.setdefault(branch, []).append(group)
    return found


def _groups(town: TownshipCluster, solution: Solution) -> list[Group]:
    found = [grouping.group(numbers, kept, town.cluster, town.members, 1) for numbers, kept in solution.groups]
    return [group.model_copy(update={"county": town.home[0] or None, "township": town.home[1]}) for group in found]


def _left(town: TownshipCluster, solution: Solution) -> list[Member]:
    inside = {number for numbers, _ in solution.groups for number in numbers}
    return [member for number, member in enumerate(town.members) if number not in inside]


def numbered(groups: Sequence[Group]) -> tuple[Group, ...]:
    """By place and lead unit, counted through."""
    order = {"new": 0, "regrouped": 0, "extended": 1, "kept": 2}

    def place(group: Group) -> tuple[str | int, ...]:
        lead = group.units[0]
        return (group.county or "", group.township or "", order[group.change], lead.name, lead.uscc or "")

    ordered = sorted(groups, key=place)
    return tuple(group.model_copy(update={"number": number}) for number, group in enumerate(ordered, start=1))


def _proof(town: TownshipCluster, solution: Solution) -> PlanProof:
    weight = town.cluster.weight
    return PlanProof(
        stage=1, county=town.home[0] or None, township=town.home[1], candidates=weight,
        covered=weight - solution.uncovered, most=weight - solution.least_uncovered,
        cost=solution.cost, bound=solution.bound,
    )  # fmt: skip


def problems(
    there: Candidates, placeless: Sequence[Unit], towns: Sequence[TownshipCluster], frame: PlanFrame
) -> list[Problem]:
    """What a person should look at; the rest is planned all the same."""
    found = [*frame.neighbours.problems, *_of_policy(frame)]
    found += [_at(unit, "no_township", Level.WARNING) for unit in placeless]
    found += [_at(unit, "branch_without_name", Level.NOTE) for unit in there.nameless]
    for town in towns:
        free = [unit for member in town.members if member.branch is None for unit in member.units]
        if len(free) > 1 and not any(unit.village or unit.zone or unit.address for unit in free):
            file = free[0].source.file if free[0].source else ""
            said: Values = {"township": town.home[1], "number": len(free)}
            found.append(Problem(code="no_place_names", level=Level.NOTE, file=file, values=said))
    if not there.free:
        found.append(Problem(code="no_candidates", level=Level.NOTE, file=""))
    return found


Values = dict[str, str | int | float | None]


def _of_policy(frame: PlanFrame) -> Iterator[Problem]:
    """Limits that contradict each other, or that are in force only later than the figures."""
    keep, file, each = limits.bounds(frame.limits), f"{frame.policy.name}.toml", frame.limits
    if limits.contradict(keep):
        values: Values = {**keep._asdict()}
        yield Problem(code="limits_contradict", level=Level.ERROR, file=file, values=values)
    later = [one for one in (each.units_min, each.units_max, each.formal_min, each.members_max) if one.later]
    if later:
        values = {"since": max(one.since for one in later), "day": frame.policy.as_of, "number": len(later)}
        yield Problem(code="limits_later", level=Level.NOTE, file=file, values=values)


def _at(unit: Unit, code: str, level: Level) -> Problem:
    source = unit.source
    cell = None if source is None or source.row is None else f"{source.row}"
    return Problem(
        code=code, level=level, file=source.file if source else "", sheet=source.sheet if source else None, cell=cell,
        values={"name": unit.name},
    )  # fmt: skip
