"""Kept plans and how they stand now in; what a report says of them out: what is done, still to do, or changed since.

What is done is counted and not proposed again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from coverage_census.model.plans.joint import Group, JointPlan, Leftover
from coverage_census.model.plans.kept import Fate, PlanKind, PlanStanding
from coverage_census.model.plans.liaison import Assignment, LiaisonPlan
from coverage_census.model.plans.mass import MassProposal
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import label_of
from coverage_census.words.plans import formal, host, state, why


@dataclass(frozen=True)
class Stands:
    """How one part of a plan stands: 已落实, 仍待办, 已变化 as a code and in words, and why."""

    now: str
    state: str
    reason: str


@dataclass(frozen=True)
class GroupLine:
    """A proposed joint branch; the first unit leads. `formal` are its formal members, `confirm` who is to be asked."""

    number: int
    township: str
    change: str
    units: tuple[str, ...]
    formal: str
    confirm: tuple[str, ...]
    stands: Stands


@dataclass(frozen=True)
class LeftLine:
    """An organisation that no group takes: why, and where it may be affiliated."""

    name: str
    township: str
    why: str
    host: str
    stands: Stands


@dataclass(frozen=True)
class OfficerLine:
    """An organisation and the officer who is to go there, by duty code."""

    name: str
    township: str
    officer: str
    step: str
    stands: Stands


@dataclass(frozen=True)
class MassLine:
    """A union, League or women's organisation that is to be formed, in which form and by whom."""

    kind: str
    form: str
    township: str
    units: tuple[str, ...]
    stands: Stands


@dataclass(frozen=True)
class PlanCount:
    """One plan in figures; together they are all its parts but the existing branches that it left alone."""

    kind: PlanKind
    plan: str
    done: int
    to_do: int
    changed: int
    said: str


@dataclass(frozen=True)
class Whole:
    """One part of a plan as the workbook lists it, whatever became of it."""

    plan: str
    number: int
    township: str
    units: tuple[str, ...]
    what: str
    stands: Stands


@dataclass(frozen=True)
class Proposals:
    """The newest kept plans; `kept`: of which periods. Lists hold what is not done; `every` holds all. Existing
    branches that stay as they are are not repeated."""

    kept: tuple[str, ...]
    counts: tuple[PlanCount, ...]
    groups: tuple[GroupLine, ...]
    leftovers: tuple[LeftLine, ...]
    officers: tuple[OfficerLine, ...]
    mass: tuple[MassLine, ...]
    every: tuple[Whole, ...]


@dataclass(frozen=True)
class KeptPlans:
    """The newest kept plan of each kind with how it stands; of mass organisations the proposals of each part."""

    joint: tuple[PlanStanding, JointPlan] | None = None
    liaison: tuple[PlanStanding, LiaisonPlan] | None = None
    mass: tuple[PlanStanding, Sequence[Sequence[MassProposal]]] | None = None

    @property
    def standing(self) -> tuple[PlanStanding, ...]:
        """Of those that there are."""
        return tuple(each[0] for each in (self.joint, self.liaison, self.mass) if each)


def proposals(plans: KeptPlans, areas: tuple[str, ...], words: Words) -> Proposals | None:
    """`areas`: only these townships or counties (none: all). None where no plan is kept."""
    return _Telling(areas, words).proposals(plans) if plans.standing else None


Line = TypeVar("Line", GroupLine, LeftLine, OfficerLine, MassLine)


