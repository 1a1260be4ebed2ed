"""A round and a policy in; the decided frame that tables, lists and reports are made from out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model import PolicyStamp, Round
from coverage_census.policy import rulebook
from coverage_census.policy.rulebook import Policy

ENGINES = ("duckdb", "pyarrow")


@dataclass(frozen=True)
class Decided:
    """One round under one policy. `frame` is a Narwhals frame with the facts and decisions as columns."""

    round: Round
    policy: Policy
    frame: Any

    @property
    def stamp(self) -> PolicyStamp:
        return self.policy.stamp


def decided(session: Session) -> Decided:
    """The round that was asked for (else the latest), decided by the policy in force on its day."""
    from coverage_census.ledger import rounds
    from coverage_census.policy import decide

    found = rounds.find(session.settings.ledger, session.round, session.as_of)
    policy = rulebook.load(session.policy_name, session.as_of or last_day(found.as_of), session.settings.policies)
    return Decided(found, policy, decide.columns(_frame(session, found), policy))


def last_day(partial: str) -> date:
    """The last day that a partial date may mean: what was in force by then."""
    if len(partial) == 10:
        return date.fromisoformat(partial)
    year, month = int(partial[:4]), int(partial[5:7] or 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _frame(session: Session, found: Round) -> Any:
    import narwhals as nw

    from coverage_census.ledger import rounds

    if session.engine not in ENGINES:
        raise WrongUsage("unknown_engine", engine=session.engine, known="、".join(ENGINES))
    relation = rounds.relation(session.settings.ledger, found)
    return nw.from_native(relation if session.engine == "duckdb" else relation.to_arrow_table())
