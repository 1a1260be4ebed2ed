"""Rounds as they were decided in; what each said of each organisation, and what it was first known by, out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.record import Row
from coverage_census.model.rounds import Round
from coverage_census.tasks.numbers import First, code

KEYS = ("name", "uscc", "county", "township")


End = tuple[Verdict, Gap | None]
Ends = tuple[End, ...]
"""How each rule of the policy ended, in its order."""


@dataclass
class KnownEnds:
    """Ends that occur, each once: there are few of them, and many rows."""

    all: list[Ends] = field(default_factory=list)
    numbers: dict[Ends, int] = field(default_factory=dict)

    def number(self, ends: Ends) -> int:
        if ends not in self.numbers:
            self.numbers[ends] = len(self.all)
            self.all.append(ends)
        return self.numbers[ends]


@dataclass(frozen=True)
class RoundTold:
    """One round: for each row what it was first known by, the number of its ends, and whether a sheet named it now;
    and, of the newest round only, its facts."""

    round: Round
    first: Sequence[First]
    ends: Sequence[int]
    fresh: Sequence[bool]
    facts: Sequence[Row] = ()


@dataclass(frozen=True)
class TaskPast:
    """Every round that changed something; `before[k]` gives the row of round k-1 for a row of round k (None: new).

    `went` leads from the code of an organisation that was found to be another one to that other one's.
    """

    told: Sequence[RoundTold]
    before: Sequence[Sequence[int | None]]
    known: KnownEnds
    went: Mapping[str, str]

    def way(self, row: int) -> tuple[tuple[int, bool] | None, ...]:
        """Of a row of the newest round: the number of its ends in every round, and whether a sheet named it."""
        found: list[tuple[int, bool] | None] = []
        at: int | None = row
        for told, before in zip(reversed(self.told), reversed(self.before), strict=True):
            found.append(None if at is None else (told.ends[at], told.fresh[at]))
            at = None if at is None else before[at]
        return tuple(reversed(found))

    def code(self, row: int) -> str:
        return code(self.told[-1].first[row])


@dataclass
class PastRead:
    """The rounds as they are read, the oldest first."""

    told: list[RoundTold] = field(default_factory=list)
    before: list[Sequence[int | None]] = field(default_factory=list)
    known: KnownEnds = field(default_factory=KnownEnds)
    went: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        which: Round,
        read: Iterable[tuple[Row, Ends]],
        places: tuple[Sequence[int | None], Mapping[int, int]],
        *,
        facts: bool,
    ) -> None:
        """One more round: its rows, and where each stood in the round before; `facts`: they are kept, not only ends."""
        at, merged = places
        now = _told(which, read, self.known, at, self.told[-1].first if self.told else (), facts)
        for old, new in merged.items():
            self.went[code(self.told[-1].first[old])] = code(now.first[new])
        self.told.append(now)
        self.before.append(at)

    def done(self) -> TaskPast:
        return TaskPast(self.told, self.before, self.known, self.went)


def _told(
    which: Round,
    read: Iterable[tuple[Row, Ends]],
    known: KnownEnds,
    places: Sequence[int | None],
    before: Sequence[First],
    newest: bool,
) -> RoundTold:
    first: list[First | None] = [None if at is None else before[at] for at in places]
    seen = Counter(each[:4] for each in first if each is not None)
    ends, fresh, facts = [0] * which.organisations, [False] * which.organisations, list[Row]()
    for row, found in read:
        at = row["row"]
        ends[at] = known.number(found)
        fresh[at] = row["confirmed_round"] == which.number
        if first[at] is None:
            first[at] = (row["uscc"], row["county"], row["township"], row["name"], 0)
        if newest:
            facts.append(row)
    for at, known_by in enumerate(first):
        if places[at] is None and known_by is not None:
            number = seen[known_by[:4]]
            seen[known_by[:4]] += 1
            if number:
                first[at] = (*known_by[:4], number)
    return RoundTold(which, [each for each in first if each is not None], ends, fresh, facts)


def since(before: TaskPast, row: int, rule: int, days: list[date]) -> date | None:
    """The oldest sheet since which no sheet has shown it met, or no longer asked."""
    first = None
    for each, day in zip(reversed(before.way(row)), reversed(days), strict=True):
        verdict = None if each is None else before.known.all[each[0]][rule][0]
        if verdict in {None, Verdict.MET, Verdict.EXEMPT}:
            break
        first = day if verdict is Verdict.GAP else first
    return first
