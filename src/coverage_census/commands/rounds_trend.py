"""`rounds --trend`: all rounds of the ledger in; their coverage rates, under the policy of each one's day, out."""

from coverage_census.commands.session import Session
from coverage_census.model.days import last_day
from coverage_census.model.rounds import Round
from coverage_census.model.trend import TrendLine
from coverage_census.policy.figures import trend as figures
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy


def trend(session: Session) -> tuple[TrendLine, ...]:
    """Every period, one line each, as it stood at its cut-off; what was undone is no step of the way."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.periods.periods import states
    from coverage_census.ledger.store import query

    standing = states(session.rounds())
    paths = [str(path) for path in rounds.parquets(session.settings.ledger, standing)]
    policies = [_policy(session, each) for each in standing]
    return figures.lines(list(zip(standing, paths, policies, strict=True)), query.relations, session.words)


def _policy(session: Session, found: Round) -> Policy:
    """What was in force on the round's cut-off day; asked with --as-of, that day's for all rounds."""
    return rulebook.load(session.policy_name, session.as_of or last_day(found.as_of), session.settings.policies)
