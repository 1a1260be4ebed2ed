"""A ledger and a policy in; what each round said of each organisation, and what it was first known by, out.

A row keeps its place from round to round, so what was decided of identity at the time (renamings, people's answers)
is read off. Rounds that changed no organisation are passed over: they can only hold what people said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coverage_census.commands.basis import Basis
from coverage_census.commands.session import Session
from coverage_census.model.decision import Gap, Verdict
from coverage_census.model.rounds import Round
from coverage_census.policy.files.policy import Policy
from coverage_census.tasks.numbers import First, code

Row = dict[str, Any]
End = tuple[Verdict, Gap | None]
Ends = tuple[End, ...]
"""How each rule of the policy ended, in its order."""

KEYS = ("name", "uscc", "county", "township")
_PLACE = "row"


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


def past(session: Session, found: Basis, carry: set[str] | None) -> TaskPast:
    """Up to the round of `found`, with its facts (with `carry`, these only).

    One policy is the yardstick for all rounds, so that a change of policy alone does no work."""
    from coverage_census.ledger.store.force import in_force

    ledger = session.settings.ledger
    every = session.rounds()[: found.round.number]
    known, told, before, went = KnownEnds(), list[RoundTold](), list[Sequence[int | None]](), dict[str, str]()
    changing = list(_changing(ledger, in_force(every)))
    for each in changing:
        places, merged = _places(ledger, every, told[-1].round, each) if told else ([None] * each.organisations, {})
        wanted = {*KEYS, "confirmed_round"}
        newest = each is changing[-1]
        read = rows(ledger, each, found.policy, wanted if not newest else None if carry is None else wanted | carry)
        now = _told(each, read, known, places, told[-1].first if told else (), newest)
        for old, new in merged.items():
            went[code(told[-1].first[old])] = code(now.first[new])
        told.append(now)
        before.append(places)
    return TaskPast(told, before, known, went)


def _changing(ledger: Path, every: Sequence[Round]) -> Iterator[Round]:
    """The rounds whose organisations are not, byte for byte, those of the round before."""
    from coverage_census.files.disk import DRIVE
    from coverage_census.ledger.store import rounds_folder, seal

    last = None
    for each in every:
        found = seal.read(rounds_folder.round_folder(ledger, each.number), DRIVE).hashes.get(
            rounds_folder.ORGANISATIONS
        )
        if found != last:
            yield each
        last = found


def _places(
    ledger: Path, every: Sequence[Round], old: Round, new: Round
) -> tuple[Sequence[int | None], Mapping[int, int]]:
    from coverage_census.ledger.compare import pairing
    from coverage_census.ledger.periods import row_places

    found: list[int | None] = [None] * new.organisations
    known = row_places.places(every[old.number - 1 : new.number])
    if known is None:
        for before, after in pairing.pair(ledger, old, new).execute("SELECT old, new FROM pairs").fetchall():
            found[after] = before
        return found, {}
    for run in known.runs:
        found[run.new : run.new + run.length] = range(run.old, run.old + run.length)
    return found, known.merged


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
        at = row[_PLACE]
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


def rows(ledger: Path, which: Round, policy: Policy, carry: set[str] | None) -> Iterator[tuple[Row, Ends]]:
    """Every organisation of a round with its place (`row`), its facts (with `carry`, these only) and its ends."""
    from coverage_census.ledger import rounds as store
    from coverage_census.ledger.store import query
    from coverage_census.policy.decide import records

    connection = query.connection(which.organisations)
    path = str(store.parquet(ledger, which))
    table = connection.read_parquet(path, hive_partitioning=False, file_row_number=True)
    table = table.project(f"* EXCLUDE (file_row_number), file_row_number AS {_PLACE}")
    if which.organisations <= records.FEW:
        return _one_by_one(table, policy)
    return _in_columns(table, policy, carry)


def _one_by_one(table: Any, policy: Policy) -> Iterator[tuple[Row, Ends]]:
    from coverage_census.policy.decide import frames, records

    for row in records.completed(frames.plain_rows(table), policy):
        yield row, tuple((end.verdict, end.gap) for end in records.ends(row, policy).values())


def _in_columns(table: Any, policy: Policy, carry: set[str] | None) -> Iterator[tuple[Row, Ends]]:
    from coverage_census.policy.decide import columns
    from coverage_census.policy.decide.verdicts import ways
    from coverage_census.policy.language.record_algebra import OneRecord

    frame = columns.ends(table, policy, carry=None if carry is None else {*carry, _PLACE})
    by_rule = [[(end.verdict, end.gap) for _, end in ways(policy, rule, OneRecord({}))] for rule in policy.rules]
    names = [name for name in frame.columns if carry is None or name in {*carry, _PLACE} or name.startswith("end_")]
    native: Any = frame.select(*names).to_native()
    at = [names.index(f"end_{rule}") for rule in policy.rules]
    read: dict[tuple[int, ...], Ends] = {}
    for values in native.fetchall():
        numbers = tuple(values[place] for place in at)
        if numbers not in read:
            read[numbers] = tuple(ends[number] for ends, number in zip(by_rule, numbers, strict=True))
        yield dict(zip(names, values, strict=True)), read[numbers]
