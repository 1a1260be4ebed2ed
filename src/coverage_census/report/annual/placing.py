"""One organisation's facts in; the line and the columns of an annual table where it stands, or what is missing, out.

Nothing is guessed: an organisation of which the sheet does not tell enough stands nowhere and is listed (待核).
"""

import re
from dataclasses import dataclass

from coverage_census.model.choices import Kind, OrgForm, OrgLevel
from coverage_census.model.record import Facts

# 挂靠、依托、临时: the unit has no organisation of its own, so that its members decide where it stands.
_NOT_ITS_OWN = frozenset({OrgForm.AFFILIATED.value, OrgForm.HOSTED.value, OrgForm.TEMPORARY.value})
_TOGETHER = frozenset({OrgForm.JOINT.value, OrgForm.AREA.value, OrgForm.INDUSTRY.value})
ENOUGH = 3  # 正式党员: 支部工作条例第四条
SIZES = {"over_50": 50, "over_100": 100}

# A name tells the level where the sheet does not: 中共××公司总支部委员会. The first that fits.
_LEVELS = (
    (OrgLevel.GENERAL_BRANCH.value, re.compile(r"总支(?:部)?(?:委员会)?$")),
    (OrgLevel.BRANCH.value, re.compile(r"支部(?:委员会)?$")),
    (OrgLevel.COMMITTEE.value, re.compile(r"(?:党委|委员会)$")),
)
_ENDING = re.compile(r"[\s（(].{0,80}[)）]$")

_OWNERSHIP = (
    (re.compile(r"私营独资|个人独资|自然人独资"), ("private", "private_owned")),
    (re.compile(r"港澳台(?:商)?(?:法人)?独资"), ("hmt", "hmt_owned")),
    (re.compile(r"港澳台(?:商)?(?:经济)?控[制股]"), ("hmt",)),
    (re.compile(r"(?:外商|外国|外资)(?:法人|投资)?独资|外商独资"), ("foreign", "foreign_owned")),
    (re.compile(r"(?:外商|外资)(?:经济)?控[制股]"), ("foreign",)),
    (re.compile(r"私营|私有|民营"), ("private",)),
)
_SOCIAL = (
    (re.compile(r"律师事务所"), "lawyers"),
    (re.compile(r"税务师事务所"), "tax_agents"),
    (re.compile(r"会计师事务所"), "accountants"),
    (re.compile(r"基金会"), "foundation"),
    (re.compile(r"民办非企业|社会服务机构"), "service"),
    (re.compile(r"社会团体|社团"), "association"),
)
_OWNED = ("private", "private_owned", "private_hmt", "private_foreign", "hmt", "hmt_owned", "foreign", "foreign_owned")


@dataclass(frozen=True)
class PlacedInForm:
    """Where an organisation stands: its line in the partition (None: 待核, for the reason `why`), columns that it
    surely belongs to, and columns of which that is not known."""

    row: Facts
    line: str | None
    why: str  # a key under annual.why
    columns: frozenset[str]
    doubtful: frozenset[str]


def placed(row: Facts) -> PlacedInForm:
    """`row` has canonical fields and the facts of `policy.decide.facts`; its kind is that of the table."""
    line, why = _line(row)
    sure, doubtful = _enterprise(row) if row["kind"] == Kind.ENTERPRISE.value else _social(row)
    return PlacedInForm(row, line, why, frozenset({"total", *sure}), frozenset(doubtful))


def _line(row: Facts) -> tuple[str | None, str]:
    if row["has_org"] is None:
        return None, "has_org"
    if not row["has_org"]:
        return _unbuilt(row)
    form = row["org_form"]
    if form in _NOT_ITS_OWN:
        return _unbuilt(row)
    if form in _TOGETHER:
        return "joint", "joint"
    level = row["org_level"] or named_level(row["org_name"])
    if form is None and level not in (OrgLevel.COMMITTEE.value, OrgLevel.GENERAL_BRANCH.value):
        return None, "form"
    return (level, "standalone") if level else (None, "level")


def _unbuilt(row: Facts) -> tuple[str | None, str]:
    """By members: three formal ones (in a social organisation among its full-time staff) are due; fewer; none."""
    low, high = row["formal_duty_low"] or 0, row["formal_duty_high"]
    if low >= ENOUGH:
        return "due", "due"
    if row["members_high"] == 0:
        return "none", "none"
    if high is not None and high < ENOUGH and (row["members_low"] or 0) >= 1:
        return "few", "few"
    return None, "formal" if (row["members_low"] or 0) >= ENOUGH else "members"


def named_level(name: str | None) -> str | None:
    """The level that the name of a Party organisation tells; 联合党支部 tells none of its own."""
    if not name or "联合" in name:
        return None
    plain = _ENDING.sub("", name.strip())
    return next((level for level, pattern in _LEVELS if pattern.search(plain)), None)


def _enterprise(row: Facts) -> tuple[set[str], set[str]]:
    sure, doubtful = set[str](), set[str]()
    low, high = ends(row, "employees")
    for column, least in SIZES.items():
        if low is not None and low >= least:
            sure.add(column)
        elif high is None or high >= least:
            doubtful.add(column)
    owned = next((columns for pattern, columns in _OWNERSHIP if pattern.search(row["subtype"] or "")), ())
    return sure | set(owned), doubtful if owned else doubtful | set(_OWNED)


def _social(row: Facts) -> tuple[set[str], set[str]]:
    for text in (row["subtype"], row["name"]):
        found = next((column for pattern, column in _SOCIAL if pattern.search(text or "")), None)
        if found:
            return {found}, set()
    return set(), {column for _, column in _SOCIAL}


def ends(row: Facts, field: str) -> tuple[int | None, int | None]:
    """The interval that a count stands for; an exact one is both ends, (None, None) is unknown."""
    low, high = row.get(f"{field}_min"), row.get(f"{field}_max")
    if low is None and high is None:
        return row[field], row[field]
    return low, high
