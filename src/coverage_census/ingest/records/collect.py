"""The columns of one table and what its sheet says in; the facts of its organisations, field by field, out."""

from collections.abc import Callable, Sequence
from typing import Any

from coverage_census.ingest.cells import choices, codes, dates
from coverage_census.ingest.cells.amounts import Amount
from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings.columns import Column, spelled_out
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.records import column_values, joint_names, party, roles
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.organisation import about, of_each_alone
from coverage_census.model.reading import Level
from coverage_census.model.register import BODY, COVERS

Cells = Callable[[int], Sequence[Cell]]
_LATER = frozenset([None, "name", "joint_names", BODY, COVERS])
"""What is no column of one value a row, or was read before."""


def collect(facts: Facts, columns: Sequence[Column], cells: Cells, merged: Callable[[int], frozenset[int]]) -> None:
    """Every read column into its field."""
    for column in columns:
        if column.field in _LATER or column.meaning.beside:
            continue
        read = spelled_out(column.meaning, cells(column.index))
        if column.label is not None:
            party.option(facts, column, read)
        else:
            _column(facts, column, _unshared(facts, column, read, merged(column.index)))
    party.levels(facts, [column for column in columns if column.meaning.beside], cells)
    roles.settle(facts)
    for field, said, index in facts.besides:  # after all columns: a column of one's own comes first
        held = facts.of(field)
        facts.put(field, [b if a is None else a for a, b in zip(held, said, strict=True)], index)
    for rows, index in facts.dispatched:
        party.at_least_one(facts, rows, index)
    for column in columns:
        if column.field == "joint_names":
            joint_names.put_names(facts, column, cells(column.index))
        if column.field == COVERS:
            joint_names.put_covered(facts, column, cells(column.index))
        if column.instructor:
            party.instructor_names(facts, column, cells(column.index))


def _column(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    field = column.field or ""
    holds = about()[field].holds if field in about() else field
    if field == "uscc":
        _codes(facts, column, column_values.texts(facts, column, cells, field))
    elif field in ("township", "county"):
        _place(facts, column, column_values.texts(facts, column, cells, field))
    elif field == "coverage":
        party.coverage(facts, column, column_values.texts(facts, column, cells, field))
    elif field == "org_ended":
        party.dissolved(facts, column, cells)
    elif field == "mass_orgs":
        party.mass_organisations(facts, column, cells)
    elif field == "has_org":
        party.has_org(facts, column, cells)
    elif field in ("org_form", "org_level"):
        party.organisation(facts, column, column_values.texts(facts, column, cells, field), cells)
    elif field == "instructors":
        column_values.put_members(facts, column, column_values.instructors(facts, column, cells))
    elif holds == "count":
        column_values.put_members(facts, column, column_values.numbers(facts, column, cells, field))
    elif holds == "number":
        _amounts(facts, column, column_values.texts(facts, column, cells, field))
    else:
        column_values.put(facts, column, field, column_values.texts(facts, column, cells, field))
        if field == "org_name":
            party.denied(facts, column, cells)
        if field in ("kind", "subtype"):
            _sizes(facts, column, cells)
        if holds == "date":
            _unsure_months(facts, column, cells)
            _typed_as_days(facts, column, cells)


def _sizes(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """类别 | 规上工业: a class that says the size as well."""
    table = {text: choices.size_of_class(text) for text in set(cells) if isinstance(text, str)}
    if any(said is not None for said in table.values()):
        column_values.fill(
            facts, "above_scale", [table.get(text) if isinstance(text, str) else None for text in cells], column
        )


def _unsure_months(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """2014.1 as a number may have been typed as 2014.10: only its year is read."""
    unsure = {value for value in set(cells) if dates.month_unsure(value)}
    rows = [row for row, value in enumerate(cells) if value in unsure] if unsure else []
    if rows:
        places = "、".join(facts.at(column.index, row) for row in rows[: column_values.SHOWN])
        first = facts.at(column.index, rows[0])
        given = {"heading": column.heading, "count": len(rows), "cells": places}
        facts.report("month_unsure", Level.NOTE, first, column.field, found=f"{cells[rows[0]]:g}", **given)


def _typed_as_days(facts: Facts, column: Column, cells: Sequence[Cell]) -> None:
    """2014 in a cell formatted as a date shows a day of 1905: read as the year, and said."""
    typed = {value for value in set(cells) if dates.typed_as_day(value) and isinstance(dates.parse(value), str)}
    rows = [row for row, value in enumerate(cells) if value in typed] if typed else []
    if rows:
        shown = "、".join(facts.at(column.index, row) for row in rows[: column_values.SHOWN])
        given = {"heading": column.heading, "count": len(rows), "cells": shown}
        first, every = facts.at(column.index, rows[0]), facts.places(column.index, rows)
        facts.report("day_typed_as_number", Level.WARNING, first, column.field, places=every, **given)


def _unshared(facts: Facts, column: Column, cells: Sequence[Cell], rows: frozenset[int]) -> Sequence[Cell]:
    """A count merged over several organisations is nobody's own."""
    if not rows or column.field not in of_each_alone():
        return cells
    first = min(rows)
    facts.report(
        "merged_count",
        Level.WARNING,
        facts.at(column.index, first),
        column.field,
        heading=column.heading,
        count=len(rows),
        places=facts.places(column.index, sorted(rows)),
    )
    return [None if row in rows else value for row, value in enumerate(cells)]


def _amounts(facts: Facts, column: Column, read: list[Amount | None]) -> None:
    field = column.field or ""
    first = field not in facts.values
    column_values.put(facts, column, field, [amount.value if amount is not None else None for amount in read])
    for row, amount in enumerate(read):
        if first and amount is not None and amount.qualifier is not None:
            facts.qualify(field, row, amount.qualifier)


def _codes(facts: Facts, column: Column, read: list[codes.Code | None]) -> None:
    """Valid codes into `uscc`, the others into `code` with a warning of their class; a person's number into neither."""
    known = facts.of("uscc")
    slips = [row for row, code in enumerate(read) if code is not None and code.slip is not None]
    for row in slips:
        if (kind := redact.is_personal_code(_written(read[row]))) is not None:
            facts.report(f"redacted_{kind}", Level.NOTE, facts.at(column.index, row), "uscc", heading=column.heading)
            read[row] = None
    slips = [row for row in slips if read[row] is not None and known[row] is None]
    if len(slips) > column_values.SHOWN and len(slips) * 2 > len(read) - read.count(None):
        cells = [facts.at(column.index, row) for row in slips[: column_values.SHOWN]]
        facts.report(
            "uscc_column",
            Level.WARNING,
            cells[0],
            "uscc",
            heading=column.heading,
            count=len(slips),
            cells="、".join(cells),
            places=facts.places(column.index, slips),
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
    other = [redact.quotable_code(code.code) if code is not None and code.code else None for code in read]
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
    column_values.put(facts, column, "township", [place.township if place is not None else None for place in read])
    column_values.fill(facts, "county", [place.county if place is not None else None for place in read], column)
