"""Existing joint branches in; which are regular, and for each irregular one the smallest change that mends it, out.

不规范联合: too many units or members, too few formal members, or a unit in it that is due a branch of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from coverage_census.model.plans.joint import Adjustment, Branch, Group, Leftover, PlanSentence, Unit
from coverage_census.plan.joint import costs, limits
from coverage_census.plan.joint.candidates import place
from coverage_census.plan.joint.costs import Points
from coverage_census.plan.joint.limits import Bounds, Tally
from coverage_census.plan.joint.townships import Member, seat, tally

_WIDEST = 12  # beyond that many units no split is tried out: it is for a superior to look at


@dataclass(frozen=True)
class SettledBranch:
    """What becomes of one existing branch before the search: parts that stay as they are, one that moves as a whole,
    units that need a new place, and what is proposed so far."""

    kept: tuple[Branch, ...] = ()
    whole: tuple[Member, ...] = ()  # an irregular one among them needs others
    free: tuple[Unit, ...] = ()
    draft: Adjustment | None = None


def settled(branch: Branch, keep: Bounds, cost: Points) -> SettledBranch:
    """Regular branches stay; of an irregular one as much stays as can."""
    wrong = wrong_with(branch, keep)
    if branch.size_high is None:
        return SettledBranch()  # nobody knows how many units there are: left alone
    if not branch.complete:
        return _incomplete(branch, wrong, keep)
    if not wrong:
        holds = limits.holds(limits.together(map(tally, branch.units)), keep)
        return (
            SettledBranch(kept=(branch,)) if holds else SettledBranch()
        )  # it may have too many members, or not: left alone
    leave = tuple(unit for unit in branch.units if unit.needs_own)
    rest = tuple(unit for unit in branch.units if not unit.needs_own)
    steps = (PlanSentence(code="step.stand_alone", values=_named(leave)),) if leave else ()
    return _mended(branch, rest, _draft(branch, wrong, steps, len(leave)), keep, cost)


def wrong_with(branch: Branch, keep: Bounds) -> tuple[PlanSentence, ...]:
    """What is not regular, as far as the ledger surely says so."""
    surely = sum(unit.surely for unit in branch.units)
    low = Tally(branch.size_low, branch.formal_low, keep.formal_min, surely)
    if branch.complete:
        low = limits.together(map(tally, branch.units))._replace(members=surely)
        if not all(unit.counted for unit in branch.units):  # a blank is no zero: there may be enough
            low = low._replace(possible=max(low.possible, keep.formal_min))
    own = [unit for unit in branch.units if unit.needs_own]
    said = limits.broken(low, keep)
    return (*said, *((PlanSentence(code="wrong.needs_own", values=_named(own)),) if own else ()))


def _incomplete(branch: Branch, wrong: Sequence[PlanSentence], keep: Bounds) -> SettledBranch:
    """Units that no row tells of cannot be moved: what is regular moves as a whole, the rest is to be confirmed."""
    whole = Tally(branch.size_high or 0, branch.formal_low, branch.formal_low, sum(u.members for u in branch.units))
    if not wrong:
        regular = limits.holds(whole, keep)
        return SettledBranch(whole=(Member(branch.units, branch, tally=whole),)) if regular else SettledBranch()
    values: dict[str, str | int] = {"stated": branch.size_high or 0, "rows": len(branch.units)}
    step = PlanSentence(code="step.confirm_units", values=values)
    return SettledBranch(
        draft=_draft(branch, wrong, (step,), 0).model_copy(update={"mends": False, "to_confirm": True})
    )


def _mended(branch: Branch, rest: tuple[Unit, ...], draft: Adjustment, keep: Bounds, cost: Points) -> SettledBranch:
    sum_of = limits.together(tally(unit) for unit in rest)
    if limits.holds(sum_of, keep):
        return SettledBranch(kept=(_part(branch, rest),), draft=draft)
    if limits.few_enough_units(sum_of, keep) and limits.few_enough_members(sum_of, keep):
        if len(rest) < 2:
            return SettledBranch(free=rest, draft=draft)
        if sum_of.units >= keep.units_max:  # nobody can be taken in
            return SettledBranch(
                free=rest, draft=_with(draft, PlanSentence(code="step.take_apart", values=_named(rest)), len(rest))
            )
        return SettledBranch(whole=(Member(rest, branch, irregular=True, tally=sum_of),), draft=draft)
    if (parts := _split(rest, keep, cost)) is not None:
        stays, goes = parts
        step = PlanSentence(code="step.split", values=_named(goes))
        kept = (_part(branch, stays), _part(branch, goes).model_copy(update={"key": branch.key + "/2", "name": ""}))
        return SettledBranch(kept=kept, draft=_with(draft, step, len(goes)))
    if (out := _excess(rest, keep, cost)) is not None:
        step = PlanSentence(code="step.move_out", values=_named(out))
        return SettledBranch(
            kept=(_part(branch, [u for u in rest if u not in out]),), free=out, draft=_with(draft, step, len(out))
        )
    step = PlanSentence(code="step.superior", values={"number": len(rest)})
    return SettledBranch(draft=_with(draft, step, 0).model_copy(update={"mends": False}))


def _split(units: Sequence[Unit], keep: Bounds, cost: Points) -> tuple[list[Unit], list[Unit]] | None:
    """Two regular branches with the fewest units going; among these, where people are nearest and most alike."""
    if len(units) > _WIDEST:
        return None
    for many in range(1, len(units) // 2 + 1):
        found = []
        for going in combinations(range(len(units)), many):
            goes = [units[n] for n in going]
            stays = [unit for n, unit in enumerate(units) if n not in going]
            if all(limits.holds(limits.together(map(tally, part)), keep) for part in (goes, stays)):
                found.append((_apart(goes, cost) + _apart(stays, cost), going, stays, goes))
        if found:
            _, _, stays, goes = min(found, key=lambda each: each[:2])
            return stays, goes
    return None


def _excess(units: Sequence[Unit], keep: Bounds, cost: Points) -> tuple[Unit, ...] | None:
    """The fewest units without which the rest is regular; those that the rest is nearest without."""
    if len(units) > _WIDEST:
        return None
    for many in range(1, len(units)):
        found = []
        for going in combinations(range(len(units)), many):
            stays = [unit for n, unit in enumerate(units) if n not in going]
            if limits.holds(limits.together(map(tally, stays)), keep):
                found.append((_apart(stays, cost), going))
        if found:
            return tuple(units[n] for n in min(found)[1])
    return None


def _apart(units: Sequence[Unit], cost: Points) -> int:
    """Points of these units under the best lead unit; a place out of reach counts as the farthest."""
    far = max(cost.distance.values())

    def way(lead: Unit) -> int:
        found = 0
        for unit in units:
            if unit is not lead:
                points = costs.distance(place(unit), place(lead), cost)
                found += (far if points is None else points) + costs.industry(unit.gbt4754, lead.gbt4754, cost)
        return found

    return min(way(lead) for lead in units)


def _part(branch: Branch, units: Sequence[Unit]) -> Branch:
    return branch.model_copy(update=_figures(units))


def _figures(units: Sequence[Unit]) -> dict[str, object]:
    low, high = sum(u.formal_low for u in units), sum(u.formal_high for u in units)
    return {
        "units": tuple(units), "size_low": len(units), "size_high": len(units), "formal_low": low, "formal_high": high,
    }  # fmt: skip


def _draft(branch: Branch, wrong: Sequence[PlanSentence], steps: tuple[PlanSentence, ...], moved: int) -> Adjustment:
    county, township = seat(branch.units)
    return Adjustment(
        key=branch.key, branch=branch.name, county=county or None, township=township or None, size=branch.size_low,
        formal=branch.formal_low, wrong=tuple(wrong), steps=steps, moved=moved, mends=True, to_confirm=False,
    )  # fmt: skip


def _with(draft: Adjustment, step: PlanSentence, moved: int) -> Adjustment:
    return draft.model_copy(update={"steps": (*draft.steps, step), "moved": draft.moved + moved})


def _named(units: Sequence[Unit]) -> dict[str, str | int]:
    return {"names": "、".join(unit.name for unit in units), "number": len(units)}


def finished(each: SettledBranch, groups: Sequence[Group], leftovers: Sequence[Leftover]) -> Adjustment | None:
    """The proposal, with what the plan found for a branch that is too small by itself."""
    draft = each.draft
    if draft is None or not any(member.irregular for member in each.whole):
        return draft
    for group in groups:
        own = [unit for unit in group.units if unit.branch_key == draft.key]
        if own and group.branch_key == draft.key:
            others = [unit for unit in group.units if unit.branch_key != draft.key]
            return _with(draft, PlanSentence(code="step.take_in", values=_named(others)), len(others))
        if own:
            values: dict[str, str | int] = {"branch": group.branch or group.units[0].name, **_named(own)}
            return _with(draft, PlanSentence(code="step.merge", values=values), len(own))
    alone = next((left for left in leftovers if left.unit.branch_key == draft.key), None)
    host = alone.host.name if alone is not None and alone.host is not None else "—"
    values = {"host": host, **_named(each.whole[0].units)}
    return _with(draft, PlanSentence(code="step.dissolve", values=values), len(each.whole[0].units))


def ordered(found: Sequence[Adjustment]) -> tuple[Adjustment, ...]:
    """The smallest change first; what only a superior can decide last."""
    return tuple(
        sorted(found, key=lambda each: (not each.mends, each.moved, each.county or "", each.township or "", each.key))
    )
