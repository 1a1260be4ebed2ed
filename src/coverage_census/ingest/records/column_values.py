"""One column of a table in; the values of its field into the facts, everything unreadable or personal reported."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from coverage_census.ingest.cells import choices, codes, counts, parsers
from coverage_census.ingest.cells.clean import ERRORS, UNREADABLE, Mark, are_plain, as_text, bare, written
from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.grid import Cell, Down
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.privacy import names, redact
from coverage_census.ingest.records.facts import Facts, FieldSource, by_distinct
from coverage_census.model.choices import Qualifier
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level

NAMED = Count(1)  # an instructor's name stands in the cell
MANY = 20_000  # from here on codes are checked all at once
SHOWN = 3  # problems of one kind in one column before they become one with a count

_SENT = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十])[名人位个]")
_OTHER_OPTIONS = frozenset(["org_form", "org_level", "operating_status", "kind"])
_TICKED = choices.TICKS | {"是", "1", "有", "y", "Y"}


def texts(facts: Facts, column: Column, cells: Sequence[Cell], field: str) -> list[Any]:
    """A column of text or choices, personal numbers redacted and reported at their cells."""
    parse = parsers.parser(field, column.meaning.hint)
    if field == "uscc" and len(cells) > MANY:
        good = codes.valid_among(cells)
        read, table = by_distinct(cells, lambda value: good.get(value) or codes.parse(value))
    else:
        plain = parse is parsers.text and are_plain(cells.distinct if isinstance(cells, Down) else cells)
        read, table = by_distinct(cells, _guarded(parse, plain))
    if UNREADABLE in table.values():
        read = unreadable(facts, column, cells, read, field)
    if field in about() and about()[field].holds == "text" and field != "uscc":
        return _redacted(facts, column, read, table, field)
    return read


def numbers(facts: Facts, column: Column, cells: Sequence[Cell], field: str) -> list[Count | None]:
    """A column of counts."""
    read, table = by_distinct(cells, _guarded(counts.parse))
    _remarks(facts, column, cells, table, field)
    return unreadable(facts, column, cells, read, field) if UNREADABLE in table.values() else read


def _remarks(facts: Facts, column: Column, cells: Sequence[Cell], table: dict[Any, Any], field: str) -> None:
    """What stands beside a number and was not understood: one note a column; nothing of it is quoted."""
    told = {value for value, count in table.items() if isinstance(count, Count) and count.unread is not None}
    rows = [row for row, value in enumerate(cells) if value in told] if told else []
    if rows:
        given = {"heading": column.heading, "count": len(rows), "places": facts.places(column.index, rows)}
        facts.report("count_remark", Level.NOTE, facts.at(column.index, rows[0]), field, **given)


def instructors(facts: Facts, column: Column, cells: Sequence[Cell]) -> list[Count | None]:
    """Instructors as a number, a yes or no, or a name: that one proves there is one, and goes no further."""
    read, table = by_distinct(cells, _guarded(_instructor))
    named = {value for value, count in table.items() if count is NAMED}
    for row in [row for row, value in enumerate(cells) if value in named] if named else []:
        facts.report("redacted_name", Level.NOTE, facts.at(column.index, row), "instructors", heading=column.heading)
    return unreadable(facts, column, cells, [Count(1) if count is NAMED else count for count in read], "instructors")


def _instructor(value: Cell) -> Count | Mark | None:
    count = counts.parse(value)
    if count is not UNREADABLE or not isinstance(value, str):
        return count
    text = choices.text_of(value)
    if match := re.match(r"(\d{1,2})(?:名|人)?\(", text):
        return Count(int(match[1]))
    answer = choices.flag(value)
    if answer is True and (sent := _SENT.search(text)) and isinstance(found := counts.parse(sent[0]), Count):
        return found  # 已派2名
    if isinstance(answer, bool):
        return Count(1, Qualifier.AT_LEAST, 1, None) if answer else Count(0)
    return NAMED if re.match(r"[\u4e00-\u9fff]{2,4}(?:\(.*)?$", text) else UNREADABLE


def ticked(facts: Facts, column: Column, cells: Sequence[Cell]) -> list[str | None]:
    """A column of one option: its label where it is ticked, the text itself where somebody wrote one."""
    label = column.path[-1]
    field = column.field or ""
    facts.ticks[column.index] = list(cells)

    parse = parsers.parser(field) if field in _OTHER_OPTIONS else None

    def read(value: Cell) -> str | Mark | None:
        text = bare(value)
        if text in _TICKED:
            return label
        said = parsers.text(value)
        if parse is not None and said is not None and len(said) > 1 and choices.chosen(value) is None:
            return _another_option(parse, label, said)
        if said is not None and len(said) > 3 and field in ("not_built_reason", "subtype"):
            return said  # 正在筹备，等批复: a reason of its own, though it begins like a no
        if said is None or choices.flag(value) is False:
            return None
        return said if field in ("not_built_reason", "subtype") else label

    found, table = by_distinct(list(cells), _guarded(read))
    return _redacted(facts, column, unreadable(facts, column, cells, found, field), table, field)


def _another_option(parse: Callable[[Any], Any], label: str, said: str) -> str | Mark | None:
    """其他（请说明）| 依托某村党总支: the words are an option of their own; below a plain option they are a remark."""
    if isinstance(parse(said), StrEnum):
        return said
    answer = choices.flag(said)
    if answer is False or isinstance(parse(label), StrEnum):
        return None if answer is False else label
    return UNREADABLE


def counted(column: Column, cells: Sequence[Cell]) -> list[Cell] | None:
    """A column of numbers among columns to be ticked: its cells; None where it is one to be ticked itself."""
    distinct = dict.fromkeys(cells)
    read = {value: counts.parse(value) for value in distinct if value is not None and bare(value) not in choices.TICKS}
    numbers_ = [count for count in read.values() if isinstance(count, Count) and count.qualifier is None]
    several = any(count.value > 1 for count in numbers_)
    asks = re.search(r"数量?(?:\(.*\))?$|几[家个]", bare(column.path[-1]))
    return list(cells) if (several and len(numbers_) == len(distinct.keys() - {None})) or (numbers_ and asks) else None


def answers(facts: Facts, column: Column, cells: Sequence[Cell], parse: Callable[[Any], Any]) -> list[Any]:
    """A column read by a parser of the caller's own."""
    read, table = by_distinct(cells, _guarded(parse))
    return unreadable(facts, column, cells, read, column.field or "") if UNREADABLE in table.values() else read


