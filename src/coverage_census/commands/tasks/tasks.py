"""`tasks`: every round of the ledger and what people said in; each gap as a task with owner, day and state out."""

from collections.abc import Sequence

from coverage_census.commands.basis import basis
from coverage_census.commands.session import Session
from coverage_census.commands.tasks.owners import owners
from coverage_census.commands.tasks.rounds import past
from coverage_census.model.days import last_day
from coverage_census.model.rounds import Round
from coverage_census.model.task import Owner
from coverage_census.policy.decided.areas import PLACES, meant
from coverage_census.policy.decided.basis import Basis
from coverage_census.tasks.branches import one_a_branch
from coverage_census.tasks.days import Days
from coverage_census.tasks.items import Calendar, Item, Tasks
from coverage_census.tasks.judge import Judge, said
from coverage_census.tasks.owners import OWNING
from coverage_census.tasks.plans import planned

_BRANCH = ("county", "org_form", "org_name", "operating_status")
"""The facts that say which joint branch an organisation is in."""


def tasks(session: Session, areas: Sequence[str] = ()) -> Tasks:
    """The front door: the tasks of these areas (none: all), light enough to be counted."""
    return of(session, basis(session), areas)


def of(session: Session, found: Basis, areas: Sequence[str] = (), *, everything: bool = False) -> Tasks:
    """`everything`: with all facts of each organisation, as a list with reasons needs them."""
    from coverage_census.ledger.rounds import all_entries
    from coverage_census.policy.decide import deadlines, joint, responsibility

    policy = found.policy
    carry = {*OWNING, *_BRANCH, "has_org", *responsibility.asked(policy)}
    before = past(session, found, None if everything else carry)
    every, newest = all_entries(session.settings.ledger, found.round), before.told[-1]
    judge = Judge(before, tuple(policy.rules), said(every, before.went), planned(every))
    drafts = [(row, its) for row in newest.facts if (its := judge.of(row))]
    places = {(row["county"], row["township"]) for row in newest.facts}
    inside = meant([dict(zip(PLACES, each, strict=True)) for each in sorted(places, key=str)], areas)
    who = owners(session, policy, places)
    due = Days(
        lambda rule, row, since: deadlines.due_on(rule, row, policy, since),
        {rule: deadlines.asked(rule, policy) for rule in policy.rules},
        {each.round.number: last_day(each.round.as_of) for each in before.told},
    )
    made = tuple(
        Item(newest.first[row["row"]], row["row"], rule, gap, each, whose, due.of(rule, row, each), row)
        for row, courses in one_a_branch(drafts, joint.branch)
        if not areas or any(area.has(row["county"], row["township"]) for area in inside)
        for usual in (who.of(row),)
        for rule, gap, each in courses
        for whose in (usual if each.owner is None else Owner(name=each.owner, by="assigned"),)
    )
    return Tasks(made, found.round, found.stamp, _calendar(session, found.round))


def _calendar(session: Session, which: Round) -> Calendar:
    from coverage_census.ledger.periods import periods

    today = session.as_of or session.now.astimezone().date()
    return Calendar(today, session.settings.tasks.due_soon, periods.since(session.rounds(), which))
