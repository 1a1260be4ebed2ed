"""A sheet of cards in; the facts of one organisation a card, each label with the cell of its value, out."""

from collections.abc import Mapping

from coverage_census.ingest.checks import breakdowns, contradictions, ended
from coverage_census.ingest.grid import Grid
from coverage_census.ingest.headings import columns
from coverage_census.ingest.layout import card_labels, cards, context, sheet_day
from coverage_census.ingest.layout.rows import Body
from coverage_census.ingest.records import collect, founding_day, settle
from coverage_census.ingest.records.facts import Facts
from coverage_census.ingest.records.unknown_headings import Place, report_columns
from coverage_census.ingest.sheets import account
from coverage_census.ingest.sheets.ledger import Cells, put_names
from coverage_census.ingest.sheets.sheet import Sheet, column_reading, day_told, lines_of, reading_of
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import ColumnReading


def read(grid: Grid, incoming: Incoming, office: Mapping[str, str]) -> Sheet:
    """The organisations of a sheet of cards (一企一表), one a card, with the problems of each at its cell."""
    first = next(
        index
        for index, row in enumerate(grid.rows)
        if any(card_labels.is_label(cell) or card_labels.inline(cell) for cell in row)
    )
    found = context.read(lines_of(grid, 0, first), sheet_day.stated_cells(grid.rows[first:]), grid.name, incoming)
    every: list[ColumnReading] = []
    spans: list[tuple[int, int]] = []
    sheet = Sheet(reading_of(grid, "card", found, (), None, 0), problems=day_told(grid, found, incoming))
    every_card = cards.told(grid)
    for card in every_card:
        paths = tuple(card.paths)
        meanings = columns.meanings(paths, office)
        name = columns.name_column(meanings, lambda index, card=card: [card.values[index]])  # type: ignore[misc]
        if name is None:
            continue
        facts = Facts(incoming.label, grid.name, [card.row], cells=dict(enumerate(card.cells)))
        cells = Cells(Grid(grid.name, [card.values]), [0])
        place: Place = lambda column, card=card: card.cells[column.index]  # type: ignore[misc]  # noqa: E731
        decided = columns.decide(paths, meanings, name, cells.sample)
        read_columns = founding_day.settled(facts, decided, cells.sample, place)
        every.extend(column_reading(column, card.cells[column.index]) for column in read_columns)
        put_names(facts, read_columns, name, cells, Body())
        spans += [(len(every) - len(read_columns), len(every) - 1)] * len(facts.rows)
        collect.collect(facts, read_columns, cells.of, lambda index: frozenset())
        settle.settle(facts, found, paths[name][-1], None)
        contradictions.check(facts, found)
        breakdowns.check(facts, read_columns, cells.of)
        ended.check(facts, read_columns, cells.of)
        report_columns(facts, read_columns, place, cells.sample)
        sheet.facts.append(facts)
    how_much, left = account.of_cards(grid, every_card, every)
    sheet.problems += account.report(left, incoming.label, grid)
    sheet.reading = sheet.reading.model_copy(
        update={
            "understood": how_much,
            "columns": tuple(every),
            "cards": tuple(spans),
            "data_rows": len(spans),
            "split_rows": tuple(row + 1 for facts in sheet.facts for row in facts.split_rows()),
        }
    )
    return sheet
