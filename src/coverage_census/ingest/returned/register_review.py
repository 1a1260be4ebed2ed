"""The grids of a workbook in; if it asks about registers (核对表), what people answered in it out."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, cast

from coverage_census.ingest.cells.clean import as_text, bare
from coverage_census.ingest.grid import Cell, Grid, cell_name
from coverage_census.ingest.privacy import redact
from coverage_census.ingest.returned.answers import Returned
from coverage_census.model.choices import CHOICES, Kind
from coverage_census.model.organisation import Source, about
from coverage_census.model.reading import Answer, Level, Problem, Subject
from coverage_census.model.register import COUNTS, MASS
from coverage_census.model.register_review import (
    ANSWER,
    CALLED,
    DOES,
    FORMAT,
    HEAD,
    HIDDEN,
    IDS,
    META,
    NUMBER,
    REASON,
    SIDE,
    SIGN,
    WHERE,
)

Does = Literal["same", "different", "register_holds", "ledger_holds", "listed", "out_of_scope"]
Value = str | int | float | bool | None

_SAID: dict[str, Does] = {
    "同一单位": "same", "同一家": "same", "不同": "different", "不是": "different", "不是同一单位": "different",
    "以名册为准": "register_holds", "以台账为准": "ledger_holds", "漏报补录": "listed", "不属两新": "out_of_scope",
}  # fmt: skip
_SPAN, _MOST = re.compile(r"≥[0-9]{1,9}|[0-9]{1,9}-[0-9]{1,9}"), 1_000_000_000
_KINDS = frozenset(map(str, Kind))
_FIELDS = frozenset({*COUNTS, *MASS.values(), "operating_status", "kind"})


def take_apart(grids: Sequence[Grid], file: str) -> Returned | None:
    """None where the workbook is no such one."""
    hidden = next(
        (grid for grid in grids if grid.name == HIDDEN and grid.rows and _text(grid.rows[0], 0) == SIGN), None
    )
    if hidden is None:
        return None
    meta = {_text(row, 0): _text(row, 1) for row in hidden.rows[1 : len(META) + 1]}
    found = Returned([], meta.get("title", ""), frozenset(grid.name for grid in grids))
    if _text(hidden.rows[0], 1) != str(FORMAT):
        found.problems.append(Problem(code="return_newer", level=Level.ERROR, file=file, sheet=meta.get("title")))
        return found
    known = {_text(row, 0): _Asked(row) for row in hidden.rows[len(META) + 2 :]}
    said: dict[str, Does] = _SAID | {_plain(meta[each]): cast("Does", each) for each in DOES if meta.get(each)}
    for grid in grids:
        for number, row in enumerate(grid.rows[HEAD + 1 :], start=HEAD + 1) if grid is not hidden else ():
            answer, at = _text(row, ANSWER), cell_name(number, ANSWER)
            if not answer or not any(_called(row)):
                continue
            if (asked := _meant(row, known)) is None:
                moved = Problem(code="register_answer_moved", level=Level.ERROR, file=file, sheet=grid.name, cell=at)
                found.problems.append(moved)
                continue
            does = said.get(_plain(answer))
            if does is None or does not in asked.fits:
                fits = "、".join(meta.get(each, each) for each in asked.fits)
                code = "register_answer_unclear" if does is None else "register_answer_unfit"
                wrong = Problem(code=code, level=Level.ERROR, file=file, sheet=grid.name, cell=at)
                found.problems.append(wrong.model_copy(update={"values": {"line": asked("line"), "fits": fits}}))
            else:
                found.answers += asked.answers(does, f"{grid.name}!{at}", _text(row, REASON))
    found.written = repr([(*(getattr(each, name) for name in _WRITTEN),) for each in found.answers]).encode()
    return found


def _plain(answer: str) -> str:
    """以 名冊 為準。 as 以名册为准."""
    return bare(answer).rstrip("。.!！")


def _called(row: Sequence[Cell]) -> tuple[str, str]:
    """Who stands on the line, on either side."""
    theirs, ours = (_text(row, place).split("\n")[0].strip() for place in CALLED)
    return theirs, ours


def _meant(row: Sequence[Cell], known: "Mapping[str, _Asked]") -> "_Asked | None":
    """The line of that number, if it is about these; somebody may have taken lines out and numbered anew: then the only
    one about them."""
    called, asked = _called(row), known.get(_text(row, NUMBER))
    if asked is not None and asked.called == called:
        return asked
    alike = [each for each in known.values() if each.called == called]
    return alike[0] if len(alike) == 1 else None


_WRITTEN = ("does", "whose", "subject", "other", "field", "old", "value", "reason")


class _Asked:
    """One line as the hidden sheet remembers it; whatever does not fit the model there counts as not remembered."""

    def __init__(self, row: Sequence[Cell]) -> None:
        self._row = row
        self.fits = frozenset(self("fits").split(",")) & frozenset(DOES)
        self.theirs, self.ours = self._side("register"), self._side("ledger")

    @property
    def called(self) -> tuple[str, str]:
        """Who stands on the line, as `_called` reads it."""
        theirs, ours = (" ".join((each.name if each else "").split("\n")).strip() for each in (self.theirs, self.ours))
        return theirs, ours

    def __call__(self, name: str) -> str:
        return _text(self._row, IDS.index(name))

    def answers(self, does: Does, at: str, reason: str) -> Iterator[Answer]:
        """What the answer says: of each value that differs one, or one of the whole line."""
        hidden = redact.redact(reason)
        base: dict[str, Any] = {
            "does": does, "code": "register", "finding": "", "at": at, "whose": self("register"),
            "reason": (hidden.text if hidden else reason) or None, "source": self._where(self._place),
        }  # fmt: skip
        if does in ("listed", "out_of_scope"):
            kind = self("register_kind") if does == "listed" else None
            if self.theirs is not None:
                yield Answer(**base, subject=self.theirs, value=kind if kind in _KINDS else None)
        elif self.ours is None:
            return
        elif does in ("same", "different"):
            if self.theirs is not None:
                yield Answer(**base, subject=self.ours, other=self.theirs)
        else:
            base |= {"subject": self.ours, "other": self.theirs}
            differs = list(self._differs())
            for field, value, old, cell in differs:
                if does == "ledger_holds" or _exact(field, value):
                    place = self._where(cell) if cell else base["source"]
                    yield Answer(**base | {"field": field, "value": value, "old": old, "source": place})
            if does == "ledger_holds" and not differs:
                yield Answer(**base)

    @property
    def _place(self) -> Mapping[str, str]:
        return {each: self(f"register_{each}") for each in WHERE}

    @staticmethod
    def _where(place: Mapping[str, str]) -> Source | None:
        if not place["file"]:
            return None
        digits = "".join(mark for mark in place["cell"] if mark.isdigit())
        row = int(digits[:7]) if digits else None
        return Source(file=place["file"], sheet=place["sheet"] or None, row=row, cell=place["cell"] or None)

    def _side(self, side: str) -> Subject | None:
        found = {each: self(f"{side}_{each}") or None for each in SIDE}
        return Subject.model_validate(found) if found["name"] else None

    def _differs(self) -> Iterator[tuple[str, Value, Value, Mapping[str, str] | None]]:
        """Field, what the register says, what the ledger said, and the register's cell."""
        try:
            told = json.loads(self("differs") or "[]")
        except ValueError:
            return
        for each in told if isinstance(told, list) else ():
            if isinstance(each, list) and len(each) == 4 and each[0] in _FIELDS:
                name, register, ledger, cell = each
                if _may_be(name, register) and _may_be(name, ledger):
                    yield name, register, ledger, {**self._place, "cell": cell} if isinstance(cell, str) else None


def _exact(name: str, value: object) -> bool:
    """Whether the ledger could take it."""
    if about()[name].holds == "count":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST
    return value is not None


def _may_be(name: str, value: object) -> bool:
    match about()[name].holds:
        case "count":
            return value is None or _exact(name, value) or (isinstance(value, str) and bool(_SPAN.fullmatch(value)))
        case "flag":
            return value is None or isinstance(value, bool)
        case _:
            return value is None or (isinstance(value, str) and value in set(map(str, CHOICES[name])))


def _text(row: Sequence[Cell], place: int) -> str:
    return as_text(row[place]).strip() if place < len(row) else ""
