"""The words of the census: frozen records that every stage shares, each field with its label, unit and meaning."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Kind(StrEnum):
    """单位类别."""

    ENTERPRISE = "enterprise"
    SOCIAL_ORG = "social_org"
    COOPERATIVE = "cooperative"
    SOLE_TRADER = "sole_trader"
    OTHER = "other"


class OperatingStatus(StrEnum):
    """经营状态."""

    OPERATING = "operating"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    SHELL = "shell"
    UNREACHABLE = "unreachable"
    MOVED = "moved"


class OrgForm(StrEnum):
    """党组织组建方式."""

    STANDALONE = "standalone"
    JOINT = "joint"
    AFFILIATED = "affiliated"
    HOSTED = "hosted"
    AREA = "area"
    INDUSTRY = "industry"
    TEMPORARY = "temporary"


class OrgLevel(StrEnum):
    """党组织类别."""

    BRANCH = "branch"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"


class Responsibility(StrEnum):
    """隶属关系（管理方式）."""

    TERRITORIAL = "territorial"
    INDUSTRY = "industry"
    COUNTERPART = "counterpart"
    AFFILIATED = "affiliated"
    DESIGNATED = "designated"


class Qualifier(StrEnum):
    """How exact a count is; a field without one is exact."""

    APPROX = "approx"  # 约50人
    AT_LEAST = "at_least"  # 120余人
    BELOW = "below"  # 不足3名
    RANGE = "range"  # 30-50
    LUMPED = "lumped"  # 党员（预备党员）人数: formal and probationary in one number
    DERIVED = "derived"  # a sum of parts


class Level(StrEnum):
    """How bad a problem is."""

    ERROR = "error"  # 必改
    WARNING = "warning"  # 提醒
    NOTE = "note"  # 说明


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
    UNCONFIRMED = "unconfirmed"  # 数据待核


Holds = Literal["text", "count", "flag", "date", "number", "choice", "star"]


@dataclass(frozen=True)
class About:
    """What a field holds, is called and means; `unit` is the Chinese unit word (名, 万元, 元) or None."""

    holds: Holds
    zh: str
    en: str
    group: str
    unit: str | None = None
    meaning_zh: str = ""
    meaning_en: str = ""


Count = Annotated[int, Field(ge=0)]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""An ISO date of the precision that is known: `2013`, `2013-06` or `2013-06-01`."""


class Record(BaseModel):
    """Base of all records: frozen, and strict about names."""

    # A record builds its validator when it is first used: most commands use a few of them only.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Source(Record):
    """出处: where something was read; `row` is 1-based as the spreadsheet shows it, `cell` like `E7`."""

    file: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None


