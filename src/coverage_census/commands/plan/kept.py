"""`--keep`, `plan list`, `plan show`: a plan in, an entry of the ledger out; and what became of it by a later round."""

from collections.abc import Sequence

from coverage_census import __version__
from coverage_census.commands.plan import inputs as plan_inputs
from coverage_census.commands.session import Session
from coverage_census.errors import WrongUsage
from coverage_census.model.joint_plan import JointPlan
from coverage_census.model.kept_plan import KeptReceipt, Label, Plan, PlanKind
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.rounds import Entry, EntryKind, Round
from coverage_census.plan.kept import record
from coverage_census.plan.kept.record import Found
from coverage_census.privacy import door


def keep(
    session: Session, plan: Plan, areas: Sequence[str], name: str | None, *, reviewed: bool = False
) -> KeptReceipt:
    """One more round that holds the plan; the same plan under the same name is not kept twice."""
    from coverage_census.ledger.write import next_round

    name = door.hidden(name) if name else name
    if session.what_if:
        raise WrongUsage("keep_what_if")
    record.check_name(name)
    kept = record.record(plan, areas, reviewed, inputs(session, plan))
    before = latest(session, None, kept.kind)
    if before is not None and record.same(before[1], kept) and name in (None, before[0].name):
        return _said(before[0].number, None, before[0])
    entry = Entry(
        kind=EntryKind.PLAN, who=f"census plan {kept.kind} --keep", when=session.now.isoformat(timespec="seconds"),
        field=kept.kind, new=name, content=kept.model_dump_json(),
    )  # fmt: skip
    made = next_round.record(session.settings.ledger, [entry], now=session.now, tool=__version__)
    assert made.round is not None
    return _said(made.round.number, made.round.number, record.label(made.round.number, entry, kept))


def _said(number: int, round_: int | None, each: Label) -> KeptReceipt:
    return KeptReceipt(number=number, round=round_, kind=each.kind, name=each.name, parts=each.parts)


def inputs(session: Session, plan: Plan) -> dict[str, str]:
    """What a plan was made from: the organisations, the policy, neighbours.csv and, of officers, their workbook."""
    if isinstance(plan, JointPlan):
        return dict(plan.inputs)

    found, liaison = session.numbered(plan.round), isinstance(plan, LiaisonPlan)
    hashes = plan_inputs.hashes(session, found, plan.policy.version, beside=liaison)
    if isinstance(plan, LiaisonPlan) and plan.instructors_sha256:
        hashes["instructors"] = plan.instructors_sha256
    return hashes


def all_kept(session: Session, which: Round | None = None) -> list[Found]:
    """Every kept plan in force up to a round, the oldest first; what was undone is gone."""
    from coverage_census.ledger import rounds

    entries = rounds.all_entries(session.settings.ledger, which)
    return [record.found(*each) for each in entries if each[1].kind is EntryKind.PLAN]


def latest(session: Session, which: Round | None, kind: PlanKind) -> Found | None:
    """The newest kept plan of a kind."""
    from coverage_census.ledger import rounds

    return record.latest(rounds.all_entries(session.settings.ledger, which), kind)


def find(session: Session, wanted: str | None, which: Round | None = None) -> Found:
    """The kept plan of that number or (the newest of several) name; without one the newest."""
    return record.named(all_kept(session, which), wanted)
