"""A round and a policy in; the tables that lists, figures and reports are made from out."""

from pathlib import Path

from coverage_census.commands.registers_compared import contradicted
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.days import last_day
from coverage_census.model.rounds import Round
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy

ENGINES = ("duckdb", "pyarrow", "pandas", "spark")


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


def _table(session: Session, found: Round) -> object:
    """The organisations of a round in the form of the engine that was asked for."""
    from coverage_census.ledger import rounds

    if session.engine == "spark":
        return _spark(rounds.parquet(session.settings.ledger, found))
    unknown = {field: tuple(rows) for field, rows in contradicted(session, found).items() if rows}
    relation = rounds.relation(session.settings.ledger, found, unknown=unknown)
    if session.engine == "duckdb":
        return relation
    arrow = relation.to_arrow_table()
    return arrow.to_pandas() if session.engine == "pandas" else arrow


def _spark(path: Path) -> object:
    """A round on whatever cluster Spark is set up for (else this machine)."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise CensusError("engine_missing", engine="spark", extra="spark") from error
    return SparkSession.builder.appName("census").getOrCreate().read.parquet(str(path))
