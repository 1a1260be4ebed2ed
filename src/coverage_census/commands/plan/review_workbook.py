"""`plan joint --xlsx`: a plan in; the workbook in which people change it, written and never over another one, out."""

from collections.abc import Callable
from pathlib import Path

from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.files import disk
from coverage_census.model.plans.joint import JointPlan, PlanSentence
from coverage_census.plan.joint.review_lines import fingerprint
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import label_of

Sentence = Callable[[PlanSentence, Words], str]


def send(session: Session, plan: JointPlan, out: Path | None, sentence: Sentence) -> Path:
    """Where it was written; in a file that is there already somebody may have worked."""
    from coverage_census.returns import plan_review

    words = session.words
    path = out or _free(session, plan)
    if path.exists():
        raise CensusError("review_exists", file=str(path))
    disk.replace(path, plan_review.workbook(plan, fingerprint(plan), lambda said: sentence(said, words), words))
    return path


def _free(session: Session, plan: JointPlan) -> Path:
    from coverage_census.returns import plan_review

    label = label_of(plan.period or plan.round, session.words)
    return disk.free(session.settings.reports / f"{plan.round:06d}" / plan_review.name(label, session.words))