class Organisation(Record):
    """单位: one enterprise or social organisation as a round knows it; None means unknown, never none.

    Counts are persons unless the label says otherwise. `qualifiers` says how exact a count is and `bounds` gives
    the interval [low, high] that a qualified count stands for (high None: open). `confirmed_round` is the round in
    which a sheet last named the organisation.
    """

    # identity
    name: Annotated[str, Field(min_length=1), About("text", "单位名称", "Name", "identity")]
    uscc: Annotated[
        str | None,
        Field(pattern=r"^[0-9A-Z]{18}$"),
        About(
            "text",
            "统一社会信用代码",
            "USCC",
            "identity",
            None,
            "18位，两个校验位均正确",
            "18 characters, both check digits correct",
        ),
    ] = None
    code: Annotated[
        str | None,
        About(
            "text",
            "其他代码",
            "Other code",
            "identity",
            None,
            "未通过校验的代码或旧注册号，照原样",
            "a code that is no valid USCC, as written",
        ),
    ] = None
    kind: Annotated[Kind | None, About("choice", "单位类别", "Kind", "identity")] = None
    subtype: Annotated[
        str | None,
        About(
            "text",
            "细分类型",
            "Subtype",
            "identity",
            None,
            "如私营企业、社会团体、民办非企业单位",
            "such as private company, association, foundation",
        ),
    ] = None
    # place
    county: Annotated[str | None, About("text", "县（市、区）", "County", "place")] = None
    township: Annotated[
        str | None,
        About(
            "text", "乡镇（街道）", "Township", "place", None, "所在地，不是党委名称", "the place, not its committee"
        ),
    ] = None
    village: Annotated[str | None, About("text", "村（社区）", "Village", "place")] = None
    zone: Annotated[str | None, About("text", "园区、楼宇、商圈", "Zone", "place")] = None
    address: Annotated[str | None, About("text", "地址", "Address", "place")] = None
    # business
    industry: Annotated[str | None, About("text", "所属行业", "Industry", "business")] = None
    industry_code: Annotated[
        str | None, About("text", "行业代码", "Industry code", "business", None, "GB/T 4754", "GB/T 4754")
    ] = None
    operating_status: Annotated[OperatingStatus | None, About("choice", "经营状态", "Operating status", "business")] = (
        None
    )
    above_scale: Annotated[bool | None, About("flag", "是否规模以上", "Above scale", "business")] = None
    registered_on: Annotated[PartialDate | None, About("date", "成立（登记）时间", "Registered on", "business")] = None
    revenue_10k: Annotated[float | None, About("number", "年营业收入", "Revenue", "business", "万元")] = None
    # people
    employees: Annotated[Count | None, About("count", "从业人员", "Employees", "people", "名")] = None
    employees_fulltime: Annotated[Count | None, About("count", "专职工作人员", "Full-time staff", "people", "名")] = (
        None
    )
    employees_parttime: Annotated[Count | None, About("count", "兼职工作人员", "Part-time staff", "people", "名")] = (
        None
    )
    female_employees: Annotated[Count | None, About("count", "女职工", "Female employees", "people", "名")] = None
    league_members: Annotated[Count | None, About("count", "团员", "Youth League members", "people", "名")] = None
    union_members: Annotated[Count | None, About("count", "工会会员", "Union members", "people", "名")] = None
    # members
    members_total: Annotated[Count | None, About("count", "党员总数", "Party members", "members", "名")] = None
    members_formal: Annotated[Count | None, About("count", "正式党员", "Formal members", "members", "名")] = None
    members_probationary: Annotated[
        Count | None, About("count", "预备党员", "Probationary members", "members", "名")
    ] = None
    members_fulltime: Annotated[
        Count | None, About("count", "专职党员", "Members among full-time staff", "members", "名")
    ] = None
    members_parttime: Annotated[
        Count | None, About("count", "兼职党员", "Members among part-time staff", "members", "名")
    ] = None
    members_relation_in: Annotated[
        Count | None, About("count", "组织关系在本单位的党员", "Members with relation here", "members", "名")
    ] = None
    members_relation_out: Annotated[
        Count | None, About("count", "组织关系不在本单位的党员", "Members with relation elsewhere", "members", "名")
    ] = None
    activists: Annotated[Count | None, About("count", "入党积极分子", "Activists", "members", "名")] = None
    development_targets: Annotated[Count | None, About("count", "发展对象", "Development targets", "members", "名")] = (
        None
    )
    applicants: Annotated[Count | None, About("count", "申请入党人数", "Applicants", "members", "名")] = None
    members_new_year: Annotated[
        Count | None, About("count", "本年发展党员", "Members admitted this year", "members", "名")
    ] = None
    members_new_3y: Annotated[
        Count | None, About("count", "近三年发展党员", "Members admitted in three years", "members", "名")
    ] = None
    # Party organisation
    has_org: Annotated[bool | None, About("flag", "是否建立党组织", "Has a Party organisation", "org")] = None
    org_form: Annotated[OrgForm | None, About("choice", "组建方式", "Formation mode", "org")] = None
    org_level: Annotated[OrgLevel | None, About("choice", "党组织类别", "Level", "org")] = None
    org_name: Annotated[str | None, About("text", "党组织名称", "Name of the Party organisation", "org")] = None
    org_founded_on: Annotated[PartialDate | None, About("date", "党组织成立时间", "Founded on", "org")] = None
    superior_org: Annotated[str | None, About("text", "上级党组织", "Superior Party organisation", "org")] = None
    joint_units: Annotated[Count | None, About("count", "联合单位数", "Units in the joint branch", "org", "家")] = None
    # work coverage
    instructors: Annotated[
        Count | None, About("count", "党建工作指导员、联络员", "Instructors or liaison officers", "work", "名")
    ] = None
    not_built_reason: Annotated[str | None, About("text", "未建立党组织原因", "Reason for not building", "work")] = None
    planned_on: Annotated[PartialDate | None, About("date", "拟建党组织时间", "Planned for", "work")] = None
    responsibility: Annotated[Responsibility | None, About("choice", "隶属关系", "Line of responsibility", "work")] = (
        None
    )
    responsible_unit: Annotated[str | None, About("text", "责任单位", "Responsible unit", "work")] = None
    # mass organisations
    has_union: Annotated[bool | None, About("flag", "是否建立工会", "Has a union", "mass")] = None
    has_league: Annotated[bool | None, About("flag", "是否建立团组织", "Has a Youth League organisation", "mass")] = (
        None
    )
    has_women_org: Annotated[bool | None, About("flag", "是否建立妇女组织", "Has a women's organisation", "mass")] = (
        None
    )
    # standing
    active: Annotated[bool | None, About("flag", "是否正常开展活动", "Regularly active", "standing")] = None
    venue: Annotated[bool | None, About("flag", "有无活动场所", "Has a venue", "standing")] = None
    funds_yuan: Annotated[float | None, About("number", "党组织活动经费", "Activity funds", "standing", "元")] = None
    star: Annotated[int | None, Field(ge=1, le=5), About("star", "星级", "Stars", "standing")] = None
    remarks: Annotated[str | None, About("text", "备注", "Remarks", "standing")] = None
    # how exact, and where from
    qualifiers: dict[str, Qualifier] = {}
    bounds: dict[str, tuple[int, int | None]] = {}
    confirmed_round: int | None = None
    source: Source | None = None


