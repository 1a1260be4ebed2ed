"""The columns of one table and what its sheet says in; the facts of its organisations, field by field, out."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from coverage_census.ingest import choices, codes, dates, joint, privacy, reading, values
from coverage_census.ingest.choices import Dispatched, NotAnOrg
from coverage_census.ingest.cleaning import UNREADABLE, Mark
from coverage_census.ingest.columns import Column
from coverage_census.ingest.counts import Count
from coverage_census.ingest.facts import Facts
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.values import Amount
from coverage_census.model import Level, OrgForm, Qualifier, about

Cells = Callable[[int], Sequence[Cell]]

# A number over merged cells belongs to several organisations together; these cannot be given to each of them.
_NOT_SHARED = frozenset([
    "employees",
    "employees_fulltime",
    "employees_parttime",
    "female_employees",
    "members_total",
    "members_formal",
    "members_probationary",
    "members_fulltime",
    "members_parttime",
    "members_relation_in",
    "members_relation_out",
    "league_members",
    "union_members",
    "funds_yuan",
    "revenue_10k",
    "activists",
    "applicants",
    "development_targets",
    "members_new_year",
    "members_new_3y",
])
_MASS = (("has_union", "工会"), ("has_league", "团"), ("has_women_org", "妇"))


def collect(facts: Facts, columns: Sequence[Column], cells: Cells, merged: Callable[[int], frozenset[int]]) -> None:
    """Every read column into its field."""
    for column in columns:
        if column.field in (None, "name", "joint_names"):
            continue
        read = cells(column.index)
        if column.label is not None:
            _option(facts, column, read)
        else:
            _column(facts, column, _unshared(facts, column, read, merged(column.index)))
    for field, said, index in facts.besides:  # after all columns: a column of one's own comes first
        held = facts.of(field)
        facts.put(field, [b if a is None else a for a, b in zip(held, said, strict=True)], index)
    for rows, index in facts.dispatched:
        _at_least_one(facts, rows, index)
    for column in columns:
        if column.field == "joint_names":
            joint.put_names(facts, column, cells(column.index))
        if column.instructor:
            _instructor_names(facts, column, cells(column.index))


def _column(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    field = column.field or ""
    holds = about()[field].holds if field in about() else field
    if field == "uscc":
        _codes(facts, column, reading.texts(facts, column, cells, field))
    elif field in ("township", "county"):
        _place(facts, column, reading.texts(facts, column, cells, field))
    elif field == "coverage":
        _coverage(facts, column, reading.texts(facts, column, cells, field))
    elif field == "mass_orgs":
        _mass(facts, column, cells)
    elif field == "has_org":
        _has_org(facts, column, cells)
    elif field in ("org_form", "org_level"):
        _organisation(facts, column, reading.texts(facts, column, cells, field), cells)
    elif field == "instructors":
        _counts(facts, column, reading.instructors(facts, column, cells))
    elif holds == "count":
        _counts(facts, column, reading.numbers(facts, column, cells, field))
    elif holds == "number":
        _amounts(facts, column, reading.texts(facts, column, cells, field))
    else:
        _put(facts, column, field, reading.texts(facts, column, cells, field))
        if holds == "date":
            _unsure_months(facts, column, cells)


def _unsure_months(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """2014.1 as a number may have been typed as 2014.10: only its year is read."""
    unsure = {value for value in set(cells) if dates.month_unsure(value)}
    rows = [row for row, value in enumerate(cells) if value in unsure] if unsure else []
    if rows:
        places = "、".join(facts.at(column.index, row) for row in rows[: reading.SHOWN])
        first = facts.at(column.index, rows[0])
        given = {"heading": column.heading, "count": len(rows), "cells": places}
        facts.report("month_unsure", Level.NOTE, first, column.field, found=f"{cells[rows[0]]:g}", **given)


def _put(facts: Facts, column: Column, field: str, read: list[Any]) -> None:
    if field in facts.values:
        reading.put_again(facts, column, field, read)
    else:
        facts.put(field, read, column.index)


def _fill(facts: Facts, field: str, read: list[Any], column: Column) -> None:
    """A by-product of another column: it only fills what is unknown."""
    if any(value is not None for value in read):
        facts.besides.append((field, read, column.index))


def _unshared(facts: Facts, column: Column, cells: Sequence[Cell], rows: frozenset[int]) -> Sequence[Cell]:
    """A count merged over several organisations is nobody's own."""
    if not rows or column.field not in _NOT_SHARED:
        return cells
    first = min(rows)
    facts.report(
        "merged_count",
        Level.WARNING,
        facts.at(column.index, first),
        column.field,
        heading=column.heading,
        count=len(rows),
    )
    return [None if row in rows else value for row, value in enumerate(cells)]


