"""The columns of a table in; whose 成立时间 (founding day) each one is, the organisation's or its branch's, out.

The headings beside it say it (党组织名称 | 成立时间, 单位名称 | 成立时间); where they differ, the answers to
是否建立党组织 do.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from coverage_census.ingest.cells import choices, dates
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.records.facts import Facts
from coverage_census.ingest.records.unknown_headings import Place
from coverage_census.model.reading import Level

OWN, BRANCH = "registered_on", "org_founded_on"

_OPEN = dict.fromkeys(
    ("成立时间", "成立日期", "成立年月", "设立时间", "设立日期", "创建时间", "组织成立时间", "批准成立时间"), OWN
) | dict.fromkeys(("组建时间", "组建日期", "组建年月", "建立时间", "建立日期"), BRANCH)
_OF_BRANCH = frozenset([
    "has_org", "org_name", "org_form", "org_level", "superior_org", "joint_units", "joint_names", "coverage", "active",
    "venue", "star", "responsibility",
])  # fmt: skip
_OF_ORGANISATION = frozenset([
    "name", "uscc", "kind", "subtype", "industry", "industry_code", "address", "township", "village", "zone", "county",
    "operating_status", "above_scale", "revenue_10k", "employees", "employees_fulltime", "responsible_unit",
])  # fmt: skip


def settled(
    facts: Facts, read: Sequence[Column], sample: Callable[[int], Sequence[Cell]], place: Place
) -> list[Column]:
    """The same columns, each open 成立时间 with the field that it feeds; what is not as the word says is told."""
    open_ = {each.index for each in read if _is_open(each)}
    if not open_:
        return list(read)
    found = {each.index: _whose(read, number, sample) for number, each in enumerate(read) if each.index in open_}
    _apart(read, found, sample)
    certain = {each.field for each in read if each.index not in open_}
    done = []
    for number, column in enumerate(read):
        field = found.get(column.index, column.field)
        doubtful = _differ(read, number) and not certain & {OWN, BRANCH}
        if column.index in open_ and (field != column.field or doubtful):
            code = "founding_of_branch" if field == BRANCH else "founding_of_own"
            facts.report(code, Level.NOTE, place(column), field, heading=column.heading)
        done.append(replace(column, field=field))
    return done


def _is_open(column: Column) -> bool:
    """Whether the heading alone does not say it: none of the office's own, and no group that names its owner."""
    if column.field not in (OWN, BRANCH) or column.dropped or column.meaning.office:
        return False
    return vocabulary.key(column.path[-1]) in _OPEN and not any(map(_side_of_text, column.path[:-1]))


def _whose(read: Sequence[Column], number: int, sample: Callable[[int], Sequence[Cell]]) -> str:
    left, right = _side(read, number, -1), _side(read, number, 1)
    near = {_beside(read, number - 1), _beside(read, number + 1)} - {None}
    said = _by_answers(read, read[number], sample)
    if left == right or len(near) == 1:
        sure = next(iter(near)) if len(near) == 1 else left
        return OWN if sure == BRANCH and said == OWN else sure or said or _default(read[number])
    return said or left or right or _default(read[number])


def _default(column: Column) -> str:
    return _OPEN[vocabulary.key(column.path[-1])]


def _differ(read: Sequence[Column], number: int) -> bool:
    """Whether the headings on both sides say different things."""
    return len({_beside(read, number - 1), _beside(read, number + 1)} - {None}) == 2


def _side(read: Sequence[Column], number: int, step: int) -> str | None:
    """What the nearest column that says anything speaks of, to the left (-1) or right (1)."""
    number += step
    while 0 <= number < len(read):
        if side := _beside(read, number):
            return side
        number += step
    return None


def _beside(read: Sequence[Column], number: int) -> str | None:
    if not 0 <= number < len(read) or _is_open(read[number]):
        return None
    column = read[number]
    if column.field in _OF_BRANCH or column.field == BRANCH:
        return BRANCH
    if column.field in _OF_ORGANISATION or column.field == OWN:
        return OWN
    return _side_of_text(column.heading) if column.dropped or column.field is None else None


def _side_of_text(text: str) -> str | None:
    """法人姓名, 注册资本, 企业基本情况 against 支部书记, 党建情况."""
    word = vocabulary.key(text)
    if any(part in word for part in ("党组织", "党建", "支部", "书记", "组建", "组织覆盖")):
        return BRANCH
    own = ("法人", "法定", "注册", "登记", "企业", "单位", "公司", "业主", "经营", "基本", "概况", "社会组织", "机构")
    return OWN if any(part in word for part in own) else None


def _by_answers(read: Sequence[Column], column: Column, sample: Callable[[int], Sequence[Cell]]) -> str | None:
    """A day beside most of those that have no Party organisation is their own; one only beside the others is its."""
    asked = next((each for each in read if each.field == "has_org" and each.meaning.option is None), None)
    if asked is None:
        return None
    answers = [choices.flag(cell) for cell in sample(asked.index)]
    days = [isinstance(dates.parse(cell), str) for cell in sample(column.index)]
    without = [day for answer, day in zip(answers, days, strict=False) if answer is False]
    with_one = [day for answer, day in zip(answers, days, strict=False) if answer is True]
    if without and sum(without) * 2 > len(without):
        return OWN
    return BRANCH if without and not any(without) and any(with_one) else None


def _apart(read: Sequence[Column], found: dict[int, str], sample: Callable[[int], Sequence[Cell]]) -> None:
    """Of two that came out the same, 成立 beside 组建, else the one with the earlier days, else the first is the
    organisation's."""
    for field, other in ((OWN, BRANCH), (BRANCH, OWN)):
        same = [index for index, each in found.items() if each == field]
        sure = {each.field for each in read if each.index not in found}
        if len(same) == 2 and other not in found.values() and other not in sure:
            first, second = same
            words = [_default(each) for each in read if each.index in same]
            if words == [BRANCH, OWN] or (words[0] == words[1] and _earlier(sample(second), sample(first))):
                first, second = second, first
            found[first], found[second] = OWN, BRANCH
        elif len(same) == 1 and field in sure and other not in sure and other not in found.values():
            found[same[0]] = other  # 注册时间 stands there too


def _earlier(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Whether the days of `one` lie mostly before those of `other`."""
    pairs = [(dates.parse(a), dates.parse(b)) for a, b in zip(one, other, strict=False)]
    known = [(a, b) for a, b in pairs if isinstance(a, str) and isinstance(b, str) and a != b]
    return bool(known) and sum(a < b for a, b in known) * 2 > len(known)
