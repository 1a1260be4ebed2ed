"""A ledger in; its rounds at hand, and the tables of any of them when somebody asks."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.files import Drive
from coverage_census.ledger import entries, parquet, problem_rows, seal, store
from coverage_census.ledger.force import in_force
from coverage_census.model.reading import Problem
from coverage_census.model.rounds import Entry, Round

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Past:
    """The rounds that stand before the one being written."""

    folder: Path
    rounds: tuple[Round, ...]
    drive: Drive

    @cached_property
    def head(self) -> "pa.Table":
        """The rows of the newest round."""
        return self.table(len(self.rounds))

    def seen_as(self, head: "pa.Table") -> "Past":
        """The same with other rows in the place of the newest round's, as far as a draft is concerned."""
        other = Past(self.folder, self.rounds, self.drive)
        other.__dict__["head"] = head  # where `cached_property` keeps it
        return other

    def table(self, number: int) -> "pa.Table":
        """The rows of any round."""
        return parquet.read(self._data(number))

    def written(self) -> bytes:
        """The newest round's organisations as they were written."""
        return self._data(len(self.rounds))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every human decision so far, in the order in which they came in."""
        rounds = in_force(self.rounds)
        return tuple(each for one in rounds for each in entries.read(self.folder, one.number, self.drive))

    def entries_of(self, number: int) -> tuple[Entry, ...]:
        """The human decisions that came in with one round."""
        return entries.read(self.folder, number, self.drive)

    def problems(self, number: int) -> tuple[Problem, ...]:
        """What was found when one round was written."""
        return problem_rows.read(store.round_folder(self.folder, number) / store.PROBLEMS)

    def taken_over(self, number: int, file: str) -> bool:
        """Whether a later file has named again what `file` named when it came in with round `number`."""
        return self._confirmed_by(len(self.rounds), number)[file] < self._confirmed_by(number, number)[file]

    def _confirmed_by(self, of: int, number: int) -> Counter[str | None]:
        """How many organisations of round `of` rest on each file of round `number`."""
        rows = parquet.read(self._data(of), ["source_file", "confirmed_round"]).to_pydict()
        pairs = zip(rows["source_file"], rows["confirmed_round"], strict=True)
        return Counter(file for file, confirmed in pairs if confirmed == number)

    def _data(self, number: int) -> bytes:
        sealed = seal.read(store.round_folder(self.folder, number), self.drive)
        return seal.content(sealed, store.ORGANISATIONS, self.drive)