def _counts(facts: Facts, column: Column, read: list[Count | None]) -> None:
    field = column.field or ""
    reading.put_counts(facts, column, field, read)
    if field == "members_total" and any(count is not None and count.formal is not None for count in set(read)):
        facts.values["_split"] = [
            (c.formal, c.probationary) if c is not None and c.formal is not None else None for c in read
        ]


def _amounts(facts: Facts, column: Column, read: list[Amount | None]) -> None:
    field = column.field or ""
    first = field not in facts.values
    _put(facts, column, field, [amount.value if amount is not None else None for amount in read])
    for row, amount in enumerate(read):
        if first and amount is not None and amount.qualifier is not None:
            facts.qualify(field, row, amount.qualifier)


def _codes(facts: Facts, column: Column, read: list[codes.Code | None]) -> None:
    """Valid codes into `uscc`, the others into `code` with a warning of their class; a person's number into neither."""
    known = facts.of("uscc")
    slips = [row for row, code in enumerate(read) if code is not None and code.slip is not None]
    for row in slips:
        if (kind := privacy.is_personal_code(_written(read[row]))) is not None:
            facts.report(f"redacted_{kind}", Level.NOTE, facts.at(column.index, row), "uscc", heading=column.heading)
            read[row] = None
    slips = [row for row in slips if read[row] is not None and known[row] is None]
    if len(slips) > reading.SHOWN and len(slips) * 2 > len(read) - read.count(None):
        cells = [facts.at(column.index, row) for row in slips[: reading.SHOWN]]
        facts.report(
            "uscc_column",
            Level.WARNING,
            cells[0],
            "uscc",
            heading=column.heading,
            count=len(slips),
            cells="、".join(cells),
        )
    else:
        for row in slips:
            code = read[row]
            facts.report(
                f"uscc_{code.slip if code else ''}",
                Level.WARNING,
                facts.at(column.index, row),
                "uscc",
                heading=column.heading,
                length=len(_written(code)),
            )
    other = [privacy.quotable_code(code.code) if code is not None and code.code else None for code in read]
    for field, found in (("uscc", [code.uscc if code is not None else None for code in read]), ("code", other)):
        held = facts.of(field)
        facts.put(field, [b if a is None else a for a, b in zip(held, found, strict=True)], column.index)


def _written(code: codes.Code | None) -> str:
    return code.code or "" if code is not None else ""


def _place(facts: Facts, column: Column, read: list[Any]) -> None:
    if column.field == "county":
        found = [place.county or place.township if place is not None else None for place in read]
        facts.put("county", [b or a for a, b in zip(facts.of("county"), found, strict=True)], column.index)
        return
    _put(facts, column, "township", [place.township if place is not None else None for place in read])
    _fill(facts, "county", [place.county if place is not None else None for place in read], column)


def _coverage(facts: Facts, column: Column, read: list[str | None]) -> None:
    """组织覆盖 means there is a Party organisation, 工作覆盖 that an instructor stands in for one."""
    _fill(
        facts,
        "has_org",
        [{"org": True, "both": True, "work": False, "none": False}.get(value or "") for value in read],
        column,
    )
    facts.dispatched.append(([row for row, value in enumerate(read) if value in ("work", "both")], column.index))


def _at_least_one(facts: Facts, rows: list[int], index: int) -> None:
    held = list(facts.of("instructors"))
    for row in rows:
        if held[row] is None:
            held[row] = 1
            facts.qualify("instructors", row, Qualifier.AT_LEAST, (1, None))
    if rows:
        facts.put("instructors", held, index)


