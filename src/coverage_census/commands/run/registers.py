"""Kept registers and the newest round in; how each of them agrees with it, beside what was last told, out."""

from collections.abc import Sequence

from coverage_census.commands.session import Session
from coverage_census.ledger.registers import kept
from coverage_census.model.digest import CountyStanding, RegisterStanding
from coverage_census.model.register import RegisterClass
from coverage_census.results import RegisterCompared

_SETTLED = frozenset({RegisterClass.AGREES, RegisterClass.NOT_IN_REGISTER})


def kept_places(session: Session) -> str:
    """Which registers there are: a new one is news, whatever the rounds say."""
    return ",".join(each.place for each in kept.entries(session.settings.ledger))


def standing(session: Session) -> tuple[RegisterStanding, ...]:
    """Each kind of register that is kept, as it compares with the newest round."""
    if not kept.entries(session.settings.ledger):
        return ()
    from coverage_census.commands.reconcile import reconcile

    return tuple(_of(each, session) for each in reconcile.reconcile(session, None))


def _of(each: RegisterCompared, session: Session) -> RegisterStanding:
    from coverage_census.registers import kinds

    kinds_of: dict[int, set[RegisterClass]] = {}
    for line in each.comparison.lines:
        if line.answer is None and line.register is not None:
            kinds_of.setdefault(line.register.row, set()).add(line.kind)
    return RegisterStanding(
        register_name=each.register,
        label=kinds.label(session.settings, each.register, session.words),
        as_of=each.as_of,
        older=each.older,
        open=sum(1 for found in kinds_of.values() if found - _SETTLED),
        unlisted=sum(1 for found in kinds_of.values() if RegisterClass.NOT_IN_LEDGER in found),
    )


def with_news(stands: CountyStanding, before: CountyStanding | None) -> CountyStanding:
    """What each register said when it was last told otherwise than now."""
    if before is None or not stands.registers:
        return stands
    known = {each.register_name: each for each in before.registers}
    return stands.model_copy(update={"registers": tuple(_beside(each, known) for each in stands.registers)})


def _beside(now: RegisterStanding, known: dict[str, RegisterStanding]) -> RegisterStanding:
    was = known.get(now.register_name)
    if was is None:
        return now
    same = (was.open, was.unlisted, was.as_of) == (now.open, now.unlisted, now.as_of)
    told: Sequence[int | None] = (was.open_before, was.unlisted_before) if same else (was.open, was.unlisted)
    return now.model_copy(update={"open_before": told[0], "unlisted_before": told[1]})