class Problem(Record):
    """问题: something in the data that a person should look at; its words come from the catalogue by `code`.

    `values` fill the catalogue's sentences and hold no personal data. `cell` is None where the whole sheet is meant.
    """

    code: str
    level: Level
    file: str
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    values: dict[str, str | int | float | None] = {}


class ColumnReading(Record):
    """How one headed column (or, in a card, one label) was understood; `heading` is its path joined by `>`."""

    column: str
    heading: str
    field: str | None = None
    dropped: Literal["personal"] | None = None
    skipped: bool = False  # known to hold nothing that a ledger keeps (序号, 经度 …)


class SheetReading(Record):
    """How one sheet was understood; rows are 1-based as the spreadsheet shows them, both ends included."""

    sheet: str
    kind: Literal["ledger", "crosstab", "card", "roster", "other"]
    header_rows: tuple[int, int] | None = None
    data_rows: int = 0
    columns: tuple[ColumnReading, ...] = ()
    unit: str | None = None  # 填报单位
    county: str | None = None
    township: str | None = None
    as_of: PartialDate | None = None  # 截止日期


class Subject(Record):
    """Which organisation a human decision is about, as it was called then; the place tells apart equal names."""

    name: str
    uscc: str | None = None
    county: str | None = None
    township: str | None = None


class Answer(Record):
    """答复: what a person wrote beside one problem of a return workbook (退回表).

    `sheet`, `cell` and `row` are where the problem lay, `at` is where the answer stands. `value` is what the words of
    a correction mean, or None where the corrected sheet itself came back and was read with the correction in it.
    """

    does: Literal["corrected", "confirmed"]
    code: str
    finding: str
    at: str
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    field: str | None = None
    subject: Subject | None = None
    value: str | int | float | bool | None = None
    reason: str | None = None


