"""The facts of one table and what its sheet says in; sums of parts, places and kinds that the rows leave open, out."""

import re
from collections.abc import Sequence

from coverage_census.ingest.cells import choices, places
from coverage_census.ingest.layout.context import Context
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.choices import Kind, Qualifier
from coverage_census.model.organisation import of_the_branch
from coverage_census.model.reading import Level
from coverage_census.privacy import alone

_USCC_KIND = {
    "91": Kind.ENTERPRISE,
    "92": Kind.SOLE_TRADER,
    "93": Kind.COOPERATIVE,
    "51": Kind.SOCIAL_ORG,
    "52": Kind.SOCIAL_ORG,
    "53": Kind.SOCIAL_ORG,
    "31": Kind.SOCIAL_ORG,
}

SHOWN = 3  # cells that one problem names

KEPT_SINCE = "2025-07-15"
"""From this day on a 个体工商户 that becomes a company keeps its code (个体工商户登记管理规定, art. 17)."""
_COMPANY = re.compile(r"公司(?:\(.*\)|（.*）)?$")


def settle(facts: Facts, sheet: Context, name_heading: str, sections: Sequence[Context] | None) -> None:
    """What the rows leave open is taken from the section, the sheet and the code; parts add up to totals."""
    _sums(facts)
    _dissolved(facts)
    _built(facts)
    _denied(facts)
    outer = sections or [Context()] * len(facts.rows)
    _villages(facts, outer, sheet)
    towns = [a or section.township or sheet.township for a, section in zip(facts.of("township"), outer, strict=True)]
    facts.put("township", towns)
    facts.put(
        "county", [a or section.county or sheet.county for a, section in zip(facts.of("county"), outer, strict=True)]
    )
    _kinds(facts, places.kind_of(name_heading) or sheet.kind, outer, sheet.as_of)
    _named_after_persons(facts)


def _villages(facts: Facts, outer: Sequence[Context], sheet: Context) -> None:
    """老屋村 where a township is asked for, on a sheet of one: it is the village."""
    towns, villages = list(facts.of("township")), list(facts.of("village"))
    for row, (town, section) in enumerate(zip(towns, outer, strict=True)):
        if town and (section.township or sheet.township) and places.is_village(town):
            towns[row], villages[row] = None, villages[row] or town
    if towns != facts.of("township"):
        facts.put("township", towns)
        facts.put("village", villages, facts.columns.get("township"))


def _dissolved(facts: Facts) -> None:
    """A dissolved Party organisation is none, and what is told of it is past; beside a yes it is asked about."""
    if not facts.ended:
        return
    held = list(facts.of("has_org"))
    for row, source in facts.ended.items():
        if held[row] is True:
            at, given = facts.at(source.column, row), {"heading": source.heading, "found": "撤销"}
            facts.report("remark_says_dissolved", Level.WARNING, at, "has_org", **given)
    gone = [row for row in facts.ended if held[row] is not True]
    for row in gone:
        held[row] = False
    facts.put("has_org", held)
    for field in of_the_branch() & facts.values.keys():
        facts.put(field, [None if row in gone else value for row, value in enumerate(facts.values[field])])


def _denied(facts: Facts) -> None:
    """组建方式 | 未建 answers where nothing else says whether there is one."""
    held = list(facts.of("has_org"))
    rows = [row for row in facts.denied if held[row] is None]
    for row in rows:
        held[row] = False
    if rows:
        facts.put("has_org", held, facts.columns.get("has_org", facts.denied[rows[0]]))


def _built(facts: Facts) -> None:
    """A sheet that never asks for a Party organisation, or only for 未建 beside its forms, and yet gives the form,
    level or name of one: there is one. Where 是否建立 is asked and left blank, it stays unknown."""
    index = facts.columns.get("has_org")
    if index is not None and index not in facts.ticks:
        return
    stated = [facts.values[field] for field in ("org_form", "org_level", "org_name") if field in facts.columns]
    if stated:
        held = facts.of("has_org")
        for row, said in enumerate(zip(*stated, strict=True)):
            if held[row] is None and any(said):
                facts.qualify("has_org", row, Qualifier.DERIVED)
        found = [True if has is None and any(said) else has for has, *said in zip(held, *stated, strict=True)]
        facts.put("has_org", found)


def _sums(facts: Facts) -> None:
    """Parts add up where no total is stated; a cell that splits its number gives the parts."""
    for part in ("members_formal", "members_probationary"):
        _split(facts, part)
    _formal(facts)
    _add(facts, "members_total", ("members_formal", "members_probationary"))
    _add(facts, "members_total", ("members_fulltime", "members_parttime"))
    _add(facts, "members_total", ("members_relation_in", "members_relation_out"))
    _add(facts, "employees", ("employees_fulltime", "employees_parttime"))


