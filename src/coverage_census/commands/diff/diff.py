"""`diff`: two rounds in; what changed between them, why the rates moved, and the figures of the period out."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from coverage_census.commands.diff.due import due
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.days import last_day
from coverage_census.model.rounds import Entry, EntryKind, Round
from coverage_census.policy.figures import marks
from coverage_census.policy.files import rulebook
from coverage_census.policy.files.policy import Policy
from coverage_census.results import Diff, JudgedFormation, Judgement, Trend

if TYPE_CHECKING:
    from coverage_census.ledger.identity.renaming import Maybe


def diff(session: Session, first: str | None, second: str | None, since: date | None) -> Diff:
    """From `first` (else the cut-off of the period before `second`, or the newest by `since`) to `second` (else the
    newest); of two entries the first goes first, of two periods the earlier one."""
    every = session.rounds()
    return between(session, *_rounds(every, first, second, since), every, since)


def between(session: Session, before: Round, after: Round, every: Sequence[Round], since: date | None = None) -> Diff:
    """What changed from `before` to `after`."""
    from coverage_census.ledger.compare import causes, changes, pairing, period
    from coverage_census.ledger.periods import timeline
    from coverage_census.ledger.store.force import in_force

    policies = _policy(session, before), _policy(session, after)
    lying = timeline.between(every, before, after)
    connection = pairing.pair(session.settings.ledger, before, after, every=every)
    decided = _decided(session, lying)
    spoken = list(pairing.words(every, (each for each in in_force(every) if each in lying)))
    plain = lying and not (before.at or after.at) and changes.only_reports(lying, decided)
    since_round = before.number if plain else None
    same = marks.mark(connection, *policies, since_round)
    mended = changes.Mended(_corrected(decided), same_day=before.as_of == after.as_of)
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
        judged=_judged(connection),
        movements=tuple(causes.movement(connection, code, before.as_of, mended, same) for code in marks.RATES),
        since=day,
        period=period.figures(connection, day, joint=marks.has_joint(*policies)),
        trend=_trend(session, every, after),
        due=due(connection, before, after),
        converted=changes.converted(fields),
        maybe_renamed=_maybe_renamed(session, connection, after),
    )


def _maybe_renamed(session: Session, connection: Any, after: Round) -> "tuple[Maybe, ...]":
    """疑似更名, but for those of which somebody said that they are two."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.identity import answers, renaming
    from coverage_census.names.core_name import Cores

    cores = Cores()
    said = (entry for _, entry in rounds.all_entries(session.settings.ledger, after))
    return renaming.between(connection, answers.judge(said, (), cores).holding, cores)


def _rounds(every: Sequence[Round], first: str | None, second: str | None, since: date | None) -> tuple[Round, Round]:
    from coverage_census.ledger import rounds
    from coverage_census.ledger.periods import periods

    after = rounds.find_in(every, second)
    if first is not None:
        both = rounds.find_in(every, first), after
        by_number = all(each is None or each.isdecimal() for each in (first, second))
        before, after = sorted(both, key=lambda each: each.number) if by_number else periods.in_order(every, *both)
    elif since is not None:
        before = _by(every, after, since)
    else:
        before = before_of(every, after)
        if periods.term_of(before) == periods.term_of(after):
            raise CensusError("one_round")
    if since is None and (before.number, before.at) == (after.number, after.at):
        raise WrongUsage("same_round") if len(periods.terms(every)) > 1 else CensusError("one_round")
    return before, after


def _by(every: Sequence[Round], after: Round, since: date) -> Round:
    """The newest round in force of a day not after `since`, else the first there is."""
    from coverage_census.ledger.store.force import in_force

    earlier = [each for each in in_force(every) if each.number < after.number]
    in_time = [each for each in earlier if each.as_of <= since.isoformat()]
    return (in_time or earlier[:1] or list(every[:1]))[-1]


def before_of(every: Sequence[Round], after: Round) -> Round:
    """What `after` is compared with: the cut-off of the period before its own."""
    from coverage_census.ledger.periods import periods

    found = periods.previous(every, after)
    if found is None:
        raise CensusError("one_round")
    return found


def _policy(session: Session, found: Round) -> Policy:
    return rulebook.load(session.policy_name, last_day(found.as_of), session.settings.policies)


def _judged(connection: Any) -> tuple[Judgement, ...]:
    """Organisations whose advice or verdict on formation is another, each side under its own policy; of those that were
    gone and are so still nothing is judged."""
    from coverage_census.ledger import living

    rows = connection.execute(
        f"""SELECT a.name, a.uscc, a.county, a.township, m.advice, m.verdict, m.gap, x.advice, x.verdict, x.gap
        FROM touched p JOIN after a ON a.row = p.new
        JOIN marks_before m ON m.row = p.old JOIN marks_after x ON x.row = p.new JOIN before b ON b.row = p.old
        WHERE (m.advice IS DISTINCT FROM x.advice OR m.verdict IS DISTINCT FROM x.verdict
        OR m.gap IS DISTINCT FROM x.gap) AND NOT ({living.gone("b")} AND {living.gone("a")}) ORDER BY a.row"""
    ).fetchall()
    return tuple(
        Judgement(name, uscc, county, township, JudgedFormation(*said[:3]), JudgedFormation(*said[3:]))
        for name, uscc, county, township, *said in rows
    )


def _decided(session: Session, between: Sequence[Round]) -> tuple[Entry, ...]:
    from coverage_census.ledger import rounds
    from coverage_census.ledger.store.force import in_force

    return tuple(each for one in in_force(between) for each in rounds.entries(session.settings.ledger, one))


def _corrected(decided: Iterable[Entry]) -> set[tuple[str, str]]:
    """Names of those that a person has corrected, each with the field."""
    mended = (each for each in decided if each.kind is EntryKind.CORRECTION)
    return {(each.subject.name, each.field or "") for each in mended if each.subject}


def _trend(session: Session, every: Sequence[Round], until: Round) -> tuple[Trend, ...]:
    """Every period up to that of `until`, one line each: how things stood at its cut-off."""
    from coverage_census.ledger import rounds
    from coverage_census.ledger.periods.periods import states
    from coverage_census.ledger.store import query

    standing = states(every, until)
    paths = [str(path) for path in rounds.parquets(session.settings.ledger, standing)]
    counts = query.covered(paths) if paths else {}
    return tuple(
        Trend(each.number, each.name, each.period, each.as_of, *counts.get(path, (0, 0, 0)))
        for each, path in zip(standing, paths, strict=True)
    )
