"""Organisations that lack a union, a League or a women's organisation, and the forms the policy has, in; for each the
first form that can be formed, with whom, out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coverage_census.model.decision import Citation
from coverage_census.model.plans.mass import MassFormName, MassKind, MassLeft, MassProposal
from coverage_census.model.reading import Subject
from coverage_census.plan.joint.neighbourhoods import divide


@dataclass(frozen=True)
class MassShape:
    """A form of the policy; `together` is what the counts of a group must add up to, None: nothing."""

    name: MassFormName
    follows: str | None  # joint_branch or near, of a joint one
    count: str  # the fact that is counted
    together: int | None
    citation: Citation


@dataclass(frozen=True)
class MassUnit:
    """An organisation as the plan of one kind sees it; `forms` are numbers of forms that surely suit it, `counts` what
    is surely there of each fact that is counted."""

    subject: Subject
    has: bool
    due: bool
    counts: Mapping[str, int]
    forms: frozenset[int]
    village: str | None = None
    zone: str | None = None
    section: str | None = None
    branch: str | None = None  # key of its joint Party branch
    lacking: bool = False  # the sheet says that conditions for one of its own are lacking

    def count(self, form: MassShape) -> int:
        return self.counts.get(form.count, 0)

    @property
    def order(self) -> tuple[str, str, str, str]:
        """What decides where nothing else does."""
        return (self.subject.county or "", self.subject.township or "", self.subject.name, self.subject.uscc or "")


@dataclass(frozen=True)
class MassLimits:
    """How many units a joint one has."""

    least: int
    most: int


@dataclass
class _MassPlanning:
    """One kind while it is planned; `waiting` are those for which nothing was found so far."""

    kind: MassKind
    units: Sequence[MassUnit]
    limits: MassLimits
    waiting: list[MassUnit]
    first_group: int
    proposals: list[MassProposal] = field(default_factory=list)
    alone: list[MassUnit] = field(default_factory=list)
    groups: int = 0

    def found(
        self, group: Sequence[MassUnit], form: MassShape, following: str | None, host: Sequence[MassUnit] = ()
    ) -> None:
        """A group that can be formed (of one unit: alone)."""
        self.groups += len(group) + len(host) > 1
        total = sum(each.count(form) for each in (*group, *host))
        lead = host[0] if host else min(group, key=lambda each: (-each.count(form), each.order))
        for each in group:
            others = tuple(one.subject.name for one in (*host, *group) if one is not each)
            self.proposals.append(
                MassProposal(
                    subject=each.subject, kind=self.kind, due=each.due, count=each.count(form), form=form.name,
                    group=self.first_group + self.groups if others else None, partners=others,
                    lead=lead.subject.name if others else None,
                    joins=host[0].subject.name if host else None, following=following, total=total,
                    lacking=each.lacking, citation=form.citation,
                )
            )  # fmt: skip
        gone = {id(each) for each in group}
        self.waiting = [each for each in self.waiting if id(each) not in gone]


def plan(
    kind: MassKind, units: Sequence[MassUnit], forms: Sequence[MassShape], limits: MassLimits, first_group: int = 0
) -> tuple[list[MassProposal], list[MassLeft]]:
    """The forms are tried in the policy's order; whoever finds one is not asked again."""
    ordered = sorted(units, key=lambda each: each.order)
    waiting = [each for each in ordered if not each.has and each.forms]
    planning = _MassPlanning(kind, ordered, limits, waiting, first_group)
    for number, form in enumerate(forms):
        suited = [each for each in planning.waiting if number in each.forms]
        _TRIED[form.name if form.follows is None else form.follows](planning, form, suited)
    left = [_left(kind, each) for each in planning.waiting]
    return sorted(planning.proposals, key=lambda each: (each.group or 0, *_place(each.subject))), left


def _left(kind: MassKind, each: MassUnit) -> MassLeft:
    reason = "conditions" if each.lacking else "nobody_near"
    return MassLeft(subject=each.subject, kind=kind, due=each.due, reason=reason)


def _standalone(planning: _MassPlanning, form: MassShape, suited: Sequence[MassUnit]) -> None:
    """Whoever reaches the number, in a joint Party branch or not."""
    for each in suited:
        if not each.lacking:
            planning.found([each], form, None)
            planning.alone.append(each)


def _with_branch(planning: _MassPlanning, form: MassShape, suited: Sequence[MassUnit]) -> None:
    """Those units of one joint Party branch who form none of their own."""
    for branch, group in _by(suited, lambda each: each.branch):
        for host in _hosts(planning, form, branch):
            size = len(group) + len(host)
            if planning.limits.least <= size <= planning.limits.most and _enough([*group, *host], form):
                planning.found(group, form, branch.partition("/")[2], host)
                break


def _hosts(planning: _MassPlanning, form: MassShape, branch: str) -> Iterator[Sequence[MassUnit]]:
    """Who of the branch may take the others in, in this order: those who have one already, one of these; nobody, where
    none has; one that forms its own, the largest first."""
    having = [each for each in planning.units if each.has and each.branch == branch]
    yield having
    yield from ([each] for each in having)
    for each in sorted(planning.alone, key=lambda one: (-one.count(form), one.order)):
        if each.branch == branch:
            yield [each]


def _near(planning: _MassPlanning, form: MassShape, suited: Sequence[MassUnit]) -> None:
    """Neighbours in one township, as many as possible covered."""
    for _, group in _by(suited, lambda each: _in_county(each, each.subject.township)):
        group.sort(key=lambda each: (each.village or "~", each.section or "~", *each.order))
        least, most = planning.limits.least, planning.limits.most
        for part in divide(group, least, most, form.together or 0, lambda each: each.count(form), _village):
            planning.found(part, form, group[0].subject.township)


def _area(planning: _MassPlanning, form: MassShape, suited: Sequence[MassUnit]) -> None:
    """A park, building or district: however many there are."""
    _large(planning, form, _by(suited, lambda each: _in_county(each, each.zone)))


def _industry(planning: _MassPlanning, form: MassShape, suited: Sequence[MassUnit]) -> None:
    """One industry of a county."""
    _large(planning, form, _by(suited, lambda each: _in_county(each, each.section)))


def _large(planning: _MassPlanning, form: MassShape, groups: Iterable[tuple[str, list[MassUnit]]]) -> None:
    for key, group in groups:
        if len(group) >= planning.limits.least and _enough(group, form):
            planning.found(group, form, key.partition("/")[2])


_TRIED: Mapping[str, Callable[[_MassPlanning, MassShape, Sequence[MassUnit]], None]] = {
    "standalone": _standalone,
    "joint_branch": _with_branch,
    "near": _near,
    "area": _area,
    "industry": _industry,
}


def _village(each: MassUnit) -> str | None:
    return each.village


def _in_county(each: MassUnit, name: str | None) -> str | None:
    return f"{each.subject.county or ''}/{name}" if name else None


def _by(units: Sequence[MassUnit], key: Callable[[MassUnit], str | None]) -> Iterator[tuple[str, list[MassUnit]]]:
    """Units that share a key, in the order in which the keys first come; those without one are left out."""
    found: dict[str, list[MassUnit]] = defaultdict(list)
    for each in units:
        if shared := key(each):
            found[shared].append(each)
    yield from found.items()


def _enough(group: Sequence[MassUnit], form: MassShape) -> bool:
    return form.together is None or sum(each.count(form) for each in group) >= form.together


def _place(subject: Subject) -> tuple[str, str, str]:
    return subject.county or "", subject.township or "", subject.name
