"""A plan in; the record that the ledger keeps of it, its label in lists, and back again."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import ValidationError

from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.joint_plan import JointPlan
from coverage_census.model.kept_plan import FORMAT, KeptPlan, Label, Plan, PlanKind
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.mass_plan import MassPlan
from coverage_census.model.rounds import Entry, EntryKind
from coverage_census.plan.kept.liaison_and_mass import mass_parts

Found = tuple[Label, KeptPlan]


def check_sends_somebody(plan: LiaisonPlan) -> None:
    """A plan without a single officer to send is no plan to keep."""
    if not plan.places and not plan.assignments:
        raise WrongUsage("keep_no_officers")


def check_name(name: str | None) -> None:
    """A name that means something else already could never be asked for."""
    if name is not None and (name.isdecimal() or name == "now" or not name.strip()):
        raise WrongUsage("keep_name", name=name)


def record(plan: Plan, areas: Sequence[str], reviewed: bool, inputs: Mapping[str, str]) -> KeptPlan:
    """`inputs`: hashes of what it was made from."""
    kind = kind_of(plan)
    return KeptPlan(
        kind=kind, areas=tuple(areas), reviewed=reviewed, inputs=dict(inputs),
        joint=plan if isinstance(plan, JointPlan) else None,
        liaison=plan if isinstance(plan, LiaisonPlan) else None,
        mass=plan if isinstance(plan, MassPlan) else None,
    )  # fmt: skip


def kind_of(plan: Plan) -> PlanKind:
    """Which command makes such a plan."""
    return "joint" if isinstance(plan, JointPlan) else "liaison" if isinstance(plan, LiaisonPlan) else "mass"


def same(one: KeptPlan, other: KeptPlan) -> bool:
    """Whether nothing but the round differs: keeping a plan makes a round itself, and a base for the next."""
    if one.kind != other.kind:
        return False
    first, second = (each.model_dump(mode="json") for each in (one, other))
    for found in (first, second):
        found[one.kind] |= {"round": 0, "based_on": None}
    return first == second


def latest(entries: Iterable[tuple[int, Entry]], kind: PlanKind) -> Found | None:
    """The newest plan of a kind among the entries of a ledger, each with its round."""
    kept = [each for each in entries if each[1].kind is EntryKind.PLAN and each[1].field == kind]
    return found(*kept[-1]) if kept else None


def found(number: int, entry: Entry) -> Found:
    """What an entry of round `number` keeps."""
    kept = read(entry, number)
    return label(number, entry, kept), kept


def named(every: Sequence[Found], wanted: str | None) -> Found:
    """The plan of that number or (the newest of several) name; without one the newest; raises where there is none."""
    if not every:
        raise CensusError("no_kept_plan")
    if wanted is None:
        return every[-1]
    fitting = [each for each in every if each[0].name == wanted]
    fitting = fitting or [each for each in every if wanted.isdecimal() and each[0].number == int(wanted)]
    if not fitting:
        known = "、".join(f"{each.number} {each.name}" if each.name else str(each.number) for each, _ in every[-12:])
        raise WrongUsage("unknown_kept_plan", plan=wanted, known=known)
    return fitting[-1]


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
