"""One organisation as a round knows it, each field with its label, unit and meaning."""

from functools import cache
from typing import Annotated

from pydantic import Field

from coverage_census.model.choices import Kind, OperatingStatus, OrgForm, OrgLevel, Qualifier, Responsibility
from coverage_census.model.record import About, Count, Holds, PartialDate, Record


def at(*parts: str | int | None) -> str:
    """A place as it is written: what is known of file, sheet and row or cell, from the outside in."""
    return "!".join(str(part) for part in parts if part not in (None, ""))


class Source(Record):
    """出处: where something was read; `row` is 1-based as the spreadsheet shows it, `cell` like `E7`."""

    file: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None

    @property
    def place(self) -> str:
        """file!sheet!row, as far as it is known."""
        return at(self.file, self.sheet, self.row)


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
    org_form: Annotated[OrgForm | None, About("choice", "组建方式", "Formation mode", "org", of_branch=True)] = None
    org_level: Annotated[OrgLevel | None, About("choice", "党组织类别", "Level", "org", of_branch=True)] = None
    org_name: Annotated[
        str | None, About("text", "党组织名称", "Name of the Party organisation", "org", of_branch=True)
    ] = None
    org_founded_on: Annotated[
        PartialDate | None, About("date", "党组织成立时间", "Founded on", "org", of_branch=True)
    ] = None
    superior_org: Annotated[
        str | None, About("text", "上级党组织", "Superior Party organisation", "org", of_branch=True)
    ] = None
    joint_units: Annotated[
        Count | None,
        About("count", "联合单位数", "Units in the joint branch", "org", "家", shared=True, of_branch=True),
    ] = None
    # work coverage
    instructors: Annotated[
        Count | None,
        About("count", "党建工作指导员、联络员", "Instructors or liaison officers", "work", "名", shared=True),
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
    active: Annotated[
        bool | None, About("flag", "是否正常开展活动", "Regularly active", "standing", of_branch=True)
    ] = None
    venue: Annotated[bool | None, About("flag", "有无活动场所", "Has a venue", "standing", of_branch=True)] = None
    funds_yuan: Annotated[
        float | None, About("number", "党组织活动经费", "Activity funds", "standing", "元", of_branch=True)
    ] = None
    star: Annotated[int | None, Field(ge=1, le=5), About("star", "星级", "Stars", "standing", of_branch=True)] = None
    remarks: Annotated[str | None, About("text", "备注", "Remarks", "standing")] = None
    # how exact, and where from
    qualifiers: dict[str, Qualifier] = {}
    bounds: dict[str, tuple[int, int | None]] = {}
    confirmed_round: int | None = None
    source: Source | None = None


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
def of_the_branch() -> frozenset[str]:
    """The fields that say something of a Party organisation, and of nothing once there is none (撤销)."""
    return frozenset(name for name, note in about().items() if note.of_branch)


@cache
def of_each_alone() -> frozenset[str]:
    """Counts and sums that several organisations cannot have together: over merged cells nobody's own."""
    numbers = (*fields_of("count"), *fields_of("number"))
    return frozenset(name for name in numbers if not about()[name].shared)


@cache
def fields_of(holds: Holds) -> tuple[str, ...]:
    """Names of the canonical fields that hold values of that kind, in their order."""
    return tuple(name for name, note in about().items() if note.holds == holds)
