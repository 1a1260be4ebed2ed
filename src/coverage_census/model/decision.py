"""What a policy says: decisions, indicators and lines of coverage, with their citations."""

from enum import StrEnum
from typing import Literal

from coverage_census.model.record import Record


class Advice(StrEnum):
    """组建建议: what the policy asks for."""

    STANDALONE = "standalone"  # 单独组建
    JOINT_OR_AFFILIATED = "joint_or_affiliated"  # 联合组建或挂靠
    LIAISON = "liaison"  # 选派联络员（指导员）
    CONFIRM = "confirm"  # 待核


class Verdict(StrEnum):
    """判定结果."""

    MET = "met"
    GAP = "gap"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class Gap(StrEnum):
    """缺口类别, the most severe first."""

    UNBUILT_STANDALONE = "unbuilt_standalone"  # 应建未建
    SHOULD_BE_STANDALONE = "should_be_standalone"  # 应单独未单独
    MEMBERS_UNCOVERED = "members_uncovered"  # 有党员未覆盖
    LARGE_UNBUILT = "large_unbuilt"  # 规模较大未建
    DEVELOP_MEMBERS = "develop_members"  # 发展党员空白
    NO_LIAISON = "no_liaison"  # 空白点
    IRREGULAR_JOINT = "irregular_joint"  # 不规范联合
    INACTIVE = "inactive"  # 活动不正常
    MASS_ORG_MISSING = "mass_org_missing"  # 群团未建
    NOT_IN_LEDGER = "not_in_ledger"  # 补录未摸排: known from a register alone
    UNCONFIRMED = "unconfirmed"  # 数据待核


class Citation(Record):
    """条文: where a rule or a number comes from; `paraphrased` (转述): the words are not the document's own."""

    document: str
    article: str
    text: str
    paraphrased: bool = False


class PolicyStamp(Record):
    """Which policy said it: name, version (date and content hash) and the day it was asked for (ISO)."""

    name: str
    version: str
    as_of: str


class FormationMode(Record):
    """组建方式: a way that a policy offers; `form` is the ledger's word, None where no organisation results (派驻)."""

    mode: str
    form: str | None
    title: str
    citation: Citation


class Decision(Record):
    """判定: one rule applied to one organisation. `modes`: of formation, the ways in which it could be done."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    advice: Advice
    basis: Literal["formal", "total", "stated"] | None
    verdict: Verdict
    gap: Gap | None
    rule: str
    reason: str
    citation: Citation
    policy: PolicyStamp
    facts: dict[str, str | int | float | bool | None]
    modes: tuple[FormationMode, ...] = ()


class Indicator(Record):
    """指标: a rate with everything needed to defend it; `rate` is a fraction of 1, None where the denominator is 0.

    `target_percent` is what the policy sets as the aim of this rate, `target_missing` how many more it takes.
    """

    code: str
    label: str
    numerator: int
    denominator: int
    denominator_label: str
    rate: float | None
    counted: Literal["organisations", "party_orgs", "persons"]
    as_of: str
    definition: str
    source: str
    by_total_basis: int
    unknown: int
    known: int  # below the line, and it is known whether above it
    target_percent: int | None = None
    target_missing: int | None = None
    target_source: str | None = None
    gone: int = 0  # organisations left out because they are gone (注销、迁出)


class AreaCoverage(Record):
    """One line of a coverage table: an area, kind, industry … (`group` None: 未注明) or the total of all."""

    group: str | None
    organisations: int  # 家, living ones: who is gone (注销、迁出) is in none of these counts but `gone`
    covered: int  # has_org is true
    not_covered: int
    unknown: int  # has_org is not known
    rate: float | None  # covered / organisations
    gaps: dict[Gap, int]  # organisations that have a gap of the class (verdict gap)
    to_confirm: int  # organisations with at least one unknown verdict on formation
    gone: int = 0  # 注销、迁出, not counted
