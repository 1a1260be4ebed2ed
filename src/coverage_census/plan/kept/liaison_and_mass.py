"""Kept plans of liaison officers and mass organisations, and how things stand now, in; what became of each part out."""

from collections.abc import Callable, Sequence

from coverage_census.model.choices import is_gone
from coverage_census.model.joint_plan import PlanSentence
from coverage_census.model.kept_plan import Fate, State
from coverage_census.model.liaison_plan import Assignment, LiaisonPlan
from coverage_census.model.mass_plan import MassPlan, MassProposal
from coverage_census.model.officers import AssignmentStep
from coverage_census.model.reading import Subject
from coverage_census.model.record import Facts

Find = Callable[[Subject], Facts | None]
"""The row of an organisation now; None: the ledger has it no more."""


class Served:
    """How an organisation stands with liaison officers now: its officer and step by what was recorded, whether it
    still needs one, and what its sheet says."""

    def __init__(self, officer: str | None, step: AssignmentStep | None, needs: bool, has_one: bool) -> None:
        self.officer, self.step, self.needs, self.has_one = officer, step, needs, has_one


def liaison(plan: LiaisonPlan, find: Find, served: Callable[[Facts], Served]) -> tuple[Fate, ...]:
    """One an assignment."""
    return tuple(_assigned(number, each, find, served) for number, each in enumerate(plan.assignments, start=1))


def _assigned(number: int, each: Assignment, find: Find, served: Callable[[Facts], Served]) -> Fate:
    row = find(each.subject)
    now = None if row is None or row["excluded"] else served(row)
    state, why = _sent(each, row, now)
    step = now.step if now is not None and now.officer == each.officer else None
    return Fate(
        number=number, place=each.subject.township, units=(each.subject.name,), state=state, branch=each.officer,
        why=why, step=step,
    )  # fmt: skip


def _sent(each: Assignment, row: Facts | None, now: Served | None) -> tuple[State, tuple[PlanSentence, ...]]:
    lost = _lost(each.subject, row)
    if now is None:
        return "broken", lost
    if now.officer is not None and now.officer != each.officer:
        return "broken", (_said("other_officer", each.subject, officer=now.officer),)
    if now.step is AssignmentStep.APPOINTED or (now.has_one and now.step is None):
        return "came_true", ()
    if lost:
        return "broken", lost
    if not now.needs and now.step is None:
        return "broken", (_said("no_need", each.subject),)
    return ("begun" if now.step is not None else "open"), ()


_FLAG = {"union": "has_union", "league": "has_league", "women": "has_women_org"}


def mass(plan: MassPlan, find: Find) -> tuple[Fate, ...]:
    """One a group; a proposal without a group is one by itself."""
    return tuple(_formed(number, those, find) for number, those in enumerate(mass_parts(plan), start=1))


def mass_parts(plan: MassPlan) -> list[list[MassProposal]]:
    """The proposals that make up one organisation, in their order."""
    found: dict[tuple[str, int | str], list[MassProposal]] = {}
    for number, each in enumerate(plan.proposals):
        key = (each.kind, each.group if each.group is not None else f"alone {number}")
        found.setdefault(key, []).append(each)
    return list(found.values())


def _formed(number: int, those: Sequence[MassProposal], find: Find) -> Fate:
    rows = [(each, find(each.subject)) for each in those]
    has = [row is not None and row[_FLAG[each.kind]] is True for each, row in rows]
    why = tuple(
        said for (each, row), done in zip(rows, has, strict=True) if not done for said in _lost(each.subject, row)
    )
    done: State = "came_true" if all(has) else "begun" if any(has) else "open"
    names = tuple(each.subject.name for each in those)
    state: State = "broken" if why else done
    return Fate(number=number, place=those[0].subject.township, units=names, state=state, branch=None, why=why)


def _lost(subject: Subject, row: Facts | None) -> tuple[PlanSentence, ...]:
    """Why nothing more will come of it: it is gone, closed, left out by the policy, or somewhere else."""
    if row is None:
        return (_said("gone", subject),)
    if row["excluded"]:
        return (_said("closed" if is_gone(row["operating_status"]) else "excluded", subject),)
    if subject.township and row["township"] and row["township"] != subject.township:
        return (_said("moved", subject, township=row["township"]),)
    return ()


def _said(code: str, subject: Subject, **values: str) -> PlanSentence:
    return PlanSentence(code=f"why.{code}", values={"name": subject.name, **values})
