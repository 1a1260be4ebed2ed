"""The rounds of a ledger in; which townships reported in a period (报送期) and which organisations they named out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds
from coverage_census.ledger.intake import counties
from coverage_census.ledger.living import gone
from coverage_census.ledger.periods import periods
from coverage_census.ledger.store.force import in_force
from coverage_census.model.choices import is_gone
from coverage_census.model.periods import read
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round, Scope

Place = tuple[str | None, str]  # county, township


@dataclass(frozen=True)
class NamingRounds:
    """Rounds that name organisations; `others`: what sheets of another period spoke for, which came in with them."""

    rounds: frozenset[int]
    others: frozenset[tuple[int, Scope]] = frozenset()

    def holds(self, number: int | None, county: str | None, township: str | None, kind: str | None) -> bool:
        """Whether an organisation that was last named in round `number` was named by one of these sheets."""
        return number in self.rounds and not any(
            (number, township, kind) == (other, scope.township, scope.kind)
            and (county == scope.county or None in (county, scope.county))
            for other, scope in self.others
        )

    def sql(self) -> str:
        """The same as a condition on a row of the ledger."""
        numbers = ", ".join(map(str, sorted(self.rounds)))
        said = [f"coalesce(confirmed_round IN ({numbers}), false)" if numbers else "false"]
        for number, scope in self.others:
            own = f"county IS NULL OR county = {_quoted(scope.county)}" if scope.county else "true"
            places = f"township IS NOT DISTINCT FROM {_quoted(scope.township)} AND kind IS NOT DISTINCT FROM "
            said.append(f"NOT (confirmed_round = {number} AND {places}{_quoted(scope.kind)} AND ({own}))")
        return " AND ".join(said)


def _quoted(text: str | None) -> str:
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"


@dataclass(frozen=True)
class ReportingPeriod:
    """报送期: one period (`ledger.periods`) and who reported in it. `name`: what it is called beside its `key`;
    `since`: its first day, None of a mere label; `undone`: reports of it that were taken back."""

    key: str | None
    name: str | None
    since: str | None
    rounds: tuple[Round, ...]
    undone: tuple[Round, ...] = ()

    def speaks(self, scope: Scope, each: Round) -> bool:
        """Whether a sheet is a report of this period: one of a day before it is none."""
        return periods.speaks_for(periods.Term(self.key, None if self.key else self.name), scope, each)

    @property
    def named_by(self) -> "NamingRounds":
        """The rounds whose sheets name organisations in this period, and what of them were sheets of another day."""
        others = ((each.number, scope) for each in self.rounds for scope in each.scopes if not self.speaks(scope, each))
        return NamingRounds(frozenset(each.number for each in self.rounds), frozenset(others))


def standing(every: Sequence[Round]) -> tuple[Round, ...]:
    """The rounds that count and in which sheets came in: decisions and undoings are no reports."""
    return tuple(each for each in in_force(every) if periods.is_report(each))


def first_came(every: Sequence[Round], each: Round, township: str | None) -> Round:
    """The round of sheets in which a township's report came in that round `each` only read otherwise, else `each`."""
    own = {file.sha256: file.read_with for file in each.files if file.refused is None and file.sha256}
    for one in every[: each.number - 1]:
        if (
            one.supersedes is None
            and any(
                file.sha256 in own and own[file.sha256] != file.read_with and _same_days(file, each)
                for file in one.files
            )
            and any(scope.township == township for scope in one.scopes)
        ):
            return one
    return each


def _same_days(file: FileReading, each: Round) -> bool:
    """The same cells for a newer day are a report of its own."""
    days = {sheet.speaks_for for one in each.files if one.sha256 == file.sha256 for sheet in one.entering}
    return any(sheet.speaks_for in days for sheet in file.entering)


