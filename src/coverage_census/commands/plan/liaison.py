"""`plan liaison`: a round of the ledger and a bank of officers in, who goes where out; and how far that has come."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coverage_census.commands.basis import basis
from coverage_census.commands.plan import inputs
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.choices import Kind
from coverage_census.model.decision import Citation
from coverage_census.model.forms import FormsRead
from coverage_census.model.liaison_plan import LiaisonPlan, Needing
from coverage_census.model.officers import INSTRUCTORS, AssignmentStep, duty_code
from coverage_census.model.rounds import Entry, EntryKind, Round
from coverage_census.plan.organisations import Row, key, subject, townships
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.for_plans import organisations
from coverage_census.words.periods import spoken

if TYPE_CHECKING:
    from coverage_census.plan.liaison.liaison import Before
    from coverage_census.plan.liaison.officers_and_wishes import Bank, LedgerKnowledge
    from coverage_census.policy.plans.liaison_and_mass import OfficerNeed

Side = Literal["organisations", "officers"]
TASK = "liaison:"
"""What the `task` of an entry on an assignment begins with; the duty code follows."""

_NOBODY = FormsRead(file="", sha256=None, forms=(), lines=(), problems=())


def liaison(session: Session, areas: Sequence[str], instructors: Path | None, side: str) -> LiaisonPlan:
    """The plan for these areas; without a file, the one called instructors.xlsx in the workspace."""
    if side not in ("organisations", "officers"):
        raise WrongUsage("unknown_side", side=side, known="organisations、officers")
    inputs.check_sizes(session)
    found = basis(session)
    if found.policy.liaison is None:
        raise CensusError("policy_without_plan", policy=found.policy.name, part="liaison")
    chosen = organisations(found, areas)
    asked = [_asked(row, found) for row in chosen]
    read = _read(session, instructors)
    known = _known(chosen, asked)
    from coverage_census.plan.liaison import officers_and_wishes

    return _plan(session, found, chosen, asked, officers_and_wishes.read(read, known), read, side)


def _plan(
    session: Session, found: Basis, chosen: Sequence[Row], asked: "Sequence[OfficerNeed]", read_in: "Bank",
    read: FormsRead, side: str,
) -> LiaisonPlan:  # fmt: skip
    from coverage_census.places import neighbours
    from coverage_census.plan.liaison import liaison as planning
    from coverage_census.plan.liaison.costs import Costs

    policy = found.policy.liaison
    assert policy is not None
    so_far = before(session, found.round)
    needing, numbers = _needing(chosen, asked)
    held = {number: each for row, number in numbers.items() if (each := so_far.pop(key(subject(chosen[row])), None))}
    others = [(subject(row), each) for row in chosen if (each := so_far.get(key(subject(row)))) is not None]
    known_townships = townships(chosen)
    near = neighbours.read(session.settings.workspace / neighbours.FILE, known_townships)
    made = planning.plan(
        planning.LiaisonQuestion(
            needing=needing, officers=read_in.officers, wishes=_wishes(read_in, numbers), before=held,
            townships=known_townships, counties=frozenset(row["county"] or "" for row in chosen), neighbours=near.pairs,
            order=[each.id for each in policy.needs], full_time=frozenset(policy.full_time),
            costs=Costs(**policy.costs.model_dump()), side=side, others=others,  # type: ignore[arg-type]
        )
    )  # fmt: skip
    lang = session.words.lang
    return LiaisonPlan(
        round=found.round.number, period=spoken(found.round), as_of=found.round.as_of, policy=found.stamp,
        instructors=read.file or None,
        instructors_sha256=read.sha256, optimal_for=side, needing=len(needing),  # type: ignore[arg-type]
        served=sum(each.need is not None and each.served is True for each in asked), needs=planning.needs(needing),
        titles={each.id: getattr(each.title, lang) for each in policy.needs},
        citations=_citations(found, chosen, asked), weights=policy.costs.model_dump(),
        places=sum(each.capacity for each in read_in.officers), assignments=made.assignments, unplaced=made.unplaced,
        posts=made.posts, in_doubt=tuple(subject(row) for row, each in zip(chosen, asked, strict=True) if _open(each)),
        two_way=made.two_way, one_way=made.one_way, blocking_pairs=made.blocking_pairs, cost=made.cost,
        bound=made.bound, problems=(*read_in.problems, *near.problems),
    )  # fmt: skip


def _citations(found: Basis, chosen: Sequence[Row], asked: "Sequence[OfficerNeed]") -> dict[str, Citation]:
    """Need → its text; of social organisations (`need/social_org`) their own, where others need one too."""
    policy = found.policy.liaison
    needs = policy.needs if policy else ()
    kinds: dict[str, set[bool]] = {}
    for row, each in zip(chosen, asked, strict=True):
        if each.need is not None:
            kinds.setdefault(each.need.id, set()).add(row["kind"] == Kind.SOCIAL_ORG)
    cited = {need.id: need.citation.citation() for need in needs}
    for need in needs:
        own, there = need.social_citation, kinds.get(need.id, set())
        if own is not None and True in there and own.in_force(found.policy.as_of):
            cited[need.id if there == {True} else f"{need.id}/{Kind.SOCIAL_ORG}"] = own.citation()
    return cited


def _asked(row: Row, found: Basis) -> "OfficerNeed":
    from coverage_census.policy.plans import liaison_and_mass

    return liaison_and_mass.asked(row, found.policy)


def _open(each: "OfficerNeed") -> bool:
    """Whether it needs one cannot be told, and nothing says that it has one."""
    return each.need is None and each.doubt is not None and each.served is not True


def _read(session: Session, instructors: Path | None) -> FormsRead:
    from coverage_census.ingest import read_forms

    path = instructors or session.settings.workspace / "instructors.xlsx"
    return read_forms.read(path, INSTRUCTORS) if instructors is not None or path.exists() else _NOBODY


def _needing(chosen: Sequence[Row], asked: "Sequence[OfficerNeed]") -> tuple[list[Needing], dict[int, int]]:
    """Those who need an officer and are not known to have one, and which number each row has among them."""
    found: list[Needing] = []
    numbers = {}
    for number, (row, each) in enumerate(zip(chosen, asked, strict=True)):
        if each.need is not None and each.served is not True:
            numbers[number] = len(found)
            found.append(
                Needing(
                    subject=subject(row), industry=row["industry"], industry_code=row["industry_code"],
                    need=each.need.id, has_none=each.served is False,
                )
            )  # fmt: skip
    return found, numbers


def _known(chosen: Sequence[Row], asked: "Sequence[OfficerNeed]") -> "LedgerKnowledge":
    from coverage_census.plan.liaison.officers_and_wishes import LedgerKnowledge, squeezed

    names: dict[str, list[int]] = {}
    for number, row in enumerate(chosen):
        names.setdefault(squeezed(row["name"]), []).append(number)
    in_need = frozenset(n for n, each in enumerate(asked) if each.need is not None and each.served is not True)
    return LedgerKnowledge(
        townships=townships(chosen), counties=frozenset(row["county"] for row in chosen if row["county"]),
        by_name={name: tuple(those) for name, those in names.items()},
        by_uscc={row["uscc"]: number for number, row in enumerate(chosen) if row["uscc"]}, in_need=in_need,
    )  # fmt: skip


def _wishes(read_in: "Bank", numbers: Mapping[int, int]) -> Any:
    """Rows as numbers of those who need one, codes as numbers of officers."""
    from coverage_census.plan.liaison.two_way import Wishes

    officer = {each.code: number for number, each in enumerate(read_in.officers)}

    def meant(wish: str) -> int | str:
        return numbers[int(wish[1:])] if wish.startswith("#") else wish

    return Wishes(
        officers_of={numbers[row]: [officer[c] for c in codes] for row, codes in read_in.organisation_wishes.items()},
        expertise_of={numbers[row]: texts for row, texts in read_in.wanted.items()},
        wished_by={officer[code]: [meant(wish) for wish in them] for code, them in read_in.officer_wishes.items()},
    )


def before(session: Session, which: Round) -> "dict[tuple[str, ...], Before]":
    """The officer of each organisation so far, by what was recorded up to this round."""
    from coverage_census.ledger import rounds
    from coverage_census.plan.liaison.liaison import Before

    held: dict[tuple[str, ...], Before] = {}
    for _, entry in rounds.all_entries(session.settings.ledger, which):
        if entry.subject is not None and is_step(entry):
            held[key(entry.subject)] = Before(
                duty_code((entry.task or "").removeprefix(TASK)), AssignmentStep(str(entry.new))
            )
    return {key: each for key, each in held.items() if each.step is not AssignmentStep.ENDED}


def is_step(entry: Entry) -> bool:
    """Whether an entry says how far an assignment has come."""
    return entry.kind is EntryKind.ASSIGNED and entry.field == "step" and (entry.task or "").startswith(TASK)