def unreadable(facts: Facts, column: Column, cells: Sequence[Cell], read: list[Any], field: str) -> list[Any]:
    """The same without what could not be read; a cause that repeats is reported once, with its count."""
    if UNREADABLE not in read:
        return read
    bad = [row for row, value in enumerate(read) if value is UNREADABLE]
    facts.doubtful.setdefault(column.index, set()).update(bad)
    said = len(read) - read.count(None)
    groups: dict[str, list[int]] = defaultdict(list)
    if len(bad) > SHOWN and len(bad) * 2 > said:
        groups[as_text(cells[bad[0]])] = bad
    else:
        for row in bad:
            groups[as_text(cells[row])].append(row)
    for found, rows in groups.items():
        _report(facts, column, found, rows, field)
    return [None if value is UNREADABLE else value for value in read]


def _report(facts: Facts, column: Column, found: str, rows: list[int], field: str) -> None:
    broken = bool(ERRORS.match(found))
    places = [facts.at(column.index, row) for row in rows]
    # where a name may stand nothing is quoted
    unsaid = field == "instructors" or names.is_person(found)
    given = {"heading": column.heading, "found": "（略）" if unsaid else redact.quotable(found)}
    if len(rows) <= SHOWN:
        for place in places:
            facts.report("formula_error" if broken else "unreadable_value", Level.ERROR, place, field, **given)
    else:
        first = "、".join(places[:SHOWN])
        code = "formula_error_column" if broken else "unreadable_column"
        every = facts.places(column.index, rows)
        facts.report(code, Level.ERROR, places[0], field, count=len(rows), cells=first, places=every, **given)


