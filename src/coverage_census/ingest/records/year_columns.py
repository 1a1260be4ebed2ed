"""Columns that repeat a figure for several years (2019年, 2020年) in; the one that counts now, the others set aside."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from coverage_census.ingest.headings import vocabulary
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.headings.meanings import Meaning, undated
from coverage_census.ingest.records.facts import Facts
from coverage_census.ingest.records.unknown_headings import Place
from coverage_census.model.reading import Level

Moment = tuple[int, int]
"""Year and month; a year without a month is its last one."""

_YEAR = re.compile(r"((?:19|20)\d\d)(?:[年.\-/]\s*(\d{1,2})?)?")


def settled(facts: Facts, read: Sequence[Column], as_of: str | None, place: Place) -> list[Column]:
    """Of each figure only the latest column, not later than the sheet itself; the other ones are named in a note."""
    groups: dict[tuple[str, ...], list[Column]] = defaultdict(list)
    for column in read:
        if column.field not in (None, "name"):
            groups[tuple(vocabulary.key(part) for part in undated(column.path))].append(column)
    out: dict[int, Column] = {}
    for group in groups.values():
        moments = {column.index: _moment(column.path) for column in group}
        if len(set(moments.values())) < 2:
            continue
        current = _current(moments, as_of)
        for column in group:
            if moments[column.index] != current:
                out[column.index] = replace(column, field=None, meaning=Meaning(ignored=True), older=True)
        kept = next((column.heading for column in group if moments[column.index] == current), None)
        older = [column for column in group if column.index in out]
        _say(facts, older, kept, as_of, place)
    return [out.get(column.index, column) for column in read]


def _current(moments: dict[int, Moment | None], as_of: str | None) -> Moment | None:
    """A column without a year speaks of now; else the latest that the sheet's own date allows."""
    dated = [moment for moment in moments.values() if moment is not None]
    if len(dated) < len(moments):
        return None
    if as_of is None:
        return max(dated)
    year, month = int(as_of[:4]), int(as_of[5:7] or 12)
    past = [each for each in dated if each <= (year, month) or (each[0] == year and each[1] == 12)]
    return max(past, default=(0, 0))


def _moment(path: Sequence[str]) -> Moment | None:
    found = next((match for part in path if (match := _YEAR.search(vocabulary.key(part)))), None)
    return (int(found[1]), int(found[2] or 12)) if found else None


def _say(facts: Facts, older: Sequence[Column], kept: str | None, as_of: str | None, place: Place) -> None:
    for column in older:
        if kept is None:
            said = {"heading": column.heading, "as_of": as_of}
            facts.report("year_to_come", Level.WARNING, place(column), None, **said)
        else:
            facts.report("year_column", Level.NOTE, place(column), None, heading=column.heading, current=kept)
