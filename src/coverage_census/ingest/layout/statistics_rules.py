"""What the rows or columns of a statistics table are called in; which figures must add up or stay within which, out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coverage_census.ingest.headings import meanings
from coverage_census.ingest.layout.statistics import StatisticsLine

TOTAL = re.compile(r"^(?:全[县区市镇乡])?(?:合计|总计|小计|累计|总数|共计|总合计)(?:数|\(.*\))?$")

# What a line counts; the words of the annual tables (27 and 30) and of the roll-ups that townships make of them.
_ROLES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "units": r"^(?:法人)?(?:单位|企业|社会组织|两新组织|非公企业|非公有制(?:企业|经济组织))总?[个家]?数$",
        "liaison": r"^党建工作指导员联系的$",
        "standalone": r"^已?单独建立党组织(?:的|数|的?单位数|的?企业数)?$",
        "committee": r"^(?:已?(?:单独)?建立)?党委(?:的|数)?$",
        "general_branch": r"^(?:已?(?:单独)?建立)?(?:\(?党\)?)?总支部?(?:的|数)?$",
        "branch": r"^(?:已?(?:单独)?建立)?(?:\(?党\)?)?支部(?:的|数)?$",
        "joint": r"^已?建立联合(?:\(?党\)?)?支部(?:的|的?单位数|的?企业数)$",
        "joint_three": r"^具有(?:3|三)名以上(?:正式)?党员的?$",
        "joint_branches": r"^联合(?:\(?党\)?)?支部个?数$",
        "unbuilt": r"^(?:未建立党组织(?:的|数|的?单位数|的?企业数)?|未建(?:单位|企业)?数?)$",
        "due": r"^应建(?:尚)?未建(?:立党组织)?(?:的|数)?$|^应建尚未建立(?:党组织)?的?$",
        "groups": r"^建立党小组的?$",
        "few": r"^仅有个别党员的?$",
        "none": r"^(?:没有|无)党员的?$",
        "dispatched": r"^已派党建工作指导员的?$",
        "built": r"^已建(?:单位|企业)?数?$|^已?建立党组织(?:的|的?单位数|的?企业数)$",
        "employees": r"^(?:在岗职工|从业人员)(?:总|人)?数?$",
        "members": r"^党员(?:总|人)?数?$",
        "not_transferred": r"^未转入组织关系的?$",
        "built_employees": r"^已建立党组织的企业在岗职工$",
        "liaison_employees": r"^未建立党组织,?已派出?党建(?:工作)?指导员的企业在岗职工$",
        "total": r"^总数$",
        "over_50": r"^从业人员50人以上企业$",
        "over_100": r"^从业人员100人以上企业$",
        "legal_member": r"^法定代表人是党员的$",
        "secretary": r"^兼任企业党组织书记的$",
        "full_time": r"^专职人员数?$",
        "part_time": r"^兼职人员数?$",
        "instructors": r"^党建(?:工作)?指导员数?$",
        "private": r"^私有经济控制$",
        "private_owned": r"^私营独资$",
        "private_hmt": r"^港澳台商投资$",
        "private_foreign": r"^外商投资$",
        "hmt": r"^港澳台商经济控制$",
        "hmt_owned": r"^港澳台商独资$",
        "foreign": r"^外商经济控制$",
        "foreign_owned": r"^外商独资$",
    }.items()
}
# Members that another organisation would take up: no part of the units above.
_ELSEWHERE = re.compile(r"吸收")

_SUBSET = re.compile(r"女|少数民族|岁|学历|大专|本科|以上|以下|党员的|书记|具有|新发展|预备|流动|农民工|高校毕业生")

SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("standalone", ("committee", "general_branch", "branch")),
    ("unbuilt", ("due", "few", "none")),
    ("units", ("committee", "general_branch", "branch", "joint", "due", "few", "none")),
    ("units", ("standalone", "joint", "unbuilt")),
    ("units", ("built", "unbuilt")),
    ("total", ("built", "unbuilt")),
    ("total", ("private", "hmt", "foreign")),
)
WITHIN: tuple[tuple[str, str], ...] = (
    ("joint_three", "joint"),
    ("joint_branches", "joint"),
    ("liaison", "units"),
    ("groups", "due"),
    ("members", "employees"),
    ("dispatched", "unbuilt"),
    ("not_transferred", "members"),
    ("built_employees", "employees"),
    ("liaison_employees", "employees"),
    ("built_members", "built_employees"),
    ("liaison_members", "liaison_employees"),
    ("built_members", "members"),
    ("liaison_members", "members"),
    ("over_50", "total"),
    ("over_100", "over_50"),
    ("legal_member", "total"),
    ("secretary", "legal_member"),
    ("private_owned", "private"),
    ("private_hmt", "private"),
    ("private_foreign", "private"),
    ("hmt_owned", "hmt"),
    ("foreign_owned", "foreign"),
)
# One partition of the whole each: all of it stands there, so that it must add up to 总数.
_KINDS = (
    frozenset(["社会团体", "基金会", "民办非企业单位", "律师事务所", "会计师事务所", "税务师事务所"]),
    frozenset(["企业", "社会组织"]),
    frozenset(["非公企业", "社会组织"]),
    frozenset(["企业", "个体"]),
)


@dataclass(frozen=True)
class Sum:
    """`total` is what `parts` add up to."""

    total: StatisticsLine
    parts: tuple[StatisticsLine, ...]


def roles(lines: Sequence[StatisticsLine]) -> dict[str, StatisticsLine]:
    """What each line counts, the first of a kind; one that says the same again counts something else."""
    found: dict[str, StatisticsLine] = {}
    for line in lines:
        if any(_ELSEWHERE.search(part) for part in line.path):
            continue
        role = _role(line)
        if role == "members" and "members" in found:
            role = "liaison_members" if "built_members" in found else "built_members"
        if role is not None:
            found.setdefault(role, line)
    if "built_employees" not in found:
        found.pop("built_members", None)
        found.pop("liaison_members", None)
    return found


def _role(line: StatisticsLine) -> str | None:
    return next((name for name, pattern in _ROLES.items() if pattern.match(line.leaf)), None)


def is_word(line: StatisticsLine) -> bool:
    """Whether a label is a word of statistics tables, and so nobody's name."""
    return _role(line) is not None or meanings.strength(line.leaf) > 0 or any(line.leaf in each for each in _KINDS)