class FileReading(Record):
    """How one file was understood. `refused` is the code of the problem that kept it out, `content_sha256` the hash
    of its canonical cell content (equal for a re-saved workbook); `return_of` names the file that a return workbook
    was made of, and `answers` are those that a person wrote into it (kept in the ledger as entries, not here)."""

    file: str
    format: str | None = None  # xlsx xls xlsb ods csv …; None where it was not recognised
    size: int = 0
    sha256: str | None = None
    content_sha256: str | None = None
    sheets: tuple[SheetReading, ...] = ()
    refused: str | None = None
    return_of: str | None = None
    answers: tuple[Answer, ...] = ()


class EntryKind(StrEnum):
    """What a human decision does."""

    CORRECTION = "correction"  # 更正: a value replaces what the sheet says
    CONFIRMATION = "confirmation"  # 属实: a warning is answered
    OVERTAKEN = "overtaken"  # a later sheet says something new: the correction ends


class Entry(Record):
    """人工记录: one human decision, written once with the round in which it came in; never edited.

    `old` and `new` are values of `field`; `problem` is the code of the problem that was answered and `finding` the
    hash of what it found, so that an answer holds until that changes. `source` is where the person wrote it.
    """

    kind: EntryKind
    who: str
    when: str  # UTC, ISO
    subject: Subject | None = None
    field: str | None = None
    old: str | int | float | bool | None = None
    new: str | int | float | bool | None = None
    reason: str | None = None
    problem: str | None = None
    finding: str | None = None
    source: Source | None = None


class Scope(Record):
    """What a sheet speaks for: one kind of organisation in one township (None: not stated)."""

    county: str | None
    township: str | None
    kind: Kind | None


class Round(Record):
    """轮次: one complete state of the ledger, as its manifest tells it; times are UTC, ISO."""

    number: int
    name: str | None  # 2026Q3, as asked with --round
    parent: str | None  # sha256 of the SHA256SUMS of the round before
    nonce: str
    created_at: str
    as_of: PartialDate  # 截止日期
    tool: str  # version of census that wrote it
    files: tuple[FileReading, ...]  # what came in with this round
    scopes: tuple[Scope, ...]  # what these files speak for
    organisations: int  # all that the round holds
    confirmed: int  # named by a file of this round
    new: int  # named for the first time
    carried: int  # carried forward from the round before
    not_reported_again: int  # 未再上报: carried although their scope was reported
    supersedes: int | None = None  # 撤销: the round whose news this one takes back
    reason: str | None = None  # why, as the person who undid it said


class Citation(Record):
    """条文: where a rule or a number comes from."""

    document: str
    article: str
    text: str


class PolicyStamp(Record):
    """Which policy said it: name, version (date and content hash) and the day it was asked for (ISO)."""

    name: str
    version: str
    as_of: str


class Decision(Record):
    """判定: one rule applied to one organisation."""

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


class Indicator(Record):
    """指标: a rate with everything needed to defend it; `rate` is a fraction of 1, None where the denominator is 0."""

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


class AreaCoverage(Record):
    """One line of a coverage table: an area, kind, industry … (`group` None: 未注明) or the total of all."""

    group: str | None
    organisations: int  # 家
    covered: int  # has_org is true
    not_covered: int
    unknown: int  # has_org is not known
    rate: float | None  # covered / organisations
    gaps: dict[Gap, int]  # organisations that have a gap of the class (verdict gap)
    to_confirm: int  # organisations with at least one unknown verdict on formation


@cache
def about() -> dict[str, About]:
    """Label, unit and meaning of every canonical field, in their order."""
    found = {}
    for name, field in Organisation.model_fields.items():
        notes = [note for note in field.metadata if isinstance(note, About)]
        if notes:
            found[name] = notes[0]
    return found


@cache
def fields_of(holds: Holds) -> tuple[str, ...]:
    """Names of the canonical fields that hold values of that kind, in their order."""
    return tuple(name for name, note in about().items() if note.holds == holds)


CHOICES: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "operating_status": OperatingStatus,
    "org_form": OrgForm,
    "org_level": OrgLevel,
    "responsibility": Responsibility,
}
"""The allowed words of each choice field."""