def _still(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is not done yet."""
    return tuple(each for each in lines if each.stands.now != "done")


class _Telling:
    def __init__(self, areas: tuple[str, ...], words: Words) -> None:
        self._areas, self._words = areas, words

    def proposals(self, plans: KeptPlans) -> Proposals:
        """What became of the newest kept plan of each kind, in figures that add up to all their parts."""
        groups, left, sent, formed = self._groups(plans), self._left(plans), self._sent(plans), self._formed(plans)
        every = [self._whole("joint", each.number, each.township, each.units, each.change, each.stands)
                 for each in groups]  # fmt: skip
        every += [self._whole("joint", n, e.township, (e.name,), e.host, e.stands, left=True)
                  for n, e in enumerate(left, start=1)]  # fmt: skip
        every += [self._whole("liaison", n, e.township, (e.name,), e.officer, e.stands)
                  for n, e in enumerate(sent, start=1)]  # fmt: skip
        every += [self._whole("mass", n, e.township, e.units, e.kind + e.form, e.stands)
                  for n, e in enumerate(formed, start=1)]  # fmt: skip
        parts: dict[PlanKind, list[Stands]] = {
            "joint": [each.stands for each in groups], "liaison": [each.stands for each in sent],
            "mass": [each.stands for each in formed],
        }  # fmt: skip
        made_in = (label_of(each.label.period or each.label.round, self._words) for each in plans.standing)
        return Proposals(
            kept=tuple(dict.fromkeys(made_in)),
            counts=tuple(self._count(each, parts[each.label.kind]) for each in plans.standing),
            groups=_still(groups),
            leftovers=_still(left),
            officers=_still(sent),
            mass=_still(formed),
            every=tuple(every),
        )

    def _inside(self, county: str | None, township: str | None) -> bool:
        return not self._areas or county in self._areas or township in self._areas

    def _place(self, township: str | None) -> str:
        return township or self._words("report.not_stated")

    def _stands(self, fate: Fate) -> Stands:
        return Stands(fate.now, state(fate, self._words), why(fate, self._words))

    def _groups(self, plans: KeptPlans) -> list[GroupLine]:
        if plans.joint is None:
            return []
        pairs = zip(plans.joint[1].groups, plans.joint[0].fates, strict=True)
        return [self._group(e, f) for e, f in pairs if e.change != "kept" and self._inside(e.county, e.township)]

    def _group(self, each: Group, fate: Fate) -> GroupLine:
        return GroupLine(
            number=each.number, township=self._place(each.township), change=self._words(f"plan.change.{each.change}"),
            units=tuple(unit.name for unit in each.units), formal=formal(each), confirm=each.to_confirm,
            stands=self._stands(fate),
        )  # fmt: skip

    def _left(self, plans: KeptPlans) -> list[LeftLine]:
        if plans.joint is None:
            return []
        pairs = zip(plans.joint[1].leftovers, plans.joint[0].leftovers, strict=True)
        return [self._over(e, f) for e, f in pairs if self._inside(e.unit.county, e.unit.township)]

    def _over(self, each: Leftover, fate: Fate) -> LeftLine:
        return LeftLine(
            name=each.unit.name, township=self._place(each.unit.township),
            why=self._words(f"plan.{each.said.code}", **each.said.values), host=host(each.host, self._words),
            stands=self._stands(fate),
        )  # fmt: skip

    def _sent(self, plans: KeptPlans) -> list[OfficerLine]:
        if plans.liaison is None:
            return []
        pairs = zip(plans.liaison[1].assignments, plans.liaison[0].fates, strict=True)
        return [self._officer(e, f) for e, f in pairs if self._inside(e.subject.county, e.subject.township)]

    def _officer(self, each: Assignment, fate: Fate) -> OfficerLine:
        # By whom it is served now is no more than what the plan said: the officer has a column of his own.
        stands = self._stands(fate.model_copy(update={"branch": None}))
        return OfficerLine(
            name=each.subject.name, township=self._place(each.subject.township), officer=each.officer,
            step=self._words(f"liaison.step.{fate.step or each.step}"), stands=stands,
        )  # fmt: skip

    def _formed(self, plans: KeptPlans) -> list[MassLine]:
        if plans.mass is None:
            return []
        pairs = zip(plans.mass[1], plans.mass[0].fates, strict=True)
        return [
            self._mass(those, fate)
            for those, fate in pairs
            if any(self._inside(each.subject.county, each.subject.township) for each in those)
        ]

    def _mass(self, those: Sequence[MassProposal], fate: Fate) -> MassLine:
        say: Callable[..., str] = self._words
        return MassLine(
            kind=say(f"mass.kind.{those[0].kind}"), form=say(f"mass.form.{those[0].form}"),
            township=self._place(those[0].subject.township), units=tuple(each.subject.name for each in those),
            stands=self._stands(fate),
        )  # fmt: skip

    def _count(self, each: PlanStanding, parts: Sequence[Stands]) -> PlanCount:
        kind, told = each.label.kind, Counter(part.now for part in parts)
        figures = {now: told[now] for now in ("done", "to_do", "changed")}
        plan = self._words(f"kept.kind.{kind}")
        named = self._words("kept.text.named", name=each.label.name) if each.label.name else ""
        said = self._words(
            "report.proposals.stands", plan=plan, number=each.label.number, name=named, parts=len(parts),
            unit=self._words(f"kept.part.{kind}"), **figures,
        )  # fmt: skip
        return PlanCount(kind=kind, plan=plan, said=said, **figures)

    def _whole(
        self, kind: PlanKind, number: int, township: str, units: tuple[str, ...], what: str, stands: Stands,
        *, left: bool = False,
    ) -> Whole:  # fmt: skip
        plan = self._words("report.proposals.left" if left else f"kept.kind.{kind}")
        return Whole(plan, number, township, units, what, stands)
