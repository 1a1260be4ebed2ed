"""选派方案: which liaison officer goes to which organisation, why, and who on either side is left."""

from enum import StrEnum
from typing import Literal

from coverage_census.model.decision import Citation, PolicyStamp
from coverage_census.model.plans.officers import AssignmentStep
from coverage_census.model.reading import Problem, Subject
from coverage_census.model.record import Record
from coverage_census.model.rounds import Entry


class Reach(StrEnum):
    """How an officer's area lies to an organisation."""

    SERVED = "served"  # 服务乡镇
    ANYWHERE = "anywhere"  # 面向全县
    NEIGHBOUR = "neighbour"  # 邻近乡镇
    COUNTY = "county"  # 同县其他乡镇


class Fit(StrEnum):
    """How an officer's expertise suits the industry."""

    DIVISION = "division"  # 行业大类相同
    SECTION = "section"  # 行业门类相同
    OTHER = "other"
    UNKNOWN = "unknown"  # one of the two is not stated, or says nothing


class Choice(StrEnum):
    """How an officer came to an organisation."""

    KEPT = "kept"  # 已签协议或已委任，沿用
    TWO_WAY = "two_way"  # 双向选择: each chose the other
    ONE_WAY = "one_way"  # 单方意向: one of the two wished for the other
    SPREAD = "spread"  # 统筹选派


class Needing(Record):
    """An organisation that needs an officer, why (a need of the policy), and whether the sheet says it has none."""

    subject: Subject
    industry: str | None = None
    industry_code: str | None = None
    need: str
    has_none: bool  # False: the sheet does not say whether it has one (待核)


class Assignment(Record):
    """One organisation and its officer."""

    subject: Subject
    need: str | None  # None: it needs nobody any more, and its officer stays
    has_none: bool
    officer: str
    choice: Choice
    reach: Reach
    fit: Fit
    cost: int
    wish_of_organisation: int | None  # which of its wishes he was; None: it stated none
    wish_of_officer: int | None
    before: str | None  # the officer that it had, if another
    step: AssignmentStep


class Unplaced(Record):
    """An organisation that got nobody; `could_ask` is the best officer who still has a place."""

    subject: Subject
    need: str
    has_none: bool
    reason: str
    could_ask: str | None


class Post(Record):
    """An officer in the plan; `reason` why places of his stay empty."""

    code: str
    post: str | None
    full_time: bool | None
    townships: tuple[str, ...]
    capacity: int
    load: int
    willing: bool = True  # 服从调剂
    reason: str | None


class LiaisonPlan(Record):
    """The whole plan. `cost` and `bound` are those of the spread part: where they are equal nothing is cheaper."""

    round: int
    period: str | None = None  # 期 that it was made in: its key, else its name
    as_of: str
    policy: PolicyStamp
    instructors: str | None  # the file, and its hash
    instructors_sha256: str | None
    optimal_for: Literal["organisations", "officers"]
    needing: int
    served: int  # has an officer already, by the sheet
    needs: dict[str, int]
    titles: dict[str, str]
    citations: dict[str, Citation]
    weights: dict[str, int]  # points of the policy
    places: int  # capacities together
    assignments: tuple[Assignment, ...]
    unplaced: tuple[Unplaced, ...]
    posts: tuple[Post, ...]
    in_doubt: tuple[Subject, ...]  # it cannot be told whether it needs one
    two_way: int  # how many chose each other
    one_way: int = 0  # how many got what one of the two had wished for
    blocking_pairs: int
    cost: int
    bound: int
    problems: tuple[Problem, ...]


class StepsRecorded(Record):
    """What was recorded of the steps of assignments; `round` None: nothing was new."""

    round: int | None
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
