"""方案留存: a plan as it was kept, what has become of each part of it since, and how two plans differ."""

from typing import Literal

from coverage_census.model.plans.joint import JointPlan, PlanSentence
from coverage_census.model.plans.liaison import LiaisonPlan
from coverage_census.model.plans.mass import MassPlan
from coverage_census.model.plans.officers import AssignmentStep
from coverage_census.model.record import Record

FORMAT = 1
"""Of the JSON of a kept plan; a reader refuses what it does not know."""

PlanKind = Literal["joint", "liaison", "mass"]
KINDS: tuple[PlanKind, ...] = ("joint", "liaison", "mass")
State = Literal["came_true", "stands", "begun", "open", "broken"]
"""已落实, 保持（原来就在）, 部分落实, 仍待办, 已变化."""
Now = Literal["done", "to_do", "changed"]
"""What is said in reports: 已落实, 仍待办, 已变化."""

_NOW: dict[State, Now] = {
    "came_true": "done", "stands": "done", "begun": "to_do", "open": "to_do", "broken": "changed",
}  # fmt: skip
STATES: tuple[State, ...] = ("came_true", "begun", "open", "broken", "stands")

Plan = JointPlan | LiaisonPlan | MassPlan


class KeptPlan(Record):
    """What an entry of the ledger holds: the plan, what it was asked for, and hashes of what it was made from."""

    format: int = FORMAT
    kind: PlanKind
    areas: tuple[str, ...] = ()
    reviewed: bool = False  # 经人工审核
    inputs: dict[str, str]  # organisations, neighbours.csv, instructors, policy → sha256 or version
    joint: JointPlan | None = None
    liaison: LiaisonPlan | None = None
    mass: MassPlan | None = None

    @property
    def plan(self) -> Plan:
        """The plan itself, of whichever kind."""
        found = {"joint": self.joint, "liaison": self.liaison, "mass": self.mass}[self.kind]
        assert found is not None
        return found


class Label(Record):
    """A kept plan as it is listed; `number` is the round that keeps it (`undo` of that round takes it back)."""

    number: int
    kind: PlanKind
    name: str | None
    when: str
    round: int  # that it was made on
    period: str | None  # of that round
    policy: str
    reviewed: bool
    parts: int  # groups, assignments or proposals; existing branches that it leaves alone are none
    areas: tuple[str, ...]


class Fate(Record):
    """What became of one part of a plan; `why` names what broke it, each a key of the catalogue file `kept`."""

    number: int
    place: str | None
    units: tuple[str, ...]
    state: State
    branch: str | None = None  # the joint branch or the officer that it has become
    why: tuple[PlanSentence, ...] = ()
    step: AssignmentStep | None = None  # how far an officer's assignment has come; None: nothing is recorded

    @property
    def now(self) -> Now:
        """Whether it is done, still to do, or no longer what was planned."""
        return _NOW[self.state]


class PlanStanding(Record):
    """A kept plan against a round."""

    label: Label
    round: int
    period: str | None
    as_of: str
    changed: tuple[str, ...]  # inputs that are no longer what the plan was made from
    fates: tuple[Fate, ...]
    leftovers: tuple[Fate, ...] = ()  # of those that no group of a joint plan took, in their order

    def now(self) -> dict[Now, int]:
        """Parts by what reports say of them; existing branches that the plan left alone are no part of it."""
        told = [each.now for each in self.fates if each.state != "stands"]
        return {now: told.count(now) for now in ("done", "to_do", "changed")}

    def counts(self) -> dict[State, int]:
        """Parts by state."""
        return {state: sum(each.state == state for each in self.fates) for state in STATES}


class KeptReceipt(Record):
    """What `--keep` did: `round` None where the same plan is kept already (under `number`)."""

    number: int
    round: int | None
    kind: PlanKind
    name: str | None
    parts: int


class PlanPart(Record):
    """One part of a plan as two plans are compared by it."""

    number: int
    what: str | None  # which organisation of that kind, which officer
    units: tuple[str, ...]
    now: Now | None = None  # what became of it by the newest round; None: of a plan that is not kept


class PlanSide(Record):
    """One of the two plans, in figures."""

    called: str
    label: Label | None  # None: as it would be made now
    parts: int
    covered: int
    branches: int | None  # of a joint plan
    cost: dict[str, int]


class PlanComparison(Record):
    """Two plans of one kind; seen from the other side, `gone` and `new` change places."""

    kind: PlanKind
    one: PlanSide
    other: PlanSide
    equal: int
    changed: tuple[tuple[PlanPart, PlanPart], ...]
    gone: tuple[PlanPart, ...]
    new: tuple[PlanPart, ...]
    only_one: tuple[PlanPart, ...]  # one organisation each: covered by one and not by the other
    only_other: tuple[PlanPart, ...]
