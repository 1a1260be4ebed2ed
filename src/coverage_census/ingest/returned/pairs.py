"""The grids of a workbook in; if it is a review workbook on identity (待认定), what people answered in it out."""

from collections.abc import Sequence
from typing import Literal

from coverage_census.ingest.cells.clean import as_text
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.returned.answers import Returned
from coverage_census.model.identity import ANSWER, FORMAT, HEAD, HIDDEN, IDS, META, NUMBER, REASON, SIDE, SIGN
from coverage_census.model.reading import Answer, Level, Problem, Subject

_DOES: dict[str, Literal["same", "different"]] = {"同一单位": "same", "不是": "different"}
_OPEN = frozenset({"待查"})


def take_apart(grids: Sequence[Grid], file: str) -> Returned | None:
    """None where the workbook is no such review."""
    hidden = next(
        (grid for grid in grids if grid.name == HIDDEN and grid.rows and _text(grid.rows[0], 0) == SIGN), None
    )
    if hidden is None:
        return None
    meta = {_text(row, 0): _text(row, 1) for row in hidden.rows[1 : len(META) + 1]}
    found = Returned([], meta.get("list", ""), frozenset(grid.name for grid in grids))
    asked = next((grid for grid in grids if grid.name == meta.get("list")), None)
    if asked is None or _text(hidden.rows[0], 1) != str(FORMAT):
        found.problems.append(Problem(code="return_newer", level=Level.ERROR, file=file, sheet=meta.get("list")))
        return found
    known = {_text(row, 0): row for row in hidden.rows[len(META) + 2 :]}
    does = _DOES | {meta.get("same", ""): "same", meta.get("different", ""): "different"}
    for number, row in enumerate(asked.rows[HEAD + 1 :], start=HEAD + 1):
        said, line = _text(row, ANSWER), _text(row, NUMBER)
        if line not in known or not said or said in {*_OPEN, meta.get("open")}:
            continue
        at = cell_name(number, ANSWER)
        if said in does:
            found.answers.append(_answer(does[said], known[line], f"{asked.name}!{at}", _text(row, REASON)))
        else:
            unclear = Problem(code="identity_unclear", level=Level.ERROR, file=file, sheet=asked.name, cell=at)
            found.problems.append(unclear.model_copy(update={"values": {"line": line}}))
    found.written = repr([(each.does, each.subject, each.other, each.reason) for each in found.answers]).encode()
    return found


def _answer(does: Literal["same", "different"], known: Sequence[Cell], at: str, reason: str) -> Answer:
    hidden = redact.redact(reason)
    return Answer(
        does=does,
        code="identity",
        finding="",
        at=at,
        subject=_subject(known, "one"),
        other=_subject(known, "other"),
        reason=(hidden.text if hidden else reason) or None,
    )


def _subject(known: Sequence[Cell], side: str) -> Subject:
    return Subject.model_validate({each: _text(known, IDS.index(f"{side}_{each}")) or None for each in SIDE})


def _text(row: Sequence[Cell], place: int) -> str:
    return as_text(row[place]).strip() if place < len(row) else ""
