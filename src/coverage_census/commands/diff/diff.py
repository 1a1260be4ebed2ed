"""`diff`: two rounds in; what changed between them, why the rates moved, and the figures of the period out."""

from collections.abc import Sequence
from datetime import date

from coverage_census.commands.session import Session
from coverage_census.model.days import last_day
from coverage_census.model.rounds import Round
from coverage_census.policy.figures import marks
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.results import Diff


def diff(session: Session, first: str | None, second: str | None, since: date | None) -> Diff:
    """From `first` (else the cut-off of the period before `second`, or the newest by `since`) to `second` (else the
    newest); of two entries the first goes first, of two periods the earlier one."""
    from coverage_census.ledger.compare import two_rounds

    every = session.rounds()
    return between(session, *two_rounds.two(every, first, second, since), every, since)


def between(session: Session, before: Round, after: Round, every: Sequence[Round], since: date | None = None) -> Diff:
    """What changed from `before` to `after`."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.compare import causes, changes, due, judged, pairing, period, trend
    from coverage_census.ledger.periods import timeline
    from coverage_census.ledger.store.force import in_force

    ledger, policies = session.settings.ledger, (_policy(session, before), _policy(session, after))
    lying = timeline.between(every, before, after)
    connection = pairing.pair(ledger, before, after, every=every)
    decided = rounds.entries_of(ledger, lying)
    spoken = list(pairing.words(every, (each for each in in_force(every) if each in lying)))
    plain = lying and not (before.at or after.at) and changes.only_reports(lying, decided)
    since_round = before.number if plain else None
    same = marks.mark(connection, *policies, since_round)
    mended = changes.Mended(changes.corrected(decided), same_day=before.as_of == after.as_of)
    fields = changes.fields(connection, since_round)
    closed, dissolved = changes.closed(fields), changes.dissolved(connection, fields, mended)
    day = since.isoformat() if since else before.as_of
    return Diff(
        before=before,
        after=after,
        policy_before=policies[0].stamp,
        policy_after=policies[1].stamp,
        added=changes.added(connection),
        gone=changes.gone(connection),
        silent=changes.silent_since(connection, spoken),
        closed=closed,
        dissolved=dissolved,
        reopened=changes.reopened(connection, fields, mended),
        moved=changes.moved(fields),
        renamed=changes.renamed(fields),
        merged=changes.merged(connection),
        left=changes.left(connection, decided),
        fields=changes.without_followers(fields, closed, dissolved),
        judged=judged.judged(connection),
        movements=tuple(causes.movement(connection, code, before.as_of, mended, same) for code in marks.RATES),
        since=day,
        period=period.figures(connection, day, joint=marks.has_joint(*policies)),
        trend=trend.trend(ledger, every, after),
        due=due.due(connection, before, after),
        converted=changes.converted(fields),
        maybe_renamed=changes.maybe_renamed(connection, (entry for _, entry in rounds.all_entries(ledger, after))),
    )


def _policy(session: Session, found: Round) -> Policy:
    return rulebook.load(session.policy_name, last_day(found.as_of), session.settings.policies)