def _split(facts: Facts, part: str) -> None:
    """3（含预备1名） as a total: the parts, where no column says them; what contradicts a column is an error."""
    if not facts.splits:
        return
    index, held = facts.columns["members_total"], list(facts.of(part))
    for row, count in enumerate(facts.splits):
        said = getattr(count, part.removeprefix("members_")) if count is not None else None
        if count is None or said is None:
            continue
        if held[row] is None:
            held[row] = said
            if count.rest == part:
                facts.qualify(part, row, Qualifier.DERIVED)
        elif not facts.holds(part, row, said):
            given = {"other": facts.cell(part, row), "expected": said, "found": held[row], "fields": part}
            facts.report("split_disagrees", Level.ERROR, facts.at(index, row), "members_total", **given)
    facts.put(part, held, index)


def _formal(facts: Facts) -> None:
    """Total and probationary members both stated: who is left is formal (党员 4, 预备 0)."""
    if "members_total" not in facts.values or "members_probationary" not in facts.values:
        return
    held = list(facts.of("members_formal"))
    unread = facts.doubtful.get(facts.columns.get("members_formal", -1), set())
    pairs = enumerate(zip(facts.values["members_total"], facts.values["members_probationary"], strict=True))
    for row, (total, probationary) in pairs:
        if held[row] is None and total is not None and probationary is not None and row not in unread:
            held[row] = _left(facts, row, total - probationary)
    if any(value is not None for value in held):
        facts.put("members_formal", held, facts.columns["members_total"])


def _left(facts: Facts, row: int, left: int) -> int | None:
    """`left`, with its bounds; None where more are probationary than there are members."""
    low, high = facts.interval("members_total", row)
    less, most = facts.interval("members_probationary", row)
    bottom, top = max(0, low - most) if most is not None else 0, high - less if high is not None else None
    if left < 0 or (top is not None and top < bottom):
        return None
    facts.qualify("members_formal", row, Qualifier.DERIVED, None if bottom == top else (bottom, top))
    return left


def _add(facts: Facts, total: str, parts: tuple[str, str]) -> None:
    if any(part not in facts.values for part in parts):
        return
    one, two = (facts.values[part] for part in parts)
    held = list(facts.of(total))
    changed = False
    for row, (a, b) in enumerate(zip(one, two, strict=True)):
        if held[row] is None and a is not None and b is not None:
            held[row], changed = a + b, True
            intervals = [facts.interval(part, row) for part in parts]
            high = None if any(each[1] is None for each in intervals) else sum(each[1] or 0 for each in intervals)
            exact = all(low == up for low, up in intervals)
            facts.qualify(total, row, Qualifier.DERIVED, None if exact else (sum(each[0] for each in intervals), high))
    if changed:
        facts.put(total, held, facts.columns.get(parts[0]))


def _named_after_persons(facts: Facts) -> None:
    """张国强五金店 stays as it is registered; that a person's name is in it is said once for the sheet."""
    names, index = facts.of("name"), facts.columns.get("name")
    rows = [row for row, name in enumerate(names) if name and alone.begins_name(name)]
    if rows and index is not None:
        cells = "、".join(facts.at(index, row) for row in rows[:SHOWN])
        places = facts.places(index, rows)
        facts.report(
            "person_in_name", Level.NOTE, facts.at(index, rows[0]), "name", count=len(rows), cells=cells, places=places
        )


def by_code(name: str | None, code: str | None, registered: str | None, as_of: str | None) -> Kind | None:
    """The kind that a code's first two digits stand for; a company under 92 is what it calls itself (个转企)."""
    kind = _USCC_KIND.get(code[:2]) if code else None
    if kind is Kind.SOLE_TRADER and keeps_code(registered, as_of) and _COMPANY.search(name or ""):
        return Kind.ENTERPRISE
    return kind


def keeps_code(registered: str | None, as_of: str | None) -> bool:
    """Whether a code may be older than the kind of its holder: on that day and by that registration 92 proves nothing.

    A sheet without a day speaks for today.
    """
    return as_of is None or as_of >= KEPT_SINCE[: len(as_of)] or (registered or "") >= KEPT_SINCE


def _kinds(facts: Facts, sheet: Kind | None, outer: Sequence[Context], as_of: str | None) -> None:
    """The kind column; else the code, the type, the section, the heading over the names, the title, in that order."""
    stated, types = facts.of("kind"), facts.of("subtype")
    codes = zip(facts.of("name"), facts.of("uscc"), facts.of("registered_on"), strict=True)
    coded = [by_code(name, code, registered, as_of) for name, code, registered in codes]
    by_type = {text: choices.kind(text) for text in set(types) if text}
    found = []
    for said, code, text, section in zip(stated, coded, types, outer, strict=True):
        if said and said is not Kind.OTHER:
            found.append(said)
            continue
        typed = by_type.get(text)
        typed = typed if isinstance(typed, Kind) and typed is not Kind.OTHER else None
        found.append((code or said) if said is Kind.OTHER else said or code or typed or section.kind or sheet)
    facts.put("kind", found)
