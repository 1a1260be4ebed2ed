"""`plan liaison`: a round of the ledger and a bank of officers in, who goes where out; and how far that has come."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coverage_census.commands.basis import basis
from coverage_census.commands.plan import inputs
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.forms import FormsRead
from coverage_census.model.liaison_plan import LiaisonPlan
from coverage_census.model.officers import INSTRUCTORS
from coverage_census.model.reading import Subject
from coverage_census.model.record import Facts
from coverage_census.model.rounds import Round
from coverage_census.plan.organisations import townships
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.decided.for_plans import organisations
from coverage_census.policy.plans import liaison_and_mass as policies
from coverage_census.words.periods import spoken

if TYPE_CHECKING:
    from coverage_census.plan.liaison.liaison import Before

_NOBODY = FormsRead(file="", sha256=None, forms=(), lines=(), problems=())


def liaison(session: Session, areas: Sequence[str], instructors: Path | None, side: str) -> LiaisonPlan:
    """The plan for these areas; without a file, the one called instructors.xlsx in the workspace."""
    if side not in ("organisations", "officers"):
        raise WrongUsage("unknown_side", side=side, known="organisations、officers")
    inputs.check_sizes(session)
    found = basis(session)
    if found.policy.liaison is None:
        raise CensusError("policy_without_plan", policy=found.policy.name, part="liaison")
    return _plan(session, found, organisations(found, areas), _read(session, instructors), side)


def _plan(session: Session, found: Basis, chosen: Sequence[Facts], read: FormsRead, side: str) -> LiaisonPlan:
    from coverage_census.places import neighbours
    from coverage_census.plan.liaison import liaison as planning
    from coverage_census.plan.liaison import officers_and_wishes, question
    from coverage_census.plan.liaison.costs import Costs

    policy = found.policy.liaison
    assert policy is not None
    asked = [policies.asked(row, found.policy) for row in chosen]
    wants = [question.Want(each.need.id if each.need else None, each.served) for each in asked]
    bank = officers_and_wishes.read(read, question.known(chosen, wants))
    so_far = before(session, found.round)
    needing, numbers = question.needing(chosen, wants)
    held = {number: each for row, number in numbers.items() if (each := so_far.pop(Subject.of(chosen[row]).key, None))}
    others = [(Subject.of(row), each) for row in chosen if (each := so_far.get(Subject.of(row).key)) is not None]
    near = neighbours.read(session.settings.workspace / neighbours.FILE, townships(chosen))
    made = planning.plan(
        planning.LiaisonQuestion(
            needing=needing, officers=bank.officers, wishes=question.wishes(bank, numbers), before=held,
            townships=townships(chosen), counties=frozenset(row["county"] or "" for row in chosen),
            neighbours=near.pairs, order=[each.id for each in policy.needs], full_time=frozenset(policy.full_time),
            costs=Costs(**policy.costs.model_dump()), side=side, others=others,  # type: ignore[arg-type]
        )
    )  # fmt: skip
    return LiaisonPlan(
        round=found.round.number, period=spoken(found.round), as_of=found.round.as_of, policy=found.stamp,
        instructors=read.file or None,
        instructors_sha256=read.sha256, optimal_for=side, needing=len(needing),  # type: ignore[arg-type]
        served=sum(each.need is not None and each.served is True for each in asked), needs=planning.needs(needing),
        titles={each.id: getattr(each.title, session.words.lang) for each in policy.needs},
        citations=policies.citations(found.policy, chosen, asked), weights=policy.costs.model_dump(),
        places=sum(each.capacity for each in bank.officers), assignments=made.assignments, unplaced=made.unplaced,
        posts=made.posts, in_doubt=tuple(Subject.of(row) for row, each in zip(chosen, asked, strict=True) if each.open),
        two_way=made.two_way, one_way=made.one_way, blocking_pairs=made.blocking_pairs, cost=made.cost,
        bound=made.bound, problems=(*bank.problems, *near.problems),
    )  # fmt: skip


def _read(session: Session, instructors: Path | None) -> FormsRead:
    from coverage_census.ingest import read_forms

    path = instructors or session.settings.workspace / "instructors.xlsx"
    return read_forms.read(path, INSTRUCTORS) if instructors is not None or path.exists() else _NOBODY


def before(session: Session, which: Round) -> "dict[tuple[str, ...], Before]":
    """The officer of each organisation so far, by what was recorded up to this round."""
    from coverage_census.ledger import rounds
    from coverage_census.plan.liaison import steps

    return steps.so_far(rounds.all_entries(session.settings.ledger, which))
