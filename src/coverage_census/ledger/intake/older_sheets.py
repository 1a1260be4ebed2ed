"""An intake and the ledger's past in; the intake without what is older than what the ledger holds of its scope, and
without what speaks for a day still to come, out.

Nothing of it enters by itself: the one would take the place of something newer, the other would hold against all that
comes until that day. It is told, and may be asked in (--older; --as-of, --round).
"""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from coverage_census.ledger.intake import scopes
from coverage_census.ledger.intake.intake import Intake
from coverage_census.ledger.intake.scopes import Held, Place
from coverage_census.ledger.periods.cut_off import Sheet
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store.force import in_force
from coverage_census.model.reading import FileReading, Level, Problem

if TYPE_CHECKING:
    import pyarrow as pa

CODE = "older_sheet"
"""What a file is refused with of which everything is older."""

TOO_EARLY = "future_sheet"
"""What a file is refused with of which everything speaks for a day to come."""

CODES = frozenset({CODE, TOO_EARLY})


def set_aside(intake: Intake, past: Past, anew: Collection[str | None] = ()) -> tuple[Intake, tuple[Problem, ...]]:
    """The rest of the intake, and a sentence for each sheet of which something stays outside.

    `anew`: files that were entered before and are only read otherwise now.
    """
    from dataclasses import replace

    known = scopes.held(in_force(past.rounds))
    answers = {each.file for each in intake.files if each.return_of}
    old = {
        sheet: newer
        for sheet, places in intake.places.items()
        if sheet[0] not in answers and sheet[0] not in anew and (newer := _newer(places, intake.day_of(sheet), known))
    }
    old = {} if intake.older else old
    ahead = {
        sheet
        for sheet in intake.places
        if sheet[0] in intake.ahead.files - set(anew) - answers and intake.day_of(sheet) > intake.ahead.latest
    }
    old |= {sheet: dict.fromkeys(intake.places[sheet], intake.ahead.latest) for sheet in ahead}
    if not old:
        return intake, ()
    rows, counts = _rest(intake, old)
    early = {name for name, _ in ahead}
    files = tuple(_without(each, counts, intake, TOO_EARLY if each.file in early else CODE) for each in intake.files)
    left = replace(intake, table=intake.table.take(_whole(rows)), files=files)
    told = (
        _problem(sheet, count, max(old[sheet].values()), intake, files, TOO_EARLY if sheet in ahead else CODE)
        for sheet, count in counts.items()
    )
    return left, tuple(told)


def _newer(places: Sequence[Place], day: str, known: Held) -> dict[Place, str]:
    """The places of a sheet of which the ledger holds something newer, with its day.

    Organisations of unknown kind go with the others of their township on the sheet.
    """
    found = {place: held for place in places if (held := scopes.newest(place, known)) is not None and held > day}
    for place in places:
        if found and place[2] is None and place not in found:
            beside = [other for other in places if other[1] == place[1] and other[2] is not None]
            if beside and all(other in found for other in beside):
                found[place] = max(found[other] for other in beside)
    return found


def _rest(intake: Intake, old: dict[Sheet, dict[Place, str]]) -> tuple[list[int], dict[Sheet, int]]:
    """The rows that stay in the intake, and how many of each sheet do not."""
    names = ("source_file", "source_sheet", "county", "township", "kind")
    rows, counts = list[int](), dict[Sheet, int]()
    for row, (file, sheet, *place) in enumerate(zip(*(intake.table[name].to_pylist() for name in names), strict=True)):
        if (place[0], place[1], place[2]) in old.get((file, sheet), ()):
            counts[file, sheet] = counts.get((file, sheet), 0) + 1
        else:
            rows.append(row)
    return rows, counts


def _whole(rows: list[int]) -> object:
    import pyarrow as pa

    return pa.array(rows, pa.int64())


def _without(file: FileReading, counts: dict[Sheet, int], intake: Intake, code: str) -> FileReading:
    """Its sheets say how much of them stayed outside; a file of which nothing is left is refused."""
    if not any(name == file.file for name, _ in counts):
        return file
    sheets = []
    for each in file.sheets:
        aside = counts.get((file.file, each.sheet), 0)
        gone = aside and aside == _rows(intake, file.file, each.sheet)
        sheets.append(each.model_copy(update={"aside": aside, "speaks_for": None if gone else each.speaks_for}))
    left = any(each.speaks_for and (file.file, each.sheet) in intake.places for each in sheets)
    return file.model_copy(update={"sheets": tuple(sheets), "refused": None if left else code})


def _rows(intake: Intake, file: str, sheet: str) -> int:
    import pyarrow.compute as pc

    table: pa.Table = intake.table
    here = pc.and_(pc.equal(table["source_file"], file), pc.equal(table["source_sheet"], sheet))
    return int(pc.sum(here).as_py() or 0)


def _problem(sheet: Sheet, count: int, held: str, intake: Intake, files: Iterable[FileReading], code: str) -> Problem:
    whole = any(each.file == sheet[0] and each.refused in CODES for each in files)
    return Problem(
        code=code,
        level=Level.ERROR if whole else Level.WARNING,
        file=sheet[0] or "",
        sheet=sheet[1],
        values={"day": intake.day_of(sheet), "held": held, "count": count},
    )
