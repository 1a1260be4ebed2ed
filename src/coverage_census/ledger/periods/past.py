"""A ledger in; its rounds at hand, and the tables of any of them when somebody asks."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.files.disk import Drive
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.store import entries, parquet, problem_rows, rounds_folder, seal
from coverage_census.ledger.store.force import in_force
from coverage_census.model import tables
from coverage_census.model.days import last_of
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
    _drafted: "dict[tuple[int, str | None], pa.Table]" = field(default_factory=dict)
    _decided: dict[int, tuple[Entry, ...]] = field(default_factory=dict)
    _seen: "Callable[[pa.Table], pa.Table] | None" = None

    @cached_property
    def head(self) -> "pa.Table":
        """The rows of the newest round; none before the first."""
        return self.table(len(self.rounds)) if self.rounds else tables.schema().empty_table()

    def state(self, which: Round) -> "pa.Table":
        """The rows of a round, or of the past state that it stands for."""
        drafted = self._drafted.get((which.number, which.at))
        rows = (
            drafted if drafted is not None else parquet.read(self._data(which.number, rounds_folder.state_file(which)))
        )
        return self._seen(rows) if self._seen else rows

    def day_of(self, number: int, file: str | None, sheet: str | None) -> str:
        """The day that a sheet spoke for when it came in with a round; 0, of no sheet, is as old as the first."""
        number = number or 1
        if number not in self._days:
            self._days[number] = cut_off.days_of(self.rounds[number - 1].files)
        each = self.rounds[number - 1]
        return self._days[number].get((file, sheet)) or each.day or last_of(each.as_of)

    def moment(self, number: int | None, file: str | None, sheet: str | None) -> tuple[str, int]:
        """Of what a row rests on: of two words on one field the later one counts."""
        return self.day_of(number or 1, file, sheet), number or 1

    @cached_property
    def _days(self) -> dict[int, dict[cut_off.Sheet, str]]:
        return {}

    @cached_property
    def numbered(self) -> dict[Entry, int]:
        """Every human decision in force, and the round in which it came in last."""
        self._know_entries()
        return {each: one.number for one in in_force(self.rounds) for each in self.entries_of(one.number)}

    def seen_as(
        self, head: "pa.Table", rounds: tuple[Round, ...], seen: "Callable[[pa.Table], pa.Table] | None" = None
    ) -> "Past":
        """The same with other rows in the place of the newest round's, as far as a draft is concerned; `seen` makes of
        every earlier state what is to be seen of it."""
        other = Past(self.folder, rounds, self.drive, self._drafted, self._decided, seen)
        other.__dict__["head"] = head  # where `cached_property` keeps it
        return other

    def table(self, number: int) -> "pa.Table":
        """The rows of any round."""
        drafted = self._drafted.get((number, None))
        return drafted if drafted is not None else parquet.read(self._data(number))

    def after(self, each: Round, states: "Mapping[str | None, pa.Table]", said: tuple[Entry, ...]) -> "Past":
        """As it would be had a draft been written as round `each`: its state (None) and past states, by day."""
        drafted = self._drafted | {(each.number, day): table for day, table in states.items()}
        decided = self._decided | {each.number: said}
        return Past(self.folder, (*self.rounds, each), self.drive, drafted, decided)

    def written(self) -> bytes:
        """The newest round's organisations as they were written."""
        return self._data(len(self.rounds))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every human decision so far, in the order in which they came in."""
        self._know_entries()
        rounds = in_force(self.rounds)
        return tuple(each for one in rounds for each in self.entries_of(one.number))

    def _know_entries(self) -> None:
        """Those of all rounds at once."""
        unknown = [each for each in in_force(self.rounds) if each.number not in self._decided]
        if unknown:
            self._decided.update(entries.of(self.folder, unknown, self.drive))

    def entries_of(self, number: int) -> tuple[Entry, ...]:
        """The human decisions that came in with one round."""
        if number not in self._decided:
            self._decided[number] = entries.read(self.folder, number, self.drive)
        return self._decided[number]

    def problems(self, number: int) -> tuple[Problem, ...]:
        """What was found when one round was written."""
        return problem_rows.read(rounds_folder.round_folder(self.folder, number) / rounds_folder.PROBLEMS)

    def taken_over(self, number: int, file: str) -> bool:
        """Whether a later file has named again what `file` named when it came in with round `number`."""
        return self._confirmed_by(len(self.rounds), number)[file] < self._confirmed_by(number, number)[file]

    def _confirmed_by(self, of: int, number: int) -> Counter[str | None]:
        """How many organisations of round `of` rest on each file of round `number`."""
        drafted = self._drafted.get((of, None))
        wanted = ["source_file", "confirmed_round"]
        rows = (parquet.read(self._data(of), wanted) if drafted is None else drafted.select(wanted)).to_pydict()
        pairs = zip(rows["source_file"], rows["confirmed_round"], strict=True)
        return Counter(file for file, confirmed in pairs if confirmed == number)

    def _data(self, number: int, name: str = rounds_folder.ORGANISATIONS) -> bytes:
        sealed = seal.read(rounds_folder.round_folder(self.folder, number), self.drive)
        return seal.content(sealed, name, self.drive)