def _mass(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """已建群团组织: 工会、共青团: what is named is there; what is not named is unknown, unless nothing is."""
    texts = [choices.text_of(value) for value in cells]
    for field, word in _MASS:
        _fill(facts, field, [_named(word, text) for text in texts], column)


def _named(word: str, text: str) -> bool | None:
    """Whether a list names an organisation; with boxes (☑工会 ☐共青团) the box before it answers."""
    if boxes := re.findall(r"([☑√■✓☒☐□○×])([^☑√■✓☒☐□○×]+)", text):
        said = [box in "☑√■✓☒" for box, label in boxes if word in label]
        return said[0] if said else None
    if word in text:
        return not re.search(rf"(?:无|未建?|没有)[^、,，;]*{word}", text)
    return False if text in ("无", "没有", "均无", "未建", "均未建", "否", "×", "都没有") else None


def _has_org(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """是否建立党组织 also answers 单独组建, 联合党支部, 党总支: that is a yes, and more."""

    def said(value: Cell) -> Any:
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

    read = reading.answers(facts, column, cells, said)
    _put(facts, column, "has_org", [value[0] if isinstance(value, tuple) else value for value in read])
    more = [value if isinstance(value, tuple) else (None, None, None) for value in read]
    _fill(facts, "org_form", [form if isinstance(form, OrgForm) else None for _, form, _ in more], column)
    _fill(
        facts, "org_level", [level if not isinstance(level, (NotAnOrg, Mark)) else None for *_, level in more], column
    )
    facts.dispatched.append((
        [row for row, (_, form, _) in enumerate(more) if form is Dispatched.INSTRUCTOR],
        column.index,
    ))


def _organisation(facts: Facts, column: Column, read: list[Any], cells: Sequence[Cell]) -> None:
    """Form or level; 派驻 is an instructor, 党小组 is no organisation, 联合党支部 says both level and form."""
    field = column.field or ""
    dispatched = [row for row, value in enumerate(read) if value is Dispatched.INSTRUCTOR]
    groups = [row for row, value in enumerate(read) if value is NotAnOrg.GROUP]
    _put(facts, column, field, [None if isinstance(value, (Dispatched, NotAnOrg)) else value for value in read])
    facts.dispatched.append((dispatched, column.index))
    if groups:
        facts.report("party_group", Level.NOTE, facts.at(column.index, groups[0]), field, count=len(groups))
    if field == "org_level":
        table = {
            text: choices.org_form(text) if "联合" in str(text) or "临时" in str(text) else None for text in set(cells)
        }
        _fill(
            facts, "org_form", [form if isinstance(form, OrgForm) else None for form in map(table.get, cells)], column
        )


def _option(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    field = column.field or ""
    labels = reading.ticked(facts, column, cells)
    if field in ("subtype", "not_built_reason"):
        held = facts.of(field)
        joined = [f"{a}、{b}" if a and b else a or b for a, b in zip(held, labels, strict=True)]
        facts.put(field, joined, column.index)
        return
    label = column.path[-1]
    if field == "coverage":
        said = choices.coverage(label)
        _coverage(facts, column, [said if value else None for value in labels])  # type: ignore[misc]
    elif field in ("org_form", "org_level"):
        parse = choices.org_form if field == "org_form" else choices.org_level
        _ticked_organisation(facts, column, parse(label), labels)
    elif field == "instructors":
        _counts(
            facts,
            column,
            [Count(1, Qualifier.AT_LEAST, 1) if v and choices.flag(label) else Count(0) if v else None for v in labels],
        )
    else:
        parsed = values.parser(field)(label)
        _put(facts, column, field, [parsed if value else None for value in labels])


def _ticked_organisation(facts: Facts, column: Column, word: Any, labels: list[str | None]) -> None:
    found = [word if label else None for label in labels]
    if isinstance(word, Mark) or word is None:
        return
    _organisation(facts, column, found, [column.path[-1] if label else None for label in labels])


def _instructor_names(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
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