def _redacted(facts: Facts, column: Column, read: list[Any], table: dict[Any, Any], field: str) -> list[Any]:
    """What stands in the cell decides, before blanks were taken out of it; `table` holds what became of each value."""
    plain = {raw: value for raw, value in table.items() if isinstance(value, str)}
    changed = [value for raw, value in plain.items() if value != raw]
    doubtful = frozenset(redact.suspicious_of(field, [*map(as_text, plain), *changed]))
    if not doubtful:
        return read
    hidden = {}
    for raw, value in plain.items():
        if as_text(raw) not in doubtful and value not in doubtful:
            continue
        found = redact.redact_of(field, as_text(raw))
        if found is None and value != raw:
            found = redact.redact_of(field, value)
        if found is not None:
            hidden[value] = written(found.text) or redact.HIDDEN, found.kinds
    if not hidden:
        return read
    for row, value in enumerate(read):
        if value in hidden:
            for kind in hidden[value][1]:
                facts.report(f"redacted_{kind}", Level.NOTE, facts.at(column.index, row), field, heading=column.heading)
    return [hidden[value][0] if value in hidden else value for value in read]


def _guarded(parse: Callable[[Any], Any], plain: bool = False) -> Callable[[Any], Any]:
    """`parse`, but #REF! and formulas without a value are unreadable in any column. `plain`: no letter changes."""

    def read(value: Any) -> Any:
        if plain and isinstance(value, str) and len(value) > 4 and value.isalnum():  # nearly every name
            return value
        if isinstance(value, str) and value[:1] in "#=" and ERRORS.match(value.strip()):
            return UNREADABLE
        return parse(value)

    return read


def put_counts(facts: Facts, column: Column, field: str, read: list[Count | None]) -> None:
    """Counts into their field; of a second column of the same field `roles` decides, when all are read."""
    again = field in facts.values
    _source(facts, column, field, read)
    if again:
        return
    facts.put(field, [count.value if count is not None else None for count in read], column.index)
    if any(count is not None and count.qualifier is not None for count in _different(read)):
        for row, count in enumerate(read):
            if count is not None and count.qualifier is not None:
                facts.qualify(field, row, count.qualifier, (count.low or 0, count.high))
    if column.meaning.lumped:
        for row, count in enumerate(read):
            if count is not None:
                facts.qualify(field, row, Qualifier.LUMPED)


def _different(read: list[Count | None]) -> Iterable[Count | None]:
    """Those that are not the same object: equal cells were read once."""
    return dict(zip(map(id, read), read, strict=True)).values()


def _source(facts: Facts, column: Column, field: str, read: list[Any]) -> None:
    facts.sources.setdefault(field, []).append(FieldSource(column.index, column.heading, column.path[-1], read))


def put(facts: Facts, column: Column, field: str, read: list[Any]) -> None:
    """Values into their field; a further column for it waits until all are read."""
    again = field in facts.values
    _source(facts, column, field, read)
    if not again:
        facts.put(field, read, column.index)


def fill(facts: Facts, field: str, read: list[Any], column: Column) -> None:
    """A by-product of another column: it only fills what is unknown."""
    if any(value is not None for value in read):
        facts.besides.append((field, read, column.index))


def put_members(facts: Facts, column: Column, read: list[Count | None]) -> None:
    """A count of members into its field; what its cells say of the formal ones among them is kept for `settle`."""
    field = column.field or ""
    splits = any(count is not None and count.formal is not None for count in _different(read))
    if splits and field == "members_formal":  # 正式党员 3（另有预备1名）
        fill(
            facts, "members_probationary", [count.probationary if count is not None else None for count in read], column
        )
        read = [Count(count.formal) if count is not None and count.formal is not None else count for count in read]
    put_counts(facts, column, field, read)
    if splits and field == "members_total":
        said = [count if count is not None and count.formal is not None else None for count in read]
        facts.splits = [a or b for a, b in zip(facts.splits or [None] * len(said), said, strict=True)]
