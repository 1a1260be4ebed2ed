"""A ledger and a policy in; what each round said of each organisation, and what it was first known by, out.

A row keeps its place from round to round, so what was decided of identity at the time (renamings, people's answers)
is read off. Rounds that changed no organisation are passed over: they can only hold what people said.
"""

from coverage_census.commands.session import Session
from coverage_census.policy.decided.basis import Basis
from coverage_census.tasks.past import KEYS, PastRead, TaskPast


def past(session: Session, found: Basis, carry: set[str] | None) -> TaskPast:
    """Up to the round of `found`, with its facts (with `carry`, these only).

    One policy is the yardstick for all rounds, so that a change of policy alone does no work."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.compare import rows_before
    from coverage_census.ledger.store import query
    from coverage_census.ledger.store.force import in_force
    from coverage_census.policy.decide import placed_ends

    ledger, every = session.settings.ledger, session.rounds()[: found.round.number]
    read, wanted = PastRead(), {*KEYS, "confirmed_round"}
    changing = list(rows_before.changing(ledger, in_force(every)))
    for each in changing:
        places = rows_before.places(ledger, every, read.told[-1].round if read.told else None, each)
        newest = each is changing[-1]
        carried = wanted if not newest else None if carry is None else wanted | carry
        table = query.placed(rounds.parquet(ledger, each), each.organisations, placed_ends.PLACE)
        read.add(each, placed_ends.rows(table, each.organisations, found.policy, carried), places, facts=newest)
    return read.done()
