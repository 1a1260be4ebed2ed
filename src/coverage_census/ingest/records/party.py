"""Columns about Party organisations, mass organisations and instructors in; what they say of several fields out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import NoneType
from typing import Any

from coverage_census.ingest.cells import choices, counts, dates, options, parsers, polarity
from coverage_census.ingest.cells.choices import Dispatched, NotAnOrg
from coverage_census.ingest.cells.clean import NONE_WORDS, UNREADABLE, Mark, bare, folded
from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings.columns import Column, level_asked
from coverage_census.ingest.records import column_values
from coverage_census.ingest.records.facts import Facts, FieldSource
from coverage_census.model.choices import OrgForm, OrgLevel, Qualifier
from coverage_census.model.reading import Level

_JOINT = re.compile("联合|覆盖|涵盖|包含|共建")
_SHORT, _ANSWER = 6, 60  # letters: of a plain answer, and of a long one
# Signs of which one stands in all that denies, plans or ends, in both scripts: hardly any name has one.
_MAY_DENY = re.compile(
    "[无無没沒未零否不非尚暂暫缺难難少几幾偶撤销銷解停止终終中断斷离離流退拆失辞辭收占废廢取关關倒破"
    "拟擬计計划劃规規筹籌待准準预預申报報审審空覆条條符意向打将將酝醞谋謀启啟着推动動协協商洽研究考虑慮目"
    "底内內近明下逐限希愿願争爭力望应應应须須要可能宜想正在原曾以前之过過早]"
)
_MASS = (("has_union", "工会"), ("has_league", "团"), ("has_women_org", "妇"))


def coverage(facts: Facts, column: Column, read: list[str | None]) -> None:
    """组织覆盖 means there is a Party organisation, 工作覆盖 that an instructor stands in for one."""
    column_values.fill(
        facts,
        "has_org",
        [{"org": True, "both": True, "work": False, "none": False}.get(value or "") for value in read],
        column,
    )
    facts.dispatched.append(([row for row, value in enumerate(read) if value in ("work", "both")], column.index))


def at_least_one(facts: Facts, rows: list[int], index: int) -> None:
    held = list(facts.of("instructors"))
    for row in rows:
        if held[row] is None:
            held[row] = 1
            facts.qualify("instructors", row, Qualifier.AT_LEAST, (1, None))
    if rows:
        facts.put("instructors", held, index)


def mass_organisations(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """已建群团组织: 工会、共青团: what is named is there; what is not named is unknown, unless nothing is."""
    for field, word in _MASS:
        table = {value: _named(word, value) for value in dict.fromkeys(cells)}
        column_values.fill(facts, field, [table[value] for value in cells], column)


def _named(word: str, value: Cell) -> bool | None:
    """Whether a list names an organisation; with boxes (☑工会 ☐共青团, 工会√ 共青团□) its own mark answers."""
    if isinstance(value, str) and (found := options.marked(value)) is not None:
        own = [label for label in found.labels if word in label]
        return None if found.unsure or not own else any(label in found.chosen for label in own)
    text = choices.plain(value)
    for clause in polarity.clauses(text):
        if word in clause.text:
            return not (clause.state is not None and clause.state.is_no)
    return False if text and word not in text and choices.flag(text) is False else None


def has_org(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """是否建立党组织 also answers 单独组建, 联合党支部, 党总支: that is a yes, and more."""

    def said(value: Cell) -> Any:
        if "覆盖" in choices.text_of(value) and choices.coverage(value) == "work":
            return False, Dispatched.INSTRUCTOR, None
        answer = choices.flag(value)
        form = choices.org_form(value)
        if isinstance(answer, bool) and form in (None, UNREADABLE):
            return answer, None, choices.org_level(value) if answer and len(choices.text_of(value)) > 2 else None
        if answer is None or answer is False:
            return answer
        level = choices.org_level(value)
        if isinstance(form, OrgForm) or level not in (None, UNREADABLE, NotAnOrg.GROUP):
            return True, form, level
        return (None, form, None) if form is Dispatched.INSTRUCTOR else answer

    read = column_values.answers(facts, column, cells, said)
    parts = {value: value if isinstance(value, tuple) else (value, None, None) for value in set(read)}
    column_values.put(facts, column, "has_org", _each(read, {value: has for value, (has, _, _) in parts.items()}))
    forms = {value: form for value, (_, form, _) in parts.items() if isinstance(form, OrgForm)}
    levels = {value: level for value, (*_, level) in parts.items() if not isinstance(level, (NotAnOrg, Mark, NoneType))}
    for field, table in (("org_form", forms), ("org_level", levels)):
        if table:
            column_values.fill(facts, field, _each(read, table), column)
    sent = {value for value, (_, form, _) in parts.items() if form is Dispatched.INSTRUCTOR}
    facts.dispatched.append(([row for row, value in enumerate(read) if value in sent] if sent else [], column.index))


def _each(read: Sequence[Any], table: Mapping[Any, Any]) -> list[Any]:
    """What a table says of every value, None where it says nothing."""
    return list(map(table.get, read))


def organisation(facts: Facts, column: Column, read: list[Any], cells: Sequence[Cell]) -> None:
    """Form or level; 派驻 is an instructor, 党小组 is no organisation, 联合党支部 says both level and form."""
    field = column.field or ""
    dispatched, groups = list[int](), list[int]()
    if any(isinstance(value, (Dispatched, NotAnOrg)) for value in set(read)):
        dispatched = [row for row, value in enumerate(read) if value is Dispatched.INSTRUCTOR]
        groups = [row for row, value in enumerate(read) if value is NotAnOrg.GROUP]
        read = [None if isinstance(value, (Dispatched, NotAnOrg)) else value for value in read]
    column_values.put(facts, column, field, read)
    facts.dispatched.append((dispatched, column.index))
    denied(facts, column, cells)
    if groups:
        facts.report("party_group", Level.NOTE, facts.at(column.index, groups[0]), field, count=len(groups))
    if field == "org_level":
        table = {text: choices.org_form(text) if _tells_form(text) else None for text in set(cells)}
        column_values.fill(
            facts, "org_form", [form if isinstance(form, OrgForm) else None for form in map(table.get, cells)], column
        )


def _tells_form(text: Cell) -> bool:
    """党支部（独立）, 联合党支部, 临时党支部: the level, and how it is formed."""
    said = bare(text)
    return "临时" in said or polarity.names_form(said)


def denied(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """Rows whose form, level or name of a Party organisation says that there is none."""
    if any("联合" in part for part in column.path):  # 联合支部名称 | 无: it may be formed alone
        return
    doubtful = (
        text
        for text in set(cells)
        if isinstance(text, str) and (len(text) <= _SHORT or _MAY_DENY.search(text[:_ANSWER]))
    )
    no = {text for text in doubtful if _says_none(text)}
    facts.denied.update((row, column.index) for row, text in enumerate(cells if no else ()) if text in no)


def dissolved(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """党组织撤销时间: the rows in which a day stands."""
    read = column_values.answers(facts, column, cells, dates.parse)
    source = FieldSource(column.index, column.heading, column.path[-1], read)
    facts.ended.update((row, source) for row, day in enumerate(read) if day is not None)


def _says_none(text: str) -> bool:
    """组建方式 | 未建, 未覆盖, 工作覆盖, 党组织名称 | 无: there is none; 未联合 says only which way it is not."""
    said = folded(text)
    if said in NONE_WORDS:
        return True
    if "覆盖" in said and choices.coverage(said) in ("work", "none"):
        return True
    return len(said) > 1 and choices.built(text) is False and not re.search("联合|单独|独立", said)


def levels(facts: Facts, columns: Sequence[Column], cells: Callable[[int], Sequence[Cell]]) -> None:
    """党委 1 | 总支 0 | 支部 3: one is a yes, only nought in all is a no, the highest is the level."""
    if not columns:
        return
    asked = sorted(columns, key=lambda column: _RANK.index(level_asked(column.path)))
    read = [column_values.answers(facts, column, cells(column.index), _how_many) for column in asked]
    held = [
        next((level_asked(column.path) for column, number in zip(asked, row, strict=True) if number), None)
        for row in zip(*read, strict=True)
    ]
    none = [any(number == 0 for number in row) and not any(row) for row in zip(*read, strict=True)]
    column_values.fill(facts, "org_level", held, asked[0])
    said = [True if level else False if no else None for level, no in zip(held, none, strict=True)]
    column_values.fill(facts, "has_org", said, asked[0])


_RANK = (OrgLevel.COMMITTEE, OrgLevel.GENERAL_BRANCH, OrgLevel.BRANCH, None)


def _how_many(value: Cell) -> Any:
    count = counts.parse(value)
    answer = choices.flag(value)
    return count.value if isinstance(count, Count) else int(answer) if isinstance(answer, bool) else answer


def option(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """The facts of a column of ticks (有 | 无, 单独 | 联合): what its last heading says, of every ticked row."""
    field = column.field or ""
    if (numbers := column_values.counted(column, cells)) is not None and field not in ("subtype", "not_built_reason"):
        _number_among_ticks(facts, column, numbers)
        return
    labels = column_values.ticked(facts, column, cells)
    if field in ("subtype", "not_built_reason"):
        held = facts.of(field)
        joined = [f"{a}、{b}" if a and b else a or b for a, b in zip(held, labels, strict=True)]
        facts.put(field, joined, column.index)
        sources = facts.sources.setdefault(field, [])
        ticked = FieldSource(facts.columns[field], column.heading, "", joined)
        sources[:] = [ticked, *(each for each in sources if each.leaf)]  # all ticked reasons are one answer
        return
    label = column.path[-1]
    if field == "has_org":
        built = choices.built(label)
        column_values.put(facts, column, field, [built if value else None for value in labels])
    elif field == "mass_orgs":  # 未建 beside 工会, 团组织, 妇联
        for each, _ in _MASS:
            column_values.fill(facts, each, [False if value else None for value in labels], column)
    elif field == "coverage":
        said = choices.coverage(label)
        coverage(facts, column, [said if value else None for value in labels])  # type: ignore[misc]
    elif field in ("org_form", "org_level"):
        parse = choices.org_form if field == "org_form" else choices.org_level
        _ticked_organisation(facts, column, parse, labels)
    elif field == "instructors":
        column_values.put_members(
            facts,
            column,
            [Count(1, Qualifier.AT_LEAST, 1) if v and choices.flag(label) else Count(0) if v else None for v in labels],
        )
    else:
        table = {text: parsers.parser(field)(text) for text in {*labels} - {None}}
        column_values.put(facts, column, field, [table[text] if text else None for text in labels])


def _number_among_ticks(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """组建方式 > 联合组建单位数: a number is no tick; of a joint branch it says how many belong to it."""
    if _JOINT.search(column.path[-1]):
        column = replace(column, field="joint_units")
        column_values.put_counts(
            facts, column, "joint_units", column_values.numbers(facts, column, cells, "joint_units")
        )


def _ticked_organisation(facts: Facts, column: Column, parse: Callable[[Any], Any], labels: list[str | None]) -> None:
    words = {text: parse(text) for text in {*labels} - {None}}
    found = [None if text is None or isinstance(words[text], Mark) else words[text] for text in labels]
    if any(word is not None for word in found):
        organisation(facts, column, found, labels)


def instructor_names(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """A name proves an instructor; a blank proves nothing."""
    held = list(facts.of("instructors"))
    known = False
    for row, value in enumerate(cells):
        text = choices.text_of(value)
        if held[row] is None and len(text) >= 2 and choices.flag(value) is UNREADABLE and not text.isdecimal():
            held[row] = 1
            known = True
    if known:
        facts.put("instructors", held, column.index)
