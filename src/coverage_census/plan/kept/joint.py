"""A kept plan of joint branches and the organisations as they are now in; what became of each group out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from coverage_census.model.choices import OrgForm, is_gone
from coverage_census.model.decision import Advice
from coverage_census.model.joint_plan import Group, JointPlan, PlanSentence, Unit
from coverage_census.model.kept_plan import Fate, State
from coverage_census.model.record import Facts
from coverage_census.plan.joint import limits
from coverage_census.plan.joint.candidates import weight
from coverage_census.plan.joint.limits import Bounds


class Now:
    """The organisations of a round, by code or by name and place."""

    def __init__(self, rows: Iterable[Facts]) -> None:
        self._by_code: dict[str, Facts] = {}
        self._by_place: dict[tuple[str, str, str], Facts] = {}
        self._by_name: dict[tuple[str, str], list[Facts]] = {}
        for row in rows:
            if row["uscc"]:
                self._by_code.setdefault(row["uscc"], row)
            self._by_place.setdefault((row["name"], row["county"] or "", row["township"] or ""), row)
            self._by_name.setdefault((row["name"], row["county"] or ""), []).append(row)

    def find(self, name: str, uscc: str | None, county: str | None, township: str | None) -> Facts | None:
        """By its code; else by its name where it was, and by its name alone where the county has one of it."""
        found = self._by_code.get(uscc) if uscc else None
        found = found or self._by_place.get((name, county or "", township or ""))
        if found is None:
            named = self._by_name.get((name, county or ""), [])
            found = named[0] if len(named) == 1 else None
        found = found or self._where_a_county_was_open(name, county, township)
        return None if found is not None and uscc and found["uscc"] and found["uscc"] != uscc else found

    def _where_a_county_was_open(self, name: str, county: str | None, township: str | None) -> Facts | None:
        """The county has become known since, or is open again: the only one of that name in that township."""
        keys = (key for key in self._by_place if key[0] == name and key[2] == (township or ""))
        found = [self._by_place[key] for key in keys if not county or not key[1]]
        return found[0] if len(found) == 1 else None

    def of(self, unit: Unit) -> Facts | None:
        """The row of a unit of a plan."""
        return self.find(unit.name, unit.uscc, unit.county, unit.township)


def fates(plan: JointPlan, now: Now) -> tuple[Fate, ...]:
    """One a group, in their order."""
    keep = limits.bounds(plan.limits)
    return tuple(fate(group, now, keep) for group in plan.groups)


def leftovers(plan: JointPlan, now: Now) -> tuple[Fate, ...]:
    """What became of those that no group took, one each: whether something covers them, or they are others now."""
    return tuple(_of_leftover(number, each.unit, now.of(each.unit)) for number, each in enumerate(plan.leftovers, 1))


def _of_leftover(number: int, unit: Unit, row: Facts | None) -> Fate:
    branch = None if row is None or not lives(row) or not row["has_org"] else str(row["org_name"] or "")
    why: tuple[PlanSentence, ...] = ()
    if branch is None and (code := _lost(unit, row)) is not None:
        values: dict[str, str | int] = {"name": unit.name}
        if row is not None:
            values |= {"township": str(row["township"] or ""), "number": int(row["formal_low"] or 0)}
        why = (PlanSentence(code=f"why.{code}", values=values),)
    state: State = "came_true" if branch is not None else "broken" if why else "open"
    return Fate(number=number, place=unit.township, units=(unit.name,), state=state, branch=branch or None, why=why)


def _lost(unit: Unit, row: Facts | None) -> str | None:
    """Why a plan for it no longer holds, whatever it was to become."""
    if row is None:
        return "gone"
    if not lives(row):
        return "closed" if is_gone(row["operating_status"]) else "excluded"
    if unit.township and row["township"] and row["township"] != unit.township:
        return "moved"
    return "due_own" if row["advice"] == Advice.STANDALONE.value and not unit.needs_own else None


def fate(group: Group, now: Now, keep: Bounds) -> Fate:
    """Whether all its units are in one joint branch now; if not, what stands in the way."""
    rows = [now.of(unit) for unit in group.units]
    together = _together(rows, _left_behind(group))
    inside = [row is not None and together is not None and row["joint_branch"] == together for row in rows]
    state, why = _judged(group, rows, inside, keep)
    branch = next((str(row["org_name"]) for row, here in zip(rows, inside, strict=True) if row and here), None)
    told = branch if state in ("came_true", "begun", "stands") else None
    names = tuple(unit.name for unit in group.units)
    return Fate(number=group.number, place=group.township, units=names, state=state, branch=told, why=why)


def _left_behind(group: Group) -> frozenset[str]:
    """Branches whose units the plan takes out of them: that they are still there is no news."""
    if group.branch_key is not None:
        return frozenset()
    return frozenset(unit.branch_key for unit in group.units if unit.branch_key is not None)


def _together(rows: Sequence[Facts | None], behind: frozenset[str]) -> str | None:
    """The joint branch that most of them are in, at least two; the first by its key where it is a draw."""
    living = [row["joint_branch"] for row in rows if row is not None and lives(row)]
    often = Counter(branch for branch in living if branch is not None and branch not in behind)
    often = Counter({branch: many for branch, many in often.items() if many > 1})
    return min(often, key=lambda key: (-often[key], key), default=None)


def _judged(
    group: Group, rows: Sequence[Facts | None], inside: Sequence[bool], keep: Bounds
) -> tuple[State, tuple[PlanSentence, ...]]:
    if all(inside):
        return ("stands" if group.change == "kept" else "came_true"), ()
    fresh = [here and unit.branch_key is None for unit, here in zip(group.units, inside, strict=True)]
    some = any(fresh) if group.branch_key else sum(inside) > 1
    why = [
        said
        for unit, row, here in zip(group.units, rows, inside, strict=True)
        if not here and (said := _broke(unit, row, group, some)) is not None
    ]
    if not why and not some:
        why = _sums(group, rows, keep)
    if why:
        return "broken", tuple(why)
    return ("begun" if some else "open"), ()


def _broke(unit: Unit, row: Facts | None, group: Group, some: bool) -> PlanSentence | None:
    """Why this unit will not come into the branch that was proposed; the first that holds."""
    code, values = _cause(unit, row, group, some)
    return None if code is None else PlanSentence(code=f"why.{code}", values={"name": unit.name, **values})


def _cause(unit: Unit, row: Facts | None, group: Group, some: bool) -> tuple[str | None, dict[str, str | int]]:
    if row is None:
        return "gone", {}
    if not lives(row):
        return ("closed" if is_gone(row["operating_status"]) else "excluded"), {}
    if unit.township and row["township"] and row["township"] != unit.township:
        return "moved", {"township": row["township"]}
    branch = row["joint_branch"]
    if branch is not None and branch != unit.branch_key:
        return "joined_other", {"branch": str(row["org_name"])}
    if branch is not None:
        return None, {}  # where it was before: it has yet to move
    if row["has_org"] and row["org_form"] != OrgForm.JOINT.value:
        return _forms(row), {}
    if row["advice"] == Advice.STANDALONE.value and not unit.needs_own:
        return "due_own", {"number": int(row["formal_low"] or 0)}
    if unit.branch_key is not None and group.branch_key == unit.branch_key and not some:
        return "left_branch", {"branch": unit.branch or ""}
    return None, {}


def _forms(row: Facts) -> str:
    if row["org_form"] == OrgForm.AFFILIATED.value:
        return "affiliated"
    return "built_alone" if row["org_form"] == OrgForm.STANDALONE.value else "built_otherwise"


def _sums(group: Group, rows: Sequence[Facts | None], keep: Bounds) -> list[PlanSentence]:
    """Whether the units, all still waiting, would be enough for a branch."""
    if group.absent:
        return []  # the plan took their members from what the branch states
    tally = limits.together(weight(row) for row in rows if row is not None)
    found = {"too_few_formal": (tally.possible, keep.formal_min), "too_many_members": (tally.members, keep.members_max)}
    return [
        PlanSentence(code=f"why.{code}", values={"number": number, "limit": limit})
        for code, (number, limit) in found.items()
        if not limits.EVERY[code](tally, keep)
    ]


def lives(row: Facts) -> bool:
    """Whether the policy still looks at it, be it as a unit of a joint branch."""
    return not row["excluded"] or row["joint_branch"] is not None
