"""A table of organisations in; which row a human decision is about, and whose cell a problem lies in, out."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from coverage_census.model.reading import FileReading, Subject
from coverage_census.model.tables import PROVENANCE

if TYPE_CHECKING:
    import pyarrow as pa


class Subjects:
    """The organisations of one table by code, by name and by where they stand."""

    def __init__(self, table: "pa.Table", files: Sequence[FileReading] = ()) -> None:
        self._table = table
        self._cards = {(file.file, each.sheet): each for file in files for each in file.sheets if each.kind == "card"}

    def row(self, subject: Subject) -> int | None:
        """By its code; else by its name, if only one of that name may be meant."""
        if subject.uscc and (found := self._by_code.get(subject.uscc)) is not None:
            return found
        rows = [row for row in self._by_name.get(subject.name, ()) if self.same(subject, self._subject(row))]
        return rows[0] if len(rows) == 1 else None

    def any(self, subject: Subject) -> bool:
        """Whether it is in the table at all, be it once or several times."""
        if subject.uscc and subject.uscc in self._by_code:
            return True
        return any(self.same(subject, self._subject(row)) for row in self._by_name.get(subject.name, ()))

    def at(self, file: str, sheet: str | None, cell: str | None) -> Subject | None:
        """Whose row a cell stands in; on cards, which may stand side by side, whose card."""
        if (card := self._cards.get((file, sheet or ""))) is not None:
            number, rows = card.card_of(cell), self._by_sheet.get((file, sheet), [])
            found = [rows[number]] if number is not None and len(rows) == len(card.cards) else []
        else:
            digits = "".join(mark for mark in cell or "" if mark.isdigit())
            found = self._by_place.get((file, sheet, int(digits or 0)), [])
        return self._subject(found[0]) if len(found) == 1 else None

    @staticmethod
    def same(one: Subject, other: Subject) -> bool:
        if one.uscc and other.uscc:
            return one.uscc == other.uscc
        return one.name == other.name and (
            one.township == other.township or one.township is None or other.township is None
        )

    def _subject(self, row: int) -> Subject:
        return Subject(**{name: self._columns[name][row] for name in ("name", "uscc", "county", "township")})

    @cached_property
    def _columns(self) -> Mapping[str, list[Any]]:
        return {name: self._table[name].to_pylist() for name in ("name", "uscc", "county", "township")}

    @cached_property
    def _by_code(self) -> Mapping[str, int]:
        return {code: row for row, code in enumerate(self._columns["uscc"]) if code}

    @cached_property
    def _by_name(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, name in enumerate(self._columns["name"]):
            found.setdefault(name, []).append(row)
        return found

    @cached_property
    def _by_sheet(self) -> Mapping[tuple[str, str | None], list[int]]:
        found: dict[tuple[str, str | None], list[int]] = {}
        for (file, sheet, _), rows in self._by_place.items():
            found.setdefault((file, sheet), []).extend(rows)
        return {place: sorted(rows) for place, rows in found.items()}

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str | None, int], list[int]]:
        places = zip(*(self._table[name].to_pylist() for name in PROVENANCE), strict=True)
        found: dict[tuple[str, str | None, int], list[int]] = {}
        for row, place in enumerate(places):
            found.setdefault(place, []).append(row)
        return found
