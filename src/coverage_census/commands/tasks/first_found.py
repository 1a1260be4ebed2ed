"""A ledger and a policy in; for each organisation the day on which each of its gaps was first found, from which its
deadlines count, out. Tasks count from the same days."""

from collections.abc import Callable

from coverage_census.commands.session import Session
from coverage_census.commands.tasks.rounds import past
from coverage_census.model.days import last_day
from coverage_census.model.record import Facts
from coverage_census.policy.decide.explain import FirstFound
from coverage_census.policy.decided.basis import Basis
from coverage_census.tasks.past import KEYS, since

Finder = Callable[[Facts], FirstFound]


def first_found(session: Session, found: Basis) -> Finder:
    """Of the ledger's rounds, where they are few enough to be looked through for a list; else the day of this round."""
    day = last_day(found.round.as_of)
    if not found.policy.deadlines or not found.is_few or found.round.number == 1:
        return lambda row: lambda rule: day
    before, rules = past(session, found, set()), tuple(found.policy.rules)
    places = {tuple(row[key] for key in KEYS): row["row"] for row in reversed(before.told[-1].facts)}
    days = [last_day(told.round.as_of) for told in before.told]

    def of(row: Facts) -> FirstFound:
        at = places.get(tuple(row.get(key) for key in KEYS))
        return lambda rule: day if at is None else since(before, at, rules.index(rule), days) or day

    return of
