"""What `plan joint` proposes (联合组建方案), as plain data: groups, leftovers, adjustments, and how good it is."""

from enum import StrEnum
from typing import Literal

from coverage_census.model.decision import Citation, PolicyStamp
from coverage_census.model.organisation import Source
from coverage_census.model.reading import Problem
from coverage_census.model.record import Record

FORMAT = 1
"""Of the JSON of a plan; a reader refuses what it does not know."""


class Nearness(StrEnum):
    """远近, the nearest first."""

    ZONE = "zone"  # 同一园区、楼宇、商圈
    VILLAGE = "village"  # 同一村（社区）
    TOWNSHIP = "township"  # 同一乡镇（街道）
    NEIGHBOURS = "neighbours"  # 相邻乡镇
    COUNTY = "county"  # 同一县（市、区）


class Certainty(StrEnum):
    """How surely free text was mapped to GB/T 4754."""

    CODE = "code"  # the sheet gives the code
    NAME = "name"  # the very name of a section or division
    KEYWORD = "keyword"  # a word that belongs to one of them


class Industry(Record):
    """行业: section (门类) and, where known, division (大类) of GB/T 4754-2017."""

    section: str
    division: str | None = None
    certainty: Certainty


class Unit(Record):
    """One organisation as a plan sees it. Formal members lie between `formal_low` (proven) and `formal_high`."""

    name: str
    uscc: str | None = None
    county: str | None = None
    township: str | None = None
    village: str | None = None
    zone: str | None = None
    address: str | None = None
    industry: str | None = None
    gbt4754: Industry | None = None
    formal_low: int
    formal_high: int
    members: int  # at most, where a count is an interval
    members_low: int | None = None  # at least; None: as many (plans kept before it was told apart)
    employees: int | None = None
    counted: bool = True  # False: of its members nothing is known, or no upper end: the figures above are no zero
    by_total: bool = False  # 按党员总数判定
    needs_own: bool = False  # due a branch of its own
    branch: str | None = None  # the joint branch that it is in now, as the ledger writes its name
    branch_key: str | None = None  # the same as the rows of that branch share it
    source: Source | None = None

    @property
    def certain(self) -> bool:
        """Whether its number of formal members is known."""
        return self.formal_low == self.formal_high

    @property
    def surely(self) -> int:
        """How many members it has at least."""
        return self.members if self.members_low is None else self.members_low


class Branch(Record):
    """An existing joint branch (现有联合党支部): `size` and `formal` are what is stated or what its rows add up to.

    `complete` says that the ledger has a row for every unit; `unclear` that size or members cannot be told.
    """

    key: str
    name: str
    units: tuple[Unit, ...]
    size_low: int
    size_high: int | None
    formal_low: int
    formal_high: int | None

    @property
    def complete(self) -> bool:
        """Whether every unit of it has a row."""
        return self.size_high is not None and len(self.units) >= self.size_high


class Limit(Record):
    """One number of the policy that a joint branch must keep, inclusive, and where it comes from."""

    parameter: str
    value: int
    citation: Citation
    since: str
    later: bool = False  # the policy has it only from a later day on; a plan is for the days to come


class Limits(Record):
    """规模: what every joint branch must keep."""

    units_min: Limit
    units_max: Limit
    formal_min: Limit
    members_max: Limit


class Weight(Record):
    """One cost term: its points, by level where it has several, and what it rests on.

    `own_choice`: the text names the principle but no number, the points are the office's own choice.
    """

    points: dict[str, int]
    own_choice: bool
    citation: Citation | None = None


class Weights(Record):
    """What makes one plan better than another of the same coverage; fewer points are better."""

    distance: Weight  # by Nearness, each unit to its lead unit
    industry: Weight  # division, section, unknown, other; each unit to its lead unit
    dissolved: Weight  # an existing regular branch that is not kept whole
    branch: Weight  # each branch
    unproven: Weight  # a branch whose formal members still have to be confirmed
    farthest: Nearness = Nearness.COUNTY


class PlanSentence(Record):
    """A sentence to come: a key of the catalogue file `plan` and what fills it."""

    code: str
    values: dict[str, str | int] = {}


Change = Literal["new", "kept", "extended", "regrouped"]


class Group(Record):
    """One joint branch of the plan: the lead unit stands first. `formal` is proven, `formal_high` at most possible.

    `cost` gives the points by term; `change` says whether it is new, an existing branch as it is, one that takes
    others in, or made of units of an existing branch that is not kept.
    """

    number: int
    stage: Literal[1, 2]
    county: str | None
    township: str | None  # of the lead unit
    change: Change
    branch: str | None  # the existing branch that goes on in it
    branch_key: str | None = None
    units: tuple[Unit, ...]
    absent: int = 0  # units of the existing branch that the ledger has no row for
    levels: tuple[Nearness, ...]  # of each unit but the first to the lead unit
    lead_rule: str
    formal: int
    formal_high: int
    members: int
    to_confirm: tuple[str, ...]  # units whose formal members must be confirmed first
    reasons: tuple[PlanSentence, ...]
    cost: dict[str, int]

    @property
    def size(self) -> int:
        """联合单位数."""
        return len(self.units) + self.absent


HostKind = Literal["organisation", "association", "zone", "village", "township"]


class Host(Record):
    """依托单位: whose Party organisation can take an organisation in; `name` of an organisation or a place."""

    kind: HostKind
    name: str
    nearness: Nearness


class Leftover(Record):
    """An organisation that no group could take, why, and where it can affiliate (挂靠)."""

    unit: Unit
    reason: Literal["none_near", "too_few_formal", "groups_full", "one_member", "limits", "by_hand"]
    said: PlanSentence
    host: Host | None


class Adjustment(Record):
    """A proposal for an irregular joint branch; `steps` in their order, the smallest change that mends it."""

    key: str
    branch: str
    county: str | None
    township: str | None
    size: int
    formal: int
    wrong: tuple[PlanSentence, ...]
    steps: tuple[PlanSentence, ...]
    moved: int  # units that come or go
    mends: bool  # false: the steps only prepare what a superior has to decide
    to_confirm: bool


class PlanProof(Record):
    """How good the plan of one township is: what it costs, and the `bound` that none of the same coverage undercuts.

    Stage 2: what the townships of a county left over. Stage 3: a county that covers more as a whole, its townships
    solved together; these have no proof of their own then.
    """

    stage: Literal[1, 2, 3]
    county: str | None
    township: str | None  # None: stage 2 or 3, a county
    candidates: int
    covered: int
    most: int  # no plan covers more
    cost: int
    bound: int

    @property
    def optimal(self) -> bool:
        """最优: proved that nothing is better."""
        return self.covered == self.most and self.cost == self.bound


class JointPlan(Record):
    """联合组建方案: what is proposed, by which policy, on which round, and how good it is."""

    format: int = FORMAT
    round: int
    period: str | None = None  # 期 that it was made in: its key, else its name
    policy: PolicyStamp
    limits: Limits
    weights: Weights
    groups: tuple[Group, ...]
    leftovers: tuple[Leftover, ...]
    adjustments: tuple[Adjustment, ...]
    unconfirmed: tuple[Unit, ...]  # whether they are covered is unknown: listed, never grouped
    proofs: tuple[PlanProof, ...]
    problems: tuple[Problem, ...]
    inputs: dict[str, str] = {}  # what it was made from → sha256
    based_on: int | None = None  # the kept plan whose groups it keeps to

    def to_json(self) -> str:
        """As it is kept."""
        return self.model_dump_json()

    @classmethod
    def from_json(cls, text: str) -> "JointPlan":
        """A kept plan."""
        return cls.model_validate_json(text)
