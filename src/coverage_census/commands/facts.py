"""A round and a policy in; the tables that lists, figures and reports are made from out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model import PolicyStamp, Round
from coverage_census.policy import decide, rulebook
from coverage_census.policy.policy import Policy

ENGINES = ("duckdb", "pyarrow")
PLACES = ("county", "township")


@dataclass(frozen=True)
class Basis:
    """One round under one policy; `table` holds its organisations, in the form of the engine that was asked for."""

    round: Round
    policy: Policy
    table: Any

    @property
    def stamp(self) -> PolicyStamp:
        return self.policy.stamp

    def decided(self, carry: Collection[str] | None = None) -> Any:
        """The table with facts and verdicts as columns; with `carry` only these of its own columns."""
        return decide.columns(self.table, self.policy, carry=carry)

    def facts(self) -> Any:
        """The table with derived facts: its rows are what an explanation starts from."""
        return decide.facts(self.table, self.policy)


def basis(session: Session) -> Basis:
    """The round that was asked for (else the latest) and the policy in force on its day."""
    from coverage_census.ledger import rounds

    found = rounds.find(session.settings.ledger, session.round, session.as_of)
    policy = rulebook.load(session.policy_name, session.as_of or last_day(found.as_of), session.settings.policies)
    if session.engine not in ENGINES:
        raise WrongUsage("unknown_engine", engine=session.engine, known="、".join(ENGINES))
    relation = rounds.relation(session.settings.ledger, found)
    return Basis(found, policy, relation if session.engine == "duckdb" else relation.to_arrow_table())


def within(frame: Any, areas: Iterable[str], columns: Collection[str]) -> Any:
    """Only the rows of these areas; a name that none of `columns` holds is refused with the nearest ones."""
    import narwhals as nw

    from coverage_census.places.nearest import nearest

    wanted = list(dict.fromkeys(areas))
    if not wanted:
        return frame
    known = values(frame, columns)
    for area in wanted:
        if area not in known:
            near = nearest(area, known) or sorted(known)[:12]
            raise WrongUsage("unknown_area", area=area, near="、".join(near))
    return frame.filter(nw.any_horizontal(*(nw.col(name).is_in(wanted) for name in columns), ignore_nulls=True))


def values(frame: Any, columns: Iterable[str]) -> set[str]:
    """Every text that stands in one of these columns."""
    from coverage_census.policy.frames import rows

    found = (row[name] for name in columns for row in rows(frame.select(name).unique()))
    return {str(value) for value in found if value is not None}


def last_day(partial: str) -> date:
    """The last day that a partial date may mean: what was in force by then."""
    if len(partial) == 10:
        return date.fromisoformat(partial)
    year, month = int(partial[:4]), int(partial[5:7] or 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
