"""`--keep`, `plan list`, `plan show`: a plan in, an entry of the ledger out; and what became of it by a later round."""

from collections.abc import Sequence

from pydantic import ValidationError

from coverage_census import __version__
from coverage_census.commands.plan import inputs as plan_inputs
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.joint_plan import JointPlan
from coverage_census.model.kept_plan import FORMAT, KeptPlan, KeptReceipt, Label, Plan, PlanKind
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.mass_plan import MassPlan
from coverage_census.model.rounds import Entry, EntryKind, Round
from coverage_census.plan.kept.liaison_and_mass import mass_parts

Found = tuple[Label, KeptPlan]


def keep(
    session: Session, plan: Plan, areas: Sequence[str], name: str | None, *, reviewed: bool = False
) -> KeptReceipt:
    """One more round that holds the plan; the same plan under the same name is not kept twice."""
    from coverage_census.ingest.privacy import redact
    from coverage_census.ledger.write import next_round

    hidden = redact.redact(name) if name else None
    name = hidden.text if hidden else name
    if session.what_if:
        raise WrongUsage("keep_what_if")
    _check_name(name)
    kept = _record(session, plan, areas, reviewed)
    before = latest(session, None, kept.kind)
    if before is not None and _same(before[1], kept) and name in (None, before[0].name):
        return _said(before[0].number, None, before[0])
    entry = Entry(
        kind=EntryKind.PLAN, who=f"census plan {kept.kind} --keep", when=session.now.isoformat(timespec="seconds"),
        field=kept.kind, new=name, content=kept.model_dump_json(),
    )  # fmt: skip
    made = next_round.record(session.settings.ledger, [entry], now=session.now, tool=__version__)
    assert made.round is not None
    return _said(made.round.number, made.round.number, label(made.round.number, entry, kept))


def check_sends_somebody(plan: LiaisonPlan) -> None:
    """A plan without a single officer to send is no plan to keep."""
    if not plan.places and not plan.assignments:
        raise WrongUsage("keep_no_officers")


def _said(number: int, round_: int | None, each: Label) -> KeptReceipt:
    return KeptReceipt(number=number, round=round_, kind=each.kind, name=each.name, parts=each.parts)


def _check_name(name: str | None) -> None:
    """A name that means something else already could never be asked for."""
    if name is not None and (name.isdecimal() or name == "now" or not name.strip()):
        raise WrongUsage("keep_name", name=name)


def _record(session: Session, plan: Plan, areas: Sequence[str], reviewed: bool) -> KeptPlan:
    kind = kind_of(plan)
    return KeptPlan(
        kind=kind, areas=tuple(areas), reviewed=reviewed, inputs=inputs(session, plan),
        joint=plan if isinstance(plan, JointPlan) else None,
        liaison=plan if isinstance(plan, LiaisonPlan) else None,
        mass=plan if isinstance(plan, MassPlan) else None,
    )  # fmt: skip


def kind_of(plan: Plan) -> PlanKind:
    """Which command makes such a plan."""
    return "joint" if isinstance(plan, JointPlan) else "liaison" if isinstance(plan, LiaisonPlan) else "mass"


def inputs(session: Session, plan: Plan) -> dict[str, str]:
    """What a plan was made from: the organisations, the policy, neighbours.csv and, of officers, their workbook."""
    if isinstance(plan, JointPlan):
        return dict(plan.inputs)

    found, liaison = session.numbered(plan.round), isinstance(plan, LiaisonPlan)
    hashes = plan_inputs.hashes(session, found, plan.policy.version, beside=liaison)
    if isinstance(plan, LiaisonPlan) and plan.instructors_sha256:
        hashes["instructors"] = plan.instructors_sha256
    return hashes


def _same(one: KeptPlan, other: KeptPlan) -> bool:
    """Whether nothing but the round differs: keeping a plan makes a round itself, and a base for the next."""
    if one.kind != other.kind:
        return False
    first, second = (each.model_dump(mode="json") for each in (one, other))
    for found in (first, second):
        found[one.kind] |= {"round": 0, "based_on": None}
    return first == second


def all_kept(session: Session, which: Round | None = None) -> list[Found]:
    """Every kept plan in force up to a round, the oldest first; what was undone is gone."""
    from coverage_census.ledger import rounds

    found = []
    for number, entry in rounds.all_entries(session.settings.ledger, which):
        if entry.kind is EntryKind.PLAN:
            kept = read(entry, number)
            found.append((label(number, entry, kept), kept))
    return found


def latest(session: Session, which: Round | None, kind: PlanKind) -> Found | None:
    """The newest kept plan of a kind."""
    from coverage_census.ledger import rounds

    newest = None
    for number, entry in rounds.all_entries(session.settings.ledger, which):
        if entry.kind is EntryKind.PLAN and entry.field == kind:
            newest = number, entry
    if newest is None:
        return None
    kept = read(newest[1], newest[0])
    return label(*newest, kept), kept


def read(entry: Entry, number: int) -> KeptPlan:
    """The plan that an entry holds."""
    try:
        found = KeptPlan.model_validate_json(entry.content or "")
    except ValidationError:
        raise CensusError("kept_newer", number=number) from None
    if found.format > FORMAT:
        raise CensusError("kept_newer", number=number)
    return found


def label(number: int, entry: Entry, kept: KeptPlan) -> Label:
    """As it is listed."""
    plan = kept.plan
    parts = len(mass_parts(plan)) if isinstance(plan, MassPlan) else _parts(plan)
    return Label(
        number=number, kind=kept.kind, name=str(entry.new) if entry.new is not None else None, when=entry.when,
        round=plan.round, period=plan.period, policy=plan.policy.name,
        reviewed=kept.reviewed, parts=parts, areas=kept.areas,
    )  # fmt: skip


def _parts(plan: Plan) -> int:
    if isinstance(plan, JointPlan):
        return sum(each.change != "kept" for each in plan.groups)
    return len(plan.assignments) if isinstance(plan, LiaisonPlan) else len(plan.proposals)


def find(session: Session, wanted: str | None, which: Round | None = None) -> Found:
    """The kept plan of that number or (the newest of several) name; without one the newest."""
    every = all_kept(session, which)
    if not every:
        raise CensusError("no_kept_plan")
    if wanted is None:
        return every[-1]
    named = [each for each in every if each[0].name == wanted]
    named = named or [each for each in every if wanted.isdecimal() and each[0].number == int(wanted)]
    if not named:
        known = "、".join(f"{each.number} {each.name}" if each.name else str(each.number) for each, _ in every[-12:])
        raise WrongUsage("unknown_kept_plan", plan=wanted, known=known)
    return named[-1]
