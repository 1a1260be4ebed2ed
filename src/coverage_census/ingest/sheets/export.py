"""A sheet that `census export` wrote in; its organisations out as they were, qualified counts with their ends.

Its headings are field names (csv) or their labels (a workbook), so nothing has to be understood; what people changed
in it is read as in any sheet. Its organisations may have been reported for several days (截止日期): each day is a sheet
of its own, or the oldest report would pass for the newest.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from coverage_census.ingest.cells import amounts, choices, codes, parsers
from coverage_census.ingest.cells.clean import UNREADABLE, as_text, bare
from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.checks import contradictions
from coverage_census.ingest.containers.export_files import MARKS
from coverage_census.ingest.grid import Cell, Grid, cell_name, column_letters
from coverage_census.ingest.layout import context
from coverage_census.ingest.records.facts import Facts
from coverage_census.ingest.sheets.sheet import Sheet, day_told, reading_of
from coverage_census.model.choices import CHOICES, Qualifier
from coverage_census.model.incoming import Incoming
from coverage_census.model.organisation import about, fields_of
from coverage_census.model.reading import ColumnReading, Level
from coverage_census.model.tables import HIGH, LOW, PROVENANCE
from coverage_census.words.catalogue import LANGS, Words
from coverage_census.words.labels import with_unit

_BESIDE = ("qualifiers", "as_of", "period", "confirmed_round", *PROVENANCE)
_GUARDED = re.compile(r"(^|[\r\n])'(?='*[ \u00a0\u3000\u200b\ufeff]*[=+\-@|\t\r\n＝＋－＠｜])")  # as csv_text.py guards


def columns_of(grid: Grid) -> dict[int, str] | None:
    """Column → field or what an export has beside; None where the sheet is no export."""
    known = _headings()
    first = [as_text(cell).strip() for cell in grid.rows[0]] if grid.rows else []
    found = {index: known[text] for index, text in enumerate(first) if text in known}
    return found if set(found.values()) >= MARKS else None


def parts(grid: Grid) -> tuple[Grid, ...]:
    """The grid itself; an export with several days as one grid for each, every row in its old place."""
    at = {name: index for index, name in (columns_of(grid) or {}).items()}
    said = [_day(row[at["as_of"]]) for row in grid.rows] if "as_of" in at else []
    if len(set(said[1:]) - {None}) < 2:
        return (grid,)
    blank: list[Cell] = [None] * len(grid.rows[0])
    found = []
    for day in sorted({each or "" for each in said[1:]}):
        rows = [row if not number or (said[number] or "") == day else blank for number, row in enumerate(grid.rows)]
        found.append(replace(grid, name=f"{grid.name}（{day}）" if day else grid.name, rows=rows))
    return tuple(found)


def _day(cell: Cell) -> str | None:
    read_day = parsers.parser("registered_on")(cell)
    return read_day if isinstance(read_day, str) else None


def read(grid: Grid, columns: Mapping[int, str], incoming: Incoming) -> Sheet:
    """The sheet with the facts of its organisations."""
    at = {name: index for index, name in columns.items()}
    rows = [row for row in range(1, len(grid.rows)) if any(cell is not None for cell in grid.rows[row])]
    named = [row for row in rows if parsers.text(grid.rows[row][at["name"]])]
    facts = Facts(incoming.label, grid.name, named)
    guarded = grid.rows[0][at["name"]] == "name"
    for row in (row for row in rows if row not in set(named)):
        facts.report("missing_name", Level.ERROR, cell_name(row, at["name"]), "name", row=row + 1)
    cells = {name: [grid.rows[row][index] for row in named] for index, name in columns.items()}
    for name in about():
        if name in cells:
            facts.put(name, _column(facts, name, cells[name], at[name], guarded), at[name])
    _codes(facts)
    for row, said in enumerate(cells.get("qualifiers", ())):
        for name, word in _qualifiers(said).items():
            facts.qualify(name, row, word)
    for name in fields_of("count"):
        _ends(facts, name, cells)
    found = context.read([], [], grid.name, incoming)
    reading = reading_of(grid, "ledger", found, (), (1, 1), len(named)).model_copy(update=_stated(facts, cells))
    told = tuple(_told(grid, index, columns.get(index)) for index, cell in enumerate(grid.rows[0]) if cell is not None)
    sheet = Sheet(reading.model_copy(update={"columns": told}), [facts], day_told(grid, found, incoming))
    sheet.grid, sheet.checks = grid, [lambda: contradictions.check(facts, found)]
    return sheet


def _stated(facts: Facts, cells: Mapping[str, Sequence[Cell]]) -> dict[str, str]:
    """What the sheet says of all its organisations: the day and period that they were reported for, their county."""
    days = {_day(cell) for cell in cells.get("as_of", ())}
    periods = {as_text(cell).strip() or None for cell in cells.get("period", ())}
    counties = set(facts.of("county"))
    stated = {"as_of": days, "period": periods, "county": counties}
    return {name: each.pop() for name, each in stated.items() if len(each) == 1 and None not in each}


def _told(grid: Grid, index: int, name: str | None) -> ColumnReading:
    field = name if name in about() else None
    heading = bare(grid.rows[0][index])
    return ColumnReading(column=column_letters(index), heading=heading, field=field, skipped=field is None)


@cache
def _headings() -> dict[str, str]:
    """Whatever a column of an export may be called → its name."""
    ends = {name + end: (name, key) for name in fields_of("count") for end, key in ((LOW, "low"), (HIGH, "high"))}
    found = {name: name for name in (*about(), *ends, *_BESIDE)}
    for words in map(Words, LANGS):
        labels = {name: note.zh if words.lang == "zh" else note.en for name, note in about().items()}
        found |= {label: name for name, label in labels.items()}
        for name, label in labels.items():
            found[with_unit(name, label, words)] = name
        for name, (field, key) in ends.items():
            if words.has(f"export.{key}"):
                found[words(f"export.{key}", label=labels[field])] = name
        found |= {words(f"export.head.{name}"): name for name in _BESIDE if words.has(f"export.head.{name}")}
    return found


def _column(facts: Facts, name: str, cells: Sequence[Cell], index: int, guarded: bool) -> list[Any]:
    parse, table = _parser(name, guarded), dict[Cell, Any]()
    read = []
    for row, cell in enumerate(cells):
        if cell not in table:
            table[cell] = parse(cell)
        if table[cell] is UNREADABLE:
            facts.report("unreadable_value", Level.ERROR, facts.at(index, row), name, heading=name, found="（略）")
        read.append(None if table[cell] is UNREADABLE else table[cell])
    return [_number(facts, name, row, said) for row, said in enumerate(read)]


def _number(facts: Facts, name: str, row: int, said: Any) -> Any:
    """The number of a count; how exact it is, as the cell itself says, unless the columns beside say it too."""
    if isinstance(said, Count) and said.qualifier is not None:
        facts.qualify(name, row, said.qualifier, (said.low or 0, said.high))
    return said.value if isinstance(said, (Count, amounts.Amount)) else said


def _parser(name: str, guarded: bool) -> Callable[[Cell], Any]:
    """As it was written; else as a person would write it."""
    holds = about()[name].holds
    words = _choices(name) if name in CHOICES else {}
    otherwise = {"flag": choices.flag, "star": choices.star}.get(holds) or parsers.parser(name)

    def parse(cell: Cell) -> Any:
        if cell is None or isinstance(cell, bool):
            return cell
        text = as_text(cell)
        if holds == "text":
            return (_GUARDED.sub(r"\1", text) if guarded else text) or None
        if text in words:
            return words[text]
        if holds == "number" and re.fullmatch(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", text):
            return float(text)
        if holds == "count" and (written := _written(text)) is not None:
            return written
        return otherwise(cell)

    return parse


def _written(text: str) -> int | None:
    """The number in a count as `export` words it."""
    found = (match for pattern in _wordings() if (match := pattern.fullmatch(text)))
    return next((int(match[1]) for match in found), None)


@cache
def _wordings() -> tuple[re.Pattern[str], ...]:
    keys = [f"export.count.{way}" for way in ("approx", "above", "odd", "up_to", "below", "told")]
    keys += ["policy.interval.at_least", "policy.interval.between"]
    blanks = {"value": "NUMBER", "low": "NUMBER", "high": "REST", "said": "REST"}
    texts = dict.fromkeys(re.escape(Words(lang)(key, **blanks)) for key in keys for lang in LANGS)
    return tuple(re.compile(text.replace("NUMBER", r"(\d{1,15})").replace("REST", ".{1,80}")) for text in texts)


def _choices(name: str) -> dict[str, Any]:
    """The words of a choice and what people call them → the choice."""
    found: dict[str, Any] = {}
    for each in CHOICES[name]:
        found |= {each.value: each} | {Words(lang)(f"term.{name}.{each.value}"): each for lang in LANGS}
    return found


def _codes(facts: Facts) -> None:
    """A code that somebody changed to no valid one is no USCC."""
    held = facts.of("uscc")
    wrong = [row for row, code in enumerate(held) if code is not None and not codes.valid(code)]
    if wrong:
        other = list(facts.of("code"))
        for row in wrong:
            other[row] = other[row] or held[row]
            facts.report("uscc_check", Level.WARNING, facts.cell("uscc", row), "uscc", heading="uscc", length=18)
        facts.put("code", other)
        facts.put("uscc", [None if row in set(wrong) else code for row, code in enumerate(held)])


def _ends(facts: Facts, name: str, cells: Mapping[str, Sequence[Cell]]) -> None:
    """The ends of a qualified count; both blank where it is exact."""
    for row, low in enumerate(cells.get(name + LOW, ())):
        high = cells[name + HIGH][row] if name + HIGH in cells else None
        if low is not None and facts.of(name)[row] is not None and as_text(low).isdecimal():
            top = as_text(high)
            facts.bounds.setdefault(name, {})[row] = (int(as_text(low)), int(top) if top.isdecimal() else None)


def _qualifiers(cell: Cell) -> dict[str, Qualifier]:
    """{"employees": "approx"}, or 从业人员：估计；… as a workbook says it."""
    text = as_text(cell).strip()
    if not text:
        return {}
    known = {each.value: each for each in Qualifier}
    if text.startswith("{"):
        try:
            said = json.loads(text)
        except ValueError:
            return {}
        return {name: known[word] for name, word in said.items() if name in about() and word in known}
    fields = _headings()
    for words in map(Words, LANGS):
        known |= {words(f"term.qualifier.{each.value}"): each for each in Qualifier}
    pairs = (re.split(r"[:：]\s*", part, maxsplit=1) for part in re.split(r"[;；]\s*", text))
    return {
        fields[pair[0]]: known[pair[1]] for pair in pairs if len(pair) == 2 and pair[0] in fields and pair[1] in known
    }
