"""The columns of a table in; a note for each that was not read: personal, not kept, or unknown with the nearest."""

from collections.abc import Callable, Sequence

from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.headings.columns import Column
from coverage_census.ingest.privacy import persons, redact
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.organisation import about
from coverage_census.model.reading import Level

NEAR = 85  # of 100: written so alike that it is hardly another word
Place = Callable[[Column], str]
"""The cell of a column's heading."""


def report_columns(facts: Facts, columns: Sequence[Column], place: Place, sample: Callable[[int], list[Cell]]) -> None:
    """Nothing is left out silently."""
    ignored = [
        each
        for each in columns
        if each.meaning.ignored and not each.dropped and not each.older and not _is_number(each)
    ]
    kept_out = [column.heading for column in ignored if any(cell is not None for cell in sample(column.index))]
    for column in columns:
        if column.dropped:
            _personal(facts, column, place(column))
        elif column.meaning.mended and column.field is not None:
            facts.report("misprinted_column", Level.NOTE, place(column), column.field, heading=column.heading)
        elif (
            column.field is None
            and not column.meaning.ignored
            and any(cell is not None for cell in sample(column.index))
        ):
            _unknown(facts, column, place(column))
    if kept_out:
        facts.report("columns_not_kept", Level.NOTE, None, None, headings="、".join(kept_out), count=len(kept_out))


def _personal(facts: Facts, column: Column, cell: str) -> None:
    """Why a column is taken for personal: its heading, its values, or its heading against what census.toml says."""
    if column.by_values:
        facts.report("personal_values", Level.NOTE, cell, None, heading=column.heading)
    elif column.meaning.refused:
        facts.report("personal_mapped", Level.NOTE, cell, None, heading=column.heading, near=column.meaning.refused)
    else:
        facts.report("personal_column", Level.NOTE, cell, None, heading=column.heading)


def _unknown(facts: Facts, column: Column, cell: str) -> None:
    meaning = column.meaning
    if meaning.other:  # every word is understood: another field's name would be no help
        facts.report("column_of_other", Level.NOTE, cell, None, heading=column.heading, word=meaning.other)
        return
    told = bool(meaning.unknown and meaning.asks)  # a word that is not known says more than a guess
    near = meanings.nearest(column.path, NEAR if told else 0)
    if told and near is None:
        word = redact.hidden(meaning.unknown, heading=True)
        facts.report("unmapped_word", Level.NOTE, cell, None, heading=column.heading, word=word)
        return
    if near is None or (about()[near].holds == "text" and _names_persons(column)):
        facts.report("unmapped_column", Level.NOTE, cell, None, heading=column.heading)
        return
    sure = {"sure": 1} if about()[near].holds != "text" and meanings.means(column.path, near) else {}
    facts.report("unmapped_column_near", Level.NOTE, cell, near, heading=column.heading, near=near, **sure)


def _names_persons(column: Column) -> bool:
    """Whether somebody stands in the heading, of whom a field of text would keep what the column says."""
    return any(persons.mentioned(vocabulary.key(part)) for part in column.path)


def _is_number(column: Column) -> bool:
    """序号 needs no word."""
    return vocabulary.key(column.path[-1]) in ("序号", "编号", "no.", "no", "号", "序")
