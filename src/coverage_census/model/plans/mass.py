"""群团组建方案: which union, Youth League or women's organisation takes which form, with whom, and by which article."""

from typing import Literal

from coverage_census.model.decision import Citation, PolicyStamp
from coverage_census.model.reading import Subject
from coverage_census.model.record import Count, Record

MassKind = Literal["union", "league", "women"]
MassFormName = Literal["standalone", "joint", "area", "industry"]
MASS_KINDS: tuple[MassKind, ...] = ("union", "league", "women")


class MassProposal(Record):
    """One organisation that has none of the kind, and how it comes to one.

    `due`: the policy asks it of this organisation by itself; the others may be taken in. `lead` is the unit that the
    group stands at, `following` the joint Party branch, zone or industry that holds it together.
    """

    subject: Subject
    kind: MassKind
    due: bool
    count: Count
    form: MassFormName
    group: int | None  # number of the group within the plan; None: on its own
    partners: tuple[str, ...]  # the other units of the group, those that have one already included
    lead: str | None
    joins: str | None  # the unit that has one already, or forms its own, which it joins
    following: str | None
    total: Count  # of the group
    lacking: bool = False  # the sheet says that conditions for one of its own are lacking
    citation: Citation


class MassLeft(Record):
    """One organisation for which no form can be found."""

    subject: Subject
    kind: MassKind
    due: bool
    reason: str


class MassTally(Record):
    """How all organisations stand with one kind; `planned` False: the policy has no form for it."""

    kind: MassKind
    planned: bool
    has: int
    lacks: int
    unknown: int  # whether it has one is not stated
    due: int  # lacks one, and the policy asks it of the organisation by itself
    proposed: int
    nobody: int  # lacks one, and has nobody who could be in it


class MassPlan(Record):
    """The whole plan."""

    round: int
    period: str | None = None  # 期 that it was made in: its key, else its name
    as_of: str
    policy: PolicyStamp
    units_min: int
    units_max: int
    tallies: tuple[MassTally, ...]
    proposals: tuple[MassProposal, ...]
    left: tuple[MassLeft, ...]
