"""The bytes of one file in; how it was understood, its organisations and its problems out. Runs in the jailed child."""

import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from coverage_census.ingest import fork, wire
from coverage_census.ingest.cells.clean import as_text
from coverage_census.ingest.checks import duplicates
from coverage_census.ingest.containers import grids as containers
from coverage_census.ingest.containers import guard
from coverage_census.ingest.grid import Cell, Grid
from coverage_census.ingest.layout import own_products
from coverage_census.ingest.privacy import last_look
from coverage_census.ingest.returned import answers as return_answers
from coverage_census.ingest.returned import pairs, register_review
from coverage_census.ingest.sheets import any_sheet, export
from coverage_census.ingest.sheets.sheet import Sheet
from coverage_census.model.annotation import LINES
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.words import alike

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 2_000


def read_workbook(
    data: bytes,
    incoming: Incoming,
    columns: Mapping[str, str],
    verdict: Callable[[], guard.Package] | None = None,
    kept: list[object] | None = None,
) -> tuple[FileReading, "pa.Table", tuple[Problem, ...]]:
    """Every sheet of the file; raises `containers.Refused` where it is no spreadsheet that can be read.

    `verdict`: see `containers.open_grids`. `kept` is given the cells: a process that ends with its answer need not
    take millions of them apart before (half a second).
    """
    from coverage_census.ingest.records import arrow

    opened = containers.open_grids(data, incoming.path.suffix, verdict)
    product = own_products.refuse(data, opened.grids)
    returned = pairs.take_apart(opened.grids, incoming.label)
    returned = returned or register_review.take_apart(opened.grids, incoming.label)
    returned = returned or return_answers.take_apart(opened.grids, incoming.label)
    content = content_hash(returned.grids, returned.written)
    grids = {part.name: (grid.name, part) for grid in returned.grids for part in export.parts(grid)}
    read = [any_sheet.read(part, incoming, columns) for _, part in grids.values()]
    if product is not None:
        read = [sheet for sheet in read if sheet.reading.kind == "crosstab"]
    facts = [each for sheet in read for each in sheet.facts]
    if kept is not None:
        kept += [opened, returned, read]
    reading = FileReading(
        file=incoming.label,
        format=opened.format,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=content,
        sheets=tuple(sheet.reading for sheet in read),
        return_of=returned.original,
        return_sha256=returned.sha256,
        answers=tuple(returned.answers),
    )

    def looked_at() -> "tuple[pa.Table, list[Problem]]":
        return last_look.look_at_rows(arrow.table(facts), reading)

    # A large workbook has a process for its rows, and this one goes on with what is wrong with them.
    table = fork.aside(lambda: _narrow(looked_at())) if verdict else looked_at
    _check_across(read)
    found = [
        Problem(code=code, level=level, file=incoming.label, sheet=sheet, values=values)
        for code, level, sheet, values in opened.problems
        if sheet not in returned.own_sheets
    ]
    # Problems lie on the sheets as people see them.
    own_name = {part: name for part, (name, _) in grids.items() if part != name}
    problems = [*found, *returned.problems, *_placed(_ordered(read), own_name)]
    if product is not None:
        own = Problem(code=f"own_{product}", level=Level.WARNING, file=incoming.label)
        problems = [own, *(each for each in problems if each.code != "crosstab")]
    list_alone = returned.original is not None and not read
    if not list_alone and not any(sheet.reading.kind in ("ledger", "card", "crosstab", "roster") for sheet in read):
        problems = [each for each in problems if each.code != "other_sheet"]
        if not any(each.code == "names_only" for each in problems):
            problems.append(Problem(code="nothing_recognised", level=Level.ERROR, file=incoming.label))
    reading, seen = last_look.look(reading, tuple(problems))
    rows, redacted = table()
    return reading, wire.whole(rows), (*seen, *_placed(redacted, own_name))


def _placed(problems: Iterable[Problem], own_name: Mapping[str, str]) -> list[Problem]:
    return [
        each.model_copy(update={"sheet": own_name[each.sheet]}) if each.sheet and each.sheet in own_name else each
        for each in problems
    ]


def _narrow(looked_at: "tuple[pa.Table, list[Problem]]") -> "tuple[pa.Table, list[Problem]]":
    """Without the columns that nobody filled, which need not go through a pipe."""
    return wire.filled(looked_at[0]), looked_at[1]


def content_hash(grids: Iterable[Grid], answers: bytes = b"") -> str:
    """Hash of sheet names and cells, the same for a workbook that was only saved again, or sent back unanswered."""
    digest = hashlib.sha256(answers)
    for grid in grids:
        digest.update(marshal.dumps((grid.name, len(grid.rows)), 2))
        for start in range(0, len(grid.rows), _CHUNK):
            rows = grid.rows[start : start + _CHUNK]
            try:
                digest.update(marshal.dumps(rows, 2))
            except ValueError:  # marshal knows no dates
                digest.update(marshal.dumps([[_plain(cell) for cell in row] for row in rows], 2))
    return digest.hexdigest()


def _plain(cell: Cell) -> str | int | float | bool | None:
    return cell if cell is None or isinstance(cell, (str, int, float, bool)) else as_text(cell)


def _check_across(read: list[Sheet]) -> None:
    """Each sheet in itself, duplicates within the file, then totals, which count each organisation once."""
    for sheet in read:
        sheet.check()
    places = [(sheet, number) for sheet in read for number in range(len(sheet.facts))]
    repeated = duplicates.mark([sheet.facts[number] for sheet, number in places])
    for sheet in read:
        own: dict[int, set[int]] = {}
        for index, row in repeated:
            if places[index][0] is sheet:
                own.setdefault(places[index][1], set()).add(row)
        sheet.check_totals(own)


def _ordered(read: list[Sheet]) -> list[Problem]:
    """By sheet, then down the rows; what concerns a whole sheet comes first."""
    found = []
    for sheet in read:
        problems = [*sheet.problems, *(each for facts in sheet.facts for each in facts.problems)]
        found.extend(sorted(alike.cap(sorted(problems, key=_place), LINES), key=_place))
    return found


def _place(problem: Problem) -> tuple[int, int, str]:
    if problem.cell is None:
        return 0, 0, ""
    letters = problem.cell.rstrip("0123456789")
    return int(problem.cell[len(letters) :]), len(letters), letters
