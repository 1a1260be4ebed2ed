"""Liaison officers (党建工作指导员、联络员) as duty posts, how far an assignment has come, and the forms for both."""

import re
import unicodedata
from enum import StrEnum

from coverage_census.model.forms import Form, FormColumn
from coverage_census.model.record import Count, Record


def duty_code(written: str) -> str:
    """A duty code as it is compared: Z-１, Z－1 and Z — 1 are Z-1."""
    return re.sub(r"(?<!\s)\s*[-‐‑‒–—―−]+\s*", "-", unicodedata.normalize("NFKC", written).strip())


class Officer(Record):
    """指导员: one duty post, by its code and never by a name; no townships means that he serves the whole county.

    `willing` (服从调剂): his free places serve whoever is left; if not, only those he chose."""

    code: str
    post: str | None = None
    expertise: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    capacity: Count
    full_time: bool | None = None
    willing: bool = True


class AssignmentStep(StrEnum):
    """How far an assignment has come."""

    NEEDED = "needed"  # 企业所需
    AGREED = "agreed"  # 个人同意
    SIGNED = "signed"  # 签订协议
    APPOINTED = "appointed"  # 组织委任
    ENDED = "ended"  # 终止


_CODE = FormColumn(
    key="code",
    headings=("岗位代码", "指导员代码", "代码", "岗位编号", "指导员编号", "编号", "duty code", "code", "officer"),
)
_NAME = FormColumn(key="name", headings=("单位名称", "企业名称", "组织名称", "organisation", "name"))
_USCC = FormColumn(key="uscc", headings=("统一社会信用代码", "信用代码", "USCC"))
_WISHES = tuple(
    FormColumn(key=f"wish_{rank}", headings=(f"第{word}志愿", f"{word}志愿", f"choice {rank}"), holds="list")
    for rank, word in enumerate("一二三", start=1)
)
_WILLING = FormColumn(
    key="willing",
    headings=(
        "服从调剂",
        "是否服从调剂",
        "服从统筹",
        "是否服从统筹",
        "服从分配",
        "服从安排",
        "willing",
        "accepts others",
    ),
)

OFFICERS = Form(
    name="officers",
    columns=(
        _CODE,
        FormColumn(key="post", headings=("岗位职务", "职务", "岗位", "duty post", "post")),
        FormColumn(
            key="expertise",
            headings=("专长行业", "专长", "熟悉行业", "擅长行业", "专长（行业）", "expertise"),
            holds="list",
        ),
        FormColumn(
            key="townships",
            headings=("服务乡镇", "服务乡镇（街道）", "联系乡镇", "所在乡镇", "townships served", "townships"),
            holds="list",
        ),
        FormColumn(
            key="capacity",
            headings=("可联系家数", "可联系单位数", "联系家数", "名额", "容量", "capacity"),
            holds="count",
        ),
        FormColumn(key="full_time", headings=("专兼职", "专职兼职", "专职或兼职", "full or part time")),
        _WILLING.model_copy(update={"blank": False}),  # asked for beside the wishes; read here as well
    ),
    marks=("code", "capacity"),
)
"""人才库."""

ORGANISATION_WISHES = Form(
    name="organisation_wishes",
    columns=(
        _NAME,
        _USCC,
        *_WISHES,
        FormColumn(key="expertise", headings=("希望专长", "需要专长", "所需专长", "wanted expertise"), holds="list"),
    ),
    marks=("name", "wish_1"),
)
"""企业需求: an organisation and the codes it would have, the best first, or the expertise it wants."""

OFFICER_WISHES = Form(name="officer_wishes", columns=(_CODE, *_WISHES, _WILLING), marks=("code", "wish_1"))
"""个人意向: a code and the organisations or townships it would go to, the best first; and whether also elsewhere."""

STEPS = Form(
    name="steps",
    columns=(_NAME, _USCC, _CODE, FormColumn(key="step", headings=("进展", "办理进展", "step"))),
    marks=("name", "code", "step"),
)
"""The list that `plan liaison --csv` writes, with 进展 filled in."""

INSTRUCTORS = (OFFICERS, ORGANISATION_WISHES, OFFICER_WISHES)
"""The forms of instructors.xlsx."""