def families(lines: Sequence[StatisticsLine]) -> list[Sequence[StatisticsLine]]:
    """All lines together; each group by itself where groups repeat each other (非公企业, 社会组织: 总数 已建 未建)."""
    groups: dict[tuple[str, ...], list[StatisticsLine]] = {}
    for line in lines:
        groups.setdefault(line.path[:-1], []).append(line)
    counted = [{_role(line) for line in group} - {None, "members"} for group in groups.values()]
    twice = any(a & b for number, a in enumerate(counted) for b in counted[number + 1 :])
    if not twice or any(_ELSEWHERE.search(part) for path in groups for part in path):
        return [lines]
    return list(groups.values())


def adds_up(line: StatisticsLine) -> bool:
    """Whether the figures of a line add up over kinds of units: a joint branch may have units of two kinds."""
    return _role(line) != "joint_branches"


def sums(lines: Sequence[StatisticsLine]) -> list[Sum]:
    """The sums whose total and parts all have a line."""
    named = [
        Sum(known[total], tuple(known[part] for part in parts))
        for known in map(roles, families(lines))
        for total, parts in SUMS
        if total in known and all(part in known for part in parts)
    ]
    return [*named, *_groups(lines), *_funds(lines)]


def within(lines: Sequence[StatisticsLine]) -> list[tuple[StatisticsLine, StatisticsLine]]:
    """Part and whole, of the lines that are there."""
    return [pair for known in map(roles, families(lines)) for pair in _within(known)]


def _within(known: Mapping[str, StatisticsLine]) -> list[tuple[StatisticsLine, StatisticsLine]]:
    pairs = list(WITHIN)
    if "employees" not in known:  # stations of office buildings: 专职人员 with 党员人数, 兼职人员 with 党建指导员
        pairs += [("members", "full_time"), ("instructors", "part_time")]
    return [(known[part], known[whole]) for part, whole in pairs if part in known and whole in known]


def _groups(lines: Sequence[StatisticsLine]) -> list[Sum]:
    """合计 beside its parts under one heading (党委 党总支 党支部 合计), or beside all kinds of units."""
    found = []
    for total in lines:
        if not TOTAL.match(total.leaf):
            continue
        beside = [line for line in lines if line is not total and line.path[:-1] == total.path[:-1] and not line.ratio]
        parts = [line for line in beside if not TOTAL.match(line.leaf)]
        kinds = frozenset(line.leaf for line in parts)
        whole = next((each for each in _KINDS if each <= kinds), None)
        if whole is not None:
            parts = [line for line in parts if line.leaf in whole]
        elif len(total.path) == 1 or total.leaf == "总数" or any(_SUBSET.search(line.leaf) for line in parts):
            continue  # 总数 stands beside what it is only partly made of: women, members below 35
        if len(parts) >= 2:
            found.append(Sum(total, tuple(parts)))
    return found


def _funds(lines: Sequence[StatisticsLine]) -> list[Sum]:
    """经费 followed by where it comes from: 市级拨付, 区县拨付, 街道拨付, 其他途径."""
    for number, line in enumerate(lines):
        parts = []
        for each in lines[number + 1 :]:
            if not re.search(r"拨付|其[他它]途径|自筹", each.leaf):
                break
            parts.append(each)
        if "经费" in line.leaf and len(parts) >= 2:
            return [Sum(line, tuple(parts))]
    return []
