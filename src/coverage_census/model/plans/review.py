"""审核表: the workbook in which people move organisations between groups, and what reading it back comes to."""

from coverage_census.model.forms import Form, FormColumn
from coverage_census.model.plans.joint import JointPlan
from coverage_census.model.reading import Problem
from coverage_census.model.record import Record


def _column(key: str, zh: str, en: str) -> FormColumn:
    return FormColumn(key=key, headings=(zh, en))


GROUPS = Form(
    name="groups",
    columns=(
        _column("group", "组号", "group"),
        _column("was", "原组号", "planned group"),
        _column("county", "县（市、区）", "county"),
        _column("township", "乡镇（街道）", "township"),
        _column("name", "单位名称", "organisation"),
        _column("uscc", "统一社会信用代码", "credit code"),
        _column("place", "园区、村（社区）", "zone or village"),
        _column("industry", "所属行业", "industry"),
        _column("formal", "正式党员", "formal members"),
        _column("members", "党员总数", "members"),
        _column("told", "方案说明", "as planned"),
        _column("reason", "调整理由", "why moved"),
    ),
    marks=("group", "was", "name"),
)
"""One line an organisation; 组号 says which group it is in, blank for none."""

PAIRS = Form(
    name="pairs",
    columns=(
        _column("one", "单位一", "first organisation"),
        _column("rule", "要求", "requirement"),
        _column("other", "单位二", "second organisation"),
        _column("reason", "理由", "why"),
    ),
    marks=("one", "rule", "other"),
)
"""必须同组、不得同组."""

BASIS = Form(
    name="basis",
    columns=(
        _column("round", "编制轮次", "made on round"),
        _column("policy", "口径", "policy"),
        _column("as_of", "截止日期", "as of"),
        _column("print", "方案指纹", "fingerprint"),
    ),
    marks=("round", "print"),
)
"""Which plan the workbook was made of."""

REVIEW = (GROUPS, PAIRS, BASIS)
TOGETHER, APART = ("必须同组", "must share a group"), ("不得同组", "must not share a group")
"""What 要求 may say, in Chinese and English."""


class ReviewFigures(Record):
    """A plan of joint branches in figures: points by term, those for existing branches that are not kept among them."""

    groups: int
    covered: int
    cost: dict[str, int]

    @property
    def points(self) -> int:
        """All terms together."""
        return sum(self.cost.values())


class Review(Record):
    """What a review comes to: the plan as people want it, and how it compares with the solver's own."""

    file: str
    plan: JointPlan
    before: ReviewFigures
    after: ReviewFigures
    moved: int  # organisations whose group is another
    together: int  # pairs that were pinned and hold
    apart: int
    problems: tuple[Problem, ...]
