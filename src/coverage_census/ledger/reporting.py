"""The rounds of a ledger in; which townships reported in a period (报送期) and which organisations they named out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage_census.files import DRIVE, Drive
from coverage_census.ledger import counties, rounds
from coverage_census.ledger.force import in_force
from coverage_census.ledger.living import gone
from coverage_census.model.choices import is_gone
from coverage_census.model.rounds import Round

Place = tuple[str | None, str]  # county, township


@dataclass(frozen=True)
class Period:
    """报送期: the rounds that belong together. `since`: the first day of the quarter, where rounds have no name."""

    name: str | None
    since: str | None
    rounds: tuple[Round, ...]


def standing(every: Sequence[Round]) -> tuple[Round, ...]:
    """The rounds that count and in which sheets came in: decisions and undoings are no reports."""
    return tuple(each for each in in_force(every) if each.files and each.supersedes is None)


def period(every: Sequence[Round], found: Round | None, name: str | None) -> Period:
    """The period that `found` belongs to: the rounds of its name, else those of its quarter.

    `name`, where no round is called so yet, gives a period in which nobody has reported.
    """
    reports = standing(every)
    if found is None:
        return Period(name, None, ())
    if found.name is None and not found.files:  # a round of decisions: the last report before it
        found = next((each for each in reversed(reports) if each.number <= found.number), found)
    if found.name is not None:
        return Period(found.name, None, tuple(each for each in reports if each.name == found.name))
    since = _quarter(found.as_of)
    same = (each for each in reports if each.name is None and _quarter(each.as_of) == since)
    return Period(None, since, tuple(same))


def _quarter(day: str) -> str:
    """The first day of the quarter; of a day whose month is not known the year."""
    if len(day) < 7:
        return day[:4]
    month = (int(day[5:7]) - 1) // 3 * 3 + 1
    return f"{day[:4]}-{month:02d}-01"


def state_of(every: Sequence[Round], which: Period) -> Round | None:
    """The round whose state shows the period: the last one before anything else was reported."""
    if not every:
        return None
    last = which.rounds[-1].number if which.rounds else len(every)
    later = [each.number for each in standing(every) if each.number > last]
    return every[min(later) - 2] if later else every[-1]


def reports(every: Iterable[Round]) -> dict[Place, tuple[Round, ...]]:
    """Township → the rounds in which a sheet spoke for it, the oldest first; without a county: of the only one."""
    every = tuple(every)
    only, found = counties.only_of(every), dict[Place, dict[int, Round]]()
    last = counties.as_read_last(every)
    for each in every:
        for scope in each.scopes if last.get(each.number, each.files) or not each.files else ():
            if scope.township is not None:
                found.setdefault((scope.county or only, scope.township), {})[each.number] = each
    return {place: tuple(of.values()) for place, of in found.items()}


@dataclass(frozen=True)
class Count:
    """Organisations of one kind in one place: the living, those of them that were named, and those that are gone, of
    whom nobody expects a report."""

    county: str | None
    township: str | None
    kind: str | None
    known: int
    named: int
    gone: int = 0


def counts(folder: Path, state: Round, named_in: Collection[int], drive: Drive = DRIVE) -> tuple[Count, ...]:
    """How many organisations each place has, and how many the rounds `named_in` have named."""
    named = _named(named_in)
    rows = rounds.relation(folder, state, drive).aggregate(
        "county, township, kind, "
        f"count(*) FILTER (NOT {gone()}), count(*) FILTER (({named}) AND NOT {gone()}), count(*) FILTER ({gone()})",
        "county, township, kind",
    )
    return tuple(Count(*row) for row in rows.fetchall())


@dataclass(frozen=True)
class Unnamed:
    """An organisation that no sheet of the period has named."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    kind: str | None
    last_round: int | None


def unnamed(folder: Path, state: Round, named_in: Collection[int], drive: Drive = DRIVE) -> tuple[Unnamed, ...]:
    """All of them but those that are gone, in the order of the ledger."""
    found = rounds.relation(folder, state, drive).filter(f"NOT ({_named(named_in)}) AND NOT {gone()}")
    rows = found.project("name, uscc, county, township, kind, confirmed_round").fetchall()
    return tuple(Unnamed(*row) for row in rows)


def _named(named_in: Collection[int]) -> str:
    numbers = ", ".join(str(int(number)) for number in sorted(named_in))
    return f"coalesce(confirmed_round IN ({numbers}), false)" if numbers else "false"


@dataclass(frozen=True)
class Matched:
    """A line of the register (名册); `row` is its organisation in the ledger's state, None: the ledger has it not.

    `gone`: the ledger knows that it is gone, whatever the register says.
    """

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    kind: str | None
    row: int | None
    confirmed_round: int | None
    gone: bool = False


_OF_THE_LEDGER = ("confirmed_round", "operating_status")


def against(folder: Path, state: Round | None, register: Any, drive: Drive = DRIVE) -> tuple[tuple[Matched, ...], int]:
    """Each distinct line of `register` (a table of `tables.schema()`) with its organisation; how many of the ledger's
    organisations, those that are gone aside, stand on no line."""
    from coverage_census.ledger import identity, identity_keys, intake, parquet
    from coverage_census.ledger.core_name import Cores

    cores = Cores()
    lines = intake.distinct(intake.Intake(register, ()), cores)
    names = ("name", "uscc", "county", "township", "kind")
    columns = {name: lines.table[name].to_pylist() for name in names}
    partners: Sequence[int | None] = [None] * lines.table.num_rows
    head: Mapping[str, list[Any]] = {}
    if state is not None:
        wanted = [*identity_keys.IDENTITY, *_OF_THE_LEDGER]
        table = parquet.read(rounds.parquet(folder, state, drive).read_bytes(), list(dict.fromkeys(wanted)))
        partners = identity.across(lines.keys, intake.keys(table, cores)).of
        head = {name: table[name].to_pylist() for name in (*names, *_OF_THE_LEDGER)}
    found = []
    for line, row in enumerate(partners):
        own = {name: columns[name][line] for name in names}
        if row is not None:  # a register often says less of the place than the sheets
            own |= {name: head[name][row] for name in ("county", "township", "kind") if own[name] is None}
        confirmed, status = (head[name][row] if row is not None else None for name in _OF_THE_LEDGER)
        found.append(Matched(**own, row=row, confirmed_round=confirmed, gone=is_gone(status)))
    held = {row for row in partners if row is not None}
    statuses = head.get("operating_status", [])
    return tuple(found), sum(1 for row, each in enumerate(statuses) if row not in held and not is_gone(each))
