"""Several columns of one field in; one value a row out: parts are added up, columns for the same are held together.

Parts count different things (指导员 and 联络员, members whose relation is in this place and in that); anything else
that feeds one field says the same again, and then all columns must agree. Where they do not, nothing is known.
"""

import re
from collections.abc import Sequence
from math import inf
from typing import Any

from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.records.facts import Facts, FieldSource
from coverage_census.model.choices import Qualifier
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level

_SORTS = {"instructors": re.compile("指导员|联络员|联系员|特派员|第一书记|顾问")}
_RELATION = re.compile("关系|不在|转入")
_ANYWHERE = re.compile("外|其[他它]|别处|他处|异地|原")
_ELSEWHERE = re.compile("(?<!不)在(?![职岗册编校线]|外(?![省市县村乡镇]))(.{1,20}?)(?:的|$|人数|党员|数)")


def settle(facts: Facts) -> None:
    """Every field that several columns feed."""
    for field, sources in list(facts.sources.items()):
        if field == "members_relation_out" and len(sources) == 1 and field in facts.values:
            _one_place(facts, field, sources[0])
        if len(sources) < 2 or field not in facts.values:
            continue
        parts = _parts(field, sources)
        whole = [source for source in sources if source not in parts]
        if field == "members_relation_out":  # 流动党员 beside 组织关系不在本单位: only that one answers
            whole = [source for source in whole if _RELATION.search(bare(source.heading))] or whole
        if parts:
            whole.append(_added(facts, field, parts))
        if len(whole) == 1:
            _keep(facts, field, whole[0].read)
        else:
            _held_together(facts, field, whole)


def _parts(field: str, sources: Sequence[FieldSource]) -> list[FieldSource]:
    """The columns that count different things by their headings; none where one of them counts the same as another."""
    if field == "members_relation_out":
        named = {source.column: match[1] for source in sources if (match := _ELSEWHERE.search(bare(source.leaf)))}
    elif field in _SORTS:
        said = {source.column: frozenset(_SORTS[field].findall(bare(source.heading))) for source in sources}
        named = {index: next(iter(words)) for index, words in said.items() if len(words) == 1}
    else:
        return []
    found = [source for source in sources if source.column in named]
    return found if len(found) > 1 and len(set(named.values())) == len(found) else []


def _one_place(facts: Facts, field: str, source: FieldSource) -> None:
    """组织关系在社区 alone: of all that are kept elsewhere at least these."""
    place = _ELSEWHERE.search(bare(source.leaf))
    if place is None or _ANYWHERE.search(place[1]):
        return
    for row, count in enumerate(source.read):
        if isinstance(count, Count) and count.value and count.qualifier in (None, Qualifier.AT_LEAST):
            facts.qualify(field, row, Qualifier.AT_LEAST, (_bounds(count)[0], None))


def _added(facts: Facts, field: str, parts: Sequence[FieldSource]) -> FieldSource:
    """The sum of the parts; at least the known ones where a part is blank."""
    read = [_sum(counts) for counts in zip(*(part.read for part in parts), strict=True)]
    return FieldSource(parts[0].column, "＋".join(part.leaf for part in parts), parts[0].leaf, read)


def _sum(counts: Sequence[Count | None]) -> Count | None:
    known = [count for count in counts if count is not None]
    total = sum(count.value for count in known)
    if not known or (total == 0 and len(known) < len(counts)):
        return None
    if len(known) < len(counts):
        return Count(total, Qualifier.AT_LEAST, sum(_bounds(count)[0] for count in known), None)
    bounds = [_bounds(count) for count in known]
    highs = [high for _, high in bounds if high is not None]
    return Count(
        total, Qualifier.DERIVED, sum(low for low, _ in bounds), sum(highs) if len(highs) == len(bounds) else None
    )


def _bounds(value: Any) -> tuple[Any, Any]:
    """What a count stands for; anything else stands for itself."""
    if isinstance(value, Count):
        return (value.value, value.value) if value.qualifier is None else (value.low or 0, value.high)
    return value, value


def _keep(facts: Facts, field: str, read: Sequence[Any]) -> None:
    """The values of the field, with what each stands for."""
    facts.values[field] = [value.value if isinstance(value, Count) else value for value in read]
    if not any(isinstance(value, Count) for value in read):
        return
    for held in (facts.qualifiers.get(field, {}), facts.bounds.get(field, {})):
        held.clear()
    for row, value in enumerate(read):
        if isinstance(value, Count) and value.qualifier is not None:
            low, high = _bounds(value)
            facts.qualify(field, row, value.qualifier, None if low == high else (low, high))


def _held_together(facts: Facts, field: str, sources: Sequence[FieldSource]) -> None:
    """Gaps are filled from the other columns; a row in which two of them cannot both be right has no value."""
    loose = field in about() and about()[field].holds in ("text", "date")
    against: dict[int, list[int]] = {}
    read = list[Any]()
    for row, values in enumerate(zip(*(source.read for source in sources), strict=True)):
        first = next((value for value in values if value is not None), None)
        if first is None or loose or all(value is None or value == first for value in values):
            read.append(first)
            continue
        wrong = _disagreeing(values)
        for number in wrong:
            against.setdefault(number, []).append(row)
        read.append(None if wrong else _closest(values))
    lumped = facts.qualifiers.get(field, {}) if Qualifier.LUMPED in facts.qualifiers.get(field, {}).values() else {}
    kept = dict(lumped)
    _keep(facts, field, read)
    for row, qualifier in kept.items():
        if facts.values[field][row] is not None:
            facts.qualify(field, row, qualifier)
    for number, rows in against.items():
        _report(facts, field, sources, number, rows)


def _disagreeing(values: Sequence[Any]) -> list[int]:
    """Places of the values that cannot be right beside all before them: counts, if what they stand for overlaps; else
    equal ones. An interval overlaps all before it if it reaches their highest low and their lowest high."""
    wrong = list[int]()
    floor, ceiling, first, alike = 0, inf, None, True
    for number, value in enumerate(values):
        if value is None:
            continue
        first = value if first is None else first
        if alike and isinstance(value, Count) and isinstance(first, Count):
            low, high = _bounds(value)
            high = inf if high is None else high
            fits = low <= ceiling and floor <= high
            floor, ceiling = max(floor, low), min(ceiling, high)
        else:
            fits = alike = alike and value == first
        if not fits:
            wrong.append(number)
    return wrong


def _closest(values: Sequence[Any]) -> Any:
    """Of counts that agree the one that says most."""
    known = [value for value in values if value is not None]
    return next((value for value in known if isinstance(value, Count) and value.qualifier is None), known[0])


def _report(facts: Facts, field: str, sources: Sequence[FieldSource], number: int, rows: list[int]) -> None:
    source = sources[number]
    other = next(each for each in sources if each.read[rows[0]] is not None and each is not source)
    places = [facts.places(each.column, rows) for each in (source, other)]
    facts.report(
        "columns_disagree",
        Level.WARNING,
        facts.at(source.column, rows[0]),
        field,
        heading=source.heading,
        count=len(rows),
        other=facts.at(other.column, rows[0]),
        places=" ".join(dict.fromkeys(places)),
    )