def period(every: Sequence[Round], found: Round | None, name: str | None) -> ReportingPeriod:
    """The period that `found` belongs to (`every` has been `placed`).

    `name`, where no round is called so yet, gives a period in which nobody has reported.
    """
    if found is None:
        calendar = read(name) if name else None
        return ReportingPeriod(calendar.key if calendar else None, name, calendar.first if calendar else None, ())
    term = periods.term_of(found)
    calendar = read(term.key) if term.key else None
    mine = periods.reports_of(every, term)
    counting = {each.number for each in standing(every)}
    return ReportingPeriod(
        term.key,
        next((each.name for each in reversed(mine) if each.name and periods.term_of(each) == term), found.name),
        calendar.first if calendar else None,
        tuple(each for each in mine if each.number in counting),
        tuple(each for each in mine if each.number not in counting),
    )


def state_of(every: Sequence[Round], which: ReportingPeriod) -> Round | None:
    """The round whose state shows the period: its cut-off, of the newest period how things are now."""
    if not every:
        return None
    term = periods.Term(which.key, None if which.key else which.name)
    return next((each.state for each in periods.terms(every) if each.term == term), every[-1])


def reports(
    every: Iterable[Round], wanted: Callable[[Scope, Round], bool] = lambda scope, each: True
) -> dict[Place, tuple[Round, ...]]:
    """Township → the rounds in which a sheet spoke for it, the oldest first; without a county: of the only one.

    `wanted`: only such sheets.
    """
    every = tuple(every)
    only, found = counties.only_of(every), dict[Place, dict[int, Round]]()
    last = counties.as_read_last(every)
    for each in every:
        for scope in each.scopes if last.get(each.number, each.files) or not each.files else ():
            if scope.township is not None and wanted(scope, each):
                found.setdefault((scope.county or only, scope.township), {})[each.number] = each
    return {place: tuple(of.values()) for place, of in found.items()}


@dataclass(frozen=True)
class PlaceCount:
    """Organisations of one kind in one place: the living, those of them that were named, and those that are gone, of
    whom nobody expects a report. `never`: of the living those that no sheet has ever named (漏报补录)."""

    county: str | None
    township: str | None
    kind: str | None
    known: int
    named: int
    gone: int = 0
    never: int = 0


def counts(folder: Path, state: Round, named: NamingRounds, drive: Drive = DRIVE) -> tuple[PlaceCount, ...]:
    """How many organisations each place has, and how many were `named`."""
    living = f"NOT {gone()}"
    conditions = (living, f"{named.sql()} AND {living}", gone(), f"confirmed_round = 0 AND {living}")
    figures = ", ".join(f"count(*) FILTER ({each})" for each in conditions)
    rows = rounds.relation(folder, state, drive).aggregate(
        f"county, township, kind, {figures}", "county, township, kind"
    )
    return tuple(PlaceCount(*row) for row in rows.fetchall())


@dataclass(frozen=True)
class Unnamed:
    """An organisation that no sheet of the period has named."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    kind: str | None
    last_round: int | None


def unnamed(folder: Path, state: Round, named: NamingRounds, drive: Drive = DRIVE) -> tuple[Unnamed, ...]:
    """All of them but those that are gone, in the order of the ledger."""
    found = rounds.relation(folder, state, drive).filter(f"NOT ({named.sql()}) AND NOT {gone()}")
    rows = found.project("name, uscc, county, township, kind, confirmed_round").fetchall()
    return tuple(Unnamed(*row) for row in rows)


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
    from coverage_census.ledger.identity import keys, match
    from coverage_census.ledger.intake import intake
    from coverage_census.ledger.store import parquet
    from coverage_census.names.core_name import Cores

    cores = Cores()
    lines = intake.distinct(intake.Intake(register, ()), cores)
    names = ("name", "uscc", "county", "township", "kind")
    columns = {name: lines.table[name].to_pylist() for name in names}
    partners: Sequence[int | None] = [None] * lines.table.num_rows
    head: Mapping[str, list[Any]] = {}
    if state is not None:
        wanted = [*keys.IDENTITY, *_OF_THE_LEDGER]
        table = parquet.read(rounds.parquet(folder, state, drive).read_bytes(), list(dict.fromkeys(wanted)))
        partners = match.across(lines.keys, intake.keys(table, cores)).of
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
