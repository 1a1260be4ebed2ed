"""A round and a policy in; the tables that lists, figures and reports are made from out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model import days
from coverage_census.model.decision import PolicyStamp
from coverage_census.model.rounds import Round
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy

if TYPE_CHECKING:
    from coverage_census.places.areas import Area

ENGINES = ("duckdb", "pyarrow", "pandas", "spark")
PLACES = ("county", "township")


@dataclass(frozen=True)
class Basis:
    """One round under one policy; `table` holds its organisations, in the form of the engine that was asked for."""

    round: Round
    policy: Policy
    table: Any
    engine: str = "duckdb"

    @property
    def is_few(self) -> bool:
        """Whether the rows are sooner decided one by one; who asks for another engine gets it."""
        from coverage_census.policy.decide import records

        return self.engine == "duckdb" and self.round.organisations <= records.FEW

    @property
    def stamp(self) -> PolicyStamp:
        return self.policy.stamp

    def decided(self, carry: Collection[str] | None = None, rules: Collection[str] | None = None) -> Any:
        """The table with facts and the ends of rules as columns, to count by; with `carry` only these of its own
        columns, with `rules` the ends of these rules."""
        from coverage_census.policy.decide import columns as decide

        return decide.ends(self.table, self.policy, rules, carry)

    def judged(self, carry: Collection[str], rules: Collection[str]) -> Any:
        """As `decided`, with the verdicts in words."""
        from coverage_census.policy.decide import columns as decide

        return decide.columns(self.table, self.policy, rules, carry)

    def completed(self) -> list[dict[str, Any]]:
        """The rows with derived facts, one by one: sooner than `facts` where `is_few`."""
        from coverage_census.policy.decide import frames, records

        return records.completed(frames.plain_rows(self.table), self.policy)

    def judged_rows(self, rule: str) -> list[dict[str, Any]]:
        """As `completed`, with the verdict and gap of one rule in words."""
        from coverage_census.policy.decide import records

        return [row | records.in_words(row, self.policy, rule) for row in self.completed()]

    def facts(self) -> Any:
        """The table with derived facts: its rows are what an explanation starts from."""
        from coverage_census.policy.decide import columns as decide

        return decide.facts(self.table, self.policy)


def basis(session: Session) -> Basis:
    """The round that was asked for (else the latest) and the policy in force on its day."""
    if session.engine not in ENGINES:
        raise WrongUsage("unknown_engine", engine=session.engine, known="、".join(ENGINES))
    found = session.find(session.round, session.as_of)
    policy = policy_named(session, session.policy_name, found)
    return Basis(found, policy, _table(session, found), session.engine)


def policy_named(session: Session, name: str, found: Round, *, tried: bool = True) -> Policy:
    """The policy `name` on the day of this run; `tried`: with the numbers of --what-if."""
    policy = rulebook.load(name, session.as_of or last_day(found.as_of), session.settings.policies)
    if not (tried and session.what_if):
        return policy
    from coverage_census.policy.figures import what_if

    return what_if.changed(policy, session.what_if)


def _table(session: Session, found: Round) -> Any:
    """The organisations of a round in the form of the engine that was asked for."""
    from coverage_census.ledger import rounds

    if session.engine == "spark":
        return _spark(rounds.parquet(session.settings.ledger, found))
    relation = rounds.relation(session.settings.ledger, found)
    if session.engine == "duckdb":
        return relation
    arrow = relation.to_arrow_table()
    return arrow.to_pandas() if session.engine == "pandas" else arrow


def _spark(path: Path) -> Any:
    """A round on whatever cluster Spark is set up for (else this machine)."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise CensusError("engine_missing", engine="spark", extra="spark") from error
    return SparkSession.builder.appName("census").getOrCreate().read.parquet(str(path))


def within(frame: Any, areas: Iterable[str], columns: Collection[str]) -> Any:
    """Only the rows of these areas; a name that none of `columns` holds is refused with the nearest ones."""
    import narwhals as nw

    wanted = tuple(areas)
    if not wanted:
        return frame
    from coverage_census.policy.decide.frames import rows

    there = rows(frame.select(*columns).unique())
    return frame.filter(nw.any_horizontal(*(_flag(area, columns) for area in meant(there, wanted)), ignore_nulls=True))


def inside(frame: Any, areas: Collection[str]) -> Any:
    """The same by the names of the ledger (none: all); an area that is not there has no row, and nothing is refused."""
    import narwhals as nw

    if not areas:
        return frame
    return frame.filter(nw.any_horizontal(*(nw.col(place).is_in(list(areas)) for place in PLACES), ignore_nulls=True))


def _flag(area: "Area", columns: Collection[str]) -> Any:
    import narwhals as nw

    named = nw.any_horizontal(*((nw.col(name) == area.name).fill_null(False) for name in columns), ignore_nulls=True)
    return named if area.county is None else named & (nw.col("county") == area.county).fill_null(True)


def among(every: Sequence[dict[str, Any]], areas: Iterable[str], columns: Collection[str]) -> Sequence[dict[str, Any]]:
    """The same of a few rows."""
    wanted = tuple(areas)
    if not wanted:
        return every
    found = meant([{name: row[name] for name in columns} for row in every], wanted)
    return [row for row in every if any(area.has(row["county"], *(row[name] for name in columns)) for area in found)]


def meant(rows: Iterable[Mapping[str, Any]], areas: Iterable[str]) -> "tuple[Area, ...]":
    """The areas that these names stand for, among the places of the rows."""
    from coverage_census.places import areas as spelled

    there = list(rows)
    others = {str(value) for row in there for name, value in row.items() if name not in PLACES and value is not None}
    return spelled.meant(areas, {(row.get("county"), row.get("township")) for row in there}, others)


def values(frame: Any, columns: Iterable[str]) -> set[str]:
    """Every text that stands in one of these columns."""
    from coverage_census.policy.decide.frames import rows

    found = (row[name] for name in columns for row in rows(frame.select(name).unique()))
    return {str(value) for value in found if value is not None}


def last_day(partial: str) -> date:
    """The last day that a partial date may mean: what was in force by then."""
    return date.fromisoformat(days.last_of(partial))
