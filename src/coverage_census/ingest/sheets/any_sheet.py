"""One grid in; how it was understood, and the facts of its organisations with their problems, out."""

from collections.abc import Mapping

from coverage_census.ingest.grid import Grid
from coverage_census.ingest.headings import columns, vocabulary
from coverage_census.ingest.layout import header, kinds, own_products
from coverage_census.ingest.sheets import card, export, ledger
from coverage_census.ingest.sheets.ledger import sample
from coverage_census.ingest.sheets.set_aside import set_aside
from coverage_census.ingest.sheets.sheet import Sheet
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import Level, Problem


def read(grid: Grid, incoming: Incoming, office: Mapping[str, str]) -> Sheet:
    """Classify, then read what is a ledger or a card; set the rest aside with a sentence that helps."""
    if (columns_ := export.columns_of(grid)) is not None:
        return export.read(grid, columns_, incoming)
    if (product := own_products.of_sheet(grid)) is not None and product != "annual":
        return _own(grid, product, incoming)
    own = frozenset(vocabulary.key(part) for heading in office for part in heading.split(">"))
    top = header.find(grid, own) if grid.rows else None
    meanings = columns.meanings(top.paths, office) if top else {}
    name = columns.name_column(meanings, lambda index: sample(grid, top, index)) if top else None
    sort = kinds.classify(grid, top, meanings, name) if grid.rows else "other"
    if sort == "ledger" and top is not None and name is not None:
        sheet = ledger.read(grid, top, office, own, incoming)
    elif sort == "card":
        sheet = card.read(grid, incoming, office)
    else:
        sheet = set_aside(grid, top, sort, incoming)
    if grid.hidden and grid.rows:
        sheet.problems.append(Problem(code="hidden_sheet", level=Level.NOTE, file=incoming.label, sheet=grid.name))
    return sheet


def _own(grid: Grid, product: str, incoming: Incoming) -> Sheet:
    """A list of our own beside a survey, as somebody copied it into the workbook."""
    sheet = set_aside(Grid(grid.name, []), None, "other", incoming)
    sheet.problems = [Problem(code=f"own_{product}", level=Level.WARNING, file=incoming.label, sheet=grid.name)]
    return sheet
